//! A disk that is mounted read-only under a running node, as Linux does when it finds errors: writes are refused in clear
//! words, reads go on, and so do writes once it can be written again, without a restart.

use anyhow::{Result, ensure};

use crate::child::{self, Running, Start};
use crate::kill::ensure_kept;
use crate::ledger::Ledger;
use crate::node::Place;
use crate::report::Report;
use crate::shim::{Disk, Mounted, Shim, readable_folder};

const WORDS: &str = "the disk can only be read";

pub fn sqlite(shim: &Shim) -> Result<Report> {
    let (folder, scratch) = (
        readable_folder(&std::env::temp_dir())?,
        tempfile::tempdir()?,
    );
    let register = folder.path().join("register");
    std::fs::create_dir(&register)?;
    let place = Place::folder(&register);
    child::prepare(&place)?;
    let disk = Disk::around(shim, &register)?;
    let mut ledger = Ledger::default();
    let mut writer = Running::start(Start {
        reads: true,
        patient: true,
        disk: Some(&disk),
        ..Start::endless(&place, 0)
    })?;
    writer.until_taken(20, &mut ledger)?;
    disk.mount(Mounted::ReadOnly)?;
    // The answers of a batch that was on its way still come; then every writer is refused, several times.
    let refused = writer.until_refused(24, &mut ledger)?;
    ensure!(
        refused.words.iter().all(|words| words.contains(WORDS)),
        "a refusal does not say that {WORDS}: {:?}",
        refused.words
    );
    ensure!(refused.reads > 0, "nothing was read meanwhile");
    disk.mount(Mounted::ReadWrite)?;
    let taken = writer.until_taken(20, &mut ledger)?;
    writer.kill(&mut ledger)?;
    let found = child::check(&place, &mut ledger, scratch.path())?;
    ensure_kept(&found, 0)?;
    let mut report = Report::new("read-only", "sqlite");
    report.count("refused in clear words", refused.refused);
    report.count("reads served meanwhile", refused.reads);
    report.count("taken after it without restart", taken.acknowledged);
    report.findings(&found);
    Ok(report)
}
