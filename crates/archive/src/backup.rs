//! A backup: segments that are never changed once the manifest names them, one after another as the register grows.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use comity_register::merkle::Frontier;
use comity_register::{Hash, Head, Register};
use serde::{Deserialize, Serialize};

use crate::folder::{self, FileEntry, failed};
use crate::segment::{self, Source};
use crate::{Error, Segment, manifest};

pub(crate) const FORMAT: &str = "backup";
const VERSION: u64 = 1;

/// How many records a segment holds at least, if the register has them: what a crash of the first backup costs.
const SEGMENT_RECORDS: u64 = 100_000;

const LOCK: &str = "lock";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    version: u64,
    /// The name of the register.
    origin: String,
    size: u64,
    root: Hash,
    /// The roots of the complete subtrees at `size`: what is needed to go on without reading everything again.
    edge: Vec<Hash>,
    segments: Vec<Segment>,
    /// What is kept beside the register, whole: the last state of each.
    snapshots: Vec<FileEntry>,
}

/// A backup that was read, every file of it held to the manifest.
#[derive(Debug)]
pub struct Backup {
    folder: PathBuf,
    manifest: Manifest,
}

/// What [`NewBackup::acts`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Where the backup stands now.
    pub head: Head,
    /// Where it stood before.
    pub before: u64,
}

/// Something that is kept beside the register and changes: it is saved whole each time.
#[derive(Debug)]
pub struct Snapshot<'a> {
    /// `directory`, …: the file is called so, with part of its hash.
    pub name: &'a str,
    pub content: &'a [u8],
}

/// A run that brings a backup further. While it lives no other run touches the folder.
///
/// First [`acts`](Self::acts), then, with what is beside the register read after them, [`keep`](Self::keep): whoever an act
/// names is then in the directory that is kept with it, unless he was taken out meanwhile.
#[derive(Debug)]
pub struct NewBackup {
    folder: PathBuf,
    manifest: Manifest,
    _lock: File,
}

impl NewBackup {
    /// Opens the backup in a folder, and begins one where there is none.
    ///
    /// # Errors
    /// Another run has it, its manifest is not in order or of another register, or the disk fails.
    pub fn begin(folder: &Path, origin: &str) -> Result<Self, Error> {
        folder::make(folder)?;
        let lock = lock(folder)?;
        let manifest = begun(folder, origin)?;
        // One that an earlier program began may be open to others.
        folder::close(folder, 0o700)?;
        for name in folder::files(folder)?.iter().filter(|name| is_ours(name)) {
            folder::close(&folder.join(name), 0o600)?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            _lock: lock,
        })
    }

    /// Brings the acts to where the register stands now.
    ///
    /// The register may be written meanwhile: what comes later is for the next run. A crash leaves the backup as it was, or
    /// longer by whole segments.
    ///
    /// # Errors
    /// The register does not continue the backup or is not in order, or a disk fails.
    pub async fn acts(
        &mut self,
        register: &dyn Register,
        mut progress: impl FnMut(u64, u64) + Send,
    ) -> Result<Saved, Error> {
        let (folder, manifest) = (self.folder.as_path(), &mut self.manifest);
        let head = register.head().await?;
        continues(register, manifest, head).await?;
        let before = manifest.size;
        remove_strays(folder, manifest)?;
        let edge = Frontier::of_peaks(manifest.size, manifest.edge.clone());
        let edge = edge.filter(|edge| edge.root() == manifest.root);
        let edge = edge.ok_or_else(|| Error::Manifest {
            path: folder.join(manifest::NAME),
            what: "its edge does not give its root".to_owned(),
        })?;
        let mut source = Source::new(register, edge);
        if let Err(error) = grow(folder, manifest, &mut source, head, &mut progress).await {
            // What went wrong is told; that half a segment could not be removed after it is of no interest.
            let _ = remove_strays(folder, manifest);
            return Err(error);
        }
        let found = Head {
            size: manifest.size,
            root: manifest.root,
        };
        if found != head {
            return Err(Error::End {
                expected: head,
                found,
            });
        }
        Ok(Saved { head, before })
    }

    /// Puts what is kept beside the register in the place of what was.
    ///
    /// # Errors
    /// The disk fails; the backup is as it was.
    pub fn keep(mut self, snapshots: &[Snapshot<'_>]) -> Result<(), Error> {
        keep(&self.folder, &mut self.manifest, snapshots)
    }
}

/// Writes segments until the backup stands at the head.
async fn grow(
    folder: &Path,
    manifest: &mut Manifest,
    source: &mut Source<'_>,
    head: Head,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<(), Error> {
    while manifest.size < head.size {
        let end = segment_end(source.register, manifest.size, head).await?;
        let names = names(manifest.size, end);
        let names = (names.0.as_str(), names.1.as_str());
        let mut heard = |size| progress(size, head.size);
        manifest
            .segments
            .push(segment::write(folder, names, source, end, &mut heard).await?);
        let reached = source.edge.head();
        (manifest.size, manifest.root) = (reached.size, reached.root);
        manifest.edge = source.edge.peaks().to_vec();
        folder::sync(folder)?;
        // A crash before this line leaves two files that the manifest does not name; the next run removes them.
        folder::replace(folder, manifest::NAME, manifest::write(manifest).as_bytes())?;
    }
    Ok(())
}

fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let file = folder::create(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Busy {
            what: "backup",
            path: folder.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(failed("lock", &path)(source)),
    }
}

/// The manifest that is there, or that of a backup of nothing.
fn begun(folder: &Path, origin: &str) -> Result<Manifest, Error> {
    if folder.join(manifest::NAME).exists() {
        let manifest: Manifest = manifest::read(folder, FORMAT, VERSION)?;
        if manifest.origin != origin {
            return Err(Error::Manifest {
                path: folder.join(manifest::NAME),
                what: format!(
                    "the backup is of the register `{}`, not of `{origin}`",
                    manifest.origin
                ),
            });
        }
        return Ok(manifest);
    }
    if folder::files(folder)?
        .iter()
        .any(|name| name != LOCK && !is_ours(name))
    {
        return Err(Error::NotEmpty {
            path: folder.to_owned(),
        });
    }
    let nothing = Head::empty();
    Ok(Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        origin: origin.to_owned(),
        size: nothing.size,
        root: nothing.root,
        edge: Vec::new(),
        segments: Vec::new(),
        snapshots: Vec::new(),
    })
}

