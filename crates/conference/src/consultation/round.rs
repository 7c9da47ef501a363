//! Rounds: opened for all members at once, closed for all at one instant.

use comity_rules::{EarlyClose, Extension, Text};

use super::acts::{Answer, CirculationNoted, RoundClosedEarly, RoundOpened, TermExtended};
use super::count::Heard;
use super::rejection::NotConsulted;
use super::submit::{check_paragraphs, method_awaited};
use super::{Room, made, terms};
use crate::{ActBody, ActId, Basis, Name, Rejection, basis, note};

/// A round to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub consultation: ActId,
    /// The act that put the text forward that was seen; none where no page was looked at.
    pub seen: Option<ActId>,
    /// Another text than the one that stands; the first round takes the text to which the Troika consented.
    pub text: Option<Vec<Text>>,
    pub why: Option<Text>,
    /// Members whom the letter may not reach, or whose contact data nobody confirmed lately.
    pub uncertain: Vec<Name>,
    /// It is known, and it is sent all the same.
    pub knowingly: bool,
    pub note: Option<Basis>,
}

/// A round is in order once the Troika consents (V-01), not while another runs, and within the number that the rules set. A
/// changed text begins a full term for all (V-02). With the same text a round opens anew, also while it runs, where the
/// Presidency says why: a letter that did not arrive, a state that asks for time.
pub(super) fn open(room: &Room<'_>, asked: &Open) -> Result<ActBody, Rejection> {
    let consultation = room.open(asked.consultation)?;
    consultation.check_seen(asked.seen)?;
    basis::check(asked.note.as_ref())?;
    if let Some(why) = &asked.why {
        note::check_text(why)?;
    }
    let changed = asked
        .text
        .as_ref()
        .filter(|text| **text != consultation.text);
    match consultation.last_round() {
        None => {
            let awaited: Vec<Name> = consultation.awaited().cloned().collect();
            // Another text than the one that the Troika saw goes back to it.
            if !awaited.is_empty() || changed.is_some() {
                let parties = if awaited.is_empty() {
                    consultation.submitted.troika.clone()
                } else {
                    awaited
                };
                return Err(NotConsulted::TroikaAwaited { parties }.into());
            }
            let parties = method_awaited(room, asked.consultation);
            if !parties.is_empty() {
                return Err(NotConsulted::MethodAwaited { parties }.into());
            }
        }
        Some(round) => {
            if changed.is_some() && !round.is_over(room.now) {
                let until = round.closes_at();
                return Err(NotConsulted::TermRuns { until }.into());
            }
            if changed.is_none() && asked.why.is_none() {
                return Err(NotConsulted::ReasonAbsent.into());
            }
        }
    }
    let done = consultation
        .last_round()
        .map_or(0, |round| round.opened.round);
    if let Some(most) = room.procedure.max_rounds.filter(|most| done >= *most) {
        return Err(NotConsulted::NoMoreRounds { most }.into());
    }
    let text = changed.unwrap_or(&consultation.text);
    check_paragraphs(text)?;
    // Only those to whom it goes: whether an observer can be reached stands in no round's way.
    let members = room.members();
    let mut uncertain = asked.uncertain.clone();
    uncertain.retain(|party| members.iter().any(|member| member.id == *party));
    if !uncertain.is_empty() && !asked.knowingly {
        return Err(NotConsulted::Uncertain { parties: uncertain }.into());
    }
    let holder = room.conference.presidency_at(room.now);
    let presidency = holder.map(|held| held.fact.party.clone());
    let presidency = presidency.ok_or(NotConsulted::NotPresiding { party: None })?;
    let terms = terms::from_now(room, &presidency)?;
    uncertain.retain(|party| terms.of.contains_key(party));
    made(RoundOpened {
        consultation: asked.consultation,
        presidency,
        round: done + 1,
        text: text.clone(),
        why: asked.why.clone(),
        opens_at: room.now,
        closes_at: terms.closes_at,
        days: room.procedure.period,
        terms: terms.of,
        calendars: terms.calendars,
        uncertain,
        note: asked.note.clone(),
    })
}

/// A term is made longer while it runs, once, where the rules let it.
pub(super) fn extend(
    room: &Room<'_>,
    id: ActId,
    note: Option<&Basis>,
) -> Result<ActBody, Rejection> {
    let (_, round) = room.in_round(id)?;
    basis::check(note)?;
    let may = room.procedure.extension == Extension::Once && round.extended.is_none();
    if !may || round.is_over(room.now) {
        return Err(NotConsulted::NotExtended.into());
    }
    let terms = terms::after(room, round)?;
    made(TermExtended {
        consultation: id,
        round: round.opened.round,
        closes_at: terms.closes_at,
        days: room.procedure.period,
        terms: terms.of,
        calendars: terms.calendars,
        note: note.cloned(),
    })
}

/// A round closes early where the rules let it, once every member has answered and none stands against it.
pub(super) fn close_early(
    room: &Room<'_>,
    id: ActId,
    note: Option<&Basis>,
) -> Result<ActBody, Rejection> {
    let (consultation, round) = room.in_round(id)?;
    basis::check(note)?;
    let agrees = |party: &Name| match consultation.heard(round, party) {
        Heard::Submitted => true,
        Heard::One(stated) => matches!(
            stated.stated.answer,
            Answer::NoObjection
                | Answer::Agrees
                | Answer::AgreesWithReservation
                | Answer::StandsAside
        ),
        Heard::Silent | Heard::NotAtOne(_) => false,
    };
    let may = room.procedure.early_close == EarlyClose::AllAgree && !round.is_over(room.now);
    if !may || !round.opened.terms.keys().all(agrees) {
        return Err(NotConsulted::NotClosedEarly.into());
    }
    made(RoundClosedEarly {
        consultation: id,
        round: round.opened.round,
        note: note.cloned(),
    })
}

/// What became of a notice is put on record once for each member and kind, of the round that was opened last, while the
/// consultation is open.
pub(super) fn note_circulation(
    room: &Room<'_>,
    asked: &CirculationNoted,
) -> Result<ActBody, Rejection> {
    let (_, round) = room.in_round(asked.consultation)?;
    basis::check(asked.note.as_ref())?;
    let party = &asked.party;
    if round.opened.round != asked.round {
        return Err(NotConsulted::TextChanged.into());
    }
    if !round.opened.terms.contains_key(party) {
        let party = party.clone();
        return Err(NotConsulted::NotAsked { party }.into());
    }
    if round.is_noted(party, asked.passage) {
        return Err(NotConsulted::NotedAlready.into());
    }
    made(asked.clone())
}
