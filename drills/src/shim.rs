//! The disk that forgets: `shim/unsynced.c`, built when a drill needs it, around one folder.

use std::fs::{File, OpenOptions, Permissions};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::journal::Journal;

const SOURCE: &str = include_str!("../shim/unsynced.c");

// Where things stand in `struct control`.
const CONTROL_BYTES: u64 = 24;
const FROZEN: u64 = 4;
const DELAY: u64 = 8;
const READ_ONLY: u64 = 12;

/// The library, compiled.
#[derive(Debug)]
pub struct Shim {
    folder: TempDir,
}

impl Shim {
    /// Compiles it with gcc.
    pub fn build() -> Result<Self> {
        let folder = readable_folder(&std::env::temp_dir())?;
        let source = folder.path().join("unsynced.c");
        std::fs::write(&source, SOURCE)?;
        let status = Command::new("gcc")
            .args(["-shared", "-fPIC", "-O2", "-o"])
            .arg(folder.path().join("unsynced.so"))
            .arg(&source)
            .arg("-ldl")
            .status()
            .context("cannot run gcc: install it")?;
        ensure!(status.success(), "the shim does not compile");
        Ok(Self { folder })
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("unsynced.so")
    }
}

/// What a disk lets be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mounted {
    ReadOnly,
    ReadWrite,
}

/// One disk from its start to its cut. What stands in the folder at its start counts as synced.
#[derive(Debug)]
pub struct Disk {
    library: PathBuf,
    watched: PathBuf,
    trash: PathBuf,
    /// In memory, and outliving the process that is killed.
    memory: TempDir,
}

impl Disk {
    /// Watches a folder; files that lose their names are kept beside it.
    pub fn around(shim: &Shim, folder: &Path) -> Result<Self> {
        let watched = folder
            .canonicalize()
            .context("the watched folder is missing")?;
        let mut trash = watched.clone().into_os_string();
        trash.push(".unlinked");
        let trash = PathBuf::from(trash);
        std::fs::create_dir_all(&trash)?;
        open_to_all(&trash)?;
        let memory = readable_folder(Path::new("/dev/shm"))?;
        let disk = Self {
            library: shim.library(),
            watched,
            trash,
            memory,
        };
        File::create(disk.control())?.set_len(CONTROL_BYTES)?;
        File::create(disk.journal_file())?;
        for file in [disk.control(), disk.journal_file()] {
            std::fs::set_permissions(file, Permissions::from_mode(0o666))?;
        }
        Ok(disk)
    }

    fn control(&self) -> PathBuf {
        self.memory.path().join("control")
    }

    fn journal_file(&self) -> PathBuf {
        self.memory.path().join("journal")
    }

    /// What makes a process run on this disk.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("LD_PRELOAD", self.library.clone()),
            ("SHIM_WATCH", self.watched.clone()),
            ("SHIM_TRASH", self.trash.clone()),
            ("SHIM_JOURNAL", self.journal_file()),
            ("SHIM_CONTROL", self.control()),
        ]
    }

    /// The power goes: from now on nothing reaches the disk, and who tries dies.
    pub fn freeze(&self) -> Result<()> {
        self.set(FROZEN, 1)
    }

    /// Each sync takes so much longer from now on.
    pub fn delay_syncs(&self, milliseconds: u32) -> Result<()> {
        self.set(DELAY, milliseconds)
    }

    /// The disk takes no changes, or takes them again.
    pub fn mount(&self, how: Mounted) -> Result<()> {
        let read_only = match how {
            Mounted::ReadOnly => 1,
            Mounted::ReadWrite => 0,
        };
        self.set(READ_ONLY, read_only)
    }

    fn set(&self, at: u64, value: u32) -> Result<()> {
        let control = OpenOptions::new().write(true).open(self.control())?;
        control.write_all_at(&value.to_ne_bytes(), at)?;
        Ok(())
    }

    /// What happened on it.
    pub fn journal(&self) -> Result<Journal> {
        Journal::read(&std::fs::read(self.journal_file())?)
    }

    pub fn watched(&self) -> &Path {
        &self.watched
    }

    pub fn trash(&self) -> &Path {
        &self.trash
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What is left there is only disk space.
        let _ = std::fs::remove_dir_all(&self.trash);
    }
}

/// A new folder that a server under another user may enter and fill.
pub fn readable_folder(parent: &Path) -> Result<TempDir> {
    let folder = tempfile::Builder::new()
        .prefix("drill-")
        .tempdir_in(parent)?;
    open_to_all(folder.path())?;
    Ok(folder)
}

pub fn open_to_all(folder: &Path) -> Result<()> {
    std::fs::set_permissions(folder, Permissions::from_mode(0o777))
        .with_context(|| format!("cannot open `{}` to all", folder.display()))
}
