//! A PostgreSQL that is restarted under eight writers: whoever writes is answered or refused, and the node goes on by
//! itself.

use std::path::Path;

use anyhow::Result;

use crate::child::{self, Running, Start};
use crate::dice::Dice;
use crate::kill::{ACKNOWLEDGED_MAX, ensure_kept};
use crate::ledger::Ledger;
use crate::node::Place;
use crate::report::Report;
use crate::server::{Server, Stop};

pub fn postgresql(programs: &Path, rounds: u64, dice: &mut Dice) -> Result<Report> {
    let mut server = Server::make(programs, &[])?;
    server.start(None)?;
    let place = Place::database(server.url("postgres"));
    child::prepare(&place)?;
    let scratch = tempfile::tempdir()?;
    let mut ledger = Ledger::default();
    let mut report = Report::new("database-restart", "postgresql");
    let mut writer = Running::start(Start {
        patient: true,
        ..Start::endless(&place, 0)
    })?;
    for round in 0..rounds {
        let (how, name) = if round.is_multiple_of(2) {
            (Stop::Fast, "fast")
        } else {
            (Stop::Immediate, "immediate")
        };
        let before = writer.until_taken(1 + dice.below(ACKNOWLEDGED_MAX), &mut ledger)?;
        server.stop(how)?;
        server.start(None)?;
        report.count(name, 1);
        report.count("refused meanwhile", before.refused);
    }
    let after = writer.until_taken(ACKNOWLEDGED_MAX, &mut ledger)?;
    report.count("refused meanwhile", after.refused);
    writer.kill(&mut ledger)?;
    let found = child::check(&place, &mut ledger, scratch.path())?;
    ensure_kept(&found, 0)?;
    report.findings(&found);
    Ok(report)
}
