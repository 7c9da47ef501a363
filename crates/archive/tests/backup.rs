//! A backup grows with its register, comes back whole or cut, and refuses what is not its own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod given;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use comity_archive::{
    Backup, Cut, Error, NewBackup, Saved, Snapshot, is_backup, is_export, refill,
};
use comity_register::conformance::record;
use comity_register::{
    ActId, Appended, CommandId, Commit, Head, Indexed, MemoryRegister, Register, Sealed, Stored,
    Stretches,
};
use futures_util::future::BoxFuture;
use tempfile::TempDir;

use given::{content, grow, register, same};

const ORIGIN: &str = "river/register/0123";

async fn save(register: &dyn Register, folder: &Path) -> Result<Saved, Error> {
    back_up(register, folder, ORIGIN, &[]).await
}

async fn back_up(
    register: &dyn Register,
    folder: &Path,
    origin: &str,
    snapshots: &[Snapshot<'_>],
) -> Result<Saved, Error> {
    let mut run = NewBackup::begin(folder, origin)?;
    let saved = run.acts(register, |_, _| {}).await?;
    run.keep(snapshots)?;
    Ok(saved)
}

async fn restore(folder: &Path, register: &MemoryRegister, cut: Cut) -> Result<Head, Error> {
    let backup = Backup::open(folder, |_, _| {})?;
    refill(register, folder, backup.segments(), cut, |_| {}).await
}

fn names(folder: &Path) -> Vec<String> {
    content(folder).into_keys().collect()
}

#[tokio::test]
async fn a_second_run_writes_only_what_is_new() {
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("backup");
    let source = register(&[2, 3]).await;
    let saved = save(&source, &to).await.unwrap();
    assert_eq!(
        saved,
        Saved {
            head: source.head().await.unwrap(),
            before: 0
        }
    );
    assert!(is_backup(&to) && !is_export(&to));
    let first = content(&to);
    assert_eq!(
        names(&to),
        [
            "acts-000000000000-000000000003.jsonl",
            "commits-000000000000-000000000003.csv",
            "lock",
            "manifest.json"
        ]
    );
    // Nothing new: nothing is written.
    assert_eq!(save(&source, &to).await.unwrap().before, 3);
    assert_eq!(content(&to), first);
    grow(&source, &[4, 9]).await;
    assert_eq!(save(&source, &to).await.unwrap().before, 3);
    let second = content(&to);
    assert_eq!(second.len(), 6);
    for (name, bytes) in first.iter().filter(|(name, _)| *name != "manifest.json") {
        assert_eq!(second.get(name), Some(bytes), "{name} is written once");
    }
    let target = MemoryRegister::new();
    assert_eq!(
        restore(&to, &target, Cut::Nothing).await.unwrap(),
        source.head().await.unwrap()
    );
    same(&source, &target).await;
    // The restored register goes on with the same backup.
    grow(&target, &[11]).await;
    assert_eq!(save(&target, &to).await.unwrap().before, 9);
}

#[tokio::test]
async fn an_empty_register_is_saved_and_comes_back() {
    let folder = TempDir::new().unwrap();
    let source = MemoryRegister::new();
    assert_eq!(
        save(&source, folder.path()).await.unwrap().head,
        Head::empty()
    );
    let target = MemoryRegister::new();
    assert_eq!(
        restore(folder.path(), &target, Cut::Nothing).await.unwrap(),
        Head::empty()
    );
    grow(&source, &[2]).await;
    save(&source, folder.path()).await.unwrap();
    restore(folder.path(), &target, Cut::Nothing).await.unwrap();
    same(&source, &target).await;
}

#[tokio::test]
async fn a_cut_falls_between_batches() {
    let folder = TempDir::new().unwrap();
    let source = register(&[2, 3]).await;
    save(&source, folder.path()).await.unwrap();
    grow(&source, &[6, 9]).await;
    save(&source, folder.path()).await.unwrap();
    let at = |position| Cut::AfterInstant(record("a", position).at);
    for (cut, size) in [
        (Cut::AfterPosition(1), 2),
        (Cut::AfterPosition(2), 3),
        // Within a batch: the last whole one before.
        (Cut::AfterPosition(3), 3),
        (Cut::AfterPosition(4), 3),
        (Cut::AfterPosition(5), 6),
        (Cut::AfterPosition(8), 9),
        (Cut::AfterPosition(u64::MAX), 9),
        (at(1), 2),
        (at(4), 3),
        (at(5), 6),
        (at(8), 9),
        (at(99), 9),
    ] {
        let target = MemoryRegister::new();
        let head = restore(folder.path(), &target, cut).await.unwrap();
        assert_eq!(head.size, size, "{cut:?}");
        assert_eq!(head, source.commits(size, 1).await.unwrap()[0]);
        same(
            &target,
            &register(
                &[2, 3, 6, 9]
                    .into_iter()
                    .filter(|end| *end <= size)
                    .collect::<Vec<_>>(),
            )
            .await,
        )
        .await;
    }
    for cut in [Cut::AfterPosition(0), at(0)] {
        let target = MemoryRegister::new();
        let error = restore(folder.path(), &target, cut).await.unwrap_err();
        assert!(
            matches!(&error, Error::BeforeAll { first, .. } if first == "position 1"),
            "{error}"
        );
        assert_eq!(target.head().await.unwrap(), Head::empty());
    }
}

#[tokio::test]
async fn what_is_written_is_for_its_owner_alone() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("made/on/the/way");
    let directory = Snapshot {
        name: "directory",
        content: b"[]",
    };
    let source = register(&[2]).await;
    back_up(&source, &folder, ORIGIN, &[directory])
        .await
        .unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files = names(&folder);
    assert_eq!(files.len(), 5);
    for name in files {
        assert_eq!(mode(&folder.join(&name)), 0o600, "{name}");
    }
}

