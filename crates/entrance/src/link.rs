use comity_directory::PersonId;
use jiff::{SignedDuration, Timestamp};

/// How long a link lasts: long enough for a ministry's mail and a weekend.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A link that lets a person in once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub person: PersonId,
    pub until: Timestamp,
    /// The address to which it was sent; absent for one that was handed on otherwise.
    pub sent_to: Option<String>,
}
