use sqlx::{Connection, SqliteConnection};

/// What `PRAGMA application_id` says in a register: "CMTY" in ASCII.
pub const APPLICATION_ID: i32 = 0x434d_5459;

/// The version of a register that has every migration.
pub const KNOWN: i32 = 1;

/// The mark and the number go with each migration, in its transaction: a crash leaves the file with both or without.
const MIGRATIONS: [(i32, &str, &str); KNOWN as usize] = [(
    1,
    include_str!("../migrations/0001_register.sql"),
    "PRAGMA application_id = 1129141337; PRAGMA user_version = 1;",
)];

/// Brings a file from the version it is at to the one this program knows.
pub async fn migrate(connection: &mut SqliteConnection, from: i32) -> Result<(), sqlx::Error> {
    for (_, tables, mark) in MIGRATIONS.into_iter().filter(|(number, ..)| *number > from) {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::raw_sql(tables).execute(&mut *transaction).await?;
        sqlx::raw_sql(mark).execute(&mut *transaction).await?;
        // A crash before this leaves the file as it was; after it, at this version.
        transaction.commit().await?;
    }
    Ok(())
}
