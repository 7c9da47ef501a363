use std::hash::{DefaultHasher, Hash, Hasher};

use imbl::OrdSet;

/// Which command ids the register may hold, in eight bytes each: a writer whose state is the register's own asks the
/// store only for those that it may hold, which a command sent for the first time is not.
///
/// Two ids can share a mark; the store then says which it is. An id that was noted is never denied.
#[derive(Debug, Clone, Default)]
pub struct Commands {
    marks: OrdSet<u64>,
    /// The records of a command stand one after another.
    last: Option<u64>,
}

impl Commands {
    pub(crate) fn note(&mut self, mark: u64) {
        if self.last != Some(mark) {
            self.marks.insert(mark);
            self.last = Some(mark);
        }
    }

    pub(crate) fn may_hold(&self, id: &str) -> bool {
        self.marks.contains(&mark(id))
    }
}

/// What stands for a command id. It lives in memory only, so it may differ from program to program.
pub(crate) fn mark(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_may_be_held_and_nothing_else() {
        let mut commands = Commands::default();
        for id in ["a", "a", "b", "a", "c"] {
            commands.note(mark(id));
        }
        for id in ["a", "b", "c"] {
            assert!(commands.may_hold(id), "{id}");
        }
        for id in ["", "d", "aa", "A"] {
            assert!(!commands.may_hold(id), "{id}");
        }
        assert_eq!(commands.marks.len(), 3);
    }
}
