use comity_calendar::Partial;
use comity_conference::fact::{DocumentRecorded, Part, Subject};
use comity_conference::{Held, Name};

use crate::base::tally;
use crate::work::{beside, by_date, distinct, matches, newest_first, says, years};
use crate::{
    ActionLine, Facet, Link, Listing, Named, Says, SeminarTie, StepLine, SupportLine, View, Words,
};

/// Which documents to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentFilter {
    pub section: Option<String>,
    pub kind: Option<String>,
    /// A year in which something happened to it.
    pub year: Option<i16>,
    /// A party to it, or one that took a step in its life.
    pub party: Option<String>,
    /// Words of its title or summary, in either language.
    pub text: Option<String>,
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentLine {
    pub link: Link,
    pub section: Link,
    pub number: u16,
    pub kind: Named,
    pub summary: String,
    /// Parties between which it is agreed, where it binds only some.
    pub parties: Vec<Link>,
    /// The first thing known to have happened to it.
    pub first: Option<Partial>,
    /// The last step of its life with a date.
    pub latest: Option<StepLine>,
    pub uncertain: bool,
    pub says: Says,
}

/// One text of an entry that lists several.
#[derive(Debug, Clone, PartialEq)]
pub struct PartLine {
    pub id: String,
    pub title: Words,
    pub kind: Named,
}

/// A document's page.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentPage {
    pub line: DocumentLine,
    /// It was not known yet on the day shown.
    pub ahead: bool,
    /// Other titles under which the same text stands in the source.
    pub aliases: Vec<Words>,
    pub parts: Vec<PartLine>,
    /// The entry that lists the same text elsewhere.
    pub same_as: Option<Link>,
    /// Entries that say that they list this text.
    pub listed_also: Vec<Link>,
    /// By date, the undated last; linked actions that carry a date are woven in.
    pub life: Vec<StepLine>,
    pub topics: Vec<Link>,
    /// Documents that it builds on or carries out.
    pub builds_on: Vec<Link>,
    /// Documents that build on it.
    pub built_on_by: Vec<Link>,
    /// Actions that prepared, explain or carry it out.
    pub actions: Vec<ActionLine>,
    pub supports: Vec<SupportLine>,
    pub seminars: Vec<SeminarTie>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

impl View {
    /// The documents known on the day shown, with the choices by which they can be narrowed.
    pub fn documents(&self, filter: &DocumentFilter) -> Listing<DocumentLine> {
        let all = self.documents_in_order();
        let wanted = |fact: &DocumentRecorded| {
            let years = || self.years_of(&Subject::Document(fact.id.clone()), None);
            matches(filter.section.as_ref(), |section| fact.section == *section)
                && matches(filter.kind.as_ref(), |kind| fact.kind == *kind)
                && filter.year.is_none_or(|year| years().contains(&year))
                && matches(filter.party.as_ref(), |party| {
                    self.parties_to(fact).iter().any(|actor| actor == party)
                })
                && matches(filter.text.as_ref(), |text| {
                    says(text, &fact.title, &fact.aliases, &fact.summary)
                })
        };
        let each = |terms: &dyn Fn(&DocumentRecorded) -> Vec<(String, String)>| {
            tally(all.iter().flat_map(|held| terms(&held.fact)))
        };
        let facets = vec![
            Facet {
                field: "section",
                options: self.by_section(each(&|fact| vec![self.section_term(&fact.section)])),
            },
            Facet {
                field: "kind",
                options: self.by_name(each(&|fact| vec![self.word("document_kind", &fact.kind)])),
            },
            Facet {
                field: "year",
                options: newest_first(each(&|fact| {
                    years(&self.years_of(&Subject::Document(fact.id.clone()), None))
                })),
            },
            Facet {
                field: "party",
                options: self.by_name(each(&|fact| self.actor_terms(self.parties_to(fact)))),
            },
        ];
        Listing {
            items: self.document_lines(wanted),
            total: all.len(),
            facets,
        }
    }

