//! A node that is killed while it mails: nothing is lost, and what goes twice goes under one name.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod served;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use comity_directory::{Directory, Drawer, Kept, Person, PersonId};
use comity_post::{Matter, Notice, Outbox, State};
use comity_registrar::{Clock, SystemClock};
use comity_sqlite::SqliteDirectory;
use served::Served;

const LETTERS: u16 = 120;
const KILLED: usize = 5;
/// So many letters are on their way at once.
const AT_ONCE: usize = 4;
/// How long the whole may take before it is said not to happen.
const LIMIT: Duration = Duration::from_secs(120);

/// What a mail server took: the name of a letter with its address, each time.
type Taken = Arc<Mutex<Vec<(String, String)>>>;

/// A mail server that takes everything. Between taking a letter and saying so it lets a moment pass, in which whoever sends
/// may end.
fn server() -> (u16, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Taken::default();
    let all = Arc::clone(&taken);
    std::thread::spawn(move || {
        for talk in listener.incoming() {
            let (talk, taken) = (talk.unwrap(), Arc::clone(&all));
            std::thread::spawn(move || {
                // Whoever was killed hangs up in the middle.
                let _ = take(&talk, &taken);
            });
        }
    });
    (port, taken)
}

fn take(mut talk: &TcpStream, taken: &Taken) -> std::io::Result<()> {
    let mut lines = BufReader::new(talk).lines();
    talk.write_all(b"220 here\r\n")?;
    let mut to = String::new();
    while let Some(line) = lines.next().transpose()? {
        match line.get(..4).unwrap_or_default() {
            "RCPT" => to = served::between(&line, "<", ">"),
            "DATA" => {
                talk.write_all(b"354 go on\r\n")?;
                let mut name = None;
                loop {
                    let line = lines
                        .next()
                        .transpose()?
                        .ok_or(std::io::ErrorKind::BrokenPipe)?;
                    if line == "." {
                        break;
                    }
                    name = name.or_else(|| line.strip_prefix("Message-ID: ").map(str::to_owned));
                }
                taken.lock().unwrap().push((name.unwrap(), to.clone()));
                std::thread::sleep(Duration::from_millis(5));
            }
            "QUIT" => return talk.write_all(b"221 bye\r\n"),
            _ => {}
        }
        talk.write_all(b"250 ok\r\n")?;
    }
    Ok(())
}

fn person(number: u16) -> PersonId {
    let mut bytes = [0; 16];
    [bytes[0], bytes[1]] = number.to_be_bytes();
    PersonId::from_bytes(bytes)
}

/// People with a letter each, in the directory of a node that does not run.
async fn fill(directory: &Arc<dyn Directory>, outbox: &Outbox) {
    for number in 0..LETTERS {
        let id = person(number);
        let mut somebody = Person::new(id, "Nadie Ficticia");
        somebody.email = Some(format!("nobody.{number}@ministry.example"));
        directory.put(&somebody).await.unwrap();
        let notice = Notice::new(
            "confirm-2011-10",
            id,
            Matter::ConfirmData,
            SystemClock.now(),
        );
        assert!(outbox.put(&notice).await.unwrap());
    }
    outbox.set_open(true).await.unwrap();
}

/// As if the minutes had passed for which whoever sends has the turn. Answers with how many turns were never given back.
async fn let_turns_pass(directory: &dyn Directory) -> usize {
    let held = directory
        .contents(Drawer::Notice, Some("!turn/"), 500)
        .await;
    let held = held.unwrap().into_iter();
    let turns: Vec<Kept> = held.filter(|kept| kept.key.starts_with("!turn/")).collect();
    for turn in &turns {
        let mut body: serde_json::Value = serde_json::from_str(&turn.body).unwrap();
        body["until"] = "2000-01-01T00:00:00Z".into();
        let body = body.to_string();
        directory
            .keep(&Kept {
                body,
                ..turn.clone()
            })
            .await
            .unwrap();
    }
    turns.len()
}

async fn open(data: &Path) -> (Arc<dyn Directory>, Outbox) {
    let opened = SqliteDirectory::open(data.join("directory.sqlite")).await;
    let directory: Arc<dyn Directory> = Arc::new(opened.unwrap());
    let outbox = Outbox::new(Arc::clone(&directory));
    (directory, outbox)
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < LIMIT, "{what}");
        std::thread::sleep(Duration::from_millis(3));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_is_killed_while_it_mails_loses_nothing_and_repeats_under_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let init = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(["init", "--data", data.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(init.status.success());
    let (port, taken) = server();
    let serve = || {
        Served::start(&[
            "serve",
            "--data",
            data.to_str().unwrap(),
            "--public-url",
            "https://conference.example/",
            "--mail",
            &format!("smtp+plain://127.0.0.1:{port}"),
            "--mail-from",
            "Secretaría Técnica <st@conference.example>",
        ])
    };
    let (directory, outbox) = open(&data).await;
    fill(&directory, &outbox).await;
    drop((directory, outbox));
    let count = || taken.lock().unwrap().len();
    let mut left = 0;
    for round in 1..=KILLED {
        let site = serve();
        let wanted = round * usize::from(LETTERS) / (KILLED + 1);
        until("letters go out", || count() >= wanted);
        // Ended as by a power cut: the process is given no moment to tidy up.
        drop(site);
        let (directory, _) = open(&data).await;
        left += let_turns_pass(&*directory).await;
    }
    let site = serve();
    let distinct = || {
        let taken = taken.lock().unwrap();
        taken
            .iter()
            .map(|(name, _)| name.clone())
            .collect::<BTreeSet<_>>()
            .len()
    };
    until("every letter goes out", || {
        distinct() == usize::from(LETTERS)
    });
    // A round more, in which nothing is sent that was.
    std::thread::sleep(Duration::from_secs(5));
    drop(site);

    let mut names: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (name, to) in taken.lock().unwrap().iter() {
        *names
            .entry(to.clone())
            .or_default()
            .entry(name.clone())
            .or_default() += 1;
    }
    let lost = (0..LETTERS)
        .filter(|number| !names.contains_key(&format!("nobody.{number}@ministry.example")))
        .count();
    let repeated: Vec<usize> = names
        .values()
        .flat_map(BTreeMap::values)
        .map(|times| times - 1)
        .filter(|more| *more > 0)
        .collect();
    println!(
        "{LETTERS} letters, killed {KILLED} times while mailing: lost {lost}, sent again {} under the same Message-ID, turns left {left}",
        repeated.len()
    );
    assert_eq!(lost, 0);
    assert!(
        names.values().all(|own| own.len() == 1),
        "one name for each letter"
    );
    // At most those that were on their way when the node ended. A turn that was left by one kill may still lie there at the next, so
    // that their count is told and not held to that.
    let most = KILLED * AT_ONCE;
    assert!(repeated.iter().sum::<usize>() <= most);
    let (_, outbox) = open(&data).await;
    let all = outbox.all().await.unwrap();
    assert_eq!(all.len(), usize::from(LETTERS));
    assert!(
        all.iter()
            .all(|notice| matches!(notice.now, State::Sent { .. }))
    );
    assert_eq!(outbox.waiting().await.unwrap(), []);
}
