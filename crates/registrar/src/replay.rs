//! From a register to the state that its records add up to, checked against its root.
//!
//! Three things go on side by side: a task reads pages, other threads decode and hash them, and the acts are applied
//! in the order of the register. A few pages are on their way at once and no more, so that memory is that of the state.

use std::sync::Arc;

use comity_conference::Entered;
use comity_register::merkle::{Frontier, leaf};
use comity_register::{Hash, Register, Run};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::codec::Decoder;
use crate::driver::{PAGE, tell};
use crate::{Error, Standing, State, Unknown};

/// How many pages may be read before they are applied.
const PAGES_AHEAD: usize = 3;

/// How many acts one list holds.
const LIST: usize = 100;

/// A page on its way: read or not, and if read, being decoded.
type Page = Result<JoinHandle<Decodeds>, Error>;

/// What a page says, in lists short enough that the allocator gives the same memory again and again: longer ones go
/// back to the system, which has to clear them anew.
type Decodeds = Vec<Vec<Decoded>>;

struct Decoded {
    entered: Result<Entered, Error>,
    leaf: Hash,
    /// The mark of the command that made it.
    command: u64,
}

/// The state that a register adds up to, as far as this program understands it.
pub(crate) async fn replay(
    register: Arc<dyn Register>,
    mut state: State,
    mut progress: impl FnMut(u64, u64),
) -> Result<(State, Standing), Error> {
    let head = register.head().await?;
    let mut pages = pages(Arc::clone(&register), head.size);
    let mut stopped: Option<(Unknown, Frontier)> = None;
    while let Some(page) = pages.recv().await {
        for Decoded {
            entered,
            leaf,
            command,
        } in finished(page?).await.into_iter().flatten()
        {
            if let Some((_, frontier)) = &mut stopped {
                // Not read any longer, but still counted: what is served is the beginning of this register.
                if let Err(error @ Error::Leaf { .. }) = entered {
                    return Err(error);
                }
                frontier.push(leaf);
                continue;
            }
            let taken = entered.and_then(|entered| state.enter(entered, leaf, command));
            if let Err(error) = taken {
                let unknown = error.unknown().ok_or(error)?;
                let mut frontier = state.frontier.clone();
                frontier.push(leaf);
                stopped = Some((unknown, frontier));
            }
        }
        progress(state.size(), head.size);
    }
    let edge = stopped.as_ref().map_or(&state.frontier, |(_, edge)| edge);
    if edge.head() != head {
        return Err(Error::Root { size: head.size });
    }
    register.take_edge(edge).await;
    let standing = match stopped {
        None => Standing::Following,
        Some((unknown, _)) => Standing::Stopped(unknown),
    };
    if !standing.takes_acts() {
        tell(&standing);
    }
    Ok((state, standing))
}

/// Every page up to a size, in order; exactly so far, because only there is a root to compare with.
fn pages(register: Arc<dyn Register>, size: u64) -> mpsc::Receiver<Page> {
    let (send, receive) = mpsc::channel(PAGES_AHEAD);
    tokio::spawn(async move {
        let mut position = 0;
        while position < size {
            let room = usize::try_from(size - position).unwrap_or(PAGE);
            let page = match register.read_run(position, room.min(PAGE)).await {
                Ok(page) if page.is_empty() => Err(Error::Root { size }),
                Ok(page) => {
                    position += page.len() as u64;
                    Ok(tokio::task::spawn_blocking(move || decode(&page)))
                }
                Err(error) => Err(error.into()),
            };
            let ends = page.is_err();
            // Nobody waits for it any more once the replay has stopped.
            if send.send(page).await.is_err() || ends {
                return;
            }
        }
    });
    receive
}

fn decode(page: &Run) -> Decodeds {
    let mut decoder = Decoder::default();
    let mut decoded = page.iter().map(|(position, blob, stored_leaf)| {
        let leaf = leaf(blob);
        let opened = if leaf == stored_leaf {
            decoder.open(position, blob)
        } else {
            Err(Error::Leaf { position })
        };
        let (entered, command) = match opened {
            Ok((entered, command)) => (Ok(entered), command),
            Err(error) => (Err(error), 0),
        };
        Decoded {
            entered,
            leaf,
            command,
        }
    });
    let lists = page.len().div_ceil(LIST);
    (0..lists)
        .map(|_| decoded.by_ref().take(LIST).collect())
        .collect()
}

async fn finished(decoding: JoinHandle<Decodeds>) -> Decodeds {
    match decoding.await {
        Ok(page) => page,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => unreachable!("nothing cancels a page that is decoded"),
        },
    }
}
