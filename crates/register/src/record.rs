use serde::Deserialize;
use serde_json::value::RawValue;

use crate::canonical::{self, write_string};
use crate::{
    ActId, CommandId, DecodeError, Effective, Hash, Kind, Object, Parts, RecordedAt, Salt,
};

/// One act as the register keeps it: the envelope, and a body that the register does not read.
///
/// What is stored and hashed is [`Record::encode`], once, and never written again from the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The random id of the act.
    pub act: ActId,
    /// The command that made the act.
    pub command: CommandId,
    /// The place of the act among those of its command, from 0.
    pub ordinal: u32,
    /// The place of the record in the register, from 0.
    pub position: u64,
    /// When it was recorded.
    pub at: RecordedAt,
    /// When it takes effect, where that is not the instant of recording.
    pub effective: Option<Effective>,
    /// Whether it was enacted here, or recorded from a source and which lines of it.
    pub origin: Object,
    /// Who did it: person id, seat, capacity, for which party, on which mandate.
    pub actor: Object,
    /// The hash of the rules in force.
    pub rules: Hash,
    /// The kind of act.
    pub kind: Kind,
    /// The version of the kind's body.
    pub version: u32,
    /// What keeps the record from being guessed from its hash.
    pub salt: Salt,
    /// What the act says.
    pub body: Object,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    act: &'a str,
    #[serde(borrow)]
    actor: &'a RawValue,
    at: &'a str,
    #[serde(borrow)]
    body: &'a RawValue,
    command: &'a str,
    effective: Option<&'a str>,
    kind: &'a str,
    ordinal: u32,
    #[serde(borrow)]
    origin: &'a RawValue,
    position: u64,
    rules: &'a str,
    salt: &'a str,
    version: u32,
}

impl Record {
    /// The bytes that are stored and hashed.
    pub fn encode(&self) -> Vec<u8> {
        let nested =
            self.actor.as_str().len() + self.body.as_str().len() + self.origin.as_str().len();
        let mut out = Vec::with_capacity(nested + 448);
        text(&mut out, "{\"act\":", &self.act.to_string());
        raw(&mut out, ",\"actor\":", self.actor.as_str());
        text(&mut out, ",\"at\":", &self.at.to_string());
        raw(&mut out, ",\"body\":", self.body.as_str());
        text(&mut out, ",\"command\":", self.command.as_str());
        if let Some(effective) = &self.effective {
            text(&mut out, ",\"effective\":", effective.as_str());
        }
        text(&mut out, ",\"kind\":", self.kind.as_str());
        raw(&mut out, ",\"ordinal\":", &self.ordinal.to_string());
        raw(&mut out, ",\"origin\":", self.origin.as_str());
        raw(&mut out, ",\"position\":", &self.position.to_string());
        text(&mut out, ",\"rules\":", &self.rules.to_string());
        text(&mut out, ",\"salt\":", &self.salt.to_string());
        raw(&mut out, ",\"version\":", &self.version.to_string());
        out.push(b'}');
        out
    }

    /// The record that the bytes say, with `body`, `origin` and `actor` as they stand.
    ///
    /// This is the way of replay, where the tree vouches for the bytes; it does not look whether they are canonical.
    /// For bytes of unknown origin use [`Record::decode_strictly`].
    ///
    /// # Errors
    /// A key is unknown, missing or doubled, or a value is not of its form.
    pub fn decode(blob: &[u8]) -> Result<Self, DecodeError> {
        if let Some(parts) = Parts::read(blob) {
            return Ok(parts.to_record());
        }
        Self::decode_slowly(blob)
    }

    fn decode_slowly(blob: &[u8]) -> Result<Self, DecodeError> {
        // The library would also take the fields as an array, in their order.
        if blob.first() != Some(&b'{') {
            return Err(DecodeError::NotAnObject);
        }
        let envelope: Envelope<'_> = serde_json::from_slice(blob)?;
        Ok(Self {
            act: envelope.act.parse()?,
            command: envelope.command.parse()?,
            ordinal: envelope.ordinal,
            position: envelope.position,
            at: envelope.at.parse()?,
            effective: envelope.effective.map(str::parse).transpose()?,
            origin: Object::from_raw(envelope.origin)?,
            actor: Object::from_raw(envelope.actor)?,
            rules: envelope.rules.parse()?,
            kind: envelope.kind.parse()?,
            version: envelope.version,
            salt: envelope.salt.parse()?,
            body: Object::from_raw(envelope.body)?,
        })
    }

    /// The record that the bytes say, if they are its canonical form to the last byte.
    ///
    /// # Errors
    /// As [`Record::decode`], or the bytes are another form of the same record.
    pub fn decode_strictly(blob: &[u8]) -> Result<Self, DecodeError> {
        match Parts::read(blob) {
            Some(parts) => Ok(parts.to_record()),
            None => Self::decode_slowly_and_strictly(blob),
        }
    }

