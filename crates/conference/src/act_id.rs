use std::fmt;

use serde::{Deserialize, Serialize};

/// The random id of an act: 16 bytes; as text, 26 digits of base 32.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActId([u8; 16]);

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS_MAX: usize = 26;

impl ActId {
    /// The id made of 16 random bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The id of this text; `None` where it is not 26 digits of base 32 in lowercase, or more than 16 bytes.
    pub fn new(text: &str) -> Option<Self> {
        // 26 digits hold 130 bits: the first may not pass 7.
        if text.len() != DIGITS_MAX || text.as_bytes()[0] > b'7' {
            return None;
        }
        let mut value = 0_u128;
        for byte in text.bytes() {
            let digit = DIGITS.binary_search(&byte).ok()?;
            value = (value << 5) | digit as u128;
        }
        Some(Self(value.to_be_bytes()))
    }
}

impl fmt::Display for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = u128::from_be_bytes(self.0);
        let mut digits = [0; DIGITS_MAX];
        for digit in digits.iter_mut().rev() {
            *digit = DIGITS[(rest & 31) as usize];
            rest >>= 5;
        }
        f.write_str(std::str::from_utf8(&digits).expect("the digits are ASCII"))
    }
}

impl fmt::Debug for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActId({self})")
    }
}

impl Serialize for ActId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ActId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::new(&text)
            .ok_or_else(|| serde::de::Error::custom("an act id has 26 digits of base 32"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_its_text() {
        for text in [
            "00000000000000000000000000",
            "7zzzzzzzzzzzzzzzzzzzzzzzzz",
            "200b6vrb20e3mr48fq7am7ps6b",
        ] {
            assert_eq!(ActId::new(text).unwrap().to_string(), text);
        }
        assert_eq!(
            ActId::from_bytes([255; 16]),
            ActId::new("7zzzzzzzzzzzzzzzzzzzzzzzzz").unwrap()
        );
        for wrong in [
            "",
            "0000000000000000000000000",
            "8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "0000000000000000000000000A",
            "0000000000000000000000000u",
            "000000000000000000000000\u{e9}",
        ] {
            assert_eq!(ActId::new(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ids_are_ordered_as_their_texts() {
        let [a, b] = ["00000000000000000000000z00", "0000000000000000000000100a"]
            .map(|text| ActId::new(text).unwrap());
        assert!(a < b);
    }
}
