//! Seats: who holds which office of which party, since when and on whose note. A role gives rights, a name does not.

use comity_calendar::Date;
use comity_rules::{Ask, Language, Rules, SeatClass, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Act, ActBody, ActId, Attached, Conference, Context, Name, Origin, PersonId, Rejection,
    attached, note,
};

/// A person takes a seat (C.3-3, P-06, line 726).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatFilled {
    /// A class of seat of the rules: `speaker`, `focal-point`, …
    pub seat: Name,
    /// The party whose seat it is. For seats that no party of the process has, the kind: `secretariat`.
    pub party: Name,
    /// Who takes it. Name and address are in the directory.
    pub person: PersonId,
    /// The branch of government, where the class asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<Name>,
    /// What the seat is there for, where the class asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Text>,
    /// The meeting to which it is invited or at which it serves, where the class asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Name>,
    /// The last day, where it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The note by which the party named the person: its reference, in the party's own words. A deputy's mandate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The note itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Attached>,
}

/// A person leaves a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatVacated {
    /// The act by which it was filled.
    pub filled: ActId,
    /// The note on which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A seat that was filled, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    pub filled: SeatFilled,
    pub since: Timestamp,
    /// The act by which it was vacated, and when.
    pub vacated: Option<(ActId, Timestamp)>,
}

impl Conference {
    /// Whether somebody holds the seat at that instant: nobody vacated it, its last day is not over (by universal time),
    /// and the person was not erased.
    pub fn holds(&self, holding: &Holding, now: Timestamp) -> bool {
        let ended = holding.filled.until.is_some_and(|last| last < day(now));
        holding.vacated.is_none() && !ended && !self.erased.contains_key(&holding.filled.person)
    }

    /// The seats that are held at that instant, each by the act that filled it, in the order of these acts' ids.
    pub fn held_seats(&self, now: Timestamp) -> impl Iterator<Item = (ActId, &Holding)> {
        let all = self.seats.iter().map(|(act, holding)| (*act, &**holding));
        all.filter(move |(_, holding)| self.holds(holding, now))
    }
}

fn day(now: Timestamp) -> Date {
    jiff::tz::Offset::UTC.to_datetime(now).date()
}

/// A seat is filled in order when its class is known, the party is one that has such seats, all that the class asks for is
/// said and nothing else, and nobody holds it whose place it is. `replace` makes whoever holds a seat for one leave it
/// by the same command.
pub(crate) fn fill(
    conference: &Conference,
    rules: Option<&Rules>,
    asked: &SeatFilled,
    replace: bool,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    let rules = rules.ok_or(Rejection::NoRulesAdopted)?;
    let class = rules.seat(&asked.seat).filter(|class| !class.unseated);
    let class = class.ok_or_else(|| Rejection::UnknownSeat {
        seat: asked.seat.to_string(),
    })?;
    of_party(conference, rules, class, &asked.party)?;
    if let Some(act) = conference.erased.get(&asked.person) {
        return Err(Rejection::PersonErasedAlready {
            person: asked.person,
            act: *act,
        });
    }
    details(conference, rules, class, asked, context)?;
    let mut acts = Vec::new();
    let alike: Vec<(ActId, &Holding)> = conference
        .held_seats(context.now)
        .filter(|(_, holding)| same_place(&holding.filled, asked))
        .collect();
    if let Some((filled, _)) = alike
        .iter()
        .find(|(_, holding)| holding.filled.person == asked.person)
    {
        return Err(Rejection::SeatHeldAlready { filled: *filled });
    }
    if class.one {
        for (filled, _) in alike {
            if !replace {
                return Err(Rejection::SeatTaken { filled });
            }
            acts.push(enacted(ActBody::SeatVacated(SeatVacated {
                filled,
                note: asked.note.clone(),
            })));
        }
    }
    acts.push(enacted(ActBody::SeatFilled(Box::new(asked.clone()))));
    Ok(acts)
}

/// The same office of the same party, for the same.
fn same_place(held: &SeatFilled, asked: &SeatFilled) -> bool {
    (&held.seat, &held.party, &held.branch) == (&asked.seat, &asked.party, &asked.branch)
        && (&held.purpose, &held.meeting) == (&asked.purpose, &asked.meeting)
}

