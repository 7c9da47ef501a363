//! `kill -9` under eight writers: what was acknowledged is there, nothing is there twice, and what was not answered is
//! there whole or not at all.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::checker::Findings;
use crate::child::{self, Running, Start};
use crate::dice::Dice;
use crate::ledger::Ledger;
use crate::node::Place;
use crate::report::Report;
use crate::server::Server;

/// A register grows for so many rounds; then a new one begins, so that a long run does not become a slow one.
const ROUNDS_OF_A_REGISTER: u64 = 50;
/// After how many acknowledgements a round is cut, at most.
pub const ACKNOWLEDGED_MAX: u64 = 60;
/// And how long after the last of them, at most.
pub const PAUSE_MICROS_MAX: u64 = 5_000;

pub fn sqlite(rounds: u64, dice: &mut Dice) -> Result<Report> {
    let mut report = Report::new("kill", "sqlite");
    for rounds in registers(rounds) {
        let folder = tempfile::tempdir()?;
        one_register(&Place::folder(folder.path()), rounds, dice, &mut report)?;
    }
    Ok(report)
}

pub fn postgresql(programs: &Path, rounds: u64, dice: &mut Dice) -> Result<Report> {
    let mut report = Report::new("kill", "postgresql");
    let mut server = Server::make(programs, &[])?;
    server.start(None)?;
    for (number, rounds) in registers(rounds).into_iter().enumerate() {
        let database = format!("register_{number}");
        server.sql("postgres", &format!("CREATE DATABASE {database}"))?;
        let place = Place::database(server.url(&database));
        one_register(&place, rounds, dice, &mut report)?;
    }
    Ok(report)
}

fn registers(rounds: u64) -> Vec<u64> {
    let whole = rounds / ROUNDS_OF_A_REGISTER;
    let rest = rounds % ROUNDS_OF_A_REGISTER;
    let mut registers = vec![ROUNDS_OF_A_REGISTER; usize::try_from(whole).unwrap_or(usize::MAX)];
    registers.extend((rest > 0).then_some(rest));
    registers
}

fn one_register(place: &Place, rounds: u64, dice: &mut Dice, report: &mut Report) -> Result<()> {
    child::prepare(place)?;
    let scratch = tempfile::tempdir()?;
    let mut ledger = Ledger::default();
    let mut sum = Findings::default();
    for round in 0..rounds {
        let known = ledger.acknowledged() as u64;
        let mut writer = Running::start(Start::endless(place, round))?;
        writer.until_acknowledged(1 + dice.below(ACKNOWLEDGED_MAX), &mut ledger)?;
        std::thread::sleep(Duration::from_micros(dice.below(PAUSE_MICROS_MAX)));
        writer.kill(&mut ledger)?;
        let mut found = child::check(place, &mut ledger, scratch.path())?;
        ensure_kept(&found, round)?;
        // Those of the rounds before were looked at again; they are counted once.
        found.acknowledged -= known;
        found.records = 0;
        sum.add(found);
    }
    report.count("rounds", rounds);
    report.findings(&sum);
    Ok(())
}

pub fn ensure_kept(found: &Findings, round: u64) -> Result<()> {
    ensure!(
        found.lost == 0 && found.torn == 0 && found.doubled == 0,
        "round {round}: {}",
        found.line()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_spread_over_registers() {
        assert_eq!(registers(50), [50]);
        assert_eq!(registers(120), [50, 50, 20]);
        assert!(registers(0).is_empty());
    }
}
