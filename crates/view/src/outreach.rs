use comity_calendar::Partial;
use comity_conference::fact::{
    ForumAttended, Match, OrganizationListed, SeminarListed, SeminarMatch, SupportGiven,
};
use comity_conference::{Held, Name};

use crate::party::validity;
use crate::{ActionLine, Link, Named, Place, Says, Target, View, Words};

/// An organisation in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationLine {
    pub link: Link,
    pub number: u16,
    pub acronym: Option<String>,
    /// The party that it is, where it takes part as one.
    pub party: Option<Link>,
    /// Computed: it is a party of an observer kind on the day shown.
    pub observer: bool,
    /// How many contributions are listed.
    pub supports: usize,
    pub summary: Option<String>,
    pub says: Says,
}

/// What an organisation did for the conference.
#[derive(Debug, Clone, PartialEq)]
pub struct SupportLine {
    pub id: String,
    pub organization: Link,
    pub number: u16,
    pub text: String,
    pub documents: Vec<Link>,
    pub actions: Vec<Link>,
    pub topics: Vec<Link>,
    pub says: Says,
}

/// An organisation's page.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationPage {
    pub line: OrganizationLine,
    /// The bodies that one row names together.
    pub members: Vec<Words>,
    pub supports: Vec<SupportLine>,
    /// Actions whose entry names it as proposer, sponsor or collaborator.
    pub actions: Vec<ActionLine>,
    /// Its website, where it is a party that has one.
    pub website: Option<String>,
}

/// One time and place of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct OccurrenceLine {
    pub date: Option<Partial>,
    pub place: Option<Place>,
}

/// A forum at which the conference presented its experience.
#[derive(Debug, Clone, PartialEq)]
pub struct ForumLine {
    pub link: Link,
    pub number: u16,
    pub kind: Named,
    /// Those up to the day shown.
    pub occurrences: Vec<OccurrenceLine>,
    pub uncertain: bool,
    pub says: Says,
}

/// How sure a tie between two lists is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// The same event.
    Same,
    /// An event of a series that the other entry names in general.
    PartOf,
}

/// An entry of another list that speaks of the same event.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchLine {
    pub link: Link,
    pub tie: Tie,
}

/// A row of the list of seminars and workshops.
#[derive(Debug, Clone, PartialEq)]
pub struct SeminarLine {
    pub link: Link,
    pub number: u16,
    pub kind: Named,
    pub date: Option<Partial>,
    pub recurrence: Option<Named>,
    pub place: Option<Place>,
    pub matches: Vec<MatchLine>,
    /// The list of actions has the same event.
    pub in_actions: bool,
    pub uncertain: bool,
    pub says: Says,
}

/// A seminar beside the entry that it matches.
#[derive(Debug, Clone, PartialEq)]
pub struct SeminarTie {
    pub link: Link,
    pub tie: Tie,
    pub date: Option<Partial>,
    pub place: Option<Place>,
    pub says: Says,
}

impl View {
    /// The organisations in the order of the source's table.
    pub fn organizations(&self) -> Vec<OrganizationLine> {
        let mut all: Vec<_> = self.conference().organizations.iter().collect();
        all.sort_by_key(|held| held.fact.number);
        all.into_iter()
            .map(|held| self.organization_line(held))
            .collect()
    }

    /// One organisation and what it did.
    pub fn organization(&self, id: &str) -> Option<OrganizationPage> {
        let held = self.conference().organizations.get(id)?;
        let party = held.fact.party.as_deref();
        let is = |actor: &Name| *actor == *id || party == Some(actor.as_str());
        Some(OrganizationPage {
            line: self.organization_line(held),
            members: held
                .fact
                .members
                .iter()
                .map(|member| self.title(member))
                .collect(),
            supports: self.support_lines(|support| support.organization == id),
            actions: self.action_lines(|action| {
                action
                    .proposers
                    .iter()
                    .chain(&action.sponsors)
                    .chain(&action.collaborators)
                    .any(is)
            }),
            website: party
                .and_then(|party| self.conference().parties.get(party)?.fact.website.clone()),
        })
    }

    /// The fora attended up to the day shown, in the order of the source's list.
    pub fn fora(&self) -> Vec<ForumLine> {
        let begun = |held: &&Held<ForumAttended>| {
            let mut dates = held
                .fact
                .occurrences
                .iter()
                .map(|occurrence| occurrence.date);
            held.fact.occurrences.is_empty() || dates.any(|date| self.begun(date))
        };
        let mut all: Vec<_> = self.conference().fora.iter().filter(begun).collect();
        all.sort_by_key(|held| held.fact.number);
        all.into_iter().map(|held| self.forum_line(held)).collect()
    }

    /// One forum.
    pub fn forum(&self, id: &str) -> Option<ForumLine> {
        self.conference()
            .fora
            .get(id)
            .map(|held| self.forum_line(held))
    }

    /// The seminars and workshops up to the day shown, in the order of the source's list.
    pub fn seminars(&self) -> Vec<SeminarLine> {
        self.seminars_in_order()
            .into_iter()
            .map(|held| self.seminar_line(held))
            .collect()
    }

    /// One row of the list of seminars and workshops.
    pub fn seminar(&self, id: &str) -> Option<SeminarLine> {
        self.conference()
            .seminars
            .get(id)
            .map(|held| self.seminar_line(held))
    }

    pub(crate) fn seminars_in_order(&self) -> Vec<&Held<SeminarListed>> {
        let mut all: Vec<_> = self
            .conference()
            .seminars
            .iter()
            .filter(|held| self.begun(held.fact.date))
            .collect();
        all.sort_by_key(|held| held.fact.number);
        all
    }