    /// One document and its life.
    pub fn document(&self, id: &str) -> Option<DocumentPage> {
        let held = self.conference().documents.get(id)?;
        let fact = &held.fact;
        let part = |part: &Part| PartLine {
            id: part.id.to_string(),
            title: self.title(&part.title),
            kind: self.named("document_kind", &part.kind),
        };
        let actions =
            self.action_lines(|action| action.documents.iter().any(|document| document == id));
        let order: Vec<&str> = self
            .documents_in_order()
            .into_iter()
            .map(|other| other.fact.id.as_str())
            .collect();
        let (previous, next) = beside(&order, id);
        Some(DocumentPage {
            line: self.document_line(held),
            ahead: !self.document_known(id),
            aliases: fact.aliases.iter().map(|alias| self.title(alias)).collect(),
            parts: fact.parts.iter().map(part).collect(),
            same_as: fact
                .same_as
                .as_deref()
                .and_then(|other| self.document_link(other)),
            listed_also: self.documents_where(|other| other.same_as.as_deref() == Some(id)),
            life: self.life(id, &actions),
            topics: fact
                .topics
                .iter()
                .filter_map(|topic| self.topic_link(topic))
                .collect(),
            builds_on: self.documents_shown(&fact.documents),
            built_on_by: self
                .documents_where(|other| other.documents.iter().any(|document| document == id)),
            actions,
            supports: self
                .support_lines(|support| support.documents.iter().any(|document| document == id)),
            seminars: self.seminars_of(|found| found.document.as_deref() == Some(id)),
            previous: previous.and_then(|id| self.document_link(id)),
            next: next.and_then(|id| self.document_link(id)),
        })
    }

    /// The steps of a document with the linked actions among them, by date.
    fn life(&self, document: &str, actions: &[ActionLine]) -> Vec<StepLine> {
        let mut life = self
            .step_lines(|step| matches!(&step.subject, Subject::Document(id) if id == document));
        let happened = actions
            .iter()
            .filter(|action| action.date.is_some() && !action.ahead);
        life.extend(happened.map(|action| StepLine {
            id: action.link.id.clone(),
            about: Some(action.link.clone()),
            step: action.status.clone(),
            date: action.date,
            body: None,
            meeting: None,
            by: Vec::new(),
            place: action.places.first().cloned(),
            text: None,
            of_linked_action: true,
            uncertain: action.uncertain,
            says: action.says.clone(),
        }));
        by_date(&mut life);
        life
    }

    /// The documents known on the day shown, in the order of the plan.
    pub(crate) fn documents_in_order(&self) -> Vec<&Held<DocumentRecorded>> {
        let mut all: Vec<_> = self
            .conference()
            .documents
            .iter()
            .filter(|held| self.document_known(&held.fact.id))
            .collect();
        all.sort_by_key(|held| (self.section_rank(&held.fact.section), held.fact.number));
        all
    }

    pub(crate) fn document_lines(
        &self,
        wanted: impl Fn(&DocumentRecorded) -> bool,
    ) -> Vec<DocumentLine> {
        self.documents_in_order()
            .into_iter()
            .filter(|held| wanted(&held.fact))
            .map(|held| self.document_line(held))
            .collect()
    }

    fn document_line(&self, held: &Held<DocumentRecorded>) -> DocumentLine {
        let fact = &held.fact;
        let subject = Subject::Document(fact.id.clone());
        let first = self.first_date(&subject);
        let steps = self.step_lines(|step| step.subject == subject && step.date.is_some());
        DocumentLine {
            link: self.document_or_id(&fact.id),
            section: self.section_or_id(&fact.section),
            number: fact.number,
            kind: self.named("document_kind", &fact.kind),
            summary: self.text(&fact.summary),
            parties: self.actors_by_name(&fact.parties),
            first,
            latest: steps.into_iter().next_back(),
            uncertain: self.doubtful(first),
            says: self.says(held),
        }
    }

    /// A document is known since the first thing that happened to it, whether or not its section stood already; one whose
    /// steps have no date counts.
    pub(crate) fn document_known(&self, id: &str) -> bool {
        self.begun(self.first_date(&Subject::Document(id.into())))
    }

    /// Links to those known on the day shown.
    pub(crate) fn documents_shown(&self, ids: &[Name]) -> Vec<Link> {
        ids.iter()
            .filter(|id| self.document_known(id))
            .filter_map(|id| self.document_link(id))
            .collect()
    }

    fn documents_where(&self, wanted: impl Fn(&DocumentRecorded) -> bool) -> Vec<Link> {
        let found = self
            .documents_in_order()
            .into_iter()
            .filter(|held| wanted(&held.fact));
        found
            .filter_map(|held| self.document_link(&held.fact.id))
            .collect()
    }

    fn parties_to(&self, fact: &DocumentRecorded) -> Vec<Name> {
        let mut parties = fact.parties.to_vec();
        let steps = self.steps_of(&Subject::Document(fact.id.clone()));
        parties.extend(steps.flat_map(|held| held.fact.by.clone()));
        distinct(parties)
    }
}
