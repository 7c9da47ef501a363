use sqlx::Connection;
use sqlx::postgres::PgConnection;

use crate::Error;
use crate::error::database;

/// The version of a register that has every migration.
const KNOWN: i32 = 3;

const MIGRATIONS: [(i32, &str, &str); KNOWN as usize] = [
    (
        1,
        "register",
        include_str!("../migrations/0001_register.sql"),
    ),
    (
        2,
        "directory",
        include_str!("../migrations/0002_directory.sql"),
    ),
    (3, "drawers", include_str!("../migrations/0003_drawers.sql")),
];

/// "CMTY" in ASCII, then 0: only one node migrates at a time.
const LOCK: i64 = 0x434d_5459_0000;

/// Brings the schema to the version that this program knows, or refuses to touch it.
pub async fn migrate(connection: &mut PgConnection) -> Result<(), Error> {
    let mut transaction = connection
        .begin()
        .await
        .map_err(database("begin to migrate"))?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(LOCK)
        .execute(&mut *transaction)
        .await
        .map_err(database("take the lock for migrating"))?;
    let at = version(&mut transaction).await?;
    for (number, name, tables) in MIGRATIONS.into_iter().filter(|(number, ..)| *number > at) {
        sqlx::raw_sql(tables)
            .execute(&mut *transaction)
            .await
            .map_err(database("migrate"))?;
        sqlx::query("INSERT INTO comity.migrations (number, name) VALUES ($1, $2)")
            .bind(number)
            .bind(name)
            .execute(&mut *transaction)
            .await
            .map_err(database("note a migration"))?;
    }
    // A crash before this leaves the schema as it was; after it, whole at the version known.
    transaction
        .commit()
        .await
        .map_err(database("commit the migration"))
}

/// That the schema is at the version that this program knows. Changes nothing.
pub async fn require(connection: &mut PgConnection) -> Result<(), Error> {
    let mut transaction = connection
        .begin()
        .await
        .map_err(database("look at the schema"))?;
    let (_, found) = found(&mut transaction).await?;
    match found {
        None | Some(0) => Err(Error::Missing),
        Some(KNOWN) => Ok(()),
        Some(found) => Err(Error::Older {
            found,
            known: KNOWN,
        }),
    }
}

/// Whether there is a schema, and the version that it is at; none where nothing says so.
async fn found(transaction: &mut PgConnection) -> Result<(bool, Option<i32>), Error> {
    let (schema, marked, tables): (bool, bool, i64) = sqlx::query_as(
        "SELECT to_regnamespace('comity') IS NOT NULL,
                to_regclass('comity.migrations') IS NOT NULL,
                (SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('comity'))",
    )
    .fetch_one(&mut *transaction)
    .await
    .map_err(database("look at the schema"))?;
    if !marked {
        return if tables > 0 {
            Err(Error::Foreign)
        } else {
            Ok((schema, None))
        };
    }
    let found: i32 = sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM comity.migrations")
        .fetch_one(&mut *transaction)
        .await
        // A table of that name with other columns is somebody else's.
        .map_err(|_| Error::Foreign)?;
    if found > KNOWN {
        return Err(Error::Newer {
            found,
            known: KNOWN,
        });
    }
    Ok((schema, Some(found)))
}

/// The version that the schema is at; 0 for one that was just made, or that an administrator made and left empty.
async fn version(transaction: &mut PgConnection) -> Result<i32, Error> {
    let (schema, found) = found(transaction).await?;
    if let Some(found) = found {
        return Ok(found);
    }
    if !schema {
        let made = sqlx::query("CREATE SCHEMA comity")
            .execute(&mut *transaction)
            .await;
        made.map_err(database("make the schema `comity`"))?;
    }
    sqlx::query("CREATE TABLE comity.migrations (number integer PRIMARY KEY, name text NOT NULL)")
        .execute(&mut *transaction)
        .await
        .map_err(database("make the table of migrations"))?;
    Ok(0)
}
