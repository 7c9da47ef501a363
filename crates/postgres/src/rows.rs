//! The statements, and how a row becomes what the port speaks of.

use std::collections::BTreeMap;

use comity_register::merkle::Frontier;
use comity_register::{Batch, CommandId, Commit, Error, Hash, Head, Index, Indexed, Row, Stored};
use sqlx::postgres::{PgArguments, PgConnection, PgRow, Postgres};
use sqlx::query::Query;
use sqlx::{FromRow, PgExecutor};

use crate::pages;
use crate::register::CHANNEL;

const LEAVES_PAGE: i64 = 10_000;

type IndexedRow = (i64, Vec<u8>, String, String, i64, String, String, Vec<u8>);

/// A failure that wrote nothing, by its kind.
pub fn store(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Error {
    move |source| {
        let code = source
            .as_database_error()
            .and_then(|error| error.code().map(std::borrow::Cow::into_owned));
        let source = source.into();
        match code.as_deref() {
            // disk_full
            Some("53100") => Error::NoRoom { doing, source },
            // read_only_sql_transaction
            Some("25006") => Error::ReadOnly { doing, source },
            Some(_) | None => Error::Store { doing, source },
        }
    }
}

/// PostgreSQL counts in signed integers; past them there is nothing to find.
pub fn signed(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// From 0 on means from the first row on: what somebody put below position 0 is read too, and refused as it is.
pub fn lowest(from: u64) -> i64 {
    if from == 0 { i64::MIN } else { signed(from) }
}

pub fn unsigned(table: &'static str, number: i64) -> Result<u64, Error> {
    u64::try_from(number).map_err(|_| Error::Inconsistent {
        table,
        row: 0,
        what: format!("its key is {number}"),
    })
}

pub async fn head(executor: impl PgExecutor<'_>) -> Result<Head, Error> {
    let last: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT size, root FROM comity.commits ORDER BY size DESC LIMIT 1")
            .fetch_optional(executor)
            .await
            .map_err(store("read the last commit"))?;
    last.map_or_else(|| Ok(Head::empty()), commit)
}

pub fn commit((size, root): (i64, Vec<u8>)) -> Result<Commit, Error> {
    let size = unsigned("commits", size)?;
    let root = Hash::try_from(root.as_slice()).map_err(|error| Error::Inconsistent {
        table: "commits",
        row: size,
        what: error.to_string(),
    })?;
    Ok(Commit { size, root })
}

pub async fn commits(
    executor: impl PgExecutor<'_>,
    from_size: u64,
    limit: usize,
) -> Result<Vec<Commit>, Error> {
    sqlx::query_as("SELECT size, root FROM comity.commits WHERE size >= $1 ORDER BY size LIMIT $2")
        .bind(lowest(from_size))
        .bind(signed(limit))
        .fetch_all(executor)
        .await
        .map_err(store("read the commits"))?
        .into_iter()
        .map(commit)
        .collect()
}

pub fn stored((position, blob): (i64, Vec<u8>)) -> Result<Stored, Error> {
    Ok(Stored {
        position: unsigned("records", position)?,
        blob,
    })
}

pub async fn read(
    executor: impl PgExecutor<'_>,
    from: u64,
    limit: usize,
) -> Result<Vec<Stored>, Error> {
    sqlx::query_as(
        "SELECT position, blob FROM comity.records WHERE position >= $1 ORDER BY position LIMIT $2",
    )
    .bind(signed(from))
    .bind(signed(limit))
    .fetch_all(executor)
    .await
    .map_err(store("read the records"))?
    .into_iter()
    .map(stored)
    .collect()
}

pub async fn read_indexed(
    executor: impl PgExecutor<'_>,
    from: u64,
    limit: usize,
) -> Result<Vec<Indexed>, Error> {
    let rows: Vec<IndexedRow> = sqlx::query_as(
        "SELECT position, blob, act, command, ordinal, at, kind, leaf FROM comity.records
         WHERE position >= $1 ORDER BY position LIMIT $2",
    )
    .bind(lowest(from))
    .bind(signed(limit))
    .fetch_all(executor)
    .await
    .map_err(store("read the records"))?;
    rows.into_iter()
        .map(|(position, blob, act, command, ordinal, at, kind, leaf)| {
            let index = Index {
                act,
                command,
                ordinal,
                at,
                kind,
                leaf,
            };
            Ok(Indexed {
                stored: stored((position, blob))?,
                index,
            })
        })
        .collect()
}

pub async fn by_command(
    executor: impl PgExecutor<'_>,
    command: &str,
) -> Result<Vec<Stored>, Error> {
    sqlx::query_as("SELECT position, blob FROM comity.records WHERE command = $1 ORDER BY ordinal")
        .bind(command)
        .fetch_all(executor)
        .await
        .map_err(store("look a command up"))?
        .into_iter()
        .map(stored)
        .collect()
}

pub async fn by_commands(
    executor: impl PgExecutor<'_>,
    commands: &[CommandId],
) -> Result<Vec<Vec<Stored>>, Error> {
    if commands.is_empty() {
        return Ok(Vec::new());
    }
    let asked: Vec<&str> = commands.iter().map(CommandId::as_str).collect();
    let found: Vec<(String, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT command, position, blob FROM comity.records
         WHERE command = ANY ($1) ORDER BY command, ordinal",
    )
    .bind(asked)
    .fetch_all(executor)
    .await
    .map_err(store("look commands up"))?;
    let mut made: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    for (command, position, blob) in found {
        made.entry(command)
            .or_default()
            .push(stored((position, blob))?);
    }
    let of = |command: &CommandId| made.get(command.as_str()).cloned().unwrap_or_default();
    Ok(commands.iter().map(of).collect())
}

pub async fn by_act(executor: impl PgExecutor<'_>, act: &str) -> Result<Option<Stored>, Error> {
    sqlx::query_as("SELECT position, blob FROM comity.records WHERE act = $1")
        .bind(act)
        .fetch_optional(executor)
        .await
        .map_err(store("look an act up"))?
        .map(stored)
        .transpose()
}

/// The last commit and the last instant, in one row also of a register that is empty.
pub const LOOK: &str = "SELECT (SELECT size FROM comity.commits ORDER BY size DESC LIMIT 1),
        (SELECT root FROM comity.commits ORDER BY size DESC LIMIT 1),
        (SELECT at FROM comity.records ORDER BY position DESC LIMIT 1)";

/// What the row of [`LOOK`] says.
pub fn looked(row: Option<&PgRow>) -> Result<(Head, Option<String>), Error> {
    let row = row
        .ok_or(sqlx::Error::RowNotFound)
        .and_then(<(Option<i64>, Option<Vec<u8>>, Option<String>)>::from_row);
    let (size, root, last_at) = row.map_err(store("read the last commit"))?;
    let head = match size.zip(root) {
        Some(last) => commit(last)?,
        None => Head::empty(),
    };
    Ok((head, last_at))
}

/// An act of these that is in the register already, or a command with its ordinal.
pub async fn duplicate(
    executor: impl PgExecutor<'_>,
    rows: &[Row],
) -> Result<Option<(String, String, i64)>, Error> {
    let (acts, commands, ordinals) = (
        rows.iter()
            .map(|row| row.index.act.as_str())
            .collect::<Vec<_>>(),
        rows.iter()
            .map(|row| row.index.command.as_str())
            .collect::<Vec<_>>(),
        rows.iter().map(|row| row.index.ordinal).collect::<Vec<_>>(),
    );
    sqlx::query_as(
        "SELECT act, command, ordinal FROM comity.records
         WHERE act = ANY ($1) OR (command, ordinal) IN (SELECT * FROM unnest($2::text[], $3::bigint[]))
         ORDER BY position LIMIT 1",
    )
    .bind(acts)
    .bind(commands)
    .bind(ordinals)
    .fetch_optional(executor)
    .await
    .map_err(store("look for duplicates"))
}

/// The records of a batch, its commit, and the word of it to the other nodes, which the server sends when the
/// transaction commits. In one statement: a round trip for each would make a batch wait for the network a thousand times.
///
/// Nothing of it is done, and the answer is false, where the register does not stand where the batch says, its last record
/// is later than the batch, or somebody else holds the lock of whoever appends. Whoever had it a moment ago may have
/// appended what the statement does not see: then a key is taken, and that is the server's error. Instants are texts of
/// one width, so that their order is that of time.
pub async fn insert_batch_if_at(
    executor: impl PgExecutor<'_>,
    batch: &Batch,
    head: Head,
    lock: i64,
) -> Result<bool, sqlx::Error> {
    let statement = "WITH here AS MATERIALIZED (
             SELECT FROM (SELECT (SELECT size FROM comity.commits ORDER BY size DESC LIMIT 1) AS size,
                                 (SELECT root FROM comity.commits ORDER BY size DESC LIMIT 1) AS root,
                                 (SELECT at FROM comity.records ORDER BY position DESC LIMIT 1) AS at) AS last
             WHERE size IS NOT DISTINCT FROM $12::bigint AND root IS NOT DISTINCT FROM $13::bytea
                 AND coalesce(at, '') <= $14::text AND pg_try_advisory_xact_lock($15)),
         batch AS (
             INSERT INTO comity.records (position, act, command, ordinal, at, kind, leaf, blob)
             SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[],
                                  $7::bytea[], $8::bytea[]) WHERE EXISTS (SELECT FROM here)),
         ending AS (INSERT INTO comity.commits (size, root)
             SELECT $9::bigint, $10::bytea WHERE EXISTS (SELECT FROM here) RETURNING size)
         SELECT pg_notify($11, size::text) FROM ending";
    let expected = batch.expected();
    let some = expected.size > 0;
    let told = bind(sqlx::query(statement), batch.rows())
        .bind(signed(head.size))
        .bind(head.root.as_bytes().as_slice())
        .bind(CHANNEL)
        .bind(some.then(|| signed(expected.size)))
        .bind(some.then(|| expected.root.as_bytes().to_vec()))
        .bind(batch.rows()[0].index.at.as_str())
        .bind(lock)
        .fetch_optional(executor)
        .await?;
    Ok(told.is_some())
}

