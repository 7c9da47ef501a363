use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use comity_rules::SeatClass;

use crate::Seat;
use crate::words::words;

/// A word of the process's own rules: a kind of party, an office, a kind of body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(Arc<str>);

/// The id of a party, a body, a meeting or a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

macro_rules! name {
    ($name:ident) => {
        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(Word);
name!(Id);

words! {
    /// Where the seat's party stands in the Troika today. The Presidency's powers are no seat of their own: they come with
    /// the presidency to the member that holds it.
    Troika {
        Outside = "outside",
        Former = "former",
        /// The Presidency in office.
        Current = "current",
        Upcoming = "upcoming",
    }
}

/// What a seat brings to every question: whose it is, which office it names, and what was given to it.
///
/// A name gives no right, so no person stands here. What ends with a day (an invitation, a mandate, a presidency) is left
/// out by whoever asks once that day is over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rights {
    pub party: Id,
    /// Kind of party.
    pub kind: Word,
    pub office: Word,
    /// Bodies of which the seat is: a liaison officer's network.
    pub bodies: BTreeSet<Id>,
    pub troika: Troika,
    /// A deputy's mandate is on file.
    pub mandate: bool,
    /// Meetings and events to which the seat is invited.
    pub invited_to: BTreeSet<Id>,
    /// Meetings at which an interpreter serves.
    pub serves_at: BTreeSet<Id>,
    /// Texts that a translator was given.
    pub entrusted_with: BTreeSet<Id>,
    /// Texts for which the Presidency authorised an observer state beforehand.
    pub authorized_for: BTreeSet<Id>,
}

impl Rights {
    /// Those of a seat with nothing given to it.
    pub fn new(party: &str, kind: &str, office: &str) -> Self {
        Self {
            party: party.into(),
            kind: kind.into(),
            office: office.into(),
            bodies: BTreeSet::new(),
            troika: Troika::Outside,
            mandate: false,
            invited_to: BTreeSet::new(),
            serves_at: BTreeSet::new(),
            entrusted_with: BTreeSet::new(),
            authorized_for: BTreeSet::new(),
        }
    }
}

impl Rights {
    /// Those of a seat of that class, with nothing else given to it.
    pub fn of(class: &SeatClass, party: &str, troika: Troika) -> Self {
        let mut rights = Self::new(party, &class.kind, &class.office);
        rights.bodies.extend(class.body.as_deref().map(Into::into));
        rights.mandate = class.mandate;
        rights.troika = troika;
        rights
    }
}

impl From<Seat> for Rights {
    fn from(seat: Seat) -> Self {
        match seat {
            Seat::Public => Self::new("public", "public", "anybody"),
            Seat::Operator => Self::new("host", "host", "operator"),
        }
    }
}
