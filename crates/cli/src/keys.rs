//! The folder of signing keys: files outside the database, the same on every node, in no backup.

use std::fs::{DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;
use comity_register::{SigningKey, VerifierKey};
use comity_registrar::{Chance, Keyring, Registrar, SystemChance};

use crate::failure::Failure;
use crate::loading;

const PREFIX: &str = "checkpoint-";
const SUFFIX: &str = ".key";

/// The file of the key that seals the seeds of second factors.
const SECOND_FACTOR: &str = "second-factor.key";

/// A folder that holds a file for each key, `checkpoint-<id>.key`.
#[derive(Debug, Clone)]
pub struct KeyFolder(PathBuf);

/// A file of that folder.
#[derive(Debug)]
pub struct KeyFile {
    pub name: String,
    /// Absent where the file cannot be read as a key.
    pub key: Option<SigningKey>,
    /// Others than its owner may read it.
    pub open_to_others: bool,
}

impl KeyFolder {
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Makes the folder if it is not there, for its owner alone.
    pub fn prepare(&self) -> Result<(), Failure> {
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.0)
            .and_then(|()| self.0.parent().map_or(Ok(()), sync));
        made.with_context(|| format!("cannot make the folder `{}`", self.0.display()))
            .map_err(|error| {
                Failure::hinted(
                    error,
                    Some("choose a folder that you may write with `--keys`"),
                )
            })?;
        rustix::fs::access(&self.0, rustix::fs::Access::WRITE_OK)
            .with_context(|| format!("cannot write the folder `{}`", self.0.display()))
            .map_err(|error| {
                Failure::hinted(error, Some("give the program's user the right to write it"))
            })
    }

    /// Keeps a key. When this returns the file is on disk under its name, whole; a crash before leaves at most a file of
    /// another name, which nobody reads.
    fn keep(&self, key: &SigningKey) -> Result<(), Failure> {
        let path = self.0.join(file_name(key.verifier()));
        self.write(&path, key.secret_text().as_ref())
            .with_context(|| format!("cannot write the key `{}`", path.display()))
            .map_err(|error| {
                Failure::hinted(
                    error,
                    Some("nothing was adopted; see to the folder of `--keys` and try again"),
                )
            })
    }

    /// The key that seals the seeds of second factors, if it is there.
    pub fn second_factor(&self) -> Option<[u8; 32]> {
        let text = std::fs::read_to_string(self.second_factor_file()).ok()?;
        hex::decode(text.trim_end()).ok()?.try_into().ok()
    }

    pub fn second_factor_file(&self) -> PathBuf {
        self.0.join(SECOND_FACTOR)
    }

    /// Makes that key where there is none. On several nodes the folder is the same: of two that make one, one stays.
    pub fn make_second_factor(&self) -> Result<(), Failure> {
        let path = self.second_factor_file();
        if path.exists() {
            return Ok(());
        }
        let secret = [SystemChance.bytes(), SystemChance.bytes()].concat();
        match self.write(&path, &hex::encode(secret)) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                let error = anyhow::Error::new(error);
                let what = format!("cannot write the key `{}`", path.display());
                let help = "see to the folder of `--keys` and try again";
                Err(Failure::hinted(error.context(what), Some(help)))
            }
            _ => Ok(()),
        }
    }

    fn write(&self, path: &Path, secret: &str) -> std::io::Result<()> {
        // Temporary files are made for their owner alone, and keep that when they get their name.
        let mut file = tempfile::Builder::new()
            .prefix(".new-")
            .tempfile_in(&self.0)?;
        writeln!(file, "{secret}")?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path)?;
        sync(&self.0)
    }

    /// The files of keys, in the order of their names; none where there is no folder.
    pub fn files(&self) -> Vec<KeyFile> {
        let Ok(entries) = std::fs::read_dir(&self.0) else {
            return Vec::new();
        };
        let mut files: Vec<KeyFile> = entries
            .filter_map(|entry| entry.ok().and_then(|entry| read(&entry.path())))
            .collect();
        files.sort_by(|left, right| left.name.cmp(&right.name));
        files
    }
}

impl Keyring for KeyFolder {
    fn keys(&self) -> Vec<SigningKey> {
        self.files()
            .into_iter()
            .filter_map(|file| file.key)
            .collect()
    }
}

/// Under which name a key is kept.
pub fn file_name(key: &VerifierKey) -> String {
    format!("{PREFIX}{}{SUFFIX}", key.id())
}