/// The party is of the kind of the class and takes part today; where no party of the process is of that kind, the kind stands
/// for it.
fn of_party(
    conference: &Conference,
    rules: &Rules,
    class: &SeatClass,
    party: &Name,
) -> Result<(), Rejection> {
    let unfit = || Rejection::SeatOfAnotherParty {
        seat: class.id.clone(),
        party: party.to_string(),
    };
    if rules.party_kind(&class.kind).is_none() {
        return if **party == *class.kind {
            Ok(())
        } else {
            Err(unfit())
        };
    }
    let held = conference.parties.get(party).ok_or_else(unfit)?;
    let takes_part = *held.fact.kind == *class.kind && held.fact.until.is_none();
    takes_part.then_some(()).ok_or_else(unfit)
}

fn details(
    conference: &Conference,
    rules: &Rules,
    class: &SeatClass,
    asked: &SeatFilled,
    context: &Context,
) -> Result<(), Rejection> {
    for (what, wanted, given) in [
        ("branch", class.asks(Ask::Branch), asked.branch.is_some()),
        ("purpose", class.asks(Ask::Purpose), asked.purpose.is_some()),
        ("meeting", class.of_meeting(), asked.meeting.is_some()),
    ] {
        if wanted && !given {
            return Err(Rejection::SeatDetailAbsent { what });
        }
        if given && !wanted {
            return Err(Rejection::SeatDetailNotAsked { what });
        }
    }
    if class.of_meeting() && asked.until.is_none() {
        return Err(Rejection::SeatDetailAbsent { what: "until" });
    }
    if class.mandate && asked.note.is_none() {
        return Err(Rejection::SeatDetailAbsent { what: "note" });
    }
    if let Some(branch) = asked
        .branch
        .as_deref()
        .filter(|id| rules.branch(id).is_none())
    {
        return Err(Rejection::SeatDetailUnknown {
            what: "branch",
            id: branch.to_owned(),
        });
    }
    let meetings = &conference.meetings;
    if let Some(meeting) = asked.meeting.as_deref().filter(|id| !meetings.contains(id)) {
        return Err(Rejection::SeatDetailUnknown {
            what: "meeting",
            id: meeting.to_owned(),
        });
    }
    // A guest's rights end with the meeting named in the invitation.
    let meeting = asked.meeting.as_deref().and_then(|id| meetings.get(id));
    let last = meeting.and_then(|held| held.fact.date.latest());
    if let (Some(until), Some(last)) = (asked.until, last)
        && until > last
    {
        return Err(Rejection::SeatOutlastsMeeting { until, last });
    }
    let one_language = |text: &Text| {
        Language::ALL
            .iter()
            .any(|language| text.get(*language).trim().is_empty())
    };
    if asked.purpose.as_ref().is_some_and(one_language) {
        return Err(Rejection::SeatDetailAbsent { what: "purpose" });
    }
    if let Some(until) = asked.until.filter(|until| *until < day(context.now)) {
        return Err(Rejection::SeatEndedBefore { until });
    }
    note::check(asked.note.as_deref())?;
    if asked.file.is_some() && asked.note.is_none() {
        return Err(Rejection::SeatDetailAbsent { what: "note" });
    }
    attached::check(asked.file.as_ref())
}

/// A seat is vacated in order once, while somebody holds it.
pub(crate) fn vacate(
    conference: &Conference,
    rules: Option<&Rules>,
    asked: &SeatVacated,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    if rules.is_none() {
        return Err(Rejection::NoRulesAdopted);
    }
    let Some(holding) = conference.seats.get(&asked.filled) else {
        return Err(Rejection::UnknownHolding);
    };
    if !conference.holds(holding, context.now) {
        return Err(Rejection::SeatNotHeld {
            vacated: holding.vacated.map(|(act, _)| act),
        });
    }
    note::check(asked.note.as_deref())?;
    Ok(vec![enacted(ActBody::SeatVacated(asked.clone()))])
}

fn enacted(body: ActBody) -> Act {
    Act {
        effective: None,
        origin: Origin::Enacted,
        body,
    }
}