/// All records in one statement.
pub async fn insert_records(
    executor: impl PgExecutor<'_>,
    rows: &[Row],
) -> Result<(), sqlx::Error> {
    let statement = "INSERT INTO comity.records (position, act, command, ordinal, at, kind, leaf, blob)
         SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[],
                              $7::bytea[], $8::bytea[])";
    bind(sqlx::query(statement), rows).execute(executor).await?;
    Ok(())
}

type Statement<'q> = Query<'q, Postgres, PgArguments>;

/// Binds the columns of the records as the first eight parameters.
fn bind<'q>(statement: Statement<'q>, rows: &'q [Row]) -> Statement<'q> {
    fn column<'q, T>(rows: &'q [Row], column: impl Fn(&'q Row) -> T) -> Vec<T> {
        rows.iter().map(column).collect()
    }
    statement
        .bind(column(rows, |row| signed(row.stored.position)))
        .bind(column(rows, |row| row.index.act.as_str()))
        .bind(column(rows, |row| row.index.command.as_str()))
        .bind(column(rows, |row| row.index.ordinal))
        .bind(column(rows, |row| row.index.at.as_str()))
        .bind(column(rows, |row| row.index.kind.as_str()))
        .bind(column(rows, |row| row.index.leaf.as_slice()))
        .bind(column(rows, |row| row.stored.blob.as_slice()))
}

