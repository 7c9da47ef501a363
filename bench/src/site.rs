//! The site beside a bare axum server that sends the same bytes, in one run on one machine.
//!
//! `cargo run --release -p comity-bench -- site`. It starts the release program on a fresh folder, measures the time to the
//! first page, the restart, requests per second and the 99th percentile warm and with the page cache off, memory after
//! the requests, and the weight of the pages. Ratios are what counts: the same client, the same bytes, the same machine.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::machine;

/// Requests of one round.
const REQUESTS: usize = 10_000;

/// Rounds by turns; the one in the middle by its ratio is told.
const ROUNDS: usize = 7;

/// Connections that send them, each one request after another.
const CONNECTIONS: usize = 16;

/// What is measured: home, Plan of Action, one document page.
const PAGES: [(&str, &str); 3] = [
    ("home", "/en"),
    ("Plan of Action", "/en/plan-of-action"),
    (
        "a document",
        "/en/documents/memorandum-repatriation-by-land",
    ),
];

/// Any port that is free.
pub const ANY_PORT: [&str; 2] = ["--port", "0"];

/// The limits of the issue and of the interface.
const RATIO_MIN: f64 = 0.7;
const FIRST_PAGE_MAX: Duration = Duration::from_millis(1_000);
const RESTART_MAX: Duration = Duration::from_millis(300);
const RESIDENT_MAX_KIB: u64 = 64 * 1_024;
const HTML_MAX: usize = 14 * 1_024;

pub fn run() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("threads can be started");
    runtime.block_on(measure());
}

async fn measure() {
    let program = machine::program("comity");
    let folder = std::env::temp_dir().join(format!("conference-bench-{}", std::process::id()));
    let data = folder.join("data");
    let begun = Instant::now();
    quiet(Command::new(&program).args(["init", "--data"]).arg(&data));
    quiet(Command::new(&program).args(["import", "--data"]).arg(&data));
    let site = Site::start(&program, &["serve", "--data", text(&data)], &ANY_PORT);
    let first = site.first_page(begun).await;
    drop(site);
    let begun = Instant::now();
    let site = Site::start(&program, &["serve", "--data", text(&data)], &ANY_PORT);
    let restart = site.first_page(begun).await;

    println!("{:<26} {:>10} {:>10}", "", "measured", "limit");
    line("empty folder to first page", first, FIRST_PAGE_MAX);
    line("restart to first page", restart, RESTART_MAX);

    println!(
        "\n{:<16} {:>12} {:>12} {:>8} {:>10} {:>10} {:>12}",
        "page", "site req/s", "bare req/s", "ratio", "site p99", "bare p99", "cache off"
    );
    let uncached = Site::start(
        &program,
        &["serve", "--data", text(&data), "--page-cache", "0"],
        &ANY_PORT,
    );
    for (name, path) in PAGES {
        let body = fetch(site.address, path, true).await;
        let file = folder.join("body");
        std::fs::write(&file, &body).expect("the folder for temporary files can be written");
        let bare_site = Site::start(
            &std::env::current_exe().expect("a program knows where it is"),
            &["bare", text(&file)],
            &[],
        );
        let bare = bare_site.address;
        // Once unmeasured, so that both sides are warm; then by turns, because the machine has other things to do.
        load(site.address, path, REQUESTS / 10).await;
        load(bare, "/", REQUESTS / 10).await;
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            rounds.push((
                load(site.address, path, REQUESTS).await,
                load(bare, "/", REQUESTS).await,
            ));
        }
        let ratio = |(ours, theirs): &(Load, Load)| ours.per_second / theirs.per_second;
        rounds.sort_by(|left, right| ratio(left).total_cmp(&ratio(right)));
        let (ours, theirs) = &rounds[ROUNDS / 2];
        let cold = load(uncached.address, path, 1_000).await;
        let ratio = ratio(&rounds[ROUNDS / 2]);
        let mark = if ratio >= RATIO_MIN {
            ""
        } else {
            "  below 0.7"
        };
        println!(
            "{name:<16} {:>12.0} {:>12.0} {ratio:>8.2} {:>10} {:>10} {:>12.3}{mark}",
            ours.per_second,
            theirs.per_second,
            millis(ours.p99),
            millis(theirs.p99),
            cold.per_second / theirs.per_second,
        );
    }
    let resident = resident_kib(site.child.id());
    println!(
        "\nresident after {} requests: {:.1} MiB (limit {} MiB)",
        PAGES.len() * ROUNDS * REQUESTS,
        resident as f64 / 1_024.0,
        RESIDENT_MAX_KIB / 1_024
    );

    println!(
        "\n{:<70} {:>10} {:>10}",
        "page (HTML on the wire, brotli)", "bytes", "limit"
    );
    for path in site_map(site.address).await {
        let size = fetch(site.address, &path, true).await.len();
        if size > HTML_MAX * 3 / 4 || PAGES.iter().any(|(_, page)| *page == path) {
            println!(
                "{path:<70} {size:>10} {HTML_MAX:>10}{}",
                if size > HTML_MAX { "  over" } else { "" }
            );
        }
    }
    drop(site);
    drop(uncached);
    let _ = std::fs::remove_dir_all(folder);
}

