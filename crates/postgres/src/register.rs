use std::time::Duration;

use comity_register::merkle::Frontier;
use comity_register::{
    ActId, Appended, Batch, CommandId, Commit, Head, Indexed, Record, Register, Stored,
};
use futures_util::future::BoxFuture;
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgListener, PgPool, PgPoolOptions};
use tokio::sync::{Mutex, watch};
use tokio::task::AbortHandle;

use crate::rows::{self, store};
use crate::{Error, connect, migrations};

type Answer<'a, T> = BoxFuture<'a, Result<T, comity_register::Error>>;

const CONNECTIONS_MAX: u32 = 8;
const PATIENCE: Duration = Duration::from_secs(10);
/// How soon an append is seen when no notification comes: after a lost connection, or through a pooler.
const POLL: Duration = Duration::from_secs(1);
const CHANNEL: &str = "comity_register";
/// "CMTY" in ASCII, then 1: held by the transaction that appends.
const WRITER_LOCK: i64 = 0x434d_5459_0001;

/// The register in PostgreSQL; any number of nodes may hold it.
#[derive(Debug)]
pub struct PostgresRegister {
    pool: PgPool,
    /// The edge of the tree at some commit of the past; `catch_up` brings it to the present one.
    frontier: Mutex<Frontier>,
    /// Rings when the register may have grown.
    bell: watch::Sender<()>,
    listener: AbortHandle,
}

impl Drop for PostgresRegister {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl PostgresRegister {
    /// Opens the register in the database at `url`, and makes or migrates the schema `comity` if need be.
    ///
    /// # Errors
    /// The address is wrong, nobody answers there, the server is too old, the schema is somebody else's or a later
    /// program's, or the leaves contradict the head.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        let options = connect::options(url)?;
        let mut connection = connect::connect(&options).await?;
        migrations::migrate(&mut connection).await?;
        let mut frontier = Frontier::new();
        let head = rows::head(&mut connection).await?;
        rows::catch_up(&mut connection, &mut frontier, head).await?;
        close(connection).await?;
        Ok(Self::over(options, frontier))
    }

    /// Opens the register also if its leaves contradict its head, so that [`verify`](comity_register::verify()) can
    /// say where. It takes no append while they do.
    ///
    /// # Errors
    /// As [`connect`](Self::connect), but for the leaves.
    pub async fn connect_unchecked(url: &str) -> Result<Self, Error> {
        let options = connect::options(url)?;
        let mut connection = connect::connect(&options).await?;
        migrations::migrate(&mut connection).await?;
        close(connection).await?;
        Ok(Self::over(options, Frontier::new()))
    }

    fn over(options: PgConnectOptions, frontier: Frontier) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .acquire_timeout(PATIENCE);
        let pool = pool.connect_lazy_with(options);
        let bell = watch::Sender::new(());
        let listener = tokio::spawn(listen(pool.clone(), bell.clone())).abort_handle();
        Self {
            pool,
            frontier: Mutex::new(frontier),
            bell,
            listener,
        }
    }

    async fn append_batch(&self, batch: &Batch) -> Result<Appended, comity_register::Error> {
        let mut frontier = self.frontier.lock().await;
        // Said in full, because a database may have other defaults. Every return before the commit drops the
        // transaction, which rolls it back.
        let begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
        let mut transaction = self
            .pool
            .begin_with(begin)
            .await
            .map_err(store("begin to write"))?;
        lock(&mut transaction)
            .await
            .map_err(store("take the lock for writing"))?;
        let head = rows::head(&mut *transaction).await?;
        if head != batch.expected() {
            return Ok(Appended::Moved(head));
        }
        rows::catch_up(&mut transaction, &mut frontier, head).await?;
        let grown = batch.grown(&frontier)?;
        batch.follows(rows::last_at(&mut *transaction).await?.as_deref())?;
        if let Err(error) = rows::insert_records(&mut *transaction, batch.rows()).await {
            transaction
                .rollback()
                .await
                .map_err(store("roll a refused batch back"))?;
            return Err(self.why_refused(batch, error).await?);
        }
        let head = grown.head();
        rows::insert_commit(&mut *transaction, head).await?;
        notify(&mut transaction, head)
            .await
            .map_err(store("notify the other nodes"))?;
        // A crash before this line leaves the register at `expected`: the server rolls back when the connection ends.
        // A crash within it, or a connection lost there, leaves either. A crash after it leaves the whole batch, which
        // nobody was told of: the command's id finds it.
        transaction
            .commit()
            .await
            .map_err(|source| comity_register::Error::OutcomeUnknown {
                source: source.into(),
            })?;
        *frontier = grown;
        self.bell.send_replace(());
        Ok(Appended::Committed(head))
    }

    /// Which record of a refused batch is in the register already, or the server's own words.
    async fn why_refused(
        &self,
        batch: &Batch,
        error: sqlx::Error,
    ) -> Result<comity_register::Error, comity_register::Error> {
        let unique = error
            .as_database_error()
            .is_some_and(sqlx::error::DatabaseError::is_unique_violation);
        let found = if unique {
            rows::duplicate(&self.pool, batch.rows()).await?
        } else {
            None
        };
        let Some((act, command, ordinal)) = found else {
            return Ok(store("insert the records")(error));
        };
        let of_act = batch
            .records()
            .iter()
            .find(|record| record.act.to_string() == act);
        let of_ordinal = || {
            let same = |record: &&Record| {
                record.command.as_str() == command && i64::from(record.ordinal) == ordinal
            };
            batch.records().iter().find(same)
        };
        Ok(match (of_act, of_ordinal()) {
            (Some(record), _) => comity_register::Error::DuplicateAct { act: record.act },
            (None, Some(record)) => {
                let (command, ordinal) = (record.command.clone(), record.ordinal);
                comity_register::Error::DuplicateOrdinal { command, ordinal }
            }
            (None, None) => store("insert the records")(error),
        })
    }
}

