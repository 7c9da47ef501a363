//! From the start of `comity serve` to its first page, over a synthetic register in SQLite.
//!
//! `cargo run --release -p comity-bench -- start` takes 1,000,000 acts; `--acts N` takes another size, `--in DIR` keeps
//! the register there. It starts the release program: `cargo build --release -p comity-cli`.

use std::time::{Duration, Instant};

use crate::site::{ANY_PORT, Site};
use crate::{machine, synthetic};

const ACTS: u64 = 1_000_000;
const PASSES: usize = 3;

/// The limit of the issue for a million acts.
const START_MAX: Duration = Duration::from_secs(3);

/// Prints the line.
pub fn run(arguments: &[String]) {
    let acts = machine::option(arguments, "--acts").unwrap_or(ACTS);
    let folder = machine::Folder::new("start", arguments);
    let file = folder.path().join("register.sqlite");
    let data = folder.path().to_str().expect("a folder with a plain name");
    let program = machine::program("comity");
    machine::block_on(async {
        drop(synthetic::in_file(&file, acts).await);
        println!(
            "| acts | process start to its address, best of {PASSES}, s | to the first answer, s | its status | limit, s |"
        );
        println!("|---:|---:|---:|---:|---:|");
        let mut passes = Vec::new();
        for _ in 0..PASSES {
            let begun = Instant::now();
            let site = Site::start(&program, &["serve", "--data", data], &ANY_PORT);
            let listening = begun.elapsed();
            let status = site.first_answer().await;
            passes.push((begun.elapsed(), listening, status));
        }
        passes.sort_unstable();
        let (answered, listening, status) = passes[0];
        println!(
            "| {acts} | {:.2} | {:.2} | {status} | {:.2} |",
            listening.as_secs_f64(),
            answered.as_secs_f64(),
            START_MAX.as_secs_f64(),
        );
    });
}
