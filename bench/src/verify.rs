//! Verification of a whole register: every record, column, leaf and root, as `comity verify` does it, in SQLite.
//!
//! `cargo run --release -p comity-bench -- verify` takes 1,000,000 acts; `--acts N` takes another size, `--in DIR` keeps
//! the register there.

use std::time::Instant;

use comity_register::{Register, verify};

use crate::{machine, synthetic};

const ACTS: u64 = 1_000_000;
const PASSES: usize = 3;
const PAGE: usize = 4_000;

/// The limit of the issue, in bytes of records.
const MB_PER_SECOND_MIN: f64 = 200.0;

/// Prints the line.
pub fn run(arguments: &[String]) {
    let acts = machine::option(arguments, "--acts").unwrap_or(ACTS);
    let folder = machine::Folder::new("verify", arguments);
    let file = folder.path().join("register.sqlite");
    machine::block_on(async {
        let register = synthetic::in_file(&file, acts).await;
        let bytes = bytes(&register).await;
        let mut best = f64::MAX;
        for _ in 0..PASSES {
            let begun = Instant::now();
            let verified = verify(&register, |_| {}).await;
            let verified = verified.expect("a register that was made by appends verifies");
            assert_eq!(verified.head.size, acts);
            best = best.min(begun.elapsed().as_secs_f64());
        }
        println!(
            "| acts | record bytes, MB | best of {PASSES}, s | acts/s | MB/s (limit {MB_PER_SECOND_MIN}) | peak resident, MiB |"
        );
        println!("|---:|---:|---:|---:|---:|---:|");
        println!(
            "| {acts} | {:.0} | {best:.2} | {:.0} | {:.0} | {:.0} |",
            bytes as f64 / 1e6,
            acts as f64 / best,
            bytes as f64 / 1e6 / best,
            machine::peak_kib() as f64 / 1_024.0,
        );
    });
}

async fn bytes(register: &dyn Register) -> u64 {
    let (mut from, mut bytes) = (0, 0);
    loop {
        let page = register.read(from, PAGE).await.expect("a page");
        if page.is_empty() {
            return bytes;
        }
        from += page.len() as u64;
        bytes += page
            .iter()
            .map(|stored| stored.blob.len() as u64)
            .sum::<u64>();
    }
}
