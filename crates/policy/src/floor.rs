use serde::Serialize;

use crate::Action;

/// From where somebody acts or reads who holds no seat of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seat {
    /// Anybody, without signing in.
    Public,
    /// Whoever runs the program on the host's machine.
    Operator,
}

impl Seat {
    /// Every seat, for tests that walk them.
    pub const ALL: [Self; 2] = [Self::Public, Self::Operator];

    /// The name in records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Operator => "operator",
        }
    }
}

/// The classes of thing that exist before any rules do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// The register as a whole.
    Register,
    /// A fact taken from a published source, or the rules.
    Published,
}

impl Resource {
    /// Every class, for tests that walk them.
    pub const ALL: [Self; 2] = [Self::Register, Self::Published];
}

/// The answer, with the policy that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub allowed: bool,
    /// Id of the policy that decided; [`DENY_BY_DEFAULT`] where none permits.
    pub policy: &'static str,
}

/// What decides where no policy permits.
pub const DENY_BY_DEFAULT: &str = "deny-by-default";

/// What holds before a register has rules: anybody reads what is published, and the operator keeps the register.
///
/// The policies of every process answer the same for these two seats; a test of `access` compares them, question by
/// question, down to the policy that decides.
///
/// # Example: nobody but the operator records facts
/// ```
/// use comity_policy::{may, Action, Resource, Seat};
/// assert!(may(Seat::Operator, Action::RecordFacts, Resource::Register).allowed);
/// assert!(!may(Seat::Public, Action::RecordFacts, Resource::Register).allowed);
/// ```
pub const fn may(seat: Seat, action: Action, resource: Resource) -> Decision {
    let permit = match (seat, resource) {
        (Seat::Public | Seat::Operator, Resource::Published) => published(action),
        (Seat::Operator, Resource::Register) => operators(action),
        (Seat::Public, Resource::Register) => None,
    };
    match permit {
        Some(policy) => Decision {
            allowed: true,
            policy,
        },
        None => Decision {
            allowed: false,
            policy: DENY_BY_DEFAULT,
        },
    }
}

const fn published(action: Action) -> Option<&'static str> {
    if matches!(action, Action::Read) {
        Some("published-is-public")
    } else {
        None
    }
}

const fn operators(action: Action) -> Option<&'static str> {
    if matches!(action, Action::Read) {
        return Some("operator-verifies");
    }
    if matches!(action, Action::AdoptCheckpointKey) {
        return Some("operator-keeps-the-keys");
    }
    if matches!(action, Action::ErasePerson) {
        return Some("operator-forgets");
    }
    if matches!(
        action,
        Action::AdoptRules | Action::RecordFacts | Action::Export
    ) {
        return Some("operator-keeps-the-record");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that is allowed; all else is not.
    #[test]
    fn the_matrix_of_what_holds_before_any_rules() {
        let mut table = String::new();
        for seat in Seat::ALL {
            for &action in Action::ALL {
                for resource in Resource::ALL {
                    let Decision { allowed, policy } = may(seat, action, resource);
                    if allowed {
                        table.push_str(&format!("{seat:?} {action:?} {resource:?}: {policy}\n"));
                    } else {
                        assert_eq!(policy, DENY_BY_DEFAULT);
                    }
                }
            }
        }
        assert_eq!(
            table,
            "Public Read Published: published-is-public\n\
             Operator Read Register: operator-verifies\n\
             Operator Read Published: published-is-public\n\
             Operator Export Register: operator-keeps-the-record\n\
             Operator AdoptRules Register: operator-keeps-the-record\n\
             Operator AdoptCheckpointKey Register: operator-keeps-the-keys\n\
             Operator ErasePerson Register: operator-forgets\n\
             Operator RecordFacts Register: operator-keeps-the-record\n"
        );
    }
}
