use crate::note::KeyId;
use crate::tile::Tile;
use crate::{ActId, CommandId, Head, RecordedAt};

/// Why a register did not do what was asked.
///
/// A lost race is not here: it is [`Appended::Moved`](crate::Appended::Moved), an ordinary value.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the batch holds no record")]
    EmptyBatch,
    #[error("a record stands at position {found} where {expected} is next")]
    Misplaced { expected: u64, found: u64 },
    #[error("the record at position {position} was recorded at {at}, before {before}")]
    TimeWentBack {
        position: u64,
        at: RecordedAt,
        before: RecordedAt,
    },
    #[error("the record at position {position} is not in canonical form")]
    NotCanonical {
        position: u64,
        #[source]
        source: DecodeError,
    },
    #[error("the record at position {position} cannot be read")]
    Unreadable {
        position: u64,
        #[source]
        source: DecodeError,
    },
    #[error("act `{act}` is in the register already")]
    DuplicateAct { act: ActId },
    #[error("command `{command}` has an act with ordinal {ordinal} already")]
    DuplicateOrdinal { command: CommandId, ordinal: u32 },
    /// Only an empty register can be filled.
    #[error("the register holds {} records already", .head.size)]
    NotEmpty { head: Head },
    /// What was to fill the register cannot be read or is not in order; nothing was written.
    #[error("the history that was to fill the register is refused")]
    History {
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What is stored contradicts itself; nothing was written.
    #[error("table `{table}`, row {row}: {what}")]
    Inconsistent {
        table: &'static str,
        row: u64,
        what: String,
    },
    /// The store failed before anything was committed.
    #[error("cannot {doing}")]
    Store {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The disk is full; nothing was written, and what stands there can be read.
    #[error("cannot {doing}: there is no room on the disk")]
    NoRoom {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The disk, or the database, takes no changes; nothing was written, and what stands there can be read.
    #[error("cannot {doing}: the disk can only be read")]
    ReadOnly {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The store failed while it committed: the batch is in the register whole, or not at all.
    #[error("the store failed during the commit and its outcome is not known")]
    OutcomeUnknown {
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    /// What to do about it, for the operator.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::EmptyBatch
            | Self::Misplaced { .. }
            | Self::TimeWentBack { .. }
            | Self::NotCanonical { .. }
            | Self::DuplicateAct { .. }
            | Self::DuplicateOrdinal { .. }
            | Self::History { .. } => None,
            Self::NotEmpty { .. } => Some("choose a folder or a database that holds no register"),
            Self::Inconsistent { .. } | Self::Unreadable { .. } => Some(
                "stop writing, run `comity verify`, and compare with a copy or a checkpoint kept elsewhere",
            ),
            Self::Store { .. } => Some("nothing was written; see to the database, then try again"),
            Self::NoRoom { .. } => {
                Some("nothing was written; make room on the disk, and writing goes on by itself")
            }
            Self::ReadOnly { .. } => Some(
                "nothing was written; see in the system's log why the disk or database takes no changes, and writing goes on by itself once it does",
            ),
            Self::OutcomeUnknown { .. } => {
                Some("read the head again and look the command up before trying again")
            }
        }
    }
}

/// Why bytes or words are not what they should be.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("`{input}` is not {what}")]
    Word { what: &'static str, input: String },
    #[error("the text is not the JSON that a record is made of")]
    Json(#[from] serde_json::Error),
    #[error("the number `{0}` is not an integer between -(2^53-1) and 2^53-1")]
    Number(String),
    #[error("the key `{0}` is not ASCII")]
    Key(String),
    #[error("the value is nested deeper than {depth_max} levels")]
    Depth { depth_max: usize },
    #[error("the value is not an object")]
    NotAnObject,
    #[error("the bytes differ from their canonical form at byte {at}")]
    NotCanonical { at: usize },
    #[error("line {line} of the checkpoint is not {what}")]
    Checkpoint { line: usize, what: &'static str },
    #[error("line {line} of the note is not {what}")]
    Note { line: usize, what: &'static str },
    #[error("line {line} of the proof is not {what}")]
    Proof { line: usize, what: &'static str },
    #[error("the tile `{tile}` has {found} bytes")]
    Tile { tile: Tile, found: usize },
    /// Without the text, which may be a secret.
    #[error("the text is not a signing key")]
    Secret,
}

impl DecodeError {
    /// A word that is not what it should be, cut to a length that fits a line.
    pub(crate) fn word(what: &'static str, input: &str) -> Self {
        let input = input
            .chars()
            .take(80)
            .flat_map(char::escape_debug)
            .collect();
        Self::Word { what, input }
    }
}

/// Why a note or a proof is not to be believed.
#[derive(Debug, thiserror::Error)]
pub enum Untrusted {
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error("none of the trusted keys signed the note")]
    Unsigned,
    #[error("the signature in the name of `{name}` is not by its key {id}")]
    Signature { name: String, id: KeyId },
    #[error("the checkpoint is of `{origin}`, and no trusted key of that name signed it")]
    Origin { origin: String },
    #[error(
        "the proof does not lead from the record at position {position} to the root at size {size}"
    )]
    Inclusion { position: u64, size: u64 },
    #[error("the register of size {new} is not shown to begin with that of size {old}")]
    Consistency { old: u64, new: u64 },
    #[error("the proof is of `{found}` and the kept checkpoint of `{kept}`")]
    OtherRegister { kept: String, found: String },
    #[error("the proof starts at size {found} and the kept checkpoint has size {kept}")]
    OtherSize { kept: u64, found: u64 },
}
