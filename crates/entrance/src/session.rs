use comity_directory::PersonId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A session that nobody used for so long is over.
pub const IDLE: SignedDuration = SignedDuration::from_hours(2);

/// A session is over after this, however much it was used: a working day.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);

/// Whoever proved who they are may speak for a country for so long without proving it again.
pub const PROVEN: SignedDuration = SignedDuration::from_mins(15);

/// How somebody showed who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// A link that was handed to them.
    Link,
    /// A passkey.
    Passkey,
    /// A password with its second factor.
    Password,
    /// The account of a ministry.
    Openid,
    /// A seat taken in a demonstration, where everybody is somebody else.
    Demonstration,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    pub person: PersonId,
    /// The seat from which they act, by the act that filled it; absent until they have chosen one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    pub means: Means,
    pub begun_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When they last proved who they are.
    pub proven_at: Timestamp,
    /// The browser, as it calls itself.
    pub agent: String,
}

/// One of a person's sessions, to be looked at and ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// By which it is ended; it lets nobody in.
    pub handle: String,
    pub session: Session,
    /// It is the one that asks.
    pub own: bool,
}

impl Session {
    pub(crate) fn until(&self) -> Timestamp {
        let idle = self.seen_at.saturating_add(IDLE);
        let absolute = self.begun_at.saturating_add(ABSOLUTE);
        let end = |at: Result<Timestamp, jiff::Error>| at.unwrap_or(Timestamp::MAX);
        end(idle).min(end(absolute))
    }

    /// Whether they proved lately who they are.
    pub fn is_proven(&self, now: Timestamp) -> bool {
        now.duration_since(self.proven_at) < PROVEN
    }
}
