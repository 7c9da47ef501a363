//! Who hears by letter of a written consultation, and what the letter may say.

use comity_conference::{
    ActId, CirculationNoted, Consult, Consultation, End, Heard, Passage, Round, Stage,
};
use comity_directory::PersonId;
use comity_policy::{Action, Class, ConsultationStage, Term};
use comity_post::{Deadline, Entry, Matter, NotCarried, Notice, Step};
use comity_registrar::{Command, Registrar, Seat, Timestamp};
use comity_view::{Inside, Language, Matter as Kind, consultation_stage};
use jiff::tz::TimeZone;

use crate::{informal, loading};

mod addressed;
mod rehearsal;

pub use addressed::{Addressed, addressed, to_be_told};
pub use rehearsal::rehearsed;

/// The name of the act by which a course of action goes to the Troika anew.
const RESUBMITTED: &str = "ConsultationResubmitted";

/// So many working days before its end the term is recalled.
const REMINDED_BEFORE: u16 = 2;

/// Whom an act of a consultation is told to, and about what.
pub fn told_of(registrar: &Registrar, act: ActId) -> anyhow::Result<Vec<(PersonId, Matter)>> {
    let state = registrar.state();
    let mut all = state.conference.consultations.iter();
    let found = all
        .find_map(|(id, consultation)| Some((*id, step_of(consultation, act)?)))
        .or_else(|| Some((resubmitted(registrar, act)?, (Step::Resubmitted, None))));
    let Some((id, (step, party))) = found else {
        return Ok(Vec::new());
    };
    let matter = Matter::Consultation {
        of: id.to_string(),
        what: step,
    };
    let hears = |inside: &Inside, of: &str| match step {
        Step::Troika | Step::Resubmitted => {
            inside.may(Action::React, &class(registrar, id)).allowed && asked(registrar, id, of)
        }
        Step::Round | Step::Extended | Step::ClosedEarly | Step::Reported => {
            inside.may(Action::Read, &class(registrar, id)).allowed
                && is_consulted(registrar, id, of)
        }
        Step::Entered => Some(of) == party.as_deref() && states(inside, registrar, id, of),
        Step::Reminder | Step::LastDay => false,
    };
    let people = people(registrar, &hears)?;
    Ok(people
        .into_iter()
        .map(|person| (person, matter.clone()))
        .collect())
}

/// The consultation whose text an act changed before the Troika.
fn resubmitted(registrar: &Registrar, act: ActId) -> Option<ActId> {
    let state = registrar.state();
    let mut lines = state.conference.acts.iter().rev();
    let line = lines.find(|line| line.id == act)?;
    line.consultation().filter(|_| line.kind() == RESUBMITTED)
}

/// Whether a letter that was held has nothing to ask for any more: the round is over, or another took its place; the informal
/// consultation is closed.
pub fn is_past(registrar: &Registrar, notice: &Notice) -> bool {
    let of = match &notice.about {
        Matter::Consultation {
            of,
            what: Step::Round,
        } => of,
        Matter::Informal { of, what } => return informal::is_past(registrar, of, *what),
        _ => return false,
    };
    let state = registrar.state();
    let found = ActId::new(of).and_then(|id| state.conference.consultations.get(&id));
    let running = found.filter(|found| found.stage(registrar.now()) == Stage::Round);
    let round = running.and_then(|running| running.last_round());
    round.is_none_or(|round| round.act.to_string() != notice.occasion)
}

/// What of a consultation an act is, where somebody is told of it; with the party for a copy.
fn step_of(consultation: &Consultation, act: ActId) -> Option<(Step, Option<String>)> {
    if consultation.act == act {
        return Some((Step::Troika, None));
    }
    if consultation
        .reported
        .is_some_and(|(report, _)| report == act)
    {
        return Some((Step::Reported, None));
    }
    consultation.rounds.iter().find_map(|round| {
        if round.act == act {
            return Some((Step::Round, None));
        }
        if round.extended.as_ref().is_some_and(|(by, _)| *by == act) {
            return Some((Step::Extended, None));
        }
        if round.closed_early.is_some_and(|(by, _)| by == act) {
            return Some((Step::ClosedEarly, None));
        }
        let answer = round.answer(act)?;
        let entered = answer.stated.received.is_some();
        entered.then(|| (Step::Entered, Some(answer.stated.party.to_string())))
    })
}

