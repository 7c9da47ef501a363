//! Canonical JSON: RFC 8785 with ASCII keys, integers within ±(2^53-1) and no floats.
//!
//! The keys are sorted here, whatever order the JSON library keeps: a dependency may change that order for everybody.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::DecodeError;

/// How deep a record may be nested; far from where a reader's stack ends.
pub const DEPTH_MAX: usize = 64;

/// The largest integer that every JSON reader keeps exactly: 2^53 - 1.
pub const INTEGER_MAX: i64 = (1 << 53) - 1;

/// The canonical bytes of a value.
///
/// # Errors
/// The value holds a float, an integer out of range, a key that is not ASCII, or is nested too deep.
///
/// # Example: keys are sorted and nothing is left between them
///
/// ```
/// let value = serde_json::json!({"b": [1, true], "a": "é\n"});
/// assert_eq!(comity_register::canonical::encode(&value)?, r#"{"a":"é\n","b":[1,true]}"#.as_bytes());
/// # Ok::<(), comity_register::DecodeError>(())
/// ```
pub fn encode(value: &Value) -> Result<Vec<u8>, DecodeError> {
    let mut out = Vec::new();
    write_value(value, DEPTH_MAX, &mut out)?;
    Ok(out)
}

/// Whether the bytes are the canonical form of what they say.
///
/// # Errors
/// They are not, or they are not JSON; the error says where.
pub fn check(bytes: &[u8]) -> Result<(), DecodeError> {
    let value: Value = serde_json::from_slice(bytes)?;
    let canonical = encode(&value)?;
    if canonical == bytes {
        return Ok(());
    }
    let same = canonical
        .iter()
        .zip(bytes)
        .take_while(|(a, b)| a == b)
        .count();
    Err(DecodeError::NotCanonical { at: same })
}

fn write_value(value: &Value, depth_left: usize, out: &mut Vec<u8>) -> Result<(), DecodeError> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(number, out)?,
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            let depth_left = deeper(depth_left)?;
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write_value(item, depth_left, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let depth_left = deeper(depth_left)?;
            let mut members: Vec<_> = members.iter().collect();
            // RFC 8785 sorts by UTF-16 code units; for ASCII that is the order of the bytes.
            members.sort_unstable_by_key(|(key, _)| *key);
            out.push(b'{');
            for (place, (key, item)) in members.into_iter().enumerate() {
                if !key.is_ascii() {
                    return Err(DecodeError::Key(key.clone()));
                }
                if place > 0 {
                    out.push(b',');
                }
                write_string(key, out);
                out.push(b':');
                write_value(item, depth_left, out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn deeper(depth_left: usize) -> Result<usize, DecodeError> {
    depth_left.checked_sub(1).ok_or(DecodeError::Depth {
        depth_max: DEPTH_MAX,
    })
}

fn write_number(number: &serde_json::Number, out: &mut Vec<u8>) -> Result<(), DecodeError> {
    match number.as_i64() {
        Some(integer) if (-INTEGER_MAX..=INTEGER_MAX).contains(&integer) => {
            out.extend_from_slice(integer.to_string().as_bytes());
            Ok(())
        }
        _ => Err(DecodeError::Number(number.to_string())),
    }
}

pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut written = 0;
    for (place, byte) in bytes.iter().enumerate() {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            0..0x20 => b'u',
            _ => continue,
        };
        out.extend_from_slice(&bytes[written..place]);
        out.extend_from_slice(&[b'\\', short]);
        if short == b'u' {
            out.extend_from_slice(format!("{byte:04x}").as_bytes());
        }
        written = place + 1;
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

/// The text of one JSON object, canonical when it was made here.
///
/// An object that was decoded with a record is taken as it stands, which is what makes reading fast; appending and
/// verifying look at its form.
#[derive(Clone, Debug)]
pub struct Object(Box<str>);

impl Object {
    /// The canonical object of a value, whatever order its keys come in.
    ///
    /// # Errors
    /// It is not an object, or has no canonical form (see [`encode`]).
    pub fn new<T: Serialize + ?Sized>(value: &T) -> Result<Self, DecodeError> {
        Self::of(&serde_json::to_value(value)?)
    }

    /// The canonical form of an object.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of(value: &Value) -> Result<Self, DecodeError> {
        if !value.is_object() {
            return Err(DecodeError::NotAnObject);
        }
        let mut out = Vec::new();
        write_value(value, DEPTH_MAX - 1, &mut out)?;
        let text = String::from_utf8(out).expect("canonical JSON is UTF-8");
        Ok(Self(text.into()))
    }

    pub(crate) fn from_raw(raw: &RawValue) -> Result<Self, DecodeError> {
        if !raw.get().starts_with('{') {
            return Err(DecodeError::NotAnObject);
        }
        Ok(Self(raw.get().into()))
    }

    /// The object of a text that was looked at.
    pub(crate) fn from_canonical(text: &str) -> Self {
        Self(text.into())
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The object as a value of a type.
    ///
    /// # Errors
    /// The object does not have the shape of that type.
    pub fn parse<'de, T: Deserialize<'de>>(&'de self) -> Result<T, DecodeError> {
        Ok(serde_json::from_str(self.as_str())?)
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Object {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn refused(bytes: &[u8], message: &str) {
        assert_eq!(
            check(bytes).unwrap_err().to_string(),
            message,
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }

    #[test]
    fn strings_are_escaped_as_rfc_8785_says() {
        let text = "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\/\u{7f}é\u{2028}\u{202e}🕊";
        let expected = "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u{7f}é\u{2028}\u{202e}🕊\"";
        assert_eq!(
            String::from_utf8(encode(&json!(text)).unwrap()).unwrap(),
            expected
        );
    }

    #[test]
    fn integers_end_at_two_to_the_53_less_one() {
        check(b"[9007199254740991,-9007199254740991,0]").unwrap();
        refused(
            b"[9007199254740992]",
            "the number `9007199254740992` is not an integer between -(2^53-1) and 2^53-1",
        );
        refused(
            b"[1.5]",
            "the number `1.5` is not an integer between -(2^53-1) and 2^53-1",
        );
        refused(
            b"[1.0]",
            "the number `1.0` is not an integer between -(2^53-1) and 2^53-1",
        );
        refused(
            b"[-0]",
            "the number `-0.0` is not an integer between -(2^53-1) and 2^53-1",
        );
    }

    #[test]
    fn other_forms_of_the_same_value_are_refused() {
        refused(
            br#"{"a": 1}"#,
            "the bytes differ from their canonical form at byte 5",
        );
        refused(
            br#"{"b":1,"a":2}"#,
            "the bytes differ from their canonical form at byte 2",
        );
        refused(
            br#"{"a":1,"a":1}"#,
            "the bytes differ from their canonical form at byte 6",
        );
        refused(
            br#"{"a":"\u0041"}"#,
            "the bytes differ from their canonical form at byte 6",
        );
        refused(
            br#"{"a":"\/"}"#,
            "the bytes differ from their canonical form at byte 6",
        );
        refused("{\"é\":1}".as_bytes(), "the key `é` is not ASCII");
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        check(nested(64).as_bytes()).unwrap();
        refused(
            nested(65).as_bytes(),
            "the value is nested deeper than 64 levels",
        );
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-INTEGER_MAX..=INTEGER_MAX).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[ -~]{0,6}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_canonical_form_says_the_same_and_is_its_own(value in values()) {
            let bytes = encode(&value).unwrap();
            prop_assert_eq!(&serde_json::from_slice::<Value>(&bytes).unwrap(), &value);
            prop_assert!(check(&bytes).is_ok());
        }
    }
}
