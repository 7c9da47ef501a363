//! An informal consultation as its acts left it.

use jiff::Timestamp;

use super::acts::{InformalAnswered, InformalClosed, InformalOpened};
use crate::{ActId, Actor};

/// An informal consultation, and what was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct InformalConsultation {
    /// The act that began it; it goes by its id.
    pub act: ActId,
    pub opened: InformalOpened,
    pub since: Timestamp,
    /// In the order in which they came; those that another took the place of are still there.
    pub answers: Vec<InformalGiven>,
    pub closed: Option<InformalEnd>,
}

/// An answer of a member.
#[derive(Debug, Clone, PartialEq)]
pub struct InformalGiven {
    pub act: ActId,
    pub at: Timestamp,
    /// The seat from which it was given.
    pub seat: String,
    pub answered: InformalAnswered,
    /// The answer of the same member that took its place.
    pub replaced: Option<ActId>,
}

/// How it was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct InformalEnd {
    pub act: ActId,
    pub at: Timestamp,
    pub closed: InformalClosed,
}

impl InformalConsultation {
    pub(crate) const fn new(act: ActId, opened: InformalOpened, since: Timestamp) -> Self {
        Self {
            act,
            opened,
            since,
            answers: Vec::new(),
            closed: None,
        }
    }

    /// The answer of a member that stands.
    pub fn standing(&self, party: &str) -> Option<&InformalGiven> {
        let mut given = self.answers.iter().rev();
        given.find(|given| *given.answered.party == *party && given.replaced.is_none())
    }

    // What acts change. None refuses: what stands in the register has happened.

    pub(crate) fn answer(
        &mut self,
        act: ActId,
        at: Timestamp,
        actor: &Actor,
        answered: InformalAnswered,
    ) {
        for given in &mut self.answers {
            if answered.in_place_of == Some(given.act) {
                given.replaced = Some(act);
            }
        }
        self.answers.push(InformalGiven {
            act,
            at,
            seat: actor.seat.clone(),
            answered,
            replaced: None,
        });
    }

    pub(crate) fn close(&mut self, act: ActId, at: Timestamp, closed: InformalClosed) {
        self.closed = Some(InformalEnd { act, at, closed });
    }
}
