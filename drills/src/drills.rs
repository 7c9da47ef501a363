//! The drills by name, and on which databases each runs.

use anyhow::Result;

use crate::full_disk::Small;
use crate::ground::{Ground, On};
use crate::proxy::Cut;
use crate::shim::Shim;
use crate::unsynced::Setting;
use crate::{clock, cut_commit, full_disk, kill, read_only, restart, slow, unsynced};

/// One drill, on every database that it is for.
pub type Drill = fn(&mut Ground) -> Result<()>;

pub const ALL: [Drill; 8] = [
    kill,
    unsynced,
    slow_fsync,
    full_disk,
    read_only,
    cut_commit,
    database_restart,
    clock_back,
];

pub fn kill(ground: &mut Ground) -> Result<()> {
    let rounds = ground.rounds(50);
    if ground.wants(On::Sqlite) {
        ground.run(|dice| kill::sqlite(rounds, dice))?;
    }
    if let Some(programs) = ground.postgresql("kill") {
        ground.run(|dice| kill::postgresql(&programs, rounds, dice))?;
    }
    Ok(())
}

pub fn unsynced(ground: &mut Ground) -> Result<()> {
    let shim = Shim::build()?;
    if ground.wants(On::Sqlite) {
        let rounds = ground.rounds(20);
        ground.run(|dice| unsynced::sqlite(&shim, rounds, dice))?;
        ground.run(|dice| unsynced::sqlite_twin(&shim, 3, dice))?;
    }
    let Some(programs) = ground.postgresql("unsynced") else {
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

pub fn slow_fsync(ground: &mut Ground) -> Result<()> {
    let shim = Shim::build()?;
    if ground.wants(On::Sqlite) {
        ground.run(|_| slow::sqlite(&shim))?;
    }
    if let Some(programs) = ground.postgresql("slow-fsync") {
        ground.run(|_| slow::postgresql(&shim, &programs))?;
    }
    Ok(())
}

pub fn full_disk(ground: &mut Ground) -> Result<()> {
    if ground.wants(On::Sqlite) {
        ground.run_as_root("full-disk", full_disk::sqlite)?;
    }
    if let Some(programs) = ground.postgresql("full-disk") {
        for small in [Small::All, Small::Log] {
            ground.run_as_root("full-disk", || full_disk::postgresql(&programs, small))?;
        }
    }
    Ok(())
}

pub fn read_only(ground: &mut Ground) -> Result<()> {
    let shim = Shim::build()?;
    if ground.wants(On::Sqlite) {
        ground.run(|_| read_only::sqlite(&shim))?;
    }
    Ok(())
}

pub fn cut_commit(ground: &mut Ground) -> Result<()> {
    let rounds = ground.rounds(100);
    if let Some(programs) = ground.postgresql("cut-commit") {
        for cut in [Cut::Before, Cut::AfterAnswer, Cut::AfterSending] {
            ground.run(|_| cut_commit::postgresql(&programs, cut, rounds))?;
        }
    }
    Ok(())
}

pub fn database_restart(ground: &mut Ground) -> Result<()> {
    let rounds = ground.rounds(6);
    if let Some(programs) = ground.postgresql("database-restart") {
        ground.run(|dice| restart::postgresql(&programs, rounds, dice))?;
    }
    Ok(())
}

pub fn clock_back(ground: &mut Ground) -> Result<()> {
    let rounds = ground.rounds(40);
    if ground.wants(On::Sqlite) {
        ground.run(|dice| clock::sqlite(rounds, dice))?;
    }
    if let Some(programs) = ground.postgresql("clock-back") {
        ground.run(|dice| clock::postgresql(&programs, rounds, dice))?;
    }
    Ok(())
}
