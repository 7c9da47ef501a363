//! Many rows as one value, for whoever reads a whole register.

use comity_register::{Error, Indexed, Run, Stored, page};
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use crate::rows::{self, lowest, signed};

/// The first and the last position, the lengths, and the records one after another.
type Records = (Option<i64>, Option<i64>, Option<String>, Option<Vec<u8>>);

/// A page of records. What does not fit together in one value, or is too long for it, is read row by row.
pub async fn read(pool: &SqlitePool, from: u64, limit: usize) -> Result<Vec<Stored>, Error> {
    let records: Result<Records, sqlx::Error> = sqlx::query_as(
        "SELECT min(position), max(position), group_concat(length(blob)), CAST(group_concat(CAST(blob AS TEXT), '') AS BLOB)
         FROM (SELECT position, blob FROM records WHERE position >= ? ORDER BY position LIMIT ?)",
    )
    .bind(signed(from))
    .bind(signed(limit))
    .fetch_one(pool)
    .await;
    let whole = records.ok().and_then(|(first, last, lengths, records)| {
        page::stored(first, last, lengths.as_deref(), records.as_deref())
    });
    match whole {
        Some(records) => Ok(records),
        None => rows::read(pool, from, limit).await,
    }
}

/// The first and the last position, the lengths, the records one after another, and the leaves.
type Runs = (
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
);

/// A page of records in one piece with their leaves.
pub async fn read_run(pool: &SqlitePool, from: u64, limit: usize) -> Result<Run, Error> {
    let run: Result<Runs, sqlx::Error> = sqlx::query_as(
        "SELECT min(position), max(position), group_concat(length(blob)),
                CAST(group_concat(CAST(blob AS TEXT), '') AS BLOB), CAST(group_concat(CAST(leaf AS TEXT), '') AS BLOB)
         FROM (SELECT position, blob, leaf FROM records WHERE position >= ? ORDER BY position LIMIT ?)",
    )
    .bind(signed(from))
    .bind(signed(limit))
    .fetch_one(pool)
    .await;
    let whole = run
        .ok()
        .and_then(|(first, last, lengths, records, leaves)| {
            page::run(first, last, lengths.as_deref(), records, leaves.as_deref())
        });
    match whole {
        Some(run) => Ok(run),
        None => Run::of_rows(from, &rows::read_indexed(pool, from, limit).await?),
    }
}

/// How many rows there are, how many of them hold values of the types that they should, the numbers of each, and the
/// bytes of all.
type Columns = (i64, i64, Option<String>, Option<Vec<u8>>);

/// A page of records with their columns; row by row where anything is unusual, so that it is seen as it is.
pub async fn read_indexed(
    pool: &SqlitePool,
    from: u64,
    limit: usize,
) -> Result<Vec<Indexed>, Error> {
    let columns: Result<Columns, sqlx::Error> = sqlx::query_as(
        "SELECT count(*),
                count(*) FILTER (WHERE typeof(position) = 'integer' AND typeof(ordinal) = 'integer'
                    AND typeof(act) = 'text' AND typeof(command) = 'text' AND typeof(at) = 'text'
                    AND typeof(kind) = 'text' AND typeof(leaf) = 'blob' AND typeof(blob) = 'blob'),
                group_concat(position || ' ' || ordinal || ' ' || octet_length(act) || ' ' || octet_length(command)
                    || ' ' || octet_length(at) || ' ' || octet_length(kind) || ' ' || octet_length(leaf)
                    || ' ' || octet_length(blob), ','),
                CAST(group_concat(act || command || at || kind || CAST(leaf AS TEXT) || CAST(blob AS TEXT), '') AS BLOB)
         FROM (SELECT * FROM records WHERE position >= ? ORDER BY position LIMIT ?)",
    )
    .bind(lowest(from))
    .bind(signed(limit))
    .fetch_one(pool)
    .await;
    let whole = columns.ok().and_then(|(count, usual, numbers, bytes)| {
        (count == usual).then_some(())?;
        page::indexed(count, numbers.as_deref(), bytes.as_deref())
    });
    match whole {
        Some(records) => Ok(records),
        None => rows::read_indexed(pool, from, limit).await,
    }
}

/// How many rows there are, the first and the last position, and the leaves one after another.
type Leaves = (i64, Option<i64>, Option<i64>, Option<Vec<u8>>);

/// Up to `limit` leaves from a position on and below another, each with its position.
pub async fn leaves(
    connection: &mut SqliteConnection,
    from: u64,
    below: u64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    let leaves: Result<Leaves, sqlx::Error> = sqlx::query_as(
        "SELECT count(*), min(position), max(position), CAST(group_concat(CAST(leaf AS TEXT), '') AS BLOB)
         FROM (SELECT position, leaf FROM records WHERE position >= ? AND position < ? ORDER BY position LIMIT ?)",
    )
    .bind(signed(from))
    .bind(signed(below))
    .bind(limit)
    .fetch_one(&mut *connection)
    .await;
    let whole = leaves.ok().and_then(|(count, first, last, leaves)| {
        page::leaves(count, first, last, leaves.as_deref())
    });
    match whole {
        Some(leaves) => Ok(leaves),
        None => rows::leaves(connection, from, below, limit).await,
    }
}
