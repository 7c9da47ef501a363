//! The members of a round: each with its term as it stands now, what it said, and how it was reached.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use comity_calendar::{Off, Term, Why};
use comity_conference::{Consultation, Stated};
use comity_policy::{Action, Class, ConsultationStage};
use jiff::tz::TimeZone;

use super::kept::RoundKept;
use super::{AnswerLine, ClockDay, DayIs, MemberLine, ReceivedLine, SaidLine, Sight, TermShown};
use crate::{Hashed, Inside};

impl Inside {
    /// By the name of each. A term that is that of several members is told once.
    pub(super) fn member_lines(
        &self,
        found: &Consultation,
        kept: &RoundKept,
        sees: &Sight<'_>,
    ) -> Vec<MemberLine> {
        let sees_delivery = self.sees_delivery();
        let terms = kept.terms.iter();
        let terms: Vec<Hashed<TermShown>> = terms
            .map(|term| Hashed::new(self.term_shown(found, term)))
            .collect();
        let parties = kept.members.iter().filter(|_| sees_delivery);
        let unspoken = self.unspoken(parties.map(|member| member.name.as_str()));
        let hidden = Hashed::new(SaidLine::Hidden);
        let lines = kept.members.iter().map(|member| {
            let own = *member.name == *self.party();
            let sees_passage = sees_delivery || own;
            MemberLine {
                of: member.of.clone(),
                term: terms[member.term].clone(),
                said: match sees.has(&member.name) {
                    true => member.said.clone(),
                    false => hidden.clone(),
                },
                reached: sees_passage.then_some(member.reached),
                escalated: sees_passage && member.escalated,
                own,
                unspoken: unspoken.contains(member.name.as_str()),
            }
        });
        lines.collect()
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
