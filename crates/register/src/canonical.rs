//! Canonical JSON: RFC 8785 with ASCII keys, integers within ±(2^53-1) and no floats.
//!
//! The keys are sorted here, whatever order the JSON library keeps: a dependency may change that order for everybody.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use self::serializer::{Form, Refused};
use crate::DecodeError;

mod serializer;

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
    write(value, DEPTH_MAX, &mut out)?;
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

/// Writes the canonical form of a value behind what stands there.
fn write<T: Serialize + ?Sized>(
    value: &T,
    depth_left: usize,
    out: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    let written = value.serialize(Form { out, depth_left });
    written.map_err(|Refused(error)| error)
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

/// How long most objects are at most.
const USUAL: usize = 1_024;

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
        let mut out = Vec::with_capacity(USUAL);
        write(value, DEPTH_MAX - 1, &mut out)?;
        if out.first() != Some(&b'{') {
            return Err(DecodeError::NotAnObject);
        }
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
    use std::collections::BTreeMap;

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

    /// Members put in by their keys, for a library that keeps that order or sorts by itself.
    fn sorted(value: Value) -> Value {
        match value {
            Value::Array(items) => items.into_iter().map(sorted).collect(),
            Value::Object(members) => {
                let members: BTreeMap<String, Value> = members.into_iter().collect();
                let members = members.into_iter();
                Value::Object(members.map(|(key, item)| (key, sorted(item))).collect())
            }
            other => other,
        }
    }

    #[derive(Serialize)]
    struct Typed {
        zeta: Option<u8>,
        alpha: (i64, char, &'static str),
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u8>,
        middle: Vec<Variant>,
        by_number: BTreeMap<u16, bool>,
        #[serde(flatten)]
        among: Among,
        unit: (),
    }

    #[derive(Serialize)]
    struct Among {
        beta: Wrapped,
        aleph: Unit,
    }

    #[derive(Serialize)]
    struct Wrapped(BTreeMap<&'static str, Option<i8>>);

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Variant {
        Bare,
        One(String),
        Two(u8, u8),
        Named { y: u8, x: Vec<u8> },
    }

    fn typed() -> Typed {
        Typed {
            zeta: None,
            alpha: (-INTEGER_MAX, 'é', "\"\n"),
            left_out: None,
            middle: vec![
                Variant::Bare,
                Variant::One("ñ".to_owned()),
                Variant::Two(1, 2),
                Variant::Named {
                    y: 1,
                    x: Vec::new(),
                },
            ],
            // As texts 10 is before 9.
            by_number: [(9, true), (10, false)].into(),
            among: Among {
                beta: Wrapped([("\"", Some(-1)), ("z", None), ("a", Some(0))].into()),
                aleph: Unit,
            },
            unit: (),
        }
    }

    #[test]
    fn a_value_of_a_type_is_written_as_the_json_that_it_makes() {
        let json = serde_json::to_value(typed()).unwrap();
        let text = Object::new(&typed()).unwrap();
        assert_eq!(text.as_str().as_bytes(), encode(&json).unwrap());
        assert_eq!(text.as_str(), serde_json::to_string(&sorted(json)).unwrap());
        assert!(
            text.as_str().starts_with("{\"aleph\":null,\"alpha\":["),
            "{}",
            text.as_str()
        );
        check(text.as_str().as_bytes()).unwrap();
    }

    #[test]
    fn values_without_a_form_are_refused() {
        let why = |value: &dyn erased::Value| value.object().unwrap_err().to_string();
        assert_eq!(why(&json!(7)), "the value is not an object");
        assert_eq!(why(&json!([])), "the value is not an object");
        assert!(why(&BTreeMap::from([("a", 1.5_f32)])).starts_with("the number `1.5`"));
        assert!(why(&BTreeMap::from([("a", f64::NAN)])).starts_with("the number `NaN`"));
        assert!(
            why(&BTreeMap::from([("a", u64::MAX)]))
                .starts_with("the number `18446744073709551615`")
        );
        assert_eq!(why(&BTreeMap::from([("é", 1)])), "the key `é` is not ASCII");
        let no_key = why(&BTreeMap::from([(true, 1)]));
        assert_eq!(no_key, "the text is not the JSON that a record is made of");
        let deep = (0..63).fold(json!({}), |inner, _| json!([inner]));
        assert!(Object::new(&json!({"k": deep})).is_err());
    }

    /// Values of several types at once.
    mod erased {
        pub(super) trait Value {
            fn object(&self) -> Result<super::Object, super::DecodeError>;
        }

        impl<T: serde::Serialize> Value for T {
            fn object(&self) -> Result<super::Object, super::DecodeError> {
                super::Object::new(self)
            }
        }
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_that_of_the_sorted_value(value in values()) {
            let bytes = encode(&value).unwrap();
            prop_assert_eq!(bytes, serde_json::to_vec(&sorted(value)).unwrap());
        }

        #[test]
        fn the_canonical_form_says_the_same_and_is_its_own(value in values()) {
            let bytes = encode(&value).unwrap();
            prop_assert_eq!(&serde_json::from_slice::<Value>(&bytes).unwrap(), &value);
            prop_assert!(check(&bytes).is_ok());
        }
    }
}
