//! What somebody does who owns the tables: the cases of the port, and those that only PostgreSQL's types allow.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod database;

use std::sync::Arc;

use comity_postgres::PostgresRegister;
use comity_register::conformance::{Ground, record};
use comity_register::tampering::Attacked;
use comity_register::{Appended, Commit, Fault, Indexed, Register, verify};
use futures_util::future::BoxFuture;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use database::{Database, at, ground, server};

/// The tables as they are, without anything that guards them.
const UNGUARDED: &str = "
    DROP TABLE comity.records;
    CREATE TABLE comity.records (position bigint, act text, command text, ordinal bigint, at text, kind text,
                                 leaf bytea, blob bytea);
    DROP TABLE comity.commits;
    CREATE TABLE comity.commits (size bigint, root bytea);";

struct Owned(Database);

impl Ground for Owned {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Register>> {
        self.0.open()
    }

    fn clear(self) -> BoxFuture<'static, ()> {
        self.0.clear()
    }
}

impl Attacked for Owned {
    fn overwrite(&self, rows: Vec<Indexed>, commits: Vec<Commit>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let mut connection = PgConnection::connect(&self.0.url()).await.unwrap();
            let mut transaction = connection.begin().await.unwrap();
            sqlx::raw_sql(UNGUARDED)
                .execute(&mut *transaction)
                .await
                .unwrap();
            for Indexed { stored, index } in rows {
                sqlx::query("INSERT INTO comity.records VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
                    .bind(i64::try_from(stored.position).unwrap())
                    .bind(index.act)
                    .bind(index.command)
                    .bind(index.ordinal)
                    .bind(index.at)
                    .bind(index.kind)
                    .bind(index.leaf)
                    .bind(stored.blob)
                    .execute(&mut *transaction)
                    .await
                    .unwrap();
            }
            for commit in commits {
                sqlx::query("INSERT INTO comity.commits VALUES ($1, $2)")
                    .bind(i64::try_from(commit.size).unwrap())
                    .bind(commit.root.as_bytes().as_slice())
                    .execute(&mut *transaction)
                    .await
                    .unwrap();
            }
            transaction.commit().await.unwrap();
            connection.close().await.unwrap();
        })
    }

    fn rewrite(&self, row: Indexed) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let mut connection = PgConnection::connect(&self.0.url()).await.unwrap();
            sqlx::query("UPDATE comity.records SET blob = $1 WHERE position = $2")
                .bind(row.stored.blob)
                .bind(i64::try_from(row.stored.position).unwrap())
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        })
    }
}

async fn owned() -> Option<Owned> {
    ground().await.map(Owned)
}

comity_register::tampering!(owned());

/// Six records in the commits 2, 4 and 6, the attack on tables without guards, and what is then found.
async fn fault_after(database: &Database, attack: &str) -> Fault {
    let register = database.open().await;
    for size in [2, 4, 6] {
        let head = register.head().await.unwrap();
        let batch = (head.size..size).map(|position| record("a", position));
        let answer = register.append(head, batch.collect()).await.unwrap();
        assert!(matches!(answer, Appended::Committed(_)));
    }
    drop(register);
    let unguard = "
        CREATE TABLE comity.r AS SELECT * FROM comity.records;
        CREATE TABLE comity.c AS SELECT * FROM comity.commits;
        DROP TABLE comity.records;
        DROP TABLE comity.commits;
        ALTER TABLE comity.r RENAME TO records;
        ALTER TABLE comity.c RENAME TO commits;";
    database
        .execute(&format!("{unguard}{attack}"))
        .await
        .unwrap();
    let opened = PostgresRegister::open_unchecked(&database.url())
        .await
        .unwrap();
    verify(&opened, |_| {}).await.unwrap_err()
}

#[tokio::test]
async fn values_that_cannot_be_read_are_found_where_they_stand() {
    for value in [
        "kind = NULL",
        "ordinal = NULL",
        "leaf = NULL",
        "blob = NULL",
    ] {
        let Some(database) = ground().await else {
            return;
        };
        let attack = format!("UPDATE comity.records SET {value} WHERE position = 3");
        let fault = fault_after(&database, &attack).await;
        assert_eq!(
            (fault.position, fault.last_good.size),
            (3, 2),
            "{attack}: {fault}"
        );
        database.clear().await;
    }
}

#[tokio::test]
async fn commits_that_cannot_be_read_are_found_where_they_stand() {
    for (size, last_good) in [(2, 0), (4, 2), (6, 4)] {
        let Some(database) = ground().await else {
            return;
        };
        let attack = format!("UPDATE comity.commits SET root = '\\xff' WHERE size = {size}");
        let fault = fault_after(&database, &attack).await;
        assert_eq!(
            (fault.position, fault.last_good.size),
            (last_good, last_good),
            "{attack}: {fault}"
        );
        database.clear().await;
    }
}

#[tokio::test]
async fn rows_below_the_first_position_are_found() {
    for (table, attack) in [
        (
            "records",
            "INSERT INTO comity.records SELECT -1, 'x', command, 1, at, kind, leaf, blob FROM comity.records LIMIT 1",
        ),
        (
            "commits",
            "INSERT INTO comity.commits SELECT -1, root FROM comity.commits LIMIT 1",
        ),
    ] {
        let Some(database) = ground().await else {
            return;
        };
        let fault = fault_after(&database, attack).await;
        assert_eq!(
            fault.to_string().split(';').next().unwrap(),
            format!("position 0: the store cannot be read: table `{table}`, row 0: its key is -1")
        );
        database.clear().await;
    }
}

#[tokio::test]
async fn an_unchecked_register_is_not_opened_where_there_is_none() {
    let Some(server) = server() else {
        return;
    };
    PostgresRegister::open_unchecked(&at(&server, "comity_test_nowhere"))
        .await
        .unwrap_err();
}
