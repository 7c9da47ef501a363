//! A way to PostgreSQL that breaks when it is told to: exactly at a commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// Where the way breaks at the next commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Cut {
    Nowhere = 0,
    /// The server never sees the commit.
    Before = 1,
    /// The server commits, and its answer is lost.
    AfterAnswer = 2,
    /// The commit is handed over and nobody waits for what becomes of it.
    AfterSending = 3,
}

#[derive(Debug)]
pub struct Proxy {
    port: u16,
    plan: Arc<Plan>,
}

#[derive(Debug, Default)]
struct Plan {
    next: AtomicU8,
    made: AtomicU64,
}

impl Plan {
    /// What to do at a commit, once.
    fn take(&self) -> u8 {
        let cut = self.next.swap(Cut::Nowhere as u8, Ordering::SeqCst);
        if cut != Cut::Nowhere as u8 {
            self.made.fetch_add(1, Ordering::SeqCst);
        }
        cut
    }
}

impl Proxy {
    pub async fn before(server: u16) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let plan = Arc::new(Plan::default());
        let shared = Arc::clone(&plan);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                // A connection that cannot be made, or ends badly, is what this is for.
                tokio::spawn(carry(client, server, Arc::clone(&shared)));
            }
        });
        Ok(Self { port, plan })
    }

    pub fn url(&self, database: &str) -> String {
        format!(
            "postgres://comity@127.0.0.1:{}/{database}?sslmode=disable",
            self.port
        )
    }

    pub fn cut_next(&self, cut: Cut) {
        self.plan.next.store(cut as u8, Ordering::SeqCst);
    }

    pub fn cuts(&self) -> u64 {
        self.plan.made.load(Ordering::SeqCst)
    }
}

async fn carry(client: TcpStream, server: u16, plan: Arc<Plan>) -> Result<()> {
    let server = TcpStream::connect(("127.0.0.1", server)).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let swallow = Notify::new();
    // Whichever way ends first ends both: the sockets close when this returns.
    tokio::select! {
        ended = requests(from_client, to_server, &plan, &swallow) => ended,
        ended = answers(from_server, to_client, &swallow) => ended,
    }
}

/// From the node to the server, message by message.
async fn requests(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    plan: &Plan,
    swallow: &Notify,
) -> Result<()> {
    // The first message has no letter before its length.
    let start = message(&mut from, Vec::new()).await?;
    to.write_all(&start).await?;
    let mut watch = Watch::default();
    loop {
        let mut letter = [0];
        from.read_exact(&mut letter).await?;
        let message = message(&mut from, letter.to_vec()).await?;
        let cut = if watch.is_commit(&message) {
            plan.take()
        } else {
            0
        };
        if cut == Cut::Before as u8 {
            return Ok(());
        }
        if cut == Cut::AfterAnswer as u8 {
            swallow.notify_one();
        }
        to.write_all(&message).await?;
        if cut == Cut::AfterSending as u8 {
            return Ok(());
        }
    }
}

/// From the server to the node, until an answer is to be lost.
async fn answers(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, swallow: &Notify) -> Result<()> {
    let mut bytes = vec![0; 1 << 16];
    loop {
        let count = tokio::select! {
            count = from.read(&mut bytes) => count?,
            () = swallow.notified() => {
                // The commit is on its way: once its answer is here the server has done it.
                from.read_u8().await?;
                return Ok(());
            }
        };
        if count == 0 {
            return Ok(());
        }
        to.write_all(&bytes[..count]).await?;
    }
}

/// The rest of a message: its length, which counts itself, and what it says.
async fn message(from: &mut OwnedReadHalf, mut message: Vec<u8>) -> Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length).await?;
    let rest = u32::from_be_bytes(length)
        .checked_sub(4)
        .context("a message is shorter than its length")?;
    message.extend_from_slice(&length);
    let begin = message.len();
    message.resize(begin + rest as usize, 0);
    from.read_exact(&mut message[begin..]).await?;
    Ok(message)
}

/// What a node is at on its connection.
#[derive(Debug, Default)]
struct Watch {
    /// A transaction is open that ends with a statement of its own.
    within: bool,
    /// A batch was handed over as one statement.
    appends: bool,
}

impl Watch {
    /// Whether the server commits a batch when it has this message.
    fn is_commit(&mut self, message: &[u8]) -> bool {
        let text = &message[5..];
        let begins = |word: &[u8]| text.len() > word.len() && text.starts_with(word);
        match message[0] {
            b'Q' if begins(b"BEGIN") => self.within = true,
            b'Q' if begins(b"ROLLBACK") => self.within = false,
            b'Q' if begins(b"COMMIT") => {
                self.within = false;
                return true;
            }
            b'B' => self.appends = !self.within && holds(text, CHANNEL),
            // By itself a statement is committed with the end of its messages.
            b'S' => return std::mem::take(&mut self.appends),
            _ => {}
        }
        false
    }
}

/// The channel on which a batch is told to the other nodes, as a value with its length.
const CHANNEL: &[u8] = b"\0\0\0\x0fcomity_register";

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|here| here == words)
}
