//! The contract of the port, and what is SQLite's own: which files are opened, and what a file refuses.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use comity_register::conformance::{Ground, record};
use comity_register::{Appended, Flaw, Register, verify};
use comity_sqlite::{Error, SqliteRegister};
use futures_util::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("register.sqlite")
    }
}

impl Ground for Folder {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Register>> {
        Box::pin(async {
            let path = self.path();
            let opened = if path.exists() {
                SqliteRegister::open(path).await
            } else {
                SqliteRegister::create(path).await
            };
            let register: Arc<dyn Register> = Arc::new(opened.unwrap());
            register
        })
    }
}

async fn ground() -> Option<Folder> {
    Some(Folder::new())
}

comity_register::conformance!(ground());

/// A register of three records in two batches, closed again.
async fn filled(folder: &Folder) {
    let register = folder.open().await;
    for (from, to) in [(0, 2), (2, 3)] {
        let head = register.head().await.unwrap();
        let batch = (from..to).map(|position| record("a", position)).collect();
        assert!(matches!(
            register.append(head, batch).await.unwrap(),
            Appended::Committed(_)
        ));
    }
}

async fn raw(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .connect()
        .await
        .unwrap()
}

async fn execute(path: &Path, statement: &str) -> Result<(), String> {
    let mut connection = raw(path).await;
    let done = sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await;
    connection.close().await.unwrap();
    done.map(|_| ()).map_err(|error| error.to_string())
}

/// As somebody who holds the file can: triggers are no lock, the tree is.
async fn tamper(path: &Path, statement: &str) {
    for trigger in [
        "records_refuse_update",
        "records_refuse_delete",
        "commits_refuse_update",
        "commits_refuse_delete",
    ] {
        execute(path, &format!("DROP TRIGGER IF EXISTS {trigger}"))
            .await
            .unwrap();
    }
    execute(path, statement).await.unwrap();
}

#[tokio::test]
async fn a_register_is_made_only_where_nothing_is() {
    let folder = Folder::new();
    let missing = SqliteRegister::open(folder.path()).await.unwrap_err();
    assert!(matches!(missing, Error::Missing { .. }), "{missing}");
    assert!(!folder.path().exists(), "opening makes nothing");
    SqliteRegister::create(folder.path()).await.unwrap();
    let exists = SqliteRegister::create(folder.path()).await.unwrap_err();
    assert!(matches!(exists, Error::Exists { .. }), "{exists}");
    let file = SqliteRegister::create(folder.path().join("below"))
        .await
        .unwrap_err();
    assert!(matches!(file, Error::File { .. }), "{file}");
}

#[tokio::test]
async fn foreign_files_are_refused_and_left_as_they_are() {
    let folder = Folder::new();
    let path = folder.path();

    std::fs::write(
        &path,
        "a letter, longer than the hundred bytes of a header, ".repeat(20),
    )
    .unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = SqliteRegister::open(&path).await.unwrap_err();
    assert!(matches!(error, Error::NotADatabase { .. }), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);

    std::fs::remove_file(&path).unwrap();
    execute(
        &path,
        "CREATE TABLE guests (name TEXT); PRAGMA application_id = 7",
    )
    .await
    .unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = SqliteRegister::open(&path).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Foreign {
                application_id: 7,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);

    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, "").unwrap();
    let error = SqliteRegister::open(&path).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Foreign {
                application_id: 0,
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn a_register_of_a_later_program_is_refused() {
    let folder = Folder::new();
    filled(&folder).await;
    execute(&folder.path(), "PRAGMA user_version = 2")
        .await
        .unwrap();
    let error = SqliteRegister::open(folder.path()).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Newer {
                found: 2,
                known: 1,
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn the_file_is_in_write_ahead_mode() {
    let folder = Folder::new();
    filled(&folder).await;
    let mut connection = raw(&folder.path()).await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn the_tables_refuse_every_change() {
    let folder = Folder::new();
    filled(&folder).await;
    for (statement, refusal) in [
        (
            "UPDATE records SET kind = 'X'",
            "refuses to change a record",
        ),
        (
            "DELETE FROM records WHERE position = 2",
            "refuses to delete a record",
        ),
        (
            "UPDATE commits SET size = size + 1",
            "refuses to change a commit",
        ),
        ("DELETE FROM commits", "refuses to delete a commit"),
        (
            "INSERT OR REPLACE INTO records SELECT * FROM records",
            "refuses a record that is not new and next",
        ),
        (
            "INSERT OR REPLACE INTO records SELECT 3, act, command, 9, at, kind, leaf, blob FROM records LIMIT 1",
            "refuses a record that is not new and next",
        ),
        (
            "INSERT OR REPLACE INTO commits SELECT * FROM commits",
            "refuses a commit that is not at its end",
        ),
    ] {
        let error = execute(&folder.path(), statement).await.unwrap_err();
        assert!(error.contains(refusal), "{statement}: {error}");
    }
    assert_eq!(
        verify(&*folder.open().await, |_| {})
            .await
            .unwrap()
            .head
            .size,
        3
    );
}

#[tokio::test]
async fn a_changed_record_is_found() {
    let folder = Folder::new();
    filled(&folder).await;
    tamper(
        &folder.path(),
        "UPDATE records SET blob = CAST(replace(CAST(blob AS TEXT), '\"HN\"', '\"GT\"') AS BLOB) WHERE position = 2",
    )
    .await;
    let fault = verify(&*folder.open().await, |_| {}).await.unwrap_err();
    assert_eq!((fault.position, fault.last_good.size), (2, 2));
    assert!(
        matches!(*fault.flaw, Flaw::Column { column: "leaf", .. }),
        "{fault}"
    );
}

#[tokio::test]
async fn changed_columns_are_found() {
    for (column, value) in [
        ("act", "'00000000000000000000000000'"),
        ("command", "'other'"),
        ("ordinal", "7"),
        ("at", "'2011-10-15T14:00:00.002Z'"),
        ("kind", "'Other'"),
    ] {
        let folder = Folder::new();
        filled(&folder).await;
        tamper(
            &folder.path(),
            &format!("UPDATE records SET {column} = {value} WHERE position = 1"),
        )
        .await;
        let fault = verify(&*folder.open().await, |_| {}).await.unwrap_err();
        assert_eq!((fault.position, fault.last_good.size), (1, 0), "{fault}");
        assert!(
            matches!(*fault.flaw, Flaw::Column { column: found, .. } if found == column),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn a_register_whose_leaves_contradict_its_head_is_not_opened() {
    for statement in [
        "UPDATE records SET leaf = zeroblob(32) WHERE position = 0",
        "UPDATE commits SET root = zeroblob(32) WHERE size = 3",
        "DELETE FROM records WHERE position = 1",
        "DELETE FROM records WHERE position = 2",
    ] {
        let folder = Folder::new();
        filled(&folder).await;
        tamper(&folder.path(), statement).await;
        let error = SqliteRegister::open(folder.path()).await.unwrap_err();
        assert!(
            matches!(
                error,
                Error::Register(comity_register::Error::Inconsistent { .. })
            ),
            "{statement}: {error}"
        );
    }
}

#[tokio::test]
async fn a_record_after_the_last_commit_is_found() {
    let folder = Folder::new();
    filled(&folder).await;
    tamper(&folder.path(), "DELETE FROM commits WHERE size = 3").await;
    let fault = verify(&*folder.open().await, |_| {}).await.unwrap_err();
    assert_eq!(
        fault.to_string().split("; ").next().unwrap(),
        "position 2: the record is not covered by a commit"
    );
}
