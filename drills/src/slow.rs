//! A disk that takes long to sync: nobody is answered before it has, those who wait share the next sync, and readers do
//! not wait at all.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::child::{self, Running, Start};
use crate::ledger::Ledger;
use crate::node::Place;
use crate::report::Report;
use crate::server::{Server, Stop};
use crate::shim::{Disk, Shim, readable_folder};
use crate::trace::{reads_during_syncs, trace};

const SYNC_MILLIS: u32 = 300;
const WRITERS: u64 = 16;
/// The first to come is a batch of its own, and those who come during its sync are the next; PostgreSQL may sync some of
/// the log on its own account meanwhile.
const SYNCS_MAX: usize = 8;

pub fn sqlite(shim: &Shim) -> Result<Report> {
    let folder = readable_folder(&std::env::temp_dir())?;
    let register = folder.path().join("register");
    std::fs::create_dir(&register)?;
    let place = Place::folder(&register);
    child::prepare(&place)?;
    let disk = Disk::around(shim, &register)?;
    disk.delay_syncs(SYNC_MILLIS)?;
    drill("sqlite", &place, &disk)
}

pub fn postgresql(shim: &Shim, programs: &Path) -> Result<Report> {
    let mut server = Server::make(programs, &[])?;
    server.start(None)?;
    let place = Place::database(server.url("postgres"));
    child::prepare(&place)?;
    server.stop(Stop::Fast)?;
    let disk = Disk::around(shim, &server.data())?;
    server.start(Some(&disk))?;
    disk.delay_syncs(SYNC_MILLIS)?;
    drill("postgresql", &place, &disk)
}

fn drill(variant: &str, place: &Place, disk: &Disk) -> Result<Report> {
    let mut ledger = Ledger::default();
    let writer = Running::start(Start {
        writers: WRITERS,
        commands: Some(1),
        reads: true,
        disk: Some(disk),
        ..Start::endless(place, 0)
    })?;
    writer.finish(&mut ledger)?;
    let journal = disk.journal()?;
    let trace = trace(&journal, 0)?;
    let reads = reads_during_syncs(&journal)?;
    let acknowledged = ledger.acknowledged() as u64;
    ensure!(
        acknowledged == WRITERS,
        "{acknowledged} of {WRITERS} were answered"
    );
    ensure!(
        trace.early == 0 && trace.untraced == 0,
        "{} answers came before their sync, {} were not found in the log",
        trace.early,
        trace.untraced
    );
    ensure!(
        trace.syncs.len() <= SYNCS_MAX,
        "{WRITERS} writers waited for {} syncs",
        trace.syncs.len()
    );
    ensure!(reads > 0, "nothing was read while the disk synced");
    let mut report = Report::new("slow-fsync", variant);
    report.count("ms a sync", SYNC_MILLIS.into());
    report.count("writers", WRITERS);
    report.count("answered after their sync", trace.synced);
    report.count("syncs they shared", trace.syncs.len() as u64);
    report.count("reads served during them", reads);
    Ok(report)
}
