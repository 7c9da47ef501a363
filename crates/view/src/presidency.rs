use std::collections::HashMap;
use std::sync::Arc;

use comity_calendar::Partial;
use comity_conference::Held;
use comity_conference::fact::{PresidencyAgreed, StepTaken, Subject};
use comity_rules::ChairModel;

use crate::{ActionLine, Link, MeetingLine, Says, StepLine, Target, View, Words};

/// Where a term stands on the day shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    Past,
    InOffice,
    Upcoming,
}

/// A presidency in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct PresidencyLine {
    pub id: String,
    pub term: Partial,
    /// The year in which the term begins.
    pub year: i16,
    pub party: Link,
    /// The central theme.
    pub theme: Option<Words>,
    pub state: Term,
    pub says: Says,
    /// The numbered meetings of the term.
    pub meetings: Arc<[Link]>,
}

/// A presidency beside something else.
#[derive(Debug, Clone, PartialEq)]
pub struct PresidencyBrief {
    pub link: Link,
    pub party: Link,
    pub theme: Option<Words>,
}

/// A presidency and what happened in its term.
#[derive(Debug, Clone, PartialEq)]
pub struct PresidencyPage {
    pub line: PresidencyLine,
    pub chair_model: ChairModel,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    /// Meetings held in its country within the term.
    pub hosted: Vec<MeetingLine>,
    /// Every meeting within the term, its own and others'.
    pub meetings: Vec<MeetingLine>,
    /// Topics that bodies addressed in the years of the term.
    pub topics: Vec<Link>,
    /// What happened to documents within the term.
    pub document_steps: Vec<StepLine>,
    /// Actions that took place within the term.
    pub actions: Vec<ActionLine>,
}

impl View {
    /// How the process is chaired: the words of pages follow it.
    pub fn chair_model(&self) -> ChairModel {
        self.rules().chair.model
    }

    /// The presidencies by their terms, as far as they were known on the day shown.
    pub fn presidencies(&self) -> Vec<PresidencyLine> {
        let presides = self.presides();
        // Those of one term share its meetings.
        let mut of_terms: HashMap<Partial, Arc<[Link]>> = HashMap::new();
        self.known_presidencies()
            .into_iter()
            .map(|held| {
                let term = held.fact.term;
                let meetings = of_terms.entry(term);
                let meetings = meetings.or_insert_with(|| self.meetings_of_term(term));
                self.presidency_line_beside(held, presides, Arc::clone(meetings))
            })
            .collect()
    }

    /// One presidency, with what happened in its term.
    pub fn presidency(&self, id: &str) -> Option<PresidencyPage> {
        let held = self.conference().presidencies.get(id)?;
        let known = self.known_presidencies();
        let place = known.iter().position(|other| other.fact.id == id);
        let beside = |index: Option<usize>| {
            index
                .and_then(|index| known.get(index))
                .map(|other| self.presidency_label(&other.fact))
        };
        let term = held.fact.term;
        let meetings = self.meeting_lines(|meeting| within(term, meeting.date));
        let code = self
            .conference()
            .parties
            .get(&held.fact.party)
            .and_then(|party| party.fact.code.clone());
        let at_home = |meeting: &&MeetingLine| {
            code.is_some()
                && meeting
                    .place
                    .as_ref()
                    .is_some_and(|place| place.country.as_deref() == code.as_deref())
        };
        Some(PresidencyPage {
            line: self.presidency_line(held),
            chair_model: self.chair_model(),
            previous: beside(place.and_then(|place| place.checked_sub(1))),
            next: beside(place.map(|place| place + 1)),
            hosted: meetings.iter().filter(at_home).cloned().collect(),
            topics: self.topics_of_term(term),
            document_steps: self.step_lines(|step| {
                is_of_document(step) && step.date.is_some_and(|date| within(term, date))
            }),
            actions: self.action_lines(|action| action.date.is_some_and(|date| within(term, date))),
            meetings,
        })
    }

    /// Terms that had begun or been agreed on the day shown, and the one after the one in office.
    fn known_presidencies(&self) -> Vec<&Held<PresidencyAgreed>> {
        let mut next_taken = false;
        let known = |held: &&Held<PresidencyAgreed>| {
            let agreed = held.fact.agreed.is_some_and(|date| self.begun(Some(date)));
            if self.lens().on.is_none() || agreed || self.begun(Some(held.fact.term)) {
                return true;
            }
            !std::mem::replace(&mut next_taken, true)
        };
        self.conference()
            .presidencies_by_term()
            .into_iter()
            .filter(known)
            .collect()
    }

