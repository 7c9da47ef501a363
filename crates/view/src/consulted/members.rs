//! The members of a round: each with its term as it stands now, what it said, and how it was reached.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use comity_calendar::{Off, Term, Why};
use comity_conference::{Consultation, Heard, Name, Passage, Round, Stated};
use comity_policy::{Action, Class, ConsultationStage};
use jiff::tz::TimeZone;

use super::{AnswerLine, ClockDay, DayIs, MemberLine, ReceivedLine, SaidLine, TermShown};
use crate::Inside;

impl Inside {
    /// By the name of each. A term that is that of several members is told once.
    pub(super) fn member_lines(&self, found: &Consultation, round: &Round) -> Vec<MemberLine> {
        let sees_delivery = self.sees_delivery();
        let mut told: Vec<(&Term, Arc<TermShown>)> = Vec::new();
        let mut members: Vec<MemberLine> = Vec::with_capacity(round.terms().len());
        let parties = round.terms().keys().filter(|_| sees_delivery);
        let unspoken = self.unspoken(parties.map(Name::as_str));
        for (party, term) in round.terms() {
            let known = told.iter().find(|(known, _)| *known == term);
            let shown = known.map(|(_, shown)| Arc::clone(shown));
            let shown = shown.unwrap_or_else(|| {
                let shown = Arc::new(self.term_shown(found, term));
                told.push((term, Arc::clone(&shown)));
                shown
            });
            let sees_passage = sees_delivery || **party == *self.party();
            let line = self.member_line(found, round, party, shown, sees_passage);
            members.push(MemberLine {
                unspoken: unspoken.contains(party.as_str()),
                ..line
            });
        }
        members.sort_by(|one, other| one.label.cmp(&other.label));
        members
    }

    fn member_line(
        &self,
        found: &Consultation,
        round: &Round,
        name: &Name,
        term: Arc<TermShown>,
        sees_passage: bool,
    ) -> MemberLine {
        let party: &str = name;
        let held = self.view.conference().parties.get(party);
        let code = held
            .and_then(|held| held.fact.code.as_deref())
            .unwrap_or_default();
        let said = if self.sees_answer(found, round, party) {
            match found.heard(round, party) {
                Heard::Silent => match found.objected_before(round, party) {
                    Some(stated) => SaidLine::ObjectedBefore(answer_line(stated)),
                    None => SaidLine::NoCommunication(round.reached(name)),
                },
                Heard::Submitted => SaidLine::Submitted,
                Heard::One(stated) => SaidLine::One(answer_line(stated)),
                Heard::NotAtOne(all) => {
                    SaidLine::NotAtOne(all.into_iter().map(answer_line).collect())
                }
            }
        } else {
            SaidLine::Hidden
        };
        MemberLine {
            city: self.city_of(code),
            zone: self.zone_of(party).map(|(zone, _)| zone),
            party: party.to_owned(),
            label: self.view.party_or_id(party).label.text,
            code: code.to_owned(),
            term,
            said,
            reached: sees_passage.then(|| round.reached(name)),
            escalated: sees_passage && round.is_noted(name, Passage::Escalated),
            own: *party == *self.party(),
            unspoken: false,
        }
    }

    /// Those of the parties for which nobody may state a position now.
    pub(super) fn unspoken<'a>(&self, parties: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let of = |party: &str| Class::Position {
            of: party.into(),
            stage: ConsultationStage::Round,
            term: comity_policy::Term::Running,
        };
        self.without_voice(Action::State, of, parties)
    }

    /// As it stands now, or stood when the consultation ended.
    fn term_shown(&self, found: &Consultation, term: &Term) -> TermShown {
        let now = found.end.map_or(self.now, |end| end.at().min(self.now));
        let zone = TimeZone::get(&term.zone).unwrap_or(TimeZone::UTC);
        let today = zone.to_datetime(now).date();
        let over = term.ends_at <= now;
        let days = term.days.iter().map(|day| ClockDay {
            date: day.date,
            when: match day.date.cmp(&today) {
                Ordering::Less => DayIs::Passed,
                Ordering::Equal if over => DayIs::Passed,
                Ordering::Equal => DayIs::Today,
                Ordering::Greater => DayIs::ToCome,
            },
            number: match day.why {
                Why::Counted(number) => Some(number),
                Why::Start | Why::Off(_) => None,
            },
            holiday: match &day.why {
                Why::Off(
                    Off::Holiday { name, .. } | Off::Declared { name } | Off::Corrected { name },
                ) => Some(self.in_words(name)),
                Why::Start | Why::Counted(_) | Why::Off(Off::Weekend) => None,
            },
            weekend: day.why == Why::Off(Off::Weekend),
            start: day.why == Why::Start,
        });
        TermShown {
            zone: term.zone.clone(),
            ends_on: term.ends_on,
            ends_at: term.ends_at,
            left: if over { 0 } else { term.left_on(today) },
            days: days.collect(),
            over,
        }
    }

    fn city_of(&self, code: &str) -> Option<String> {
        let adopted = self.view.conference().calendar.as_ref()?;
        Some(self.in_words(adopted.table.country(code)?.city()))
    }
}

pub(super) fn answer_line(stated: &Stated) -> AnswerLine {
    let received = stated.stated.received.as_ref();
    AnswerLine {
        act: stated.act.to_string(),
        answer: stated.stated.answer,
        words: stated.stated.words.clone(),
        at: stated.at,
        late: stated.late,
        received: received.map(ReceivedLine::of),
    }
}
