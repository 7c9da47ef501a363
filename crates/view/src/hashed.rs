use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// A value that several share, with its hash: however often the mark of a page is made, it is hashed once.
#[derive(Debug)]
pub struct Hashed<T> {
    shared: Arc<(u64, T)>,
}

impl<T: Hash> Hashed<T> {
    pub fn new(value: T) -> Self {
        // Keyed with nothing: every node makes the same of the same. It guards nothing.
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        Self {
            shared: Arc::new((hasher.finish(), value)),
        }
    }
}

impl<T> Hashed<T> {
    /// Whether both are one, and not only alike.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }
}

impl<T> Clone for Hashed<T> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<T> Deref for Hashed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.shared.1
    }
}

impl<T: PartialEq> PartialEq for Hashed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is(other) || (self.shared.0 == other.shared.0 && self.shared.1 == other.shared.1)
    }
}

impl<T: Eq> Eq for Hashed<T> {}

impl<T> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.shared.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(value: &impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn what_is_alike_has_one_mark_and_what_differs_another() {
        let one = Hashed::new(["a", "b"]);
        let alike = Hashed::new(["a", "b"]);
        assert!(!one.is(&alike) && one.is(&one.clone()));
        assert_eq!(one, alike);
        assert_eq!(mark(&one), mark(&alike));
        let other = Hashed::new(["a", "c"]);
        assert_ne!(one, other);
        assert_ne!(mark(&one), mark(&other));
    }
}
