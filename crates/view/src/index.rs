//! What belongs to what, worked out once when a page first asks. Without it each line of a list would go through every
//! fact of a kind, and a page's work would grow with the square of the register.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use comity_calendar::{Date, Partial};
use comity_conference::fact::{
    InstitutionDesignated, MeetingHeld, SectionEstablished, StepTaken, Subject, TopicAddressed,
    TopicOpened,
};
use comity_conference::{Conference, Held, Name};
use comity_rules::Rules;

use crate::View;
use crate::presidency::within;

/// Ids by what they belong to: it outlives no view, and borrows nothing.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// The steps of a document, an action or a body, in the order of their ids.
    steps: BTreeMap<Subject, Vec<Name>>,
    /// The earliest date of these.
    first_dates: BTreeMap<Subject, Partial>,
    /// The rows about a topic, in the order of entry.
    addressed: BTreeMap<Name, Vec<Name>>,
    /// The meetings that carry a number of the conference by the year in which they began, oldest first.
    numbered: BTreeMap<i16, Vec<Name>>,
    /// The party with the code of a country; of several the first by its id.
    countries: BTreeMap<Box<str>, Name>,
    /// The institutions of a party, in the order of their ids.
    institutions: BTreeMap<Name, Vec<Name>>,
}

impl Index {
    pub(crate) fn of(conference: &Conference, rules: &Rules) -> Self {
        let mut index = Self::default();
        for held in conference.steps.iter() {
            index.take(&held.fact);
        }
        let mut rows: Vec<_> = conference.addressed.iter().collect();
        rows.sort_by_key(|held| held.order);
        for row in rows {
            let of_topic = index.addressed.entry(row.fact.topic.clone());
            of_topic.or_default().push(row.fact.id.clone());
        }
        let numbered = conference.meetings.iter();
        let mut numbered: Vec<_> = numbered.filter(|held| held.fact.number.is_some()).collect();
        numbered.sort_by_cached_key(|held| by_date(held, rules));
        for held in numbered {
            let of_year = index.numbered.entry(held.fact.date.earliest().year());
            of_year.or_default().push(held.fact.id.clone());
        }
        for held in conference.parties.iter() {
            if let Some(code) = held.fact.code.as_deref() {
                let of_country = index.countries.entry(code.into());
                of_country.or_insert_with(|| held.fact.id.clone());
            }
        }
        for held in conference.institutions.iter() {
            let of_party = index.institutions.entry(held.fact.party.clone());
            of_party.or_default().push(held.fact.id.clone());
        }
        index
    }

    fn take(&mut self, step: &StepTaken) {
        let of_subject = self.steps.entry(step.subject.clone());
        of_subject.or_default().push(step.id.clone());
        let Some(date) = step.date else { return };
        let known = self.first_dates.entry(step.subject.clone()).or_insert(date);
        if date.earliest() < known.earliest() {
            *known = date;
        }
    }
}

/// Oldest first; of one day the body that stands highest last.
pub(crate) fn by_date(held: &Held<MeetingHeld>, rules: &Rules) -> (Date, Reverse<u16>, u32) {
    let rank = rules
        .body(&held.fact.body)
        .map_or(u16::MAX, |body| body.order);
    (held.fact.date.earliest(), Reverse(rank), held.order)
}

