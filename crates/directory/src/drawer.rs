use std::fmt;

use jiff::Timestamp;

use crate::PersonId;

/// What is kept of a person beside name and address. Each drawer has its own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Drawer {
    /// Links that let somebody in once.
    Link,
    /// What somebody signs in with.
    Credential,
    /// Who is signed in.
    Session,
    /// Ceremonies that were begun: what a device has to answer to.
    Ceremony,
    /// Browsers in which somebody signed in before.
    Device,
    /// Letters to people: what waits, what went out, what came back.
    Notice,
    /// Contacts that came in together, and may be taken back together.
    Batch,
    /// Who looked at what is not for everybody.
    Sight,
    /// How far somebody had read when they were here last.
    Visit,
    /// What the machine room notes: when a backup was made.
    Mark,
    /// What a delegation says among itself.
    Workroom,
    /// Secret addresses of calendars.
    Feed,
}

impl Drawer {
    pub const ALL: [Self; 12] = [
        Self::Link,
        Self::Credential,
        Self::Session,
        Self::Ceremony,
        Self::Device,
        Self::Notice,
        Self::Batch,
        Self::Sight,
        Self::Visit,
        Self::Mark,
        Self::Workroom,
        Self::Feed,
    ];

    /// The name in stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Credential => "credential",
            Self::Session => "session",
            Self::Ceremony => "ceremony",
            Self::Device => "device",
            Self::Notice => "notice",
            Self::Batch => "batch",
            Self::Sight => "sight",
            Self::Visit => "visit",
            Self::Mark => "mark",
            Self::Workroom => "workroom",
            Self::Feed => "feed",
        }
    }
}

/// Something in a drawer. The directory does not read its body.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    pub drawer: Drawer,
    /// Unique in its drawer. What would let somebody in stands here as a hash only.
    pub key: String,
    /// Whose it is; it goes when the person is forgotten. Absent for what is nobody's yet.
    pub person: Option<PersonId>,
    /// When it is worth nothing any more; absent: never by itself.
    pub until: Option<Timestamp>,
    pub body: String,
}

/// Without key and body: a log must never hold them.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept")
            .field("drawer", &self.drawer)
            .field("person", &self.person)
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}
