//! Which database keeps the register. No other file names one.

use std::fs::{DirBuilder, File, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use comity_directory::Directory;
use comity_postgres::{PostgresDirectory, PostgresRegister};
use comity_register::{Head, Register};
use comity_sqlite::{SqliteDirectory, SqliteRegister, UnfinishedRegister};

use crate::configuration::Place;
use crate::failure::Failure;

/// The register's file in a data folder.
const REGISTER_FILE: &str = "register.sqlite";

/// The directory's file in a data folder.
const DIRECTORY_FILE: &str = "directory.sqlite";

pub fn register_file(folder: &Path) -> PathBuf {
    folder.join(REGISTER_FILE)
}

/// Opens a register that is there, as it is.
pub async fn open(place: &Place) -> Result<Arc<dyn Register>, Failure> {
    match place {
        Place::Folder(folder) => {
            let register = SqliteRegister::open(register_file(folder)).await;
            Ok(Arc::new(register.map_err(|error| missing(error, folder))?))
        }
        Place::Database(urls) => {
            let register = PostgresRegister::open(urls.as_slice()).await;
            Ok(Arc::new(register.map_err(remote)?))
        }
    }
}

/// Opens a register to serve it: one of an earlier program is brought to the version of this one.
pub async fn open_to_serve(place: &Place) -> Result<Arc<dyn Register>, Failure> {
    if let Place::Database(urls) = place {
        let migrated = PostgresRegister::migrate(urls.as_slice()).await;
        migrated.map_err(remote)?;
    }
    open_unchecked(place).await
}

fn remote(error: comity_postgres::Error) -> Failure {
    let hint = error.hint().map(str::to_owned);
    Failure::hinted(error, hint)
}

/// Opens a register for whoever looks himself whether it holds together: a replay, or `verify`, which names what does
/// not.
pub async fn open_unchecked(place: &Place) -> Result<Arc<dyn Register>, Failure> {
    match place {
        Place::Folder(folder) => {
            let register = SqliteRegister::open_unchecked(register_file(folder)).await;
            let register = register.map_err(|error| missing(error, folder))?;
            Ok(Arc::new(register))
        }
        Place::Database(urls) => {
            let register = PostgresRegister::open_unchecked(urls.as_slice()).await;
            Ok(Arc::new(register.map_err(remote)?))
        }
    }
}

fn missing(error: comity_sqlite::Error, folder: &Path) -> Failure {
    let hint = match &error {
        comity_sqlite::Error::Missing { .. } => Some(format!(
            "make it with `comity init --data {}`",
            folder.display()
        )),
        other => other.hint().map(str::to_owned),
    };
    Failure::hinted(error, hint)
}

/// Makes a register where there is none.
pub async fn create(place: &Place) -> Result<Arc<dyn Register>, Failure> {
    match place {
        Place::Folder(folder) => {
            make_folder(folder)?;
            let register = SqliteRegister::create(register_file(folder))
                .await
                .map_err(|error| {
                    let hint = match &error {
                        comity_sqlite::Error::Exists { .. } => Some(format!(
                            "serve it with `comity serve --data {}`",
                            folder.display()
                        )),
                        other => other.hint().map(str::to_owned),
                    };
                    Failure::hinted(error, hint)
                })?;
            Ok(Arc::new(register))
        }
        Place::Database(urls) => Ok(Arc::new(connect(urls).await?)),
    }
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    // For its owner alone: it holds closed acts, and names and addresses.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))
        .map_err(|error| Failure::hinted(error, Some("choose a folder that you may write")))
}

async fn connect(urls: &[String]) -> Result<PostgresRegister, Failure> {
    PostgresRegister::connect(urls).await.map_err(remote)
}

/// A place that holds no act yet, to be filled whole.
pub enum Vacant {
    /// A file that takes its place when it is finished, and the folder, which no other command fills as long as it is held.
    File {
        unfinished: Box<UnfinishedRegister>,
        _held: File,
    },
    /// A register that is there and empty; it is filled in one transaction.
    Empty(Arc<dyn Register>),
}

/// Opens a place to fill it: nothing is there, or a register without an act.
pub async fn vacant(place: &Place) -> Result<Vacant, Failure> {
    if let Place::Folder(folder) = place
        && !register_file(folder).exists()
    {
        make_folder(folder)?;
        let held = held(folder)?;
        let unfinished = UnfinishedRegister::begin(register_file(folder)).await;
        let unfinished = unfinished.map_err(|error| missing(error, folder))?;
        return Ok(Vacant::File {
            unfinished: Box::new(unfinished),
            _held: held,
        });
    }
    let register: Arc<dyn Register> = match place {
        Place::Folder(_) => open(place).await?,
        Place::Database(urls) => Arc::new(connect(urls).await?),
    };
    vacant_or_refused(place).await?;
    Ok(Vacant::Empty(register))
}

/// Holds a folder against other commands that would fill it too.
fn held(folder: &Path) -> Result<File, Failure> {
    let opened = File::open(folder).context("the folder cannot be opened")?;
    match opened.try_lock() {
        Ok(()) => Ok(opened),
        Err(TryLockError::WouldBlock) => {
            let error = anyhow::anyhow!("another command is filling `{}`", folder.display());
            Err(Failure::hinted(error, Some("wait until it is done")))
        }
        Err(TryLockError::Error(error)) => {
            let error = anyhow::Error::new(error).context("the folder cannot be locked");
            Err(error.into())
        }
    }
}

/// Whether a place certainly holds no act. Where that cannot be told, it may.
pub async fn holds_nothing(place: &Place) -> bool {
    if let Place::Folder(folder) = place
        && !register_file(folder).exists()
    {
        return true;
    }
    match open_unchecked(place).await {
        Ok(register) => register.head().await.is_ok_and(|head| head.size == 0),
        Err(_) => false,
    }
}

/// Refuses a place that holds acts already, before anything else is written for it.
pub async fn vacant_or_refused(place: &Place) -> Result<(), Failure> {
    let register: Arc<dyn Register> = match place {
        Place::Folder(folder) if !register_file(folder).exists() => return Ok(()),
        Place::Folder(_) => open_unchecked(place).await?,
        // One that is not there yet is made.
        Place::Database(urls) => Arc::new(connect(urls).await?),
    };
    let head = register.head().await.map_err(crate::archives::register)?;
    if head.size == 0 {
        return Ok(());
    }
    Err(crate::archives::register(
        comity_register::Error::NotEmpty { head },
    ))
}

/// How often it is asked, once a second, what became of a filling whose end was not heard.
const ASKED_AFTER: u32 = 30;

impl Vacant {
    /// Whether the register was filled after all, to the head that was expected or to any.
    pub async fn holds(&self, expected: Option<Head>) -> bool {
        for _ in 0..ASKED_AFTER {
            if let Ok(head) = self.register().head().await {
                return head.size > 0 && expected.is_none_or(|expected| expected == head);
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        false
    }

    pub fn register(&self) -> &dyn Register {
        match self {
            Self::File { unfinished, .. } => unfinished.register(),
            Self::Empty(register) => register.as_ref(),
        }
    }

    /// What was filled is now the register of the place.
    pub async fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Empty(_) => Ok(()),
            Self::File { unfinished, .. } => unfinished.finish().await.map_err(|error| {
                let hint = error.hint();
                Failure::hinted(error, hint)
            }),
        }
    }

    /// Leaves nothing, where that is still possible.
    pub async fn give_up(self) {
        if let Self::File { unfinished, .. } = self {
            unfinished.give_up().await;
        }
    }
}

/// The directory of a place to write to it, if it has one; one of an earlier program is brought to the version of this one.
pub async fn directory_to_write(place: &Place) -> Result<Option<Arc<dyn Directory>>, Failure> {
    match place {
        Place::Folder(folder) if !folder.join(DIRECTORY_FILE).exists() => Ok(None),
        Place::Folder(_) | Place::Database(_) => directory_made(place).await.map(Some),
    }
}

/// The directory of a place as it is, if it has one.
pub async fn directory(place: &Place) -> Result<Option<Arc<dyn Directory>>, Failure> {
    match place {
        Place::Folder(folder) if !folder.join(DIRECTORY_FILE).exists() => Ok(None),
        Place::Folder(folder) => {
            let directory = SqliteDirectory::open_as_it_is(folder.join(DIRECTORY_FILE)).await;
            Ok(Some(Arc::new(directory.map_err(|error| {
                let hint = error.hint();
                Failure::hinted(error, hint)
            })?)))
        }
        Place::Database(urls) => {
            let directory = PostgresDirectory::open(urls.as_slice()).await;
            Ok(Some(Arc::new(directory.map_err(remote)?)))
        }
    }
}

/// The directory of a place, made if it has none.
pub async fn directory_made(place: &Place) -> Result<Arc<dyn Directory>, Failure> {
    match place {
        Place::Folder(folder) => {
            make_folder(folder)?;
            let path = folder.join(DIRECTORY_FILE);
            let opened = match SqliteDirectory::create(&path).await {
                // It was there, or another process was first.
                Err(comity_sqlite::Error::Exists { .. }) => SqliteDirectory::open(path).await,
                made => made,
            };
            Ok(Arc::new(opened.map_err(|error| {
                let hint = error.hint();
                Failure::hinted(error, hint)
            })?))
        }
        Place::Database(urls) => {
            let connected = PostgresDirectory::connect(urls.as_slice()).await;
            Ok(Arc::new(connected.map_err(remote)?))
        }
    }
}
