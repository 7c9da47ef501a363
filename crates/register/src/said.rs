use std::borrow::Cow;

use crate::{ActId, DecodeError, Flaw, Hash, Index, Parts, Record, RecordedAt};

/// What `verify` asks of a record: its place, its instant, and what the columns beside it must say.
pub(crate) struct Said<'a> {
    pub act: ActId,
    pub position: u64,
    pub at: RecordedAt,
    pub command: Cow<'a, str>,
    pub ordinal: u32,
    act_text: Cow<'a, str>,
    at_text: Cow<'a, str>,
    kind: Cow<'a, str>,
}

impl<'a> Said<'a> {
    /// Reads a record that must be in canonical form. Nearly all are read without a copy; the strict decoder takes or
    /// names the rest.
    pub fn read(blob: &'a [u8]) -> Result<Self, DecodeError> {
        match Parts::read(blob) {
            Some(parts) => Ok(Self::of(&parts)),
            None => Record::decode_strictly(blob).map(|record| Self::of_record(&record)),
        }
    }

    fn of(parts: &Parts<'a>) -> Self {
        Self {
            act: parts.act,
            position: parts.position,
            at: parts.at,
            command: Cow::Borrowed(parts.command),
            ordinal: parts.ordinal,
            act_text: Cow::Borrowed(parts.act_text),
            at_text: Cow::Borrowed(parts.at_text),
            kind: Cow::Borrowed(parts.kind),
        }
    }

    fn of_record(record: &Record) -> Self {
        Self {
            act: record.act,
            position: record.position,
            at: record.at,
            command: Cow::Owned(record.command.to_string()),
            ordinal: record.ordinal,
            act_text: Cow::Owned(record.act.to_string()),
            at_text: Cow::Owned(record.at.to_string()),
            kind: Cow::Owned(record.kind.to_string()),
        }
    }

    /// The first column that says something else than the record.
    pub fn column_flaw(&self, stored: &Index, leaf: &Hash) -> Option<Flaw> {
        let columns: [(&'static str, &str, &str); 4] = [
            ("act", &stored.act, &self.act_text),
            ("command", &stored.command, &self.command),
            ("at", &stored.at, &self.at_text),
            ("kind", &stored.kind, &self.kind),
        ];
        if let Some((column, stored, record)) = columns
            .into_iter()
            .find(|(_, stored, record)| stored != record)
        {
            return Some(Flaw::Column {
                column,
                stored: stored.to_owned(),
                record: record.to_owned(),
            });
        }
        if stored.ordinal != i64::from(self.ordinal) {
            return Some(Flaw::Column {
                column: "ordinal",
                stored: stored.ordinal.to_string(),
                record: self.ordinal.to_string(),
            });
        }
        (stored.leaf != leaf.as_bytes()).then(|| Flaw::Column {
            column: "leaf",
            stored: hex::encode(&stored.leaf),
            record: leaf.to_string(),
        })
    }
}
