//! A database of its own for each test.
//!
//! The tests run where `COMITY_TEST_POSTGRES` holds the address of a server on which databases may be made, such as
//! `postgres://postgres@localhost:5432/postgres`. A database is dropped when its test passes.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Once};

use comity_postgres::PostgresRegister;
use comity_register::Register;
use comity_register::conformance::Ground;
use futures_util::future::BoxFuture;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

pub struct Database {
    server: String,
    pub name: String,
}

impl Database {
    pub fn url(&self) -> String {
        at(&self.server, &self.name)
    }

    pub async fn execute(&self, statement: &str) -> Result<(), String> {
        execute(&self.url(), statement).await
    }
}

impl Ground for Database {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Register>> {
        Box::pin(async {
            let register: Arc<dyn Register> =
                Arc::new(PostgresRegister::connect(&self.url()).await.unwrap());
            register
        })
    }

    fn clear(self) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            execute(
                &self.server,
                &format!("DROP DATABASE {} WITH (FORCE)", self.name),
            )
            .await
            .unwrap();
        })
    }
}

/// The address with another database in it.
pub fn at(server: &str, database: &str) -> String {
    let (address, parameters) = server
        .split_once('?')
        .map_or((server, String::new()), |(a, p)| (a, format!("?{p}")));
    let (before, _) = address.rsplit_once('/').unwrap();
    format!("{before}/{database}{parameters}")
}

async fn execute(url: &str, statement: &str) -> Result<(), String> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let done = sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await;
    connection.close().await.unwrap();
    done.map(|_| ()).map_err(|error| error.to_string())
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the test server is, is a matter of the machine"
)]
pub fn server() -> Option<String> {
    static SAID: Once = Once::new();
    let server = std::env::var("COMITY_TEST_POSTGRES").ok();
    if server.is_none() {
        // Past the capture of the test harness, so that it is seen.
        SAID.call_once(|| {
            let line = b"the tests on PostgreSQL are left out: COMITY_TEST_POSTGRES is not set\n";
            std::io::stderr().write_all(line).unwrap();
        });
    }
    server
}

pub async fn ground() -> Option<Database> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let server = server()?;
    let name = format!(
        "comity_test_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    execute(
        &server,
        &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
    )
    .await
    .unwrap();
    execute(&server, &format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    Some(Database { server, name })
}
