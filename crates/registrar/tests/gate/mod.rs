//! A register behind a gate: it can be taken away, or another put in its place, while a node holds it.

use std::sync::{Arc, RwLock};

use comity_register::merkle::{Frontier, leaf};
use comity_register::{
    ActId, Appended, CommandId, Commit, Error, Head, Indexed, Register, Sealed, Stored, Stretches,
};
use futures_util::future::BoxFuture;
use tokio::sync::watch;

#[derive(Debug)]
pub struct Gate {
    behind: RwLock<Arc<dyn Register>>,
    /// Rings when something else stands behind it.
    swung: watch::Sender<bool>,
}

impl Gate {
    pub fn before(register: Arc<dyn Register>) -> Arc<Self> {
        Arc::new(Self {
            behind: RwLock::new(register),
            swung: watch::Sender::new(true),
        })
    }

    pub fn close(&self) {
        self.swung.send_replace(false);
    }

    pub fn open(&self) {
        self.swung.send_replace(true);
    }

    pub fn replace(&self, register: Arc<dyn Register>) {
        *self.behind.write().unwrap() = register;
        self.swung.send_replace(true);
    }

    fn through(&self) -> Result<Arc<dyn Register>, Error> {
        if !*self.swung.borrow() {
            return Err(Error::Store {
                doing: "go through the gate",
                source: "it is closed".into(),
            });
        }
        Ok(Arc::clone(&self.behind.read().unwrap()))
    }
}

impl Register for Gate {
    fn head(&self) -> BoxFuture<'_, Result<Head, Error>> {
        Box::pin(async { self.through()?.head().await })
    }

    fn read(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Stored>, Error>> {
        Box::pin(async move { self.through()?.read(from, limit).await })
    }

    fn read_indexed(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Indexed>, Error>> {
        Box::pin(async move { self.through()?.read_indexed(from, limit).await })
    }

    fn fill<'a>(&'a self, history: &'a mut dyn Stretches) -> BoxFuture<'a, Result<Head, Error>> {
        Box::pin(async move { self.through()?.fill(history).await })
    }

    fn append_sealed(
        &self,
        expected: Head,
        records: Vec<Sealed>,
    ) -> BoxFuture<'_, Result<Appended, Error>> {
        Box::pin(async move { self.through()?.append_sealed(expected, records).await })
    }

    fn by_command<'a>(
        &'a self,
        command: &'a CommandId,
    ) -> BoxFuture<'a, Result<Vec<Stored>, Error>> {
        Box::pin(async move { self.through()?.by_command(command).await })
    }

    fn by_commands<'a>(
        &'a self,
        commands: &'a [CommandId],
    ) -> BoxFuture<'a, Result<Vec<Vec<Stored>>, Error>> {
        Box::pin(async move { self.through()?.by_commands(commands).await })
    }

    fn by_act<'a>(&'a self, act: &'a ActId) -> BoxFuture<'a, Result<Option<Stored>, Error>> {
        Box::pin(async move { self.through()?.by_act(act).await })
    }

    fn commits(&self, from_size: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Commit>, Error>> {
        Box::pin(async move { self.through()?.commits(from_size, limit).await })
    }

    fn grown_past(&self, size: u64) -> BoxFuture<'_, Result<Head, Error>> {
        Box::pin(async move {
            let mut swung = self.swung.subscribe();
            let register = self.through()?;
            tokio::select! {
                grown = register.grown_past(size) => grown,
                _ = swung.changed() => self.head().await,
            }
        })
    }
}

/// A register as a program sees it that does not know the acts from `from` on: for it they are of a later version. Its
/// tree is that of what it shows, so that nothing but the version is strange.
#[derive(Debug)]
pub struct Older {
    whole: Arc<dyn Register>,
    from: u64,
}

impl Older {
    pub fn new(whole: Arc<dyn Register>, from: u64) -> Arc<Self> {
        Arc::new(Self { whole, from })
    }

    async fn shown(&self) -> Result<Vec<(Stored, Head)>, Error> {
        let stored = self.whole.read(0, usize::MAX).await?;
        let mut frontier = Frontier::new();
        let mut shown = Vec::new();
        for mut stored in stored {
            if stored.position >= self.from {
                let mut record = stored.decode()?;
                record.version = 99;
                stored.blob = record.encode();
            }
            frontier.push(leaf(&stored.blob));
            shown.push((stored, frontier.head()));
        }
        Ok(shown)
    }
}

impl Register for Older {
    fn head(&self) -> BoxFuture<'_, Result<Head, Error>> {
        Box::pin(async {
            let shown = self.shown().await?;
            Ok(shown.last().map_or_else(Head::empty, |(_, head)| *head))
        })
    }

    fn read(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Stored>, Error>> {
        Box::pin(async move {
            let shown = self.shown().await?.into_iter().map(|(stored, _)| stored);
            let from = usize::try_from(from).unwrap();
            Ok(shown.skip(from).take(limit).collect())
        })
    }

    fn read_indexed(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Indexed>, Error>> {
        self.whole.read_indexed(from, limit)
    }

    fn fill<'a>(&'a self, _: &'a mut dyn Stretches) -> BoxFuture<'a, Result<Head, Error>> {
        panic!("a node that stopped is filled with nothing")
    }

    fn append_sealed(&self, _: Head, _: Vec<Sealed>) -> BoxFuture<'_, Result<Appended, Error>> {
        panic!("a node that stopped appends nothing")
    }

    fn by_command<'a>(
        &'a self,
        command: &'a CommandId,
    ) -> BoxFuture<'a, Result<Vec<Stored>, Error>> {
        self.whole.by_command(command)
    }

    fn by_commands<'a>(
        &'a self,
        commands: &'a [CommandId],
    ) -> BoxFuture<'a, Result<Vec<Vec<Stored>>, Error>> {
        self.whole.by_commands(commands)
    }

    fn by_act<'a>(&'a self, act: &'a ActId) -> BoxFuture<'a, Result<Option<Stored>, Error>> {
        self.whole.by_act(act)
    }

    fn commits(&self, from_size: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Commit>, Error>> {
        Box::pin(async move {
            let whole = self.whole.commits(from_size, limit).await?;
            let shown = self.shown().await?;
            let at = |commit: &Commit| {
                let last = usize::try_from(commit.size - 1).unwrap();
                shown[last].1
            };
            Ok(whole.iter().map(at).collect())
        })
    }

    fn grown_past(&self, size: u64) -> BoxFuture<'_, Result<Head, Error>> {
        Box::pin(async move {
            self.whole.grown_past(size).await?;
            self.head().await
        })
    }
}
