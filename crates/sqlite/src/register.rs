use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use comity_register::merkle::Frontier;
use comity_register::{
    ActId, Appended, Batch, CommandId, Commit, Head, Indexed, Record, Register, Run, Sealed,
    Stored, Stretches,
};
use futures_util::future::BoxFuture;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Mutex, watch};

use crate::rows::{self, Kind, store};
use crate::{Error, fill, migrations, pages};

type Answer<'a, T> = BoxFuture<'a, Result<T, comity_register::Error>>;

/// Connections for reading that are open at once: more would wait for a processor anyway.
pub(crate) const READERS_MAX: u32 = 4;
const BUSY: Duration = Duration::from_secs(5);
/// How soon an append by another process is seen; those of this one are announced.
const POLL: Duration = Duration::from_secs(1);
const SQLITE_NOTADB: &str = "26";

/// The register in one SQLite file, with one connection that writes and a few that read.
///
/// The write-ahead log is synced at each commit, so that a commit outlives the machine. Several processes may hold
/// the file: the compare-and-swap is inside the transaction.
#[derive(Debug)]
pub struct SqliteRegister {
    writer: Mutex<Writer>,
    readers: SqlitePool,
    /// The last head that this process committed.
    head: watch::Sender<Head>,
}

#[derive(Debug)]
pub(crate) struct Writer {
    pub(crate) connection: SqliteConnection,
    /// How to open another connection like it.
    options: SqliteConnectOptions,
    /// The disk took no changes: a connection opened meanwhile would never write again.
    renew: bool,
    /// A transaction was begun at once with its batch and may be open.
    unfinished: bool,
    /// The edge of the tree at some commit of the past; `catch_up` brings it to the present one.
    pub(crate) frontier: Frontier,
}

impl SqliteRegister {
    /// Makes a new register where there is no file yet.
    ///
    /// # Errors
    /// There is something at the path, or it cannot be written.
    pub async fn create(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        make_file(path)?;
        let mut connection = connect(path, &writing(path)).await?;
        // A crash before the migration leaves an empty file, which `open` refuses and an operator may remove.
        migrations::migrate(&mut connection, 0)
            .await
            .map_err(database("make the tables of", path))?;
        Self::start(connection, path).await
    }

    /// Opens a register that is there.
    ///
    /// # Errors
    /// There is no file, it is not a register, it was written by a later program, or its leaves contradict its head.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        Self::start(Self::recognised(path).await?, path).await
    }

    /// Opens a register also if its leaves contradict its head, for whoever looks at that for himself: a replay, or
    /// [`verify`](comity_register::verify()), which says where. It takes no append while they do.
    ///
    /// # Errors
    /// There is no file, it is not a register, or it was written by a later program.
    pub async fn open_unchecked(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let connection = Self::recognised(path).await?;
        Ok(Self::over(connection, path, Frontier::new(), Head::empty()))
    }

    /// Opens a register that does not wait for the disk: what it acknowledges may be gone after a power cut.
    ///
    /// For drills only, as the twin that must lose acts. No setting of the program leads here, and a test of the house
    /// sees to it that no crate but the drills names it.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    #[doc(hidden)]
    pub async fn open_unsafely_without_sync(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let mut connection = Self::recognised(path).await?;
        sqlx::query("PRAGMA synchronous = OFF")
            .execute(&mut connection)
            .await
            .map_err(database("switch the syncs off in", path))?;
        Self::start(connection, path).await
    }

    async fn recognised(path: &Path) -> Result<SqliteConnection, Error> {
        if !path.exists() {
            return Err(Error::Missing {
                path: path.to_owned(),
            });
        }
        let version =
            migrations::recognise(path, migrations::APPLICATION_ID, migrations::KNOWN).await?;
        let mut connection = connect(path, &writing(path)).await?;
        migrations::migrate(&mut connection, version)
            .await
            .map_err(database("migrate", path))?;
        Ok(connection)
    }

    pub(crate) async fn start(
        mut connection: SqliteConnection,
        path: &Path,
    ) -> Result<Self, Error> {
        let mut frontier = Frontier::new();
        let head = rows::head(&mut connection).await?;
        rows::catch_up(&mut connection, &mut frontier, head).await?;
        Ok(Self::over(connection, path, frontier, head))
    }

    fn over(connection: SqliteConnection, path: &Path, frontier: Frontier, head: Head) -> Self {
        let reading = plain(path).read_only(true);
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            // A file does not go away between two questions.
            .test_before_acquire(false)
            .connect_lazy_with(reading);
        Self {
            writer: Mutex::new(Writer {
                connection,
                options: writing(path),
                renew: false,
                unfinished: false,
                frontier,
            }),
            readers,
            head: watch::Sender::new(head),
        }
    }

    /// Closes every connection, so that the file is all there is.
    pub(crate) async fn close(self) -> Result<(), sqlx::Error> {
        self.readers.close().await;
        self.writer.into_inner().connection.close().await
    }

    fn announce(&self, head: Head) {
        self.head.send_if_modified(|last| {
            let grew = head.size > last.size;
            if grew {
                *last = head;
            }
            grew
        });
    }

    async fn append_batch(&self, batch: &Batch) -> Result<Appended, comity_register::Error> {
        let mut writer = self.writer.lock().await;
        writer.ready().await?;
        let appended = writer.append(batch).await;
        match &appended {
            Ok(Appended::Committed(head)) => self.announce(*head),
            Err(comity_register::Error::ReadOnly { .. }) => writer.renew = true,
            Ok(Appended::Moved(_)) | Err(_) => {}
        }
        appended
    }
}

