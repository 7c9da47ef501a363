use std::fmt;

use comity_register::Head;

/// How a node stands to its register. Only a node that follows takes acts; every other goes on serving what it holds,
/// marked with the instant as of which it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// It holds what the register holds, but for the last moment.
    #[default]
    Following,
    /// The register cannot be reached. It catches up by itself when it can.
    CutOff,
    /// The next record is one that only a later program understands. It holds everything before that one.
    Stopped(Unknown),
    /// What it holds is not the beginning of what the register holds, or what comes next cannot be believed. It never
    /// takes the other history in.
    Halted(Halt),
}

/// A record of a kind or version that this program does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub position: u64,
    pub kind: String,
    pub version: u32,
}

/// Why a node halted, and where the register stood then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halt {
    pub found: Head,
    pub why: HaltedBy,
}

/// What is wrong between a node and its register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HaltedBy {
    /// The register is shorter than what the node holds: it was put back to an earlier state.
    Shorter { own: Head },
    /// The register's records do not lead from what the node holds to the root that the register gives.
    OtherHistory { own: Head },
    /// A record that cannot be read at all.
    Unreadable { position: u64, what: String },
}

impl Standing {
    /// Every name that a monitor may see.
    pub const NAMES: [&'static str; 4] = ["following", "cut_off", "stopped", "halted"];

    /// The name under which monitors and logs know it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Following => "following",
            Self::CutOff => "cut_off",
            Self::Stopped(_) => "stopped",
            Self::Halted(_) => "halted",
        }
    }

    /// Whether acts are taken.
    pub const fn takes_acts(&self) -> bool {
        matches!(self, Self::Following)
    }

    /// What to do about it, for the operator.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Following => None,
            Self::CutOff => {
                Some("see to the database or the way to it; the node catches up by itself")
            }
            Self::Stopped(_) => {
                Some("upgrade this node to the version of the program that wrote the act")
            }
            Self::Halted(_) => Some(
                "find out which history is the right one with a checkpoint kept elsewhere before any node is restarted",
            ),
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Following => f.write_str("it follows the register"),
            Self::CutOff => f.write_str("it is cut off from the register"),
            Self::Stopped(unknown) => write!(f, "{unknown}"),
            Self::Halted(halt) => write!(f, "{halt}"),
        }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            position,
            kind,
            version,
        } = self;
        write!(
            f,
            "the act at position {position} is of kind `{kind}` version {version}, which this program does not know"
        )
    }
}

impl fmt::Display for Halt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found;
        match &self.why {
            HaltedBy::Shorter { own } => write!(
                f,
                "the register holds {} records and this node {}: it was put back to an earlier state",
                found.size, own.size
            ),
            HaltedBy::OtherHistory { own } => write!(
                f,
                "the register (size {}, root {}) does not begin with what this node holds (size {}, root {})",
                found.size, found.root, own.size, own.root
            ),
            HaltedBy::Unreadable { position, what } => {
                write!(
                    f,
                    "the record at position {position} cannot be read: {what}"
                )
            }
        }
    }
}
