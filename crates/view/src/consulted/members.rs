//! The members of a round: each with its term as it stands now, what it said, and how it was reached.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use comity_calendar::{Off, Term, Why};
use comity_conference::{Consultation, Heard, Name, Round, Stated};
use comity_policy::{Action, Class, ConsultationStage};
use jiff::tz::TimeZone;

use super::{AnswerLine, ClockDay, DayIs, MemberLine, ReceivedLine, SaidLine, Sight, TermShown};
use crate::Inside;

impl Inside {
    /// By the name of each. A term that is that of several members is told once.
    pub(super) fn member_lines(
        &self,
        found: &Consultation,
        round: &Round,
        sees: &Sight<'_>,
    ) -> Vec<MemberLine> {
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
            let mut line = self.member_line(found, round, party, shown, sees.has(party));
            line.unspoken = unspoken.contains(party.as_str());
            if sees_passage {
                let (reached, escalated) = round.reached(party);
                line.reached = Some(reached);
                line.escalated = escalated;
            }
            members.push(line);
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
        sees: bool,
    ) -> MemberLine {
        let party: &str = name;
        let held = self.view.conference().parties.get(party);
        let code = held
            .and_then(|held| held.fact.code.as_deref())
            .unwrap_or_default();
        let said = if sees {
            match found.heard(round, party) {
                Heard::Silent => match found.objected_before(round, party) {
                    Some(stated) => SaidLine::ObjectedBefore(answer_line(stated)),
                    None => SaidLine::NoCommunication(round.reached(name).0),
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
        let adopted = self.view.conference().calendar.as_ref();
        let capital = adopted.and_then(|adopted| adopted.table.country(code));
        MemberLine {
            city: capital.map(|capital| self.in_words(capital.city())),
            own_clock: capital.is_some_and(|capital| capital.zone_name() == term.zone),
            party: party.to_owned(),
            label: held.map_or_else(
                || party.to_owned(),
                |held| self.view.title(&held.fact.name).text,
            ),
            code: code.to_owned(),
            term,
            said,
            reached: None,
            escalated: false,
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
