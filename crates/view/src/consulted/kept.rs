//! What is the same of a consultation for whoever looks at a state, made once for each state: the pages of a hundred readers, and
//! their asking whether anything changed, cost what differs between them.
//!
//! Nothing here depends on the seat or the time of whoever asks, and nothing leaves it but by what the seat may see.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use comity_calendar::Term;
use comity_conference::{ActId, Consultation, Heard, Name, Reached, Round, Stated};
use comity_rules::Language;

use super::members::answer_line;
use super::{AgainstLine, ChangeLine, MemberOf, Paragraph, SaidLine, Side, paragraphs, sides};
use crate::{Hashed, Inside};

/// Rounds of which it is kept, in either language: those that are looked at, and a few more.
const MOST: usize = 16;

/// What was made of a state, for whoever asks next. It goes with the state.
#[derive(Debug, Default)]
pub struct Memo {
    rounds: Mutex<BTreeMap<(ActId, Language), Arc<RoundKept>>>,
    answers: Mutex<BTreeMap<ActId, Arc<AnswersKept>>>,
}

impl Memo {
    fn get_or_make<K: Ord + Copy, V>(
        kept: &Mutex<BTreeMap<K, Arc<V>>>,
        key: K,
        make: impl FnOnce() -> V,
    ) -> Arc<V> {
        let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).map(Arc::clone);
        known.unwrap_or_else(|| {
            // Made outside of the lock: two who ask at once make it twice, and nobody waits.
            let made = Arc::new(make());
            let mut kept = lock();
            if kept.len() >= MOST {
                kept.clear();
            }
            kept.insert(key, Arc::clone(&made));
            made
        })
    }
}

/// A round.
#[derive(Debug)]
pub(super) struct RoundKept {
    /// With what each paragraph was in the round before.
    pub(super) text: Hashed<Vec<Paragraph>>,
    pub(super) sides: Hashed<Vec<Side>>,
    /// The terms that differ.
    pub(super) terms: Vec<Term>,
    /// By the name of each.
    pub(super) members: Vec<MemberKept>,
    /// Each with whose it is, by paragraph.
    pub(super) changes: Vec<(Name, Hashed<ChangeLine>)>,
    /// How many answered and are at one.
    pub(super) answered: usize,
    /// By the rules in force, for whoever asks.
    pub(super) against: OnceLock<Hashed<Vec<AgainstLine>>>,
}

#[derive(Debug)]
pub(super) struct MemberKept {
    pub(super) name: Name,
    pub(super) of: Hashed<MemberOf>,
    /// Where its term stands among those that differ.
    pub(super) term: usize,
    pub(super) said: Hashed<SaidLine>,
    pub(super) reached: Reached,
    pub(super) escalated: bool,
}

/// Of all answers of a consultation those that a page looks for: the places of their rounds and their own.
#[derive(Debug, Default)]
pub(crate) struct AnswersKept {
    /// Objections after the close.
    pub(super) late: Vec<(usize, usize)>,
    /// Entered by the Secretariat.
    pub(crate) received: Vec<(usize, usize)>,
    /// With changes or comments of which nobody said yet what becomes of them, and the places of those.
    pub(super) waiting: Vec<(usize, usize, Vec<u16>)>,
}

impl Inside {
    pub(super) fn round_kept(
        &self,
        found: &Consultation,
        round: &Round,
        before: Option<&Round>,
    ) -> Arc<RoundKept> {
        let key = (round.act, self.view.language());
        Memo::get_or_make(&self.view.snapshot().memo.rounds, key, || {
            self.keep_round(found, round, before)
        })
    }

    pub(crate) fn answers_kept(&self, found: &Consultation) -> Arc<AnswersKept> {
        let memo = &self.view.snapshot().memo;
        Memo::get_or_make(&memo.answers, found.act, || keep_answers(found))
    }