#[tokio::test]
async fn every_flipped_byte_is_refused_with_its_file() {
    let folder = TempDir::new().unwrap();
    let source = register(&[1]).await;
    save(&source, folder.path()).await.unwrap();
    grow(&source, &[2]).await;
    let directory = Snapshot {
        name: "directory",
        content: b"[]",
    };
    back_up(&source, folder.path(), ORIGIN, &[directory])
        .await
        .unwrap();
    let files = content(folder.path());
    assert_eq!(files.len(), 7);
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "lock") {
        let path = folder.path().join(name);
        for place in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            std::fs::write(&path, flipped).unwrap();
            let error = Backup::open(folder.path(), |_, _| {})
                .unwrap_err()
                .to_string();
            assert!(
                error.contains(path.to_str().unwrap()),
                "{name}, byte {place}: {error}"
            );
        }
        std::fs::remove_file(&path).unwrap();
        let error = Backup::open(folder.path(), |_, _| {}).unwrap_err();
        assert!(
            matches!(error, Error::FileMissing { .. } | Error::Missing { .. }),
            "{error}"
        );
        std::fs::write(&path, bytes).unwrap();
    }
    let backup = Backup::open(folder.path(), |_, _| {}).unwrap();
    assert_eq!(backup.snapshot("directory").unwrap().unwrap(), b"[]");
    assert!(backup.snapshot("workroom").unwrap().is_none());
}

#[tokio::test]
async fn a_snapshot_takes_the_place_of_the_one_before() {
    let folder = TempDir::new().unwrap();
    let source = register(&[1]).await;
    for content in ["[1]", "[2]"] {
        let directory = Snapshot {
            name: "directory",
            content: content.as_bytes(),
        };
        back_up(&source, folder.path(), ORIGIN, &[directory])
            .await
            .unwrap();
    }
    let kept: Vec<_> = names(folder.path())
        .into_iter()
        .filter(|name| name.starts_with("directory-"))
        .collect();
    assert_eq!(
        kept.len(),
        1,
        "who is gone from the directory is gone from the next backup: {kept:?}"
    );
    let backup = Backup::open(folder.path(), |_, _| {}).unwrap();
    assert_eq!(backup.snapshot("directory").unwrap().unwrap(), b"[2]");
}

