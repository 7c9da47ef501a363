use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::merkle::Frontier;
use crate::{
    ActId, Appended, Batch, CommandId, Commit, Error, Filling, Head, Indexed, Record, Register,
    Sealed, Stored, Stretches,
};

/// A register in memory, for tests and demonstrations: it keeps the whole contract but durability.
#[derive(Debug)]
pub struct MemoryRegister {
    shelf: Mutex<Shelf>,
    head: watch::Sender<Head>,
}

#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) rows: Vec<Indexed>,
    pub(crate) commits: Vec<Commit>,
    acts: BTreeMap<ActId, usize>,
    ordinals: BTreeMap<(CommandId, u32), usize>,
    frontier: Frontier,
}

impl Default for MemoryRegister {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryRegister {
    /// A register without records.
    pub fn new() -> Self {
        Self {
            shelf: Mutex::default(),
            head: watch::Sender::new(Head::empty()),
        }
    }

    pub(crate) fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // A panic while it is held cannot leave half a batch: every check is before the first change.
        self.shelf
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn append_now(&self, batch: &Batch) -> Result<Appended, Error> {
        let mut shelf = self.shelf();
        let head = shelf.head();
        if head != batch.expected() {
            return Ok(Appended::Moved(head));
        }
        batch.follows(shelf.rows.last().map(|row| row.index.at.as_str()))?;
        shelf.refuse_duplicates(batch.records())?;
        shelf.frontier = batch.grown(&shelf.frontier)?;
        let first = shelf.rows.len();
        shelf.rows.extend_from_slice(batch.rows());
        for (place, record) in (first..).zip(batch.records()) {
            shelf.acts.insert(record.act, place);
            shelf
                .ordinals
                .insert((record.command.clone(), record.ordinal), place);
        }
        let head = shelf.frontier.head();
        shelf.commits.push(head);
        // While the lock is held, so that the heads that are announced never go back.
        self.head.send_replace(head);
        Ok(Appended::Committed(head))
    }
}

impl MemoryRegister {
    async fn fill_with(&self, history: &mut dyn Stretches) -> Result<Head, Error> {
        let (mut filled, mut filling) = (Shelf::default(), Filling::new());
        while let Some(stretch) = history.next().await? {
            filling.take(&stretch)?;
            for row in stretch.rows() {
                filled.add(row)?;
            }
            filled.commits.extend(stretch.commits());
        }
        filled.frontier = filling.end()?;
        let mut shelf = self.shelf();
        if !shelf.rows.is_empty() {
            return Err(Error::NotEmpty { head: shelf.head() });
        }
        *shelf = filled;
        let head = shelf.head();
        self.head.send_replace(head);
        Ok(head)
    }
}

impl Shelf {
    fn add(&mut self, row: &Indexed) -> Result<(), Error> {
        let record = row.stored.decode()?;
        self.refuse_duplicates(std::slice::from_ref(&record))?;
        let place = self.rows.len();
        self.acts.insert(record.act, place);
        self.ordinals
            .insert((record.command, record.ordinal), place);
        self.rows.push(row.clone());
        Ok(())
    }

    fn head(&self) -> Head {
        self.commits.last().copied().unwrap_or_else(Head::empty)
    }

    fn refuse_duplicates(&self, records: &[Record]) -> Result<(), Error> {
        for record in records {
            if self.acts.contains_key(&record.act) {
                return Err(Error::DuplicateAct { act: record.act });
            }
            if self
                .ordinals
                .contains_key(&(record.command.clone(), record.ordinal))
            {
                return Err(Error::DuplicateOrdinal {
                    command: record.command.clone(),
                    ordinal: record.ordinal,
                });
            }
        }
        Ok(())
    }

    fn made_by(&self, command: &CommandId) -> Vec<Stored> {
        let range = (command.clone(), 0)..=(command.clone(), u32::MAX);
        self.ordinals
            .range(range)
            .map(|(_, place)| self.rows[*place].stored.clone())
            .collect()
    }

