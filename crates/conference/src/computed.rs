//! What is computed from the facts and never stored: counts, the Troika, links between topics.

use std::collections::BTreeMap;

use comity_calendar::Date;
use comity_rules::{ChairModel, Rules, TroikaSeat};
use jiff::Timestamp;

use crate::fact::{PartyAdmitted, PresidencyAgreed};
use crate::{Conference, Held, Name};

/// How many of each there are. Counted, never stored (V-24).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Parties by kind.
    pub parties: BTreeMap<Name, usize>,
    pub presidencies: usize,
    pub meetings: usize,
    /// Meetings that carry a number of the conference.
    pub numbered_meetings: usize,
    pub themes: usize,
    pub sections: usize,
    pub topics: usize,
    pub documents: usize,
    /// Actions without the proposals.
    pub actions: usize,
    pub proposals: usize,
    pub organizations: usize,
    pub supports: usize,
    pub fora: usize,
    pub seminars: usize,
}

/// A place in the Troika.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    Former,
    Current,
    Upcoming,
}

/// Who sits in the Troika, and by which presidency.
#[derive(Debug, Clone, Copy)]
pub struct TroikaMember<'a> {
    pub seat: Seat,
    pub presidency: &'a Held<PresidencyAgreed>,
}

/// Two topics that share documents or actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicLink {
    /// The two, in the order of their ids.
    pub topics: (Name, Name),
    /// Ids of the documents that they share.
    pub documents: Vec<Name>,
    /// Ids of the actions that they share.
    pub actions: Vec<Name>,
}

impl Conference {
    /// Counts everything that the state holds.
    pub fn counts(&self) -> Counts {
        let mut parties = BTreeMap::new();
        for party in self.parties.iter() {
            *parties.entry(party.fact.kind.clone()).or_default() += 1;
        }
        let proposals = self
            .actions
            .iter()
            .filter(|action| action.fact.proposal)
            .count();
        Counts {
            parties,
            presidencies: self.presidencies.len(),
            meetings: self.meetings.len(),
            numbered_meetings: self
                .meetings
                .iter()
                .filter(|meeting| meeting.fact.number.is_some())
                .count(),
            themes: self.themes.len(),
            sections: self.sections.len(),
            topics: self.topics.len(),
            documents: self.documents.len(),
            actions: self.actions.len() - proposals,
            proposals,
            organizations: self.organizations.len(),
            supports: self.supports.len(),
            fora: self.fora.len(),
            seminars: self.seminars.len(),
        }
    }

    /// The presidencies by the beginning of their terms.
    pub fn presidencies_by_term(&self) -> Vec<&Held<PresidencyAgreed>> {
        let mut all: Vec<_> = self.presidencies.iter().collect();
        all.sort_by_key(|held| held.fact.term.earliest());
        all
    }

    /// The presidency in office at the end of a day, by universal time.
    pub fn presidency_on(&self, day: Date) -> Option<&Held<PresidencyAgreed>> {
        self.presidency_at(end_of(day))
    }

    /// The parties that decide, on the day of an instant by universal time, in the order of their ids.
    pub fn deciding_members<'a>(
        &'a self,
        rules: &'a Rules,
        at: Timestamp,
    ) -> impl Iterator<Item = &'a PartyAdmitted> {
        let day = jiff::tz::Offset::UTC.to_datetime(at).date();
        let parties = self.parties.iter().map(|held| &held.fact);
        parties
            .filter(|party| {
                rules
                    .party_kind(&party.kind)
                    .is_some_and(|kind| kind.decides)
            })
            .filter(move |party| {
                party
                    .until
                    .is_none_or(|until| until.latest().is_none_or(|last| day <= last))
            })
    }

    /// The presidency in office at an instant.
    pub fn presidency_at(&self, at: Timestamp) -> Option<&Held<PresidencyAgreed>> {
        let all = self.presidencies_in_order();
        let place = self.in_office(&all, at)?;
        all.get(place).map(|(held, _)| *held)
    }

    /// The Troika at the end of a day, by universal time.
    pub fn troika_on(&self, rules: &Rules, day: Date) -> Vec<TroikaMember<'_>> {
        self.troika_at(rules, end_of(day))
    }

    /// The Troika at an instant: former, current and upcoming presidency, each party once (V-21, Q-62). Empty where the
    /// rules know no Troika or the chair does not rotate.
    pub fn troika_at(&self, rules: &Rules, at: Timestamp) -> Vec<TroikaMember<'_>> {
        let Some(rule) = rules
            .troika
            .as_ref()
            .filter(|_| rules.chair.model == ChairModel::Rotating)
        else {
            return Vec::new();
        };
        let all = self.presidencies_in_order();
        let Some(current) = self.in_office(&all, at) else {
            return Vec::new();
        };
        let mut members: Vec<TroikaMember<'_>> = Vec::with_capacity(3);
        for seat in &rule.members {
            let (seat, index) = match seat {
                TroikaSeat::Former => (Seat::Former, current.checked_sub(1)),
                TroikaSeat::Current => (Seat::Current, Some(current)),
                TroikaSeat::Upcoming => (Seat::Upcoming, Some(current + 1)),
            };
            let Some(presidency) = index
                .and_then(|index| all.get(index))
                .map(|(held, _)| *held)
            else {
                continue;
            };
            if members
                .iter()
                .all(|member| member.presidency.fact.party != presidency.fact.party)
            {
                members.push(TroikaMember { seat, presidency });
            }
        }
        members
    }

    /// Every two topics that share a document or an action.
    pub fn topic_links(&self) -> Vec<TopicLink> {
        let mut links: BTreeMap<(Name, Name), TopicLink> = BTreeMap::new();
        let documents = self
            .documents
            .iter()
            .map(|held| (&held.fact.topics, &held.fact.id, true));
        let actions = self
            .actions
            .iter()
            .map(|held| (&held.fact.topics, &held.fact.id, false));
        for (topics, id, is_document) in documents.chain(actions) {
            for (index, left) in topics.iter().enumerate() {
                for right in &topics[index + 1..] {
                    let pair = if left < right {
                        (left.clone(), right.clone())
                    } else {
                        (right.clone(), left.clone())
                    };
                    let link = links.entry(pair.clone()).or_insert_with(|| TopicLink {
                        topics: pair,
                        documents: Vec::new(),
                        actions: Vec::new(),
                    });
                    if is_document {
                        link.documents.push(id.clone());
                    } else {
                        link.actions.push(id.clone());
                    }
                }
            }
        }
        links.into_values().collect()
    }
}

/// The last millisecond of a day, by universal time.
fn end_of(day: Date) -> Timestamp {
    let last = jiff::tz::Offset::UTC.to_timestamp(day.at(23, 59, 59, 999_000_000));
    last.unwrap_or(Timestamp::MAX)
}
