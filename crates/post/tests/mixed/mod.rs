use std::sync::atomic::{AtomicU64, Ordering};

use comity_directory::{
    Directory, Drawer, Error, Forgotten, Kept, MemoryDirectory, Person, PersonId,
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;

/// A directory in memory that lets others go first before each call, now more of them and now fewer.
#[derive(Debug)]
pub struct Mixed {
    inner: MemoryDirectory,
    state: AtomicU64,
}

impl Mixed {
    pub fn new(seed: u64) -> Self {
        Self {
            inner: MemoryDirectory::new(),
            state: AtomicU64::new(seed),
        }
    }

    async fn wait(&self) {
        // A sequence that jumps enough, the same for a seed.
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let state = self.state.fetch_add(STEP, Ordering::Relaxed);
        let mixed = (state ^ (state >> 31)).wrapping_mul(STEP) >> 60;
        for _ in 0..mixed {
            tokio::task::yield_now().await;
        }
    }
}

impl Directory for Mixed {
    fn put<'a>(&'a self, person: &'a Person) -> BoxFuture<'a, Result<(), Error>> {
        self.inner.put(person)
    }

    fn get<'a>(&'a self, id: &'a PersonId) -> BoxFuture<'a, Result<Option<Person>, Error>> {
        self.inner.get(id)
    }

    fn list<'a>(
        &'a self,
        after: Option<&'a PersonId>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Person>, Error>> {
        self.inner.list(after, limit)
    }

    fn by_email<'a>(&'a self, email: &'a str) -> BoxFuture<'a, Result<Vec<Person>, Error>> {
        self.inner.by_email(email)
    }

    fn keep<'a>(&'a self, kept: &'a Kept) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async {
            self.wait().await;
            self.inner.keep(kept).await
        })
    }

    fn claim<'a>(&'a self, kept: &'a Kept) -> BoxFuture<'a, Result<bool, Error>> {
        Box::pin(async {
            self.wait().await;
            self.inner.claim(kept).await
        })
    }

    fn look<'a>(
        &'a self,
        drawer: Drawer,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Kept>, Error>> {
        Box::pin(async move {
            self.wait().await;
            self.inner.look(drawer, key).await
        })
    }

    fn of<'a>(
        &'a self,
        drawer: Drawer,
        person: &'a PersonId,
    ) -> BoxFuture<'a, Result<Vec<Kept>, Error>> {
        self.inner.of(drawer, person)
    }

    fn contents<'a>(
        &'a self,
        drawer: Drawer,
        after: Option<&'a str>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Kept>, Error>> {
        Box::pin(async move {
            self.wait().await;
            self.inner.contents(drawer, after, limit).await
        })
    }

    fn take<'a>(
        &'a self,
        drawer: Drawer,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Kept>, Error>> {
        Box::pin(async move {
            self.wait().await;
            self.inner.take(drawer, key).await
        })
    }

    fn sweep(&self, before: Timestamp) -> BoxFuture<'_, Result<u64, Error>> {
        self.inner.sweep(before)
    }

    fn forget<'a>(&'a self, id: &'a PersonId) -> BoxFuture<'a, Result<Forgotten, Error>> {
        self.inner.forget(id)
    }
}