impl Writer {
    /// Sees to it that the connection can write and that no transaction is open. SQLite ends one by itself when a commit
    /// finds no room or cannot be written; the driver then goes on counting it, and would refuse every other until the
    /// program is restarted.
    async fn ready(&mut self) -> Result<(), comity_register::Error> {
        if self.unfinished {
            // There is none where the commit was what failed.
            let _ = sqlx::raw_sql("ROLLBACK")
                .execute(&mut self.connection)
                .await;
            self.unfinished = false;
        }
        if !self.renew && !self.connection.is_in_transaction() {
            return Ok(());
        }
        // The roll-back of the transaction before may only be on its way: it comes before this answer.
        let _ = self.connection.ping().await;
        if self.renew || self.connection.is_in_transaction() {
            let opened = self.options.connect().await;
            self.connection = opened.map_err(store("open the file again"))?;
            self.renew = false;
        }
        Ok(())
    }

    /// Nearly always the register stands where this process left it: then its tables are told so and the batch at once,
    /// and they take it only if it is true. Whatever else comes of it is found out step by step.
    async fn append(&mut self, batch: &Batch) -> Result<Appended, comity_register::Error> {
        if let Ok(grown) = batch.grown(&self.frontier)
            && let Some(appended) = self.append_at_once(batch, grown).await?
        {
            return Ok(appended);
        }
        self.ready().await?;
        self.append_by_steps(batch).await
    }

    /// `None` where the batch was not taken, whatever the reason.
    async fn append_at_once(
        &mut self,
        batch: &Batch,
        grown: Frontier,
    ) -> Result<Option<Appended>, comity_register::Error> {
        let head = grown.head();
        self.unfinished = true;
        // What a crash within it leaves is what it leaves in `append_by_steps`: the batch is there whole or not at all.
        let done = rows::append_if_at(&mut self.connection, batch, head).await;
        if let Err(source) = done {
            return match Kind::of(&source) {
                Kind::Refused => Ok(None),
                // Nobody says which statement failed: it may have been the commit.
                _ => Err(commit_failed(&self.options, source)),
            };
        }
        self.unfinished = false;
        self.frontier = grown;
        Ok(Some(Appended::Committed(head)))
    }

