/// Why a directory did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed; nothing was changed.
    #[error("cannot {doing}")]
    Store {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The person is gone, and traces of it may still be in the store's files.
    #[error(
        "`{person}` is forgotten, but its traces could not be removed from the files of the directory"
    )]
    Traces {
        person: crate::PersonId,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What is stored is not what a directory stores.
    #[error("table `persons`: {what}")]
    Inconsistent { what: String },
}

impl Error {
    /// What to do about it, for the operator.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Store { .. } => "see to the database, then try again",
            Self::Traces { .. } => "see to the disk, then give the same command again",
            Self::Inconsistent { .. } => "restore the directory from a backup",
        }
    }
}

/// Text that is not the id of a person.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not the id of a person: 26 digits of base 32")]
pub struct IdMalformed(pub(crate) String);
