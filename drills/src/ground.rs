//! What a drill is given: how many rounds, dice, and the databases that are there.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use crate::dice::Dice;
use crate::report::Report;
use crate::server;

/// A database to drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum On {
    Sqlite,
    Postgresql,
}

#[derive(Debug)]
pub struct Ground {
    rounds: Option<u64>,
    on: Option<On>,
    dice: Dice,
    /// Drills that were left out.
    skipped: u64,
}

impl Ground {
    pub const fn new(rounds: Option<u64>, on: Option<On>, seed: u64) -> Self {
        Self {
            rounds,
            on,
            dice: Dice::new(seed),
            skipped: 0,
        }
    }

    /// How many rounds were asked for, or as many as are usual.
    pub fn rounds(&self, usual: u64) -> u64 {
        self.rounds.unwrap_or(usual)
    }

    /// Whether this database is to be drilled.
    pub fn wants(&self, database: On) -> bool {
        self.on.is_none_or(|on| on == database)
    }

    /// The programs of PostgreSQL, if it is to be drilled and is there.
    pub fn postgresql(&mut self, drill: &str) -> Option<PathBuf> {
        if !self.wants(On::Postgresql) {
            return None;
        }
        let programs = server::installed();
        if programs.is_none() {
            self.skip(drill, "no PostgreSQL is installed");
        }
        programs
    }

    /// Runs one, and prints what it says.
    pub fn run(&mut self, drill: impl FnOnce(&mut Dice) -> Result<Report>) -> Result<()> {
        let began = Instant::now();
        let report = drill(&mut self.dice)?;
        println!("{} ({:.1} s)", report.line(), began.elapsed().as_secs_f64());
        Ok(())
    }

    /// Runs one that needs a small disk, which only root may mount.
    pub fn run_as_root(
        &mut self,
        name: &str,
        drill: impl FnOnce() -> Result<Option<Report>>,
    ) -> Result<()> {
        let began = Instant::now();
        match drill()? {
            Some(report) => println!("{} ({:.1} s)", report.line(), began.elapsed().as_secs_f64()),
            None => self.skip(name, "only root may mount a small disk"),
        }
        Ok(())
    }

    /// Says that a drill was left out, and why; that is no failure, and must be seen.
    fn skip(&mut self, drill: &str, why: &str) {
        self.skipped += 1;
        println!("{drill:<17} SKIPPED: {why}");
    }

    /// The last line.
    pub fn end(&self) {
        match self.skipped {
            0 => println!("every promise held"),
            left_out => println!("every promise held that was drilled; {left_out} left out"),
        }
    }
}
