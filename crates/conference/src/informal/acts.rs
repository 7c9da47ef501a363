//! What is done in an informal consultation, as the register keeps it.

use std::collections::BTreeSet;

use comity_calendar::Date;
use comity_rules::Text;
use serde::{Deserialize, Serialize};

use crate::consultation::{Matter, Received};
use crate::{ActId, Basis, Name};

/// What the members are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InformalKind {
    /// Whether a day suits them.
    SaveTheDate,
    /// Comments, on a text or on a subject.
    Comments,
    /// Whom they nominate: by institution or post, never by name.
    Nominations,
    Other,
}

impl InformalKind {
    pub const ALL: [Self; 4] = [
        Self::SaveTheDate,
        Self::Comments,
        Self::Nominations,
        Self::Other,
    ];

    /// The kind as records name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SaveTheDate => "save_the_date",
            Self::Comments => "comments",
            Self::Nominations => "nominations",
            Self::Other => "other",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Who reads the answers besides the Presidency and the Secretariat; each country always reads its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InformalReaders {
    /// A member that was asked, once it has answered; every member once it is closed. Who answers first is led by nobody.
    Members,
    /// Nobody: the members read the summary.
    Presidency,
}

/// The Presidency asks members for something, informally (H-14). There is no term, and nothing is decided by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformalOpened {
    pub kind: InformalKind,
    pub topic: Text,
    pub text: Vec<Text>,
    pub matter: Matter,
    /// The mandate to treat a matter of the closed door in writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<String>,
    /// The member that presides and asks.
    pub presidency: Name,
    /// The other members that are asked.
    pub asked: BTreeSet<Name>,
    /// The day that is asked about, of a save-the-date; the first one where it is more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
    /// The last one, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// By which day an answer is helpful. It is no deadline: answers are taken until it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helpful_by: Option<Date>,
    pub readers: InformalReaders,
    /// The Presidency's written instruction, where the Secretariat entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// What a member answers beside its words, where the kind asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InformalReply {
    /// The day suits it.
    Suits,
    DoesNotSuit,
    /// The institution or post that it nominates. Who sits there is said by seating them, not here.
    Nominates {
        function: String,
    },
}

/// A member answers. A later answer takes the place of the earlier one and names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformalAnswered {
    pub consultation: ActId,
    pub party: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<InformalReply>,
    /// In the state's own words and language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<ActId>,
    /// How it came, where the Secretariat entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Received>,
}

/// The Presidency closes it and says to all members what came of it. Nothing follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformalClosed {
    pub consultation: ActId,
    /// The member that presides now and closes it.
    pub presidency: Name,
    pub summary: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}
