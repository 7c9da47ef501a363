use std::collections::BTreeMap;

use comity_calendar::Partial;
use comity_conference::Held;
use comity_conference::fact::{ActionRecorded, DocumentRecorded, StepTaken, Subject};
use comity_rules::{Text, Title};

use crate::base::tally;
use crate::{
    Facet, FilterOption, Link, Listing, Named, Place, Says, SeminarTie, SupportLine, View, Words,
};

/// Steps by which somebody puts a text or an action forward.
pub(crate) const PUTTING_FORWARD: [&str; 6] = [
    "proposed",
    "submitted",
    "introduced",
    "initiated",
    "presented",
    "encouraged",
];

/// Steps by which a text is agreed.
pub(crate) const AGREEING: [&str; 3] = ["approved", "ratified", "signed"];

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

/// A step in the life of a document, an action or a body.
#[derive(Debug, Clone, PartialEq)]
pub struct StepLine {
    pub id: String,
    /// What it belongs to.
    pub about: Option<Link>,
    pub step: Named,
    pub date: Option<Partial>,
    pub body: Option<Link>,
    pub meeting: Option<Link>,
    pub by: Vec<Link>,
    pub place: Option<Place>,
    pub text: Option<String>,
    /// Not a step of its own: a linked action that took place then; `step` is that action's status.
    pub of_linked_action: bool,
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
    /// The documents known on the day shown, with the choices by which they can be narrowed.
    pub fn documents(&self, filter: &DocumentFilter) -> Listing<DocumentLine> {
        let all = self.documents_in_order();
        let wanted = |fact: &DocumentRecorded| {
            let years = || self.years_of(&Subject::Document(fact.id.clone()), None);
            matches(filter.section.as_ref(), |section| *section == fact.section)
                && matches(filter.kind.as_ref(), |kind| *kind == fact.kind)
                && filter.year.is_none_or(|year| years().contains(&year))
                && matches(filter.party.as_ref(), |party| {
                    self.parties_to(fact).contains(party)
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

    /// The actions known on the day shown, with the choices by which they can be narrowed.
    pub fn actions(&self, filter: &ActionFilter) -> Listing<ActionLine> {
        let all = self.actions_in_order();
        let years_of =
            |fact: &ActionRecorded| self.years_of(&Subject::Action(fact.id.clone()), fact.date);
        let wanted = |fact: &ActionRecorded| {
            matches(filter.section.as_ref(), |section| *section == fact.section)
                && matches(filter.kind.as_ref(), |kind| *kind == fact.kind)
                && matches(filter.status.as_ref(), |status| *status == fact.status)
                && filter
                    .year
                    .is_none_or(|year| years_of(fact).contains(&year))
                && matches(filter.country.as_ref(), |code| {
                    countries(fact).contains(code)
                })
                && matches(filter.party.as_ref(), |party| {
                    self.actors_of(fact).contains(party)
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

    /// One document and its life.
    pub fn document(&self, id: &str) -> Option<DocumentPage> {
        let held = self.conference().documents.get(id)?;
        let fact = &held.fact;
        let part = |part: &comity_conference::fact::Part| PartLine {
            id: part.id.clone(),
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

    pub(crate) fn action_lines(&self, wanted: impl Fn(&ActionRecorded) -> bool) -> Vec<ActionLine> {
        self.actions_in_order()
            .into_iter()
            .filter(|held| wanted(&held.fact))
            .map(|held| self.action_line(held))
            .collect()
    }

    /// The steps taken up to the day shown that are wanted, by date, the undated last.
    pub(crate) fn step_lines(&self, wanted: impl Fn(&StepTaken) -> bool) -> Vec<StepLine> {
        let mut held: Vec<_> = self
            .conference()
            .steps
            .iter()
            .filter(|held| self.begun(held.fact.date) && wanted(&held.fact))
            .collect();
        held.sort_by_key(|held| held.order);
        let mut lines: Vec<StepLine> = held.into_iter().map(|held| self.step_line(held)).collect();
        by_date(&mut lines);
        lines
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

    fn step_line(&self, held: &Held<StepTaken>) -> StepLine {
        let fact = &held.fact;
        StepLine {
            id: fact.id.clone(),
            about: self.subject_link(&fact.subject),
            step: self.named("step", &fact.step),
            date: fact.date,
            body: fact.body.as_deref().and_then(|body| self.body_link(body)),
            meeting: fact
                .meeting
                .as_deref()
                .and_then(|meeting| self.meeting_link(meeting)),
            by: self.actors_by_name(&fact.by),
            place: fact.place.as_ref().map(|place| self.place(place)),
            text: fact.text.as_ref().map(|text| self.text(text)),
            of_linked_action: false,
            uncertain: self.doubtful(fact.date),
            says: self.says(held),
        }
    }

    /// A document is known since the first thing that happened to it, whether or not its section stood already; one whose
    /// steps have no date counts.
    pub(crate) fn document_known(&self, id: &str) -> bool {
        self.begun(self.first_date(&Subject::Document(id.to_owned())))
    }

    /// Links to those known on the day shown.
    pub(crate) fn documents_shown(&self, ids: &[String]) -> Vec<Link> {
        ids.iter()
            .filter(|id| self.document_known(id))
            .filter_map(|id| self.document_link(id))
            .collect()
    }

    /// Links to those known on the day shown.
    pub(crate) fn actions_shown(&self, ids: &[String]) -> Vec<Link> {
        let known = self
            .actions_in_order()
            .into_iter()
            .filter(|held| ids.contains(&held.fact.id));
        known
            .filter_map(|held| self.action_link(&held.fact.id))
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

    fn parties_to(&self, fact: &DocumentRecorded) -> Vec<String> {
        let mut parties = fact.parties.clone();
        let of_document = |held: &&Held<StepTaken>| matches!(&held.fact.subject, Subject::Document(id) if *id == fact.id);
        parties.extend(
            self.conference()
                .steps
                .iter()
                .filter(of_document)
                .flat_map(|held| held.fact.by.clone()),
        );
        distinct(parties)
    }

    fn actors_of(&self, fact: &ActionRecorded) -> Vec<String> {
        let mut actors: Vec<String> = fact
            .proposers
            .iter()
            .chain(&fact.sponsors)
            .chain(&fact.collaborators)
            .cloned()
            .collect();
        let of_action = |held: &&Held<StepTaken>| matches!(&held.fact.subject, Subject::Action(id) if *id == fact.id);
        actors.extend(
            self.conference()
                .steps
                .iter()
                .filter(of_action)
                .flat_map(|held| held.fact.by.clone()),
        );
        distinct(actors)
    }

    /// Every year that its date or a step touches, up to the day shown.
    fn years_of(&self, subject: &Subject, date: Option<Partial>) -> Vec<i16> {
        let steps = self
            .conference()
            .steps
            .iter()
            .filter(|held| held.fact.subject == *subject);
        let dates = steps.filter_map(|held| held.fact.date).chain(date);
        let horizon = self.day().year();
        distinct(
            dates
                .flat_map(|date| date.years(horizon))
                .filter(|year| *year <= horizon)
                .collect(),
        )
    }

    /// Links to actors in the order of the reader's language.
    fn actors_by_name(&self, ids: &[String]) -> Vec<Link> {
        let mut links = self.actors(ids);
        self.sort_by_label(&mut links);
        links
    }

    fn actor_terms(&self, ids: Vec<String>) -> Vec<(String, String)> {
        ids.into_iter()
            .filter_map(|id| self.actor(&id).map(|link| (id, link.label.text)))
            .collect()
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
            .map(|code| (code.clone(), name(&code)))
            .collect()
    }

    fn section_term(&self, id: &str) -> (String, String) {
        (id.to_owned(), self.section_or_id(id).label.text)
    }

    fn word(&self, vocabulary: &str, id: &str) -> (String, String) {
        (id.to_owned(), self.term(vocabulary, id))
    }

    fn by_section(&self, mut options: Vec<FilterOption>) -> Vec<FilterOption> {
        options.sort_by_key(|option| self.section_rank(&option.id));
        options
    }

    fn by_name(&self, mut options: Vec<FilterOption>) -> Vec<FilterOption> {
        options.sort_by(|left, right| self.compare(&left.name, &right.name));
        options
    }
}

fn beside<'a>(order: &[&'a str], id: &str) -> (Option<&'a str>, Option<&'a str>) {
    let Some(place) = order.iter().position(|other| *other == id) else {
        return (None, None);
    };
    (
        place
            .checked_sub(1)
            .and_then(|before| order.get(before))
            .copied(),
        order.get(place + 1).copied(),
    )
}

/// The undated last; those of one day in the order in which they stood.
fn by_date(lines: &mut [StepLine]) {
    lines.sort_by_key(|line| {
        (
            line.date.is_none(),
            line.date.map(|date| (date.earliest(), date.latest())),
        )
    });
}

/// An empty choice lets everything through.
fn matches(choice: Option<&String>, fits: impl Fn(&String) -> bool) -> bool {
    choice
        .filter(|choice| !choice.trim().is_empty())
        .is_none_or(fits)
}

fn countries(fact: &ActionRecorded) -> Vec<String> {
    distinct(
        fact.places
            .iter()
            .filter_map(|place| place.country.clone())
            .collect(),
    )
}

fn years(years: &[i16]) -> Vec<(String, String)> {
    years
        .iter()
        .map(|year| (year.to_string(), year.to_string()))
        .collect()
}

fn newest_first(mut options: Vec<FilterOption>) -> Vec<FilterOption> {
    options.sort_by(|left, right| right.id.cmp(&left.id));
    options
}

fn distinct<T: Ord>(items: Vec<T>) -> Vec<T> {
    let seen: BTreeMap<T, ()> = items.into_iter().map(|item| (item, ())).collect();
    seen.into_keys().collect()
}

/// Whether every word stands in a title or the summary, in either language, with or without its accents.
fn says(words: &str, title: &Title, aliases: &[Title], summary: &Text) -> bool {
    let titles = std::iter::once(title)
        .chain(aliases)
        .flat_map(|title| [title.es.as_str(), title.en.as_str()]);
    let all: Vec<&str> = titles
        .chain([summary.es.as_str(), summary.en.as_str()])
        .collect();
    let all = plain(&all.join(" "));
    plain(words)
        .split_whitespace()
        .all(|word| all.contains(word))
}

/// Lower case and without accents, as people type when they search.
fn plain(text: &str) -> String {
    let bare = |letter: char| match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    };
    text.chars()
        .flat_map(char::to_lowercase)
        .map(bare)
        .collect()
}
