//! What somebody does who holds the file: the cases of the port, and those that only SQLite's types allow.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::sync::Arc;

use comity_register::conformance::{Ground, record};
use comity_register::tampering::Attacked;
use comity_register::{Appended, Commit, Fault, Indexed, Register, verify};
use comity_sqlite::SqliteRegister;
use futures_util::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// The tables as they are, without anything that guards them.
const UNGUARDED: &str = "
    DROP TABLE records;
    CREATE TABLE records (position, act, command, ordinal, at, kind, leaf, blob);
    DROP TABLE commits;
    CREATE TABLE commits (size, root);";

struct File {
    folder: TempDir,
    /// The attacker's own.
    connection: Mutex<Option<SqliteConnection>>,
}

impl File {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            connection: Mutex::new(None),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("register.sqlite")
    }

    async fn attack(&self, statements: &str) {
        let mut connection = attacker(&self.path()).await;
        sqlx::raw_sql(AssertSqlSafe(statements))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }
}

async fn attacker(path: &std::path::Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(path)
        .synchronous(SqliteSynchronous::Off)
        .connect()
        .await
        .unwrap()
}

impl Ground for File {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Register>> {
        Box::pin(async {
            let register = SqliteRegister::create(self.path()).await.unwrap();
            let register: Arc<dyn Register> = Arc::new(register);
            register
        })
    }
}

impl Attacked for File {
    fn overwrite(&self, rows: Vec<Indexed>, commits: Vec<Commit>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let mut connection = attacker(&self.path()).await;
            let mut transaction = connection.begin().await.unwrap();
            sqlx::raw_sql(UNGUARDED)
                .execute(&mut *transaction)
                .await
                .unwrap();
            for Indexed { stored, index } in rows {
                sqlx::query("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
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
                sqlx::query("INSERT INTO commits VALUES (?, ?)")
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
            let mut connection = self.connection.lock().await;
            if connection.is_none() {
                *connection = Some(attacker(&self.path()).await);
            }
            sqlx::query("UPDATE records SET blob = ? WHERE position = ?")
                .bind(row.stored.blob)
                .bind(i64::try_from(row.stored.position).unwrap())
                .execute(connection.as_mut().unwrap())
                .await
                .unwrap();
        })
    }
}

async fn ground() -> Option<File> {
    Some(File::new())
}

comity_register::tampering!(ground());

/// Six records in the commits 2, 4 and 6; the attack; and what is then found.
async fn fault_after(attack: &str) -> Fault {
    let file = File::new();
    let register = file.open().await;
    for size in [2, 4, 6] {
        let head = register.head().await.unwrap();
        let batch = (head.size..size).map(|position| record("a", position));
        let answer = register.append(head, batch.collect()).await.unwrap();
        assert!(matches!(answer, Appended::Committed(_)));
    }
    drop(register);
    let unguard = "
        CREATE TABLE r AS SELECT * FROM records;
        CREATE TABLE c AS SELECT * FROM commits;
        DROP TABLE records;
        DROP TABLE commits;
        ALTER TABLE r RENAME TO records;
        ALTER TABLE c RENAME TO commits;";
    file.attack(&format!("{unguard}{attack}")).await;
    let opened = SqliteRegister::open_unchecked(file.path()).await.unwrap();
    verify(&opened, |_| {}).await.unwrap_err()
}

#[tokio::test]
async fn values_that_cannot_be_read_are_found_where_they_stand() {
    for value in [
        "at = CAST(x'ff' AS TEXT)",
        "at = x'ff'",
        "kind = NULL",
        "ordinal = 'seven'",
        "leaf = 7",
        "blob = NULL",
    ] {
        let fault = fault_after(&format!("UPDATE records SET {value} WHERE position = 3")).await;
        assert_eq!(
            (fault.position, fault.last_good.size),
            (3, 2),
            "{value}: {fault}"
        );
    }
}

#[tokio::test]
async fn commits_that_cannot_be_read_are_found_where_they_stand() {
    for (size, last_good) in [(2, 0), (4, 2), (6, 4)] {
        for value in ["root = x'ff'", "root = NULL", "root = 'text'"] {
            let attack = format!("UPDATE commits SET {value} WHERE size = {size}");
            let fault = fault_after(&attack).await;
            assert_eq!(
                (fault.position, fault.last_good.size),
                (last_good, last_good),
                "{attack}: {fault}"
            );
        }
    }
}

#[tokio::test]
async fn rows_below_the_first_position_are_found() {
    let attack = "INSERT INTO records SELECT -1, 'x', command, 1, at, kind, leaf, blob FROM records WHERE position = 0";
    let fault = fault_after(attack).await;
    assert_eq!(
        fault.to_string().split(';').next().unwrap(),
        "position 0: the store cannot be read: table `records`, row 0: its key is -1"
    );
    let fault =
        fault_after("INSERT INTO commits SELECT -1, root FROM commits WHERE size = 2").await;
    assert_eq!(
        fault.to_string().split(';').next().unwrap(),
        "position 0: the store cannot be read: table `commits`, row 0: its key is -1"
    );
}

#[tokio::test]
async fn a_register_that_contradicts_its_head_is_opened_to_be_verified_and_takes_nothing() {
    let file = File::new();
    let register = file.open().await;
    let batch = (0..3).map(|position| record("a", position)).collect();
    let head = register.head().await.unwrap();
    assert!(matches!(
        register.append(head, batch).await.unwrap(),
        Appended::Committed(_)
    ));
    drop(register);
    file.attack(
        "DROP TRIGGER records_refuse_update;
         UPDATE records SET leaf = zeroblob(32) WHERE position = 1",
    )
    .await;
    SqliteRegister::open(file.path()).await.unwrap_err();
    let opened = SqliteRegister::open_unchecked(file.path()).await.unwrap();
    let fault = verify(&opened, |_| {}).await.unwrap_err();
    assert_eq!((fault.position, fault.last_good.size), (1, 0), "{fault}");
    let head = opened.head().await.unwrap();
    let refused = opened.append(head, vec![record("a", 3)]).await.unwrap_err();
    assert!(
        matches!(refused, comity_register::Error::Inconsistent { .. }),
        "{refused}"
    );
}
