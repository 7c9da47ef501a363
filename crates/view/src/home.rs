use std::collections::BTreeMap;

use comity_conference::Seat;

use crate::{Link, MeetingLine, PresidencyLine, Term, View};

/// A place in the Troika.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroikaPlace {
    Former,
    Current,
    Upcoming,
}

/// Who sits in the Troika on the day shown, and by which presidency.
#[derive(Debug, Clone, PartialEq)]
pub struct TroikaSeat {
    pub seat: TroikaPlace,
    pub party: Link,
    pub presidency: PresidencyLine,
}

/// How many parties of one kind take part on the day shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyCount {
    /// Id of the kind.
    pub kind: String,
    /// The plural name of the kind.
    pub name: String,
    /// Name of its open-data collection.
    pub collection: String,
    pub count: usize,
}

/// How many of each there are on the day shown: counted from the rows, never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub parties: Vec<PartyCount>,
    pub presidencies: usize,
    pub meetings: usize,
    /// Meetings that carry a number of the conference.
    pub conferences: usize,
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
    pub acts: usize,
}

/// What the first page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Home {
    /// In office on the day shown.
    pub presidency: Option<PresidencyLine>,
    /// All in office, where the chair is shared.
    pub chairs: Vec<PresidencyLine>,
    pub troika: Vec<TroikaSeat>,
    pub counts: Counts,
    /// The three latest numbered meetings.
    pub last_meetings: Vec<MeetingLine>,
    pub upcoming: Option<PresidencyLine>,
    /// Every presidency by its term.
    pub timeline: Vec<PresidencyLine>,
}

impl View {
    /// What the first page shows, as of the day shown.
    pub fn home(&self) -> Home {
        let timeline = self.presidencies();
        let in_office = timeline.iter().filter(|line| line.state == Term::InOffice);
        let chairs: Vec<PresidencyLine> = in_office.cloned().collect();
        let last_meetings = self.latest_meetings(3, |meeting| meeting.number.is_some());
        Home {
            presidency: chairs.last().cloned(),
            chairs,
            troika: self.troika(),
            counts: self.counts(&timeline),
            last_meetings,
            upcoming: timeline
                .iter()
                .find(|line| line.state == Term::Upcoming)
                .cloned(),
            timeline,
        }
    }

    /// The Troika on the day shown; empty where the process has none.
    pub fn troika(&self) -> Vec<TroikaSeat> {
        let members = self.conference().troika_on(self.rules(), self.day());
        let seat = |seat| match seat {
            Seat::Former => TroikaPlace::Former,
            Seat::Current => TroikaPlace::Current,
            Seat::Upcoming => TroikaPlace::Upcoming,
        };
        members
            .into_iter()
            .map(|member| TroikaSeat {
                seat: seat(member.seat),
                party: self.party_or_id(&member.presidency.fact.party),
                presidency: self.presidency_line(member.presidency),
            })
            .collect()
    }

    /// Counts what holds on the day shown.
    fn counts(&self, timeline: &[PresidencyLine]) -> Counts {
        let (proposals, actions): (Vec<_>, Vec<_>) = self
            .actions_in_order()
            .into_iter()
            .partition(|held| held.fact.proposal);
        let meetings = self.meetings_by_date();
        let begun = |line: &PresidencyLine| line.state != Term::Upcoming;
        Counts {
            parties: self.party_counts(),
            presidencies: timeline.iter().filter(|line| begun(line)).count(),
            conferences: meetings
                .iter()
                .filter(|held| held.fact.number.is_some())
                .count(),
            meetings: meetings.len(),
            themes: self.themes_in_order().len(),
            sections: self.sections_in_order().len(),
            topics: self.topics_in_order().len(),
            documents: self.documents_in_order().len(),
            actions: actions.len(),
            proposals: proposals.len(),
            organizations: self.conference().organizations.len(),
            supports: self.conference().supports.len(),
            fora: self.fora().len(),
            seminars: self.seminars().len(),
            acts: self.acts_seen().count(),
        }
    }

    fn party_counts(&self) -> Vec<PartyCount> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for held in self.parties_present() {
            *counts.entry(held.fact.kind.as_str()).or_default() += 1;
        }
        let kinds = self.rules().party_kinds.iter();
        kinds
            .map(|kind| PartyCount {
                kind: kind.id.clone(),
                name: self.text(&kind.plural),
                collection: kind.collection.clone(),
                count: counts.get(kind.id.as_str()).copied().unwrap_or_default(),
            })
            .collect()
    }
}
