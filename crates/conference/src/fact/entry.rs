use comity_calendar::Partial;
use comity_rules::{Text, Title};
use serde::{Deserialize, Serialize};

use crate::Name;

/// A work from which facts are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRegistered {
    pub id: Name,
    pub title: Title,
    pub publisher: Title,
    pub published: Partial,
    /// How its lines are counted and which edition was read.
    pub summary: Text,
}

/// A row of one of the source's lists: functions, criteria, commitments, tenets, captions, credits, … (A.16)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryListed {
    pub id: Name,
    /// A list of the rules: `function`, `criterion`, `commitment`, …
    pub list: Name,
    /// Its place in the list (of its holder), from 1.
    pub number: u16,
    /// Whose it is: a body, a party kind, a section or a party, where the list is kept by holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Name>,
    /// What it says: our own summary of an agreed text, or a title or name as printed.
    pub text: Text,
    /// The persons or bodies that it names, as printed (credits).
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub names: Box<[Box<str>]>,
    /// When, where the entry has a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Partial>,
    /// The meeting that it shows or rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Name>,
    /// Since when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Partial>,
    /// A page number of the printed work (table of contents).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u16>,
}

/// An acronym and what it stands for (L-43).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcronymDefined {
    pub id: Name,
    /// The letters in each language: `RCM`, `CRM`.
    pub acronym: Text,
    pub meaning: Title,
    /// False where the text uses it without listing it.
    #[serde(default = "listed", skip_serializing_if = "is_listed")]
    pub listed: bool,
}

const fn listed() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_listed(listed: &bool) -> bool {
    *listed
}
