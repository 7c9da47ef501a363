use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::DecodeError;
use crate::hash::{is_lowercase_hex, lowercase_hex, write_digits};

/// Serde by way of `Display` and `FromStr`: the text form is the only form.
macro_rules! text_serde {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use text_serde;

/// A short word of a fixed alphabet that never needs an escape in JSON.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $what:literal, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The word itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub(crate) fn accepts(text: &str) -> bool {
                let accepts: fn(&[u8]) -> bool = $accepts;
                (1..=64).contains(&text.len()) && accepts(text.as_bytes())
            }
        }

        impl FromStr for $name {
            type Err = DecodeError;

            fn from_str(text: &str) -> Result<Self, DecodeError> {
                if !Self::accepts(text) {
                    return Err(DecodeError::word($what, text));
                }
                Ok(Self(text.into()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        text_serde!($name);
    };
}

word! {
    /// The name that a command was given by who sent it: 1 to 64 of `a-z`, `0-9` and `-`.
    ///
    /// A command that is sent twice is answered with the acts that it made the first time.
    CommandId, "a command id (1 to 64 of `a-z`, `0-9` and `-`)",
    |bytes| bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
}

word! {
    /// The kind of an act, such as `AgendaAdopted`: 1 to 64 letters and digits of ASCII, a capital first.
    Kind, "a kind (1 to 64 letters and digits, a capital first)",
    |bytes| bytes[0].is_ascii_uppercase() && bytes.iter().all(u8::is_ascii_alphanumeric)
}

word! {
    /// The date from which an act takes effect, as EDTF text such as `2011-10` or `2011-10-15?`.
    ///
    /// The register looks at the alphabet only; what the date means is the calendar's matter.
    Effective, "a date as EDTF text",
    |bytes| bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-+:./?~%,{}[]".contains(byte))
}

impl From<ActId> for CommandId {
    fn from(id: ActId) -> Self {
        Self(id.to_string().into())
    }
}

/// The name of an act: 128 random bits, so that it tells neither when nor how many.
///
/// As text, 26 digits of Crockford's base 32 in lowercase, the most significant first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActId([u8; 16]);

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS_MAX: usize = 26;

impl ActId {
    /// The id made of 16 random bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    fn digits(self) -> [u8; DIGITS_MAX] {
        let mut rest = u128::from_be_bytes(self.0);
        let mut digits = [0; DIGITS_MAX];
        for digit in digits.iter_mut().rev() {
            *digit = DIGITS[(rest & 31) as usize];
            rest >>= 5;
        }
        digits
    }
}

impl fmt::Display for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.digits()).expect("the digits are ASCII"))
    }
}

impl fmt::Debug for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActId({self})")
    }
}

impl FromStr for ActId {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let wrong = || DecodeError::word("an act id (26 digits of base 32 in lowercase)", text);
        // 26 digits hold 130 bits: the first may not pass 7.
        if text.len() != DIGITS_MAX || text.as_bytes()[0] > b'7' {
            return Err(wrong());
        }
        let mut value = 0_u128;
        for byte in text.bytes() {
            value = (value << 5) | u128::from(digit_value(byte).ok_or_else(wrong)?);
        }
        Ok(Self(value.to_be_bytes()))
    }
}

text_serde!(ActId);

fn digit_value(byte: u8) -> Option<u8> {
    const NONE: u8 = u8::MAX;
    const VALUES: [u8; 128] = {
        let mut values = [NONE; 128];
        let mut value = 0;
        while value < DIGITS.len() {
            values[DIGITS[value] as usize] = value as u8;
            value += 1;
        }
        values
    };
    VALUES
        .get(usize::from(byte))
        .copied()
        .filter(|value| *value != NONE)
}

/// The 16 random bytes that keep a closed record from being guessed from its hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Salt([u8; 16]);

impl Salt {
    /// The salt made of 16 random bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Whether a text is a salt, without reading it.
    pub(crate) fn accepts(text: &str) -> bool {
        text.len() == 32 && is_lowercase_hex(text)
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits::<32>(f, &self.0)
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Salt({self})")
    }
}

impl FromStr for Salt {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        lowercase_hex(text)
            .map(Self)
            .ok_or_else(|| DecodeError::word("32 lowercase hexadecimal digits", text))
    }
}

text_serde!(Salt);

/// When a record was written, to the millisecond: `2011-10-15T14:00:00.000Z`, always 24 characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordedAt(jiff::Timestamp);

impl RecordedAt {
    /// The instant, cut to the millisecond at or before it.
    ///
    /// # Errors
    /// The year is not between 0000 and 9999, so that four digits do not hold it.
    pub fn new(instant: jiff::Timestamp) -> Result<Self, DecodeError> {
        let wrong =
            || DecodeError::word("an instant of the years 0000 to 9999", &instant.to_string());
        let millisecond = instant.as_nanosecond().div_euclid(1_000_000);
        let millisecond = i64::try_from(millisecond).map_err(|_| wrong())?;
        let cut = jiff::Timestamp::from_millisecond(millisecond).map_err(|_| wrong())?;
        if !(0..=9999).contains(&Offset::UTC.to_datetime(cut).year()) {
            return Err(wrong());
        }
        Ok(Self(cut))
    }

    /// The instant.
    pub const fn timestamp(self) -> jiff::Timestamp {
        self.0
    }
}

