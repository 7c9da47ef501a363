//! The peer of `appends`: rows into a plain table, as safe against a power cut as the register and nothing more.

use std::path::Path;

use comity_register::Indexed;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

/// How many rows the adapter of SQLite enters with one statement.
const ROWS: usize = 64;

const WRITES: &str = "the database of the bench takes it";

/// How a peer inserts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A transaction around its inserts, as they are usually written.
    Plain,
    /// In as few statements and messages as the database takes, as the adapters do.
    Lean,
}

/// A plain table in an SQLite file.
#[derive(Debug)]
pub struct RawSqlite(SqliteConnection);

impl RawSqlite {
    /// An empty one, with the write-ahead log synced at each commit.
    pub async fn create(path: &Path) -> Self {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let mut connection = options.connect().await.expect("a new file");
        sqlx::raw_sql(
            "CREATE TABLE raw (position INTEGER PRIMARY KEY, act TEXT NOT NULL UNIQUE, command TEXT NOT NULL,
             ordinal INTEGER NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, leaf BLOB NOT NULL, blob BLOB NOT NULL,
             UNIQUE (command, ordinal)) STRICT",
        )
        .execute(&mut connection)
        .await
        .expect(WRITES);
        Self(connection)
    }

    /// One transaction; one statement for each row, or for as many as the adapter gives one.
    pub async fn insert(&mut self, rows: &[Indexed], way: Way) {
        let begun = self.0.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.expect(WRITES);
        let together = match way {
            Way::Plain => 1,
            Way::Lean => ROWS,
        };
        for rows in rows.chunks(together) {
            let values = vec!["(?, ?, ?, ?, ?, ?, ?, ?)"; rows.len()].join(", ");
            let statement = format!("INSERT INTO raw VALUES {values}");
            let mut query = sqlx::query(sqlx::AssertSqlSafe(statement));
            for row in rows {
                query = query
                    .bind(signed(row))
                    .bind(&row.index.act)
                    .bind(&row.index.command)
                    .bind(row.index.ordinal)
                    .bind(&row.index.at)
                    .bind(&row.index.kind)
                    .bind(&row.index.leaf)
                    .bind(&row.stored.blob);
            }
            query.execute(&mut *transaction).await.expect(WRITES);
        }
        transaction.commit().await.expect(WRITES);
    }
}

/// A plain table in PostgreSQL.
#[derive(Debug)]
pub struct RawPostgres(PgConnection);

impl RawPostgres {
    /// An empty one in a database that has none.
    pub async fn create(url: &str) -> Self {
        let mut connection = PgConnection::connect(url)
            .await
            .expect("the bench's server");
        sqlx::raw_sql(
            "DROP TABLE IF EXISTS raw;
             CREATE TABLE raw (position bigint PRIMARY KEY, act text COLLATE \"C\" NOT NULL UNIQUE,
             command text COLLATE \"C\" NOT NULL, ordinal bigint NOT NULL, at text COLLATE \"C\" NOT NULL,
             kind text COLLATE \"C\" NOT NULL, leaf bytea NOT NULL, blob bytea NOT NULL, UNIQUE (command, ordinal))",
        )
        .execute(&mut connection)
        .await
        .expect(WRITES);
        Self(connection)
    }

    /// One statement for all rows: between one that begins and one that commits, or by itself.
    pub async fn insert(&mut self, rows: &[Indexed], way: Way) {
        if way == Way::Lean {
            return insert_all(&mut self.0, rows).await;
        }
        let mut transaction = self.0.begin().await.expect(WRITES);
        insert_all(&mut transaction, rows).await;
        transaction.commit().await.expect(WRITES);
    }
}

async fn insert_all(connection: &mut PgConnection, rows: &[Indexed]) {
    let texts = |column: fn(&Indexed) -> &str| rows.iter().map(column).collect::<Vec<_>>();
    sqlx::query(
        "INSERT INTO raw SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[],
         $6::text[], $7::bytea[], $8::bytea[])",
    )
    .bind(rows.iter().map(signed).collect::<Vec<_>>())
    .bind(texts(|row| &row.index.act))
    .bind(texts(|row| &row.index.command))
    .bind(rows.iter().map(|row| row.index.ordinal).collect::<Vec<_>>())
    .bind(texts(|row| &row.index.at))
    .bind(texts(|row| &row.index.kind))
    .bind(rows.iter().map(|row| row.index.leaf.as_slice()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.stored.blob.as_slice()).collect::<Vec<_>>())
    .execute(connection)
    .await
    .expect(WRITES);
}

/// Leaves a database of the bench without a register.
pub async fn forget_schema(url: &str) {
    let mut connection = PgConnection::connect(url)
        .await
        .expect("the bench's server");
    sqlx::raw_sql("DROP SCHEMA IF EXISTS comity CASCADE")
        .execute(&mut connection)
        .await
        .expect(WRITES);
    connection
        .close()
        .await
        .expect("a connection can be closed");
}

fn signed(row: &Indexed) -> i64 {
    i64::try_from(row.stored.position).expect("a short register")
}
