//! A power cut: every write that no sync had covered is taken back, and what was acknowledged is there all the same. A
//! kill alone shows nothing about this, for the system writes out what a dead process left.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use tempfile::TempDir;

use crate::checker::Findings;
use crate::child::{self, Running, Start};
use crate::dice::Dice;
use crate::journal::{Taken, Unsynced};
use crate::kill::{ACKNOWLEDGED_MAX, PAUSE_MICROS_MAX, ensure_kept};
use crate::ledger::Ledger;
use crate::node::Place;
use crate::report::Report;
use crate::server::{Server, Stop};
use crate::shim::{Disk, Shim, readable_folder};
use crate::trace::{Trace, trace};

/// How much longer each sync takes, so that many a cut falls between a write and its sync.
const SYNC_MILLIS: u32 = 3;

/// What a run of rounds came to.
#[derive(Debug, Default)]
struct Sum {
    findings: Findings,
    taken: Taken,
    trace: Trace,
}

impl Sum {
    fn cut(&mut self, disk: &Disk, round: u64, fate: Unsynced<'_>) -> Result<()> {
        let journal = disk.journal()?;
        self.trace.add(&trace(&journal, round)?);
        let taken = journal.take_back(disk.watched(), disk.trash(), fate)?;
        self.taken.changes += taken.changes;
        self.taken.dropped += taken.dropped;
        Ok(())
    }

    fn report(&self, report: &mut Report) {
        report.findings(&self.findings);
        report.count("changes of files", self.taken.changes);
        report.count("of them dropped", self.taken.dropped);
        report.count("traced sync before answer", self.trace.synced);
        report.count("answer before sync", self.trace.early);
        report.count("not traced", self.trace.untraced);
    }
}

/// Every second round drops each unsynced write, the others drop single sectors.
fn fate(round: u64, dice: &mut Dice) -> Unsynced<'_> {
    if round.is_multiple_of(2) {
        Unsynced::AllLost
    } else {
        Unsynced::SomeLost(dice)
    }
}

pub fn sqlite(shim: &Shim, rounds: u64, dice: &mut Dice) -> Result<Report> {
    let (folder, scratch) = (register_folder()?, tempfile::tempdir()?);
    let place = Place::folder(&folder.path().join("register"));
    child::prepare(&place)?;
    let mut ledger = Ledger::default();
    let mut sum = Sum::default();
    for round in 0..rounds {
        let known = ledger.acknowledged() as u64;
        let disk = Disk::around(shim, &folder.path().join("register"))?;
        disk.delay_syncs(SYNC_MILLIS)?;
        let start = Start {
            disk: Some(&disk),
            ..Start::endless(&place, round)
        };
        write_and_kill(start, dice, &mut ledger)?;
        sum.cut(&disk, round, fate(round, dice))?;
        forget_shared_memory(disk.watched())?;
        let mut found = child::check(&place, &mut ledger, scratch.path())?;
        ensure_kept(&found, round)?;
        found.acknowledged -= known;
        sum.findings.add(found);
    }
    ensure!(
        sum.trace.early == 0,
        "{} answers came before their sync",
        sum.trace.early
    );
    ensure!(
        sum.trace.untraced == 0,
        "{} answers were not found in the log",
        sum.trace.untraced
    );
    ensure!(
        sum.taken.dropped > 0,
        "nothing was ever unsynced: the drill drills nothing"
    );
    let mut report = Report::new("unsynced", "sqlite");
    report.count("rounds", rounds);
    sum.report(&mut report);
    Ok(report)
}

/// The same without sync, which must lose acts: else the drill above would see nothing.
pub fn sqlite_twin(shim: &Shim, rounds: u64, dice: &mut Dice) -> Result<Report> {
    let mut sum = Sum::default();
    for round in 0..rounds {
        let (folder, scratch) = (register_folder()?, tempfile::tempdir()?);
        let place = Place::folder(&folder.path().join("register"));
        child::prepare(&place)?;
        let mut ledger = Ledger::default();
        let disk = Disk::around(shim, &folder.path().join("register"))?;
        disk.delay_syncs(SYNC_MILLIS)?;
        let start = Start {
            disk: Some(&disk),
            without_sync: true,
            ..Start::endless(&place, round)
        };
        write_and_kill(start, dice, &mut ledger)?;
        sum.cut(&disk, round, Unsynced::AllLost)?;
        forget_shared_memory(disk.watched())?;
        sum.findings
            .add(child::check_quietly(&place, &mut ledger, scratch.path())?);
    }
    twin_report("sqlite, synchronous=OFF", rounds, &sum)
}