    async fn append_by_steps(&mut self, batch: &Batch) -> Result<Appended, comity_register::Error> {
        let Self {
            connection,
            options,
            frontier,
            ..
        } = self;
        // Every return before the commit drops the transaction, which rolls it back.
        let mut transaction = connection
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(store("begin to write"))?;
        let head = rows::head(&mut *transaction).await?;
        if head != batch.expected() {
            return Ok(Appended::Moved(head));
        }
        rows::catch_up(&mut transaction, frontier, head).await?;
        let grown = batch.grown(frontier)?;
        batch.follows(rows::last_at(&mut *transaction).await?.as_deref())?;
        for (row, record) in batch.rows().iter().zip(batch.records()) {
            if let Err(error) = rows::insert_record(&mut *transaction, row).await {
                return Err(duplicate(&mut transaction, row, record)
                    .await?
                    .unwrap_or(error));
            }
        }
        rows::insert_commit(&mut *transaction, grown.head()).await?;
        // A crash before this line leaves the register at `expected`: what is in the log without its end is dropped
        // when the file is next opened. A crash within it leaves either. A crash after it leaves the whole batch,
        // which nobody was told of: the command's id finds it.
        if let Err(source) = transaction.commit().await {
            return Err(commit_failed(options, source));
        }
        let head = grown.head();
        *frontier = grown;
        Ok(Appended::Committed(head))
    }
}

/// What a commit that failed leaves. Where a write found no room or did not happen, the end of the batch was never in the
/// log, so that nothing was committed; after any other failure, that of a sync for one, it may have been.
fn commit_failed(options: &SqliteConnectOptions, source: sqlx::Error) -> comity_register::Error {
    match Kind::of(&source) {
        Kind::NoRoom | Kind::ReadOnly => store("commit")(source),
        Kind::Unwritten if is_read_only(options.get_filename()) => {
            comity_register::Error::ReadOnly {
                doing: "commit",
                source: source.into(),
            }
        }
        Kind::Unwritten | Kind::Refused => store("commit")(source),
        Kind::Other => comity_register::Error::OutcomeUnknown {
            source: source.into(),
        },
    }
}

/// Whether the disk was mounted read-only under us. Asked of the log and not of the file itself: closing a second handle
/// of that one would give up the locks that SQLite holds on it.
fn is_read_only(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::OpenOptions::new()
        .write(true)
        .open(log)
        .is_err_and(|error| error.kind() == io::ErrorKind::ReadOnlyFilesystem)
}

/// Which of the two unique columns refused the record, if either did.
async fn duplicate(
    connection: &mut SqliteConnection,
    row: &Indexed,
    record: &Record,
) -> Result<Option<comity_register::Error>, comity_register::Error> {
    if rows::by_act(&mut *connection, &row.index.act)
        .await?
        .is_some()
    {
        return Ok(Some(comity_register::Error::DuplicateAct {
            act: record.act,
        }));
    }
    if rows::has_ordinal(connection, &row.index).await? {
        let (command, ordinal) = (record.command.clone(), record.ordinal);
        return Ok(Some(comity_register::Error::DuplicateOrdinal {
            command,
            ordinal,
        }));
    }
    Ok(None)
}

