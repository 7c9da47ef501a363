//! The terms of a round: each member's own working days, or those of one calendar, as the rules say (K-12).

use std::collections::BTreeMap;

use comity_calendar::{Calendars, Capital, Counting, FirstDay, Term, TermError, term, term_from};
use comity_rules::WhoseDays;
use jiff::Timestamp;

use super::Room;
use super::rejection::NotConsulted;
use super::state::Round;
use crate::{ActId, Name, Rejection};

/// The terms of all members, with the instant at which the last one ends, and the act that adopted the calendars.
pub(super) struct Terms {
    pub of: BTreeMap<Name, Term>,
    pub closes_at: Timestamp,
    pub calendars: ActId,
}

/// The terms of a round that opens now.
pub(super) fn from_now(room: &Room<'_>, presidency: &Name) -> Result<Terms, Rejection> {
    let members = room.members().into_iter().map(|member| member.id.clone());
    let members: Vec<Name> = members.collect();
    counted(room, presidency, members.iter(), |_, capital| {
        term_from(
            room.now,
            room.procedure.period,
            capital,
            room.procedure.counting,
        )
    })
}

/// As many working days again, after the end of each member's term.
pub(super) fn after(room: &Room<'_>, round: &Round) -> Result<Terms, Rejection> {
    let counting = Counting {
        first_day: FirstDay::NotCounted,
        ..room.procedure.counting
    };
    let before = &round.opened.terms;
    counted(
        room,
        &round.opened.presidency,
        before.keys(),
        |party, capital| {
            let last = before[party].ends_on;
            term(last, room.procedure.period, capital, counting)
        },
    )
}

fn counted<'n>(
    room: &Room<'_>,
    presidency: &Name,
    members: impl Iterator<Item = &'n Name> + Clone,
    count: impl Fn(&Name, &Capital) -> Result<Term, TermError>,
) -> Result<Terms, Rejection> {
    let adopted = room.conference.calendar.as_ref();
    let adopted = adopted.ok_or(NotConsulted::NoCalendar)?;
    let calendars = room.conference.calendars();
    let calendars = calendars.ok_or(NotConsulted::NoCalendar)?;
    let one = one_for_all(room, presidency, &calendars, members.clone())?;
    let mut of = BTreeMap::new();
    for party in members {
        let own = one
            .as_ref()
            .or_else(|| calendars.country(code(room, party)?));
        let capital = own.ok_or_else(|| NotConsulted::NoCalendarOf {
            party: party.clone(),
        })?;
        let term = count(party, capital).map_err(|why| NotConsulted::TermNotCounted {
            party: party.clone(),
            why,
        })?;
        of.insert(party.clone(), term);
    }
    let closes_at = of.values().map(|term| term.ends_at).max();
    Ok(Terms {
        closes_at: closes_at.unwrap_or(room.now),
        of,
        calendars: adopted.act,
    })
}

/// The calendar that counts for everybody, where the rules know one.
fn one_for_all<'n>(
    room: &Room<'_>,
    presidency: &Name,
    calendars: &Calendars,
    members: impl Iterator<Item = &'n Name>,
) -> Result<Option<Capital>, Rejection> {
    let of_chair = || code(room, presidency);
    let absent = || NotConsulted::NoCalendarOf {
        party: presidency.clone(),
    };
    let found = match room.procedure.calendar {
        WhoseDays::EachMember => return Ok(None),
        WhoseDays::Chair => of_chair().and_then(|code| calendars.country(code).cloned()),
        WhoseDays::Secretariat => {
            let rule = room.rules.consultation.as_ref();
            let code = rule.and_then(|rule| rule.secretariat_in.as_deref());
            code.and_then(|code| calendars.country(code).cloned())
        }
        // The day of all of them, by the clock of whoever presides.
        WhoseDays::Union => {
            let codes: Option<Vec<&str>> = members.map(|party| code(room, party)).collect();
            let zone = of_chair().and_then(|code| calendars.country(code));
            codes
                .zip(zone)
                .and_then(|(codes, zone)| calendars.union(&codes, zone.zone_name()))
        }
    };
    Ok(Some(found.ok_or_else(absent)?))
}

/// The code of a party's country.
fn code<'a>(room: &Room<'a>, party: &str) -> Option<&'a str> {
    let held = room.conference.parties.get(party)?;
    held.fact.code.as_deref()
}