    fn topics_of_term(&self, term: Partial) -> Vec<Link> {
        let years = term.years(self.day().year());
        let addressed = |id: &str| {
            self.addressed_rows(id)
                .iter()
                .any(|held| years.clone().any(|year| self.taken_up_in(&held.fact, year)))
        };
        let topics = self.topics_in_order();
        topics
            .into_iter()
            .filter(|held| addressed(&held.fact.id))
            .filter_map(|held| self.topic_link(&held.fact.id))
            .collect()
    }

    pub(crate) fn presidency_line(&self, held: &Held<PresidencyAgreed>) -> PresidencyLine {
        let meetings = self.meetings_of_term(held.fact.term);
        self.presidency_line_beside(held, self.presides(), meetings)
    }

    /// The one in office on the day shown, where one follows another: a hand-over moves it before or beyond its term.
    fn presides(&self) -> Option<&PresidencyAgreed> {
        let rotates = self.chair_model() == ChairModel::Rotating;
        let conference = Some(self.conference()).filter(|_| rotates);
        conference?.presidency_on(self.day()).map(|held| &held.fact)
    }

    fn presidency_line_beside(
        &self,
        held: &Held<PresidencyAgreed>,
        presides: Option<&PresidencyAgreed>,
        meetings: Arc<[Link]>,
    ) -> PresidencyLine {
        let fact = &held.fact;
        PresidencyLine {
            id: fact.id.to_string(),
            term: fact.term,
            year: fact.term.earliest().year(),
            party: self.party_or_id(&fact.party),
            theme: fact.theme.as_ref().map(|theme| self.title(theme)),
            state: presides.map_or_else(
                || self.state_of_term(fact.term),
                |presides| state_beside(fact, presides),
            ),
            says: self.says(held),
            meetings,
        }
    }

    /// The numbered meetings of a term.
    fn meetings_of_term(&self, term: Partial) -> Arc<[Link]> {
        let numbered = self.numbered_within(term);
        numbered
            .map(|meeting| self.meeting_label(&meeting.fact))
            .collect()
    }

    fn state_of_term(&self, term: Partial) -> Term {
        let day = self.day();
        if term.earliest() > day {
            return Term::Upcoming;
        }
        if term.latest().is_some_and(|last| last < day) {
            return Term::Past;
        }
        Term::InOffice
    }

    /// The presidency within whose term a date lies.
    pub(crate) fn presidency_at(&self, date: Partial) -> Option<PresidencyBrief> {
        let held = self
            .conference()
            .presidency_on(date.earliest())
            .filter(|held| within(held.fact.term, date))?;
        Some(PresidencyBrief {
            link: self.presidency_label(&held.fact),
            party: self.party_or_id(&held.fact.party),
            theme: held.fact.theme.as_ref().map(|theme| self.title(theme)),
        })
    }

    pub(crate) fn presidency_label(&self, fact: &PresidencyAgreed) -> Link {
        let text = format!(
            "{}, {}",
            self.party_or_id(&fact.party).label,
            fact.term.earliest().year()
        );
        Link {
            to: Target::Presidency,
            id: fact.id.to_string(),
            label: Words {
                text,
                standing: None,
            },
        }
    }
}

/// Where a presidency stands to the one in office.
fn state_beside(fact: &PresidencyAgreed, presides: &PresidencyAgreed) -> Term {
    if fact.id == presides.id {
        return Term::InOffice;
    }
    if fact.term.earliest() < presides.term.earliest() {
        Term::Past
    } else {
        Term::Upcoming
    }
}

/// Whether a date lies wholly within a term.
pub(crate) fn within(term: Partial, date: Partial) -> bool {
    if date.earliest() < term.earliest() {
        return false;
    }
    match (term.latest(), date.latest()) {
        (None, _) => true,
        // What is still going on belongs to the term in which it began.
        (Some(last), None) => date.earliest() <= last,
        (Some(last), Some(end)) => end <= last,
    }
}

fn is_of_document(step: &StepTaken) -> bool {
    matches!(step.subject, Subject::Document(_))
}
