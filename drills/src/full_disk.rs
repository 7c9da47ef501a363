//! A disk that fills up under a running node: writes are refused in clear words, reads go on, and so do writes once there
//! is room, without a restart of the node.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::child::{self, Running, Start};
use crate::disk::SmallDisk;
use crate::kill::ensure_kept;
use crate::ledger::Ledger;
use crate::node::Place;
use crate::report::Report;
use crate::server::{Disks, Server, Stop};

const SQLITE_MEBIBYTES: u32 = 12;
const ALL_MEBIBYTES: u32 = 96;
const LOG_MEBIBYTES: u32 = 6;
const WORDS: &str = "there is no room on the disk";

pub fn sqlite() -> Result<Option<Report>> {
    let Some(disk) = SmallDisk::mount(SQLITE_MEBIBYTES)? else {
        return Ok(None);
    };
    let scratch = tempfile::tempdir()?;
    let place = Place::folder(disk.path());
    child::prepare(&place)?;
    let mut ledger = Ledger::default();
    let mut writer = Running::start(patient(&place))?;
    writer.until_taken(20, &mut ledger)?;
    disk.fill()?;
    let refused = writer.until_refused(24, &mut ledger)?;
    ensure!(
        refused.words.iter().all(|words| words.contains(WORDS)),
        "a refusal does not say that {WORDS}: {:?}",
        refused.words
    );
    ensure!(refused.reads > 0, "nothing was read meanwhile");
    disk.empty()?;
    let taken = writer.until_taken(20, &mut ledger)?;
    writer.kill(&mut ledger)?;
    let found = child::check(&place, &mut ledger, scratch.path())?;
    ensure_kept(&found, 0)?;
    let mut report = Report::new("full-disk", "sqlite");
    report.count("refused in clear words", refused.refused);
    report.count("reads served meanwhile", refused.reads);
    report.count("taken after it without restart", taken.acknowledged);
    report.findings(&found);
    Ok(Some(report))
}

fn patient(place: &Place) -> Start<'_> {
    Start {
        reads: place.folder.is_some(),
        patient: true,
        ..Start::endless(place, 0)
    }
}

/// Which of PostgreSQL's disks is small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Small {
    /// That of everything: a table cannot grow, and the server refuses.
    All,
    /// That of its log alone: the server gives up. It is started again, as an operator would.
    Log,
}

/// The node goes on by itself in either case.
pub fn postgresql(programs: &Path, small: Small) -> Result<Option<Report>> {
    let (mebibytes, variant) = match small {
        Small::All => (ALL_MEBIBYTES, "postgresql"),
        Small::Log => (LOG_MEBIBYTES, "postgresql, log alone"),
    };
    let Some(disk) = SmallDisk::mount(mebibytes)? else {
        return Ok(None);
    };
    let on = |which| (small == which).then_some(disk.path());
    let disks = Disks {
        all: on(Small::All),
        log: on(Small::Log),
    };
    let mut settings = vec!["min_wal_size=2MB", "max_wal_size=4MB"];
    if small == Small::Log {
        // What was written is kept, so that the log must grow and cannot use its files again.
        settings.extend(["wal_keep_size=1GB", "wal_recycle=off"]);
    }
    let mut server = Server::make_on(disks, programs, &settings)?;
    server.start(None)?;
    let place = Place::database(server.url("postgres"));
    child::prepare(&place)?;
    let mut ledger = Ledger::default();
    let mut writer = Running::start(patient(&place))?;
    writer.until_taken(20, &mut ledger)?;
    disk.fill()?;
    let refused = writer.until_refused(24, &mut ledger)?;
    disk.empty()?;
    let mut log = Vec::new();
    let mut restarts = 0;
    let mut taken = 0;
    while taken < 20 {
        if !server.runs()? {
            log.extend(server.wait()?);
            server.start(None)?;
            restarts += 1;
        }
        let heard = writer.until(&mut ledger, |heard| heard.acknowledged + heard.refused > 0)?;
        taken += heard.acknowledged;
    }
    writer.kill(&mut ledger)?;
    let scratch = tempfile::tempdir()?;
    let found = child::check(&place, &mut ledger, scratch.path())?;
    ensure_kept(&found, 0)?;
    log.extend(server.stop(Stop::Fast)?);
    let panics = log.iter().filter(|line| line.contains("PANIC:")).count();
    let clear = refused.words.iter().any(|words| words.contains(WORDS));
    ensure!(
        clear || small == Small::Log,
        "no refusal says that {WORDS}: {:?}",
        refused.words
    );
    ensure!(
        panics > 0 || small == Small::All,
        "the server never gave up: its log was not full"
    );
    let mut report = Report::new("full-disk", variant);
    report.count("refused", refused.refused);
    report.count("panics of the database", panics as u64);
    report.count("times it had to be started", restarts);
    report.count("taken after it without restart of the node", taken);
    report.findings(&found);
    Ok(Some(report))
}
