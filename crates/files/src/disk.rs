//! What a folder of files asks of a disk, and what it says when that fails.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;

use crate::{Error, Hash};

/// What was being done, where, and what came in between.
pub(crate) type Tried<T> = Result<T, Error>;

pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Tried<T>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Tried<T> {
        self.map_err(|source| Error::Folder {
            doing,
            path: path.display().to_string(),
            source,
        })
    }
}

/// Refuses a link on the way: it leads to where nothing was put.
pub(crate) fn plain_way(root: &Path, place: &Path) -> Tried<()> {
    let way = place.ancestors().skip(1).take_while(|step| *step != root);
    for step in way {
        if fs::symlink_metadata(step).is_ok_and(|seen| seen.is_symlink()) {
            let error = io::Error::new(ErrorKind::InvalidData, "it is a link");
            return Err(error).doing("go through", step);
        }
    }
    Ok(())
}

pub(crate) fn make(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Opens a file and nothing else: what a link leads to was never put here. Between the look and the opening somebody could
/// still put a link, so what was opened must be what was looked at.
pub(crate) fn open_plain(path: &Path) -> io::Result<File> {
    let seen = fs::symlink_metadata(path)?;
    if !seen.is_file() {
        return Err(io::Error::new(
            ErrorKind::InvalidData,
            "it is no plain file",
        ));
    }
    let file = File::open(path)?;
    let opened = file.metadata()?;
    if (seen.dev(), seen.ino()) != (opened.dev(), opened.ino()) {
        return Err(io::Error::new(
            ErrorKind::InvalidData,
            "it was changed meanwhile",
        ));
    }
    Ok(file)
}

pub(crate) fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Brings the folders between a file and the root to disk, the root's own entries included.
pub(crate) fn sync_up(place: &Path, root: &Path) -> io::Result<()> {
    for around in place.ancestors().skip(1) {
        sync(around)?;
        if around == root {
            break;
        }
    }
    Ok(())
}

pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// The folders of two digits in here, in order, not before `from`.
pub(crate) fn names(folder: &Path, from: Option<&str>) -> Tried<Vec<String>> {
    let digits = |name: &String| name.len() == 2 && hex::decode(name).is_ok();
    let from = from.unwrap_or_default();
    let mut names: Vec<String> = listed(folder)?
        .into_iter()
        .filter(|(name, kind)| kind.is_dir() && digits(name) && name.as_str() >= from)
        .map(|(name, _)| name)
        .collect();
    names.sort();
    Ok(names)
}

/// The files in here whose name is a hash that belongs here, in order.
pub(crate) fn contents(folder: &Path, begins: &str) -> Tried<Vec<Hash>> {
    let mut hashes: Vec<Hash> = listed(folder)?
        .into_iter()
        .filter(|(name, kind)| kind.is_file() && name.starts_with(begins))
        .filter_map(|(name, _)| name.parse().ok())
        .collect();
    hashes.sort();
    Ok(hashes)
}

fn listed(folder: &Path) -> Tried<Vec<(String, fs::FileType)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).doing("list the folder", folder)? {
        let entry = entry.doing("list the folder", folder)?;
        let kind = entry.file_type().doing("look at", &entry.path())?;
        if let Ok(name) = entry.file_name().into_string() {
            entries.push((name, kind));
        }
    }
    Ok(entries)
}
