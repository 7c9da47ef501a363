//! What was proposed, commented on and objected to late: in a round, and what waits from the rounds before.

use std::collections::BTreeMap;

use comity_conference::{ActId, ChangeDisposed, Consultation, Round, Stated};

use super::kept::AnswersKept;
use super::{ChangeLine, ConsultationRights, Fell, LateLine, Pending, Sight};
use crate::Inside;

/// Of so many things that wait from earlier rounds each stands on the page.
const FEW: usize = 30;

impl Inside {
    /// Every change and comment that the seat may see, with the number of its round, the first round first.
    pub fn consultation_changes(&self, id: &str) -> Option<Vec<(u16, ChangeLine)>> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        let lines = found.rounds.iter().flat_map(|round| {
            let lines = self
                .change_lines(round, &self.sight(found, round))
                .into_iter();
            lines.map(|line| (round.opened.round, line))
        });
        Some(lines.collect())
    }

    /// Changes and comments of the rounds before the last one of which nobody said yet what becomes of them, for whoever may say
    /// so; if they are few.
    pub(super) fn pending(&self, found: &Consultation, rights: &ConsultationRights) -> Pending {
        if !rights.conducts && !rights.enters {
            return Pending::default();
        }
        // Nobody needs to know how many they are to be sent to where they stand: it is not counted on.
        let kept = self.answers_kept(found);
        let mut count = 0;
        let many = self.of_pending(found, &kept).any(|(_, _, places)| {
            count += places.len();
            count > FEW
        });
        Pending {
            many,
            lines: match many {
                true => Vec::new(),
                false => self.pending_lines(found),
            },
        }
    }

    /// The same, however many they are.
    pub fn consultation_pending(&self, id: &str) -> Option<Vec<(u16, ChangeLine)>> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        Some(self.pending_lines(found))
    }

    /// A change or a comment of any round, by the answer that it came with and its place in it; with the number of the round.
    pub fn consultation_change(
        &self,
        id: &str,
        position: &str,
        change: u16,
    ) -> Option<(u16, ChangeLine)> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        let position = ActId::new(position)?;
        let mut rounds = found.rounds.iter();
        let (round, stated) = rounds.find_map(|round| Some((round, round.answer(position)?)))?;
        if !self.sees_answer(found, round, &stated.stated.party) {
            return None;
        }
        let mut lines = self.lines_of(round, stated).into_iter();
        let line = lines.find(|line| line.change == change)?;
        Some((round.opened.round, line))
    }

    fn pending_lines(&self, found: &Consultation) -> Vec<(u16, ChangeLine)> {
        let kept = self.answers_kept(found);
        let all = self.of_pending(found, &kept);
        let all = all.flat_map(|(round, stated, places)| {
            let lines = self.lines_of(round, stated).into_iter();
            let due = lines.filter(move |line| places.contains(&line.change));
            due.map(|line| (round.opened.round, line))
        });
        let mut lines: Vec<_> = all.collect();
        lines.sort_by_key(|(round, line)| (*round, line.paragraph));
        lines
    }

    /// The answers of earlier rounds with changes or comments that wait, and the places of those.
    fn of_pending<'a>(
        &'a self,
        found: &'a Consultation,
        kept: &'a AnswersKept,
    ) -> impl Iterator<Item = (&'a Round, &'a Stated, &'a [u16])> {
        let last = found.rounds.len().saturating_sub(1);
        let before = kept.waiting.iter().filter(move |(of, _, _)| *of < last);
        let waits = before.map(|(of, place, places)| {
            let round = &found.rounds[*of];
            (round, &round.answers[*place], places.as_slice())
        });
        // The same member is asked about once for each way in which it may be seen.
        let mut seen: BTreeMap<(&str, bool), bool> = BTreeMap::new();
        waits.filter(move |(round, stated, _)| {
            let party: &str = &stated.stated.party;
            let key = (party, self.runs_on(found, round));
            *seen
                .entry(key)
                .or_insert_with(|| self.sees_answer(found, round, party))
        })
    }

    /// Late objections of the rounds before the last one to which nobody replied yet.
    pub(super) fn late_before(&self, found: &Consultation) -> Vec<(u16, LateLine)> {
        let kept = self.answers_kept(found);
        let last = found.rounds.len().saturating_sub(1);
        let before = kept.late.iter().filter(|(of, _)| *of < last);
        let lines = before.filter_map(|(of, place)| {
            let round = &found.rounds[*of];
            let line = self.late_line(found, round, &round.answers[*place])?;
            Some((round.opened.round, line))
        });
        lines.filter(|(_, line)| line.reply.is_none()).collect()
    }

    fn change_lines(&self, round: &Round, sees: &Sight<'_>) -> Vec<ChangeLine> {
        let standing = round
            .answers
            .iter()
            .filter(|stated| stated.replaced.is_none());
        let seen = standing.filter(|stated| sees.has(&stated.stated.party));
        let lines = seen.flat_map(|stated| self.lines_of(round, stated));
        let mut lines: Vec<ChangeLine> = lines.collect();
        lines.sort_by_key(|line| line.paragraph);
        lines
    }

    /// The changes and the comments that came with an answer, each with what became of it.
    pub(super) fn lines_of(&self, round: &Round, stated: &Stated) -> Vec<ChangeLine> {
        let changes = stated.stated.changes.iter();
        let changes = changes.map(|said| (false, said.paragraph, &said.words, &said.why));
        let comments = stated.stated.comments.iter();
        let comments = comments.map(|said| (true, said.paragraph, &said.words, &None));
        let said = (0_u16..).zip(changes.chain(comments));
        if stated.stated.changes.is_empty() && stated.stated.comments.is_empty() {
            return Vec::new();
        }
        let party_label = self.view.party_or_id(&stated.stated.party).label.text;
        let lines = said.map(|(place, (comment, paragraph, words, why))| {
            let disposed = round.disposed.get(&(stated.act, place));
            let disposition = disposed.map(|(_, disposed): &(ActId, ChangeDisposed)| {
                (disposed.disposition, self.view.text(&disposed.why))
            });
            ChangeLine {
                position: stated.act.to_string(),
                change: place,
                comment,
                party_label: party_label.clone(),
                paragraph,
                words: words.clone(),
                why: why.clone(),
                disposition,
            }
        });
        lines.collect()
    }

    /// Those of one round.
    pub(super) fn late_lines(&self, found: &Consultation, round: &Round) -> Vec<LateLine> {
        let kept = self.answers_kept(found);
        let own = kept.late.iter();
        let own = own.filter(|(of, _)| found.rounds[*of].act == round.act);
        own.filter_map(|(_, place)| self.late_line(found, round, &round.answers[*place]))
            .collect()
    }

    /// None where the seat may not see it.
    fn late_line(&self, found: &Consultation, round: &Round, stated: &Stated) -> Option<LateLine> {
        if !self.sees_answer(found, round, &stated.stated.party) {
            return None;
        }
        let reply = round.replies.get(&stated.act);
        Some(LateLine {
            fell: fell(found, round, stated, |round, party| {
                self.sees_answer(found, round, party)
            }),
            act: stated.act.to_string(),
            party_label: self.view.party_or_id(&stated.stated.party).label.text,
            words: stated.stated.words.clone(),
            reply: reply.map(|(_, answered)| self.view.text(&answered.reply)),
        })
    }
}

/// Why a late objection stands no more.
fn fell(
    found: &Consultation,
    round: &Round,
    stated: &Stated,
    sees: impl Fn(&Round, &str) -> bool,
) -> Option<Fell> {
    if stated.replaced.is_some() {
        return Some(Fell::Replaced);
    }
    if round.opened.text != found.text {
        return Some(Fell::WithItsText);
    }
    let last = found.last_round()?;
    let party = &stated.stated.party;
    // What it answered since may not be told yet.
    if last.act != round.act && !sees(last, party) {
        return None;
    }
    let stands = last.act == round.act
        || found
            .objected_before(last, party)
            .is_some_and(|before| before.act == stated.act);
    (!stands).then_some(Fell::Replaced)
}
