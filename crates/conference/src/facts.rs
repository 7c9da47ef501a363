//! One list of the kinds of fact: their names in records, their tables in record files, and what each refers to.

use std::fmt;

use comity_calendar::{Partial, Validity};
use comity_rules::{Text, Title};
use serde_json::Value;

use crate::Name;
use crate::fact::*;

macro_rules! facts {
    ($($variant:ident => $table:literal;)+) => {
        /// A fact of the record.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Fact {
            $($variant($variant),)+
        }

        $(impl From<$variant> for Fact {
            fn from(fact: $variant) -> Self {
                Self::$variant(fact)
            }
        })+

        /// The kind of a fact.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($variant,)+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in records: past tense, as acts are named.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)+ }
            }

            /// The table of a record file that holds rows of it.
            pub const fn table(self) -> &'static str {
                match self { $(Self::$variant => $table,)+ }
            }

            /// The kind of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($variant) => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl Fact {
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$variant(_) => Kind::$variant,)+ }
            }

            /// Its id within its kind.
            pub fn id(&self) -> &str {
                match self { $(Self::$variant(fact) => &fact.id,)+ }
            }

            /// Writes what the fact says, without its kind.
            pub(crate) fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$variant(fact) => serde::Serialize::serialize(fact, serializer),)+ }
            }

            pub(crate) fn to_json(&self) -> Result<Value, serde_json::Error> {
                self.write(serde_json::value::Serializer)
            }

            pub(crate) fn from_json(kind: Kind, body: &str) -> Result<Self, serde_json::Error> {
                match kind { $(Kind::$variant => serde_json::from_str(body).map(Self::$variant),)+ }
            }

            /// Reads a row of a record file.
            ///
            /// # Errors
            /// What the deserializer says of a row of another shape.
            pub fn deserialize<'de, D: serde::Deserializer<'de>>(kind: Kind, row: D) -> Result<Self, D::Error> {
                match kind { $(Kind::$variant => serde::Deserialize::deserialize(row).map(Self::$variant),)+ }
            }
        }
    };
}

facts! {
    SourceRegistered => "source";
    PartyAdmitted => "party";
    InstitutionDesignated => "institution";
    BodyEstablished => "body";
    PresidencyAgreed => "presidency";
    MeetingHeld => "meeting";
    ThemeEstablished => "theme";
    SectionEstablished => "section";
    TopicOpened => "topic";
    TopicAddressed => "addressed";
    DocumentRecorded => "document";
    ActionRecorded => "action";
    StepTaken => "step";
    OrganizationListed => "organization";
    SupportGiven => "support";
    ForumAttended => "forum";
    SeminarListed => "seminar";
    ScaleAdopted => "scale";
    ContributionAssessed => "share";
    BudgetItemListed => "budget_item";
    EntryListed => "entry";
    AcronymDefined => "acronym";
}

/// What a reference points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefKind {
    Party,
    Organization,
    Body,
    Meeting,
    Theme,
    Section,
    Topic,
    Document,
    Action,
    Scale,
    Source,
    /// A party, an organisation or a body.
    Actor,
    /// A body, a kind of party, a section or a party.
    Holder,
}

impl fmt::Display for RefKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Party => "a party",
            Self::Organization => "an organisation",
            Self::Body => "a body",
            Self::Meeting => "a meeting",
            Self::Theme => "a theme",
            Self::Section => "a section",
            Self::Topic => "a topic",
            Self::Document => "a document",
            Self::Action => "an action",
            Self::Scale => "a scale",
            Self::Source => "a source",
            Self::Actor => "a party, an organisation or a body",
            Self::Holder => "a body, a kind of party, a section or a party",
        })
    }
}

/// One thing that a fact names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'a> {
    pub field: &'static str,
    pub kind: RefKind,
    pub id: &'a str,
}

/// Collects what a fact says of other things.
#[derive(Default)]
pub(crate) struct Names<'a> {
    pub references: Vec<Reference<'a>>,
    /// Field, vocabulary, term.
    pub terms: Vec<(&'static str, &'static str, &'a str)>,
    pub titles: Vec<(&'static str, &'a Title)>,
    pub texts: Vec<(&'static str, &'a Text)>,
    /// Field and what was expected.
    pub faults: Vec<(&'static str, &'static str)>,
}

