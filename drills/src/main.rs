//! Fault drills: `cargo run -p comity-drills -- all`, or one of them by its name.
//!
//! Each breaks something on purpose under the real adapters and the real registrar, and looks whether what was promised
//! holds. It prints its counts in one line; the program ends with another code than 0 if a promise was broken. What is
//! promised, and what each drill showed, stands in `docs/reliability.md`.
//!
//! Start at [`kill`], the plainest; [`node`] says what is written, `checker` what is looked for afterwards.

mod checker;
mod child;
mod cut_commit;
mod dice;
mod disk;
mod full_disk;
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
use std::time::Instant;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::dice::{Dice, fresh_seed};
use crate::proxy::Cut;
use crate::report::Report;
use crate::shim::Shim;

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
    let outcome = match arguments.command {
        Command::Writer(options) => live(writer::run(options)),
        Command::Checker(options) => live(checker::run(options)),
        Command::Prepare(place) => live(async move { place.prepare().await }),
        Command::All => drills(&arguments, &ALL),
        Command::Kill => drills(&arguments, &[kill]),
        Command::Unsynced => drills(&arguments, &[unsynced]),
        Command::SlowFsync => drills(&arguments, &[slow_fsync]),
        Command::FullDisk => drills(&arguments, &[full_disk]),
        Command::ReadOnly => drills(&arguments, &[read_only]),
        Command::CutCommit => drills(&arguments, &[cut_commit]),
        Command::DatabaseRestart => drills(&arguments, &[database_restart]),
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

/// What a drill is given.
struct Ground {
    rounds: Option<u64>,
    dice: Dice,
}

impl Ground {
    fn rounds(&self, otherwise: u64) -> u64 {
        self.rounds.unwrap_or(otherwise)
    }

    /// Runs one, and prints what it says.
    fn run(&mut self, drill: impl FnOnce(&mut Dice) -> Result<Report>) -> Result<()> {
        let began = Instant::now();
        let report = drill(&mut self.dice)?;
        println!("{} ({:.1} s)", report.line(), began.elapsed().as_secs_f64());
        Ok(())
    }
}

impl Ground {
    /// Runs one that needs what may not be there.
    fn run_if(
        &mut self,
        why_not: &str,
        name: &str,
        drill: impl FnOnce(&mut Dice) -> Result<Option<Report>>,
    ) -> Result<()> {
        let began = Instant::now();
        match drill(&mut self.dice)? {
            Some(report) => println!("{} ({:.1} s)", report.line(), began.elapsed().as_secs_f64()),
            None => skipped(name, why_not),
        }
        Ok(())
    }
}

type Drill = fn(&mut Ground) -> Result<()>;

const ALL: [Drill; 7] = [
    kill,
    unsynced,
    slow_fsync,
    full_disk,
    read_only,
    cut_commit,
    database_restart,
];

fn drills(arguments: &Arguments, drills: &[Drill]) -> Result<()> {
    let seed = arguments.seed.unwrap_or_else(fresh_seed);
    println!("seed {seed}");
    let mut ground = Ground {
        rounds: arguments.rounds,
        dice: Dice::new(seed),
    };
    for drill in drills {
        drill(&mut ground)?;
    }
    Ok(())
}

const NO_SERVER: &str = "no PostgreSQL is installed";

/// Says that a drill was left out, and why; that is no failure, and must be seen.
fn skipped(drill: &str, why: &str) {
    println!("{drill:<17} SKIPPED: {why}");
}

fn kill(ground: &mut Ground) -> Result<()> {
    let rounds = ground.rounds(50);
    ground.run(|dice| kill::sqlite(rounds, dice))?;
    match server::installed() {
        Some(programs) => ground.run(|dice| kill::postgresql(&programs, rounds, dice)),
        None => {
            skipped("kill", NO_SERVER);
            Ok(())
        }
    }
}

fn unsynced(ground: &mut Ground) -> Result<()> {
    use unsynced::Setting;
    let shim = Shim::build()?;
    let rounds = ground.rounds(20);
    ground.run(|dice| unsynced::sqlite(&shim, rounds, dice))?;
    ground.run(|dice| unsynced::sqlite_twin(&shim, 3, dice))?;
    let Some(programs) = server::installed() else {
        skipped("unsynced", NO_SERVER);
        return Ok(());
    };
    let rounds = ground.rounds(10);
    for (setting, rounds) in [
        (Setting::Ordinary, rounds),
        (Setting::RoleWithoutWaiting, rounds.div_ceil(2)),
        (Setting::WithoutSync, 2),
    ] {
        ground.run(|dice| unsynced::postgresql(&shim, &programs, setting, rounds, dice))?;
    }
    Ok(())
}

fn slow_fsync(ground: &mut Ground) -> Result<()> {
    let shim = Shim::build()?;
    ground.run(|_| slow::sqlite(&shim))?;
    match server::installed() {
        Some(programs) => ground.run(|_| slow::postgresql(&shim, &programs)),
        None => {
            skipped("slow-fsync", NO_SERVER);
            Ok(())
        }
    }
}

fn full_disk(ground: &mut Ground) -> Result<()> {
    let not_root = "only root may mount a small disk";
    ground.run_if(not_root, "full-disk", |_| full_disk::sqlite())?;
    match server::installed() {
        Some(programs) => {
            ground.run_if(not_root, "full-disk", |_| full_disk::postgresql(&programs))
        }
        None => {
            skipped("full-disk", NO_SERVER);
            Ok(())
        }
    }
}

fn read_only(ground: &mut Ground) -> Result<()> {
    let shim = Shim::build()?;
    ground.run(|_| read_only::sqlite(&shim))
}

fn cut_commit(ground: &mut Ground) -> Result<()> {
    let Some(programs) = server::installed() else {
        skipped("cut-commit", NO_SERVER);
        return Ok(());
    };
    let rounds = ground.rounds(100);
    for cut in [Cut::Before, Cut::AfterAnswer, Cut::AfterSending] {
        ground.run(|_| cut_commit::postgresql(&programs, cut, rounds))?;
    }
    Ok(())
}

fn database_restart(ground: &mut Ground) -> Result<()> {
    let Some(programs) = server::installed() else {
        skipped("database-restart", NO_SERVER);
        return Ok(());
    };
    let rounds = ground.rounds(6);
    ground.run(|dice| restart::postgresql(&programs, rounds, dice))
}