impl fmt::Display for RecordedAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = Offset::UTC.to_datetime(self.0);
        // Digit by digit: it stands in every record, and a format string takes longer than the rest of one.
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let mut put = |places: std::ops::Range<usize>, value: u16| {
            let mut left = value;
            for place in text[places].iter_mut().rev() {
                *place += (left % 10) as u8;
                left /= 10;
            }
        };
        put(0..4, at.year().unsigned_abs());
        let parts = [at.month(), at.day(), at.hour(), at.minute(), at.second()];
        for (place, value) in [5, 8, 11, 14, 17].into_iter().zip(parts) {
            put(place..place + 2, value.unsigned_abs().into());
        }
        put(20..23, at.millisecond().unsigned_abs());
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for RecordedAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordedAt({self})")
    }
}

impl FromStr for RecordedAt {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        instant(text.as_bytes())
            .map(Self)
            .ok_or_else(|| DecodeError::word("an instant such as `2011-10-15T14:00:00.000Z`", text))
    }
}

text_serde!(RecordedAt);

/// Strict on purpose: one instant has one text, and a leap second has none.
fn instant(text: &[u8]) -> Option<jiff::Timestamp> {
    const SHAPE: &[u8; 24] = b"0000-00-00T00:00:00.000Z";
    let fits = |(byte, shape): (&u8, &u8)| {
        if *shape == b'0' {
            byte.is_ascii_digit()
        } else {
            byte == shape
        }
    };
    if text.len() != SHAPE.len() || !text.iter().zip(SHAPE).all(fits) {
        return None;
    }
    let number = |from: usize, to: usize| {
        text[from..to]
            .iter()
            .fold(0_i16, |sum, byte| sum * 10 + i16::from(byte - b'0'))
    };
    let small = |from: usize| number(from, from + 2) as i8;
    let nanosecond = i32::from(number(20, 23)) * 1_000_000;
    let at = DateTime::new(
        number(0, 4),
        small(5),
        small(8),
        small(11),
        small(14),
        small(17),
        nanosecond,
    )
    .ok()?;
    Offset::UTC.to_timestamp(at).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_act_id_is_26_digits() {
        assert_eq!(
            ActId::from_bytes([0; 16]).to_string(),
            "00000000000000000000000000"
        );
        assert_eq!(
            ActId::from_bytes([255; 16]).to_string(),
            "7zzzzzzzzzzzzzzzzzzzzzzzzz"
        );
        assert!(
            "8zzzzzzzzzzzzzzzzzzzzzzzzz".parse::<ActId>().is_err(),
            "129 bits"
        );
        assert!(
            "0000000000000000000000000A".parse::<ActId>().is_err(),
            "a capital"
        );
        assert!(
            "0000000000000000000000000l".parse::<ActId>().is_err(),
            "an ambiguous letter"
        );
        assert!(
            "0000000000000000000000000é".parse::<ActId>().is_err(),
            "not ASCII"
        );
    }

    #[test]
    fn an_instant_has_one_text() {
        for text in [
            "2011-10-15T14:00:00.000Z",
            "0000-01-01T00:00:00.000Z",
            "9999-12-30T22:00:00.999Z",
        ] {
            assert_eq!(text.parse::<RecordedAt>().unwrap().to_string(), text);
        }
        for text in [
            "2011-10-15T14:00:00Z",
            "2011-10-15T14:00:00.0000Z",
            "2011-10-15t14:00:00.000Z",
            "2011-10-15T14:00:60.000Z",
            "2011-02-29T14:00:00.000Z",
            "2011-10-15T14:00:00.000+00:00",
        ] {
            assert!(text.parse::<RecordedAt>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_instant_is_cut_to_the_millisecond_before_it() {
        let just_before_1970 = jiff::Timestamp::from_nanosecond(-1).unwrap();
        assert_eq!(
            RecordedAt::new(just_before_1970).unwrap().to_string(),
            "1969-12-31T23:59:59.999Z"
        );
    }

    #[test]
    fn words_keep_to_their_alphabet() {
        assert!("import-2011-0001".parse::<CommandId>().is_ok());
        assert!("Import".parse::<CommandId>().is_err());
        assert!("".parse::<CommandId>().is_err());
        assert!("a".repeat(65).parse::<CommandId>().is_err());
        assert!("AgendaAdopted".parse::<Kind>().is_ok());
        assert!("agendaAdopted".parse::<Kind>().is_err());
        assert!("2011-10-15?/2012".parse::<Effective>().is_ok());
        let error = "2011\"".parse::<Effective>().unwrap_err();
        assert_eq!(error.to_string(), r#"`2011\"` is not a date as EDTF text"#);
    }

    proptest! {
        #[test]
        fn an_act_id_is_read_as_written(bytes: [u8; 16]) {
            let id = ActId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse::<ActId>().unwrap(), id);
        }

        #[test]
        fn ids_and_instants_sort_as_their_texts(a: [u8; 16], b: [u8; 16], x in 0_i64..250_000_000_000_000, y in 0_i64..250_000_000_000_000) {
            let (a, b) = (ActId::from_bytes(a), ActId::from_bytes(b));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
            let at = |ms| RecordedAt::new(jiff::Timestamp::from_millisecond(ms).unwrap()).unwrap();
            prop_assert_eq!(x.cmp(&y), at(x).to_string().cmp(&at(y).to_string()));
            prop_assert_eq!(at(x).to_string().parse::<RecordedAt>().unwrap(), at(x));
        }
    }
}
