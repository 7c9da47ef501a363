use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use comity_calendar::{Date, Holds, Partial, Validity};
use comity_conference::fact::Subject;
use comity_conference::{ActId, Conference, Held, Provenance};
use comity_policy::{Action, Resource, Seat, may};
use comity_rules::{Language, Rules, Standing, Text, Title};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use crate::consulted::Memo;
use crate::index::Index;

/// The state that one request reads from its first line to its last.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub conference: Conference,
    pub rules: Arc<Rules>,
    /// SHA-256 of the rules file in force, in hex.
    pub rules_hash: String,
    /// How many acts the register holds; in the view of the public, how many its checkpoint covers.
    pub size: u64,
    /// Root of the Merkle tree over these, in hex.
    pub root: String,
    /// What changes with every act that anybody may see and with no other, in hex: by it pages are kept.
    pub open: String,
    /// The register was made to be shown.
    pub demo: bool,
    /// What was made of it already. Made by `Default`.
    pub memo: Arc<Memo>,
}

/// From where and when somebody looks.
#[derive(Debug, Clone, Copy)]
pub struct Lens {
    pub seat: Seat,
    pub language: Language,
    /// The conference's today.
    pub today: Date,
    /// The day to show it as of (`?on=`); absent: today.
    pub on: Option<Date>,
}

/// What one seat sees.
pub struct View {
    snapshot: Arc<Snapshot>,
    lens: Lens,
    collator: CollatorBorrowed<'static>,
    index: OnceLock<Index>,
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View")
            .field("lens", &self.lens)
            .field("size", &self.snapshot.size)
            .finish_non_exhaustive()
    }
}

/// A text in the reader's language, and how it came to be where somebody else gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    /// Absent for our own words.
    pub standing: Option<Standing>,
}

impl Words {
    /// Our own translation of a title that somebody else gave: pages mark it.
    pub fn is_translation(&self) -> bool {
        self.standing == Some(Standing::Translation)
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// What a link leads to. The site knows the addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A state: member or observer.
    Country,
    /// A party that is not a state: shown among members and observers.
    Party,
    Organization,
    Body,
    Meeting,
    Presidency,
    Theme,
    Section,
    Topic,
    Document,
    Action,
    Forum,
    Seminar,
    Act,
}

/// A thing that has a page, by its id and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub to: Target,
    pub id: String,
    pub label: Words,
}

/// Where something took place. The country's name is looked up by the site's words where it is no party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The country's page, where it is a party.
    pub party: Option<Link>,
}

/// A word of the rules: its id, and how the reader's language says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// Where a rule stands: its row in the inventory of rules and the lines of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    pub row: String,
    pub lines: Option<String>,
}

/// A list with the choices by which it can be narrowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    /// What the filter lets through.
    pub items: Vec<T>,
    /// How many there are without the filter.
    pub total: usize,
    pub facets: Vec<Facet>,
}

/// A field by which a list can be narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The name of the filter's field: `section`, `year`, …
    pub field: &'static str,
    pub options: Vec<FilterOption>,
}

/// One choice of a filter, with how many of the whole list it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterOption {
    pub id: String,
    pub name: String,
    pub count: usize,
}

impl Link {
    /// A link whose label is the id itself, for a name that the state has lost.
    pub(crate) fn bare(to: Target, id: &str) -> Self {
        Self {
            to,
            id: id.to_owned(),
            label: Words {
                text: id.to_owned(),
                standing: None,
            },
        }
    }
}

/// Who says so: the act, the source and how its reading differs from print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Says {
    /// Id of the act.
    pub act: String,
    /// Lines of the source; absent for an enacted act.
    pub lines: Option<String>,
    /// Field and what stands in print.
    pub printed: Vec<(String, String)>,
    pub note: Option<String>,
    /// Not stated but inferable.
    pub inferred: bool,
    /// How many times it was corrected.
    pub corrections: usize,
}

