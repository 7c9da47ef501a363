use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use comity_register::merkle::Frontier;
use comity_register::{
    ActId, Appended, Batch, CommandId, Commit, Head, Indexed, Record, Register, Run, Sealed,
    Stored, Stretches,
};
use futures_util::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnection, PgListener, PgPool, Postgres};
use sqlx::{Connection, Transaction};
use tokio::sync::{Mutex, watch};
use tokio::task::AbortHandle;
use tokio::time::timeout;

use crate::rows::{self, store};
use crate::servers::Servers;
use crate::{Addresses, Error, fill, migrations, pages};

type Answer<'a, T> = BoxFuture<'a, Result<T, comity_register::Error>>;

/// How long a server may be silent before it is taken for lost. A network that drops what is sent says nothing, and the
/// machine's own limits are counted in minutes.
const SILENCE: Duration = Duration::from_secs(4);
/// The same for preparing a batch: more than the wait for the lock, and more the more is in it.
const SILENCE_PREPARE: Duration = Duration::from_secs(6);
const PER_RECORD: Duration = Duration::from_millis(2);
/// The same for what takes longer by itself: reading a page.
const SILENCE_LONG: Duration = Duration::from_secs(15);
/// The same for a commit, which waits for the disk and for a synchronous standby.
const SILENCE_COMMIT: Duration = Duration::from_secs(10);
/// Between two tries to listen.
const RETRY: Duration = Duration::from_secs(1);
pub(crate) const CHANNEL: &str = "comity_register";
/// "CMTY" in ASCII, then 1: held by the transaction that appends. [`BEGIN_LOCKED`] has it in figures.
const WRITER_LOCK: i64 = 0x434d_5459_0001;

/// The register in PostgreSQL; any number of nodes may hold it.
#[derive(Debug)]
pub struct PostgresRegister {
    servers: Arc<Servers>,
    /// How often to look when nobody rings.
    poll: Duration,
    writer: Mutex<Writer>,
    /// Rings when the register may have grown.
    bell: watch::Sender<()>,
    listener: AbortHandle,
}

#[derive(Debug)]
struct Writer {
    /// The edge of the tree at some commit of the past; `catch_up` brings it to the present one.
    frontier: Frontier,
    /// The connection that the last batch went by, and the number of its server.
    connection: Option<(u64, PoolConnection<Postgres>)>,
}

impl Drop for PostgresRegister {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl PostgresRegister {
    /// Opens the register in the database at the address, or at that of several that takes writes, and makes or migrates
    /// the schema `comity` if need be.
    ///
    /// # Errors
    /// An address is wrong, nobody answers there, none takes writes, the server is too old, the schema is somebody
    /// else's or a later program's, or the leaves contradict the head.
    pub async fn connect(addresses: impl Into<Addresses>) -> Result<Self, Error> {
        let addresses = addresses.into();
        let (servers, mut connection) = Servers::find(&addresses).await?;
        migrations::migrate(&mut connection).await?;
        Self::caught_up(servers, connection, addresses.poll).await
    }

    /// Opens the register that is there, as it is: makes and migrates nothing. For whoever only looks, or copies.
    ///
    /// # Errors
    /// As [`connect`](Self::connect); and there is none, or it is of an earlier program.
    pub async fn open(addresses: impl Into<Addresses>) -> Result<Self, Error> {
        let addresses = addresses.into();
        let (servers, mut connection) = Servers::find(&addresses).await?;
        migrations::require(&mut connection).await?;
        Self::caught_up(servers, connection, addresses.poll).await
    }

    /// The same also if its leaves contradict its head, for whoever looks at that for himself: a replay, or
    /// [`verify`](comity_register::verify()), which says where. It takes no append while they do.
    ///
    /// # Errors
    /// As [`open`](Self::open), but for the leaves.
    pub async fn open_unchecked(addresses: impl Into<Addresses>) -> Result<Self, Error> {
        let addresses = addresses.into();
        let (servers, mut connection) = Servers::find(&addresses).await?;
        migrations::require(&mut connection).await?;
        close(connection).await?;
        Ok(Self::over(servers, addresses.poll, Frontier::new()))
    }

