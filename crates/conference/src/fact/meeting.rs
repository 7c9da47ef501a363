use comity_calendar::Partial;
use comity_rules::Title;
use serde::{Deserialize, Serialize};

use super::Place;
use crate::Name;

/// A body meets (M-09…M-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingHeld {
    /// `vm-2009`, `rcgm-2005`, `rcgm-2006-11`
    pub id: Name,
    /// The body that meets.
    pub body: Name,
    /// Number of the annual conference of which it is the meeting (14 for the XIV); absent for other meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u16>,
    /// When, as far as known.
    pub date: Partial,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// A name of its own, where it is not simply the meeting of its body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// Meetings held on the same occasion (ids of meetings).
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub with: Box<[Name]>,
}
