//! The key that signs the register's checkpoints: its adoption is an act, so that every member sees when it changed.

use comity_rules::Rules;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Act, ActBody, ActId, Conference, Origin, Rejection, RulesAdopted};

/// From now on checkpoints are signed with this key. The key before it goes on signing for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointKeyAdopted {
    /// The verifier key: `name+id+base64(1 ‖ 32 bytes of Ed25519)`. The name is the origin of the checkpoints.
    pub key: String,
}

/// A key that was adopted, with the act that did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptedKey {
    pub key: String,
    pub act: ActId,
    pub recorded_at: Timestamp,
}

impl RulesAdopted {
    /// The name of the register, which stands first in its checkpoints and names its keys.
    pub fn origin(&self) -> String {
        let kind = if self.demo { "demo" } else { "register" };
        format!("{}/{kind}/{}", self.process, self.register)
    }
}

/// A key is taken in order when it is written as keys are, has the register's name, and was not adopted before.
pub(crate) fn adopt(
    conference: &Conference,
    rules: Option<&Rules>,
    key: &str,
) -> Result<Vec<Act>, Rejection> {
    let (Some((_, adopted)), Some(_)) = (&conference.rules, rules) else {
        return Err(Rejection::NoRulesAdopted);
    };
    let Some(name) = name_of(key) else {
        return Err(Rejection::KeyMalformed {
            key: key.to_owned(),
        });
    };
    let origin = adopted.origin();
    if name != origin {
        return Err(Rejection::KeyOfAnotherRegister {
            name: name.to_owned(),
            origin,
        });
    }
    if conference.keys.iter().any(|held| held.key == key) {
        return Err(Rejection::KeyAdoptedAlready {
            key: key.to_owned(),
        });
    }
    Ok(vec![Act {
        effective: None,
        origin: Origin::Enacted,
        body: ActBody::CheckpointKeyAdopted(CheckpointKeyAdopted {
            key: key.to_owned(),
        }),
    }])
}

/// The name in a key that is written as it has to be. Whether its bytes are a point of the curve, and its id their
/// hash, is for whoever computes with it: this crate does not.
fn name_of(key: &str) -> Option<&str> {
    let (name, rest) = key.split_once('+')?;
    let (id, key) = rest.split_once('+')?;
    let named = !name.is_empty()
        && name
            .chars()
            .all(|character| !character.is_whitespace() && !character.is_control());
    let told = id.len() == 8
        && id
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (named && told && is_ed25519(key.as_bytes())).then_some(name)
}

/// 33 bytes are 44 digits of base 64 without padding, each of which counts. The first byte is 1, for Ed25519: a digit
/// `A` of six zeros, and a digit that begins with the bits 01.
fn is_ed25519(digits: &[u8]) -> bool {
    let [b'A', second, rest @ ..] = digits else {
        return false;
    };
    let digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    rest.len() == 42 && matches!(second, b'Q'..=b'Z' | b'a'..=b'f') && rest.iter().all(digit)
}
