use crate::{ActId, CommandId, Commit, DecodeError, Error, Hash, Head, RecordedAt};

/// The first thing that is wrong with a register.
#[derive(Debug, thiserror::Error)]
#[error("position {position}: {flaw}; the last good head is {last_good}")]
pub struct Fault {
    /// The first position that is not as it should be.
    pub position: u64,
    /// What is wrong there.
    pub flaw: Box<Flaw>,
    /// The last commit before it that was checked whole.
    pub last_good: Head,
}

impl Fault {
    /// What to do about it, for the operator.
    pub fn hint(&self) -> &'static str {
        match *self.flaw {
            Flaw::Unread(_) => "see to the database, then verify again",
            Flaw::Column { .. } => {
                "the record itself is sound; keep a copy as it is, and restore from a copy that verifies"
            }
            Flaw::Missing
            | Flaw::Doubled
            | Flaw::NotCommitted
            | Flaw::Form(_)
            | Flaw::Position { .. }
            | Flaw::TimeWentBack { .. }
            | Flaw::ActTwice { .. }
            | Flaw::OrdinalTwice { .. }
            | Flaw::EmptyCommit
            | Flaw::Commit { .. }
            | Flaw::Root { .. }
            | Flaw::Head { .. }
            | Flaw::Cut { .. }
            | Flaw::Rewritten { .. }
            | Flaw::Leaf { .. } => {
                "stop writing, keep a copy as it is, and restore from a copy that verifies beyond the last good head"
            }
        }
    }
}

/// The ways in which a register can be wrong.
#[derive(Debug, thiserror::Error)]
pub enum Flaw {
    #[error("the store cannot be read: {0}")]
    Unread(Error),
    #[error("the record is missing")]
    Missing,
    #[error("several records stand here")]
    Doubled,
    #[error("the record is not covered by a commit")]
    NotCommitted,
    #[error("the bytes are not a record in canonical form: {0}")]
    Form(DecodeError),
    #[error("the record says that it stands at position {says}")]
    Position { says: u64 },
    #[error("the record says {at}, before {before} above it")]
    TimeWentBack { at: RecordedAt, before: RecordedAt },
    #[error("the index column `{column}` says `{stored}` and the record `{record}`")]
    Column {
        column: &'static str,
        stored: String,
        record: String,
    },
    #[error("act `{act}` stands at position {above} already")]
    ActTwice { act: ActId, above: u64 },
    #[error("command `{command}` has an act with ordinal {ordinal} at position {above} already")]
    OrdinalTwice {
        command: CommandId,
        ordinal: u32,
        above: u64,
    },
    #[error("a commit says size 0")]
    EmptyCommit,
    #[error("the commit of size {} does not follow the one before it", .commit.size)]
    Commit { commit: Commit },
    #[error("from here to size {} the records do not give the root of the commit, {}", .commit.size, .commit.root)]
    Root { commit: Commit },
    #[error("the head is {stored} and the records give {records}")]
    Head { stored: Head, records: Head },
    /// Of these three only what was kept elsewhere can tell; see [`against`](crate::against).
    #[error("the register ends here, and a head was kept of size {}", .kept.size)]
    Cut { kept: Head },
    #[error("from here to size {} the records do not give the root that was kept, {}", .kept.size, .kept.root)]
    Rewritten { kept: Head },
    #[error("the leaf of the record is {record} and {kept} was kept")]
    Leaf { kept: Hash, record: Hash },
}
