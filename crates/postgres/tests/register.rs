//! The contract of the port, and what is PostgreSQL's own: which schemas are opened, and what the tables refuse.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod database;

use std::sync::Arc;

use comity_postgres::{Error, PostgresDirectory, PostgresRegister};
use comity_register::conformance::{Ground, record};
use comity_register::{Appended, Flaw, Register, verify};
use sqlx::Connection;
use sqlx::postgres::{PgConnection, PgListener};

use database::{Database, at, ground, server};

comity_register::conformance!(ground());

/// A register of three records in two batches.
async fn filled(database: &Database) -> Arc<dyn Register> {
    let register = database.open().await;
    for (from, to) in [(0, 2), (2, 3)] {
        let head = register.head().await.unwrap();
        let batch = (from..to).map(|position| record("a", position)).collect();
        let answer = register.append(head, batch).await.unwrap();
        assert!(matches!(answer, Appended::Committed(_)));
    }
    register
}

/// As somebody who owns the tables can: triggers are no lock, the tree is.
async fn tamper(database: &Database, statement: &str) {
    for table in ["records", "commits"] {
        database
            .execute(&format!("ALTER TABLE comity.{table} DISABLE TRIGGER USER"))
            .await
            .unwrap();
    }
    database.execute(statement).await.unwrap();
}

#[tokio::test]
async fn a_wrong_address_is_told_apart() {
    let error = PostgresRegister::connect("/var/lib/register.sqlite")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Address { .. }), "{error}");
    // Port 1 is nobody's; this needs no server.
    let error = PostgresRegister::connect("postgres://me:secret@127.0.0.1:1/rcm")
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "no server answers at `127.0.0.1:1`");
    // Of several each says why not.
    let dead = "postgres://127.0.0.1:1/rcm";
    let error = PostgresRegister::connect(comity_postgres::Addresses::new([dead, dead]))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "no server takes writes: no server answers at `127.0.0.1:1`; no server answers at `127.0.0.1:1`"
    );
    let Some(server) = server() else {
        return;
    };
    // The one that is there is found behind the one that is not.
    let addresses = comity_postgres::Addresses::new([dead, server.as_str()]);
    PostgresRegister::connect(addresses).await.unwrap();
    let error = PostgresRegister::connect(&at(&server, "comity_test_nowhere"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NoDatabase { .. }), "{error}");
}

#[tokio::test]
async fn foreign_and_later_schemas_are_refused() {
    let Some(database) = ground().await else {
        return;
    };
    database
        .execute("CREATE SCHEMA comity; CREATE TABLE comity.guests (name text)")
        .await
        .unwrap();
    let error = PostgresRegister::connect(&database.url())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Foreign), "{error}");

    database
        .execute("CREATE TABLE comity.migrations (version text)")
        .await
        .unwrap();
    let error = PostgresRegister::connect(&database.url())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Foreign), "{error}");

    // An administrator may make the schema and leave it empty.
    database
        .execute("DROP TABLE comity.guests, comity.migrations")
        .await
        .unwrap();
    filled(&database).await;
    database
        .execute("INSERT INTO comity.migrations VALUES (99, 'later')")
        .await
        .unwrap();
    let error = PostgresRegister::connect(&database.url())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
    database.clear().await;
}

