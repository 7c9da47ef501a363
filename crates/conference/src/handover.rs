//! The Presidency passes from one member to the next at an instant. Its powers are no seat: they go with it.

use comity_rules::{ChairModel, Rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fact::PresidencyAgreed;
use crate::{Act, ActBody, ActId, Conference, Context, Held, Name, Origin, Rejection};

/// The Presidency in office hands over to the one that was agreed to follow it (H-21, C.3).
///
/// It may be dated ahead. The clock makes it true, not a job: whoever asks who presides asks for an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresidencyHandedOver {
    /// The presidency that begins: `ppt-2012`.
    pub presidency: Name,
    /// From when on it is in office.
    pub from: Timestamp,
    /// The time zone in which that instant was meant, by its IANA name: `America/Panama`.
    pub zone: String,
}

/// A hand-over with the act that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    pub act: ActId,
    pub from: Timestamp,
    pub zone: String,
}

/// When a presidency begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    pub at: Timestamp,
    /// No hand-over says so: it is taken to begin with its term.
    pub assumed: bool,
}

impl Conference {
    /// When a presidency begins: at its hand-over; without one, with the first day of its term by universal time.
    pub fn beginning(&self, presidency: &PresidencyAgreed) -> Beginning {
        if let Some(hand_over) = self.hand_overs.get(&presidency.id) {
            return Beginning {
                at: hand_over.from,
                assumed: false,
            };
        }
        let first = presidency.term.earliest().at(0, 0, 0, 0);
        let at = jiff::tz::Offset::UTC.to_timestamp(first);
        Beginning {
            at: at.unwrap_or(Timestamp::MAX),
            assumed: true,
        }
    }

    /// The presidencies in the order of their terms, each with its beginning.
    pub fn presidencies_in_order(&self) -> Vec<(&Held<PresidencyAgreed>, Beginning)> {
        let all = self.presidencies_by_term().into_iter();
        all.map(|held| (held, self.beginning(&held.fact))).collect()
    }

    /// The place of the presidency in office at an instant among all of them, in the order of their terms. One that was
    /// handed over stays in office until it hands over itself; one of the record ends with its term.
    pub(crate) fn in_office(
        &self,
        all: &[(&Held<PresidencyAgreed>, Beginning)],
        at: Timestamp,
    ) -> Option<usize> {
        let place = all.iter().rposition(|(_, beginning)| beginning.at <= at)?;
        let (held, _) = &all[place];
        // With one to follow that has not begun, the term goes on until the hand-over says otherwise.
        let goes_on = all
            .get(place + 1)
            .is_some_and(|(next, _)| self.hand_overs.contains_key(&next.fact.id));
        let day = jiff::tz::Offset::UTC.to_datetime(at).date();
        let last = held.fact.term.latest();
        (goes_on || last.is_none_or(|last| day <= last)).then_some(place)
    }
}

/// A hand-over is in order to the presidency that follows the one in office, once, and not into the past.
pub(crate) fn hand_over(
    conference: &Conference,
    rules: Option<&Rules>,
    presidency: &str,
    from: Option<Timestamp>,
    zone: &str,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    let rules = rules.ok_or(Rejection::NoRulesAdopted)?;
    if rules.chair.model != ChairModel::Rotating {
        return Err(Rejection::NothingToHandOver);
    }
    let all = conference.presidencies_in_order();
    let Some(asked) = all
        .iter()
        .position(|(held, _)| *held.fact.id == *presidency)
    else {
        return Err(Rejection::UnknownPresidency {
            presidency: presidency.to_owned(),
        });
    };
    if let Some(done) = conference.hand_overs.get(presidency) {
        return Err(Rejection::HandedOverAlready { act: done.act });
    }
    let current = conference.in_office(&all, context.now);
    if current.is_none_or(|current| asked != current + 1) {
        return Err(Rejection::NotNextInOffice {
            presidency: presidency.to_owned(),
        });
    }
    let from = from.unwrap_or(context.now);
    if from < context.now {
        return Err(Rejection::HandOverInThePast { from });
    }
    let is_zone = |byte: u8| byte.is_ascii_alphanumeric() || b"/_-+".contains(&byte);
    if zone.is_empty() || zone.len() > 64 || !zone.bytes().all(is_zone) {
        return Err(Rejection::ZoneMalformed {
            zone: zone.chars().take(64).collect(),
        });
    }
    Ok(vec![Act {
        effective: None,
        origin: Origin::Enacted,
        body: ActBody::PresidencyHandedOver(PresidencyHandedOver {
            presidency: Name::new(presidency),
            from,
            zone: zone.to_owned(),
        }),
    }])
}
