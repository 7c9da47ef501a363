//! The statements, and how a row becomes what the port speaks of.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use comity_register::merkle::Frontier;
use comity_register::{Batch, CommandId, Commit, Error, Hash, Head, Index, Indexed, Row, Stored};
use sqlx::SqliteExecutor;
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection};

use crate::pages;

const LEAVES_PAGE: i64 = 10_000;

type IndexedRow = (i64, Vec<u8>, String, String, i64, String, String, Vec<u8>);

/// A failure that wrote nothing, by its kind.
pub fn store(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Error {
    move |source| {
        let kind = Kind::of(&source);
        let source = source.into();
        match kind {
            Kind::NoRoom => Error::NoRoom { doing, source },
            Kind::ReadOnly => Error::ReadOnly { doing, source },
            Kind::Unwritten | Kind::Refused | Kind::Other => Error::Store { doing, source },
        }
    }
}

/// What kind of failure SQLite tells of.
#[derive(Clone, Copy)]
pub enum Kind {
    NoRoom,
    ReadOnly,
    /// A write did not happen, or not whole.
    Unwritten,
    /// A statement does not fit the tables or what is in them, or somebody else writes: no commit fails so.
    Refused,
    Other,
}

impl Kind {
    pub fn of(error: &sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        let code = code.and_then(|code| code.parse::<u32>().ok());
        // SQLITE_IOERR_WRITE, SQLITE_READONLY, SQLITE_FULL; what stands above the lowest byte says more about it.
        match code.map(|code| (code, code & 0xff)) {
            Some((778, _)) => Self::Unwritten,
            Some((_, 8)) => Self::ReadOnly,
            Some((_, 13)) => Self::NoRoom,
            // SQLITE_ERROR, SQLITE_BUSY, SQLITE_CONSTRAINT.
            Some((_, 1 | 5 | 19)) => Self::Refused,
            Some(_) | None => Self::Other,
        }
    }
}

/// SQLite counts in signed integers; past them there is nothing to find.
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

pub async fn head(executor: impl SqliteExecutor<'_>) -> Result<Head, Error> {
    let last: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT size, root FROM commits ORDER BY size DESC LIMIT 1")
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
    executor: impl SqliteExecutor<'_>,
    from_size: u64,
    limit: usize,
) -> Result<Vec<Commit>, Error> {
    sqlx::query_as("SELECT size, root FROM commits WHERE size >= ? ORDER BY size LIMIT ?")
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
    executor: impl SqliteExecutor<'_>,
    from: u64,
    limit: usize,
) -> Result<Vec<Stored>, Error> {
    sqlx::query_as(
        "SELECT position, blob FROM records WHERE position >= ? ORDER BY position LIMIT ?",
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
    executor: impl SqliteExecutor<'_>,
    from: u64,
    limit: usize,
) -> Result<Vec<Indexed>, Error> {
    let rows: Vec<IndexedRow> = sqlx::query_as(
        "SELECT position, blob, act, command, ordinal, at, kind, leaf FROM records
         WHERE position >= ? ORDER BY position LIMIT ?",
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
    executor: impl SqliteExecutor<'_>,
    command: &str,
) -> Result<Vec<Stored>, Error> {
    sqlx::query_as("SELECT position, blob FROM records WHERE command = ? ORDER BY ordinal")
        .bind(command)
        .fetch_all(executor)
        .await
        .map_err(store("look a command up"))?
        .into_iter()
        .map(stored)
        .collect()
}

pub async fn by_commands(
    executor: impl SqliteExecutor<'_>,
    commands: &[CommandId],
) -> Result<Vec<Vec<Stored>>, Error> {
    if commands.is_empty() {
        return Ok(Vec::new());
    }
    // A list as JSON text: command ids are words that need no escape.
    let words: Vec<&str> = commands.iter().map(CommandId::as_str).collect();
    let asked = format!("[\"{}\"]", words.join("\",\""));
    let found: Vec<(String, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT command, position, blob FROM records
         WHERE command IN (SELECT value FROM json_each(?)) ORDER BY command, ordinal",
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

pub async fn by_act(executor: impl SqliteExecutor<'_>, act: &str) -> Result<Option<Stored>, Error> {
    sqlx::query_as("SELECT position, blob FROM records WHERE act = ?")
        .bind(act)
        .fetch_optional(executor)
        .await
        .map_err(store("look an act up"))?
        .map(stored)
        .transpose()
}

pub async fn last_at(executor: impl SqliteExecutor<'_>) -> Result<Option<String>, Error> {
    sqlx::query_scalar("SELECT at FROM records ORDER BY position DESC LIMIT 1")
        .fetch_optional(executor)
        .await
        .map_err(store("read the last instant"))
}

pub async fn has_ordinal(executor: impl SqliteExecutor<'_>, index: &Index) -> Result<bool, Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM records WHERE command = ? AND ordinal = ?)")
        .bind(&index.command)
        .bind(index.ordinal)
        .fetch_one(executor)
        .await
        .map_err(store("look a command up"))
}

pub async fn insert_record(executor: impl SqliteExecutor<'_>, row: &Row) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO records (position, act, command, ordinal, at, kind, leaf, blob)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(signed(row.stored.position))
    .bind(&row.index.act)
    .bind(&row.index.command)
    .bind(row.index.ordinal)
    .bind(&row.index.at)
    .bind(&row.index.kind)
    .bind(&row.index.leaf)
    .bind(&row.stored.blob)
    .execute(executor)
    .await
    .map_err(store("insert a record"))?;
    Ok(())
}

/// A whole transaction: the rows of a batch and the commit after it, if the register stands where the batch says and the
/// last of its records is not later than the batch. Anything else is an error, after which the caller rolls back.
///
/// The driver hands each statement to a thread of its own and waits for it, so that a batch goes in as few as can be.
pub async fn append_if_at(
    connection: &mut SqliteConnection,
    batch: &Batch,
    head: Head,
) -> Result<(), sqlx::Error> {
    let expected = batch.expected();
    let before = expected.size.checked_sub(1);
    let mut rest = batch.rows();
    while let Some(insert) = INSERTS.iter().find(|insert| insert.rows <= rest.len()) {
        let (now, later) = rest.split_at(insert.rows);
        let first = rest.len() == batch.rows().len();
        let last = later.is_empty();
        rest = later;
        let statement = &insert.statements[usize::from(first)][usize::from(last)];
        let mut statement = bind_rows(sqlx::query(statement.as_str()), now);
        if last {
            statement = statement
                .bind(signed(head.size))
                .bind(before.map(|_| signed(expected.size)))
                .bind(before.map(|_| expected.root.as_bytes().to_vec()))
                .bind(before.map(signed))
                .bind(&batch.rows()[0].index.at)
                .bind(head.root.as_bytes().as_slice());
        }
        statement.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Fails, for want of a root, where the last commit is not the expected one: then the transaction does not come to its
/// end. Instants are texts of one width, so that their order is that of time.
const INSERT_COMMIT_IF_AT: &str = "INSERT INTO commits (size, root) SELECT ?, CASE
    WHEN (SELECT size FROM commits ORDER BY size DESC LIMIT 1) IS ?
        AND (SELECT root FROM commits ORDER BY size DESC LIMIT 1) IS ?
        AND coalesce((SELECT at FROM records WHERE position = ?), '') <= ?
    THEN ? END";

/// Statements for so many rows at once: whether they are the first of a batch, whether the last.
struct Insert {
    rows: usize,
    statements: [[String; 2]; 2],
}

/// The longest first; few enough to be kept prepared.
static INSERTS: LazyLock<[Insert; 4]> = LazyLock::new(|| {
    [64, 16, 4, 1].map(|rows| {
        let values = vec!["(?, ?, ?, ?, ?, ?, ?, ?)"; rows].join(", ");
        let records = format!(
            "INSERT INTO records (position, act, command, ordinal, at, kind, leaf, blob) VALUES {values}"
        );
        let ending = format!("{records}; {INSERT_COMMIT_IF_AT}; COMMIT");
        let beginning = |statements: &str| format!("BEGIN IMMEDIATE; {statements}");
        let first = [beginning(&records), beginning(&ending)];
        Insert {
            rows,
            statements: [[records, ending], first],
        }
    })
});

type Statement<'q> = Query<'q, Sqlite, SqliteArguments>;

fn bind_rows<'q>(statement: Statement<'q>, rows: &'q [Row]) -> Statement<'q> {
    rows.iter().fold(statement, |statement, row| {
        statement
            .bind(signed(row.stored.position))
            .bind(&row.index.act)
            .bind(&row.index.command)
            .bind(row.index.ordinal)
            .bind(&row.index.at)
            .bind(&row.index.kind)
            .bind(&row.index.leaf)
            .bind(&row.stored.blob)
    })
}

pub async fn insert_commit(executor: impl SqliteExecutor<'_>, head: Head) -> Result<(), Error> {
    sqlx::query("INSERT INTO commits (size, root) VALUES (?, ?)")
        .bind(signed(head.size))
        .bind(head.root.as_bytes().as_slice())
        .execute(executor)
        .await
        .map_err(store("insert a commit"))?;
    Ok(())
}

pub async fn leaves(
    connection: &mut SqliteConnection,
    from: u64,
    below: u64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    sqlx::query_as(
        "SELECT position, leaf FROM records WHERE position >= ? AND position < ? ORDER BY position LIMIT ?",
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
    connection: &mut SqliteConnection,
    frontier: &mut Frontier,
    head: Head,
) -> Result<(), Error> {
    if frontier.size() > head.size {
        // The file was put back to an earlier state under us.
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
