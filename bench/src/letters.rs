//! How fast letters that wait are handed to a mail server, by the release program over a data folder.
//!
//! `cargo run --release -p comity-bench -- letters` takes 2,000 letters to as many people; `--letters N` another number. The
//! mail server is this process: it takes everything at once. It starts the release program: `cargo build --release -p
//! comity-cli`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use comity_directory::{Directory, Person, PersonId};
use comity_post::{Matter, Notice, Outbox, State};
use comity_registrar::{Clock, SystemClock};
use comity_sqlite::SqliteDirectory;

use crate::machine;
use crate::site::{ANY_PORT, Site};

const LETTERS: u64 = 2_000;

/// After so long without a letter there come no more.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the server took: the name of the letter, and when.
type Taken = (String, Instant);

/// Prints the line.
pub fn run(arguments: &[String]) {
    let letters = machine::option(arguments, "--letters").unwrap_or(LETTERS);
    let folder = machine::Folder::new("letters", arguments);
    let program = machine::program("comity");
    let data = folder.path().join("data");
    let data = data.to_str().expect("a folder with a plain name");
    let made = Command::new(&program)
        .args(["init", "--data", data])
        .stdout(Stdio::null())
        .status()
        .expect("the program can be started");
    assert!(made.success(), "the program makes a data folder");
    let queued = machine::block_on(queue(Path::new(data), letters));
    let (port, taken) = server();
    let mail = format!("smtp+plain://127.0.0.1:{port}");
    let site = Site::start(
        &program,
        &[
            "serve",
            "--data",
            data,
            "--public-url",
            "https://conference.example",
            "--mail",
            &mail,
            "--mail-from",
            "st@conference.example",
        ],
        &ANY_PORT,
    );
    let (names, span) = count(&taken, letters);
    machine::block_on(settled(Path::new(data), letters));
    drop(site);
    let all: u64 = names.values().sum();
    let lost = letters - names.len() as u64;
    println!(
        "| letters | queued, letters/s | handed to the mail server, letters/s | in all, s | lost | repeated |"
    );
    println!("|---:|---:|---:|---:|---:|---:|");
    println!(
        "| {letters} | {:.0} | {:.0} | {:.1} | {lost} | {} |",
        letters as f64 / queued.as_secs_f64(),
        (letters - 1) as f64 / span.as_secs_f64(),
        span.as_secs_f64(),
        all - names.len() as u64,
    );
    assert_eq!(lost, 0, "no letter is lost");
}

/// Puts the letters in. Answers with how long that took.
async fn queue(data: &Path, letters: u64) -> Duration {
    let (directory, outbox) = open(data).await;
    let mut notices = Vec::new();
    for number in 0..letters {
        let id = PersonId::from_bytes(u128::from(number).to_be_bytes());
        let mut person = Person::new(id, "Nadie");
        person.email = Some(format!("nobody.{number}@ministry.example"));
        directory.put(&person).await.expect("a person is kept");
        let now = SystemClock.now();
        notices.push(Notice::new("confirm-bench", id, Matter::ConfirmData, now));
    }
    outbox.set_open(true).await.expect("the outbox is opened");
    let begun = Instant::now();
    for notice in &notices {
        let new = outbox.put(notice).await.expect("a letter is put in");
        assert!(new, "each is put in once");
    }
    begun.elapsed()
}

async fn open(data: &Path) -> (Arc<dyn Directory>, Outbox) {
    let opened = SqliteDirectory::open(data.join("directory.sqlite")).await;
    let directory: Arc<dyn Directory> = Arc::new(opened.expect("the directory opens"));
    let outbox = Outbox::new(Arc::clone(&directory));
    (directory, outbox)
}

/// Waits until whoever sends has written down that all are sent.
async fn settled(data: &Path, letters: u64) {
    let (_, outbox) = open(data).await;
    for _ in 0..100 {
        let all = outbox.all().await.expect("the outbox is read");
        let sent = all
            .iter()
            .filter(|letter| matches!(letter.now, State::Sent { .. }));
        if sent.count() as u64 == letters {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("some letters are not written down as sent");
}

/// The letters by name with how often each came, and the time from the first to the last.
fn count(taken: &Receiver<Taken>, letters: u64) -> (BTreeMap<String, u64>, Duration) {
    let mut names: BTreeMap<String, u64> = BTreeMap::new();
    let mut span: Option<(Instant, Instant)> = None;
    while (names.len() as u64) < letters {
        let Ok((name, at)) = taken.recv_timeout(PATIENCE) else {
            break;
        };
        *names.entry(name).or_default() += 1;
        span = Some((span.map_or(at, |(first, _)| first), at));
    }
    let (first, last) = span.expect("the program sends letters");
    (names, last - first)
}

/// A mail server that takes everything.
fn server() -> (u16, Receiver<Taken>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it has a port").port();
    let (says, taken) = channel();
    std::thread::spawn(move || {
        for talk in listener.incoming().flatten() {
            let says = says.clone();
            std::thread::spawn(move || {
                // A sender that hangs up has said what it had to.
                let _ = take(&talk, &says);
            });
        }
    });
    (port, taken)
}

fn take(mut talk: &TcpStream, says: &Sender<Taken>) -> std::io::Result<()> {
    talk.set_nodelay(true)?;
    let mut lines = BufReader::new(talk).lines();
    talk.write_all(b"220 here\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        match line.get(..4).unwrap_or_default() {
            "DATA" => {
                talk.write_all(b"354 go on\r\n")?;
                let mut name = String::new();
                while let Some(line) = lines.next().transpose()? {
                    if line == "." {
                        break;
                    }
                    if let Some(found) = line.strip_prefix("Message-ID: ") {
                        found.clone_into(&mut name);
                    }
                }
                // Nobody counts any more where the last letter has come.
                let _ = says.send((name, Instant::now()));
            }
            "QUIT" => return talk.write_all(b"221 bye\r\n"),
            _ => {}
        }
        talk.write_all(b"250 ok\r\n")?;
    }
    Ok(())
}
