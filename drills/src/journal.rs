//! The journal of the disk that forgets, read after the cut: what was synced, and how the rest is taken back.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::dice::Dice;

const HEADER: usize = 64;
const MAGIC: u32 = 0x4d49_4853;
/// What a disk writes whole.
const SECTOR: usize = 512;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Create,
    Write,
    Truncate,
    Rename,
    Unlink,
    SyncBegin,
    SyncEnd,
    Acknowledge,
}

/// One line of the journal; see `struct event` of the shim.
#[derive(Debug, Clone)]
pub struct Event {
    pub kind: Kind,
    pub sequence: u64,
    pub inode: u64,
    folder: u64,
    /// Of a sync that ended: up to which sequence it covers.
    pub offset: u64,
    old_length: u64,
    pub path: PathBuf,
    second: PathBuf,
    old: Vec<u8>,
    pub new: Vec<u8>,
}

#[derive(Debug)]
pub struct Journal {
    pub events: Vec<Event>,
}

/// What becomes of the writes that no sync covered.
#[derive(Debug)]
pub enum Unsynced<'a> {
    /// None of them had reached the disk.
    AllLost,
    /// Each sector of each had or had not, as the dice fall.
    SomeLost(&'a mut Dice),
}

/// What a cut took.
#[derive(Debug, Default, Clone, Copy)]
pub struct Taken {
    pub changes: u64,
    pub dropped: u64,
}

impl Journal {
    /// Reads it up to the line that the cut interrupted; that change was not passed on.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let mut events = Vec::new();
        let mut rest = bytes;
        while let Some((event, behind)) = event(rest)? {
            events.push(event);
            rest = behind;
        }
        Ok(Self { events })
    }

    /// For each file or folder, the sequence up to which everything is on disk.
    fn covered(&self) -> BTreeMap<u64, u64> {
        let mut covered = BTreeMap::new();
        for event in &self.events {
            if event.kind == Kind::SyncEnd {
                let upto = covered.entry(event.inode).or_insert(0);
                *upto = event.offset.max(*upto);
            }
        }
        covered
    }

    /// The changes that no sync covered, in order. A name is safe once its folder is synced, content once its file is.
    fn unsynced(&self) -> Vec<&Event> {
        let covered = self.covered();
        let open = |event: &&Event| {
            let holder = match event.kind {
                Kind::Write | Kind::Truncate => event.inode,
                Kind::Create | Kind::Rename | Kind::Unlink => event.folder,
                Kind::SyncBegin | Kind::SyncEnd | Kind::Acknowledge => return false,
            };
            event.sequence > covered.get(&holder).copied().unwrap_or(0)
        };
        self.events.iter().filter(open).collect()
    }

    /// Puts the watched folder into a state that the cut may have left.
    pub fn take_back(&self, watched: &Path, trash: &Path, fate: Unsynced<'_>) -> Result<Taken> {
        let unsynced = self.unsynced();
        let mut files = BTreeMap::new();
        index(watched, &mut files)?;
        index(trash, &mut files)?;
        for event in unsynced.iter().rev() {
            undo(event, &mut files).with_context(|| format!("cannot take back {event:.200?}"))?;
        }
        let mut dropped = unsynced.len() as u64;
        if let Unsynced::SomeLost(dice) = fate {
            for event in unsynced.iter().filter(|event| event.kind == Kind::Write) {
                dropped -= u64::from(partly_redo(event, &files, dice)?);
            }
        }
        let changes = |event: &&Event| {
            !matches!(
                event.kind,
                Kind::SyncBegin | Kind::SyncEnd | Kind::Acknowledge
            )
        };
        Ok(Taken {
            changes: self.events.iter().filter(changes).count() as u64,
            dropped,
        })
    }
}

