//! Who may do what: the one decision point, asked for every read and every act.
//!
//! It holds the seats and the answer to [`may`]. It must not know whether a command is in order (that is
//! `conference`'s `decide`), nor the clock. Two seats exist so far, the public and the host's operator; the policies
//! of delegations come through the same door.
//!
//! Start with [`may`].

use serde::Serialize;

/// From where somebody acts or reads.
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

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    Read,
    AdoptRules,
    AdoptCheckpointKey,
    ErasePerson,
    RecordFacts,
}

impl Action {
    /// Every action, for tests that walk them.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::AdoptRules,
        Self::AdoptCheckpointKey,
        Self::ErasePerson,
        Self::RecordFacts,
    ];
}

/// The class of thing that it is done to.
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
    /// Id of the policy that decided; `deny-by-default` where none permits.
    pub policy: &'static str,
}

/// Whether a seat may do something to a class of thing.
///
/// # Example: nobody but the operator records facts
/// ```
/// use comity_policy::{may, Action, Resource, Seat};
/// assert!(may(Seat::Operator, Action::RecordFacts, Resource::Register).allowed);
/// assert!(!may(Seat::Public, Action::RecordFacts, Resource::Register).allowed);
/// ```
pub const fn may(seat: Seat, action: Action, resource: Resource) -> Decision {
    let policy = match (seat, action, resource) {
        (Seat::Public | Seat::Operator, Action::Read, Resource::Published) => "published-is-public",
        (Seat::Operator, Action::AdoptCheckpointKey, Resource::Register) => {
            "operator-keeps-the-keys"
        }
        (Seat::Operator, Action::AdoptRules | Action::RecordFacts, Resource::Register) => {
            "operator-keeps-the-record"
        }
        (Seat::Operator, Action::ErasePerson, Resource::Register) => "operator-forgets",
        (Seat::Operator, Action::Read, Resource::Register) => "operator-verifies",
        (
            Seat::Public,
            Action::AdoptRules
            | Action::AdoptCheckpointKey
            | Action::ErasePerson
            | Action::RecordFacts,
            Resource::Register | Resource::Published,
        )
        | (Seat::Public, Action::Read, Resource::Register)
        | (
            Seat::Operator,
            Action::AdoptRules
            | Action::AdoptCheckpointKey
            | Action::ErasePerson
            | Action::RecordFacts,
            Resource::Published,
        ) => {
            return Decision {
                allowed: false,
                policy: "deny-by-default",
            };
        }
    };
    Decision {
        allowed: true,
        policy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seat x action x class: a change of policy is a change of this table.
    #[test]
    fn the_matrix_of_seats_actions_and_classes() {
        let mut table = String::new();
        for seat in Seat::ALL {
            for action in Action::ALL {
                for resource in Resource::ALL {
                    let Decision { allowed, policy } = may(seat, action, resource);
                    let mark = if allowed { "may" } else { "-" };
                    table.push_str(&format!(
                        "{seat:?} {action:?} {resource:?}: {mark} ({policy})\n"
                    ));
                }
            }
        }
        assert_eq!(
            table,
            "Public Read Register: - (deny-by-default)\n\
             Public Read Published: may (published-is-public)\n\
             Public AdoptRules Register: - (deny-by-default)\n\
             Public AdoptRules Published: - (deny-by-default)\n\
             Public AdoptCheckpointKey Register: - (deny-by-default)\n\
             Public AdoptCheckpointKey Published: - (deny-by-default)\n\
             Public ErasePerson Register: - (deny-by-default)\n\
             Public ErasePerson Published: - (deny-by-default)\n\
             Public RecordFacts Register: - (deny-by-default)\n\
             Public RecordFacts Published: - (deny-by-default)\n\
             Operator Read Register: may (operator-verifies)\n\
             Operator Read Published: may (published-is-public)\n\
             Operator AdoptRules Register: may (operator-keeps-the-record)\n\
             Operator AdoptRules Published: - (deny-by-default)\n\
             Operator AdoptCheckpointKey Register: may (operator-keeps-the-keys)\n\
             Operator AdoptCheckpointKey Published: - (deny-by-default)\n\
             Operator ErasePerson Register: may (operator-forgets)\n\
             Operator ErasePerson Published: - (deny-by-default)\n\
             Operator RecordFacts Register: may (operator-keeps-the-record)\n\
             Operator RecordFacts Published: - (deny-by-default)\n"
        );
    }
}
