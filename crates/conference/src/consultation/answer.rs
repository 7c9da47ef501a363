//! What a state answers. One state, one voice: of two answers neither of which takes the other's place none counts.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::acts::{Answer, Comment, PositionStated, ProposedChange, Received};
use super::rejection::NotConsulted;
use super::state::Stated;
use super::submit::check_words;
use super::{Room, made};
use crate::{ActBody, ActId, Name, Rejection, application, attached, note};

/// An answer to the round that was opened last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub consultation: ActId,
    pub party: Name,
    pub answer: Answer,
    pub words: Option<String>,
    pub changes: Vec<ProposedChange>,
    pub comments: Vec<Comment>,
    /// The act that opened the round whose text was seen; none where no page was looked at.
    pub text: Option<ActId>,
    /// The answers of the state that whoever gives it saw standing; empty where none was seen.
    pub in_place_of: Vec<ActId>,
    pub received: Option<Received>,
}

/// How many changes one answer may propose, and how many comments may come with it.
const CHANGES: usize = 200;

/// An answer is in order from every member that was asked, until the close; and after it, until the launch, an objection and
/// its withdrawal, which asks for nothing new: the rule asks for consensus, not for an expired clock.
pub(super) fn state(room: &Room<'_>, asked: &State) -> Result<ActBody, Rejection> {
    let (consultation, round) = room.in_round(asked.consultation)?;
    if !round.opened.terms.contains_key(&asked.party) {
        let party = asked.party.clone();
        return Err(NotConsulted::NotAsked { party }.into());
    }
    consultation.check_seen(asked.text)?;
    let standing: Vec<&Stated> = round.standing(&asked.party).collect();
    let seen: BTreeSet<ActId> = asked.in_place_of.iter().copied().collect();
    let acts: BTreeSet<ActId> = standing.iter().map(|stated| stated.act).collect();
    if !seen.is_empty() && seen != acts {
        let standing = acts.into_iter().collect();
        return Err(NotConsulted::AnswerChanged { standing }.into());
    }
    if round.is_over(room.now) {
        let objected = standing
            .iter()
            .any(|stated| stated.stated.answer == Answer::Objects && seen.contains(&stated.act))
            || consultation.objected_before(round, &asked.party).is_some();
        let objects = asked.answer == Answer::Objects;
        let withdraws = objected && asked.answer.withdraws_an_objection();
        if !(objects || withdraws) || comments_anew(asked, &standing) {
            let since = round.closes_at();
            return Err(NotConsulted::TermOver { since }.into());
        }
    }
    check(room, asked, round.opened.text.len())?;
    let stated = PositionStated {
        consultation: asked.consultation,
        round: round.opened.round,
        party: asked.party.clone(),
        answer: asked.answer,
        words: asked.words.clone(),
        changes: asked.changes.clone(),
        comments: asked.comments.clone(),
        in_place_of: seen.into_iter().collect(),
        received: asked.received.clone(),
    };
    if let [one] = standing.as_slice()
        && says_the_same(&one.stated, &stated)
    {
        return Err(NotConsulted::AnswerStands { act: one.act }.into());
    }
    made(stated)
}

/// Neither an objection that comes late nor its withdrawal comments on what was not commented on in time.
fn comments_anew(asked: &State, standing: &[&Stated]) -> bool {
    let said = |comment: &Comment| {
        let mut standing = standing.iter();
        standing.any(|stated| stated.stated.comments.contains(comment))
    };
    !asked.comments.iter().all(said)
}

fn says_the_same(one: &PositionStated, other: &PositionStated) -> bool {
    one.answer == other.answer
        && one.words == other.words
        && one.changes == other.changes
        && one.comments == other.comments
}

fn check(room: &Room<'_>, asked: &State, paragraphs: usize) -> Result<(), Rejection> {
    if asked.answer == Answer::AgreesWithReservation && asked.words.is_none() {
        return Err(NotConsulted::WordsAbsent.into());
    }
    check_words(asked.words.as_deref())?;
    let proposes = asked.answer == Answer::ProposesChange;
    if proposes == asked.changes.is_empty() || asked.changes.len() > CHANGES {
        return Err(NotConsulted::ChangeMalformed.into());
    }
    for change in &asked.changes {
        if usize::from(change.paragraph) > paragraphs {
            return Err(NotConsulted::ChangeMalformed.into());
        }
        check_words(Some(&change.words))?;
        check_words(change.why.as_deref())?;
    }
    if asked.comments.len() > CHANGES {
        return Err(NotConsulted::CommentMalformed.into());
    }
    for comment in &asked.comments {
        if usize::from(comment.paragraph) > paragraphs {
            return Err(NotConsulted::CommentMalformed.into());
        }
        check_words(Some(&comment.words))?;
    }
    check_received(asked.received.as_ref(), room.now)
}

/// What the Secretariat enters says how it came.
pub(crate) fn check_received(received: Option<&Received>, now: Timestamp) -> Result<(), Rejection> {
    let Some(received) = received else {
        return Ok(());
    };
    note::check(Some(&received.reference))?;
    application::came_by(received.on, now)?;
    attached::check(received.file.as_ref())
}