    /// Brings a register that is there to the version of this program, so that it can be served. Nodes that begin at once
    /// do it one after the other, and only the first has anything to do.
    ///
    /// # Errors
    /// As [`connect`](Self::connect); and there is none.
    pub async fn migrate(addresses: impl Into<Addresses>) -> Result<(), Error> {
        let (_, mut connection) = Servers::find(&addresses.into()).await?;
        match migrations::require(&mut connection).await {
            Err(Error::Older { .. }) => migrations::migrate(&mut connection).await?,
            other => other?,
        }
        close(connection).await
    }

    async fn caught_up(
        servers: Servers,
        mut connection: PgConnection,
        poll: Duration,
    ) -> Result<Self, Error> {
        let mut frontier = Frontier::new();
        let head = rows::head(&mut connection).await?;
        rows::catch_up(&mut connection, &mut frontier, head).await?;
        close(connection).await?;
        Ok(Self::over(servers, poll, frontier))
    }

    fn over(servers: Servers, poll: Duration, frontier: Frontier) -> Self {
        let servers = Arc::new(servers);
        let bell = watch::Sender::new(());
        let listening = listen(Arc::clone(&servers), bell.clone(), poll);
        let listener = tokio::spawn(listening).abort_handle();
        Self {
            servers,
            poll,
            writer: Mutex::new(Writer {
                frontier,
                connection: None,
            }),
            bell,
            listener,
        }
    }

    /// Does something on the server in use, and lets go of that server where it turns out to be gone.
    async fn on<T, Work>(
        &self,
        silence: Duration,
        doing: &'static str,
        work: impl FnOnce(PgPool) -> Work,
    ) -> Result<T, comity_register::Error>
    where
        Work: Future<Output = Result<T, comity_register::Error>>,
    {
        let (number, pool) = self.servers.pool().await?;
        self.watched(number, silence, doing, work(pool)).await
    }

    async fn watched<T>(
        &self,
        number: u64,
        silence: Duration,
        doing: &'static str,
        work: impl Future<Output = Result<T, comity_register::Error>>,
    ) -> Result<T, comity_register::Error> {
        let outcome = timeout(silence, work).await.unwrap_or_else(|_| {
            Err(comity_register::Error::Store {
                doing,
                source: silent(silence).into(),
            })
        });
        if outcome.as_ref().is_err_and(says_gone) {
            self.servers.lost(number);
        }
        outcome
    }

    async fn append_batch(&self, batch: &Batch) -> Result<Appended, comity_register::Error> {
        let mut writer = self.writer.lock().await;
        let Writer {
            frontier,
            connection,
        } = &mut *writer;
        let (number, pool) = self.servers.pool().await?;
        // Kept only if everything goes as it should.
        let kept = connection.take().filter(|(held, _)| *held == number);
        let mut held = match kept {
            Some((_, held)) => held,
            None => {
                self.watched(number, SILENCE, "begin to write", connect(&pool))
                    .await?
            }
        };
        let outcome = self
            .append_by(&mut held, number, &pool, batch, frontier)
            .await;
        if let Ok(Appended::Committed(_)) = outcome {
            self.bell.send_replace(());
        }
        if outcome.is_ok() {
            *connection = Some((number, held));
        }
        outcome
    }

