use comity_calendar::Partial;
use comity_rules::{Text, Title};
use serde::{Deserialize, Serialize};

use crate::Name;

/// A body of the process is set up (B-01…B-29, L-10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyEstablished {
    /// Lower-case words with hyphens: `vm`, `rcgm`, `net-tip`. The rules speak of standing bodies by it.
    pub id: Name,
    /// A kind of body of the rules: `vice_ministerial`, `network`, `working_group`, …
    pub kind: Name,
    /// A status of the rules' vocabulary, for groups that were proposed only; absent: active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Name>,
    pub name: Title,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acronym: Option<Text>,
    /// Other names under which it stands in the source.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub aliases: Box<[Title]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Partial>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Partial>,
    /// What it does, in our words.
    pub summary: Text,
    /// Who sits in it, in our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composition: Option<Text>,
}

/// The members agree who presides, for which term and under which central theme (H-01…H-05, L-09).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresidencyAgreed {
    /// `ppt-2011`
    pub id: Name,
    /// The member that presides.
    pub party: Name,
    /// The term; a year stands for the whole year.
    pub term: Partial,
    /// The central theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Title>,
    /// When it is known to have been agreed; absent: at the latest when the term began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Partial>,
}
