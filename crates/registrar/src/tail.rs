//! What the register holds beyond a state, and whether it continues that state.

use comity_register::merkle::leaf;
use comity_register::{Head, Record};

use crate::standing::{Halt, HaltedBy, Unknown};
use crate::{Error, State};

/// What was read beyond a state.
#[derive(Debug, Clone)]
pub struct Tail {
    /// Where the register stood when it was asked.
    pub head: Head,
    /// The first commit at or above the state's size.
    pub next: Option<Head>,
    /// The records from the state's size up to the head; not read where the commits already contradict the state.
    pub records: Vec<(Record, Vec<u8>)>,
}

/// Where a tail leads.
#[derive(Debug)]
pub(crate) enum Followed {
    /// To the head.
    InStep(State),
    /// To a record that only a later program understands.
    Stopped(State, Unknown),
    /// Nowhere: the state is not the beginning of this register.
    Halted(Halt),
}

impl Tail {
    /// Whether what the commits say already contradicts a state that stands at `own`. Then its records need not be read.
    pub fn contradicts(&self, own: Head) -> Option<Halt> {
        let other = |commit: Head| commit.size == own.size && commit != own;
        let why = if self.head.size < own.size {
            HaltedBy::Shorter { own }
        } else if other(self.head) || self.next.is_some_and(other) {
            HaltedBy::OtherHistory { own }
        } else {
            return None;
        };
        Some(Halt {
            found: self.head,
            why,
        })
    }

    /// Takes the tail into a state.
    ///
    /// The state's own edge of the tree, with the leaves that follow, must give the root that the register gives. That
    /// can hold for one history only: so it is proven that the state is a beginning of this register, also where the
    /// register has no commit of the state's size, and also across records that this program does not understand.
    pub(crate) fn follow(self, own: &State) -> Followed {
        if let Some(halt) = self.contradicts(own.head()) {
            return Followed::Halted(halt);
        }
        let halted = |why| {
            Followed::Halted(Halt {
                found: self.head,
                why,
            })
        };
        let mut state = own.clone();
        let mut frontier = own.frontier.clone();
        let mut unknown = None;
        for (record, blob) in &self.records {
            let leaf = leaf(blob);
            frontier.push(leaf);
            if unknown.is_some() {
                continue;
            }
            if let Err(error) = state.take(record, leaf) {
                match error.unknown() {
                    Some(found) => unknown = Some(found),
                    None => return halted(unreadable(record.position, &error)),
                }
            }
        }
        if frontier.head() != self.head {
            return halted(HaltedBy::OtherHistory { own: own.head() });
        }
        match unknown {
            None => Followed::InStep(state),
            Some(unknown) => Followed::Stopped(state, unknown),
        }
    }
}

fn unreadable(position: u64, error: &Error) -> HaltedBy {
    HaltedBy::Unreadable {
        position,
        what: error.to_string(),
    }
}
