//! In which capacity somebody acts or reads, and which rights that gives at an instant.

use comity_conference::{ActId, Actor, Conference, Holding};
use comity_policy::{Answer, Class, Judge, Policy, Resource, Rights, Seat, Troika, may};
use comity_rules::{Ask, Rules, SeatClass};
use jiff::Timestamp;

use crate::State;

/// In which capacity somebody acts or reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capacity {
    /// One that everybody or the host has.
    Floor(Seat),
    /// A seat that a person holds, by the act that filled it.
    Held(ActId),
}

impl From<Seat> for Capacity {
    fn from(seat: Seat) -> Self {
        Self::Floor(seat)
    }
}

impl From<ActId> for Capacity {
    fn from(filled: ActId) -> Self {
        Self::Held(filled)
    }
}

/// A capacity as it stands at an instant.
#[derive(Debug, Clone)]
pub(crate) struct Standpoint {
    pub rights: Rights,
    pub actor: Actor,
    floor: Option<Seat>,
}

impl Standpoint {
    /// The standpoint of a capacity; `None` where nobody holds the seat any more.
    pub fn of(state: &State, capacity: Capacity, now: Timestamp) -> Option<Self> {
        match capacity {
            Capacity::Floor(seat) => Some(Self {
                rights: Rights::from(seat),
                actor: Actor {
                    person: None,
                    seat: seat.as_str().to_owned(),
                    capacity: seat.as_str().to_owned(),
                    for_party: None,
                    mandate: None,
                },
                floor: Some(seat),
            }),
            Capacity::Held(filled) => held(state, filled, now),
        }
    }

    /// Whether somebody who stands here may do that. Before a register has policies, and where they cannot be read, only
    /// the floor holds.
    pub fn may(&self, state: &State, action: comity_policy::Action, class: &Class) -> Answer {
        let resource = match class {
            Class::Register => Some(Resource::Register),
            Class::Published => Some(Resource::Published),
            _ => None,
        };
        if let (Some(seat), Some(resource)) = (self.floor, resource) {
            let decision = may(seat, action, resource);
            let mut policy = Policy::default_denial();
            policy.id = decision.policy.to_owned();
            return Answer {
                allowed: decision.allowed,
                policy: policy.into(),
            };
        }
        match &state.judge {
            Some(judge) => judge.may(&self.rights, action, class),
            None => Answer {
                allowed: false,
                policy: Policy::default_denial().into(),
            },
        }
    }
}

fn held(state: &State, filled: ActId, now: Timestamp) -> Option<Standpoint> {
    let conference = &state.conference;
    let holding = conference.seats.get(&filled)?;
    let rules = state.rules.as_deref()?;
    let class = rules.seat(&holding.filled.seat)?;
    if !conference.holds(holding, now) {
        return None;
    }
    let rights = rights(conference, rules, class, holding, now);
    let for_party = rules
        .party_kind(&class.kind)
        .map(|_| holding.filled.party.to_string());
    let actor = Actor {
        person: Some(holding.filled.person.to_string()),
        seat: class.id.clone(),
        capacity: match rights.troika {
            Troika::Current => "presidency".to_owned(),
            Troika::Outside | Troika::Former | Troika::Upcoming => class.office.clone(),
        },
        for_party,
        mandate: holding.filled.note.clone().filter(|_| class.mandate),
    };
    Some(Standpoint {
        rights,
        actor,
        floor: None,
    })
}

/// What a seat gives at an instant: its class, the place of its party in the Troika, and what was given to it.
pub(crate) fn rights(
    conference: &Conference,
    rules: &Rules,
    class: &SeatClass,
    holding: &Holding,
    now: Timestamp,
) -> Rights {
    let party = &holding.filled.party;
    let place = || {
        let members = conference.troika_at(rules, now);
        let own = members
            .iter()
            .find(|member| member.presidency.fact.party == *party)?;
        Some(match own.seat {
            comity_conference::Seat::Former => Troika::Former,
            comity_conference::Seat::Current => Troika::Current,
            comity_conference::Seat::Upcoming => Troika::Upcoming,
        })
    };
    let troika = if rules.chair.holders.contains(&class.kind) {
        place().unwrap_or(Troika::Outside)
    } else {
        Troika::Outside
    };
    let mut rights = Rights::of(class, party, troika);
    if let Some(meeting) = holding.filled.meeting.as_deref() {
        if class.asks(Ask::Invitation) {
            rights.invited_to.insert(meeting.into());
        }
        if class.asks(Ask::Service) {
            rights.serves_at.insert(meeting.into());
        }
    }
    rights
}

/// The class of the people of a party: a seat of it is one of them. `None` where the party or the class is not known.
pub(crate) fn people(state: &State, party: &str, seat: &str) -> Option<Class> {
    let rules = state.rules.as_deref()?;
    let kind = &rules.seat(seat)?.kind;
    Some(Class::People {
        of: party.into(),
        of_kind: kind.as_str().into(),
    })
}

/// Reads the policies that a register took up. The registrar does not know their language.
pub trait Courts: std::fmt::Debug + Send + Sync {
    /// The judge by these documents.
    ///
    /// # Errors
    /// They cannot be read, in words.
    fn open(
        &self,
        documents: &comity_conference::PolicyDocuments,
    ) -> Result<std::sync::Arc<dyn Judge>, String>;
}
