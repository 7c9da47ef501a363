use comity_calendar::Partial;
use comity_rules::{Text, Title};
use serde::{Deserialize, Serialize};

use super::Place;
use crate::Name;

/// A document enters the list of a section (D-08…D-13, L-26…L-31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentRecorded {
    pub id: Name,
    pub section: Name,
    /// Its number in the printed list of the section.
    pub number: u16,
    pub title: Title,
    /// A document kind of the rules' vocabulary: `guidelines`, `memorandum`, …
    pub kind: Name,
    /// What it is for, in our words, briefly.
    pub summary: Text,
    /// Other titles under which the same text stands in the source.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub aliases: Box<[Title]>,
    /// Texts that the entry lists together (L-26: memorandum and manual).
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub parts: Box<[Part]>,
    /// States between which it is agreed, where it binds only some (D-11, R-24).
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub parties: Box<[Name]>,
    /// The entry that lists the same text elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<Name>,
    /// Topics that it serves, where the source ties them.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub topics: Box<[Name]>,
    /// Other documents that it builds on or carries out.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub documents: Box<[Name]>,
}

/// One text of an entry that lists several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub id: Name,
    pub title: Title,
    pub kind: Name,
}

/// An action enters the list of a section (M-13, M-14, L-32…L-37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionRecorded {
    pub id: Name,
    pub section: Name,
    /// Its place in the printed list of the section, from 1; proposals are numbered by themselves.
    pub number: u16,
    pub title: Title,
    /// An action kind of the rules' vocabulary: `seminar`, `workshop`, `training`, …
    pub kind: Name,
    /// A status of the rules' vocabulary: `held`, `ongoing`, `proposed`, … (W-11)
    pub status: Name,
    /// True for the rows printed under "other proposed actions".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proposal: bool,
    /// When it took place, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Partial>,
    /// Where it took place; several for a programme held in several countries.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub places: Box<[Place]>,
    /// What it was for and what came of it, in our words, briefly.
    pub summary: Text,
    /// Who proposed it (ids of parties, organisations or bodies).
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub proposers: Box<[Name]>,
    /// Who sponsored or financed it.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub sponsors: Box<[Name]>,
    /// Who carried it out or worked with it.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub collaborators: Box<[Name]>,
    /// Topics that it serves, where the source ties them.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub topics: Box<[Name]>,
    /// Documents that it prepared, explains or carries out.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub documents: Box<[Name]>,
    /// Other actions that it followed from.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub follows: Box<[Name]>,
}

/// What a step belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    Body(Name),
    Document(Name),
    Action(Name),
}

/// A step in the life of a document, an action or a body (D-09, D-10, M-14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepTaken {
    /// `document/1`; made by the importer from the subject and the row's place.
    pub id: Name,
    pub subject: Subject,
    /// A step of the rules' vocabulary: `proposed`, `submitted`, `approved`, `ratified`, `signed`, …
    pub step: Name,
    /// When, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Partial>,
    /// The body that took it or before which it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Name>,
    /// The meeting at which it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Name>,
    /// Who took it (ids of parties, organisations or bodies).
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub by: Box<[Name]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What happened, in our words, where the rest does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}