impl View {
    /// Opens a view. Only the registrar calls this: it is the one way to what a seat may see.
    ///
    /// Everything in the state so far is published; a seat that may not read that class sees an empty conference.
    pub fn open(snapshot: Arc<Snapshot>, lens: Lens) -> Self {
        let snapshot = if may(lens.seat, Action::Read, Resource::Published).allowed {
            snapshot
        } else {
            Arc::new(Snapshot {
                conference: Conference::default(),
                rules: Arc::clone(&snapshot.rules),
                rules_hash: snapshot.rules_hash.clone(),
                size: 0,
                root: String::new(),
                open: String::new(),
                demo: snapshot.demo,
                memo: Arc::default(),
            })
        };
        let locale = match lens.language {
            Language::Es => locale!("es"),
            Language::En => locale!("en"),
        };
        let collator = Collator::try_new(locale.into(), CollatorOptions::default())
            .expect("collation data of both languages are compiled in");
        Self {
            snapshot,
            lens,
            collator,
            index: OnceLock::new(),
        }
    }

    pub const fn lens(&self) -> Lens {
        self.lens
    }

    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub const fn language(&self) -> Language {
        self.lens.language
    }

    /// The rules in force.
    pub fn rules(&self) -> &Rules {
        &self.snapshot.rules
    }

    /// The day that is shown: the one asked for, or today as far as the record goes.
    pub fn day(&self) -> Date {
        self.lens
            .on
            .unwrap_or_else(|| self.lens.today.min(self.rules().process.record_ends))
    }

    /// The last day of which the record speaks, where the day shown lies past it: pages say "state of the record".
    pub fn state_of_record(&self) -> Option<Date> {
        let ends = self.rules().process.record_ends;
        (self.lens.on.is_none()).then_some(ends.min(self.lens.today))
    }

    /// The name of the process in the reader's language: the masthead.
    pub fn masthead(&self) -> &str {
        self.rules()
            .process
            .names
            .first()
            .map_or("", |name| name.get(self.language()))
    }

    /// Its second name, where it has one.
    pub fn alias(&self) -> Option<&str> {
        self.rules()
            .process
            .names
            .get(1)
            .map(|name| name.get(self.language()))
    }

    pub(crate) fn index(&self) -> &Index {
        self.index
            .get_or_init(|| Index::of(&self.snapshot.conference, self.rules()))
    }

    pub(crate) fn conference(&self) -> &Conference {
        &self.snapshot.conference
    }

    /// Whether a fact counts on the day shown; `Uncertain` counts and is marked.
    pub(crate) fn holds(&self, validity: Validity) -> Holds {
        validity.holds_on(self.day())
    }

    /// `None` where a fact does not hold on the day shown; otherwise whether that is uncertain.
    pub(crate) fn presence(&self, validity: Validity) -> Option<bool> {
        match self.holds(validity) {
            Holds::Yes => Some(false),
            Holds::Uncertain => Some(true),
            Holds::No => None,
        }
    }

    /// Whether the day shown lies within the margin of a partial date.
    pub(crate) fn doubtful(&self, date: Option<Partial>) -> bool {
        self.holds(Validity {
            from: date,
            until: None,
        }) == Holds::Uncertain
    }

    /// Whether something known by its date alone had begun on the day shown. Without a date it counts.
    pub(crate) fn begun(&self, date: Option<Partial>) -> bool {
        date.is_none_or(|date| date.earliest() <= self.day())
    }

    pub(crate) fn title(&self, title: &Title) -> Words {
        Words {
            text: title.get(self.language()).to_owned(),
            standing: Some(title.standing(self.language())),
        }
    }

    pub(crate) fn text(&self, text: &Text) -> String {
        text.get(self.language()).to_owned()
    }

    /// The words of a term of the rules' vocabulary; the id itself where the rules have lost it.
    pub(crate) fn term(&self, vocabulary: &str, id: &str) -> String {
        self.rules()
            .term(vocabulary, id)
            .map_or_else(|| id.to_owned(), |text| self.text(text))
    }

