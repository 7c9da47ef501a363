//! A site that the real program serves, and somebody who asks it over the wire.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test uses what it needs of it"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A served site, ended when dropped.
pub struct Served {
    child: Child,
    host: String,
}

impl Served {
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(arguments)
            .env("COMITY_PORT", "0")
            .env("COMITY_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let host = out.lines().map_while(Result::ok).find_map(|line| {
            Some(
                line.strip_prefix("http://")?
                    .trim_end_matches('/')
                    .to_owned(),
            )
        });
        Self {
            child,
            host: host.unwrap(),
        }
    }

    pub fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        ask_at(&self.host, method, path, headers, body)
    }
}

/// Asks a server on this machine.
pub fn ask_at(host: &str, method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let target = path.chars().all(|c| !c.is_whitespace() && !c.is_control());
    assert!(target && path.starts_with('/'), "not a path: {path:?}");
    let mut stream = TcpStream::connect(host).unwrap();
    // In one piece: a server that answers before the end of it may close.
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = Vec::new();
    stream.read_to_end(&mut text).unwrap();
    let text = String::from_utf8_lossy(&text).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn cookie(&self) -> Option<String> {
        let line = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))?;
        line.split(';').next().map(str::to_owned)
    }

    pub fn to(&self) -> &str {
        let line = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        line.unwrap_or_default()
    }
}

/// Somebody who is signed in.
pub struct Visit<'a> {
    pub site: &'a Served,
    pub cookie: String,
}

impl Visit<'_> {
    pub fn get(&self, path: &str) -> Answer {
        self.site
            .ask("GET", path, &format!("Cookie: {}\r\n", self.cookie), "")
    }

    pub fn post(&self, path: &str, form: &str) -> Answer {
        let headers = format!("Cookie: {}\r\nSec-Fetch-Site: same-origin\r\n", self.cookie);
        self.site.ask("POST", path, &headers, form)
    }
}

pub fn between(text: &str, start: &str, end: &str) -> String {
    let from = text
        .find(start)
        .unwrap_or_else(|| panic!("`{start}` in {text}"))
        + start.len();
    let length = text[from..].find(end).unwrap();
    text[from..from + length].to_owned()
}

impl Served {
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", "")
    }

    pub fn demo() -> Self {
        Self::start(&["demo"])
    }

    /// Every seat of the demonstration: the act that filled it, its party, its name, and the person.
    pub fn offers(&self, path: &str) -> Vec<Offer> {
        let page = self.get(path).body;
        let mut offers = Vec::new();
        for section in page.split("<section>").skip(1) {
            let section = section.split("</section>").next().unwrap();
            let party = between(section, "<h2>", "</h2>");
            for line in section.split("<li>").skip(1) {
                offers.push(Offer {
                    filled: between(line, "name=\"seat\" value=\"", "\""),
                    party: party.clone(),
                    seat: between(line, "<h3>", "</h3>"),
                    person: between(line, "<p class=\"c-meta\">", "</p>"),
                });
            }
        }
        offers
    }

    pub fn take(&self, filled: &str) -> Visit<'_> {
        let answer = self.ask("POST", "/en/take-a-seat", "", &format!("seat={filled}"));
        assert_eq!(answer.status, 303, "{}", answer.head);
        Visit {
            site: self,
            cookie: answer.cookie().unwrap(),
        }
    }
}

/// A seat of the demonstration.
#[derive(Debug, Clone)]
pub struct Offer {
    pub filled: String,
    pub party: String,
    pub seat: String,
    pub person: String,
}

/// The seat of this name of a party.
pub fn seat(offers: &[Offer], party: &str, name: &str) -> String {
    let found = offers
        .iter()
        .find(|offer| offer.party == party && offer.seat.starts_with(name));
    found
        .unwrap_or_else(|| panic!("{name} of {party}"))
        .filled
        .clone()
}

/// A form in parts, with a file.
fn with_file(fields: &[(&str, &str)], name: &str, content: &str) -> (String, String) {
    let boundary = "of-the-tests-0123456789";
    let mut body = String::new();
    for (field, value) in fields {
        body += &format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
        );
    }
    body += &format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--{boundary}--\r\n"
    );
    (
        format!("Content-Type: multipart/form-data; boundary={boundary}\r\n"),
        body,
    )
}

/// Sends it from a seat.
pub fn send(
    visit: &Visit<'_>,
    path: &str,
    fields: &[(&str, &str)],
    name: &str,
    content: &str,
) -> Answer {
    let (kind, body) = with_file(fields, name, content);
    let headers = format!(
        "Cookie: {}\r\nSec-Fetch-Site: same-origin\r\n{kind}",
        visit.cookie
    );
    visit.site.ask("POST", path, &headers, &body)
}
