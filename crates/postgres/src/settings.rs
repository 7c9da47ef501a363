use std::time::Duration;

use sqlx::Connection;

use crate::error::database;
use crate::{Error, connect};

const PATIENCE: Duration = Duration::from_secs(3);

/// What the server is set to that bears on whether an acknowledged act outlives a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Host and port, as the address says them.
    pub server: String,
    /// `server_version`, as the server writes it.
    pub version: String,
    /// `fsync`: without it a crash of the server's machine may lose or break everything.
    pub fsync: bool,
    /// `full_page_writes`: without it a crash in the middle of a page breaks that page.
    pub full_page_writes: bool,
    /// `data_checksums`: with them the server notices pages that the disk has changed.
    pub data_checksums: bool,
    /// `synchronous_standby_names`, empty where a commit waits for no other server.
    pub synchronous_standbys: String,
    /// The server is a copy that takes no writes.
    pub in_recovery: bool,
    /// The connection goes through TLS.
    pub encrypted: bool,
    /// The server is on this machine: a socket, or the loopback network.
    pub local: bool,
    /// The server's clock, in milliseconds since 1970.
    pub clock_ms: i64,
}

impl Settings {
    /// Asks the server at `url`. Nothing is made or migrated there.
    ///
    /// # Errors
    /// The address is wrong, nobody answers there, or the server is too old.
    pub async fn of(url: &str) -> Result<Self, Error> {
        let options = connect::options(url)?;
        let Ok(connected) = tokio::time::timeout(PATIENCE, connect::login(&options)).await else {
            return Err(Error::Unreachable {
                server: connect::server(&options),
                source: None,
            });
        };
        let mut connection = connected?;
        let asked: Row = sqlx::query_as(
            "SELECT current_setting('server_version'),
                    current_setting('fsync')::boolean,
                    current_setting('full_page_writes')::boolean,
                    current_setting('data_checksums')::boolean,
                    current_setting('synchronous_standby_names'),
                    pg_is_in_recovery(),
                    coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
                    coalesce(inet_client_addr() << '127.0.0.0/8' OR inet_client_addr() = '::1', true),
                    (extract(epoch FROM clock_timestamp()) * 1000)::bigint",
        )
        .fetch_one(&mut connection)
        .await
        .map_err(database("ask the server for its settings"))?;
        connection
            .close()
            .await
            .map_err(database("close the connection"))?;
        Ok(Self::new(connect::server(&options), asked))
    }
}

type Row = (String, bool, bool, bool, String, bool, bool, bool, i64);

impl Settings {
    fn new(server: String, row: Row) -> Self {
        let (
            version,
            fsync,
            full_page_writes,
            data_checksums,
            synchronous_standbys,
            in_recovery,
            encrypted,
            local,
            clock_ms,
        ) = row;
        Self {
            server,
            version,
            fsync,
            full_page_writes,
            data_checksums,
            synchronous_standbys,
            in_recovery,
            encrypted,
            local,
            clock_ms,
        }
    }
}
