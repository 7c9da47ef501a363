use comity_calendar::Partial;
use comity_rules::{Text, Title};
use serde::{Deserialize, Serialize};

use super::Place;
use crate::Name;

/// An organisation with which the conference has worked (P-13, L-38).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationListed {
    pub id: Name,
    /// Its place in the printed table, from 1.
    pub number: u16,
    pub name: Title,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acronym: Option<Text>,
    /// The party that it is, where it takes part as one (I-40).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Name>,
    /// What it is, in our words, where the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// The bodies that one row names together.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub members: Box<[Title]>,
}

/// What an organisation did for the conference (L-39).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportGiven {
    /// `unhcr/3`; made by the importer from the organisation and the number.
    pub id: Name,
    pub organization: Name,
    pub number: u16,
    /// What it was: named works keep their titles, the rest is in our words, briefly.
    pub text: Text,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub documents: Box<[Name]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub actions: Box<[Name]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub topics: Box<[Name]>,
}

/// A forum at which the conference presented its experience (L-40).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForumAttended {
    pub id: Name,
    pub number: u16,
    pub title: Title,
    /// A forum kind of the rules' vocabulary: `meeting`, `summit`, `programme`, …
    pub kind: Name,
    /// When and where; several for a series.
    pub occurrences: Box<[Occurrence]>,
}

/// One time and place of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occurrence {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Partial>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A row of the list of seminars and workshops (L-41).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeminarListed {
    pub id: Name,
    pub number: u16,
    pub title: Title,
    /// An action kind of the rules' vocabulary.
    pub kind: Name,
    /// The year; absent where the row says "annually" or "ongoing".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Partial>,
    /// A recurrence of the rules' vocabulary: `annual`, `ongoing`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The entries of other lists that speak of the same event.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub matches: Box<[SeminarMatch]>,
}

/// A tie between a seminar of one list and an entry of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeminarMatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Name>,
    pub is: Match,
}

/// How sure a tie is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Match {
    /// The same event.
    Same,
    /// An event of a series that the other entry names in general.
    PartOf,
}