    /// The same from the definition: parse, write again, compare. It says where the bytes are wrong.
    pub(crate) fn decode_slowly_and_strictly(blob: &[u8]) -> Result<Self, DecodeError> {
        let record = Self::decode_slowly(blob)?;
        canonical::check(blob)?;
        // `"effective":null` is canonical JSON, but not how this record is written.
        let again = record.encode();
        if again != blob {
            let at = again.iter().zip(blob).take_while(|(a, b)| a == b).count();
            return Err(DecodeError::NotCanonical { at });
        }
        Ok(record)
    }
}

fn raw(out: &mut Vec<u8>, key: &str, value: &str) {
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(value.as_bytes());
}

fn text(out: &mut Vec<u8>, key: &str, value: &str) {
    out.extend_from_slice(key.as_bytes());
    write_string(value, out);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::conformance;

    fn refused(blob: &str, message: &str) {
        let error = Record::decode_strictly(blob.as_bytes()).unwrap_err();
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        assert_eq!(
            cause.unwrap_or_else(|| error.to_string()),
            message,
            "{blob}"
        );
    }

    fn blob() -> String {
        String::from_utf8(conformance::record("a", 7).encode()).unwrap()
    }

    #[test]
    fn a_record_is_written_as_the_canonical_form_of_its_value() {
        for effective in [None, Some("2011-10".parse().unwrap())] {
            let record = Record {
                effective,
                ..conformance::record("a", 7)
            };
            let blob = record.encode();
            let value: Value = serde_json::from_slice(&blob).unwrap();
            assert_eq!(canonical::encode(&value).unwrap(), blob);
            assert_eq!(Record::decode(&blob).unwrap(), record);
            assert_eq!(Record::decode_strictly(&blob).unwrap(), record);
        }
    }

    #[test]
    fn other_keys_and_values_are_refused() {
        let value = |key: &str, value: &str| {
            blob().replace(&format!("\"{key}\":"), &format!("\"{key}\":{value},\"_\":"))
        };
        refused("[]", "the value is not an object");
        refused("{}", "missing field `act` at line 1 column 2");
        let extra = blob().replace(",\"version\"", ",\"vessel\":1,\"version\"");
        assert!(
            Record::decode(extra.as_bytes())
                .unwrap_err()
                .source_text()
                .starts_with("unknown field `vessel`")
        );
        let double = blob().replace(",\"version\"", ",\"version\":1,\"version\"");
        assert!(
            Record::decode(double.as_bytes())
                .unwrap_err()
                .source_text()
                .starts_with("duplicate field `version`")
        );
        for (key, bad) in [
            ("ordinal", "-1"),
            ("ordinal", "1.0"),
            ("position", "\"7\""),
            ("at", "null"),
            ("body", "[]"),
        ] {
            assert!(Record::decode(value(key, bad).as_bytes()).is_err(), "{key}");
        }
    }

    #[test]
    fn another_form_of_the_same_record_is_not_canonical() {
        let not_canonical =
            |at: usize| format!("the bytes differ from their canonical form at byte {at}");
        let spaced = blob().replace("\"version\":1", "\"version\": 1");
        refused(&spaced, &not_canonical(spaced.find(": 1").unwrap() + 1));
        // What the tree does not catch in a record that was written wrong from the start.
        let null = blob().replace(",\"kind\"", ",\"effective\":null,\"kind\"");
        Record::decode(null.as_bytes()).unwrap();
        refused(&null, &not_canonical(null.find("effective").unwrap()));
        let body = blob().replace(
            "{\"place\":7,\"session\":16}",
            "{\"session\":16,\"place\":7}",
        );
        assert_ne!(body, blob());
        Record::decode(body.as_bytes()).unwrap();
        refused(&body, &not_canonical(body.find("session").unwrap()));
    }

    #[test]
    fn bytes_after_the_record_are_refused() {
        refused(
            &format!("{} ", blob()),
            &format!(
                "the bytes differ from their canonical form at byte {}",
                blob().len()
            ),
        );
        assert!(Record::decode(format!("{}{}", blob(), blob()).as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn any_record_is_read_as_written(
            name: String, position in 0..=canonical::INTEGER_MAX.unsigned_abs(), ordinal: u32, version: u32,
            salt: [u8; 16], rules: [u8; 32], text: String, number in -canonical::INTEGER_MAX..=canonical::INTEGER_MAX,
        ) {
            let record = Record {
                position,
                ordinal,
                version,
                salt: Salt::from_bytes(salt),
                rules: Hash::from_bytes(rules),
                body: Object::new(&json!({"text": text, "number": number})).unwrap(),
                ..conformance::record(&name, 0)
            };
            prop_assert_eq!(Record::decode_strictly(&record.encode()).unwrap(), record);
        }

        #[test]
        fn no_bytes_make_the_decoder_panic(bytes: Vec<u8>, at: prop::sample::Index, byte: u8) {
            let _ = Record::decode_strictly(&bytes);
            let mut blob = blob().into_bytes();
            let at = at.index(blob.len());
            let same = blob[at] == byte;
            blob[at] = byte;
            // One byte changed is another record or none, never the same one.
            if let Ok(record) = Record::decode_strictly(&blob) {
                prop_assert_eq!(record == conformance::record("a", 7), same);
            }
        }
    }

    impl DecodeError {
        fn source_text(&self) -> String {
            std::error::Error::source(self)
                .expect("it has a source")
                .to_string()
        }
    }
}
