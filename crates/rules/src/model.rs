use std::collections::BTreeMap;

use comity_calendar::{Date, Partial};
use serde::Deserialize;

use crate::{Consultation, Language, Text, Title};

/// The rules of a process, parsed and checked.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The file as it was read; the first act of a register holds it.
    pub text: String,
    pub model: Model,
    /// The classes of seat that stand beside it; none where the register knows no seats.
    pub seats: Vec<crate::SeatClass>,
}

impl std::ops::Deref for Rules {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.model
    }
}

/// Where a rule stands: its row in the inventory of rules and the lines of the source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    pub row: String,
    pub lines: Option<String>,
}

/// A value that the source leaves open and the file decides.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub row: String,
    #[serde(default)]
    pub lines: Option<String>,
    /// True where the source is silent and this file decides.
    #[serde(default)]
    pub assumption: bool,
    pub value: String,
    /// Why; required of an assumption.
    #[serde(default)]
    pub why: Option<Text>,
}

/// Everything that a rules file holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub process: Process,
    pub numbering: Option<Numbering>,
    pub decision: DecisionRule,
    #[serde(default, rename = "party_kind")]
    pub party_kinds: Vec<PartyKind>,
    #[serde(default, rename = "branch")]
    pub branches: Vec<Named>,
    #[serde(default, rename = "body_kind")]
    pub body_kinds: Vec<BodyKind>,
    #[serde(default, rename = "body")]
    pub bodies: Vec<Body>,
    #[serde(default, rename = "reserved_matter")]
    pub reserved_matters: Vec<ReservedMatter>,
    #[serde(default, rename = "minimum_item")]
    pub minimum_items: Vec<MinimumItem>,
    pub agenda: Option<Agenda>,
    pub chair: Chair,
    pub troika: Option<Troika>,
    pub consultation: Option<Consultation>,
    #[serde(default, rename = "chain")]
    pub chains: Vec<Link>,
    #[serde(default)]
    pub criteria: Vec<CriteriaRule>,
    pub drafting_exception: Option<DraftingException>,
    pub signature: Option<Signature>,
    pub work_plan: Option<WorkPlan>,
    pub contributions: Option<Contributions>,
    pub budget: Option<Budget>,
    #[serde(default, rename = "fund")]
    pub funds: Vec<Fund>,
    pub themes: Option<ThemesRule>,
    pub follow_up: Option<FollowUp>,
    #[serde(default, rename = "visibility")]
    pub visibilities: Vec<Named>,
    pub national_position: Option<Choice>,
    #[serde(default, rename = "list")]
    pub lists: Vec<List>,
    /// Words that may be used for kinds, steps and statuses, by the field that uses them.
    #[serde(default)]
    pub vocabulary: BTreeMap<String, BTreeMap<String, Text>>,
    #[serde(default)]
    pub map: Option<TileMap>,
}

/// Names, languages and the span of the record (K-01).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    pub id: String,
    pub row: String,
    pub lines: Option<String>,
    /// The first is the masthead.
    pub names: Vec<Title>,
    pub acronym: Text,
    /// One sentence on what it is.
    pub motto: Text,
    pub languages: Vec<Language>,
    pub since: Partial,
    /// Acts dated from this day on are enacted, not recorded from a source.
    pub go_live: Date,
    /// The last day of which the record speaks.
    pub record_ends: Date,
    /// Id of the source from which the rules are read.
    pub source: String,
    pub authentic_languages: Option<AuthenticLanguages>,
}

/// The languages in which a text is authentic (K-01).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthenticLanguages {
    pub row: String,
    #[serde(default)]
    pub assumption: bool,
    pub languages: Vec<Language>,
    pub why: Option<Text>,
}

/// How annual meetings are numbered (K-30).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    pub row: String,
    pub lines: Option<String>,
    pub style: NumberingStyle,
    /// The year of number one; used as a check only.
    pub first_year: i16,
    /// The body whose meetings are numbered.
    pub body: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberingStyle {
    Roman,
    Arabic,
}

