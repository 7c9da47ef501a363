use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard};

use futures_util::future::BoxFuture;

use jiff::Timestamp;

use crate::{Directory, Drawer, Error, Forgotten, Kept, Person, PersonId};

/// A directory in memory, for tests and demonstrations.
#[derive(Debug, Default)]
pub struct MemoryDirectory(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    people: BTreeMap<PersonId, Person>,
    drawers: BTreeMap<(Drawer, String), Kept>,
}

impl MemoryDirectory {
    /// A directory of nobody.
    pub fn new() -> Self {
        Self::default()
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Every change is one call: a panic while it is held leaves nothing half done.
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Directory for MemoryDirectory {
    fn put<'a>(&'a self, person: &'a Person) -> BoxFuture<'a, Result<(), Error>> {
        self.held().people.insert(person.id, person.clone());
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, id: &'a PersonId) -> BoxFuture<'a, Result<Option<Person>, Error>> {
        let found = self.held().people.get(id).cloned();
        Box::pin(async { Ok(found) })
    }

    fn list<'a>(
        &'a self,
        after: Option<&'a PersonId>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Person>, Error>> {
        let from = after.map_or(Bound::Unbounded, |id| Bound::Excluded(*id));
        let held = self.held();
        let page = held
            .people
            .range((from, Bound::Unbounded))
            .take(limit)
            .map(|(_, person)| person.clone())
            .collect();
        drop(held);
        Box::pin(async { Ok(page) })
    }

    fn by_email<'a>(&'a self, email: &'a str) -> BoxFuture<'a, Result<Vec<Person>, Error>> {
        let email = email.to_lowercase();
        let held = self.held();
        let has = |person: &&Person| {
            let own = person.email.as_deref();
            own.is_some_and(|own| own.to_lowercase() == email)
        };
        let found = held.people.values().filter(has).cloned().collect();
        drop(held);
        Box::pin(async { Ok(found) })
    }

    fn keep<'a>(&'a self, kept: &'a Kept) -> BoxFuture<'a, Result<(), Error>> {
        let place = (kept.drawer, kept.key.clone());
        self.held().drawers.insert(place, kept.clone());
        Box::pin(async { Ok(()) })
    }

    fn claim<'a>(&'a self, kept: &'a Kept) -> BoxFuture<'a, Result<bool, Error>> {
        let place = (kept.drawer, kept.key.clone());
        let mut held = self.held();
        let is_free = !held.drawers.contains_key(&place);
        if is_free {
            held.drawers.insert(place, kept.clone());
        }
        drop(held);
        Box::pin(async move { Ok(is_free) })
    }

    fn look<'a>(
        &'a self,
        drawer: Drawer,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Kept>, Error>> {
        let found = self.held().drawers.get(&(drawer, key.to_owned())).cloned();
        Box::pin(async { Ok(found) })
    }

    fn of<'a>(
        &'a self,
        drawer: Drawer,
        person: &'a PersonId,
    ) -> BoxFuture<'a, Result<Vec<Kept>, Error>> {
        let held = self.held();
        let whose = |kept: &&Kept| kept.drawer == drawer && kept.person == Some(*person);
        let found = held.drawers.values().filter(whose).cloned().collect();
        drop(held);
        Box::pin(async { Ok(found) })
    }

    fn contents<'a>(
        &'a self,
        drawer: Drawer,
        after: Option<&'a str>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Kept>, Error>> {
        let held = self.held();
        let inside = held.drawers.iter().filter(|((place, key), _)| {
            *place == drawer && after.is_none_or(|after| key.as_str() > after)
        });
        let page = inside.take(limit).map(|(_, kept)| kept.clone()).collect();
        drop(held);
        Box::pin(async { Ok(page) })
    }

    fn take<'a>(
        &'a self,
        drawer: Drawer,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Kept>, Error>> {
        let taken = self.held().drawers.remove(&(drawer, key.to_owned()));
        Box::pin(async { Ok(taken) })
    }

    fn sweep(&self, before: Timestamp) -> BoxFuture<'_, Result<u64, Error>> {
        let mut held = self.held();
        let all = held.drawers.len();
        held.drawers
            .retain(|_, kept| kept.until.is_none_or(|until| until >= before));
        let gone = (all - held.drawers.len()) as u64;
        drop(held);
        Box::pin(async move { Ok(gone) })
    }

    fn forget<'a>(&'a self, id: &'a PersonId) -> BoxFuture<'a, Result<Forgotten, Error>> {
        let mut held = self.held();
        let found = held.people.remove(id);
        held.drawers.retain(|_, kept| kept.person != Some(*id));
        drop(held);
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
