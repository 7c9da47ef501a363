use futures_util::future::BoxFuture;

use crate::{Letter, Mailbox};

/// Takes letters away.
pub trait Carrier: Send + Sync + std::fmt::Debug + 'static {
    /// Whether a letter that it took is on its way: a folder only keeps it.
    fn hands_over(&self) -> bool {
        true
    }

    /// Whether it would take a letter from this sender, as far as that is seen without sending one.
    fn check<'a>(&'a self, from: &'a Mailbox) -> BoxFuture<'a, Result<(), NotCarried>>;

    /// Takes a letter over, or says why not.
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), NotCarried>>;
}

/// Why a letter was not taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCarried {
    /// For good: the address does not take it.
    #[error("refused: {why}")]
    Refused { why: String },
    /// For now.
    #[error("not now: {why}")]
    Later { why: String },
    /// The connection ended after the letter was handed over: it may have been taken, or not. It is sent again under the
    /// same name, by which whoever gets it twice sees that it is one.
    #[error("of an unknown outcome: {why}")]
    Unknown { why: String },
}