fn read(path: &Path) -> Option<KeyFile> {
    let name = path.file_name()?.to_str()?.to_owned();
    if !name.starts_with(PREFIX) || !name.ends_with(SUFFIX) {
        return None;
    }
    let open_to_others = is_open_to_others(path);
    let text = std::fs::read_to_string(path).unwrap_or_default();
    Some(KeyFile {
        key: text.trim_end().parse().ok(),
        open_to_others,
        name,
    })
}

/// Whether others than its owner may read or write a file.
pub fn is_open_to_others(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

/// Makes the entries of a folder durable.
fn sync(folder: &Path) -> std::io::Result<()> {
    let here = Path::new(".");
    let folder = if folder.as_os_str().is_empty() {
        here
    } else {
        folder
    };
    File::open(folder)?.sync_all()
}

/// A new key in the name of the register.
fn fresh(registrar: &Registrar) -> Result<SigningKey, Failure> {
    let checkpoint = registrar
        .live_checkpoint()
        .context("the register has no name yet")?;
    let mut seed = [0; 32];
    seed[..16].copy_from_slice(&SystemChance.bytes());
    seed[16..].copy_from_slice(&SystemChance.bytes());
    let key = SigningKey::from_seed(checkpoint.origin(), &seed);
    Ok(key.context("the name of the register cannot name a key")?)
}

/// Makes a key, keeps it, and then has the register adopt it.
pub async fn renew(registrar: &Registrar, folder: &KeyFolder) -> Result<VerifierKey, Failure> {
    let key = fresh(registrar)?;
    folder.keep(&key)?;
    // A crash here leaves a file of a key that no act adopts: harmless, and `comity keys` says so. The other order
    // would leave a register whose key nobody has.
    loading::adopt_key(registrar, key.verifier()).await?;
    Ok(key.verifier().clone())
}

/// A key for a demonstration, which is kept nowhere.
pub async fn of_demonstration(registrar: &Registrar) -> Result<Vec<SigningKey>, Failure> {
    let key = fresh(registrar)?;
    loading::adopt_key(registrar, key.verifier()).await?;
    Ok(vec![key])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed("example/register/x", &[seed; 32]).unwrap()
    }

    #[test]
    fn what_is_kept_is_read_again_and_is_for_its_owner_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = KeyFolder::new(place.path().join("keys"));
        assert!(folder.files().is_empty(), "no folder, no keys");
        folder.prepare().unwrap();
        folder.prepare().unwrap();
        folder.keep(&key(1)).unwrap();
        folder.keep(&key(2)).unwrap();
        assert!(
            matches!(folder.keep(&key(1)), Err(Failure::Failed { .. })),
            "no file is written twice"
        );
        let mode = std::fs::metadata(folder.path())
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
        let files = folder.files();
        assert_eq!(files.len(), 2, "and nothing else is left there");
        assert!(files.iter().all(|file| !file.open_to_others));
        let mut ids: Vec<_> = folder
            .keys()
            .iter()
            .map(|key| key.verifier().id())
            .collect();
        ids.sort();
        let mut wanted = [1, 2].map(|seed| key(seed).verifier().id());
        wanted.sort();
        assert_eq!(ids, wanted);
    }

    #[test]
    fn the_key_of_second_factors_is_made_once_and_is_no_signing_key() {
        let place = tempfile::tempdir().unwrap();
        let folder = KeyFolder::new(place.path().to_owned());
        assert_eq!(folder.second_factor(), None);
        folder.make_second_factor().unwrap();
        let key = folder.second_factor().unwrap();
        folder.make_second_factor().unwrap();
        assert_eq!(folder.second_factor(), Some(key));
        assert!(folder.files().is_empty());
        let path = place.path().join(SECOND_FACTOR);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
        std::fs::write(path, "a letter").unwrap();
        assert_eq!(folder.second_factor(), None);
    }

    #[test]
    fn a_file_that_is_no_key_and_one_that_others_may_read_are_told() {
        let place = tempfile::tempdir().unwrap();
        let folder = KeyFolder::new(place.path().to_owned());
        folder.keep(&key(1)).unwrap();
        let path = place.path().join(file_name(key(1).verifier()));
        let open = std::fs::Permissions::from_mode(0o640);
        std::fs::set_permissions(&path, open).unwrap();
        std::fs::write(place.path().join("checkpoint-ffffffff.key"), "a letter").unwrap();
        std::fs::write(place.path().join("notes.txt"), "not asked for").unwrap();
        let told: Vec<_> = folder
            .files()
            .iter()
            .map(|file| (file.key.is_some(), file.open_to_others))
            .collect();
        assert_eq!(told.len(), 2);
        assert!(told.contains(&(true, true)));
        assert!(told.iter().any(|(key, _)| !key));
    }
}