/// How decisions come about (K-17).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRule {
    pub row: String,
    pub lines: Option<String>,
    pub method: DecisionMethod,
    pub binding: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionMethod {
    Consensus,
}

/// A kind of party and the collection in which it is published (K-02).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyKind {
    pub id: String,
    pub row: String,
    pub lines: Option<String>,
    /// Name of its open-data collection.
    pub collection: String,
    pub name: Text,
    pub plural: Text,
    /// A state, with a country code and a page of its own.
    #[serde(default)]
    pub state: bool,
    /// Takes part in decisions.
    #[serde(default)]
    pub decides: bool,
}

/// An id with its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub id: String,
    pub row: String,
    pub lines: Option<String>,
    pub name: Text,
}

/// A kind of body, and the mark by which pictures show it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyKind {
    pub id: String,
    pub name: Text,
    pub mark: Option<Mark>,
}

/// A shape in pictures, so that nothing rests on colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Circle,
    Square,
    Triangle,
}

/// A standing body (K-04).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub id: String,
    pub kind: String,
    pub row: String,
    pub lines: Option<String>,
    /// Order of importance, from 1; equal for bodies that work in parallel.
    pub order: u16,
    pub reports_to: Option<String>,
    pub meetings_per_year: Option<u16>,
    /// When in the year it usually meets.
    pub season: Option<Text>,
    /// Its first meeting of the year is held together with this body's.
    pub first_with: Option<String>,
    /// It meets immediately before this body.
    pub precedes: Option<String>,
    /// Party kinds that decide in it.
    #[serde(default)]
    pub decides: Vec<String>,
    /// Party kinds that attend it.
    #[serde(default)]
    pub attends: Vec<String>,
    /// Party kinds that attend if specifically invited.
    #[serde(default)]
    pub invited: Vec<String>,
    /// Party kinds that have a slot on its agenda.
    #[serde(default)]
    pub slots: Vec<String>,
    #[serde(default, rename = "session")]
    pub sessions: Vec<Session>,
}

/// A session of a body (K-05).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    pub id: String,
    pub row: String,
    pub lines: Option<String>,
    pub name: Text,
    pub open: bool,
    #[serde(default)]
    pub attends: Vec<String>,
    #[serde(default)]
    pub slots: Vec<String>,
    /// The rank asked of those who attend.
    pub rank: Option<Text>,
    /// Officials who may accompany each head of delegation.
    pub officials_per_head: Option<u16>,
}

/// A matter reserved to a session (K-06).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReservedMatter {
    pub id: String,
    pub row: String,
    pub lines: Option<String>,
    pub session: String,
    pub name: Text,
}

/// An item that an agenda cannot go without (K-07).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinimumItem {
    pub id: String,
    pub row: String,
    pub lines: Option<String>,
    pub bodies: Vec<String>,
    pub session: Option<String>,
    pub name: Text,
}

/// To whom a preliminary agenda goes (K-08).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agenda {
    pub row: String,
    pub lines: Option<String>,
    pub circulate_to: Vec<String>,
}

/// Who chairs, for how long (K-09, K-31).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chair {
    pub row: String,
    pub lines: Option<String>,
    pub model: ChairModel,
    /// The body that the office is.
    pub body: String,
    /// Party kinds that may hold it.
    pub holders: Vec<String>,
    pub term_years: Option<u16>,
    /// The body before which a candidacy is announced.
    pub announce_in: Option<String>,
    /// The body whose meeting the holder hosts.
    pub hosts: Option<String>,
    /// The first year of a term that has a central theme as a rule.
    pub theme_from: Option<i16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChairModel {
    /// One holder after another, a term each.
    Rotating,
    /// One holder for good.
    Standing,
    /// Several holders at once.
    CoChairs,
}

/// The Troika: which terms it is made of (K-10).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Troika {
    pub row: String,
    pub lines: Option<String>,
    pub members: Vec<TroikaSeat>,
    pub gate: DecisionMethod,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroikaSeat {
    Former,
    Current,
    Upcoming,
}

