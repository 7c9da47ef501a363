use serde::Deserialize;
use serde_json::value::RawValue;

use crate::canonical::{self, write_string};
use crate::{ActId, CommandId, DecodeError, Effective, Hash, Kind, Object, RecordedAt, Salt};

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
        let record = Self::decode(blob)?;
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
