use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::IdMalformed;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The id of a person: 16 random bytes as 26 digits of base 32, the form in which acts name it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PersonId([u8; 26]);

impl PersonId {
    /// The id of these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let mut number = u128::from_be_bytes(bytes);
        let mut digits = [0; 26];
        for digit in digits.iter_mut().rev() {
            *digit = DIGITS[usize::from(number as u8 & 31)];
            number >>= 5;
        }
        Self(digits)
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("digits are ASCII")
    }
}

impl FromStr for PersonId {
    type Err = IdMalformed;

    fn from_str(text: &str) -> Result<Self, IdMalformed> {
        let malformed = || IdMalformed(text.chars().take(80).collect());
        let digits: [u8; 26] = text.as_bytes().try_into().map_err(|_| malformed())?;
        // 26 digits hold 130 bits, and an id has 128.
        let is_id = digits.iter().all(|digit| DIGITS.contains(digit)) && digits[0] <= b'7';
        is_id.then_some(Self(digits)).ok_or_else(malformed)
    }
}

impl TryFrom<String> for PersonId {
    type Error = IdMalformed;

    fn try_from(text: String) -> Result<Self, IdMalformed> {
        text.parse()
    }
}

impl From<PersonId> for String {
    fn from(id: PersonId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonId({self})")
    }
}

/// What is known of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub id: PersonId,
    /// As it is written on a page.
    pub name: String,
    /// Where mail goes; absent where none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A telephone, as it is dialled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The language that they are addressed in, by its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The time zone that they work in, by its IANA name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// When somebody who may last said that all of it is right (P-07, C-10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
}

impl Person {
    /// Somebody of whom nothing but the name is known.
    pub fn new(id: PersonId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            email: None,
            phone: None,
            language: None,
            zone: None,
            confirmed_at: None,
        }
    }
}

/// Without name and address: a log must never hold them.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_and_read() {
        let id = PersonId::from_bytes([0xff; 16]);
        assert_eq!(id.as_str(), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
        assert_eq!(id.as_str().parse::<PersonId>().unwrap(), id);
        let nothing = PersonId::from_bytes([0; 16]);
        assert_eq!(nothing.as_str(), "0".repeat(26));
        for wrong in [
            "",
            "8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "7zzzzzzzzzzzzzzzzzzzzzzzzi",
            "7Z",
        ] {
            assert!(wrong.parse::<PersonId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_log_never_holds_name_or_address() {
        let person = Person {
            email: Some("maria@example.org".to_owned()),
            ..Person::new(PersonId::from_bytes([1; 16]), "María López")
        };
        let logged = format!("{person:?}");
        assert!(
            !logged.contains("Mar") && !logged.contains("example"),
            "{logged}"
        );
    }
}
