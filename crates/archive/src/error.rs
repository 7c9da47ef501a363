use std::path::PathBuf;

use comity_register::{Fault, Hash, Head};

/// Why an export or a backup was not made, not believed or not put back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot {doing} `{path}`")]
    File {
        doing: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("there is something in `{path}` already")]
    NotEmpty { path: PathBuf },
    #[error("there is no {what} in `{path}`")]
    Missing { what: &'static str, path: PathBuf },
    #[error("the manifest `{path}` is not as it was written: {what}")]
    Manifest { path: PathBuf, what: String },
    #[error(
        "the manifest `{path}` is of format `{format}` version {version}, which this program does not know"
    )]
    Unknown {
        path: PathBuf,
        format: String,
        version: u64,
    },
    #[error("the file `{path}` is missing")]
    FileMissing { path: PathBuf },
    #[error("the file `{path}` is not in the manifest")]
    FileExtra { path: PathBuf },
    #[error(
        "the file `{path}` is not as it was written: its {what} is {found} and the manifest says {expected}"
    )]
    FileChanged {
        path: PathBuf,
        what: &'static str,
        expected: String,
        found: String,
    },
    #[error("`{path}`, line {line}: {what}")]
    Line {
        path: PathBuf,
        line: u64,
        what: String,
    },
    #[error("the history in `{path}` is not in order")]
    History {
        path: PathBuf,
        #[source]
        fault: Fault,
    },
    #[error("the register is not in order")]
    Source(#[source] Fault),
    #[error("the records lead to {found} and the manifest says {expected}")]
    End { expected: Head, found: Head },
    /// The backup is of another history than the register.
    #[error(
        "the register does not continue the backup: at size {size} the backup has the root {backup} and the register {register}"
    )]
    Diverged {
        size: u64,
        backup: Hash,
        register: String,
    },
    #[error("another {what} is being written to `{path}`")]
    Busy { what: &'static str, path: PathBuf },
    #[error("no batch ends at or before {at}; the first ends with {first}")]
    BeforeAll { at: String, first: String },
    #[error(
        "the record at position {position} holds a line break, which no record in canonical form does"
    )]
    LineBreak { position: u64 },
    #[error(transparent)]
    Register(#[from] comity_register::Error),
}

impl Error {
    /// The register did not get to say whether it took everything or nothing.
    pub const fn outcome_unknown(&self) -> bool {
        matches!(
            self,
            Self::Register(comity_register::Error::OutcomeUnknown { .. })
        )
    }

    /// What to do about it, for the operator.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::File { .. } => {
                Some("look whether the folder is there, may be used, and has room")
            }
            Self::NotEmpty { .. } => Some("choose a folder that is empty or not there yet"),
            Self::Missing { .. } => Some("look whether the path is right"),
            Self::Unknown { .. } => Some("use the program that wrote it, or a later one"),
            Self::Manifest { .. }
            | Self::FileMissing { .. }
            | Self::FileExtra { .. }
            | Self::FileChanged { .. }
            | Self::Line { .. }
            | Self::History { .. }
            | Self::End { .. } => Some("nothing was written; take another copy"),
            Self::Source(fault) => Some(fault.hint()),
            Self::LineBreak { .. } => Some("run `comity verify` on the register"),
            Self::Diverged { .. } => Some(
                "nothing was written; keep the backup, run `comity verify`, and begin a new backup in another folder only when you know why",
            ),
            Self::Busy { .. } => Some("wait until it is done"),
            Self::BeforeAll { .. } => Some("choose a later one"),
            Self::Register(error) => error.hint(),
        }
    }
}
