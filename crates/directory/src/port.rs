use futures_util::future::BoxFuture;

use jiff::Timestamp;

use crate::{Drawer, Error, Kept, Person, PersonId};

/// Where people are kept.
///
/// The contract, which [`conformance`](mod@crate::conformance) holds every implementation to:
///
/// - **Durable on return**, as far as the store is.
/// - **One line for each id.** `put` writes the person whole, in the place of what was there.
/// - **A drawer gives each thing to one.** What was taken is gone for everybody, however many took at once.
/// - **Forgetting is for good.** When [`forget`](Directory::forget) answers, nothing that was stored of the person can
///   be read, neither by a query nor from the files of the store. Copies elsewhere are not its business: they are
///   cleaned when they come back, because the register keeps who was erased.
pub trait Directory: Send + Sync + std::fmt::Debug + 'static {
    /// Keeps a person, in the place of what was known before.
    fn put<'a>(&'a self, person: &'a Person) -> BoxFuture<'a, Result<(), Error>>;

    /// What is known of a person.
    fn get<'a>(&'a self, id: &'a PersonId) -> BoxFuture<'a, Result<Option<Person>, Error>>;

    /// Up to `limit` people after an id, in the order of their ids; from the first on without one.
    fn list<'a>(
        &'a self,
        after: Option<&'a PersonId>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Person>, Error>>;

    /// The people with that address, whatever its case; in the order of their ids.
    fn by_email<'a>(&'a self, email: &'a str) -> BoxFuture<'a, Result<Vec<Person>, Error>>;

    /// Keeps something in a drawer, in the place of what had its key.
    fn keep<'a>(&'a self, kept: &'a Kept) -> BoxFuture<'a, Result<(), Error>>;

    /// Keeps something in a drawer where nothing has its key. Of several that keep the same, one is told that it did.
    fn claim<'a>(&'a self, kept: &'a Kept) -> BoxFuture<'a, Result<bool, Error>>;

    /// What a drawer holds under a key, also when its time is over.
    fn look<'a>(
        &'a self,
        drawer: Drawer,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Kept>, Error>>;

    /// What a drawer holds of a person, in the order of the keys.
    fn of<'a>(
        &'a self,
        drawer: Drawer,
        person: &'a PersonId,
    ) -> BoxFuture<'a, Result<Vec<Kept>, Error>>;

    /// Up to `limit` things of a drawer after a key, whosever they are, in the order of their keys.
    fn contents<'a>(
        &'a self,
        drawer: Drawer,
        after: Option<&'a str>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Kept>, Error>>;

    /// Takes something out of a drawer. Of several that take the same, one gets it.
    fn take<'a>(
        &'a self,
        drawer: Drawer,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Kept>, Error>>;

    /// Throws away what was worth nothing any more before an instant. Answers with how many.
    fn sweep(&self, before: Timestamp) -> BoxFuture<'_, Result<u64, Error>>;

    /// Destroys what is known of a person. Also one that is not there, or not any more: traces are removed again.
    fn forget<'a>(&'a self, id: &'a PersonId) -> BoxFuture<'a, Result<Forgotten, Error>>;
}

/// What there was to forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgotten {
    Something,
    Nothing,
}