/// Terms that end soon, for whoever states the position of a country that has not answered: the occasion, the person, the matter.
pub fn reminders(registrar: &Registrar) -> anyhow::Result<Vec<(String, PersonId, Matter)>> {
    let (state, now) = (registrar.state(), registrar.now());
    let Some(calendars) = state.conference.calendars() else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (id, consultation) in &state.conference.consultations {
        let running = consultation.stage(now) == Stage::Round;
        let Some(round) = consultation.last_round().filter(|_| running) else {
            continue;
        };
        for (party, term) in round.terms() {
            let waits = matches!(
                consultation.heard(round, party),
                Heard::Silent | Heard::NotAtOne(_)
            );
            if !waits || term.ends_at <= now {
                continue;
            }
            let code = state
                .conference
                .parties
                .get(party)
                .and_then(|held| held.fact.code.clone());
            let capital = code.as_deref().and_then(|code| calendars.country(code));
            let zone = TimeZone::get(&term.zone).unwrap_or(TimeZone::UTC);
            let today = zone.to_datetime(now).date();
            let from = capital
                .and_then(|capital| capital.working_days_before(term.ends_on, REMINDED_BEFORE));
            let step = if today == term.ends_on {
                Step::LastDay
            } else if from
                .is_some_and(|from| from <= today && today < term.ends_on && from > term.starts_on)
            {
                Step::Reminder
            } else {
                continue;
            };
            let hears =
                |inside: &Inside, of: &str| **party == *of && states(inside, registrar, *id, of);
            let matter = Matter::Consultation {
                of: id.to_string(),
                what: step,
            };
            let mut reminded = people(registrar, &hears)?;
            if reminded.is_empty() {
                // Nobody speaks for the country yet: whoever had the notice of the round sees to that.
                let reads = |inside: &Inside, of: &str| {
                    **party == *of && inside.may(Action::Read, &class(registrar, *id)).allowed
                };
                reminded = people(registrar, &reads)?;
            }
            for person in reminded {
                found.push((round.act.to_string(), person, matter.clone()));
            }
        }
    }
    Ok(found)
}

/// What a letter says, and the entry that comes with it.
pub struct Told {
    /// Absent where it is not to be read on the way.
    pub topic: Option<String>,
    pub until: Option<(Timestamp, TimeZone)>,
    /// The name of the deadline, of one country in this consultation, and what became of it.
    pub deadline: Option<(String, Deadline)>,
}

/// What somebody is told now; nothing where they may not see the consultation any more, or what they were to be reminded of
/// is done.
pub fn told(
    registrar: &Registrar,
    person: &PersonId,
    of: &str,
    step: Step,
    language: Language,
) -> Option<Told> {
    let id = ActId::new(of)?;
    let state = registrar.state();
    let consultation = state.conference.consultations.get(&id)?;
    let seats = registrar.seats_of(person.as_str());
    let party = seats.into_iter().find_map(|filled| {
        let inside = registrar.inside(filled, Language::Es)?;
        let reads = inside.may(Action::Read, &class(registrar, id)).allowed;
        let holding = state.conference.seats.get(&filled)?;
        reads.then(|| holding.filled.party.clone())
    })?;
    let round = consultation.last_round();
    let term = round.and_then(|round| round.terms().get(&party));
    if matches!(step, Step::Reminder | Step::LastDay) {
        let round = round?;
        let waits = matches!(
            consultation.heard(round, &party),
            Heard::Silent | Heard::NotAtOne(_)
        );
        if !waits || term?.ends_at <= registrar.now() {
            return None;
        }
    }
    let open = consultation.submitted.matter == Kind::Ordinary;
    let topic = &consultation.submitted.topic;
    Some(Told {
        topic: open.then(|| topic.get(language).to_owned()),
        until: term.map(|term| {
            let zone = TimeZone::get(&term.zone).unwrap_or(TimeZone::UTC);
            (term.ends_at, zone)
        }),
        deadline: round.map(|round: &Round| {
            let number = round.opened.round;
            let over = consultation.end.map_or(round.closes_at(), End::at);
            let deadline = match term {
                Some(term) if over < term.ends_at => Deadline::Cancelled { round: number },
                _ => Deadline::of(number, round.extended.is_some()),
            };
            (Deadline::name(of, &party), deadline)
        }),
    })
}