    pub(crate) fn says<T>(&self, held: &Held<T>) -> Says {
        self.says_of(
            self.conference().says(held),
            held.provenance.as_ref(),
            held.before.len(),
        )
    }

    pub(crate) fn says_of(
        &self,
        act: ActId,
        provenance: Option<&Provenance>,
        corrections: usize,
    ) -> Says {
        Says {
            act: act.to_string(),
            lines: provenance.map(|provenance| provenance.lines().to_owned()),
            printed: provenance
                .map(|p| {
                    p.printed()
                        .map(|(field, value)| (field.to_string(), value.to_string()))
                        .collect()
                })
                .unwrap_or_default(),
            note: provenance
                .and_then(Provenance::note)
                .map(|note| self.text(&note)),
            inferred: provenance.is_some_and(Provenance::inferred),
            corrections,
        }
    }

    /// The link to a party, an organisation or a body, in this order of preference.
    pub(crate) fn actor(&self, id: &str) -> Option<Link> {
        self.party_link(id)
            .or_else(|| self.organization_link(id))
            .or_else(|| self.body_link(id))
    }

    pub(crate) fn actors<S: AsRef<str>>(&self, ids: &[S]) -> Vec<Link> {
        ids.iter()
            .filter_map(|id| self.actor(id.as_ref()))
            .collect()
    }

    pub(crate) fn party_link(&self, id: &str) -> Option<Link> {
        let party = &self.conference().parties.get(id)?.fact;
        let state = self
            .rules()
            .party_kind(&party.kind)
            .is_some_and(|kind| kind.state);
        let to = if state {
            Target::Country
        } else {
            Target::Party
        };
        Some(Link {
            to,
            id: id.to_owned(),
            label: self.title(&party.name),
        })
    }

    pub(crate) fn party_or_id(&self, id: &str) -> Link {
        self.party_link(id)
            .unwrap_or_else(|| Link::bare(Target::Party, id))
    }

    pub(crate) fn organization_or_id(&self, id: &str) -> Link {
        self.organization_link(id)
            .unwrap_or_else(|| Link::bare(Target::Organization, id))
    }

    pub(crate) fn body_or_id(&self, id: &str) -> Link {
        self.body_link(id)
            .unwrap_or_else(|| Link::bare(Target::Body, id))
    }

    pub(crate) fn theme_or_id(&self, id: &str) -> Link {
        self.theme_link(id)
            .unwrap_or_else(|| Link::bare(Target::Theme, id))
    }

    pub(crate) fn section_or_id(&self, id: &str) -> Link {
        self.section_link(id)
            .unwrap_or_else(|| Link::bare(Target::Section, id))
    }

    pub(crate) fn topic_or_id(&self, id: &str) -> Link {
        self.topic_link(id)
            .unwrap_or_else(|| Link::bare(Target::Topic, id))
    }

    pub(crate) fn document_or_id(&self, id: &str) -> Link {
        self.document_link(id)
            .unwrap_or_else(|| Link::bare(Target::Document, id))
    }

    pub(crate) fn action_or_id(&self, id: &str) -> Link {
        self.action_link(id)
            .unwrap_or_else(|| Link::bare(Target::Action, id))
    }

    /// The order of a body in the rules; bodies that the rules do not name come last.
    pub(crate) fn body_rank(&self, id: &str) -> u16 {
        self.rules().body(id).map_or(u16::MAX, |body| body.order)
    }

    pub(crate) fn organization_link(&self, id: &str) -> Option<Link> {
        let organization = &self.conference().organizations.get(id)?.fact;
        Some(Link {
            to: Target::Organization,
            id: id.to_owned(),
            label: self.title(&organization.name),
        })
    }

    pub(crate) fn body_link(&self, id: &str) -> Option<Link> {
        let body = &self.conference().bodies.get(id)?.fact;
        Some(Link {
            to: Target::Body,
            id: id.to_owned(),
            label: self.title(&body.name),
        })
    }

