//! What is counted of a node's appends, for a monitor: how many, how long each took, how many lost their race.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use comity_register::{Appended, Error};

/// Upper edges of the classes of time that an append takes, in milliseconds; a last class takes the rest.
pub const APPEND_MS: [u64; 10] = [1, 2, 5, 10, 20, 50, 100, 250, 1_000, 5_000];

/// What was counted so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// Appends that were committed.
    pub appends: u64,
    /// Acts in them.
    pub acts: u64,
    /// Appends that lost their race: another node was first.
    pub conflicts: u64,
    /// Appends that failed before anything was written.
    pub failures: u64,
    /// Appends of which it was not known whether they were committed.
    pub unknown: u64,
    /// Committed appends by the time they took: those within each edge of [`APPEND_MS`], then all the others.
    pub append_classes: [u64; APPEND_MS.len() + 1],
    /// The time of all committed appends together.
    pub append_time: Duration,
}

#[derive(Debug, Default)]
pub(crate) struct Counts {
    acts: AtomicU64,
    conflicts: AtomicU64,
    failures: AtomicU64,
    unknown: AtomicU64,
    classes: [AtomicU64; APPEND_MS.len() + 1],
    micros: AtomicU64,
}

impl Counts {
    pub(crate) fn read(&self) -> Measures {
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let append_classes = self.classes.each_ref().map(get);
        Measures {
            appends: append_classes.iter().sum(),
            acts: get(&self.acts),
            conflicts: get(&self.conflicts),
            failures: get(&self.failures),
            unknown: get(&self.unknown),
            append_classes,
            append_time: Duration::from_micros(get(&self.micros)),
        }
    }

    pub(crate) fn appended(&self, outcome: &Result<Appended, Error>, acts: u64, took: Duration) {
        let one = |count: &AtomicU64| count.fetch_add(1, Ordering::Relaxed);
        match outcome {
            Ok(Appended::Committed(_)) => {
                self.acts.fetch_add(acts, Ordering::Relaxed);
                one(&self.classes[class(took)]);
                let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
                self.micros.fetch_add(micros, Ordering::Relaxed);
            }
            Ok(Appended::Moved(_)) => {
                one(&self.conflicts);
            }
            Err(Error::OutcomeUnknown { .. }) => {
                one(&self.unknown);
            }
            Err(_) => {
                one(&self.failures);
            }
        }
    }
}

fn class(took: Duration) -> usize {
    APPEND_MS
        .iter()
        .position(|edge| took <= Duration::from_millis(*edge))
        .unwrap_or(APPEND_MS.len())
}

#[cfg(test)]
mod tests {
    use comity_register::Head;

    use super::*;

    #[test]
    fn commits_conflicts_and_failures_are_told_apart() {
        let counts = Counts::default();
        let took = Duration::from_millis(3);
        counts.appended(&Ok(Appended::Committed(Head::empty())), 2, took);
        counts.appended(&Ok(Appended::Moved(Head::empty())), 5, took);
        counts.appended(&Err(Error::EmptyBatch), 5, took);
        let source = "the line went dead".into();
        counts.appended(&Err(Error::OutcomeUnknown { source }), 5, took);
        let mut append_classes = [0; APPEND_MS.len() + 1];
        append_classes[2] = 1;
        let counted = Measures {
            appends: 1,
            acts: 2,
            conflicts: 1,
            failures: 1,
            unknown: 1,
            append_classes,
            append_time: took,
        };
        assert_eq!(counts.read(), counted);
    }

    #[test]
    fn an_edge_belongs_to_its_class() {
        assert_eq!(class(Duration::ZERO), 0);
        assert_eq!(class(Duration::from_millis(5)), 2);
        assert_eq!(class(Duration::from_micros(5_001)), 3);
        assert_eq!(class(Duration::from_millis(5_000)), 9);
        assert_eq!(class(Duration::from_millis(5_001)), 10);
    }
}
