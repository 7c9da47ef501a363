use comity_conference::Rejection;

/// Why the registrar could not read or write its register.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the register failed")]
    Register(#[from] comity_register::Error),
    #[error("the record at position {position} cannot be read as an act")]
    Act {
        position: u64,
        #[source]
        source: comity_conference::DecodeError,
    },
    #[error("the record at position {position} holds a value that is out of form: {what}")]
    Form { position: u64, what: String },
    #[error("the rules in the register cannot be read")]
    Rules(#[from] comity_rules::Faults),
    #[error("the records do not add up to the root that the register gives, at size {size}")]
    Root { size: u64 },
    #[error("the writer has stopped")]
    Stopped,
}

/// Why a command made no acts.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Refusal {
    /// The seat may not do it.
    #[error("`{seat}` may not do `{command}` ({policy})")]
    NotPermitted {
        seat: &'static str,
        command: &'static str,
        policy: &'static str,
    },
    /// It is not in order.
    #[error("not in order ({}): {}", .0.code(), .0)]
    NotInOrder(Rejection),
    /// The register could not take it; it may be sent again under the same id.
    #[error("the register could not take it: {0}")]
    Unavailable(String),
}
