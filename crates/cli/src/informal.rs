//! Who hears by letter of an informal consultation, and what the letter may say.

pub mod illustration;

use std::collections::BTreeMap;

use comity_conference::{ActId, InformalConsultation};
use comity_directory::PersonId;
use comity_policy::{Action, Class, Sight};
use comity_post::{InformalStep, Matter};
use comity_registrar::{Registrar, Timestamp};
use comity_view::{Inside, Language, Matter as Kind};
use jiff::civil::Date;

use crate::circulation::{Addressed, addressed, people};

/// Whom an act of an informal consultation is told to, and about what: whoever may answer for a country that was asked. The
/// others of a delegation find it on their desk.
pub fn told_of(registrar: &Registrar, act: ActId) -> anyhow::Result<Vec<(PersonId, Matter)>> {
    let state = registrar.state();
    let mut all = state.conference.informals.values();
    let Some((found, step, party)) = all.find_map(|found| step_of(found, act)) else {
        return Ok(Vec::new());
    };
    let matter = Matter::Informal {
        of: found.act.to_string(),
        what: step,
    };
    let hears = |inside: &Inside, of: &str| {
        party.is_none_or(|party| party == of) && hears(found, inside, of)
    };
    let people = people(registrar, &hears)?;
    Ok(people
        .into_iter()
        .map(|person| (person, matter.clone()))
        .collect())
}

/// The exact list of whom the letters that open it go to.
pub fn to_be_told(
    registrar: &Registrar,
    found: &InformalConsultation,
    language: Language,
) -> anyhow::Result<Vec<Addressed>> {
    let hears = |inside: &Inside, of: &str| hears(found, inside, of);
    addressed(registrar, language, &hears)
}

/// The countries that were asked, by the people who sit for each.
pub fn sit_for(registrar: &Registrar, found: &InformalConsultation) -> BTreeMap<PersonId, String> {
    let state = registrar.state();
    let held = state.conference.held_seats(registrar.now());
    held.filter(|(_, holding)| found.opened.asked.contains(&holding.filled.party))
        .filter_map(|(_, holding)| {
            let person = holding.filled.person.as_str().parse().ok()?;
            Some((person, holding.filled.party.to_string()))
        })
        .collect()
}

/// Whether a letter that asks has nothing to ask for any more.
pub fn is_past(registrar: &Registrar, of: &str, step: InformalStep) -> bool {
    let state = registrar.state();
    let found = ActId::new(of).and_then(|id| state.conference.informals.get(&id));
    step == InformalStep::Opened && found.is_none_or(|found| found.closed.is_some())
}

/// Whether an act opened an informal consultation.
pub fn is_one(registrar: &Registrar, of: &str) -> bool {
    let state = registrar.state();
    ActId::new(of).is_some_and(|id| state.conference.informals.contains_key(&id))
}

/// Whoever may answer for a country that was asked.
fn hears(found: &InformalConsultation, inside: &Inside, party: &str) -> bool {
    let mut asked = found.opened.asked.iter();
    asked.any(|name| **name == *party) && answers(inside, party)
}

/// What of an informal consultation an act is, where somebody is told of it; with the party for a copy.
fn step_of(
    found: &InformalConsultation,
    act: ActId,
) -> Option<(&InformalConsultation, InformalStep, Option<&str>)> {
    if found.act == act {
        return Some((found, InformalStep::Opened, None));
    }
    if found.closed.as_ref().is_some_and(|end| end.act == act) {
        return Some((found, InformalStep::Closed, None));
    }
    let given = found.answers.iter().find(|given| given.act == act)?;
    let entered = given.answered.received.is_some();
    entered.then(|| (found, InformalStep::Entered, Some(&*given.answered.party)))
}

fn answers(inside: &Inside, party: &str) -> bool {
    let own = Class::InformalAnswer {
        of: party.into(),
        sight: Sight::Held,
    };
    inside.may(Action::Answer, &own).allowed
}

/// What a letter says.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// Absent where it is not to be read on the way.
    pub topic: Option<String>,
    pub helpful_by: Option<Date>,
    /// The days that it asks about, and since when, where the letter brings them for a calendar.
    pub asks_about: Option<((Date, Date), Timestamp)>,
}

/// What somebody is told now; nothing where they may not see it any more, or what they were asked is closed.
pub fn told(
    registrar: &Registrar,
    person: &PersonId,
    of: &str,
    step: InformalStep,
    language: Language,
) -> Option<Told> {
    let state = registrar.state();
    let found = state.conference.informals.get(&ActId::new(of)?)?;
    let seats = registrar.seats_of(person.as_str()).into_iter();
    let reads = |inside: Inside| inside.may(Action::Read, &Class::Informal).allowed;
    let mut seats = seats.filter_map(|filled| registrar.inside(filled, language));
    if !seats.any(reads) {
        return None;
    }
    if step == InformalStep::Opened && found.closed.is_some() {
        return None;
    }
    let open = found.opened.matter == Kind::Ordinary;
    Some(Told {
        topic: open.then(|| found.opened.topic.get(language).to_owned()),
        helpful_by: found.opened.helpful_by,
        asks_about: (found.opened.days())
            .filter(|_| step == InformalStep::Opened)
            .map(|days| (days, found.since)),
    })
}

#[cfg(test)]
mod tests;
