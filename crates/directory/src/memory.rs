use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard};

use futures_util::future::BoxFuture;

use crate::{Directory, Error, Forgotten, Person, PersonId};

/// A directory in memory, for tests and demonstrations.
#[derive(Debug, Default)]
pub struct MemoryDirectory(Mutex<BTreeMap<PersonId, Person>>);

impl MemoryDirectory {
    /// A directory of nobody.
    pub fn new() -> Self {
        Self::default()
    }

    fn people(&self) -> MutexGuard<'_, BTreeMap<PersonId, Person>> {
        // Every change is one call: a panic while it is held leaves nothing half done.
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Directory for MemoryDirectory {
    fn put<'a>(&'a self, person: &'a Person) -> BoxFuture<'a, Result<(), Error>> {
        self.people().insert(person.id, person.clone());
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, id: &'a PersonId) -> BoxFuture<'a, Result<Option<Person>, Error>> {
        let found = self.people().get(id).cloned();
        Box::pin(async { Ok(found) })
    }

    fn list<'a>(
        &'a self,
        after: Option<&'a PersonId>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Person>, Error>> {
        let from = after.map_or(Bound::Unbounded, |id| Bound::Excluded(*id));
        let people = self.people();
        let page = people
            .range((from, Bound::Unbounded))
            .take(limit)
            .map(|(_, person)| person.clone())
            .collect();
        drop(people);
        Box::pin(async { Ok(page) })
    }

    fn forget<'a>(&'a self, id: &'a PersonId) -> BoxFuture<'a, Result<Forgotten, Error>> {
        let found = self.people().remove(id);
        let forgotten = if found.is_some() {
            Forgotten::Something
        } else {
            Forgotten::Nothing
        };
        Box::pin(async move { Ok(forgotten) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::conformance::Ground;

    struct One(Arc<MemoryDirectory>);

    impl Ground for One {
        fn open(&self) -> BoxFuture<'_, Arc<dyn Directory>> {
            let directory: Arc<dyn Directory> = self.0.clone();
            Box::pin(async { directory })
        }
    }

    async fn ground() -> Option<One> {
        Some(One(Arc::default()))
    }

    crate::conformance!(ground());
}