fn twin_report(variant: &str, rounds: u64, sum: &Sum) -> Result<Report> {
    ensure!(
        sum.findings.lost > 0,
        "the twin `{variant}` lost nothing: the drill is blind"
    );
    ensure!(
        sum.trace.early > 0,
        "the twin `{variant}` synced before it answered: the trace is blind"
    );
    let mut report = Report::new("unsynced twin", variant);
    report.count("rounds", rounds);
    report.count("lost, as it must", sum.findings.lost);
    report.count("answer before sync", sum.trace.early);
    Ok(report)
}

fn write_and_kill(start: Start<'_>, dice: &mut Dice, ledger: &mut Ledger) -> Result<()> {
    let mut writer = Running::start(start)?;
    writer.until_acknowledged(1 + dice.below(ACKNOWLEDGED_MAX), ledger)?;
    std::thread::sleep(Duration::from_micros(dice.below(PAUSE_MICROS_MAX)));
    writer.kill(ledger)
}

/// The register one level down, so that what lost its name can be kept beside it.
fn register_folder() -> Result<TempDir> {
    let folder = readable_folder(&std::env::temp_dir())?;
    std::fs::create_dir(folder.path().join("register"))?;
    Ok(folder)
}

/// The shared memory of SQLite is a file by name only: after a power cut there is none.
fn forget_shared_memory(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with("-shm") {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// What a PostgreSQL is set to.
#[derive(Debug, Clone, Copy)]
pub enum Setting {
    Ordinary,
    /// The role asks for answers before the sync; the adapter must not let it.
    RoleWithoutWaiting,
    /// The twin.
    WithoutSync,
}

pub fn postgresql(
    shim: &Shim,
    programs: &Path,
    setting: Setting,
    rounds: u64,
    dice: &mut Dice,
) -> Result<Report> {
    let settings: &[&str] = match setting {
        Setting::WithoutSync => &["fsync=off"],
        Setting::Ordinary | Setting::RoleWithoutWaiting => &[],
    };
    let mut server = Server::make(programs, settings)?;
    server.start(None)?;
    if matches!(setting, Setting::RoleWithoutWaiting) {
        server.sql("postgres", "ALTER ROLE comity SET synchronous_commit = off")?;
    }
    let place = Place::database(server.url("postgres"));
    child::prepare(&place)?;
    server.stop(Stop::Fast)?;
    let scratch = tempfile::tempdir()?;
    let mut ledger = Ledger::default();
    let mut sum = Sum::default();
    for round in 0..rounds {
        let known = ledger.acknowledged() as u64;
        let disk = Disk::around(shim, &server.data())?;
        disk.delay_syncs(SYNC_MILLIS)?;
        server.start(Some(&disk))?;
        let mut writer = Running::start(Start {
            disk: Some(&disk),
            ..Start::endless(&place, round)
        })?;
        writer.until_acknowledged(1 + dice.below(ACKNOWLEDGED_MAX), &mut ledger)?;
        std::thread::sleep(Duration::from_micros(dice.below(PAUSE_MICROS_MAX)));
        disk.freeze()?;
        server.kill()?;
        writer.kill(&mut ledger)?;
        if matches!(setting, Setting::WithoutSync) {
            sum.cut(&disk, round, Unsynced::AllLost)?;
            server.start(None)?;
            sum.findings
                .add(child::check_quietly(&place, &mut ledger, scratch.path())?);
            // The next round begins where this one was thrown back to.
            ledger = Ledger::default();
        } else {
            sum.cut(&disk, round, fate(round, dice))?;
            server.start(None)?;
            let mut found = child::check(&place, &mut ledger, scratch.path())?;
            ensure_kept(&found, round)?;
            found.acknowledged -= known;
            sum.findings.add(found);
        }
        server.stop(Stop::Fast)?;
    }
    if matches!(setting, Setting::WithoutSync) {
        return twin_report("postgresql, fsync=off", rounds, &sum);
    }
    ensure!(
        sum.trace.early == 0,
        "{} answers came before their sync",
        sum.trace.early
    );
    ensure!(
        sum.trace.untraced == 0,
        "{} answers were not found in the log",
        sum.trace.untraced
    );
    ensure!(
        sum.taken.dropped > 0,
        "nothing was ever unsynced: the drill drills nothing"
    );
    let mut report = Report::new(
        "unsynced",
        match setting {
            Setting::RoleWithoutWaiting => "postgresql, role not waiting",
            Setting::Ordinary | Setting::WithoutSync => "postgresql",
        },
    );
    report.count("rounds", rounds);
    sum.report(&mut report);
    Ok(report)
}