impl Register for SqliteRegister {
    fn head(&self) -> Answer<'_, Head> {
        Box::pin(rows::head(&self.readers))
    }

    fn read(&self, from: u64, limit: usize) -> Answer<'_, Vec<Stored>> {
        Box::pin(pages::read(&self.readers, from, limit))
    }

    fn read_indexed(&self, from: u64, limit: usize) -> Answer<'_, Vec<Indexed>> {
        Box::pin(pages::read_indexed(&self.readers, from, limit))
    }

    fn read_run(&self, from: u64, limit: usize) -> Answer<'_, Run> {
        Box::pin(pages::read_run(&self.readers, from, limit))
    }

    fn take_edge<'a>(&'a self, edge: &'a Frontier) -> BoxFuture<'a, ()> {
        Box::pin(async move { self.writer.lock().await.frontier = edge.clone() })
    }

    fn append_sealed(&self, expected: Head, records: Vec<Sealed>) -> Answer<'_, Appended> {
        Box::pin(async move { self.append_batch(&Batch::new(expected, records)?).await })
    }

    fn fill<'a>(&'a self, history: &'a mut dyn Stretches) -> Answer<'a, Head> {
        Box::pin(async move {
            let mut writer = self.writer.lock().await;
            writer.ready().await?;
            let head = fill::fill(&mut writer, history).await?;
            self.announce(head);
            Ok(head)
        })
    }

    fn by_command<'a>(&'a self, command: &'a CommandId) -> Answer<'a, Vec<Stored>> {
        Box::pin(rows::by_command(&self.readers, command.as_str()))
    }

    fn by_commands<'a>(&'a self, commands: &'a [CommandId]) -> Answer<'a, Vec<Vec<Stored>>> {
        Box::pin(rows::by_commands(&self.readers, commands))
    }

    fn by_act<'a>(&'a self, act: &'a ActId) -> Answer<'a, Option<Stored>> {
        Box::pin(async move { rows::by_act(&self.readers, &act.to_string()).await })
    }

    fn commits(&self, from_size: u64, limit: usize) -> Answer<'_, Vec<Commit>> {
        Box::pin(rows::commits(&self.readers, from_size, limit))
    }

    fn grown_past(&self, size: u64) -> Answer<'_, Head> {
        Box::pin(async move {
            let mut announced = self.head.subscribe();
            loop {
                let head = self.head().await?;
                if head.size > size {
                    return Ok(head);
                }
                // Late or never are both in order here: the loop looks for itself.
                let _ =
                    tokio::time::timeout(POLL, announced.wait_for(|head| head.size > size)).await;
            }
        })
    }
}

pub(crate) fn plain(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .busy_timeout(BUSY)
        .disable_statement_logging()
}

fn writing(path: &Path) -> SqliteConnectOptions {
    plain(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
}

pub(crate) async fn connect(
    path: &Path,
    options: &SqliteConnectOptions,
) -> Result<SqliteConnection, Error> {
    options.connect().await.map_err(database("open", path))
}

pub(crate) fn database(doing: &'static str, path: &Path) -> impl FnOnce(sqlx::Error) -> Error {
    let path = path.to_owned();
    move |source| match &source {
        sqlx::Error::Database(error) if error.code().as_deref() == Some(SQLITE_NOTADB) => {
            Error::NotADatabase { path }
        }
        _ => Error::Database {
            doing,
            path,
            source,
        },
    }
}

/// Makes an empty file that was not there, and makes its name outlive a crash.
pub(crate) fn make_file(path: &Path) -> Result<(), Error> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists {
            path: path.to_owned(),
        },
        _ => Error::File {
            path: path.to_owned(),
            source,
        },
    };
    std::fs::File::create_new(path).map_err(failed)?;
    sync_folder(path).map_err(failed)
}

/// Makes the names in the folder of a file outlive a crash.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
    std::fs::File::open(folder).and_then(|folder| folder.sync_all())
}

#[cfg(test)]
mod tests {
    use comity_register::conformance::record;

    use super::*;

    /// SQLite ends a transaction by itself when its commit finds no room; the driver goes on counting it.
    #[tokio::test]
    async fn a_transaction_that_sqlite_ended_by_itself_does_not_stop_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let register = SqliteRegister::create(folder.path().join("register.sqlite"))
            .await
            .unwrap();
        let mut writer = register.writer.lock().await;
        let mut transaction = writer
            .connection
            .begin_with("BEGIN IMMEDIATE")
            .await
            .unwrap();
        sqlx::raw_sql("ROLLBACK")
            .execute(&mut *transaction)
            .await
            .unwrap();
        drop(transaction);
        drop(writer);
        let appended = register.append(Head::empty(), vec![record("a", 0)]).await;
        assert!(matches!(appended.unwrap(), Appended::Committed(_)));
    }
}
