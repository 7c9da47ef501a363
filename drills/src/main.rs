//! Fault drills: `cargo run -p comity-drills -- all`, or one of them by its name.
//!
//! Each breaks something on purpose under the real adapters and the real registrar, and looks whether what was promised
//! holds. It prints its counts in one line; the program ends with another code than 0 if a promise was broken. What is
//! promised, and what each drill showed, stands in `docs/reliability.md`.
//!
//! Start at [`kill`], the plainest; [`node`] says what is written, [`checker`] what is looked for afterwards.

mod checker;
mod child;
mod clock;
mod cut_commit;
mod dice;
mod disk;
mod drills;
mod full_disk;
mod ground;
mod journal;
mod kill;
mod ledger;
mod node;
mod proxy;
mod read_only;
mod report;
mod restart;
mod server;
mod shim;
mod slow;
mod trace;
mod unsynced;
mod writer;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::drills::{ALL, Drill};
use crate::ground::{Ground, On};

#[derive(Debug, Parser)]
#[command(
    name = "comity-drills",
    about = "Break something on purpose, and look whether the promises hold"
)]
struct Arguments {
    /// The drill; `all` for each of them.
    #[command(subcommand)]
    command: Command,
    /// How many rounds, where a drill has rounds; each has a number of its own.
    #[arg(long, global = true)]
    rounds: Option<u64>,
    /// On this database only.
    #[arg(long, global = true)]
    on: Option<On>,
    /// Throw the same dice as a run before.
    #[arg(long, global = true)]
    seed: Option<u64>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Every drill.
    All,
    /// `kill -9` under eight writers.
    Kill,
    /// A power cut that takes every write not yet synced.
    Unsynced,
    /// A disk that takes long to sync.
    SlowFsync,
    /// A disk that fills up.
    FullDisk,
    /// A disk that is mounted read-only under a running node.
    ReadOnly,
    /// A connection cut in the middle of a commit.
    CutCommit,
    /// A database that is restarted under writers.
    DatabaseRestart,
    /// A clock that is set back and forth.
    ClockBack,
    /// The process that is killed.
    #[command(hide = true)]
    Writer(writer::Writer),
    /// The process that looks afterwards.
    #[command(hide = true)]
    Checker(checker::Checker),
    /// The process that makes a register.
    #[command(hide = true)]
    Prepare(node::Place),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (rounds, on, seed) = (arguments.rounds, arguments.on, arguments.seed);
    let run = |drills: &[Drill]| run(drills, rounds, on, seed);
    let outcome = match arguments.command {
        Command::All => run(&ALL),
        Command::Kill => run(&[drills::kill]),
        Command::Unsynced => run(&[drills::unsynced]),
        Command::SlowFsync => run(&[drills::slow_fsync]),
        Command::FullDisk => run(&[drills::full_disk]),
        Command::ReadOnly => run(&[drills::read_only]),
        Command::CutCommit => run(&[drills::cut_commit]),
        Command::DatabaseRestart => run(&[drills::database_restart]),
        Command::ClockBack => run(&[drills::clock_back]),
        Command::Writer(options) => live(writer::run(options)),
        Command::Checker(options) => live(checker::run(options)),
        Command::Prepare(place) => live(async move { place.prepare().await }),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn live(work: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(work)
}

fn run(drills: &[Drill], rounds: Option<u64>, on: Option<On>, seed: Option<u64>) -> Result<()> {
    let seed = seed.unwrap_or_else(dice::fresh_seed);
    println!("seed {seed}");
    let mut ground = Ground::new(rounds, on, seed);
    for drill in drills {
        drill(&mut ground)?;
    }
    ground.end();
    Ok(())
}
