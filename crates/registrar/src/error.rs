use comity_conference::{Act, DecodeError, Rejection};

use crate::{Standing, Unknown};

/// Why the registrar could not read or write its register.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the register failed")]
    Register(#[from] comity_register::Error),
    #[error("the record at position {position} cannot be read as an act")]
    Act {
        position: u64,
        #[source]
        source: DecodeError,
    },
    #[error("the record at position {position} holds a value that is out of form: {what}")]
    Form { position: u64, what: String },
    #[error("the rules adopted at position {position} cannot be read")]
    Rules {
        position: u64,
        #[source]
        source: comity_rules::Faults,
    },
    #[error("the policies adopted at position {position} cannot be read: {what}")]
    Policies { position: u64, what: String },
    #[error("the hash that is stored beside the record at position {position} is not its hash")]
    Leaf { position: u64 },
    #[error("the records do not add up to the root that the register gives, at size {size}")]
    Root { size: u64 },
    #[error("the tree of size {size} gives no proof")]
    Tile {
        size: u64,
        #[source]
        source: comity_register::tile::TileError,
    },
    #[error("the node does not follow its register")]
    NotFollowing,
    #[error("the writer has stopped")]
    Stopped,
}

impl Error {
    /// What only a later program understands, where that is why.
    pub(crate) fn unknown(&self) -> Option<Unknown> {
        match self {
            Self::Act {
                position,
                source: DecodeError::UnknownKind { kind, version },
            } => Some(Unknown {
                position: *position,
                kind: kind.clone(),
                version: *version,
            }),
            // Rules that were in order when they were adopted: a later program reads more in them.
            Self::Rules { position, .. } | Self::Policies { position, .. } => Some(Unknown {
                position: *position,
                kind: "RulesAdopted".to_owned(),
                version: Act::version_of("RulesAdopted"),
            }),
            Self::Act { .. }
            | Self::Register(_)
            | Self::Form { .. }
            | Self::Leaf { .. }
            | Self::Root { .. }
            | Self::Tile { .. }
            | Self::NotFollowing
            | Self::Stopped => None,
        }
    }
}

/// Why a command made no acts.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Refusal {
    /// The seat may not do it.
    #[error("`{seat}` may not do `{command}` ({policy})")]
    NotPermitted {
        seat: String,
        command: &'static str,
        policy: String,
    },
    /// Nobody holds the seat any more from which it was to be done.
    #[error("nobody holds this seat any more")]
    SeatNotHeld,
    /// It is not in order.
    #[error("not in order ({}): {}", .0.code(), .0)]
    NotInOrder(Rejection),
    /// The node does not follow its register, so that nothing could be decided on true state. Nothing was entered.
    #[error("this node takes no acts: {standing}")]
    NotFollowing { standing: Standing },
    /// The register could not take it. Nothing was entered; it may be sent again.
    #[error("the register could not take it: {0}")]
    Unavailable(String),
    /// It may be in the register or not; sent again under the same id, it is answered with what it made, or made now.
    #[error("it may be in the register or not: {0}")]
    Unsettled(String),
}

impl Refusal {
    /// The rejection, where it is one.
    pub const fn rejection(&self) -> Option<&Rejection> {
        match self {
            Self::NotInOrder(rejection) => Some(rejection),
            Self::NotPermitted { .. }
            | Self::SeatNotHeld
            | Self::NotFollowing { .. }
            | Self::Unavailable(_)
            | Self::Unsettled(_) => None,
        }
    }

    /// What to do about it, for the operator.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotFollowing { standing } => standing.hint(),
            Self::Unavailable(_) => {
                Some("nothing was entered; see to the database, then try again")
            }
            Self::Unsettled(_) => {
                Some("see to the database, then look whether it is there before you try again")
            }
            Self::NotInOrder(_) | Self::NotPermitted { .. } | Self::SeatNotHeld => None,
        }
    }
}
