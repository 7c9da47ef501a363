//! A thousand rounds of `kill -9` on each database, by the drill of that name; it prints its counts.
//!
//! `cargo run --release -p comity-bench -- kill`; `--rounds N` takes fewer. It starts the release drills:
//! `cargo build --release -p comity-drills`.

use std::process::{Command, ExitCode};

use crate::machine;

const ROUNDS: u64 = 1_000;

/// Runs the drill to its end.
pub fn run(arguments: &[String]) -> ExitCode {
    let rounds = machine::option(arguments, "--rounds").unwrap_or(ROUNDS);
    let status = Command::new(machine::program("comity-drills"))
        .args(["kill", "--rounds", &rounds.to_string()])
        .status()
        .expect("the drills can be started");
    if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