impl<'a> Names<'a> {
    fn one(&mut self, field: &'static str, kind: RefKind, id: &'a str) {
        self.references.push(Reference { field, kind, id });
    }

    fn maybe(&mut self, field: &'static str, kind: RefKind, id: Option<&'a Name>) {
        self.references
            .extend(id.map(|id| Reference { field, kind, id }));
    }

    fn many(&mut self, field: &'static str, kind: RefKind, ids: &'a [Name]) {
        self.references
            .extend(ids.iter().map(|id| Reference { field, kind, id }));
    }

    fn places<'p: 'a>(&mut self, places: impl IntoIterator<Item = &'p Place>) {
        for place in places {
            self.texts
                .extend(place.city.iter().map(|city| ("place.city", city)));
            if place
                .country
                .as_deref()
                .is_some_and(|code| !is_country_code(code))
            {
                self.faults.push(("place.country", COUNTRY_CODE));
            }
        }
    }
}

const COUNTRY_CODE: &str = "two capital letters of ISO 3166, such as `HN`";

fn is_country_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

impl Fact {
    /// When it takes effect, as far as it says.
    pub fn effective(&self) -> Option<Partial> {
        match self {
            Self::SourceRegistered(fact) => Some(fact.published),
            Self::PartyAdmitted(fact) => fact.since,
            Self::BodyEstablished(fact) => fact.since,
            Self::PresidencyAgreed(fact) => Some(fact.agreed.unwrap_or(fact.term)),
            Self::MeetingHeld(fact) => Some(fact.date),
            Self::ThemeEstablished(fact) => fact.since,
            Self::SectionEstablished(fact) => fact.since,
            Self::TopicAddressed(fact) => fact
                .years
                .first()
                .copied()
                .or(fact.since)
                .map(Partial::year),
            Self::ActionRecorded(fact) => fact.date,
            Self::StepTaken(fact) => fact.date,
            Self::ForumAttended(fact) => fact
                .occurrences
                .iter()
                .filter_map(|occurrence| occurrence.date)
                .min_by_key(Partial::earliest),
            Self::SeminarListed(fact) => fact.date,
            Self::ScaleAdopted(fact) => Some(fact.since),
            Self::EntryListed(fact) => fact.since.or(fact.date),
            Self::InstitutionDesignated(_)
            | Self::TopicOpened(_)
            | Self::DocumentRecorded(_)
            | Self::OrganizationListed(_)
            | Self::SupportGiven(_)
            | Self::ContributionAssessed(_)
            | Self::BudgetItemListed(_)
            | Self::AcronymDefined(_) => None,
        }
    }

    /// The time in which it holds by itself; what lies in other facts (the steps of a document) is not counted.
    pub fn validity(&self) -> Validity {
        let until = match self {
            Self::PartyAdmitted(fact) => fact.until,
            Self::BodyEstablished(fact) => fact.until,
            Self::PresidencyAgreed(fact) => {
                return Validity {
                    from: Some(fact.term),
                    until: Some(fact.term),
                };
            }
            Self::ThemeEstablished(fact) => fact.until,
            Self::SectionEstablished(fact) => fact.until,
            Self::ScaleAdopted(fact) => fact.until,
            _ => None,
        };
        Validity {
            from: self.effective(),
            until,
        }
    }

