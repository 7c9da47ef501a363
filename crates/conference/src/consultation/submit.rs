//! To the Troika and back: submit, submit anew, react.

use comity_rules::Text;

use super::acts::{
    ConsultationResubmitted, ConsultationSubmitted, Matter, MethodConsented, TroikaReacted,
};
use super::rejection::NotConsulted;
use super::{Room, made};
use crate::{ActBody, ActId, Basis, Name, Rejection, basis, note};

/// A course of action for the Troika.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submit {
    /// The member that presides.
    pub party: Name,
    pub topic: Text,
    pub why_now: Text,
    pub why_agreed: Text,
    pub matter: Matter,
    pub mandate: Option<String>,
    pub text: Vec<Text>,
    pub note: Option<Basis>,
}

/// The longest paragraph in one language, in characters.
const PARAGRAPH: usize = 4_000;
const PARAGRAPHS: usize = 200;
/// The longest words of a state, in characters.
const WORDS: usize = 4_000;

/// A course of action is in order from the party that presides, about a matter that may be settled in writing, in every
/// authentic language.
pub(super) fn submit(room: &Room<'_>, asked: &Submit) -> Result<ActBody, Rejection> {
    presides(room, &asked.party)?;
    check_matter(asked.matter, asked.mandate.as_deref())?;
    basis::check(asked.note.as_ref())?;
    for text in [&asked.topic, &asked.why_now, &asked.why_agreed] {
        note::check_text(text)?;
    }
    check_paragraphs(&asked.text)?;
    let troika = room.conference.troika_at(room.rules, room.now);
    let mut others: Vec<Name> = Vec::new();
    for member in troika {
        let party = &member.presidency.fact.party;
        if *party != asked.party && !others.contains(party) {
            others.push(party.clone());
        }
    }
    made(ConsultationSubmitted {
        topic: asked.topic.clone(),
        why_now: asked.why_now.clone(),
        why_agreed: asked.why_agreed.clone(),
        matter: asked.matter,
        mandate: asked.mandate.clone(),
        text: asked.text.clone(),
        presidency: asked.party.clone(),
        troika: others,
        note: asked.note.clone(),
    })
}

/// Who takes part is never settled in writing; another matter of the closed door only with the mandate (K-15, C.3-6).
pub(crate) fn check_matter(matter: Matter, mandate: Option<&str>) -> Result<(), Rejection> {
    match matter {
        Matter::Ordinary => {}
        Matter::Membership | Matter::Observers => return Err(NotConsulted::Reserved.into()),
        Matter::ClosedDoor if mandate.is_none() => {
            return Err(NotConsulted::MandateAbsent.into());
        }
        Matter::ClosedDoor => {}
    }
    note::check(mandate)
}

/// Another text is in order until the first round opens.
pub(super) fn resubmit(
    room: &Room<'_>,
    asked: &ConsultationResubmitted,
) -> Result<ActBody, Rejection> {
    let consultation = room.open(asked.consultation)?;
    if consultation.last_round().is_some() {
        return Err(NotConsulted::RoundsBegun.into());
    }
    basis::check(asked.note.as_ref())?;
    check_paragraphs(&asked.text)?;
    if asked.text == consultation.text {
        return Err(NotConsulted::TextUnchanged.into());
    }
    made(asked.clone())
}

/// A reaction is in order from each other party of the Troika to which the text was submitted, until the first round opens.
pub(super) fn react(room: &Room<'_>, asked: &TroikaReacted) -> Result<ActBody, Rejection> {
    let consultation = room.open(asked.consultation)?;
    if !consultation.submitted.troika.contains(&asked.party) {
        let party = asked.party.clone();
        return Err(NotConsulted::NotOfTheTroika { party }.into());
    }
    if consultation.last_round().is_some() {
        return Err(NotConsulted::RoundsBegun.into());
    }
    consultation.check_seen(asked.text)?;
    basis::check(asked.note.as_ref())?;
    check_words(asked.words.as_deref())?;
    made(asked.clone())
}

/// Where the rules ask for it, each member agrees once that the matter is decided in writing, before the first round.
pub(super) fn consent_to_method(
    room: &Room<'_>,
    asked: &MethodConsented,
) -> Result<ActBody, Rejection> {
    let consultation = room.open(asked.consultation)?;
    if consultation.last_round().is_some() {
        return Err(NotConsulted::RoundsBegun.into());
    }
    let party = &asked.party;
    if !room.procedure.method_consent || !room.members().iter().any(|member| member.id == *party) {
        let party = party.clone();
        return Err(NotConsulted::NotAsked { party }.into());
    }
    if let Some(act) = consultation.method.get(party) {
        return Err(NotConsulted::AnswerStands { act: *act }.into());
    }
    basis::check(asked.note.as_ref())?;
    made(asked.clone())
}

/// Only the Presidency in office conducts a consultation (V-05). Who may speak for it is the policies' to say.
pub(super) fn presides(room: &Room<'_>, party: &Name) -> Result<(), Rejection> {
    let holder = room.conference.presidency_at(room.now);
    let holder = holder.map(|held| held.fact.party.clone());
    if holder.as_ref() == Some(party) {
        return Ok(());
    }
    Err(NotConsulted::NotPresiding { party: holder }.into())
}

/// Which members have not agreed to the method, where the rules ask for it.
pub(super) fn method_awaited(room: &Room<'_>, consultation: ActId) -> Vec<Name> {
    if !room.procedure.method_consent {
        return Vec::new();
    }
    let Some(consultation) = room.conference.consultations.get(&consultation) else {
        return Vec::new();
    };
    let members = room.members().into_iter().map(|member| &member.id);
    members
        .filter(|party| !consultation.method.contains_key(*party))
        .filter(|party| **party != consultation.submitted.presidency)
        .cloned()
        .collect()
}

/// Every paragraph stands in every language: a term begins only when all versions are out.
pub(crate) fn check_paragraphs(text: &[Text]) -> Result<(), Rejection> {
    if text.is_empty() || text.len() > PARAGRAPHS {
        return Err(NotConsulted::Paragraphs { most: PARAGRAPHS }.into());
    }
    text.iter()
        .try_for_each(|paragraph| note::check_text_within(paragraph, PARAGRAPH))
}

/// Words of a state, in its own language.
pub(crate) fn check_words(words: Option<&str>) -> Result<(), Rejection> {
    let Some(words) = words else { return Ok(()) };
    if words.trim().is_empty()
        || words
            .chars()
            .any(|letter| letter.is_control() && letter != '\n')
    {
        return Err(NotConsulted::WordsAbsent.into());
    }
    if words.chars().count() > WORDS {
        return Err(NotConsulted::WordsTooLong { longest: WORDS }.into());
    }
    Ok(())
}
