use std::process::ExitCode;

/// How a command ended, when not well.
#[derive(Debug)]
pub enum Failure {
    /// It failed; `hint` says what to do.
    Failed {
        error: anyhow::Error,
        hint: Option<String>,
    },
    /// The register does not verify; said already.
    NotVerified,
    /// Rules or record are not in order; said already.
    NotInOrder,
}

impl Failure {
    /// A failure with what to do about it.
    pub fn hinted(error: impl Into<anyhow::Error>, hint: Option<impl Into<String>>) -> Self {
        Self::Failed {
            error: error.into(),
            hint: hint.map(Into::into),
        }
    }

    /// Says what went wrong, on standard error, and with which code the program ends.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Failed { error, hint } => {
                eprintln!("error: {error}");
                for cause in error.chain().skip(1) {
                    eprintln!("  because: {cause}");
                }
                if let Some(hint) = hint {
                    eprintln!("  hint: {hint}");
                }
                ExitCode::from(1)
            }
            Self::NotVerified => ExitCode::from(3),
            Self::NotInOrder => ExitCode::from(4),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed { error, hint: None }
    }
}