    /// The contributions that are wanted, by organisation and number.
    pub(crate) fn support_lines(&self, wanted: impl Fn(&SupportGiven) -> bool) -> Vec<SupportLine> {
        let rank = |held: &Held<SupportGiven>| {
            self.conference()
                .organizations
                .get(&held.fact.organization)
                .map(|organization| organization.fact.number)
        };
        let mut all: Vec<_> = self
            .conference()
            .supports
            .iter()
            .filter(|held| wanted(&held.fact))
            .collect();
        all.sort_by_key(|held| (rank(held), held.fact.number));
        all.into_iter()
            .map(|held| self.support_line(held))
            .collect()
    }

    /// The seminars up to the day shown that name an entry.
    pub(crate) fn seminars_of(&self, named: impl Fn(&SeminarMatch) -> bool) -> Vec<SeminarTie> {
        let tie = |held: &Held<SeminarListed>| {
            let found = held.fact.matches.iter().find(|found| named(found))?;
            Some(SeminarTie {
                link: self.seminar_label(&held.fact),
                tie: tie(found.is),
                date: held.fact.date,
                place: held.fact.place.as_ref().map(|place| self.place(place)),
                says: self.says(held),
            })
        };
        self.seminars_in_order()
            .into_iter()
            .filter_map(tie)
            .collect()
    }

    pub(crate) fn seminars_same_as(&self, action: &str) -> Vec<Link> {
        let same = self.seminars_of(|found| {
            found.action.as_deref() == Some(action) && found.is == Match::Same
        });
        same.into_iter().map(|tie| tie.link).collect()
    }

    pub(crate) fn seminar_label(&self, fact: &SeminarListed) -> Link {
        Link {
            to: Target::Seminar,
            id: fact.id.to_string(),
            label: self.title(&fact.title),
        }
    }

    pub(crate) fn forum_label(&self, fact: &ForumAttended) -> Link {
        Link {
            to: Target::Forum,
            id: fact.id.to_string(),
            label: self.title(&fact.title),
        }
    }

    fn organization_line(&self, held: &Held<OrganizationListed>) -> OrganizationLine {
        let fact = &held.fact;
        OrganizationLine {
            link: self.organization_or_id(&fact.id),
            number: fact.number,
            acronym: fact.acronym.as_ref().map(|acronym| self.text(acronym)),
            party: fact
                .party
                .as_deref()
                .and_then(|party| self.party_link(party)),
            observer: fact
                .party
                .as_deref()
                .is_some_and(|party| self.observes(party)),
            supports: self
                .conference()
                .supports
                .iter()
                .filter(|support| support.fact.organization == fact.id)
                .count(),
            summary: fact.summary.as_ref().map(|summary| self.text(summary)),
            says: self.says(held),
        }
    }

    /// Observers are the kinds for which the rules set criteria of admission.
    fn observes(&self, party: &str) -> bool {
        self.conference().parties.get(party).is_some_and(|held| {
            let observer_kind = self
                .rules()
                .criteria
                .iter()
                .any(|rule| held.fact.kind == rule.kind);
            observer_kind && self.presence(validity(&held.fact)).is_some()
        })
    }

    fn support_line(&self, held: &Held<SupportGiven>) -> SupportLine {
        let fact = &held.fact;
        SupportLine {
            id: fact.id.to_string(),
            organization: self.organization_or_id(&fact.organization),
            number: fact.number,
            text: self.text(&fact.text),
            documents: self.documents_shown(&fact.documents),
            actions: self.actions_shown(&fact.actions),
            topics: fact
                .topics
                .iter()
                .filter_map(|topic| self.topic_link(topic))
                .collect(),
            says: self.says(held),
        }
    }

    fn forum_line(&self, held: &Held<ForumAttended>) -> ForumLine {
        let fact = &held.fact;
        let begun = fact
            .occurrences
            .iter()
            .filter(|occurrence| self.begun(occurrence.date));
        let occurrence = |occurrence: &comity_conference::fact::Occurrence| OccurrenceLine {
            date: occurrence.date,
            place: occurrence.place.as_ref().map(|place| self.place(place)),
        };
        ForumLine {
            link: self.forum_label(fact),
            number: fact.number,
            kind: self.named("forum_kind", &fact.kind),
            uncertain: begun
                .clone()
                .all(|occurrence| self.doubtful(occurrence.date))
                && !fact.occurrences.is_empty(),
            occurrences: begun.map(occurrence).collect(),
            says: self.says(held),
        }
    }

    fn seminar_line(&self, held: &Held<SeminarListed>) -> SeminarLine {
        let fact = &held.fact;
        let line = |found: &SeminarMatch| {
            let action = found
                .action
                .as_deref()
                .and_then(|action| self.action_link(action));
            let link = action.or_else(|| self.document_link(found.document.as_deref()?))?;
            Some(MatchLine {
                link,
                tie: tie(found.is),
            })
        };
        SeminarLine {
            link: self.seminar_label(fact),
            number: fact.number,
            kind: self.named("action_kind", &fact.kind),
            date: fact.date,
            recurrence: fact
                .recurrence
                .as_ref()
                .map(|term| self.named("recurrence", term)),
            place: fact.place.as_ref().map(|place| self.place(place)),
            matches: fact.matches.iter().filter_map(line).collect(),
            in_actions: fact
                .matches
                .iter()
                .any(|found| found.action.is_some() && found.is == Match::Same),
            uncertain: self.doubtful(fact.date),
            says: self.says(held),
        }
    }
}

const fn tie(is: Match) -> Tie {
    match is {
        Match::Same => Tie::Same,
        Match::PartOf => Tie::PartOf,
    }
}