    async fn append_by(
        &self,
        connection: &mut PgConnection,
        number: u64,
        pool: &PgPool,
        batch: &Batch,
        frontier: &mut Frontier,
    ) -> Result<Appended, comity_register::Error> {
        if let Ok(grown) = batch.grown(frontier)
            && self
                .append_at_once(connection, number, batch, &grown)
                .await?
        {
            let head = grown.head();
            *frontier = grown;
            return Ok(Appended::Committed(head));
        }
        let prepared = prepare(connection, pool, batch, frontier);
        let silence = SILENCE_PREPARE + longer_for(batch);
        let prepared = self.watched(number, silence, "prepare the batch", prepared);
        let (transaction, grown) = match prepared.await? {
            Prepared::Moved(head) => return Ok(Appended::Moved(head)),
            Prepared::Ready(transaction, grown) => (transaction, grown),
        };
        // A crash before this line leaves the register at `expected`: the server rolls back when the connection ends.
        // A crash within it, or a connection lost there, leaves either; so does a server that is silent for too long. A
        // crash after it leaves the whole batch, which nobody was told of: the command's id finds it.
        let committed = timeout(SILENCE_COMMIT, transaction.commit()).await;
        let committed = committed.unwrap_or_else(|_| Err(silent(SILENCE_COMMIT)));
        if let Err(source) = committed {
            self.servers.lost(number);
            return Err(comity_register::Error::OutcomeUnknown {
                source: source.into(),
            });
        }
        let head = grown.head();
        *frontier = grown;
        Ok(Appended::Committed(head))
    }

    /// Nearly always the register stands where this node left it, and nobody else writes. Then batch, condition and commit
    /// are one statement and one way to the server and back. False: nothing was done, and what there is to it has to be
    /// found out step by step.
    async fn append_at_once(
        &self,
        connection: &mut PgConnection,
        number: u64,
        batch: &Batch,
        grown: &Frontier,
    ) -> Result<bool, comity_register::Error> {
        let silence = SILENCE_COMMIT + longer_for(batch);
        // A crash of the server or a connection lost within it leaves either nothing or the whole batch, and so does a
        // server that is silent for too long; a crash of the node once it was sent leaves what the server makes of it. Nobody
        // was told of the batch before: the command's id finds it.
        let taken = rows::insert_batch_if_at(connection, batch, grown.head(), WRITER_LOCK);
        let taken = timeout(silence, taken).await;
        match taken.unwrap_or_else(|_| Err(silent(silence))) {
            Ok(taken) => Ok(taken),
            Err(sqlx::Error::Database(refused)) if refused.is_unique_violation() => Ok(false),
            Err(source) if is_rolled_back(&source) => {
                let error = store("insert the records")(source);
                if says_gone(&error) {
                    self.servers.lost(number);
                }
                Err(error)
            }
            Err(source) => {
                self.servers.lost(number);
                Err(comity_register::Error::OutcomeUnknown {
                    source: source.into(),
                })
            }
        }
    }
}

/// More time for more records.
fn longer_for(batch: &Batch) -> Duration {
    PER_RECORD * u32::try_from(batch.rows().len()).unwrap_or(u32::MAX)
}

/// Whether the server itself said that it refused a statement, and stays. What it says when it goes away is no answer.
fn is_rolled_back(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| !code.starts_with("08") && !code.starts_with("57P"))
}

/// A connection for writing, set up for it once.
async fn connect(pool: &PgPool) -> Result<PoolConnection<Postgres>, comity_register::Error> {
    let begin = store("begin to write");
    let mut connection = pool.acquire().await.map_err(begin)?;
    // It never goes back among those that read: where a lock was not had, its transaction is aborted and still open.
    connection.close_on_drop();
    sqlx::query(SETTINGS)
        .execute(&mut *connection)
        .await
        .map_err(store("set the connection up"))?;
    Ok(connection)
}

