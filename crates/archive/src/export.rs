//! An export: everything as open files, whole, in a folder that comes into being at once.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use comity_register::merkle::Frontier;
use comity_register::{Checkpoint, Hash, Head, Register};
use serde::{Deserialize, Serialize};

use crate::folder::{self, FileEntry, failed};
use crate::segment::{self, Source};
use crate::{Error, Segment, manifest};

const FORMAT: &str = "export";
const VERSION: u64 = 1;

const ACTS: &str = "acts.jsonl";
const COMMITS: &str = "commits.csv";
const CHECKPOINT: &str = "checkpoint.txt";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    version: u64,
    /// The name of the register.
    origin: String,
    size: u64,
    root: Hash,
    /// Every other file, sorted by name.
    files: Vec<FileEntry>,
}

/// An export that is being written, beside the place that it will take.
#[derive(Debug)]
pub struct NewExport {
    out: PathBuf,
    unfinished: PathBuf,
    origin: String,
    head: Head,
    files: Vec<FileEntry>,
    /// As long as it is held nobody else writes there.
    _held: File,
}

impl NewExport {
    /// Begins an export of a register up to a head that it has, in a folder that is empty or not there yet.
    ///
    /// # Errors
    /// There is something in the folder, or the disk fails.
    pub fn begin(out: &Path, origin: &str, head: Head) -> Result<Self, Error> {
        if out.exists()
            && std::fs::read_dir(out)
                .map_err(failed("read", out))?
                .next()
                .is_some()
        {
            return Err(Error::NotEmpty {
                path: out.to_owned(),
            });
        }
        let mut name = out.file_name().unwrap_or_default().to_owned();
        name.push(".unfinished");
        let unfinished = out.with_file_name(name);
        folder::make(&unfinished)?;
        let held = File::open(&unfinished).map_err(failed("open", &unfinished))?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Busy {
                    what: "export",
                    path: unfinished,
                });
            }
            Err(TryLockError::Error(source)) => return Err(failed("lock", &unfinished)(source)),
        }
        // What a crash left of an earlier beginning.
        folder::empty(&unfinished)?;
        let origin = origin.to_owned();
        Ok(Self {
            out: out.to_owned(),
            unfinished,
            _held: held,
            origin,
            head,
            files: Vec::new(),
        })
    }

    /// Writes the acts and commits up to the head, and the checkpoint at it.
    ///
    /// # Errors
    /// The register is not in order or no longer has the head, or the disk fails.
    pub async fn acts(
        &mut self,
        register: &dyn Register,
        mut progress: impl FnMut(u64) + Send,
    ) -> Result<(), Error> {
        let mut source = Source::new(register, Frontier::new());
        let (names, end) = ((ACTS, COMMITS), self.head.size);
        let segment =
            segment::write(&self.unfinished, names, &mut source, end, &mut progress).await?;
        let found = source.edge.head();
        if found != self.head {
            return Err(Error::End {
                expected: self.head,
                found,
            });
        }
        self.files.extend([segment.acts, segment.commits]);
        let checkpoint = checkpoint(&self.origin, self.head)?;
        self.add(CHECKPOINT, checkpoint.as_bytes())
    }

    /// Adds a file; the name may have folders, with `/`.
    ///
    /// # Errors
    /// The disk fails.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<(), Error> {
        self.files
            .push(folder::write(&self.unfinished, name, content)?);
        Ok(())
    }

    /// Writes the manifest and puts the folder in its place, durably.
    ///
    /// # Errors
    /// The disk fails, or something came into the place meanwhile.
    pub fn finish(mut self) -> Result<(), Error> {
        self.files.sort_by(|left, right| left.name.cmp(&right.name));
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            origin: self.origin,
            size: self.head.size,
            root: self.head.root,
            files: self.files,
        };
        folder::write(
            &self.unfinished,
            manifest::NAME,
            manifest::write(&manifest).as_bytes(),
        )?;
        for below in folders(&manifest.files) {
            folder::sync(&self.unfinished.join(below))?;
        }
        // A crash before this leaves a folder whose name says that it is unfinished; after it, the whole export.
        std::fs::rename(&self.unfinished, &self.out)
            .map_err(failed("put the export into", &self.out))?;
        let above = self.out.parent().filter(|above| *above != Path::new(""));
        folder::sync(above.unwrap_or_else(|| Path::new(".")))
    }
}

