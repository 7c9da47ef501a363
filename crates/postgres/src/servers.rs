//! Which of the servers takes writes at present.
//!
//! Nobody is asked twice for nothing: the member that was found is kept until something fails that says it is gone.
//! Then all addresses are asked again, at the next need. Whoever is in recovery is a standby and is never used, not even
//! for reading: it may be behind, and what a node has read must never be taken back.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use tokio::sync::{Mutex, watch};
use tokio::time::{Instant, timeout_at};

use crate::connect::{self, Member};
use crate::rows::store;
use crate::{Addresses, Error};

const CONNECTIONS_MAX: u32 = 8;
/// How long one server may take to let a connection in.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long a connection that was not used is taken to be as it was.
const FRESH: Duration = Duration::from_secs(1);
/// How long the others may still take once one has been found that takes writes.
const GRACE: Duration = Duration::from_millis(500);

/// The servers of the register.
#[derive(Debug)]
pub struct Servers {
    options: Vec<PgConnectOptions>,
    line: watch::Sender<Line>,
    /// Held while a server is looked for, so that it is done once for all who wait.
    choosing: Mutex<()>,
}

/// The connections to the server in use.
#[derive(Debug, Clone, Default)]
struct Line {
    number: u64,
    /// Absent when that server was lost.
    pool: Option<PgPool>,
}

impl Servers {
    /// Finds the server that takes writes, with a connection to it.
    pub async fn find(addresses: &Addresses) -> Result<(Self, PgConnection), Error> {
        let options = addresses
            .urls
            .iter()
            .map(|url| connect::options(url))
            .collect::<Result<Vec<_>, _>>()?;
        let (chosen, connection) = choose(&options).await?;
        let line = Line {
            number: 1,
            pool: Some(pool(options[chosen].clone())),
        };
        let servers = Self {
            options,
            line: watch::Sender::new(line),
            choosing: Mutex::new(()),
        };
        Ok((servers, connection))
    }

    /// The connections to the server that takes writes, and the number under which to report it lost.
    pub async fn pool(&self) -> Result<(u64, PgPool), comity_register::Error> {
        if let Some(found) = self.known() {
            return Ok(found);
        }
        let _turn = self.choosing.lock().await;
        if let Some(found) = self.known() {
            return Ok(found);
        }
        let chosen = choose(&self.options).await;
        let (chosen, _) = chosen.map_err(|error| comity_register::Error::Store {
            doing: "find the server that takes writes",
            source: error.into(),
        })?;
        let fresh = pool(self.options[chosen].clone());
        self.line.send_modify(|line| {
            line.number += 1;
            line.pool = Some(fresh);
        });
        self.known()
            .ok_or_else(|| store("keep the server that takes writes")(sqlx::Error::PoolClosed))
    }

    fn known(&self) -> Option<(u64, PgPool)> {
        let line = self.line.borrow();
        Some((line.number, line.pool.clone()?))
    }

    /// Notes that the server under this number is lost. Its connections are left behind, each to its own end.
    pub fn lost(&self, number: u64) {
        self.line.send_if_modified(|line| {
            let current = line.number == number && line.pool.is_some();
            if current {
                line.pool = None;
            }
            current
        });
    }

    /// Waits until the server under this number is no longer the one in use.
    pub async fn left(&self, number: u64) {
        let mut line = self.line.subscribe();
        let gone = |line: &Line| line.number != number || line.pool.is_none();
        // It fails only where the sender is gone, which is here.
        let _ = line.wait_for(gone).await;
    }
}

fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .acquire_timeout(PATIENCE)
        // Asked before each use whether it is still there, a connection would answer everything in twice the time.
        .test_before_acquire(false)
        .before_acquire(|connection, kept| {
            Box::pin(async move {
                if kept.idle_for > FRESH {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        // The server may have become a standby since it was chosen.
        .after_connect(|connection, _| {
            Box::pin(async move {
                if connect::in_recovery(connection).await? {
                    return Err(sqlx::Error::Protocol("the server is a standby now".into()));
                }
                Ok(())
            })
        })
        .connect_lazy_with(options)
}

/// Asks all servers at once. Of several that take writes the one with the latest timeline has the say: the other was
/// left by a failover and does not know it yet. Of equals the first in the list.
async fn choose(options: &[PgConnectOptions]) -> Result<(usize, PgConnection), Error> {
    let asked = options.iter().enumerate().map(async |(place, options)| {
        let member = connect::member(options, PATIENCE).await;
        (place, member)
    });
    let mut asked: FuturesUnordered<_> = asked.collect();
    let mut until = Instant::now() + PATIENCE * 2;
    let mut best: Option<(usize, Member)> = None;
    let mut refusals = Vec::new();
    while let Ok(Some((place, member))) = timeout_at(until, asked.next()).await {
        let member = match member {
            Ok(member) => member,
            Err(error) => {
                refusals.push((place, error));
                continue;
            }
        };
        until = until.min(Instant::now() + GRACE);
        let key = |place: usize, member: &Member| (member.timeline, std::cmp::Reverse(place));
        let better = best
            .as_ref()
            .is_none_or(|(at, held)| key(place, &member) > key(*at, held));
        if better {
            best = Some((place, member));
        }
    }
    match best {
        Some((place, member)) => Ok((place, member.connection)),
        None => Err(none(refusals)),
    }
}

/// Why no server was found: in its own words where there is only one.
fn none(mut refusals: Vec<(usize, Error)>) -> Error {
    refusals.sort_by_key(|(place, _)| *place);
    if refusals.len() == 1 {
        return refusals.remove(0).1;
    }
    let each = refusals.into_iter().map(|(_, error)| error.to_string());
    Error::NoneWritable {
        each: each.collect::<Vec<_>>().join("; "),
    }
}
