use comity_calendar::Partial;
use jiff::Timestamp;

use crate::{ActId, Deed, Kind, Name};

/// One act in the list of all: what is needed to name it without reading its record.
///
/// There is one for every act that ever was, so it is kept small.
#[derive(Debug, Clone)]
pub struct ActLine {
    pub id: ActId,
    effective: Option<Partial>,
    /// Twice the millisecond of recording, to which a register keeps instants, and one more if it was recorded from a source.
    stamp: i64,
    what: What,
}

/// What kind of act it is, and what it is about.
#[derive(Debug, Clone)]
pub(crate) enum What {
    Deed(Deed),
    /// A deed about a presidency, whose fact it makes or changes.
    OfPresidency(Deed, Name),
    /// A deed of a consultation, by the act that began it.
    OfConsultation(Deed, Box<ActId>),
    /// A deed of an informal consultation, by the act that began it.
    OfInformal(Deed, Box<ActId>),
    Fact(Kind, Name),
    Correction(Kind, Name),
}

impl ActLine {
    pub(crate) fn new(
        id: ActId,
        recorded_at: Timestamp,
        effective: Option<Partial>,
        what: What,
        recorded: bool,
    ) -> Self {
        Self {
            id,
            effective,
            stamp: recorded_at.as_millisecond() * 2 + i64::from(recorded),
            what,
        }
    }

    pub fn recorded_at(&self) -> Timestamp {
        Timestamp::from_millisecond(self.stamp >> 1).expect("it came from an instant")
    }

    /// Whether it was recorded from a source; [`Conference::provenance`](crate::Conference::provenance) says where.
    pub const fn recorded(&self) -> bool {
        self.stamp & 1 == 1
    }

    /// Since when it has effect, as far as known.
    pub const fn effective(&self) -> Option<Partial> {
        self.effective
    }

    /// The kind of act as records name it.
    pub const fn kind(&self) -> &'static str {
        match &self.what {
            What::Deed(deed)
            | What::OfPresidency(deed, _)
            | What::OfConsultation(deed, _)
            | What::OfInformal(deed, _) => deed.as_str(),
            What::Fact(kind, _) => kind.as_str(),
            What::Correction(..) => crate::act::CORRECTED,
        }
    }

    /// What kind of deed it is; nothing for a fact and its correction.
    pub const fn deed(&self) -> Option<Deed> {
        match &self.what {
            What::Deed(deed)
            | What::OfPresidency(deed, _)
            | What::OfConsultation(deed, _)
            | What::OfInformal(deed, _) => Some(*deed),
            What::Fact(..) | What::Correction(..) => None,
        }
    }

    /// The consultation in which it was done, where it was done in one.
    pub const fn consultation(&self) -> Option<ActId> {
        match &self.what {
            What::OfConsultation(_, consultation) => Some(**consultation),
            _ => None,
        }
    }

    /// The informal consultation in which it was done, where it was done in one.
    pub const fn informal(&self) -> Option<ActId> {
        match &self.what {
            What::OfInformal(_, consultation) => Some(**consultation),
            _ => None,
        }
    }

    /// What it is about, where it is about a fact.
    pub const fn about(&self) -> Option<(Kind, &Name)> {
        match &self.what {
            What::Deed(_) | What::OfConsultation(..) | What::OfInformal(..) => None,
            What::OfPresidency(_, id) => Some((Kind::PresidencyAgreed, id)),
            What::Fact(kind, id) | What::Correction(kind, id) => Some((*kind, id)),
        }
    }
}
