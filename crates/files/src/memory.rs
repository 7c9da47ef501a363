use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;

use crate::{Error, Files, Hash};

/// Files that are gone with the program: for tests and rehearsals.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<Hash, Bytes>>);

impl Memory {
    fn contents(&self) -> MutexGuard<'_, BTreeMap<Hash, Bytes>> {
        // Each change is one step, so whoever panicked left it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Files for Memory {
    async fn put(&self, bytes: Bytes) -> Result<Hash, Error> {
        let hash = Hash::of(&bytes);
        self.contents().entry(hash).or_insert(bytes);
        Ok(hash)
    }

    async fn get(&self, hash: &Hash) -> Result<Option<Bytes>, Error> {
        Ok(self.contents().get(hash).cloned())
    }

    async fn has(&self, hash: &Hash) -> Result<bool, Error> {
        Ok(self.contents().contains_key(hash))
    }

    async fn list(&self, after: Option<Hash>, limit: usize) -> Result<Vec<Hash>, Error> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let contents = self.contents();
        let range = contents.range((from, Bound::Unbounded));
        Ok(range.map(|(hash, _)| *hash).take(limit).collect())
    }

    async fn remove(&self, hash: &Hash) -> Result<(), Error> {
        self.contents().remove(hash);
        Ok(())
    }

    async fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}