pub async fn insert_commits(
    executor: impl PgExecutor<'_>,
    commits: &[Commit],
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO comity.commits (size, root) SELECT * FROM unnest($1::bigint[], $2::bytea[])",
    )
    .bind(
        commits
            .iter()
            .map(|commit| signed(commit.size))
            .collect::<Vec<_>>(),
    )
    .bind(
        commits
            .iter()
            .map(|commit| commit.root.as_bytes().as_slice())
            .collect::<Vec<_>>(),
    )
    .execute(executor)
    .await
    .map_err(store("insert the commits"))?;
    Ok(())
}

pub async fn leaves(
    connection: &mut PgConnection,
    from: u64,
    below: u64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    sqlx::query_as(
        "SELECT position, leaf FROM comity.records
         WHERE position >= $1 AND position < $2 ORDER BY position LIMIT $3",
    )
    .bind(signed(from))
    .bind(signed(below))
    .bind(limit)
    .fetch_all(connection)
    .await
    .map_err(store("read the leaves"))
}

/// Brings the edge of the tree to the head, reading only the leaves that it does not have.
pub async fn catch_up(
    connection: &mut PgConnection,
    frontier: &mut Frontier,
    head: Head,
) -> Result<(), Error> {
    if frontier.size() > head.size {
        // The database was put back to an earlier state under us.
        *frontier = Frontier::new();
    }
    while frontier.size() < head.size {
        let leaves = pages::leaves(connection, frontier.size(), head.size, LEAVES_PAGE).await?;
        let missing = |row| Error::Inconsistent {
            table: "records",
            row,
            what: "it is missing".to_owned(),
        };
        if leaves.is_empty() {
            return Err(missing(frontier.size()));
        }
        for (position, leaf) in leaves {
            let row = frontier.size();
            if unsigned("records", position)? != row {
                return Err(missing(row));
            }
            let leaf = Hash::try_from(leaf.as_slice());
            frontier.push(leaf.map_err(|error| Error::Inconsistent {
                table: "records",
                row,
                what: error.to_string(),
            })?);
        }
    }
    if frontier.head() != head {
        let what = format!(
            "its root is not the one that the leaves give, {}",
            frontier.root()
        );
        return Err(Error::Inconsistent {
            table: "commits",
            row: head.size,
            what,
        });
    }
    Ok(())
}
