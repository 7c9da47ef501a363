use async_trait::async_trait;
use bytes::Bytes;

use crate::{Error, Hash};

/// Contents, each once, under its hash.
///
/// The same content may be put by several at a time, through several stores on one place: all are told the same, and it is
/// there once. A content never changes; it is there whole or not at all. Nothing here is retried by the caller to become
/// true: each store tries again by itself where that can help, a bounded number of times, and says what hindered it.
#[async_trait]
pub trait Files: Send + Sync + std::fmt::Debug {
    /// Keeps a content. It is durable on return. One that is there already is left as it is, or mended if it is damaged.
    async fn put(&self, bytes: Bytes) -> Result<Hash, Error>;

    /// The content of this hash, or `None` where there is none.
    ///
    /// # Errors
    /// [`Error::Damaged`] where what lies there has another hash: nobody ever gets it.
    async fn get(&self, hash: &Hash) -> Result<Option<Bytes>, Error>;

    /// Whether there is something under this hash. It is not read.
    async fn has(&self, hash: &Hash) -> Result<bool, Error>;

    /// The hashes that come after this one, in their order, at most so many; without one, from the first.
    async fn list(&self, after: Option<Hash>, limit: usize) -> Result<Vec<Hash>, Error>;

    /// Removes the content of this hash for good, so far as the place allows. None being there is in order.
    async fn remove(&self, hash: &Hash) -> Result<(), Error>;

    /// Writes something, reads it again and removes it. It is in no list.
    async fn check(&self) -> Result<(), Error>;
}
