use std::fs::{self, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use bytes::Bytes;
use tempfile::NamedTempFile;

use crate::disk::{
    Doing, Tried, contents, gone, make, names, open_plain, plain_way, sync, sync_up,
};
use crate::{Error, Files, Hash};

/// Where files are while they are written: in the same file system, and in no list.
const NEW: &str = "new";
/// How often a file is made anew that a sweep took away. One opening sweeps once.
const TRIES: usize = 100;

/// Files in a folder, each for its owner alone, as `ab/cd/abcd…`.
///
/// The life of a file: it is written to `new/` under a lock, brought to disk, renamed to its place, and the place is
/// brought to disk. A crash leaves at most a file in `new/`, which [`Folder::open`] sweeps.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path, which is made if it is not there, without what a crash left in it.
    ///
    /// # Errors
    /// It cannot be made or read.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = Self(path.into());
        let new = folder.0.join(NEW);
        make(&new).doing("make the folder", &new)?;
        sync(&folder.0).doing("bring to disk", &folder.0)?;
        // Its own entry lies in a folder that may be another's and closed to us.
        let _ = folder.0.parent().map(sync);
        folder.sweep(&new)?;
        Ok(folder)
    }

    /// Another program may be writing at this moment: what it writes is locked, and what nobody has locked is left over.
    fn sweep(&self, new: &Path) -> Tried<()> {
        for entry in fs::read_dir(new).doing("list the folder", new)? {
            let path = entry.doing("list the folder", new)?.path();
            let Ok(file) = open_plain(&path) else {
                continue;
            };
            match file.try_lock() {
                Ok(()) => gone(fs::remove_file(&path)).doing("remove", &path)?,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => Err(error).doing("lock", &path)?,
            }
        }
        Ok(())
    }

    fn place(&self, hash: &Hash) -> PathBuf {
        let name = hash.to_string();
        self.0.join(&name[..2]).join(&name[2..4]).join(name)
    }

    fn put_now(&self, bytes: &[u8]) -> Tried<Hash> {
        let hash = Hash::of(bytes);
        match self.get_now(&hash) {
            Ok(Some(_)) => {
                // Who put it may not have come to the end.
                let place = self.place(&hash);
                sync_up(&place, &self.0).doing("bring to disk", &place)?;
                return Ok(hash);
            }
            Ok(None) | Err(Error::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
        self.write(bytes, &hash)?;
        Ok(hash)
    }

    /// A file that no sweep takes away, for its owner alone: so a temporary file is made.
    fn new_file(&self) -> Tried<NamedTempFile> {
        let new = self.0.join(NEW);
        make(&new).doing("make the folder", &new)?;
        for _ in 0..TRIES {
            let file = NamedTempFile::new_in(&new).doing("write into", &new)?;
            file.as_file().lock().doing("lock", file.path())?;
            // A sweep may come between making a file and locking it, and none after.
            if fs::symlink_metadata(file.path()).is_ok() {
                return Ok(file);
            }
        }
        Err(std::io::Error::from(ErrorKind::ResourceBusy)).doing("write into", &new)
    }

    fn write(&self, bytes: &[u8], hash: &Hash) -> Tried<()> {
        let new = self.0.join(NEW);
        let mut file = self.new_file()?;
        file.write_all(bytes).doing("write into", &new)?;
        // A crash up to here leaves a file in `new/`.
        file.as_file().sync_all().doing("bring to disk", &new)?;
        let place = self.place(hash);
        if let Some(around) = place.parent() {
            make(around).doing("make the folder", around)?;
        }
        plain_way(&self.0, &place)?;
        // One that is there already is damaged or the same.
        file.persist(&place)
            .map_err(|error| error.error)
            .doing("write", &place)?;
        // A crash up to here may leave the file in its place or none: nobody was told that it is kept.
        sync_up(&place, &self.0).doing("bring to disk", &place)
    }

    fn get_now(&self, hash: &Hash) -> Tried<Option<Bytes>> {
        let place = self.place(hash);
        plain_way(&self.0, &place)?;
        let mut file = match open_plain(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file.doing("read", &place)?,
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).doing("read", &place)?;
        if Hash::of(&bytes) != *hash {
            return Err(Error::Damaged {
                hash: *hash,
                place: self.0.display().to_string(),
            });
        }
        Ok(Some(bytes.into()))
    }

    fn has_now(&self, hash: &Hash) -> Tried<bool> {
        let place = self.place(hash);
        match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            found => Ok(found.doing("look at", &place)?.is_file()),
        }
    }

    fn list_now(&self, after: Option<Hash>, limit: usize) -> Tried<Vec<Hash>> {
        let after = after.map(|hash| hash.to_string()).unwrap_or_default();
        let mut found = Vec::new();
        for first in names(&self.0, after.get(..2))? {
            let outer = self.0.join(&first);
            let rest = after.strip_prefix(&first).and_then(|rest| rest.get(..2));
            for second in names(&outer, rest)? {
                let inner = outer.join(&second);
                for name in contents(&inner, &format!("{first}{second}"))? {
                    if found.len() >= limit {
                        return Ok(found);
                    }
                    if name.to_string() > after {
                        found.push(name);
                    }
                }
            }
        }
        Ok(found)
    }

    fn remove_now(&self, hash: &Hash) -> Tried<()> {
        let place = self.place(hash);
        gone(fs::remove_file(&place)).doing("remove", &place)?;
        match place.parent().map(sync) {
            Some(Err(error)) if error.kind() != ErrorKind::NotFound => {
                Err(error).doing("bring to disk", &place)
            }
            _ => Ok(()),
        }
    }

    fn check_now(&self) -> Tried<()> {
        const PROBE: &[u8] = b"a probe of the folder of files";
        let new = self.0.join(NEW);
        let mut file = self.new_file()?;
        file.write_all(PROBE).doing("write into", &new)?;
        file.as_file().sync_all().doing("bring to disk", &new)?;
        let read = fs::read(file.path()).doing("read", file.path())?;
        let path = file.path().to_owned();
        file.close().doing("remove", &path)?;
        names(&self.0, None)?;
        if read == PROBE {
            Ok(())
        } else {
            Err(Error::Untrue)
        }
    }
}

/// Off the async threads: a disk may take its time.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Tried<T> + Send + 'static) -> Tried<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Error::BrokenOff)?
}

#[async_trait]
impl Files for Folder {
    async fn put(&self, bytes: Bytes) -> Result<Hash, Error> {
        let folder = self.clone();
        apart(move || folder.put_now(&bytes)).await
    }

    async fn get(&self, hash: &Hash) -> Result<Option<Bytes>, Error> {
        let (folder, hash) = (self.clone(), *hash);
        apart(move || folder.get_now(&hash)).await
    }

    async fn has(&self, hash: &Hash) -> Result<bool, Error> {
        let (folder, hash) = (self.clone(), *hash);
        apart(move || folder.has_now(&hash)).await
    }

    async fn list(&self, after: Option<Hash>, limit: usize) -> Result<Vec<Hash>, Error> {
        let folder = self.clone();
        apart(move || folder.list_now(after, limit)).await
    }

    async fn remove(&self, hash: &Hash) -> Result<(), Error> {
        let (folder, hash) = (self.clone(), *hash);
        apart(move || folder.remove_now(&hash)).await
    }

    async fn check(&self) -> Result<(), Error> {
        let folder = self.clone();
        apart(move || folder.check_now()).await
    }
}
