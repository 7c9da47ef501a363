use std::path::Path;

use sqlx::{Connection, SqliteConnection};

use crate::Error;
use crate::register::{self, database, plain};

/// What `PRAGMA application_id` says in a register: "CMTY" in ASCII.
pub const APPLICATION_ID: i32 = 0x434d_5459;

/// The version of a register that has every migration.
pub const KNOWN: i32 = 1;

/// What `PRAGMA application_id` says in a directory: "CMTD" in ASCII.
pub const DIRECTORY_ID: i32 = 0x434d_5444;

/// The version of a directory that has every migration. The numbers are those of the other database, where both live
/// in one schema.
pub const DIRECTORY_KNOWN: i32 = 3;

const DIRECTORY: [(i32, &str, &str); 2] = [
    (
        2,
        include_str!("../migrations/0002_directory.sql"),
        "PRAGMA application_id = 1129141316; PRAGMA user_version = 2;",
    ),
    (
        3,
        include_str!("../migrations/0003_drawers.sql"),
        "PRAGMA user_version = 3;",
    ),
];

/// The mark and the number go with each migration, in its transaction: a crash leaves the file with both or without.
const MIGRATIONS: [(i32, &str, &str); KNOWN as usize] = [(
    1,
    include_str!("../migrations/0001_register.sql"),
    "PRAGMA application_id = 1129141337; PRAGMA user_version = 1;",
)];

/// Brings a file from the version it is at to the one this program knows.
pub async fn migrate(connection: &mut SqliteConnection, from: i32) -> Result<(), sqlx::Error> {
    run(connection, &MIGRATIONS, from).await
}

/// Brings the file of a directory from the version it is at to the one this program knows; an empty file is at 0.
pub async fn migrate_directory(
    connection: &mut SqliteConnection,
    from: i32,
) -> Result<(), sqlx::Error> {
    run(connection, &DIRECTORY, from).await
}

async fn run(
    connection: &mut SqliteConnection,
    migrations: &[(i32, &'static str, &'static str)],
    from: i32,
) -> Result<(), sqlx::Error> {
    let ahead = migrations.iter().filter(|(number, ..)| *number > from);
    for (number, tables, mark) in ahead {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        // Another process may have done it while this one waited for its turn.
        let at: i32 = sqlx::query_scalar("PRAGMA user_version")
            .fetch_one(&mut *transaction)
            .await?;
        if at >= *number {
            continue;
        }
        sqlx::raw_sql(*tables).execute(&mut *transaction).await?;
        sqlx::raw_sql(*mark).execute(&mut *transaction).await?;
        // A crash before this leaves the file as it was; after it, at this version.
        transaction.commit().await?;
    }
    Ok(())
}

/// The version of the directory at the path; 0 for a file in which nothing stands, as a crash leaves it while one is made.
pub async fn recognise_directory(path: &Path) -> Result<i32, Error> {
    let mut connection = register::connect(path, &plain(path)).await?;
    // The number goes up with the first thing that is ever made in a file.
    let made: i32 = sqlx::query_scalar("PRAGMA schema_version")
        .fetch_one(&mut connection)
        .await
        .map_err(database("read", path))?;
    connection.close().await.map_err(database("close", path))?;
    if made == 0 {
        return Ok(0);
    }
    recognise(path, DIRECTORY_ID, DIRECTORY_KNOWN).await
}

/// The version of the file at the path, which must be of a kind. Nothing is set on the connection, so that a foreign file stays as it is.
pub async fn recognise(path: &Path, kind: i32, known: i32) -> Result<i32, Error> {
    let mut connection = register::connect(path, &plain(path)).await?;
    let pragma = async |statement: &'static str, connection: &mut SqliteConnection| {
        sqlx::query_scalar::<_, i32>(statement)
            .fetch_one(connection)
            .await
            .map_err(database("read", path))
    };
    let application_id = pragma("PRAGMA application_id", &mut connection).await?;
    let found = pragma("PRAGMA user_version", &mut connection).await?;
    connection.close().await.map_err(database("close", path))?;
    if application_id != kind {
        return Err(Error::Foreign {
            path: path.to_owned(),
            application_id,
        });
    }
    if found > known {
        return Err(Error::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    Ok(found)
}
