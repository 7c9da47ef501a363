//! The directory's contract, and that forgetting somebody leaves nothing in the table's file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod database;

use std::sync::Arc;

use comity_directory::Directory;
use comity_directory::conformance::{Ground, person};
use comity_postgres::PostgresDirectory;
use futures_util::future::BoxFuture;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use database::{Database, ground as database};

struct People(Database);

impl Ground for People {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Directory>> {
        Box::pin(async {
            let directory: Arc<dyn Directory> =
                Arc::new(PostgresDirectory::connect(&self.0.url()).await.unwrap());
            directory
        })
    }

    fn clear(self) -> BoxFuture<'static, ()> {
        comity_register::conformance::Ground::clear(self.0)
    }
}

async fn ground() -> Option<People> {
    database().await.map(People)
}

comity_directory::conformance!(ground());

#[tokio::test]
async fn the_bytes_of_a_forgotten_name_are_not_in_the_file_of_the_table() {
    let Some(ground) = ground().await else { return };
    let directory = ground.open().await;
    directory.put(&person(1)).await.unwrap();
    directory.put(&person(2)).await.unwrap();
    let mut connection = PgConnection::connect(&ground.0.url()).await.unwrap();
    let mut held = async |text: &str| -> bool {
        ground.0.execute("CHECKPOINT").await.unwrap();
        let file: Vec<u8> = sqlx::query_scalar(
            "SELECT pg_read_binary_file(pg_relation_filepath('comity.persons'))",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        file.windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(held("number2@delegation").await);
    directory.forget(&person(2).id).await.unwrap();
    assert!(!held("number2@delegation").await && !held("Delegate Number2").await);
    assert!(held("Delegate Number1").await, "the others stay");
    drop(directory);
    ground.clear().await;
}
