//! Who hears by letter of a written consultation, and what the letter may say.

use comity_conference::{
    ActId, ActLine, Answer, CirculationNoted, Consult, Consultation, Deed, End, Heard, Name,
    Passage, Round, Stage,
};
use comity_directory::PersonId;
use comity_policy::{Action, Class, ConsultationStage, Term};
use comity_post::words::TermTold;
use comity_post::{Deadline, Entry, Matter, NotCarried, Notice, Step};
use comity_registrar::{Command, Registrar, Seat, Timestamp};
use comity_view::{Inside, Language, Matter as Kind, consultation_stage};
use jiff::tz::TimeZone;

use crate::{informal, loading};

mod addressed;
mod copied;
mod rehearsal;

pub use addressed::{Addressed, addressed, to_be_told};
pub use rehearsal::rehearsed;

/// A term is recalled when so many working days of it are left, the one that it is among them.
const REMINDED_AT: usize = 2;

/// Whom an act of a consultation is told to, and about what.
pub fn told_of(registrar: &Registrar, line: &ActLine) -> anyhow::Result<Vec<(PersonId, Matter)>> {
    let state = registrar.state();
    let found = line
        .consultation()
        .and_then(|id| state.conference.consultations.get(&id));
    let Some(found) = found else {
        return Ok(Vec::new());
    };
    let (id, act) = (found.act, line.id);
    let mut letters = Vec::new();
    let mut tell = |step: Step, people: Vec<PersonId>| {
        let of = id.to_string();
        let matter = Matter::Consultation { of, what: step };
        letters.extend(people.into_iter().map(|person| (person, matter.clone())));
    };
    if let Some(step) = step_of(found, line) {
        let hears = |inside: &Inside, of: &str| match step {
            Step::Troika | Step::Resubmitted => {
                inside.may(Action::React, &class(registrar, id)).allowed && asked(found, of)
            }
            _ => reads(inside, registrar, id) && is_consulted(found, of),
        };
        tell(step, people(registrar, &hears)?);
    }
    if asks_for_method(registrar, found, act) {
        tell(Step::Method, asked_for_method(registrar, found)?);
    }
    if let Some((step, party)) = copied::copy_of(found, act) {
        tell(step, copied::to_whom(registrar, found, step, party)?);
    }
    if is_late_objection(found, act) {
        tell(Step::LateObjection, copied::presidency(registrar, id)?);
    }
    if let Some(party) = replied_to(found, act) {
        tell(Step::Replied, speakers(registrar, id, party)?);
    }
    Ok(letters)
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

/// Whether an objection came with this act after the close.
fn is_late_objection(found: &Consultation, act: ActId) -> bool {
    let mut rounds = found.rounds.iter();
    let stated = rounds.find_map(|round| round.answer(act));
    stated.is_some_and(|stated| stated.late && stated.stated.answer == Answer::Objects)
}

/// The member whose objection the Presidency answered with this act.
fn replied_to(found: &Consultation, act: ActId) -> Option<&Name> {
    found.rounds.iter().find_map(|round| {
        let mut replies = round.replies.iter();
        let (objection, _) = replies.find(|(_, (by, _))| *by == act)?;
        Some(&round.answer(*objection)?.stated.party)
    })
}

/// What of a consultation an act is, where the members or those of the Troika are told of it.
fn step_of(found: &Consultation, line: &ActLine) -> Option<Step> {
    let act = line.id;
    if found.act == act {
        return Some(Step::Troika);
    }
    if line.deed() == Some(Deed::ConsultationResubmitted) {
        return Some(Step::Resubmitted);
    }
    if found.reported.is_some_and(|(report, _)| report == act) {
        return Some(Step::Reported);
    }
    if let Some(end) = found.end.filter(|end| end.act() == act) {
        return Some(match end {
            End::Launched { .. } => Step::Launched,
            End::Referred { .. } => Step::Referred,
            End::Withdrawn { .. } => Step::Withdrawn,
        });
    }
    found.rounds.iter().find_map(|round| {
        if round.act == act {
            return Some(Step::Round);
        }
        if round.extended.as_ref().is_some_and(|(by, _)| *by == act) {
            return Some(Step::Extended);
        }
        let closed = round.closed_early.is_some_and(|(by, _)| by == act);
        closed.then_some(Step::ClosedEarly)
    })
}

/// Whether with this act the members are asked to agree to decide in writing: the last of the Troika has consented to the text,
/// or nobody else is of it.
fn asks_for_method(registrar: &Registrar, found: &Consultation, act: ActId) -> bool {
    if !is_asking_for_method(registrar, found) {
        return false;
    }
    let state = registrar.state();
    let gave = |line: &&ActLine| {
        let mut reactions = found.reactions.values();
        line.id == found.act || reactions.any(|reacted| reacted.act == line.id)
    };
    let last = state.conference.acts.iter().rev().find(gave);
    last.is_some_and(|last| last.id == act)
}

/// Whether the members are being asked to agree to decide in writing.
fn is_asking_for_method(registrar: &Registrar, found: &Consultation) -> bool {
    let state = registrar.state();
    let rule = state
        .rules
        .as_ref()
        .and_then(|rules| rules.consultation.as_ref());
    let procedure = rule.and_then(|rule| rule.procedure().ok());
    procedure.is_some_and(|procedure| procedure.method_consent)
        && found.stage(registrar.now()) == Stage::Ready
}

/// Whoever speaks for a member that has not agreed yet; where nobody does, whoever reads of it there.
fn asked_for_method(registrar: &Registrar, found: &Consultation) -> anyhow::Result<Vec<PersonId>> {
    let state = registrar.state();
    let Some(rules) = &state.rules else {
        return Ok(Vec::new());
    };
    let members = state.conference.deciding_members(rules, registrar.now());
    let due = members
        .map(|member| &member.id)
        .filter(|party| awaits_method(found, party));
    let mut asked = Vec::new();
    for party in due {
        asked.extend(speakers(registrar, found.act, party)?);
    }
    asked.sort();
    asked.dedup();
    Ok(asked)
}

/// Whether a member has not agreed to decide in writing. Whoever submitted the text has.
fn awaits_method(found: &Consultation, party: &str) -> bool {
    !found.method.contains_key(party) && *found.submitted.presidency != *party
}

/// Whoever states the position of a country; where nobody does, whoever has the notices of the consultation there.
fn speakers(registrar: &Registrar, id: ActId, party: &str) -> anyhow::Result<Vec<PersonId>> {
    let speak = |inside: &Inside, of: &str| *party == *of && states(inside, registrar, id, of);
    let speak = people(registrar, &speak)?;
    if !speak.is_empty() {
        return Ok(speak);
    }
    let read = |inside: &Inside, of: &str| *party == *of && reads(inside, registrar, id);
    people(registrar, &read)
}

/// Terms that end soon, for whoever states the position of a country that has not answered: the occasion, the person, the matter.
pub fn reminders(registrar: &Registrar) -> anyhow::Result<Vec<(String, PersonId, Matter)>> {
    let (state, now) = (registrar.state(), registrar.now());
    let mut found = Vec::new();
    for (id, consultation) in &state.conference.consultations {
        let running = consultation.stage(now) == Stage::Round;
        let Some(round) = consultation.last_round().filter(|_| running) else {
            continue;
        };
        for (party, term) in round.terms() {
            if !waits(consultation, round, party) || term.ends_at <= now {
                continue;
            }
            let Some(step) = reminder(term, now) else {
                continue;
            };
            for person in speakers(registrar, *id, party)? {
                let matter = Matter::Consultation {
                    of: id.to_string(),
                    what: step,
                };
                found.push((round.act.to_string(), person, matter));
            }
        }
    }
    Ok(found)
}

/// What a term asks for now: as its own days are counted, and as its page counts them.
fn reminder(term: &comity_calendar::Term, now: Timestamp) -> Option<Step> {
    let zone = TimeZone::get(&term.zone).unwrap_or(TimeZone::UTC);
    let today = zone.to_datetime(now).date();
    if today == term.ends_on {
        return Some(Step::LastDay);
    }
    // A term that is short from the start is recalled once, on its last day.
    let soon = term.starts_on < today && term.left_on(today) <= REMINDED_AT;
    soon.then_some(Step::Reminder)
}

/// Whether the answer of a country is due.
fn waits(found: &Consultation, round: &Round, party: &Name) -> bool {
    matches!(
        found.heard(round, party),
        Heard::Silent | Heard::NotAtOne(_)
    )
}

/// What a letter says, and the entry that comes with it.
pub struct Told {
    /// Absent where it is not to be read on the way.
    pub topic: Option<String>,
    pub term: Option<Clocked>,
    /// The name of the deadline, of one country in this consultation, and what became of it.
    pub deadline: Option<(String, Deadline)>,
}

/// How the term of a country stands.
pub struct Clocked {
    pub until: Timestamp,
    pub zone: TimeZone,
    /// When the round closes for all.
    closes_at: Timestamp,
    over: bool,
    left: usize,
    not_at_one: bool,
}

impl Clocked {
    fn new(term: &comity_calendar::Term, closes_at: Timestamp, now: Timestamp) -> Self {
        let zone = TimeZone::get(&term.zone).unwrap_or(TimeZone::UTC);
        Self {
            until: term.ends_at,
            closes_at,
            over: closes_at <= now,
            left: term.left_on(zone.to_datetime(now).date()),
            not_at_one: false,
            zone,
        }
    }

    /// The same, for the words of a letter.
    pub const fn told(&self) -> TermTold<'_> {
        TermTold {
            until: self.until,
            zone: &self.zone,
            closes_at: self.closes_at,
            over: self.over,
            left: self.left,
            not_at_one: self.not_at_one,
        }
    }
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
    let (state, now) = (registrar.state(), registrar.now());
    let found = state.conference.consultations.get(&id)?;
    let seats = registrar.seats_of(person.as_str());
    let party = seats.into_iter().find_map(|filled| {
        let inside = registrar.inside(filled, Language::Es)?;
        let holding = state.conference.seats.get(&filled)?;
        reads(&inside, registrar, id).then(|| holding.filled.party.clone())
    })?;
    let round = found.last_round();
    let term = round.and_then(|round| round.terms().get(&party));
    match step {
        Step::Reminder | Step::LastDay => {
            let due = waits(found, round?, &party) && now < term?.ends_at;
            due.then_some(())?;
        }
        Step::Method => {
            let due = is_asking_for_method(registrar, found) && awaits_method(found, &party);
            due.then_some(())?;
        }
        _ => {}
    }
    let clocked = round.zip(term).map(|(round, term)| {
        let closes_at = round.closes_at();
        let heard = found.heard(round, &party);
        Clocked {
            not_at_one: matches!(heard, Heard::NotAtOne(_)),
            ..Clocked::new(term, closes_at, now)
        }
    });
    let open = found.submitted.matter == Kind::Ordinary;
    Some(Told {
        topic: open.then(|| found.submitted.topic.get(language).to_owned()),
        term: clocked,
        deadline: round.map(|round: &Round| {
            let number = round.opened.round;
            let over = found.end.map_or(round.closes_at(), End::at);
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
    let at = told.term.as_ref()?.until;
    let (name, deadline) = told.deadline.clone()?;
    let cancelled = matches!(deadline, Deadline::Cancelled { .. });
    let comes = match step {
        Step::Round | Step::Extended | Step::Reminder | Step::LastDay => true,
        // What a calendar holds of a term that was cut short is taken back.
        Step::ClosedEarly | Step::Referred | Step::Withdrawn | Step::Reported => cancelled,
        Step::Troika
        | Step::Resubmitted
        | Step::Method
        | Step::Entered
        | Step::EnteredReaction
        | Step::EnteredMethod
        | Step::EnteredReceipt
        | Step::EnteredStep
        | Step::LateObjection
        | Step::Replied
        | Step::Launched => false,
    };
    if !comes {
        return None;
    }
    Some(Entry {
        name,
        sequence: deadline.sequence(),
        stamp,
        at,
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

fn asked(found: &Consultation, party: &str) -> bool {
    found.submitted.troika.iter().any(|name| **name == *party)
}

/// Of the last round; where none was opened, of the Troika to which it was submitted.
fn is_consulted(found: &Consultation, party: &str) -> bool {
    match found.last_round() {
        Some(round) => round.opened.terms.keys().any(|name| **name == *party),
        None => asked(found, party),
    }
}

fn reads(inside: &Inside, registrar: &Registrar, id: ActId) -> bool {
    inside.may(Action::Read, &class(registrar, id)).allowed
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