    /// Everything that it names: other facts, words of the vocabulary, texts in two languages.
    pub(crate) fn names(&self) -> Names<'_> {
        use RefKind::{
            Action, Actor, Body, Document, Holder, Meeting, Organization, Party, Scale, Section,
            Theme, Topic,
        };
        let mut names = Names::default();
        match self {
            Self::SourceRegistered(fact) => {
                names
                    .titles
                    .extend([("title", &fact.title), ("publisher", &fact.publisher)]);
                names.texts.push(("summary", &fact.summary));
            }
            Self::PartyAdmitted(fact) => {
                names.terms.push(("kind", "party_kind", &fact.kind));
                if fact
                    .code
                    .as_deref()
                    .is_some_and(|code| !is_country_code(code))
                {
                    names.faults.push(("code", COUNTRY_CODE));
                }
                names.titles.push(("name", &fact.name));
                names
                    .titles
                    .extend(fact.full_name.iter().map(|name| ("full_name", name)));
                names
                    .texts
                    .extend(fact.acronym.iter().map(|text| ("acronym", text)));
                names
                    .texts
                    .extend(fact.summary.iter().map(|text| ("summary", text)));
            }
            Self::InstitutionDesignated(fact) => {
                names.one("party", Party, &fact.party);
                names.terms.push(("branch", "branch", &fact.branch));
                names.titles.push(("name", &fact.name));
                names
                    .titles
                    .extend(fact.units.iter().map(|unit| ("units", unit)));
                names
                    .texts
                    .extend(fact.task.iter().map(|text| ("task", text)));
                names.many("attends", Body, &fact.attends);
            }
            Self::BodyEstablished(fact) => {
                names.terms.push(("kind", "body_kind", &fact.kind));
                names.terms.extend(
                    fact.status
                        .iter()
                        .map(|status| ("status", "status", status.as_str())),
                );
                names.titles.push(("name", &fact.name));
                names
                    .titles
                    .extend(fact.aliases.iter().map(|alias| ("aliases", alias)));
                names.texts.push(("summary", &fact.summary));
                names
                    .texts
                    .extend(fact.acronym.iter().map(|text| ("acronym", text)));
                names
                    .texts
                    .extend(fact.composition.iter().map(|text| ("composition", text)));
            }
            Self::PresidencyAgreed(fact) => {
                names.one("party", Party, &fact.party);
                names
                    .titles
                    .extend(fact.theme.iter().map(|theme| ("theme", theme)));
            }
            Self::MeetingHeld(fact) => {
                names.one("body", Body, &fact.body);
                names.many("with", Meeting, &fact.with);
                names.places(&fact.place);
                names
                    .titles
                    .extend(fact.title.iter().map(|title| ("title", title)));
            }
            Self::ThemeEstablished(fact) => {
                names.titles.push(("title", &fact.title));
                names
                    .texts
                    .extend(fact.summary.iter().map(|text| ("summary", text)));
            }
            Self::SectionEstablished(fact) => {
                names.one("theme", Theme, &fact.theme);
                names.titles.push(("title", &fact.title));
                names
                    .texts
                    .extend(fact.summary.iter().map(|text| ("summary", text)));
            }
            Self::TopicOpened(fact) => {
                names.one("section", Section, &fact.section);
                names.titles.push(("title", &fact.title));
                names.texts.push(("summary", &fact.summary));
            }
            Self::TopicAddressed(fact) => {
                names.one("topic", Topic, &fact.topic);
                names.many("bodies", Body, &fact.bodies);
                names.maybe("occasion", Body, fact.occasion.as_ref());
                names.maybe("meeting", Meeting, fact.meeting.as_ref());
                if fact.bodies.is_empty() {
                    names.faults.push(("bodies", "at least one body"));
                }
                if fact.years.is_empty() == fact.since.is_none() {
                    names.faults.push(("years", "either `years` or `since`"));
                }
                if !fact.years.is_sorted_by(|a, b| a < b) {
                    names
                        .faults
                        .push(("years", "years in ascending order, each once"));
                }
            }
            Self::DocumentRecorded(fact) => {
                names.one("section", Section, &fact.section);
                names.titles.push(("title", &fact.title));
                names
                    .titles
                    .extend(fact.aliases.iter().map(|alias| ("aliases", alias)));
                names
                    .titles
                    .extend(fact.parts.iter().map(|part| ("parts", &part.title)));
                names.texts.push(("summary", &fact.summary));
                names.terms.push(("kind", "document_kind", &fact.kind));
                names.terms.extend(
                    fact.parts
                        .iter()
                        .map(|part| ("parts.kind", "document_kind", part.kind.as_str())),
                );
                names.many("parties", Party, &fact.parties);
                names.maybe("same_as", Document, fact.same_as.as_ref());
                names.many("topics", Topic, &fact.topics);
                names.many("documents", Document, &fact.documents);
            }
            Self::ActionRecorded(fact) => {
                names.one("section", Section, &fact.section);
                names.titles.push(("title", &fact.title));
                names.texts.push(("summary", &fact.summary));
                names.terms.extend([
                    ("kind", "action_kind", fact.kind.as_str()),
                    ("status", "status", fact.status.as_str()),
                ]);
                names.places(&fact.places);
                names.many("proposers", Actor, &fact.proposers);
                names.many("sponsors", Actor, &fact.sponsors);
                names.many("collaborators", Actor, &fact.collaborators);
                names.many("topics", Topic, &fact.topics);
                names.many("documents", Document, &fact.documents);
                names.many("follows", Action, &fact.follows);
            }
            Self::StepTaken(fact) => {
                match &fact.subject {
                    Subject::Body(id) => names.one("subject", Body, id),
                    Subject::Document(id) => names.one("subject", Document, id),
                    Subject::Action(id) => names.one("subject", Action, id),
                }
                names.terms.push(("step", "step", &fact.step));
                names.maybe("body", Body, fact.body.as_ref());
                names.maybe("meeting", Meeting, fact.meeting.as_ref());
                names.many("by", Actor, &fact.by);
                names.places(&fact.place);
                names
                    .texts
                    .extend(fact.text.iter().map(|text| ("text", text)));
            }
            Self::OrganizationListed(fact) => {
                names.titles.push(("name", &fact.name));
                names
                    .titles
                    .extend(fact.members.iter().map(|member| ("members", member)));
                names
                    .texts
                    .extend(fact.acronym.iter().map(|text| ("acronym", text)));
                names
                    .texts
                    .extend(fact.summary.iter().map(|text| ("summary", text)));
                names.maybe("party", Party, fact.party.as_ref());
            }
            Self::SupportGiven(fact) => {
                names.one("organization", Organization, &fact.organization);
                names.texts.push(("text", &fact.text));
                names.many("documents", Document, &fact.documents);
                names.many("actions", Action, &fact.actions);
                names.many("topics", Topic, &fact.topics);
            }
            Self::ForumAttended(fact) => {
                names.titles.push(("title", &fact.title));
                names.terms.push(("kind", "forum_kind", &fact.kind));
                names.places(
                    fact.occurrences
                        .iter()
                        .filter_map(|occurrence| occurrence.place.as_ref()),
                );
            }
            Self::SeminarListed(fact) => {
                names.titles.push(("title", &fact.title));
                names.terms.push(("kind", "action_kind", &fact.kind));
                names.terms.extend(
                    fact.recurrence
                        .iter()
                        .map(|term| ("recurrence", "recurrence", term.as_str())),
                );
                names.places(&fact.place);
                for found in &fact.matches {
                    names.maybe("matches", Action, found.action.as_ref());
                    names.maybe("matches", Document, found.document.as_ref());
                }
                if fact.date.is_none() == fact.recurrence.is_none() {
                    names.faults.push(("date", "either `date` or `recurrence`"));
                }
            }
            Self::ScaleAdopted(fact) => {
                names.titles.push(("title", &fact.title));
                names
                    .texts
                    .extend(fact.summary.iter().map(|text| ("summary", text)));
                names.maybe("meeting", Meeting, fact.meeting.as_ref());
                if fact.currency.len() != 3 {
                    names
                        .faults
                        .push(("currency", "three letters of ISO 4217, such as `USD`"));
                }
            }
            Self::ContributionAssessed(fact) => {
                names.one("scale", Scale, &fact.scale);
                names.one("party", Party, &fact.party);
            }
            Self::BudgetItemListed(fact) => names.titles.push(("title", &fact.title)),
            Self::EntryListed(fact) => {
                names.terms.push(("list", "list", &fact.list));
                names.maybe("holder", Holder, fact.holder.as_ref());
                names.maybe("meeting", Meeting, fact.meeting.as_ref());
                names.texts.push(("text", &fact.text));
            }
            Self::AcronymDefined(fact) => {
                names.texts.push(("acronym", &fact.acronym));
                names.titles.push(("meaning", &fact.meaning));
            }
        }
        names
    }
}
