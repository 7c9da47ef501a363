//! A backup from the beginning and one that only brings it up to date, by what `comity backup` calls, from SQLite.
//!
//! `cargo run --release -p comity-bench -- backup` takes 1,000,000 acts and then 10,000 more; `--acts N` takes another
//! size, `--in DIR` keeps the register there.

use std::path::Path;
use std::time::{Duration, Instant};

use comity_archive::{NewBackup, Snapshot};
use comity_register::Register;

use crate::{machine, synthetic};

const ACTS: u64 = 1_000_000;
const MORE: u64 = 10_000;

/// The limit of the issue for a million acts.
const FULL_MAX: Duration = Duration::from_secs(20);

/// Prints the table.
pub fn run(arguments: &[String]) {
    let acts = machine::option(arguments, "--acts").unwrap_or(ACTS);
    let folder = machine::Folder::new("backup", arguments);
    let (file, to) = (
        folder.path().join("register.sqlite"),
        folder.path().join("backup"),
    );
    println!("| backup | acts new | seconds | acts/s | limit, s |");
    println!("|---|---:|---:|---:|---:|");
    machine::block_on(async {
        let register = synthetic::in_file(&file, acts).await;
        let limit = FULL_MAX.as_secs_f64() * acts as f64 / ACTS as f64;
        row(
            "from the beginning",
            &register,
            &to,
            acts,
            &format!("{limit}"),
        )
        .await;
        drop(register);
        let register = synthetic::in_file(&file, acts + MORE).await;
        row("brought up to date", &register, &to, MORE, "").await;
        row("nothing is new", &register, &to, 0, "").await;
    });
    // It is not the register that `--in` keeps.
    std::fs::remove_dir_all(to).expect("the backup that was made can be removed");
}

async fn row(name: &str, register: &dyn Register, to: &Path, new: u64, limit: &str) {
    let directory = Snapshot {
        name: "directory",
        content: b"{}",
    };
    let begun = Instant::now();
    let mut run = NewBackup::begin(to, "rcm/register/synthetic").expect("a folder for a backup");
    let saved = run
        .acts(register, |_, _| {})
        .await
        .expect("a backup of a sound register");
    run.keep(&[directory]).expect("a disk that is written");
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(saved.head.size - saved.before, new);
    println!(
        "| {name} | {new} | {seconds:.2} | {:.0} | {limit} |",
        new as f64 / seconds
    );
}