/// Whoever only looks makes nothing and migrates nothing; whoever serves migrates, and makes nothing.
#[tokio::test]
async fn a_database_is_opened_as_it_is() {
    let Some(database) = ground().await else {
        return;
    };
    let url = database.url();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let opened = async || {
        [
            PostgresRegister::open(&url).await.map(drop),
            PostgresRegister::open_unchecked(&url).await.map(drop),
            PostgresDirectory::open(&url).await.map(drop),
        ]
    };
    let there = "SELECT to_regnamespace('comity') IS NOT NULL";
    for answer in opened().await {
        assert!(matches!(answer, Err(Error::Missing)), "{answer:?}");
    }
    let served = PostgresRegister::migrate(&url).await;
    assert!(matches!(served, Err(Error::Missing)), "{served:?}");
    let made: bool = sqlx::query_scalar(there)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert!(!made, "nothing was touched");

    // As a program of before left it: without the last migration.
    filled(&database).await;
    database
        .execute(
            "DROP TABLE comity.kept; DELETE FROM comity.migrations WHERE number = 3;
             ALTER TABLE comity.persons DROP COLUMN phone, DROP COLUMN language,
                 DROP COLUMN zone, DROP COLUMN confirmed_at",
        )
        .await
        .unwrap();
    for answer in opened().await {
        let older = matches!(answer, Err(Error::Older { found: 2, known: 3 }));
        assert!(older, "{answer:?}");
    }
    let kept = "SELECT to_regclass('comity.kept') IS NOT NULL";
    let migrated: bool = sqlx::query_scalar(kept)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert!(!migrated, "nothing was touched");
    let both = tokio::join!(
        PostgresRegister::migrate(&url),
        PostgresRegister::migrate(&url)
    );
    both.0.unwrap();
    both.1.unwrap();
    for answer in opened().await {
        answer.unwrap();
    }
    let register = PostgresRegister::open(&url).await.unwrap();
    assert_eq!(verify(&register, |_| {}).await.unwrap().head.size, 3);
    drop(connection);
    database.clear().await;
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once() {
    let Some(database) = ground().await else {
        return;
    };
    let nodes = futures_util::future::join_all((0..8).map(|_| database.open())).await;
    for node in nodes {
        assert_eq!(verify(&*node, |_| {}).await.unwrap().head.size, 0);
    }
    let mut connection = PgConnection::connect(&database.url()).await.unwrap();
    let migrated: Vec<i32> =
        sqlx::query_scalar("SELECT number FROM comity.migrations ORDER BY number")
            .fetch_all(&mut connection)
            .await
            .unwrap();
    assert_eq!(migrated, [1, 2, 3]);
    drop(connection);
    database.clear().await;
}

#[tokio::test]
async fn the_tables_refuse_every_change() {
    let Some(database) = ground().await else {
        return;
    };
    let register = filled(&database).await;
    for (statement, refusal) in [
        (
            "UPDATE comity.records SET kind = 'X'",
            "refuses to update its records",
        ),
        (
            "DELETE FROM comity.records WHERE position = 2",
            "refuses to delete its records",
        ),
        ("TRUNCATE comity.records", "refuses to truncate its records"),
        (
            "UPDATE comity.commits SET size = size + 1",
            "refuses to update its commits",
        ),
        (
            "DELETE FROM comity.commits",
            "refuses to delete its commits",
        ),
        ("TRUNCATE comity.commits", "refuses to truncate its commits"),
        (
            "SET session_replication_role = replica; DELETE FROM comity.commits",
            "refuses to delete its commits",
        ),
        (
            "INSERT INTO comity.commits SELECT * FROM comity.commits ON CONFLICT (size) DO UPDATE SET size = 9",
            "refuses to update its commits",
        ),
    ] {
        let error = database.execute(statement).await.unwrap_err();
        assert!(error.contains(refusal), "{statement}: {error}");
    }
    assert_eq!(verify(&*register, |_| {}).await.unwrap().head.size, 3);
    database.clear().await;
}

#[tokio::test]
async fn a_commit_is_synced_where_the_database_says_otherwise() {
    let Some(database) = ground().await else {
        return;
    };
    database.open().await;
    let name = &database.name;
    database
        .execute(&format!(
            "ALTER DATABASE {name} SET synchronous_commit = off;
             ALTER DATABASE {name} SET default_transaction_isolation = 'serializable';
             ALTER DATABASE {name} SET default_transaction_read_only = on;
             CREATE TABLE witness (seen text);
             CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 INSERT INTO witness VALUES (current_setting('synchronous_commit')); RETURN NULL;
             END $$;
             CREATE TRIGGER see AFTER INSERT ON comity.commits EXECUTE FUNCTION see()"
        ))
        .await
        .unwrap();
    filled(&database).await;
    let mut connection = PgConnection::connect(&database.url()).await.unwrap();
    let seen: Vec<String> = sqlx::query_scalar("SELECT seen FROM witness")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    assert_eq!(seen, ["on", "on"]);
    database.clear().await;
}

/// "CMTY" and 1, as the register takes it.
const WRITER_LOCK: i64 = 0x434d_5459_0001;

#[tokio::test]
async fn an_append_waits_while_another_writer_holds_the_lock_and_is_made_when_it_is_let_go() {
    let Some(database) = ground().await else {
        return;
    };
    let register = filled(&database).await;
    let mut other = PgConnection::connect(&database.url()).await.unwrap();
    let lock = |statement: &'static str| sqlx::query(statement).bind(WRITER_LOCK);
    lock("SELECT pg_advisory_lock($1)")
        .execute(&mut other)
        .await
        .unwrap();
    let head = register.head().await.unwrap();
    let writer = Arc::clone(&register);
    let appending =
        tokio::spawn(async move { writer.append(head, vec![record("a", head.size)]).await });
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(!appending.is_finished(), "the lock is another's");
    assert_eq!(register.head().await.unwrap(), head);
    lock("SELECT pg_advisory_unlock($1)")
        .execute(&mut other)
        .await
        .unwrap();
    let answer = appending.await.unwrap().unwrap();
    assert!(matches!(answer, Appended::Committed(_)), "{answer:?}");
    assert_eq!(register.head().await.unwrap().size, head.size + 1);
    // Nobody waits for a lock that a statement took by itself.
    let free: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
        .bind(WRITER_LOCK)
        .fetch_one(&mut other)
        .await
        .unwrap();
    assert!(free);
    drop((register, other));
    database.clear().await;
}

#[tokio::test]
async fn each_commit_is_notified() {
    let Some(database) = ground().await else {
        return;
    };
    let mut listener = PgListener::connect(&database.url()).await.unwrap();
    listener.listen("comity_register").await.unwrap();
    filled(&database).await;
    for size in ["2", "3"] {
        assert_eq!(listener.recv().await.unwrap().payload(), size);
    }
    drop(listener);
    database.clear().await;
}

#[tokio::test]
async fn a_changed_record_is_found() {
    let Some(database) = ground().await else {
        return;
    };
    let register = filled(&database).await;
    tamper(&database,
            "UPDATE comity.records
             SET blob = convert_to(replace(convert_from(blob, 'UTF8'), '\"HN\"', '\"GT\"'), 'UTF8') WHERE position = 2",
        )
        .await;
    let fault = verify(&*register, |_| {}).await.unwrap_err();
    assert_eq!((fault.position, fault.last_good.size), (2, 2));
    assert!(
        matches!(*fault.flaw, Flaw::Column { column: "leaf", .. }),
        "{fault}"
    );
    database.clear().await;
}

#[tokio::test]
async fn a_register_whose_leaves_contradict_its_head_is_not_opened() {
    let Some(database) = ground().await else {
        return;
    };
    filled(&database).await;
    tamper(
        &database,
        "UPDATE comity.commits SET root = sha256('') WHERE size = 3",
    )
    .await;
    let error = PostgresRegister::connect(&database.url())
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Register(comity_register::Error::Inconsistent { .. })
        ),
        "{error}"
    );
    database.clear().await;
}
