//! Many rows as one value, for whoever reads a whole register.

use comity_register::{Error, Indexed, Run, Stored, page};
use sqlx::postgres::{PgConnection, PgPool};

use crate::rows::{self, lowest, signed};

/// The first and the last position, the lengths, and the records one after another.
type Records = (Option<i64>, Option<i64>, Option<String>, Option<Vec<u8>>);

/// A page of records. What does not fit together in one value, or is too long for it, is read row by row.
pub async fn read(pool: &PgPool, from: u64, limit: usize) -> Result<Vec<Stored>, Error> {
    let records: Result<Records, sqlx::Error> = sqlx::query_as(
        "SELECT min(position), max(position), string_agg(octet_length(blob)::text, ',' ORDER BY position),
                string_agg(blob, ''::bytea ORDER BY position)
         FROM (SELECT position, blob FROM comity.records WHERE position >= $1 ORDER BY position LIMIT $2) AS page",
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
pub async fn read_run(pool: &PgPool, from: u64, limit: usize) -> Result<Run, Error> {
    let run: Result<Runs, sqlx::Error> = sqlx::query_as(
        "SELECT min(position), max(position), string_agg(octet_length(blob)::text, ',' ORDER BY position),
                string_agg(blob, ''::bytea ORDER BY position), string_agg(leaf, ''::bytea ORDER BY position)
         FROM (SELECT position, blob, leaf FROM comity.records
               WHERE position >= $1 ORDER BY position LIMIT $2) AS page",
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

/// How many rows there are, the numbers of each, and the bytes of all.
type Columns = (i64, Option<String>, Option<Vec<u8>>);

/// A page of records with their columns; row by row where anything is unusual, so that it is seen as it is.
pub async fn read_indexed(pool: &PgPool, from: u64, limit: usize) -> Result<Vec<Indexed>, Error> {
    let columns: Result<Columns, sqlx::Error> = sqlx::query_as(
        "SELECT count(*),
                string_agg(concat_ws(' ', position, ordinal, octet_length(act), octet_length(command), octet_length(at),
                                     octet_length(kind), octet_length(leaf), octet_length(blob)),
                           ',' ORDER BY position),
                string_agg(convert_to(act || command || at || kind, 'UTF8') || leaf || blob, ''::bytea ORDER BY position)
         FROM (SELECT * FROM comity.records WHERE position >= $1 ORDER BY position LIMIT $2) AS page",
    )
    .bind(lowest(from))
    .bind(signed(limit))
    .fetch_one(pool)
    .await;
    let whole = columns.ok().and_then(|(count, numbers, bytes)| {
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
    connection: &mut PgConnection,
    from: u64,
    below: u64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    let (count, first, last, leaves): Leaves = sqlx::query_as(
        "SELECT count(*), min(position), max(position), string_agg(leaf, ''::bytea ORDER BY position)
         FROM (SELECT position, leaf FROM comity.records
               WHERE position >= $1 AND position < $2 ORDER BY position LIMIT $3) AS page",
    )
    .bind(signed(from))
    .bind(signed(below))
    .bind(limit)
    .fetch_one(&mut *connection)
    .await
    .map_err(rows::store("read the leaves"))?;
    match page::leaves(count, first, last, leaves.as_deref()) {
        Some(leaves) => Ok(leaves),
        None => rows::leaves(connection, from, below, limit).await,
    }
}
