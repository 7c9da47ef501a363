//! The desk of somebody for whom much waits, on SQLite.
//!
//! `cargo run --release -p comity-bench -- desk`. It makes a register, comes in by its first link, enters 200 applications whose documents are
//! pending, and asks for the desk of the Coordinator from 16 clients.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::machine;
use crate::site::{ANY_PORT, Site, load_with};

/// How many things wait.
const WAITING: usize = 200;

const REQUESTS: usize = 8_000;

/// The limit of the issue.
const P99_MAX: Duration = Duration::from_millis(10);

pub fn run() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("threads can be started");
    runtime.block_on(measure());
}

async fn measure() {
    let folder = std::env::temp_dir().join(format!("conference-bench-{}", std::process::id()));
    let data = folder.join("data");
    let link = make(&data);
    let (site, header) = come_in(&data, &link);
    for number in 0..WAITING {
        let form =
            format!("kind=observer_state&es=Estado {number}&en=State {number}&received=2011-10-01");
        let done = post(
            site.address(),
            "/en/applications",
            &header,
            &form.replace(' ', "+"),
        );
        assert!(done.starts_with("HTTP/1.1 303"), "{done}");
    }
    load_with(site.address(), "/en/desk", &header, REQUESTS / 10).await;
    let load = load_with(site.address(), "/en/desk", &header, REQUESTS).await;
    println!(
        "{:<40} {:>12} {:>12} {:>10}",
        "desk, 200 things waiting, 16 clients", "a second", "p99", "limit"
    );
    println!(
        "{:<40} {:>12.0} {:>9.2} ms {:>7.0} ms{}",
        "SQLite",
        load.per_second,
        load.p99.as_secs_f64() * 1_000.0,
        P99_MAX.as_secs_f64() * 1_000.0,
        if load.p99 > P99_MAX { "  over" } else { "" }
    );
    drop(site);
    let _ = std::fs::remove_dir_all(folder);
}

/// Makes a register that holds the record; answers with the first link to come in by.
pub fn make(data: &Path) -> String {
    let program = machine::program("comity");
    let init = Command::new(&program)
        .args(["init", "--data"])
        .arg(data)
        .output();
    let printed =
        String::from_utf8(init.expect("the program can be started").stdout).expect("UTF-8");
    let link = printed
        .lines()
        .find_map(|line| line.trim().strip_prefix("/en/sign-in/"))
        .expect("it prints the first link");
    let import = Command::new(&program)
        .args(["import", "--data"])
        .arg(data)
        .output();
    assert!(import.expect("the program can be started").status.success());
    link.to_owned()
}

/// Serves it, and comes in as the Coordinator; answers with the header that says so.
pub fn come_in(data: &Path, link: &str) -> (Site, String) {
    let program = machine::program("comity");
    let data = data.to_str().expect("a plain name");
    let site = Site::start(&program, &["serve", "--data", data], &ANY_PORT);
    let entered = post(site.address(), &format!("/en/sign-in/{link}"), "", "");
    let cookie = between(&entered, "set-cookie: ", ";");
    (site, format!("Cookie: {cookie}\r\n"))
}

fn post(address: SocketAddr, path: &str, header: &str, form: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{header}Content-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .expect("the server reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server answers");
    String::from_utf8_lossy(&answer).into_owned()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).expect("it is there") + start.len();
    let length = text[from..].find(end).expect("it ends");
    &text[from..from + length]
}
