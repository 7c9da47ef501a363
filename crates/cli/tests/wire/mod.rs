//! A wire between a node and its database, which can be cut or fall silent.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Through,
    /// What is sent is neither delivered nor refused, as where packets are dropped.
    Silent,
    /// Connections are cut, and new ones too.
    Cut,
}

/// The wire; it is cut when it is dropped.
pub struct Wire {
    address: SocketAddr,
    state: watch::Sender<State>,
    /// What is still to be seen, in this order, before it falls silent.
    trap: Trap,
}

type Trap = Arc<Mutex<VecDeque<&'static str>>>;

impl Wire {
    /// A wire to a server.
    pub async fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Self {
            address: listener.local_addr().unwrap(),
            state: watch::Sender::new(State::Through),
            trap: Arc::default(),
        };
        let (state, trap, server) = (wire.state.clone(), wire.trap.clone(), server.to_owned());
        tokio::spawn(async move {
            loop {
                let (node, _) = listener.accept().await.unwrap();
                if *state.borrow() == State::Cut {
                    continue;
                }
                let Ok(server) = TcpStream::connect(&server).await else {
                    continue;
                };
                let (from_node, to_node) = node.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(pump(
                    from_node,
                    to_server,
                    state.clone(),
                    Some(trap.clone()),
                ));
                tokio::spawn(pump(from_server, to_node, state.clone(), None));
            }
        });
        wire
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn silence(&self) {
        self.state.send_replace(State::Silent);
    }

    pub fn cut(&self) {
        self.state.send_replace(State::Cut);
    }

    pub fn mend(&self) {
        self.state.send_replace(State::Through);
    }

    /// Falls silent as soon as the node has sent these words: they reach the server, its answer does not come back.
    pub fn silence_after(&self, words: &'static str) {
        self.silence_after_all(&[words]);
    }

    /// The same once all of these were sent, one after another.
    pub fn silence_after_all(&self, words: &[&'static str]) {
        *self.trap.lock().unwrap() = words.iter().copied().collect();
    }

    pub async fn silent(&self) {
        let mut state = self.state.subscribe();
        state
            .wait_for(|state| *state == State::Silent)
            .await
            .unwrap();
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.cut();
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    state: watch::Sender<State>,
    trap: Option<Trap>,
) {
    let mut buffer = vec![0; 64 * 1024];
    let mut seen = state.subscribe();
    loop {
        let read = tokio::select! {
            read = from.read(&mut buffer) => read,
            _ = seen.wait_for(|state| *state == State::Cut) => return,
        };
        let Ok(length @ 1..) = read else { return };
        let open = seen.wait_for(|state| *state != State::Silent).await;
        if open.is_ok_and(|state| *state == State::Cut) {
            return;
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
        let Some(trap) = &trap else { continue };
        let mut trap = trap.lock().unwrap();
        let seen = trap.front().is_some_and(|words| {
            let sent = &buffer[..length];
            sent.windows(words.len())
                .any(|here| here == words.as_bytes())
        });
        if seen {
            trap.pop_front();
            if trap.is_empty() {
                state.send_replace(State::Silent);
            }
        }
    }
}
