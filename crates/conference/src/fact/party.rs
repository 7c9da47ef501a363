use comity_calendar::Partial;
use comity_rules::{Text, Title};
use serde::{Deserialize, Serialize};

use crate::Name;

/// A state, organisation or network takes its place in the process (P-01…P-04, L-01…L-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyAdmitted {
    /// Lower-case words with hyphens; stable, the same in every language: `honduras`, `iom`.
    pub id: Name,
    /// A kind of party of the rules: `member`, `observer_state`, …
    pub kind: Name,
    /// The short name.
    pub name: Title,
    /// The formal name, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_name: Option<Title>,
    /// The short form in letters: `IOM`, `OIM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acronym: Option<Text>,
    /// ISO 3166-1 alpha-2 code of a state, upper case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Name>,
    /// Since when it takes part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Partial>,
    /// Until when it took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Partial>,
    /// Its site, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// What it is, in our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
}

/// A member names an institution as focal point for one branch (P-05, L-08).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstitutionDesignated {
    /// `honduras-foreign-affairs`
    pub id: Name,
    /// The member.
    pub party: Name,
    /// A branch of the rules: `foreign_affairs`, `interior`, `immigration`.
    pub branch: Name,
    /// The institution. Where a cell names several bodies of equal rank, the first.
    pub name: Title,
    /// Units through which it takes part, or further bodies of equal rank.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub units: Box<[Title]>,
    /// What it is in charge of, in our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Text>,
    /// Bodies whose meetings the source says that it attends (ids of bodies).
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub attends: Box<[Name]>,
}
