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