/// Everything of an append but its commit. Every return but `Ready` drops the transaction, which rolls it back.
async fn prepare<'c>(
    connection: &'c mut PgConnection,
    pool: &PgPool,
    batch: &Batch,
    frontier: &mut Frontier,
) -> Result<Prepared<'c>, comity_register::Error> {
    let mut transaction = connection
        .begin_with(BEGIN_LOCKED)
        .await
        .map_err(store("take the lock for writing"))?;
    let (head, last_at) = look(&mut transaction).await?;
    if head != batch.expected() {
        transaction
            .rollback()
            .await
            .map_err(store("roll a batch back that came too late"))?;
        return Ok(Prepared::Moved(head));
    }
    rows::catch_up(&mut transaction, frontier, head).await?;
    let grown = batch.grown(frontier)?;
    batch.follows(last_at.as_deref())?;
    let taken = rows::insert_batch_if_at(&mut *transaction, batch, grown.head(), WRITER_LOCK).await;
    match taken {
        Ok(true) => Ok(Prepared::Ready(transaction, grown)),
        Ok(false) => Err(comity_register::Error::Inconsistent {
            table: "commits",
            row: head.size,
            what: "it changed while the lock was held".to_owned(),
        }),
        Err(error) => Err(refused(transaction, pool, batch, error).await),
    }
}

/// Rolls a batch back that the tables did not take, and says why.
async fn refused(
    transaction: Transaction<'_, Postgres>,
    pool: &PgPool,
    batch: &Batch,
    error: sqlx::Error,
) -> comity_register::Error {
    if let Err(error) = transaction.rollback().await {
        return store("roll a refused batch back")(error);
    }
    why_refused(pool, batch, error)
        .await
        .unwrap_or_else(|error| error)
}

/// A batch on its way.
enum Prepared<'c> {
    Moved(Head),
    /// All of it is written and waits for its commit; the edge of the tree after it.
    Ready(Transaction<'c, Postgres>, Frontier),
}

/// Which record of a refused batch is in the register already, or the server's own words.
async fn why_refused(
    pool: &PgPool,
    batch: &Batch,
    error: sqlx::Error,
) -> Result<comity_register::Error, comity_register::Error> {
    let unique = error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation);
    let found = if unique {
        rows::duplicate(pool, batch.rows()).await?
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

/// One writer at a time, and a commit that is on disk when it returns, whatever the database is set to.
///
/// `remote_apply` is more than `on`, so it stays. A node that is cut off while it holds the lock must not hold the others
/// up until the server's machine notices. No statement is cut short: a commit whose wait for its standby is cancelled
/// answers as if the standby had it. What a transaction is by default is set for a statement that is one by itself.
const SETTINGS: &str = "SELECT set_config('lock_timeout', '4s', false),
        set_config('statement_timeout', '0', false),
        set_config('idle_in_transaction_session_timeout', '10s', false),
        set_config('default_transaction_isolation', 'read committed', false),
        set_config('default_transaction_read_only', 'off', false),
        set_config('synchronous_commit',
                   CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END,
                   false)";

/// The way of beginning is said in full, because a database may have other defaults. The statement after it begins when
/// the lock is held, and sees what was committed before it began.
const BEGIN_LOCKED: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(73999406661633)";

pub(crate) async fn lock(transaction: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query(SETTINGS).execute(&mut *transaction).await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(WRITER_LOCK)
        .execute(transaction)
        .await?;
    Ok(())
}

/// The head and the last instant, under the lock.
async fn look(
    transaction: &mut PgConnection,
) -> Result<(Head, Option<String>), comity_register::Error> {
    let row = sqlx::query(rows::LOOK)
        .fetch_optional(transaction)
        .await
        .map_err(store("read the last commit"))?;
    rows::looked(row.as_ref())
}

/// The server sends it when the transaction commits, and not at all if it does not.
pub(crate) async fn notify(transaction: &mut PgConnection, head: Head) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_notify($1, $2)")
        .bind(CHANNEL)
        .bind(head.size.to_string())
        .execute(transaction)
        .await?;
    Ok(())
}