/// That the register still has the root at the backup's size. That its records still give that root is shown by the
/// next root, which is computed from the backup's edge.
async fn continues(register: &dyn Register, manifest: &Manifest, head: Head) -> Result<(), Error> {
    if manifest.size == 0 {
        return Ok(());
    }
    let diverged = |register: String| Error::Diverged {
        size: manifest.size,
        backup: manifest.root,
        register,
    };
    if head.size < manifest.size {
        return Err(diverged(format!("only {} records", head.size)));
    }
    let commit = register.commits(manifest.size, 1).await?.into_iter().next();
    match commit.filter(|commit| commit.size == manifest.size) {
        None => Err(diverged("no end of a batch".to_owned())),
        Some(commit) if commit.root != manifest.root => Err(diverged(commit.root.to_string())),
        Some(_) => Ok(()),
    }
}

/// Where the next segment ends: with the batch that fills it.
async fn segment_end(register: &dyn Register, from: u64, head: Head) -> Result<u64, Error> {
    let full = from.saturating_add(SEGMENT_RECORDS);
    if full >= head.size {
        return Ok(head.size);
    }
    let commit = register.commits(full, 1).await?.into_iter().next();
    Ok(commit.map_or(head.size, |commit| commit.size.min(head.size)))
}

fn names(from: u64, to: u64) -> (String, String) {
    (
        format!("acts-{from:012}-{to:012}.jsonl"),
        format!("commits-{from:012}-{to:012}.csv"),
    )
}

fn is_ours(name: &str) -> bool {
    let ours = [
        ("acts-", ".jsonl"),
        ("commits-", ".csv"),
        (manifest::NAME, ".new"),
        ("directory-", ".json"),
    ];
    ours.iter()
        .any(|(start, end)| name.starts_with(start) && name.ends_with(end))
}

/// Removes what a crash left: files of ours that the manifest does not name.
fn remove_strays(folder: &Path, manifest: &Manifest) -> Result<(), Error> {
    let named: BTreeSet<&str> = manifest
        .entries()
        .map(|entry| entry.name.as_str())
        .collect();
    for name in folder::files(folder)? {
        if is_ours(&name) && !named.contains(name.as_str()) {
            let path = folder.join(name);
            std::fs::remove_file(&path).map_err(failed("remove", &path))?;
        }
    }
    Ok(())
}

/// Puts the snapshots in the place of those before.
fn keep(folder: &Path, manifest: &mut Manifest, snapshots: &[Snapshot<'_>]) -> Result<(), Error> {
    let entries = snapshots.iter().map(|Snapshot { name, content }| {
        let hash = Hash::of(content).to_string();
        folder::write(folder, &format!("{name}-{}.json", &hash[..16]), content)
    });
    manifest.snapshots = entries.collect::<Result<_, _>>()?;
    folder::sync(folder)?;
    folder::replace(folder, manifest::NAME, manifest::write(manifest).as_bytes())?;
    remove_strays(folder, manifest)
}

impl Manifest {
    fn entries(&self) -> impl Iterator<Item = &FileEntry> {
        self.segments
            .iter()
            .flat_map(|segment| [&segment.acts, &segment.commits])
            .chain(&self.snapshots)
    }
}

impl Backup {
    /// Reads the backup in a folder, and every file of it. `progress` hears bytes read and bytes in all.
    ///
    /// # Errors
    /// The manifest or a file is not as it was written.
    pub fn open(folder: &Path, mut progress: impl FnMut(u64, u64)) -> Result<Self, Error> {
        if !folder.join(manifest::NAME).exists() {
            return Err(Error::Missing {
                what: "backup",
                path: folder.to_owned(),
            });
        }
        let manifest: Manifest = manifest::read(folder, FORMAT, VERSION)?;
        let all = manifest.entries().map(|entry| entry.bytes).sum();
        let mut done = 0;
        for entry in manifest.entries() {
            folder::check(folder, entry, |bytes| {
                done += bytes;
                progress(done, all);
            })?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
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

    /// Its parts, in order.
    pub fn segments(&self) -> &[Segment] {
        &self.manifest.segments
    }

    /// What was saved beside the register under a name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn snapshot(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let start = format!("{name}-");
        let Some(entry) = self
            .manifest
            .snapshots
            .iter()
            .find(|entry| entry.name.starts_with(&start))
        else {
            return Ok(None);
        };
        let path = self.folder.join(&entry.name);
        std::fs::read(&path)
            .map(Some)
            .map_err(failed("read", &path))
    }
}

/// Whether the folder says that it holds a backup.
pub fn is_backup(folder: &Path) -> bool {
    manifest::format(folder).as_deref() == Some(FORMAT)
}