    fn page(&self, from: u64, limit: usize) -> &[Indexed] {
        let from = self.rows.partition_point(|row| row.stored.position < from);
        let to = from.saturating_add(limit).min(self.rows.len());
        &self.rows[from..to]
    }
}

impl Register for MemoryRegister {
    fn head(&self) -> BoxFuture<'_, Result<Head, Error>> {
        Box::pin(async { Ok(self.shelf().head()) })
    }

    fn read(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Stored>, Error>> {
        Box::pin(async move {
            Ok(self
                .shelf()
                .page(from, limit)
                .iter()
                .map(|row| row.stored.clone())
                .collect())
        })
    }

    fn read_indexed(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Indexed>, Error>> {
        Box::pin(async move { Ok(self.shelf().page(from, limit).to_vec()) })
    }

    fn append_sealed(
        &self,
        expected: Head,
        records: Vec<Sealed>,
    ) -> BoxFuture<'_, Result<Appended, Error>> {
        Box::pin(async move { self.append_now(&Batch::new(expected, records)?) })
    }

    fn fill<'a>(&'a self, history: &'a mut dyn Stretches) -> BoxFuture<'a, Result<Head, Error>> {
        Box::pin(self.fill_with(history))
    }

    fn by_command<'a>(
        &'a self,
        command: &'a CommandId,
    ) -> BoxFuture<'a, Result<Vec<Stored>, Error>> {
        Box::pin(async move { Ok(self.shelf().made_by(command)) })
    }

    fn by_commands<'a>(
        &'a self,
        commands: &'a [CommandId],
    ) -> BoxFuture<'a, Result<Vec<Vec<Stored>>, Error>> {
        Box::pin(async move {
            let shelf = self.shelf();
            Ok(commands
                .iter()
                .map(|command| shelf.made_by(command))
                .collect())
        })
    }

    fn by_act<'a>(&'a self, act: &'a ActId) -> BoxFuture<'a, Result<Option<Stored>, Error>> {
        Box::pin(async move {
            let shelf = self.shelf();
            Ok(shelf
                .acts
                .get(act)
                .map(|place| shelf.rows[*place].stored.clone()))
        })
    }

    fn commits(&self, from_size: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Commit>, Error>> {
        Box::pin(async move {
            let shelf = self.shelf();
            Ok(shelf
                .commits
                .iter()
                .filter(|commit| commit.size >= from_size)
                .take(limit)
                .copied()
                .collect())
        })
    }

    fn grown_past(&self, size: u64) -> BoxFuture<'_, Result<Head, Error>> {
        Box::pin(async move {
            let mut head = self.head.subscribe();
            let grown = head
                .wait_for(|head| head.size > size)
                .await
                .expect("the sender lives as long as the register");
            Ok(*grown)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::conformance::Ground;
    use crate::tampering::Attacked;

    struct OneRegister(Arc<MemoryRegister>);

    impl Ground for OneRegister {
        fn open(&self) -> BoxFuture<'_, Arc<dyn Register>> {
            let register: Arc<dyn Register> = self.0.clone();
            Box::pin(async { register })
        }
    }

    impl Attacked for OneRegister {
        fn overwrite(&self, rows: Vec<Indexed>, commits: Vec<Commit>) -> BoxFuture<'_, ()> {
            Box::pin(async move {
                let mut shelf = self.0.shelf();
                (shelf.rows, shelf.commits) = (rows, commits);
            })
        }

        fn rewrite(&self, row: Indexed) -> BoxFuture<'_, ()> {
            Box::pin(async move {
                let place = usize::try_from(row.stored.position).unwrap();
                self.0.shelf().rows[place] = row;
            })
        }
    }

    async fn ground() -> Option<OneRegister> {
        Some(OneRegister(Arc::new(MemoryRegister::new())))
    }

    crate::conformance!(ground());
    crate::tampering!(ground());
}
