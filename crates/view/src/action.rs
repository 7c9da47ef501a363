use comity_calendar::Partial;
use comity_conference::fact::{ActionRecorded, Subject};
use comity_conference::{Held, Name};

use crate::base::tally;
use crate::work::{beside, distinct, matches, newest_first, says, years};
use crate::{
    DocumentLine, Facet, Link, Listing, Named, Place, Says, SeminarTie, StepLine, SupportLine, View,
};

/// Which actions to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionFilter {
    pub section: Option<String>,
    pub kind: Option<String>,
    pub status: Option<String>,
    /// A year that its date or a step touches.
    pub year: Option<i16>,
    /// ISO 3166-1 alpha-2 code of a country where it took place.
    pub country: Option<String>,
    /// Who proposed, sponsored or worked with it.
    pub party: Option<String>,
    /// Words of its title or summary, in either language.
    pub text: Option<String>,
}

/// An action in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionLine {
    pub link: Link,
    pub section: Link,
    pub number: u16,
    pub kind: Named,
    pub status: Named,
    /// Listed under "other proposed actions".
    pub proposal: bool,
    pub date: Option<Partial>,
    /// It was known on the day shown, and took place after it.
    pub ahead: bool,
    pub uncertain: bool,
    pub places: Vec<Place>,
    pub summary: String,
    pub says: Says,
}

/// An action's page.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionPage {
    pub line: ActionLine,
    pub proposers: Vec<Link>,
    pub sponsors: Vec<Link>,
    pub collaborators: Vec<Link>,
    /// By date, the undated last.
    pub life: Vec<StepLine>,
    pub topics: Vec<Link>,
    pub documents: Vec<DocumentLine>,
    /// Actions that it followed from.
    pub follows: Vec<ActionLine>,
    /// Actions that followed from it.
    pub followed_by: Vec<ActionLine>,
    pub supports: Vec<SupportLine>,
    /// Rows of the list of seminars that speak of it.
    pub seminars: Vec<SeminarTie>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

impl View {
    /// The actions known on the day shown, with the choices by which they can be narrowed.
    pub fn actions(&self, filter: &ActionFilter) -> Listing<ActionLine> {
        let all = self.actions_in_order();
        let years_of =
            |fact: &ActionRecorded| self.years_of(&Subject::Action(fact.id.clone()), fact.date);
        let wanted = |fact: &ActionRecorded| {
            matches(filter.section.as_ref(), |section| fact.section == *section)
                && matches(filter.kind.as_ref(), |kind| fact.kind == *kind)
                && matches(filter.status.as_ref(), |status| fact.status == *status)
                && filter
                    .year
                    .is_none_or(|year| years_of(fact).contains(&year))
                && matches(filter.country.as_ref(), |code| {
                    countries(fact).iter().any(|country| country == code)
                })
                && matches(filter.party.as_ref(), |party| {
                    self.actors_of(fact).iter().any(|actor| actor == party)
                })
                && matches(filter.text.as_ref(), |text| {
                    says(text, &fact.title, &[], &fact.summary)
                })
        };
        let each = |terms: &dyn Fn(&ActionRecorded) -> Vec<(String, String)>| {
            tally(all.iter().flat_map(|held| terms(&held.fact)))
        };
        let facets = vec![
            Facet {
                field: "section",
                options: self.by_section(each(&|fact| vec![self.section_term(&fact.section)])),
            },
            Facet {
                field: "kind",
                options: self.by_name(each(&|fact| vec![self.word("action_kind", &fact.kind)])),
            },
            Facet {
                field: "status",
                options: self.by_name(each(&|fact| vec![self.word("status", &fact.status)])),
            },
            Facet {
                field: "year",
                options: newest_first(each(&|fact| years(&years_of(fact)))),
            },
            Facet {
                field: "country",
                options: self.by_name(each(&|fact| self.country_terms(fact))),
            },
            Facet {
                field: "party",
                options: self.by_name(each(&|fact| self.actor_terms(self.actors_of(fact)))),
            },
        ];
        Listing {
            items: self.action_lines(wanted),
            total: all.len(),
            facets,
        }
    }

