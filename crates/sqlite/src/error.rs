use std::path::PathBuf;

/// Why a register file was not made or not opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no register at `{path}`")]
    Missing { path: PathBuf },
    #[error("there is something at `{path}` already")]
    Exists { path: PathBuf },
    #[error("the file `{path}` is not an SQLite database")]
    NotADatabase { path: PathBuf },
    #[error("the database `{path}` is not a register (its application id is {application_id})")]
    Foreign { path: PathBuf, application_id: i32 },
    #[error(
        "the register `{path}` is at version {found} and this program knows versions up to {known}"
    )]
    Newer {
        path: PathBuf,
        found: i32,
        known: i32,
    },
    #[error("the directory `{path}` is at version {found}, and this program reads version {known}")]
    Older {
        path: PathBuf,
        found: i32,
        known: i32,
    },
    #[error("cannot make the file `{path}`")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot {doing} `{path}`")]
    Database {
        doing: &'static str,
        path: PathBuf,
        #[source]
        source: sqlx::Error,
    },
    #[error(transparent)]
    Register(#[from] comity_register::Error),
}

impl Error {
    /// What to do about it, for the operator.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing { .. } => {
                Some("look whether the path is right; a new register is only made when asked for")
            }
            Self::Exists { .. } => Some("open it instead, or choose a path where nothing is"),
            Self::NotADatabase { .. } | Self::Foreign { .. } => {
                Some("look whether the path is right; the file was not touched")
            }
            Self::Newer { .. } => {
                Some("use the program that wrote it, or a later one; the file was not touched")
            }
            Self::Older { .. } => Some(
                "`comity serve` of this program brings it there; until then use the program of before. Nothing was touched",
            ),
            Self::File { .. } => Some("look whether the folder exists and may be written"),
            Self::Database { .. } => {
                Some("look whether another program holds the file and whether the disk is full")
            }
            Self::Register(error) => error.hint(),
        }
    }
}
