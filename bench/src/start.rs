//! From the start of `comity serve` to its first page, over a synthetic register in SQLite.
//!
//! `cargo run --release -p comity-bench -- start` takes 1,000,000 acts; `--acts N` takes another size, `--in DIR` keeps
//! the register there. It starts the release program: `cargo build --release -p comity-cli`.

use std::time::{Duration, Instant};

use crate::site::{ANY_PORT, Site};
use crate::{machine, synthetic};

const ACTS: u64 = 1_000_000;
const PASSES: usize = 5;

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
        let mut passes = Vec::new();
        for _ in 0..PASSES {
            let begun = Instant::now();
            let site = Site::start(&program, &["serve", "--data", data], &ANY_PORT);
            let listening = begun.elapsed();
            passes.push((site.first_page(begun).await, listening));
        }
        passes.sort_unstable();
        let (first_page, listening) = passes[0];
        println!(
            "| acts | process start to its address, s | to the first page, best of {PASSES}, s | the slowest | limit |"
        );
        println!("|---:|---:|---:|---:|---:|");
        println!(
            "| {acts} | {:.2} | {:.2} | {:.2} | {:.2} |",
            listening.as_secs_f64(),
            first_page.as_secs_f64(),
            passes[PASSES - 1].0.as_secs_f64(),
            START_MAX.as_secs_f64(),
        );
    });
}