    /// One action and its life.
    pub fn action(&self, id: &str) -> Option<ActionPage> {
        let held = self.conference().actions.get(id)?;
        let fact = &held.fact;
        let order: Vec<&str> = self
            .actions_in_order()
            .into_iter()
            .map(|other| other.fact.id.as_str())
            .collect();
        let (previous, next) = beside(&order, id);
        Some(ActionPage {
            line: self.action_line(held),
            proposers: self.actors_by_name(&fact.proposers),
            sponsors: self.actors_by_name(&fact.sponsors),
            collaborators: self.actors_by_name(&fact.collaborators),
            life: self.step_lines(
                |step| matches!(&step.subject, Subject::Action(action) if action == id),
            ),
            topics: fact
                .topics
                .iter()
                .filter_map(|topic| self.topic_link(topic))
                .collect(),
            documents: self.document_lines(|document| fact.documents.contains(&document.id)),
            follows: self.action_lines(|other| fact.follows.contains(&other.id)),
            followed_by: self.action_lines(|other| other.follows.iter().any(|before| before == id)),
            supports: self
                .support_lines(|support| support.actions.iter().any(|action| action == id)),
            seminars: self.seminars_of(|found| found.action.as_deref() == Some(id)),
            previous: previous.and_then(|id| self.action_link(id)),
            next: next.and_then(|id| self.action_link(id)),
        })
    }

    /// The actions known on the day shown, in the order of the plan, the proposals of a section after its actions.
    pub(crate) fn actions_in_order(&self) -> Vec<&Held<ActionRecorded>> {
        let known = |held: &&Held<ActionRecorded>| {
            let first = self.first_date(&Subject::Action(held.fact.id.clone()));
            let mut dates = first.into_iter().chain(held.fact.date).peekable();
            dates.peek().is_none() || dates.any(|date| self.begun(Some(date)))
        };
        let mut all: Vec<_> = self.conference().actions.iter().filter(known).collect();
        all.sort_by_key(|held| {
            (
                self.section_rank(&held.fact.section),
                held.fact.proposal,
                held.fact.number,
            )
        });
        all
    }

    pub(crate) fn action_lines(&self, wanted: impl Fn(&ActionRecorded) -> bool) -> Vec<ActionLine> {
        self.actions_in_order()
            .into_iter()
            .filter(|held| wanted(&held.fact))
            .map(|held| self.action_line(held))
            .collect()
    }

    fn action_line(&self, held: &Held<ActionRecorded>) -> ActionLine {
        let fact = &held.fact;
        ActionLine {
            link: self.action_or_id(&fact.id),
            section: self.section_or_id(&fact.section),
            number: fact.number,
            kind: self.named("action_kind", &fact.kind),
            status: self.named("status", &fact.status),
            proposal: fact.proposal,
            date: fact.date,
            ahead: !self.begun(fact.date),
            uncertain: self.doubtful(fact.date),
            places: fact.places.iter().map(|place| self.place(place)).collect(),
            summary: self.text(&fact.summary),
            says: self.says(held),
        }
    }

    /// Links to those known on the day shown.
    pub(crate) fn actions_shown(&self, ids: &[Name]) -> Vec<Link> {
        let known = self
            .actions_in_order()
            .into_iter()
            .filter(|held| ids.contains(&held.fact.id));
        known
            .filter_map(|held| self.action_link(&held.fact.id))
            .collect()
    }

    fn actors_of(&self, fact: &ActionRecorded) -> Vec<Name> {
        let mut actors: Vec<Name> = fact
            .proposers
            .iter()
            .chain(&fact.sponsors)
            .chain(&fact.collaborators)
            .cloned()
            .collect();
        let steps = self.steps_of(&Subject::Action(fact.id.clone()));
        actors.extend(steps.flat_map(|held| held.fact.by.clone()));
        distinct(actors)
    }

    /// The code stands in for the name of a country that is no party: the site has its words.
    fn country_terms(&self, fact: &ActionRecorded) -> Vec<(String, String)> {
        let name = |code: &str| {
            let party = self
                .conference()
                .parties
                .iter()
                .find(|held| held.fact.code.as_deref() == Some(code));
            party.map_or_else(|| code.to_owned(), |held| self.title(&held.fact.name).text)
        };
        countries(fact)
            .into_iter()
            .map(|code| (code.to_string(), name(&code)))
            .collect()
    }
}

fn countries(fact: &ActionRecorded) -> Vec<Name> {
    distinct(
        fact.places
            .iter()
            .filter_map(|place| place.country.clone())
            .collect(),
    )
}
