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
use crate::server::Server;

const SQLITE_MEBIBYTES: u32 = 12;
const POSTGRESQL_MEBIBYTES: u32 = 96;
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

/// PostgreSQL refuses where a table cannot grow, and gives up where its log cannot: then it is started again, as an
/// operator would, and the node goes on by itself.
pub fn postgresql(programs: &Path) -> Result<Option<Report>> {
    let Some(disk) = SmallDisk::mount(POSTGRESQL_MEBIBYTES)? else {
        return Ok(None);
    };
    let scratch = tempfile::tempdir()?;
    let mut server = Server::make_in(
        disk.path(),
        programs,
        &["min_wal_size=2MB", "max_wal_size=4MB"],
    )?;
    server.start(None)?;
    let place = Place::database(server.url("postgres"));
    child::prepare(&place)?;
    let mut ledger = Ledger::default();
    let mut writer = Running::start(patient(&place))?;
    writer.until_taken(20, &mut ledger)?;
    disk.fill()?;
    let refused = writer.until_refused(24, &mut ledger)?;
    disk.empty()?;
    let mut restarts = 0;
    let mut taken = 0;
    while taken < 20 {
        if !server.runs()? {
            server.wait()?;
            server.start(None)?;
            restarts += 1;
        }
        let heard = writer.until(&mut ledger, |heard| heard.acknowledged + heard.refused > 0)?;
        taken += heard.acknowledged;
    }
    writer.kill(&mut ledger)?;
    let found = child::check(&place, &mut ledger, scratch.path())?;
    ensure_kept(&found, 0)?;
    let clear = refused.words.iter().any(|words| words.contains(WORDS));
    let mut report = Report::new("full-disk", "postgresql");
    report.count("refused", refused.refused);
    report.count("some in clear words", u64::from(clear));
    report.count("restarts of the database", restarts);
    report.count("taken after it without restart of the node", taken);
    report.findings(&found);
    Ok(Some(report))
}