#[tokio::test]
async fn a_register_that_does_not_continue_the_backup_is_refused() {
    let folder = TempDir::new().unwrap();
    save(&register(&[2, 3]).await, folder.path()).await.unwrap();
    let before = content(folder.path());
    let refused = async |register: &dyn Register, says: &str| {
        let error = save(register, folder.path()).await.unwrap_err();
        let cause = std::error::Error::source(&error)
            .map(ToString::to_string)
            .unwrap_or_default();
        let said = format!("{error} {cause}");
        assert!(said.contains(says), "{said}");
        assert!(
            content(folder.path()) == before,
            "the backup stays as it was"
        );
    };
    refused(&register(&[2]).await, "the register only 2 records").await;
    refused(&register(&[2, 5]).await, "the register no end of a batch").await;
    let other = MemoryRegister::new();
    let batch = (0..3).map(|position| record("b", position)).collect();
    let Appended::Committed(head) = other.append(Head::empty(), batch).await.unwrap() else {
        panic!()
    };
    refused(&other, &format!("the register {}", head.root)).await;
    // A past that was written anew under a commit that was left as it was shows at the next commit.
    grow(&other, &[4]).await;
    let lying = Lying {
        register: other,
        says: register(&[3]).await.head().await.unwrap(),
    };
    refused(&lying, "the records do not give the root of the commit").await;
    let named = back_up(
        &register(&[2, 3]).await,
        folder.path(),
        "lake/register/4567",
        &[],
    )
    .await;
    assert!(
        named
            .unwrap_err()
            .to_string()
            .contains("of the register `river/register/0123`")
    );
}

#[tokio::test]
async fn what_a_crash_left_is_removed_and_what_is_foreign_is_not_touched() {
    let folder = TempDir::new().unwrap();
    let source = register(&[2]).await;
    let stray = folder.path().join("acts-000000000000-000000000007.jsonl");
    std::fs::write(&stray, "half a line").unwrap();
    save(&source, folder.path()).await.unwrap();
    assert!(!stray.exists());
    let foreign = TempDir::new().unwrap();
    std::fs::write(foreign.path().join("letter.txt"), "dear").unwrap();
    let error = save(&source, foreign.path()).await.unwrap_err();
    assert!(matches!(error, Error::NotEmpty { .. }), "{error}");
    assert_eq!(
        std::fs::read(foreign.path().join("letter.txt")).unwrap(),
        b"dear"
    );
}

#[tokio::test]
async fn two_backups_at_once_do_not_meet() {
    let folder = TempDir::new().unwrap();
    let held = std::fs::File::create(folder.path().join("lock")).unwrap();
    held.lock().unwrap();
    let error = save(&register(&[2]).await, folder.path())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error}");
    drop(held);
    save(&register(&[2]).await, folder.path()).await.unwrap();
}

/// A register whose first commit of size 3 says another root than its records give.
#[derive(Debug)]
struct Lying {
    register: MemoryRegister,
    says: Commit,
}

type Answer<'a, T> = BoxFuture<'a, Result<T, comity_register::Error>>;

impl Register for Lying {
    fn head(&self) -> Answer<'_, Head> {
        self.register.head()
    }

    fn read(&self, from: u64, limit: usize) -> Answer<'_, Vec<Stored>> {
        self.register.read(from, limit)
    }

    fn commits(&self, from_size: u64, limit: usize) -> Answer<'_, Vec<Commit>> {
        Box::pin(async move {
            let mut commits = self.register.commits(from_size, limit).await?;
            commits
                .iter_mut()
                .filter(|commit| commit.size == self.says.size)
                .for_each(|commit| *commit = self.says);
            Ok(commits)
        })
    }

    fn read_indexed(&self, from: u64, limit: usize) -> Answer<'_, Vec<Indexed>> {
        self.register.read_indexed(from, limit)
    }

    fn append_sealed(&self, expected: Head, records: Vec<Sealed>) -> Answer<'_, Appended> {
        self.register.append_sealed(expected, records)
    }

    fn fill<'a>(&'a self, history: &'a mut dyn Stretches) -> Answer<'a, Head> {
        self.register.fill(history)
    }

    fn by_command<'a>(&'a self, command: &'a CommandId) -> Answer<'a, Vec<Stored>> {
        self.register.by_command(command)
    }

    fn by_commands<'a>(&'a self, commands: &'a [CommandId]) -> Answer<'a, Vec<Vec<Stored>>> {
        self.register.by_commands(commands)
    }

    fn by_act<'a>(&'a self, act: &'a ActId) -> Answer<'a, Option<Stored>> {
        self.register.by_act(act)
    }

    fn grown_past(&self, size: u64) -> Answer<'_, Head> {
        self.register.grown_past(size)
    }
}