fn line(what: &str, measured: Duration, limit: Duration) {
    println!(
        "{what:<26} {:>10} {:>10}{}",
        millis(measured),
        millis(limit),
        if measured > limit { "  over" } else { "" }
    );
}

fn millis(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}

fn text(path: &Path) -> &str {
    path.to_str()
        .expect("the folder for temporary files has a plain name")
}

fn quiet(command: &mut Command) {
    let status = command
        .stdout(Stdio::null())
        .status()
        .expect("the program can be started");
    assert!(status.success(), "{command:?}");
}

/// The program, serving.
pub struct Site {
    child: Child,
    address: SocketAddr,
}

impl Site {
    pub fn start(program: &Path, arguments: &[&str], options: &[&str]) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let out = child.stdout.take().expect("its output is ours");
        let address = BufReader::new(out)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_whitespace()
                    .find_map(|word| word.strip_prefix("http://").map(str::to_owned))
            })
            .expect("it prints its address");
        let address = address
            .trim_end_matches('/')
            .parse()
            .expect("an address with a port");
        Self { child, address }
    }

    /// What the home page is answered with: 503 where drawing it takes longer than the site lets it.
    pub async fn first_answer(&self) -> u16 {
        let (status, _) = Connection::open(self.address).await.get("/en", true).await;
        status
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    async fn first_page(&self, begun: Instant) -> Duration {
        assert!(!fetch(self.address, "/en", true).await.is_empty());
        begun.elapsed()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A bare axum server that sends the same bytes with the same type, in a process of its own as the site is.
pub fn bare(file: &str) {
    let body = bytes::Bytes::from(std::fs::read(file).expect("the file of the body can be read"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("threads can be started");
    runtime.block_on(async {
        let answer = move || {
            let body = body.clone();
            async move {
                (
                    [
                        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                        (header::CONTENT_ENCODING, "br"),
                    ],
                    body,
                )
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        println!("http://{}/", listener.local_addr().expect("a bound port"));
        axum::serve(listener, Router::new().route("/", get(answer)))
            .await
            .expect("the bare server serves");
    });
}

pub struct Load {
    pub per_second: f64,
    pub p99: Duration,
}

async fn load(address: SocketAddr, path: &str, requests: usize) -> Load {
    load_with(address, path, "", requests).await
}

/// The same with a line of header that each request carries.
pub async fn load_with(address: SocketAddr, path: &str, header: &str, requests: usize) -> Load {
    let begun = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let (path, header) = (path.to_owned(), header.to_owned());
        tasks.push(tokio::spawn(async move {
            let mut connection = Connection::open(address).await;
            connection.header = header;
            let (status, _) = connection.get(&path, true).await;
            assert_eq!(status, 200, "{path}");
            let mut taken = Vec::with_capacity(requests / CONNECTIONS);
            for _ in 0..requests / CONNECTIONS {
                let sent = Instant::now();
                connection.again(&path).await;
                taken.push(sent.elapsed());
            }
            taken
        }));
    }
    let mut taken = Vec::with_capacity(requests);
    for task in tasks {
        taken.extend(task.await.expect("a connection does not panic"));
    }
    let elapsed = begun.elapsed();
    taken.sort_unstable();
    Load {
        per_second: taken.len() as f64 / elapsed.as_secs_f64(),
        p99: taken[taken.len() * 99 / 100],
    }
}

/// How long a page is that somebody sees who came in.
pub async fn size_with(address: SocketAddr, path: &str, header: &str) -> usize {
    let mut connection = Connection::open(address).await;
    header.clone_into(&mut connection.header);
    let (status, body) = connection.get(path, false).await;
    assert_eq!(status, 200, "{path}");
    body.len()
}

async fn fetch(address: SocketAddr, path: &str, brotli: bool) -> Vec<u8> {
    let (status, body) = Connection::open(address).await.get(path, brotli).await;
    assert_eq!(status, 200, "{path}");
    body
}

async fn site_map(address: SocketAddr) -> Vec<String> {
    let map = String::from_utf8(fetch(address, "/sitemap.xml", false).await)
        .expect("a site map is UTF-8");
    map.split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .filter_map(|address| {
            address
                .split("://")
                .nth(1)
                .and_then(|rest| rest.find('/').map(|at| rest[at..].to_owned()))
        })
        .collect()
}

/// One connection that is kept.
struct Connection {
    stream: TcpStream,
    address: SocketAddr,
    /// A line that each request carries besides.
    header: String,
    buffer: Vec<u8>,
    /// Bytes of the last answer, head and body.
    length: usize,
}

impl Connection {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address)
            .await
            .expect("the server listens");
        stream.set_nodelay(true).expect("a connected socket");
        Self {
            stream,
            address,
            header: String::new(),
            buffer: Vec::with_capacity(64 * 1_024),
            length: 0,
        }
    }

    /// The same page again: as long as before to the byte, so that the client spends as little as it can on either side.
    async fn again(&mut self, path: &str) {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: br\r\n{}\r\n",
            self.address, self.header
        );
        self.stream
            .write_all(request.as_bytes())
            .await
            .expect("the server reads");
        self.buffer.clear();
        while self.buffer.len() < self.length {
            assert_ne!(
                self.stream
                    .read_buf(&mut self.buffer)
                    .await
                    .expect("the server answers"),
                0,
                "closed early"
            );
        }
        assert!(
            self.buffer.starts_with(b"HTTP/1.1 200") && self.buffer.len() == self.length,
            "{path}"
        );
    }

    async fn get(&mut self, path: &str, brotli: bool) -> (u16, Vec<u8>) {
        let encoding = if brotli {
            "Accept-Encoding: br\r\n"
        } else {
            ""
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{encoding}{}\r\n",
            self.address, self.header
        );
        self.stream
            .write_all(request.as_bytes())
            .await
            .expect("the server reads");
        self.buffer.clear();
        let end = loop {
            if let Some(at) = self
                .buffer
                .windows(4)
                .position(|window| window == b"\r\n\r\n")
            {
                break at + 4;
            }
            assert_ne!(
                self.stream
                    .read_buf(&mut self.buffer)
                    .await
                    .expect("the server answers"),
                0,
                "closed early"
            );
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
        let status = head
            .get(9..12)
            .and_then(|code| code.parse().ok())
            .expect("a status line");
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
            .and_then(|length| length.trim().parse::<usize>().ok())
            .expect("pages have a length");
        while self.buffer.len() < end + length {
            assert_ne!(
                self.stream
                    .read_buf(&mut self.buffer)
                    .await
                    .expect("the server answers"),
                0,
                "closed early"
            );
        }
        self.length = end + length;
        (status, self.buffer[end..end + length].to_vec())
    }
}

fn resident_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}
