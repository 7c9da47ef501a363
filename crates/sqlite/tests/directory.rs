//! The directory's contract, and that forgetting somebody leaves no byte of it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::sync::Arc;

use comity_directory::conformance::{Ground, person};
use comity_directory::{Directory, Person};
use comity_sqlite::{Error, SqliteDirectory, SqliteRegister};
use futures_util::future::BoxFuture;
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn path(&self) -> PathBuf {
        self.0.path().join("directory.sqlite")
    }
}

impl Ground for Folder {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Directory>> {
        Box::pin(async {
            let path = self.path();
            let opened = if path.exists() {
                SqliteDirectory::open(path).await
            } else {
                SqliteDirectory::create(path).await
            };
            let directory: Arc<dyn Directory> = Arc::new(opened.unwrap());
            directory
        })
    }
}

async fn ground() -> Option<Folder> {
    Some(Folder(tempfile::tempdir().unwrap()))
}

comity_directory::conformance!(ground());

/// Whether any file of the folder holds the text.
fn holds(folder: &Folder, text: &str) -> bool {
    std::fs::read_dir(folder.0.path()).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    })
}

#[tokio::test]
async fn the_bytes_of_a_forgotten_name_are_in_no_file() {
    let folder = ground().await.unwrap();
    let directory = folder.open().await;
    for number in 1..=200 {
        directory.put(&person(number)).await.unwrap();
    }
    // A name that was changed leaves its first version nowhere either.
    let long = "Villalobos ".repeat(2_000);
    let somebody = Person {
        name: format!("Xiomara {long}"),
        email: Some("xiomara@delegation.example".into()),
        ..person(7)
    };
    directory.put(&somebody).await.unwrap();
    directory
        .put(&Person {
            name: "Ixchel Quetzalli".to_owned(),
            ..somebody.clone()
        })
        .await
        .unwrap();
    assert!(holds(&folder, "Ixchel Quetzalli") && holds(&folder, "xiomara@delegation.example"));
    directory.forget(&somebody.id).await.unwrap();
    for trace in [
        "Ixchel",
        "Quetzalli",
        "Xiomara",
        "Villalobos",
        "xiomara@",
        "Delegate Number7\0",
        somebody.id.as_str(),
    ] {
        assert!(!holds(&folder, trace), "{trace} is still there");
    }
    assert!(holds(&folder, "Delegate Number8"), "the others stay");
}

/// A crash while a directory is made leaves an empty file. Nobody has to remove it.
#[tokio::test]
async fn a_directory_that_was_begun_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("directory.sqlite");
    std::fs::write(&path, []).unwrap();
    let directory = SqliteDirectory::open(&path).await.unwrap();
    directory.put(&person(1)).await.unwrap();
    drop(directory);
    let again = SqliteDirectory::open(&path).await.unwrap();
    assert_eq!(again.list(None, 10).await.unwrap(), [person(1)]);
}

/// Two processes that open what was begun make it once.
#[tokio::test]
async fn a_directory_that_several_finish_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("directory.sqlite");
    std::fs::write(&path, []).unwrap();
    let opened = futures_util::future::join_all((0..8).map(|_| SqliteDirectory::open(&path))).await;
    for (number, directory) in (1..).zip(opened) {
        directory.unwrap().put(&person(number)).await.unwrap();
    }
    let again = SqliteDirectory::open(&path).await.unwrap();
    assert_eq!(again.list(None, 10).await.unwrap().len(), 8);
}

/// A file of the first version, with its people, is brought to this one.
#[tokio::test]
async fn a_directory_of_an_older_program_is_migrated() {
    use sqlx::{Connection, SqliteConnection};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("directory.sqlite");
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let mut old = SqliteConnection::connect(&url).await.unwrap();
    let tables = include_str!("../migrations/0002_directory.sql");
    let marks = "PRAGMA application_id = 1129141316; PRAGMA user_version = 2;";
    let id = person(1).id;
    let line = format!("INSERT INTO persons VALUES ('{id}', 'Ana', NULL)");
    for statement in [tables.to_owned(), marks.to_owned(), line] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
            .execute(&mut old)
            .await
            .unwrap();
    }
    old.close().await.unwrap();
    let directory = SqliteDirectory::open(&path).await.unwrap();
    let found = directory.get(&id).await.unwrap().unwrap();
    assert_eq!(found, Person::new(id, "Ana"));
}

#[tokio::test]
async fn a_register_is_no_directory_and_a_directory_no_register() {
    let folder = ground().await.unwrap();
    let register = folder.0.path().join("register.sqlite");
    SqliteRegister::create(&register).await.unwrap();
    let error = SqliteDirectory::open(&register).await.unwrap_err();
    assert!(matches!(error, Error::Foreign { .. }), "{error}");
    SqliteDirectory::create(folder.path()).await.unwrap();
    let error = SqliteRegister::open(folder.path()).await.unwrap_err();
    assert!(matches!(error, Error::Foreign { .. }), "{error}");
    let error = SqliteDirectory::open(folder.0.path().join("nowhere"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Missing { .. }), "{error}");
}
