//! A whole history at once: into a register that is empty, or into a file that becomes one.

use std::path::{Path, PathBuf};

use comity_register::{Filling, Head, Step, Stretch, Stretches};
use sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use crate::register::{Writer, database, make_file, plain, sync_folder};
use crate::rows::{self, store};
use crate::{Error, SqliteRegister, migrations};

/// Pages of the indexes are written in no order; what does not fit here is written again and again. In KiB.
const FILLING_CACHE: &str = "PRAGMA cache_size = -262144";
const USUAL_CACHE: &str = "PRAGMA cache_size = -2000";

/// The whole of a history in one transaction.
pub(crate) async fn fill(
    writer: &mut Writer,
    history: &mut dyn Stretches,
) -> Result<Head, comity_register::Error> {
    pragma(&mut writer.connection, FILLING_CACHE).await?;
    let filled = fill_within(writer, history).await;
    // What went wrong before is of more interest than a cache that stays large.
    let usual = pragma(&mut writer.connection, USUAL_CACHE).await;
    let head = filled?;
    usual.map(|()| head)
}

async fn pragma(
    connection: &mut SqliteConnection,
    statement: &'static str,
) -> Result<(), comity_register::Error> {
    sqlx::query(statement)
        .execute(connection)
        .await
        .map_err(store("set the cache"))?;
    Ok(())
}

async fn fill_within(
    writer: &mut Writer,
    history: &mut dyn Stretches,
) -> Result<Head, comity_register::Error> {
    // Every return before the commit drops the transaction, which rolls it back.
    let mut transaction = writer
        .connection
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(store("begin to write"))?;
    let head = rows::head(&mut *transaction).await?;
    if head.size > 0 {
        return Err(comity_register::Error::NotEmpty { head });
    }
    let mut filling = Filling::new();
    while let Some(stretch) = history.next().await? {
        filling.take(&stretch)?;
        insert(&mut transaction, &stretch).await?;
    }
    let frontier = filling.end()?;
    // A crash before this line leaves the register empty; after it, whole.
    transaction
        .commit()
        .await
        .map_err(|source| comity_register::Error::OutcomeUnknown {
            source: source.into(),
        })?;
    writer.frontier = frontier;
    Ok(writer.frontier.head())
}

/// In the order of the history, which is the only one that the tables take.
async fn insert(
    transaction: &mut SqliteConnection,
    stretch: &Stretch,
) -> Result<(), comity_register::Error> {
    for step in stretch.steps() {
        match step {
            Step::Commit(commit) => rows::insert_commit(&mut *transaction, commit).await?,
            Step::Record(row) => {
                if let Err(error) = rows::insert_record(&mut *transaction, row).await {
                    if rows::by_act(&mut *transaction, &row.index.act)
                        .await?
                        .is_some()
                    {
                        return Err(row.index.act_known());
                    }
                    if rows::has_ordinal(&mut *transaction, &row.index).await? {
                        return Err(row.index.ordinal_known());
                    }
                    return Err(error);
                }
            }
        }
    }
    Ok(())
}

/// A register that does not exist yet: a file beside its place, without the cost of being safe at each step. It takes
/// its place whole, by [`finish`](Self::finish), or never.
#[derive(Debug)]
pub struct UnfinishedRegister {
    register: SqliteRegister,
    unfinished: PathBuf,
    place: PathBuf,
}

impl UnfinishedRegister {
    /// Begins a register for `place`, where nothing may be. What a crash left of an earlier beginning is removed.
    ///
    /// # Errors
    /// There is something at the place, or the folder cannot be written.
    pub async fn begin(place: impl AsRef<Path>) -> Result<Self, Error> {
        let place = place.as_ref().to_owned();
        if place.exists() {
            return Err(Error::Exists { path: place });
        }
        let mut unfinished = place.clone().into_os_string();
        unfinished.push(".unfinished");
        let unfinished = PathBuf::from(unfinished);
        match std::fs::remove_file(&unfinished) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::File {
                    path: unfinished,
                    source,
                });
            }
            _ => {}
        }
        make_file(&unfinished)?;
        let options = plain(&unfinished)
            .journal_mode(SqliteJournalMode::Memory)
            .synchronous(SqliteSynchronous::Off);
        let mut connection = options
            .connect()
            .await
            .map_err(database("open", &unfinished))?;
        migrations::migrate(&mut connection, 0)
            .await
            .map_err(database("make the tables of", &unfinished))?;
        let register = SqliteRegister::start(connection, &unfinished).await?;
        Ok(Self {
            register,
            unfinished,
            place,
        })
    }

    /// The register as it grows.
    pub fn register(&self) -> &SqliteRegister {
        &self.register
    }

    /// Puts the register in its place, durably.
    ///
    /// # Errors
    /// The disk fails, or something came to the place meanwhile.
    pub async fn finish(self) -> Result<(), Error> {
        let Self {
            register,
            unfinished,
            place,
        } = self;
        register
            .close()
            .await
            .map_err(database("close", &unfinished))?;
        let failed = |source| Error::File {
            path: unfinished.clone(),
            source,
        };
        std::fs::File::open(&unfinished)
            .and_then(|file| file.sync_all())
            .map_err(failed)?;
        if place.exists() {
            return Err(Error::Exists { path: place });
        }
        // A crash before this leaves a file that nobody opens; after it, the whole register.
        std::fs::rename(&unfinished, &place).map_err(failed)?;
        sync_folder(&place).map_err(failed)
    }

    /// Removes what there is of it.
    pub async fn give_up(self) {
        let Self {
            register,
            unfinished,
            ..
        } = self;
        // Either may fail without harm: the next beginning removes the file.
        let _ = register.close().await;
        let _ = std::fs::remove_file(unfinished);
    }
}
