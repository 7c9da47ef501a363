//! From an address to a connection, with words for each way in which that fails.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

use crate::Error;
use crate::error::database;

const VERSION_MIN: i32 = 15;

pub fn options(url: &str) -> Result<PgConnectOptions, Error> {
    // The driver takes any scheme, and says what it does not understand in words of its own.
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(Error::Address { source: None });
    }
    let options: PgConnectOptions = url.parse().map_err(|source| Error::Address {
        source: Some(source),
    })?;
    Ok(options
        .application_name("comity")
        .disable_statement_logging())
}

/// A server that takes writes.
#[derive(Debug)]
pub struct Member {
    pub connection: PgConnection,
    /// Counts the failovers of its history; it grows with each.
    pub timeline: i64,
}

/// Connects to a server and asks whether it takes writes.
pub async fn member(options: &PgConnectOptions, patience: Duration) -> Result<Member, Error> {
    let unreachable = |_| Error::Unreachable {
        server: server(options),
        source: None,
    };
    let asked = tokio::time::timeout(patience, ask(options)).await;
    asked.map_err(unreachable)?
}

/// Connects to a server that is recent enough, whether it takes writes or not.
pub async fn login(options: &PgConnectOptions) -> Result<PgConnection, Error> {
    let connected = PgConnection::connect_with(options).await;
    let mut connection = connected.map_err(|source| refused(options, source))?;
    let version: i32 = sqlx::query_scalar("SELECT current_setting('server_version_num')::int")
        .fetch_one(&mut connection)
        .await
        .map_err(database("ask the server for its version"))?;
    recent_enough(version)?;
    Ok(connection)
}

async fn ask(options: &PgConnectOptions) -> Result<Member, Error> {
    let mut connection = login(options).await?;
    let standby = in_recovery(&mut connection).await;
    if standby.map_err(database("ask the server whether it is a standby"))? {
        return Err(Error::Standby {
            server: server(options),
        });
    }
    // The name of a segment of its log begins with the timeline, in hexadecimal.
    let timeline = "SELECT ('x' || lpad(left(pg_walfile_name(pg_current_wal_lsn()), 8), 16, '0'))::bit(64)::bigint";
    let timeline: i64 = sqlx::query_scalar(timeline)
        .fetch_one(&mut connection)
        .await
        .map_err(database("ask the server for its timeline"))?;
    Ok(Member {
        connection,
        timeline,
    })
}

/// Whether the server is a standby.
pub async fn in_recovery(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT pg_is_in_recovery()")
        .fetch_one(connection)
        .await
}

fn recent_enough(version_num: i32) -> Result<(), Error> {
    let found = version_num / 10_000;
    if found < VERSION_MIN {
        return Err(Error::TooOld {
            found,
            needed: VERSION_MIN,
        });
    }
    Ok(())
}

fn refused(options: &PgConnectOptions, source: sqlx::Error) -> Error {
    let server = server(options);
    let user = options.get_username().to_owned();
    let code = source
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    match code.as_deref() {
        // invalid_catalog_name
        Some("3D000") => Error::NoDatabase {
            server,
            database: options.get_database().unwrap_or(&user).to_owned(),
        },
        // invalid_authorization_specification and invalid_password
        Some("28000" | "28P01") => Error::LoginRefused {
            server,
            user,
            source,
        },
        Some(_) => Error::Database {
            doing: "connect to the database",
            source,
        },
        None => Error::Unreachable {
            server,
            source: Some(source),
        },
    }
}

/// Host and port, never the password.
pub fn server(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_before_15_is_refused() {
        recent_enough(150_000).unwrap();
        recent_enough(180_001).unwrap();
        let error = recent_enough(140_020).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the server is PostgreSQL 14 and the register needs 15 or later"
        );
    }

    #[test]
    fn an_address_is_one_of_postgresql() {
        for url in [
            "",
            "localhost",
            "mysql://localhost/x",
            "postgres://host:port/x",
        ] {
            assert!(matches!(options(url), Err(Error::Address { .. })), "{url}");
        }
        let options = options("postgresql://me:secret@db.example:5433/rcm").unwrap();
        assert_eq!(server(&options), "db.example:5433");
    }
}