    pub(crate) fn topic_link(&self, id: &str) -> Option<Link> {
        let topic = &self.conference().topics.get(id)?.fact;
        Some(Link {
            to: Target::Topic,
            id: id.to_owned(),
            label: self.title(&topic.title),
        })
    }

    pub(crate) fn section_link(&self, id: &str) -> Option<Link> {
        let section = &self.conference().sections.get(id)?.fact;
        Some(Link {
            to: Target::Section,
            id: id.to_owned(),
            label: self.title(&section.title),
        })
    }

    pub(crate) fn theme_link(&self, id: &str) -> Option<Link> {
        let theme = &self.conference().themes.get(id)?.fact;
        Some(Link {
            to: Target::Theme,
            id: id.to_owned(),
            label: self.title(&theme.title),
        })
    }

    pub(crate) fn document_link(&self, id: &str) -> Option<Link> {
        let document = &self.conference().documents.get(id)?.fact;
        Some(Link {
            to: Target::Document,
            id: id.to_owned(),
            label: self.title(&document.title),
        })
    }

    pub(crate) fn action_link(&self, id: &str) -> Option<Link> {
        let action = &self.conference().actions.get(id)?.fact;
        Some(Link {
            to: Target::Action,
            id: id.to_owned(),
            label: self.title(&action.title),
        })
    }

    /// The page of what a step belongs to.
    pub(crate) fn subject_link(&self, subject: &Subject) -> Option<Link> {
        match subject {
            Subject::Body(id) => self.body_link(id),
            Subject::Document(id) => self.document_link(id),
            Subject::Action(id) => self.action_link(id),
        }
    }

    /// The page of whoever a row of a list belongs to; a kind of party has none.
    pub(crate) fn holder_link(&self, id: &str) -> Option<Link> {
        self.body_link(id)
            .or_else(|| self.section_link(id))
            .or_else(|| self.party_link(id))
    }

    pub(crate) fn place(&self, place: &comity_conference::fact::Place) -> Place {
        let party = place
            .country
            .as_deref()
            .and_then(|code| self.party_link(self.party_of_country(code)?));
        Place {
            city: place.city.as_ref().map(|city| self.text(city)),
            country: place.country.as_ref().map(String::from),
            party,
        }
    }

    pub(crate) fn named(&self, vocabulary: &str, id: &str) -> Named {
        Named {
            id: id.to_owned(),
            name: self.term(vocabulary, id),
        }
    }

    /// The plural names of kinds of party.
    pub(crate) fn party_kinds(&self, ids: &[String]) -> Vec<Named> {
        let name = |id: &String| {
            self.rules()
                .party_kind(id)
                .map_or_else(|| id.clone(), |kind| self.text(&kind.plural))
        };
        ids.iter()
            .map(|id| Named {
                id: id.clone(),
                name: name(id),
            })
            .collect()
    }

    pub(crate) fn body_kind(&self, id: &str) -> Named {
        let name = self
            .rules()
            .body_kind(id)
            .map_or_else(|| id.to_owned(), |kind| self.text(&kind.name));
        Named {
            id: id.to_owned(),
            name,
        }
    }

    /// Orders texts as the reader's language does.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.collator.compare(left, right)
    }

    pub(crate) fn sort_by_label(&self, links: &mut [Link]) {
        links.sort_by(|left, right| self.compare(&left.label.text, &right.label.text));
    }
}

/// Counts how often each term occurs, by id.
pub(crate) fn tally(terms: impl IntoIterator<Item = (String, String)>) -> Vec<FilterOption> {
    let mut found: BTreeMap<String, FilterOption> = BTreeMap::new();
    for (id, name) in terms {
        found
            .entry(id.clone())
            .or_insert(FilterOption { id, name, count: 0 })
            .count += 1;
    }
    found.into_values().collect()
}
