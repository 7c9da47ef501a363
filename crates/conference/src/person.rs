//! People, of whom the register knows nothing but an opaque id; and the act by which somebody is forgotten.

use std::fmt;

use comity_rules::Rules;
use serde::{Deserialize, Serialize};

use crate::{Act, ActBody, Conference, Origin, Rejection};

/// The id of a person: 16 random bytes as 26 digits of base 32. Name and address are in the directory, never here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId([u8; 26]);

impl PersonId {
    /// The id of these digits; `None` where they are none.
    pub fn new(text: &str) -> Option<Self> {
        let digits: [u8; 26] = text.as_bytes().try_into().ok()?;
        let is_digit = |digit: &u8| b"0123456789abcdefghjkmnpqrstvwxyz".contains(digit);
        // 26 digits hold 130 bits, and an id has 128.
        (digits.iter().all(is_digit) && digits[0] <= b'7').then_some(Self(digits))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("`new` admits ASCII only")
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

impl Serialize for PersonId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PersonId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::new(&text)
            .ok_or_else(|| serde::de::Error::custom("a person's id has 26 digits of base 32"))
    }
}

/// What the directory held of a person is destroyed, and stays so after every restore. What the person did stays, under
/// an id that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonErased {
    pub person: PersonId,
}

/// An erasure is in order once for each id. Whether the directory knows the person is not asked: the act must also be
/// possible where the directory was lost, so that an older copy of it is cleaned when it comes back.
pub(crate) fn erase(
    conference: &Conference,
    rules: Option<&Rules>,
    person: &str,
) -> Result<Vec<Act>, Rejection> {
    if rules.is_none() {
        return Err(Rejection::NoRulesAdopted);
    }
    let Some(id) = PersonId::new(person) else {
        return Err(Rejection::PersonIdMalformed {
            person: person.to_owned(),
        });
    };
    if let Some(act) = conference.erased.get(&id) {
        return Err(Rejection::PersonErasedAlready {
            person: id,
            act: *act,
        });
    }
    Ok(vec![Act {
        effective: None,
        origin: Origin::Enacted,
        body: ActBody::PersonErased(PersonErased { person: id }),
    }])
}
