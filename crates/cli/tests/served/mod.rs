//! A site that the real program serves, and somebody who asks it over the wire.

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
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let host = &self.host;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
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
