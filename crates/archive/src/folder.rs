//! Files that are hashed while they are written, and folders that come into being whole.

use std::fs::{DirBuilder, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use comity_register::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;

/// Large enough that a system call carries some hundred records.
const BUFFER_BYTES: usize = 1 << 18;

/// A file as a manifest tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its path below the folder, with `/`.
    pub name: String,
    pub bytes: u64,
    pub sha256: Hash,
}

pub(crate) fn failed<'a>(doing: &'static str, path: &'a Path) -> impl Fn(io::Error) -> Error + 'a {
    move |source| Error::File {
        doing,
        path: path.to_owned(),
        source,
    }
}

/// Makes a file, or empties it, for its owner alone: an archive holds closed acts, and names and addresses of people.
pub(crate) fn create(path: &Path) -> Result<File, Error> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path).map_err(failed("make", path))
}

/// Makes a folder with those above it, for its owner alone; one that is there keeps its rights.
pub(crate) fn make(path: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(path).map_err(failed("make", path))
}

/// Removes what is in a folder.
pub(crate) fn empty(path: &Path) -> Result<(), Error> {
    for entry in std::fs::read_dir(path).map_err(failed("read", path))? {
        let entry = entry.map_err(failed("read", path))?;
        let inner = entry.path();
        let is_folder = entry.file_type().map_err(failed("read", &inner))?.is_dir();
        let removed = if is_folder {
            std::fs::remove_dir_all(&inner)
        } else {
            std::fs::remove_file(&inner)
        };
        removed.map_err(failed("remove", &inner))?;
    }
    Ok(())
}

/// Takes the rights of others away from what is there.
pub(crate) fn close(path: &Path, mode: u32) -> Result<(), Error> {
    let rights = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(path, rights).map_err(failed("close to others", path))
}

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct Hashed {
    path: PathBuf,
    file: BufWriter<File>,
    bytes: u64,
    state: Sha256,
}

impl Hashed {
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let file = create(path)?;
        Ok(Self {
            path: path.to_owned(),
            file: BufWriter::with_capacity(BUFFER_BYTES, file),
            bytes: 0,
            state: Sha256::new(),
        })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.state.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file
            .write_all(bytes)
            .map_err(failed("write", &self.path))
    }

    /// The content is on disk when this returns; the file's name is when its folder is synced.
    pub(crate) fn finish(self, name: &str) -> Result<FileEntry, Error> {
        let Self {
            path,
            file,
            bytes,
            state,
        } = self;
        let file = file
            .into_inner()
            .map_err(|error| failed("write", &path)(error.into_error()))?;
        file.sync_all().map_err(failed("sync", &path))?;
        Ok(FileEntry {
            name: name.to_owned(),
            bytes,
            sha256: Hash::from_bytes(state.finalize().into()),
        })
    }
}

/// Writes a file whole, with the folders above it.
pub(crate) fn write(folder: &Path, name: &str, content: &[u8]) -> Result<FileEntry, Error> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        make(parent)?;
    }
    let mut file = Hashed::create(&path)?;
    file.write(content)?;
    file.finish(name)
}

/// Makes the names in a folder outlive a crash.
pub(crate) fn sync(folder: &Path) -> Result<(), Error> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed("sync", folder))
}

/// Puts a file in the place of another, so that whoever looks sees the one or the other, whole.
pub(crate) fn replace(folder: &Path, name: &str, content: &[u8]) -> Result<(), Error> {
    let new = format!("{name}.new");
    write(folder, &new, content)?;
    let (from, to) = (folder.join(new), folder.join(name));
    std::fs::rename(&from, &to).map_err(failed("replace", &to))?;
    sync(folder)
}

/// That the file is there with the bytes that the manifest says.
pub(crate) fn check(
    folder: &Path,
    entry: &FileEntry,
    mut read: impl FnMut(u64),
) -> Result<(), Error> {
    let path = folder.join(&entry.name);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::FileMissing { path });
        }
        Err(source) => return Err(failed("read", &path)(source)),
    };
    let found = file.metadata().map_err(failed("read", &path))?.len();
    if found != entry.bytes {
        let (expected, found) = (entry.bytes.to_string(), found.to_string());
        return Err(Error::FileChanged {
            path,
            what: "length in bytes",
            expected,
            found,
        });
    }
    let (mut file, mut state) = (BufReader::with_capacity(0, file), Sha256::new());
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let length = file.read(&mut buffer).map_err(failed("read", &path))?;
        if length == 0 {
            break;
        }
        state.update(&buffer[..length]);
        read(length as u64);
    }
    let found = Hash::from_bytes(state.finalize().into());
    if found != entry.sha256 {
        let (expected, found) = (entry.sha256.to_string(), found.to_string());
        return Err(Error::FileChanged {
            path,
            what: "SHA-256",
            expected,
            found,
        });
    }
    Ok(())
}

/// Every file below a folder, by its path with `/`, sorted.
pub(crate) fn files(folder: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    walk(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, above: &str, found: &mut Vec<String>) -> Result<(), Error> {
    for entry in std::fs::read_dir(folder).map_err(failed("read", folder))? {
        let entry = entry.map_err(failed("read", folder))?;
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        // A link is no file of ours, whatever it leads to: it is told as one that is not in the manifest.
        if entry.file_type().map_err(failed("read", folder))?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}
