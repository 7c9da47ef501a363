//! The whole way out, and back: export, import of an export, backup, restore, move; on both databases.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use comity_directory::{Directory, Drawer, Kept, Person};
use comity_postgres::{PostgresDirectory, PostgresRegister};
use comity_register::conformance::record;
use comity_register::{Appended, Record, Register};
use comity_sqlite::{SqliteDirectory, SqliteRegister};
use tempfile::TempDir;

fn comity(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    command
        .args(arguments)
        .env_remove("COMITY_DATA")
        .env("COMITY_LOG", "error")
        .env("COMITY_KEYS", concat!(env!("CARGO_TARGET_TMPDIR"), "/keys"))
        .output()
        .unwrap()
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let output = comity(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn fails(arguments: &[&str]) -> String {
    let output = comity(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
    assert!(
        !said.contains("panicked") && said.contains("hint:"),
        "{said}"
    );
    said
}

/// A folder for a test, and databases of a server where one is set up.
struct Ground {
    folder: TempDir,
    server: Option<String>,
    made: std::cell::RefCell<Vec<String>>,
}

impl Ground {
    fn new() -> Self {
        #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
        let server = std::env::var("COMITY_TEST_POSTGRES").ok();
        if server.is_none() {
            println!("PostgreSQL is left out: none is set up; ./check does it");
        }
        let folder = tempfile::tempdir().unwrap();
        Self {
            folder,
            server,
            made: Vec::new().into(),
        }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Places of a name, one for each database that there is.
    fn places(&self, name: &str) -> Vec<[String; 2]> {
        let mut places = vec![["--data".to_owned(), self.path(name)]];
        if let Some(server) = &self.server {
            let unique = format!("comity_out_{}_{name}", std::process::id());
            let thread: String = format!("{:?}", std::thread::current().id());
            let number: String = thread.chars().filter(char::is_ascii_digit).collect();
            let unique = format!("{unique}_{number}");
            psql(server, &format!("CREATE DATABASE {unique}"));
            let (address, _) = server.rsplit_once('/').unwrap();
            places.push(["--database-url".to_owned(), format!("{address}/{unique}")]);
            self.made.borrow_mut().push(unique);
        }
        places
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        for name in self.made.borrow().iter() {
            psql(
                self.server.as_ref().unwrap(),
                &format!("DROP DATABASE {name} WITH (FORCE)"),
            );
        }
    }
}

fn psql(server: &str, sql: &str) {
    let done = Command::new("psql")
        .args([server, "-q", "-c", sql])
        .status()
        .unwrap();
    assert!(done.success() || std::thread::panicking());
}

/// Arguments with a place at their end.
fn with<'a>(arguments: &[&'a str], place: &'a [String; 2]) -> Vec<&'a str> {
    arguments
        .iter()
        .copied()
        .chain(place.iter().map(String::as_str))
        .collect()
}

fn made(place: &[String; 2]) {
    succeeds(&with(&["init"], place));
    succeeds(&with(&["import"], place));
}

async fn open([option, at]: &[String; 2]) -> Arc<dyn Register> {
    if option == "--data" {
        Arc::new(
            SqliteRegister::open(Path::new(at).join("register.sqlite"))
                .await
                .unwrap(),
        )
    } else {
        Arc::new(PostgresRegister::connect(at).await.unwrap())
    }
}

/// The lines that say how many records, in how many batches, with which root.
fn verified(place: &[String; 2]) -> String {
    succeeds(&with(&["verify"], place))
}

fn content(folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![Path::new(folder).to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn an_export_comes_back_with_the_same_root_and_goes_out_as_the_same_bytes() {
    let ground = Ground::new();
    let first = ground.path("first");
    let sources = ground.places("source");
    made(&sources[0]);
    let said = succeeds(&with(&["export", "--out", &first], &sources[0]));
    let files = content(&first);
    for name in [
        "acts.jsonl",
        "commits.csv",
        "checkpoint.txt",
        "README.txt",
        "manifest.json",
        "rules/rules.toml",
    ] {
        assert!(files.contains_key(name), "{name}");
    }
    assert_eq!(
        files["collections/presidencies.csv"]
            .split(|byte| *byte == b'\n')
            .count(),
        19
    );
    assert!(
        files["collections/presidencies.json"].starts_with(b"{\"collection\":\"presidencies\"")
    );
    assert!(said.contains("root "), "{said}");
    // The same head gives the same bytes, whenever it is exported.
    let again = ground.path("again");
    succeeds(&with(&["export", "--out", &again], &sources[0]));
    assert!(content(&again) == files);
    for (place, target) in ground.places("target").iter().enumerate() {
        let dry = succeeds(&with(&["import", &first, "--dry-run"], target));
        assert!(dry.contains("nothing was entered"), "{dry}");
        assert!(succeeds(&with(&["import", &first], target)).contains("entered as they were"));
        assert_eq!(verified(target), verified(&sources[0]));
        let back = ground.path(&format!("back{place}"));
        succeeds(&with(&["export", "--out", &back], target));
        assert!(content(&back) == files, "{target:?}");
        // Only an empty register takes it.
        let said = fails(&with(&["import", &first], target));
        assert!(said.contains("records already"), "{said}");
        // The record that the program carries is in it, so that nothing is left to enter.
        assert!(succeeds(&with(&["import"], target)).contains("; 0 acts entered"));
    }
    assert!(fails(&with(&["export", "--out", &first], &sources[0])).contains("already"));
}

/// One export of each released version: a later program takes it back, replays it and draws every collection of it.
#[test]
fn exports_of_older_programs_come_back() {
    let ground = Ground::new();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports");
    let mut seen = 0;
    for entry in std::fs::read_dir(fixtures).unwrap() {
        let fixture = entry.unwrap().path();
        let fixture = fixture.to_str().unwrap();
        let target = &ground.places(&format!("target{seen}"))[0];
        succeeds(&with(&["import", fixture], target));
        let out = ground.path(&format!("out{seen}"));
        succeeds(&with(&["export", "--out", &out], target));
        let (then, now) = (content(fixture), content(&out));
        for name in [
            "acts.jsonl",
            "commits.csv",
            "checkpoint.txt",
            "rules/rules.toml",
        ] {
            assert_eq!(then[name], now[name], "{fixture}: {name}");
        }
        let kinds: std::collections::BTreeSet<_> = std::str::from_utf8(&then["acts.jsonl"])
            .unwrap()
            .lines()
            .filter_map(|line| line.split("\"kind\":\"").last()?.split('"').next())
            .collect();
        assert!(kinds.len() >= 9, "{fixture} shows too little: {kinds:?}");
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn a_tampered_export_leaves_nothing_behind() {
    let ground = Ground::new();
    let out = ground.path("out");
    let source = &ground.places("source")[0];
    made(source);
    succeeds(&with(&["export", "--out", &out], source));
    let acts = Path::new(&out).join("acts.jsonl");
    let whole = std::fs::read(&acts).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    std::fs::write(&acts, flipped).unwrap();
    for target in ground.places("target") {
        let said = fails(&with(&["import", &out], &target));
        assert!(
            said.contains("acts.jsonl` is not as it was written: its SHA-256 is"),
            "{said}"
        );
        if target[0] == "--data" {
            assert!(!Path::new(&target[1]).join("register.sqlite").exists());
        }
        assert!(
            fails(&with(&["serve"], &target)).contains("init"),
            "there is no register"
        );
    }
    std::fs::write(&acts, whole).unwrap();
    std::fs::write(Path::new(&out).join("collections/letter.txt"), "dear").unwrap();
    let target = &ground.places("other")[0];
    assert!(fails(&with(&["import", &out], target)).contains("letter.txt` is not in the manifest"));
    let said = fails(&with(&["import", &out, "--correct"], target));
    assert!(said.contains("leave `--correct` out"), "{said}");
}

#[test]
fn a_register_moves_to_another_database_and_back() {
    let ground = Ground::new();
    let source = &ground.places("source")[0];
    made(source);
    let before = verified(source);
    let targets = ground.places("target");
    let to = |place: &[String; 2]| place[0].replace("--", "--to-");
    for target in &targets {
        let said = succeeds(&with(&["move", &to(target), &target[1]], source));
        assert!(said.contains("moved and verified"), "{said}");
        assert_eq!(verified(target), before);
        assert!(
            fails(&with(&["move", &to(target), &target[1]], source)).contains("records already")
        );
    }
    let last = targets.last().unwrap();
    let back = ground.path("back");
    succeeds(&with(&["move", "--to-data", &back], last));
    assert_eq!(verified(&["--data".to_owned(), back]), before);
    assert_eq!(verified(source), before, "the source is as it was");
    assert!(fails(&with(&["move"], source)).contains("--to-data"));
}

#[test]
fn a_backup_is_restored_whole_or_cut() {
    let ground = Ground::new();
    for (number, source) in ground.places("source").iter().enumerate() {
        let to = ground.path(&format!("backup{number}"));
        succeeds(&with(&["init"], source));
        assert!(
            succeeds(&with(&["backup", "--to", &to], source))
                .contains("4 acts in the backup, 4 of them new")
        );
        succeeds(&with(&["import"], source));
        let said = succeeds(&with(&["backup", "--to", &to], source));
        assert!(
            said.contains("acts in the backup") && !said.contains(" 0 of them new"),
            "{said}"
        );
        assert!(succeeds(&with(&["backup", "--to", &to], source)).contains(", 0 of them new"));
        for target in ground.places(&format!("whole{number}")) {
            succeeds(&with(&["restore", "--from", &to], &target));
            assert_eq!(verified(&target), verified(source));
            assert!(fails(&with(&["restore", "--from", &to], &target)).contains("records already"));
        }
        // The import was one batch: a cut within it leaves it out.
        for target in ground.places(&format!("cut{number}")) {
            let said = succeeds(&with(
                &["restore", "--from", &to, "--to-position", "700"],
                &target,
            ));
            assert!(said.starts_with("4 of "), "{said}");
            assert!(verified(&target).starts_with("4 records in 4 batches"));
        }
        let early = &ground.places(&format!("early{number}"))[0];
        let said = fails(&with(
            &[
                "restore",
                "--from",
                &to,
                "--to-instant",
                "2001-01-01T00:00:00Z",
            ],
            early,
        ));
        assert!(
            said.contains("no batch ends at or before 2001-01-01"),
            "{said}"
        );
        let said = fails(&with(
            &["restore", "--from", &to, "--to-instant", "yesterday"],
            early,
        ));
        assert!(said.contains("`yesterday` is not an instant"), "{said}");
        let late = "2999-01-01T00:00:00Z";
        succeeds(&with(
            &["restore", "--from", &to, "--to-instant", late],
            early,
        ));
        assert_eq!(verified(early), verified(source));
        let out = ground.path(&format!("out{number}"));
        succeeds(&with(&["export", "--out", &out], source));
        let nowhere = &ground.places(&format!("nowhere{number}"))[0];
        assert!(fails(&with(&["restore", "--from", &out], nowhere)).contains("comity import"));
        assert!(fails(&with(&["import", &to], nowhere)).contains("comity restore"));
    }
}

const SOMEBODY: &str = "200b6vrb20e3mr48fq7am7ps6b";
const NAME: &str = "Ixchel Quetzalli";

async fn directory([option, at]: &[String; 2]) -> Arc<dyn Directory> {
    if option == "--data" {
        let path = Path::new(at).join("directory.sqlite");
        if path.exists() {
            Arc::new(SqliteDirectory::open(path).await.unwrap())
        } else {
            Arc::new(SqliteDirectory::create(path).await.unwrap())
        }
    } else {
        Arc::new(PostgresDirectory::connect(at).await.unwrap())
    }
}

/// Whom the directory knows of those whom the test put there: `init` seats somebody too.
async fn knows(place: &[String; 2]) -> Vec<String> {
    let people = directory(place).await.list(None, 10).await.unwrap();
    let put = [
        SOMEBODY.parse().unwrap(),
        comity_directory::conformance::person(2).id,
    ];
    let own = people.into_iter().filter(|person| put.contains(&person.id));
    own.map(|person| person.name).collect()
}

/// Somebody who is erased stays so, whatever copy comes back; and who is not stays too.
#[tokio::test]
async fn who_is_forgotten_is_forgotten_again_after_every_return() {
    let ground = Ground::new();
    for (number, source) in ground.places("source").iter().enumerate() {
        succeeds(&with(&["init"], source));
        let somebody = Person::new(SOMEBODY.parse().unwrap(), NAME);
        let other = comity_directory::conformance::person(2);
        for person in [&somebody, &other] {
            directory(source).await.put(person).await.unwrap();
        }
        // Copies from before, and one that is told to leave the directory out.
        let (old, out, without) = (
            ground.path(&format!("old{number}")),
            ground.path(&format!("out{number}")),
            ground.path(&format!("without{number}")),
        );
        succeeds(&with(&["backup", "--to", &old], source));
        succeeds(&with(
            &["export", "--out", &out, "--with-directory"],
            source,
        ));
        succeeds(&with(&["export", "--out", &without], source));
        assert!(
            content(&out).contains_key("directory.json")
                && !content(&without).contains_key("directory.json")
        );
        for (place, target) in ground.places(&format!("before{number}")).iter().enumerate() {
            let parcel = if place == 0 {
                vec!["restore", "--from", &old]
            } else {
                vec!["import", &out]
            };
            succeeds(&with(&parcel, target));
            assert_eq!(
                knows(target).await,
                [other.name.as_str(), NAME],
                "nobody was erased yet"
            );
        }

        assert!(fails(&with(&["forget", "--person", "Ixchel"], source)).contains("E-0301"));
        let said = succeeds(&with(&["forget", "--person", SOMEBODY], source));
        assert!(
            said.contains("is forgotten (act ") && !said.contains(NAME),
            "{said}"
        );
        assert!(
            succeeds(&with(&["forget", "--person", SOMEBODY], source)).contains("erased already")
        );
        assert_eq!(knows(source).await, [other.name.as_str()]);
        let register = open(source).await;
        let head = register.head().await.unwrap();
        let act = String::from_utf8(
            register
                .read(head.size - 1, 1)
                .await
                .unwrap()
                .remove(0)
                .blob,
        )
        .unwrap();
        assert!(
            act.contains(SOMEBODY) && act.contains("PersonErased") && !act.contains("Ixchel"),
            "{act}"
        );
        if source[0] == "--data" {
            for (name, bytes) in content(&source[1]) {
                assert!(
                    !bytes
                        .windows(NAME.len())
                        .any(|window| window == NAME.as_bytes()),
                    "{name}"
                );
            }
        }

        // The directory of before with the acts of now: as somebody does who copies files back.
        let mixed = ground.path(&format!("mixed{number}"));
        succeeds(&with(&["backup", "--to", &mixed], source));
        for target in ground.places(&format!("again{number}")) {
            succeeds(&with(&["restore", "--from", &mixed], &target));
            assert_eq!(knows(&target).await, [other.name.as_str()]);
            directory(&target).await.put(&somebody).await.unwrap();
            serve_once(&target);
            assert_eq!(
                knows(&target).await,
                [other.name.as_str()],
                "a start erases again"
            );
        }
        let late = ground.path(&format!("late{number}"));
        directory(source).await.put(&somebody).await.unwrap();
        succeeds(&with(
            &["export", "--out", &late, "--with-directory"],
            source,
        ));
        for target in ground.places(&format!("latest{number}")) {
            succeeds(&with(&["import", &late], &target));
            assert_eq!(
                knows(&target).await,
                [other.name.as_str()],
                "an import erases again"
            );
            assert_eq!(verified(&target), verified(source));
        }
        let moved = ground.path(&format!("moved{number}"));
        succeeds(&with(&["move", "--to-data", &moved], source));
        assert_eq!(
            knows(&["--data".to_owned(), moved]).await,
            [other.name.as_str()],
            "a move erases again"
        );
    }
}

/// What comes back never takes the place of what a directory holds that was there before.
#[tokio::test]
async fn a_directory_that_is_there_loses_nobody_and_keeps_what_it_knows() {
    let ground = Ground::new();
    for (number, source) in ground.places("lively").iter().enumerate() {
        succeeds(&with(&["init"], source));
        let somebody = Person::new(SOMEBODY.parse().unwrap(), NAME);
        let other = comity_directory::conformance::person(2);
        for person in [&somebody, &other] {
            directory(source).await.put(person).await.unwrap();
        }
        let (copy, out) = (
            ground.path(&format!("lively-copy{number}")),
            ground.path(&format!("lively-out{number}")),
        );
        succeeds(&with(&["backup", "--to", &copy], source));
        succeeds(&with(
            &["export", "--out", &out, "--with-directory"],
            source,
        ));
        let came = [
            vec!["restore", "--from", &copy],
            vec!["import", &out],
            // What is refused later must not have taken anybody out either.
            vec!["restore", "--from", &copy, "--to-position", "0"],
        ];
        for (way, came) in came.iter().enumerate() {
            // One of the two is known by a name that was mended since; the register itself is lost.
            let newer = Person {
                name: "Ixchel Cambiada".to_owned(),
                ..somebody.clone()
            };
            for target in ground.places(&format!("lively{number}{way}")) {
                if target[0] == "--data" {
                    std::fs::create_dir_all(&target[1]).unwrap();
                }
                directory(&target).await.put(&newer).await.unwrap();
                let said = fails(&with(came, &target));
                assert!(said.contains("knows 1 of the people otherwise"), "{said}");
                assert_eq!(knows(&target).await, ["Ixchel Cambiada"]);
                let keeping = [came.as_slice(), &["--keep-directory"]].concat();
                // All of it, or a cut that leaves the first act alone.
                succeeds(&with(&keeping, &target));
                assert_eq!(knows(&target).await, [&*other.name, "Ixchel Cambiada"]);
                // The place is taken by now: what fails takes nobody away.
                fails(&with(came, &target));
                assert_eq!(knows(&target).await, [&*other.name, "Ixchel Cambiada"]);
            }
        }
        // A backup whose acts do not come back, and who is in the directory was there before.
        let broken = ground.path(&format!("lively-broken{number}"));
        succeeds(&with(&["backup", "--to", &broken], source));
        for target in ground.places(&format!("livelier{number}")) {
            if target[0] == "--data" {
                std::fs::create_dir_all(&target[1]).unwrap();
            }
            directory(&target).await.put(&somebody).await.unwrap();
            let beyond = [
                "restore",
                "--from",
                &broken,
                "--to-instant",
                "1999-01-01T00:00:00Z",
            ];
            let said = comity(&with(&beyond, &target));
            let known = knows(&target).await;
            assert!(known.contains(&NAME.to_owned()), "{known:?} {said:?}");
        }
    }
}

/// What somebody signs in with may be another's by now, and stays theirs.
#[tokio::test]
async fn a_credential_that_is_anothers_by_now_stays_theirs() {
    let ground = Ground::new();
    for (number, source) in ground.places("keyed").iter().enumerate() {
        succeeds(&with(&["init"], source));
        let before = Person::new(SOMEBODY.parse().unwrap(), NAME);
        let now = comity_directory::conformance::person(2);
        let credential = |person: &Person| Kept {
            drawer: Drawer::Credential,
            key: "account/issuer/1".to_owned(),
            person: Some(person.id),
            until: None,
            body: "{}".to_owned(),
        };
        let old = directory(source).await;
        old.put(&before).await.unwrap();
        old.keep(&credential(&before)).await.unwrap();
        let copy = ground.path(&format!("keyed-copy{number}"));
        succeeds(&with(&["backup", "--to", &copy], source));
        for target in ground.places(&format!("keyed{number}")) {
            if target[0] == "--data" {
                std::fs::create_dir_all(&target[1]).unwrap();
            }
            let there = directory(&target).await;
            there.put(&now).await.unwrap();
            there.keep(&credential(&now)).await.unwrap();
            let held = async || {
                let key = "account/issuer/1";
                let found = there.look(Drawer::Credential, key).await.unwrap();
                found.unwrap().person
            };
            let restore = with(&["restore", "--from", &copy], &target);
            assert!(fails(&restore).contains("knows 1 of the people otherwise"));
            assert_eq!(held().await, Some(now.id));
            let early = [
                &restore[..],
                &["--keep-directory", "--to-instant", "1999-01-01T00:00:00Z"],
            ];
            fails(&early.concat());
            assert_eq!(held().await, Some(now.id));
            succeeds(&[&restore[..], &["--keep-directory"]].concat());
            assert_eq!(held().await, Some(now.id));
        }
    }
}

/// Of several that fill one place at once one does, and what it brought stays whole.
#[tokio::test]
async fn of_two_that_restore_into_one_place_one_does_with_its_people() {
    let ground = Ground::new();
    let source = ["--data".to_owned(), ground.path("once")];
    made(&source);
    let somebody = Person::new(SOMEBODY.parse().unwrap(), NAME);
    directory(&source).await.put(&somebody).await.unwrap();
    let copy = ground.path("once-copy");
    succeeds(&with(&["backup", "--to", &copy], &source));
    for round in 0..3 {
        for target in ground.places(&format!("once{round}")) {
            let begin = || {
                Command::new(env!("CARGO_BIN_EXE_comity"))
                    .args(with(&["restore", "--from", &copy], &target))
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()
                    .unwrap()
            };
            let both = [begin(), begin()].map(|mut child| child.wait().unwrap().success());
            assert!(both.contains(&true), "{target:?}");
            assert_eq!(verified(&target), verified(&source));
            assert_eq!(knows(&target).await, [NAME], "{target:?}");
        }
    }
    // What it made is for its owner alone.
    let folder = ground.path("once0");
    for path in [
        folder.clone(),
        format!("{folder}/register.sqlite"),
        format!("{folder}/directory.sqlite"),
    ] {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{path}: {mode:o}");
    }
    let begin = || {
        Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(with(
                &["export", "--out", &ground.path("once-out")],
                &source,
            ))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let both = [begin(), begin()].map(|mut child| child.wait().unwrap().success());
    assert!(both.contains(&true));
    succeeds(&[
        "import",
        &ground.path("once-out"),
        "--dry-run",
        "--data",
        &ground.path("nowhere"),
    ]);
}

/// Serves a place until it says its address.
fn serve_once(place: &[String; 2]) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(with(&["serve", "--port", "0"], place))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("http://")));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The rehearsal: somebody writes, backups run and are killed; what is restored is what was there.
#[tokio::test]
async fn a_backup_under_a_writer_survives_being_killed() {
    const KILLS: u64 = 12;
    let ground = Ground::new();
    for (number, source) in ground.places("source").iter().enumerate() {
        made(source);
        let register = open(source).await;
        let writing = tokio::spawn(write_on(Arc::clone(&register)));
        let to = ground.path(&format!("backup{number}"));
        let mut killed = 0;
        for round in 0..KILLS {
            let mut child = Command::new(env!("CARGO_BIN_EXE_comity"))
                .args(with(&["backup", "--to", &to], source))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            tokio::time::sleep(Duration::from_millis(5 + round * 25)).await;
            killed += u64::from(child.try_wait().unwrap().is_none());
            let _ = child.kill();
            child.wait().unwrap();
        }
        writing.abort();
        let _ = writing.await;
        println!("{killed} of {KILLS} backups were killed before they ended");
        succeeds(&with(&["backup", "--to", &to], source));
        for target in ground.places(&format!("target{number}")) {
            succeeds(&with(&["restore", "--from", &to], &target));
            assert_eq!(verified(&target), verified(source));
        }
        println!("restored: {}", verified(source).lines().next().unwrap());
    }
}

/// A restore that is killed leaves no register or the whole of it, and the next one is not in its way.
#[test]
fn a_restore_that_is_killed_leaves_nothing_or_all() {
    const KILLS: u64 = 10;
    let ground = Ground::new();
    let source = &ground.places("source")[0];
    made(source);
    let to = ground.path("backup");
    succeeds(&with(&["backup", "--to", &to], source));
    let whole = verified(source);
    for round in 0..KILLS {
        for target in ground.places(&format!("target{round}")) {
            let mut child = Command::new(env!("CARGO_BIN_EXE_comity"))
                .args(with(&["restore", "--from", &to], &target))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(round * 40));
            let _ = child.kill();
            child.wait().unwrap();
            let found = comity(&with(&["verify"], &target));
            let said = String::from_utf8(found.stdout).unwrap();
            if found.status.success() && said == whole {
                println!("killed after {} ms: whole ({})", round * 40, target[0]);
                continue;
            }
            assert!(
                !found.status.success() || said.starts_with("0 records"),
                "{said}"
            );
            println!("killed after {} ms: nothing ({})", round * 40, target[0]);
            succeeds(&with(&["restore", "--from", &to], &target));
            assert_eq!(verified(&target), whole);
        }
    }
}

/// Appends one or three records at a time until it is stopped.
async fn write_on(register: Arc<dyn Register>) {
    let mut head = register.head().await.unwrap();
    let last = register.read(head.size - 1, 1).await.unwrap()[0]
        .decode()
        .unwrap();
    for round in 0_u64.. {
        let count = if round.is_multiple_of(3) { 3 } else { 1 };
        let batch = (head.size..head.size + count).map(|position| Record {
            at: last.at,
            ..record("w", position)
        });
        let Appended::Committed(next) = register.append(head, batch.collect()).await.unwrap()
        else {
            panic!("nobody else writes");
        };
        head = next;
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