    fn keep_round(&self, found: &Consultation, round: &Round, before: Option<&Round>) -> RoundKept {
        let mut terms: Vec<Term> = Vec::new();
        let members = round.terms().iter().map(|(name, term)| {
            let known = terms.iter().position(|known| known == term);
            let place = known.unwrap_or_else(|| {
                terms.push(term.clone());
                terms.len() - 1
            });
            let (reached, escalated) = round.reached(name);
            MemberKept {
                of: Hashed::new(self.member_of(name, term)),
                term: place,
                said: Hashed::new(said_line(found, round, name, reached)),
                reached,
                escalated,
                name: name.clone(),
            }
        });
        let mut members: Vec<MemberKept> = members.collect();
        members.sort_by(|one, other| one.of.label.cmp(&other.of.label));
        let standing = round.answers.iter();
        let standing = standing.filter(|stated| stated.replaced.is_none());
        let changes = standing.flat_map(|stated| {
            let lines = self.lines_of(round, stated).into_iter();
            lines.map(|line| (stated.stated.party.clone(), Hashed::new(line)))
        });
        let mut changes: Vec<(Name, Hashed<ChangeLine>)> = changes.collect();
        changes.sort_by_key(|(_, line)| line.paragraph);
        let answered = |party: &&Name| {
            let mut standing = round.standing(party);
            standing.next().is_some() && standing.next().is_none()
        };
        let before = before.map(|before| before.opened.text.as_slice());
        let text = paragraphs(&round.opened.text, before);
        RoundKept {
            sides: Hashed::new(sides(&text)),
            text: Hashed::new(text),
            terms,
            members,
            changes,
            answered: round.opened.terms.keys().filter(answered).count(),
            against: OnceLock::new(),
        }
    }

    fn member_of(&self, name: &Name, term: &Term) -> MemberOf {
        let party: &str = name;
        let conference = self.view.conference();
        let held = conference.parties.get(party);
        let code = held
            .and_then(|held| held.fact.code.as_deref())
            .unwrap_or_default();
        let adopted = conference.calendar.as_ref();
        let capital = adopted.and_then(|adopted| adopted.table.country(code));
        MemberOf {
            party: party.to_owned(),
            label: held.map_or_else(
                || party.to_owned(),
                |held| self.view.title(&held.fact.name).text,
            ),
            code: code.to_owned(),
            city: capital.map(|capital| self.in_words(capital.city())),
            own_clock: capital.is_some_and(|capital| capital.zone_name() == term.zone),
        }
    }
}

fn said_line(found: &Consultation, round: &Round, name: &Name, reached: Reached) -> SaidLine {
    match found.heard(round, name) {
        Heard::Silent => match found.objected_before(round, name) {
            Some(stated) => SaidLine::ObjectedBefore(answer_line(stated)),
            None => SaidLine::NoCommunication(reached),
        },
        Heard::Submitted => SaidLine::Submitted,
        Heard::One(stated) => SaidLine::One(answer_line(stated)),
        Heard::NotAtOne(all) => SaidLine::NotAtOne(all.into_iter().map(answer_line).collect()),
    }
}

fn keep_answers(found: &Consultation) -> AnswersKept {
    let mut kept = AnswersKept::default();
    for (of, round) in found.rounds.iter().enumerate() {
        for (place, stated) in round.answers.iter().enumerate() {
            if is_late_objection(stated) {
                kept.late.push((of, place));
            }
            if stated.stated.received.is_some() {
                kept.received.push((of, place));
            }
            let waiting = waiting(round, stated);
            if !waiting.is_empty() {
                kept.waiting.push((of, place, waiting));
            }
        }
    }
    kept
}

fn is_late_objection(stated: &Stated) -> bool {
    stated.late && stated.stated.answer == comity_conference::Answer::Objects
}

/// The places of what came with an answer that stands, of which nobody said yet what becomes of it.
fn waiting(round: &Round, stated: &Stated) -> Vec<u16> {
    if stated.replaced.is_some() {
        return Vec::new();
    }
    let said = stated.stated.changes.len() + stated.stated.comments.len();
    let places = 0..u16::try_from(said).unwrap_or(u16::MAX);
    places
        .filter(|place| !round.disposed.contains_key(&(stated.act, *place)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_made_once_and_does_not_grow_without_end() {
        let kept: Mutex<BTreeMap<usize, Arc<usize>>> = Mutex::default();
        let made = std::cell::Cell::new(0);
        let ask = |key: usize| {
            let found = Memo::get_or_make(&kept, key, || {
                made.set(made.get() + 1);
                key * 2
            });
            assert_eq!(*found, key * 2);
        };
        for _ in 0..3 {
            (0..MOST).for_each(ask);
        }
        assert_eq!(made.get(), MOST);
        for key in 0..=MOST * 3 {
            ask(key);
            assert!(kept.lock().unwrap().len() <= MOST);
        }
    }
}