/// The folders that hold the files, the export itself included.
fn folders(files: &[FileEntry]) -> BTreeSet<&str> {
    let below = files.iter().filter_map(|entry| entry.name.rsplit_once('/'));
    below.map(|(folder, _)| folder).chain([""]).collect()
}

fn checkpoint(origin: &str, head: Head) -> Result<String, Error> {
    let checkpoint = Checkpoint::new(origin, head);
    let checkpoint = checkpoint.map_err(|source| comity_register::Error::Unreadable {
        position: 0,
        source,
    })?;
    Ok(checkpoint.to_string())
}

/// An export that was read, every file of it held to the manifest.
#[derive(Debug)]
pub struct Export {
    folder: PathBuf,
    manifest: Manifest,
    segments: [Segment; 1],
}

impl Export {
    /// Reads the export in a folder, and every file of it. `progress` hears bytes read and bytes in all.
    ///
    /// # Errors
    /// The manifest or a file is not as it was written, is missing, or is one too many.
    pub fn open(folder: &Path, mut progress: impl FnMut(u64, u64)) -> Result<Self, Error> {
        let manifest: Manifest = manifest::read(folder, FORMAT, VERSION)?;
        let named: BTreeSet<&str> = manifest
            .files
            .iter()
            .map(|entry| entry.name.as_str())
            .collect();
        let found = folder::files(folder)?;
        let strange = |name: &&String| *name != manifest::NAME && !named.contains(name.as_str());
        if let Some(name) = found.iter().find(strange) {
            return Err(Error::FileExtra {
                path: folder.join(name),
            });
        }
        // A name that leads out of the folder is of no file in it.
        if let Some(name) = named
            .iter()
            .find(|name| found.binary_search(&(**name).to_owned()).is_err())
        {
            return Err(Error::FileMissing {
                path: folder.join(name),
            });
        }
        let all = manifest.files.iter().map(|entry| entry.bytes).sum();
        let mut done = 0;
        for entry in &manifest.files {
            folder::check(folder, entry, |bytes| {
                done += bytes;
                progress(done, all);
            })?;
        }
        let entry = |name: &str| {
            let entry = manifest.files.iter().find(|entry| entry.name == name);
            entry.cloned().ok_or_else(|| Error::FileMissing {
                path: folder.join(name),
            })
        };
        let segments = [Segment {
            from: 0,
            to: manifest.size,
            acts: entry(ACTS)?,
            commits: entry(COMMITS)?,
        }];
        let export = Self {
            folder: folder.to_owned(),
            manifest,
            segments,
        };
        export.check_checkpoint()?;
        Ok(export)
    }

    fn check_checkpoint(&self) -> Result<(), Error> {
        let expected = checkpoint(self.origin(), self.head())?;
        let found = self.file(CHECKPOINT)?.unwrap_or_default();
        if found == expected.as_bytes() {
            return Ok(());
        }
        Err(Error::FileChanged {
            path: self.folder.join(CHECKPOINT),
            what: "text",
            expected: expected.trim_end().replace('\n', " "),
            found: String::from_utf8_lossy(&found)
                .trim_end()
                .replace('\n', " "),
        })
    }

    /// The name of the register.
    pub fn origin(&self) -> &str {
        &self.manifest.origin
    }

    /// Where it stands.
    pub fn head(&self) -> Head {
        Head {
            size: self.manifest.size,
            root: self.manifest.root,
        }
    }

    /// The whole of it.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The names of its files that begin so, in their order.
    pub fn names<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = &'a str> {
        let names = self.manifest.files.iter().map(|entry| entry.name.as_str());
        names.filter(move |name| name.starts_with(beginning))
    }

    /// The content of a file of it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn file(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        if !self.manifest.files.iter().any(|entry| entry.name == name) {
            return Ok(None);
        }
        let path = self.folder.join(name);
        std::fs::read(&path)
            .map(Some)
            .map_err(failed("read", &path))
    }
}

/// Whether the folder says that it holds an export.
pub fn is_export(folder: &Path) -> bool {
    manifest::format(folder).as_deref() == Some(FORMAT)
}
