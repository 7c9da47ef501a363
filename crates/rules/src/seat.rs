use serde::Deserialize;

use crate::{Rules, Text};

/// A class of seat: which kind of party it is given to, and which office it names (the document `seats.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatClass {
    pub id: String,
    /// Kind of party. Seats of the secretariat, of a service or of a guest are of no party of the process: their kind
    /// stands for it.
    pub kind: String,
    pub office: String,
    /// The body of which it is: a liaison officer's network.
    pub body: Option<String>,
    /// A deputy's mandate is on file: the note on which the seat is filled.
    #[serde(default)]
    pub mandate: bool,
    /// What has to be said when it is filled.
    #[serde(default)]
    pub asks: Vec<Ask>,
    /// One person holds it at a time: of one party, and where it asks for something, for the same.
    #[serde(default)]
    pub one: bool,
    /// Nobody is seated here: the public, and whoever runs the program.
    #[serde(default)]
    pub unseated: bool,
    /// Row of the domain inventory.
    pub row: String,
    pub lines: Option<String>,
    /// The source leaves it open and this file decides.
    #[serde(default)]
    pub assumption: bool,
    pub name: Text,
}

/// What a seat asks for beside party and person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// The branch of government of which it is.
    Branch,
    /// What it is there for, in both languages.
    Purpose,
    /// The meeting to which it is invited, and the day on which the invitation ends.
    Invitation,
    /// The meeting at which it serves, and the last day.
    Service,
}

impl Ask {
    /// The name in the document.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Purpose => "purpose",
            Self::Invitation => "invitation",
            Self::Service => "service",
        }
    }
}

impl SeatClass {
    pub fn asks(&self, ask: Ask) -> bool {
        self.asks.contains(&ask)
    }

    /// It names a meeting and ends with it.
    pub fn of_meeting(&self) -> bool {
        self.asks(Ask::Invitation) || self.asks(Ask::Service)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "seat")]
    seats: Vec<SeatClass>,
}

/// Why a document with classes of seat could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SeatsMalformed {
    pub message: String,
    /// The byte at which it stands.
    pub at: usize,
}

/// Reads the classes of seat. Whether they go with the other documents is not asked here.
///
/// # Errors
/// A text that is not such a document.
pub fn seat_classes(text: &str) -> Result<Vec<SeatClass>, SeatsMalformed> {
    let file: File = toml::from_str(text).map_err(|error| SeatsMalformed {
        message: error.message().to_owned(),
        at: error.span().map_or(0, |span| span.start),
    })?;
    Ok(file.seats)
}

impl Rules {
    /// These rules with the classes of seat that stand beside them.
    #[must_use]
    pub fn seated(self, seats: Vec<SeatClass>) -> Self {
        Self { seats, ..self }
    }

    /// A class of seat by its id.
    pub fn seat(&self, id: &str) -> Option<&SeatClass> {
        self.seats.iter().find(|seat| seat.id == id)
    }
}