impl View {
    /// The meetings that carry a number of the conference, began within a term, and had begun on the day shown.
    pub(crate) fn numbered_within(
        &self,
        term: Partial,
    ) -> impl Iterator<Item = &Held<MeetingHeld>> + use<'_> {
        let last = term.latest().map_or(i16::MAX, Date::year);
        let first = term.earliest().year().min(last);
        let ids = self.index().numbered.range(first..=last);
        ids.flat_map(|(_, ids)| ids)
            .filter_map(|id| self.conference().meetings.get(id))
            .filter(move |held| self.begun(Some(held.fact.date)) && within(term, held.fact.date))
    }

    /// The party with the code of a country.
    pub(crate) fn party_of_country(&self, code: &str) -> Option<&Name> {
        self.index().countries.get(code)
    }

    /// The institutions of a party, in the order of their ids.
    pub(crate) fn institutions_held(
        &self,
        party: &str,
    ) -> impl Iterator<Item = &Held<InstitutionDesignated>> + use<'_> {
        let ids = self.index().institutions.get(party).into_iter().flatten();
        ids.filter_map(|id| self.conference().institutions.get(id))
    }

    /// The earliest date of a step in the life of a document, an action or a body.
    pub(crate) fn first_date(&self, subject: &Subject) -> Option<Partial> {
        self.index().first_dates.get(subject).copied()
    }

    /// The steps in the life of a document, an action or a body, in the order of their ids.
    pub(crate) fn steps_of(
        &self,
        subject: &Subject,
    ) -> impl Iterator<Item = &Held<StepTaken>> + use<'_> {
        let ids = self.index().steps.get(subject).into_iter().flatten();
        ids.filter_map(|id| self.conference().steps.get(id))
    }

    /// The rows about one topic, in the order of entry.
    pub(crate) fn addressed_rows(&self, topic: &str) -> Vec<&Held<TopicAddressed>> {
        let ids = self.index().addressed.get(topic).into_iter().flatten();
        ids.filter_map(|id| self.conference().addressed.get(id))
            .collect()
    }

    /// What stands where in the plan on the day shown, and how much rests on it: one pass over each kind.
    pub(crate) fn layout(&self) -> Layout<'_> {
        let mut layout = Layout::default();
        for held in self.sections_in_order() {
            let of_theme = layout.sections.entry(&held.fact.theme);
            of_theme.or_default().push(held);
        }
        for held in self.topics_in_order() {
            let of_section = layout.topics.entry(&held.fact.section);
            of_section.or_default().push(held);
        }
        for held in self.documents_in_order() {
            *layout.documents.entry(&held.fact.section).or_default() += 1;
            for topic in held.fact.topics.iter().collect::<BTreeSet<_>>() {
                layout.resting.entry(topic).or_default().documents += 1;
            }
        }
        for held in self.actions_in_order() {
            let fact = &held.fact;
            *layout
                .actions
                .entry((&fact.section, fact.proposal))
                .or_default() += 1;
            for topic in fact.topics.iter().collect::<BTreeSet<_>>() {
                layout.resting.entry(topic).or_default().actions += 1;
            }
        }
        layout
    }
}

/// The plan by its places.
#[derive(Debug, Default)]
pub(crate) struct Layout<'a> {
    sections: BTreeMap<&'a str, Vec<&'a Held<SectionEstablished>>>,
    topics: BTreeMap<&'a str, Vec<&'a Held<TopicOpened>>>,
    documents: BTreeMap<&'a str, usize>,
    /// By section, proposals apart.
    actions: BTreeMap<(&'a str, bool), usize>,
    resting: BTreeMap<&'a str, Resting>,
}

/// How much rests on a topic.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Resting {
    pub(crate) documents: usize,
    /// With the proposals.
    pub(crate) actions: usize,
}

impl<'a> Layout<'a> {
    pub(crate) fn sections_of(&self, theme: &str) -> &[&'a Held<SectionEstablished>] {
        self.sections.get(theme).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn topics_of(&self, section: &str) -> &[&'a Held<TopicOpened>] {
        self.topics.get(section).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn documents_of(&self, section: &str) -> usize {
        self.documents.get(section).copied().unwrap_or_default()
    }

    /// Either the actions without the proposals or the proposals.
    pub(crate) fn actions_of(&self, section: &str, proposals: bool) -> usize {
        self.actions
            .get(&(section, proposals))
            .copied()
            .unwrap_or_default()
    }

    pub(crate) fn on_topic(&self, topic: &str) -> Resting {
        self.resting.get(topic).copied().unwrap_or_default()
    }
}