/// The first event of the bytes, and what stands behind it.
fn event(bytes: &[u8]) -> Result<Option<(Event, &[u8])>> {
    if bytes.len() < HEADER {
        return Ok(None);
    }
    let small = |at: usize| u32::from_ne_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    let large = |at: usize| u64::from_ne_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
    ensure!(small(0) == MAGIC, "the journal of the shim is not whole");
    let lengths = [small(48), small(52), small(56), small(60)].map(|length| length as usize);
    let whole = HEADER + lengths.iter().sum::<usize>();
    if bytes.len() < whole {
        return Ok(None);
    }
    let mut at = HEADER;
    let mut part = |length: usize| {
        let bytes = bytes[at..at + length].to_vec();
        at += length;
        bytes
    };
    let [path, second, old, new] = lengths.map(&mut part);
    let event = Event {
        kind: kind(small(4))?,
        sequence: large(8),
        inode: large(16),
        folder: large(24),
        offset: large(32),
        old_length: large(40),
        path: String::from_utf8(path)?.into(),
        second: String::from_utf8(second)?.into(),
        old,
        new,
    };
    Ok(Some((event, &bytes[whole..])))
}

fn kind(number: u32) -> Result<Kind> {
    Ok(match number {
        1 => Kind::Create,
        2 => Kind::Write,
        3 => Kind::Truncate,
        4 => Kind::Rename,
        5 => Kind::Unlink,
        6 => Kind::SyncBegin,
        7 => Kind::SyncEnd,
        8 => Kind::Acknowledge,
        _ => anyhow::bail!("the shim notes an event of kind {number}"),
    })
}

/// Each file below a folder by its inode.
fn index(folder: &Path, files: &mut BTreeMap<u64, PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            index(&entry.path(), files)?;
        } else if metadata.is_file() {
            files.entry(metadata.ino()).or_insert_with(|| entry.path());
        }
    }
    Ok(())
}

fn is_at(path: &Path, inode: u64) -> bool {
    path.symlink_metadata()
        .is_ok_and(|metadata| metadata.ino() == inode)
}

/// Undone in reverse, each change finds what it left. The last one may never have been passed on.
fn undo(event: &Event, files: &mut BTreeMap<u64, PathBuf>) -> Result<()> {
    match event.kind {
        Kind::Write | Kind::Truncate => {
            if let Some(file) = changed(event, files)? {
                file.write_all_at(&event.old, event.offset)?;
                file.set_len(event.old_length)?;
            }
        }
        Kind::Create => {
            if is_at(&event.path, event.inode) {
                std::fs::remove_file(&event.path)?;
                files.remove(&event.inode);
            }
        }
        Kind::Rename => {
            if is_at(&event.second, event.inode) {
                std::fs::rename(&event.second, &event.path)?;
                files.insert(event.inode, event.path.clone());
            }
        }
        Kind::Unlink => {
            if !is_at(&event.path, event.inode) {
                std::fs::hard_link(&event.second, &event.path)?;
                files.insert(event.inode, event.path.clone());
            }
        }
        Kind::SyncBegin | Kind::SyncEnd | Kind::Acknowledge => {}
    }
    Ok(())
}

/// The file that a change was about, if it still has a name.
fn changed(event: &Event, files: &BTreeMap<u64, PathBuf>) -> Result<Option<File>> {
    let Some(path) = files.get(&event.inode) else {
        return Ok(None);
    };
    let file = OpenOptions::new().write(true).open(path);
    Ok(Some(file.with_context(|| {
        format!("cannot open `{}`", path.display())
    })?))
}

/// Lets some sectors of a write have reached the disk. True if any did.
fn partly_redo(event: &Event, files: &BTreeMap<u64, PathBuf>, dice: &mut Dice) -> Result<bool> {
    let Some(file) = changed(event, files)? else {
        return Ok(false);
    };
    let mut any = false;
    let mut at = event.offset;
    let mut rest = event.new.as_slice();
    while !rest.is_empty() {
        // Sectors lie on the disk, not in the write.
        let room = SECTOR - usize::try_from(at % SECTOR as u64).expect("below a sector");
        let (sector, behind) = rest.split_at(room.min(rest.len()));
        if dice.below(2) == 0 {
            file.write_all_at(sector, at)?;
            any = true;
        }
        at += sector.len() as u64;
        rest = behind;
    }
    Ok(any)
}