/// Rings the bell at each notification, and when some may have been missed. A failure here only means polling.
async fn listen(servers: Arc<Servers>, bell: watch::Sender<()>, poll: Duration) {
    loop {
        if let Ok((number, pool)) = servers.pool().await {
            tokio::select! {
                () = hear(&pool, &bell) => {}
                () = servers.left(number) => {}
            }
        }
        tokio::time::sleep(poll.min(RETRY)).await;
    }
}

/// Listens until the connection cannot be had.
async fn hear(pool: &PgPool, bell: &watch::Sender<()>) {
    if let Ok(mut listener) = PgListener::connect_with(pool).await
        && listener.listen(CHANNEL).await.is_ok()
    {
        bell.send_replace(());
        while listener.try_recv().await.is_ok() {
            bell.send_replace(());
        }
    }
}

fn silent(silence: Duration) -> sqlx::Error {
    let what = format!("the server was silent for {} s", silence.as_secs());
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, what))
}

/// Whether an error says that the server is gone, or no longer the one that takes writes.
fn says_gone(error: &comity_register::Error) -> bool {
    let comity_register::Error::Store { source, .. } = error else {
        return false;
    };
    match source.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Database(error)) => error.code().is_some_and(|code| {
            // Connection exceptions; the server shuts down, crashed or starts; it takes no writes.
            code.starts_with("08") || code.starts_with("57P") || code == "25006"
        }),
        Some(
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed,
        ) => true,
        _ => false,
    }
}

pub(crate) async fn close(connection: PgConnection) -> Result<(), Error> {
    connection
        .close()
        .await
        .map_err(crate::error::database("close the first connection"))
}

impl Register for PostgresRegister {
    fn head(&self) -> Answer<'_, Head> {
        Box::pin(self.on(SILENCE, "read the last commit", async |pool| {
            rows::head(&pool).await
        }))
    }

    fn read(&self, from: u64, limit: usize) -> Answer<'_, Vec<Stored>> {
        Box::pin(
            self.on(SILENCE_LONG, "read the records", async move |pool| {
                pages::read(&pool, from, limit).await
            }),
        )
    }

    fn read_indexed(&self, from: u64, limit: usize) -> Answer<'_, Vec<Indexed>> {
        Box::pin(
            self.on(SILENCE_LONG, "read the records", async move |pool| {
                pages::read_indexed(&pool, from, limit).await
            }),
        )
    }

    fn read_run(&self, from: u64, limit: usize) -> Answer<'_, Run> {
        Box::pin(
            self.on(SILENCE_LONG, "read the records", async move |pool| {
                pages::read_run(&pool, from, limit).await
            }),
        )
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
            let (_, pool) = self.servers.pool().await?;
            writer.frontier = fill::fill(&pool, history).await?;
            self.bell.send_replace(());
            Ok(writer.frontier.head())
        })
    }

    fn by_command<'a>(&'a self, command: &'a CommandId) -> Answer<'a, Vec<Stored>> {
        Box::pin(self.on(SILENCE, "look a command up", async move |pool| {
            rows::by_command(&pool, command.as_str()).await
        }))
    }

    fn by_commands<'a>(&'a self, commands: &'a [CommandId]) -> Answer<'a, Vec<Vec<Stored>>> {
        Box::pin(self.on(SILENCE, "look commands up", async move |pool| {
            rows::by_commands(&pool, commands).await
        }))
    }

    fn by_act<'a>(&'a self, act: &'a ActId) -> Answer<'a, Option<Stored>> {
        Box::pin(self.on(SILENCE, "look an act up", async move |pool| {
            rows::by_act(&pool, &act.to_string()).await
        }))
    }

    fn commits(&self, from_size: u64, limit: usize) -> Answer<'_, Vec<Commit>> {
        Box::pin(
            self.on(SILENCE_LONG, "read the commits", async move |pool| {
                rows::commits(&pool, from_size, limit).await
            }),
        )
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
                let _ = timeout(self.poll, bell.changed()).await;
            }
        })
    }
}