/// The entry of a deadline, where a letter brings one.
pub fn entry(
    told: &Told,
    step: Step,
    summary: &str,
    description: &str,
    url: &str,
    stamp: Timestamp,
) -> Option<Entry> {
    let (at, _) = told.until.as_ref()?;
    let (name, deadline) = told.deadline.clone()?;
    let cancelled = matches!(deadline, Deadline::Cancelled { .. });
    let comes = match step {
        Step::Round | Step::Extended | Step::Reminder | Step::LastDay => true,
        // What a calendar holds of a term that was cut short is taken back.
        Step::ClosedEarly | Step::Reported => cancelled,
        Step::Troika | Step::Resubmitted | Step::Entered => false,
    };
    if !comes {
        return None;
    }
    Some(Entry {
        name,
        sequence: deadline.sequence(),
        stamp,
        at: *at,
        cancelled,
        summary: summary.to_owned(),
        description: description.to_owned(),
        url: url.to_owned(),
    })
}

fn class(registrar: &Registrar, id: ActId) -> Class {
    let state = registrar.state();
    let found = state.conference.consultations.get(&id);
    let (rules, now) = (state.rules.as_deref(), registrar.now());
    let stage = found.map_or(ConsultationStage::Troika, |found| {
        consultation_stage(found, rules, now)
    });
    Class::Consultation(stage)
}

fn asked(registrar: &Registrar, id: ActId, party: &str) -> bool {
    let state = registrar.state();
    let found = state.conference.consultations.get(&id);
    found.is_some_and(|found| found.submitted.troika.iter().any(|name| **name == *party))
}

/// Of the last round; where none was opened, of the Troika to which it was submitted.
fn is_consulted(registrar: &Registrar, id: ActId, party: &str) -> bool {
    let state = registrar.state();
    let Some(found) = state.conference.consultations.get(&id) else {
        return false;
    };
    match found.last_round() {
        Some(round) => round.opened.terms.keys().any(|name| **name == *party),
        None => asked(registrar, id, party),
    }
}

fn states(inside: &Inside, registrar: &Registrar, id: ActId, party: &str) -> bool {
    let Class::Consultation(stage) = class(registrar, id) else {
        return false;
    };
    let position = Class::Position {
        of: party.into(),
        stage,
        term: Term::Running,
    };
    inside.may(Action::State, &position).allowed
}

/// Who hears of it from a seat that they hold, each once.
pub fn people(
    registrar: &Registrar,
    hears: &dyn Fn(&Inside, &str) -> bool,
) -> anyhow::Result<Vec<PersonId>> {
    let state = registrar.state();
    let mut people: Vec<PersonId> = Vec::new();
    for (filled, holding) in state.conference.held_seats(registrar.now()) {
        let inside = registrar.inside(filled, Language::Es);
        if inside.is_some_and(|inside| hears(&inside, &holding.filled.party)) {
            people.push(holding.filled.person.as_str().parse()?);
        }
    }
    people.sort();
    people.dedup();
    Ok(people)
}

/// Puts on record that the notice of a round was handed over, or refused: once for each country and round. What cannot be put
/// on record now keeps no letter back; the outbox knows it too.
pub async fn note(registrar: &Registrar, notice: &Notice, outcome: &Result<(), NotCarried>) {
    let passage = match outcome {
        Ok(()) => Passage::HandedOver,
        Err(NotCarried::Refused { .. }) => Passage::Refused,
        Err(_) => return,
    };
    let Some(noted) = to_note(registrar, notice, passage) else {
        return;
    };
    let command = Command::Consult(Box::new(Consult::Note(noted)));
    let done = registrar
        .submit(Seat::Operator, loading::fresh_id(), command)
        .await;
    // Another letter to the same country may have been first.
    let stands = to_note(registrar, notice, passage).is_none();
    if let Err(refusal) = done
        && !stands
    {
        tracing::warn!(%refusal, "what became of a notice is not on record");
    }
}

/// What is to be put on record of a notice; nothing where it is not that of the last round, or stands already.
fn to_note(registrar: &Registrar, notice: &Notice, passage: Passage) -> Option<CirculationNoted> {
    let Matter::Consultation {
        of,
        what: Step::Round,
    } = &notice.about
    else {
        return None;
    };
    let consultation = ActId::new(of)?;
    let state = registrar.state();
    let round = state
        .conference
        .consultations
        .get(&consultation)?
        .last_round()?;
    if round.act.to_string() != notice.occasion {
        return None;
    }
    let seats = registrar.seats_of(notice.person.as_str()).into_iter();
    let mut parties = seats.filter_map(|filled| {
        let holding = state.conference.seats.get(&filled)?;
        Some(holding.filled.party.clone())
    });
    let party = parties.find(|party| round.opened.terms.contains_key(party))?;
    let noted = CirculationNoted {
        consultation,
        round: round.opened.round,
        party,
        passage,
        note: None,
    };
    (!round.is_noted(&noted.party, passage)).then_some(noted)
}

#[cfg(test)]
pub(crate) mod tests;