/// A link of the chain of documents (K-18).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub row: String,
    pub lines: Option<String>,
    pub from: String,
    pub to: Option<String>,
    pub document: String,
}

/// How an observer kind is admitted (K-19). The criteria themselves are in the record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriteriaRule {
    pub row: String,
    pub lines: Option<String>,
    pub kind: String,
    pub count: u16,
    pub decided_by: String,
    pub decided_in: String,
}

/// Whether an observer may draft (K-20).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftingException {
    pub row: String,
    pub lines: Option<String>,
    #[serde(default)]
    pub assumption: bool,
    pub kind: String,
    pub value: String,
    pub why: Option<Text>,
}

/// Whose approval a signature with third parties needs (K-21).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    pub row: String,
    pub lines: Option<String>,
    pub after_approval_of: String,
}

/// Who approves a network's work plan (K-22).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkPlan {
    pub row: String,
    pub lines: Option<String>,
    pub approved_by: String,
    pub reviewed_with: String,
}

/// The shape of contributions (K-23). The scale itself is in the record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contributions {
    pub row: String,
    pub lines: Option<String>,
    pub payers: Vec<String>,
    pub per: String,
    pub currency: String,
}

/// Whose budget it is (K-24). Its items are in the record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    pub row: String,
    pub lines: Option<String>,
    pub spender: String,
}

/// A fund (K-25).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fund {
    pub id: String,
    pub row: String,
    pub lines: Option<String>,
    pub name: Text,
    pub manager: String,
    pub overseers: Vec<String>,
}

/// The levels of the plan (K-26).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemesRule {
    pub row: String,
    pub lines: Option<String>,
    pub levels: Vec<String>,
}

/// Whether follow-up is obligatory (K-27).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    pub row: String,
    pub lines: Option<String>,
    pub obligatory: bool,
}

/// A list of the record whose rows share one shape.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub id: String,
    /// Name of its open-data collection, where it has one.
    pub collection: Option<String>,
    /// True where the rows summarise an agreed text.
    #[serde(default)]
    pub summary: bool,
    pub name: Text,
}

/// Where each state's tile stands on the labelled tile map: column and row, from 0.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TileMap {
    /// By country code.
    pub tiles: BTreeMap<String, (u8, u8)>,
}

impl Model {
    pub fn party_kind(&self, id: &str) -> Option<&PartyKind> {
        self.party_kinds.iter().find(|kind| kind.id == id)
    }

    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == id)
    }

    pub fn body_kind(&self, id: &str) -> Option<&BodyKind> {
        self.body_kinds.iter().find(|kind| kind.id == id)
    }

    pub fn branch(&self, id: &str) -> Option<&Named> {
        self.branches.iter().find(|branch| branch.id == id)
    }

    pub fn list(&self, id: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// The words of a term of a vocabulary.
    pub fn term(&self, vocabulary: &str, id: &str) -> Option<&Text> {
        self.vocabulary.get(vocabulary)?.get(id)
    }

    /// Every value that the source leaves open and this file decides: key, row, and why.
    pub fn assumptions(&self) -> Vec<(&'static str, &str, &Text)> {
        let mut found = Vec::new();
        if let Some(AuthenticLanguages {
            assumption: true,
            row,
            why: Some(why),
            ..
        }) = &self.process.authentic_languages
        {
            found.push(("process.authentic_languages", row.as_str(), why));
        }
        if let Some(rule) = &self.consultation {
            for (key, choice) in rule.choices() {
                if let Choice {
                    assumption: true,
                    row,
                    why: Some(why),
                    ..
                } = choice
                {
                    found.push((key, row.as_str(), why));
                }
            }
        }
        if let Some(DraftingException {
            assumption: true,
            row,
            why: Some(why),
            ..
        }) = &self.drafting_exception
        {
            found.push(("drafting_exception", row.as_str(), why));
        }
        if let Some(Choice {
            assumption: true,
            row,
            why: Some(why),
            ..
        }) = &self.national_position
        {
            found.push(("national_position", row.as_str(), why));
        }
        found
    }
}