/// One writer at a time, and a commit that is on disk when it returns, whatever the database is set to.
async fn lock(transaction: &mut PgConnection) -> Result<(), sqlx::Error> {
    // `remote_apply` is more than `on`, so it stays.
    sqlx::query(
        "SELECT set_config('lock_timeout', '10s', true),
                set_config('synchronous_commit',
                           CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END,
                           true)",
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(WRITER_LOCK)
        .execute(transaction)
        .await?;
    Ok(())
}

/// The server sends it when the transaction commits, and not at all if it does not.
async fn notify(transaction: &mut PgConnection, head: Head) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_notify($1, $2)")
        .bind(CHANNEL)
        .bind(head.size.to_string())
        .execute(transaction)
        .await?;
    Ok(())
}

/// Rings the bell at each notification, and when some may have been missed. A failure here only means polling.
async fn listen(pool: PgPool, bell: watch::Sender<()>) {
    loop {
        if let Ok(mut listener) = PgListener::connect_with(&pool).await
            && listener.listen(CHANNEL).await.is_ok()
        {
            bell.send_replace(());
            while listener.try_recv().await.is_ok() {
                bell.send_replace(());
            }
        }
        tokio::time::sleep(POLL).await;
    }
}

async fn close(connection: PgConnection) -> Result<(), Error> {
    connection
        .close()
        .await
        .map_err(crate::error::database("close the first connection"))
}

impl Register for PostgresRegister {
    fn head(&self) -> Answer<'_, Head> {
        Box::pin(rows::head(&self.pool))
    }

    fn read(&self, from: u64, limit: usize) -> Answer<'_, Vec<Stored>> {
        Box::pin(rows::read(&self.pool, from, limit))
    }

    fn read_indexed(&self, from: u64, limit: usize) -> Answer<'_, Vec<Indexed>> {
        Box::pin(rows::read_indexed(&self.pool, from, limit))
    }

    fn append(&self, expected: Head, records: Vec<Record>) -> Answer<'_, Appended> {
        Box::pin(async move { self.append_batch(&Batch::new(expected, records)?).await })
    }

    fn by_command<'a>(&'a self, command: &'a CommandId) -> Answer<'a, Vec<Stored>> {
        Box::pin(rows::by_command(&self.pool, command.as_str()))
    }

    fn by_act<'a>(&'a self, act: &'a ActId) -> Answer<'a, Option<Stored>> {
        Box::pin(async move { rows::by_act(&self.pool, &act.to_string()).await })
    }

    fn commits(&self, from_size: u64, limit: usize) -> Answer<'_, Vec<Commit>> {
        Box::pin(rows::commits(&self.pool, from_size, limit))
    }

    fn grown_past(&self, size: u64) -> Answer<'_, Head> {
        Box::pin(async move {
            // Before the first look, so that an append between the two is heard.
            let mut bell = self.bell.subscribe();
            loop {
                let head = self.head().await?;
                if head.size > size {
                    return Ok(head);
                }
                // Late or never are both in order here: the loop looks for itself.
                let _ = tokio::time::timeout(POLL, bell.changed()).await;
            }
        })
    }
}
