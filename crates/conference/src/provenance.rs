use std::fmt;

use arcstr::ArcStr;
use comity_rules::{Text, packed};
use serde::{Deserialize, Serialize};

use crate::{Name, Printed};

/// Where a recorded fact stands and how its reading differs from print.
///
/// There is one beside nearly every fact, so it is kept small: all but the source is one piece of memory.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Cited", into = "Cited")]
pub struct Provenance {
    source: Name,
    // INVARIANT: what it has (one ASCII letter, see `INFERRED` and `NOTED`), the lines, the two versions of the note if there
    // is one, and what is printed: each field with its value. All but the first packed.
    rest: ArcStr,
}

/// The parts of a provenance, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Provenance", deny_unknown_fields)]
pub struct Cited {
    /// Id of the source.
    pub source: Name,
    /// Lines of the source: `519-541`, `577, 627`.
    pub lines: String,
    /// What stands in print, by field, where the normalised value differs (A.17).
    #[serde(default, skip_serializing_if = "Printed::is_none")]
    pub printed: Printed,
    /// Why they differ, or what is odd.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Not stated by the source but inferable from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
}

/// The bits of the first letter, and what makes a letter of them.
const INFERRED: u8 = 1;
const NOTED: u8 = 2;
const LETTER: u8 = b'@';

impl From<Cited> for Provenance {
    fn from(cited: Cited) -> Self {
        let mut has = LETTER;
        if cited.inferred {
            has |= INFERRED;
        }
        if cited.note.is_some() {
            has |= NOTED;
        }
        let mut rest = String::with_capacity(64);
        rest.push(char::from(has));
        packed::push(&cited.lines, &mut rest);
        if let Some(note) = &cited.note {
            packed::push(note.es(), &mut rest);
            packed::push(note.en(), &mut rest);
        }
        for (field, value) in cited.printed.iter() {
            packed::push(field, &mut rest);
            packed::push(value, &mut rest);
        }
        Self {
            source: cited.source,
            rest: rest.into(),
        }
    }
}

impl From<Provenance> for Cited {
    fn from(provenance: Provenance) -> Self {
        Self {
            lines: provenance.lines().to_owned(),
            printed: provenance.printed().collect(),
            note: provenance.note(),
            inferred: provenance.inferred(),
            source: provenance.source,
        }
    }
}

impl Provenance {
    /// These lines of a source, which are read as they stand.
    pub fn at(source: &str, lines: &str) -> Self {
        let cited = Cited {
            source: source.into(),
            lines: lines.to_owned(),
            printed: Printed::default(),
            note: None,
            inferred: false,
        };
        cited.into()
    }

    /// Id of the source.
    pub fn source(&self) -> &Name {
        &self.source
    }

    /// Lines of the source: `519-541`, `577, 627`.
    pub fn lines(&self) -> &str {
        packed::take(&self.rest[1..]).0
    }

    /// Why print and reading differ, or what is odd.
    pub fn note(&self) -> Option<Text> {
        let (_, behind) = packed::take(&self.rest[1..]);
        self.has(NOTED).then(|| {
            let (es, behind) = packed::take(behind);
            Text::new(es, packed::take(behind).0)
        })
    }

    /// What stands in print, by field, where the normalised value differs (A.17).
    pub fn printed(&self) -> impl Iterator<Item = (&str, &str)> {
        let (_, mut rest) = packed::take(&self.rest[1..]);
        if self.has(NOTED) {
            rest = packed::take(packed::take(rest).1).1;
        }
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (field, behind) = packed::take(rest);
            let (value, behind) = packed::take(behind);
            rest = behind;
            Some((field, value))
        })
    }

    /// What stands in print of a field.
    pub fn printed_of(&self, field: &str) -> Option<&str> {
        let found = self.printed().find(|(name, _)| *name == field);
        found.map(|(_, value)| value)
    }

    /// Not stated by the source but inferable from it.
    pub fn inferred(&self) -> bool {
        self.has(INFERRED)
    }

    fn has(&self, what: u8) -> bool {
        self.rest.as_bytes()[0] & what != 0
    }
}

impl fmt::Debug for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Cited::from(self.clone()).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provenance_is_written_as_it_was_read() {
        for json in [
            r#"{"source":"book","lines":"1-2"}"#,
            r#"{"source":"book","lines":"","inferred":true}"#,
            r#"{"source":"book","lines":"577, 627","note":{"es":"","en":"x"}}"#,
            r#"{"source":"book","lines":"7","printed":{"a":"1","b":""},"note":{"es":"año","en":"y"},"inferred":true}"#,
            r#"{"source":"book","lines":"7","printed":{"name":"Gūatemala"}}"#,
        ] {
            let provenance: Provenance = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&provenance).unwrap(), json);
            let cited = Cited::from(provenance.clone());
            assert_eq!(Provenance::from(cited), provenance);
        }
        assert_eq!(size_of::<Option<Provenance>>(), 16);
    }

    #[test]
    fn each_part_is_found() {
        let json = r#"{"source":"book","lines":"7","printed":{"a":"1","b":"2"},"note":{"es":"año","en":"year"}}"#;
        let provenance: Provenance = serde_json::from_str(json).unwrap();
        assert_eq!(provenance.source().as_str(), "book");
        assert_eq!(provenance.lines(), "7");
        assert_eq!(provenance.note(), Some(Text::new("año", "year")));
        assert_eq!(provenance.printed_of("b"), Some("2"));
        assert_eq!(provenance.printed_of("c"), None);
        assert!(!provenance.inferred());
        assert!(serde_json::from_str::<Provenance>(r#"{"source":"book"}"#).is_err());
        let more = r#"{"source":"book","lines":"7","page":7}"#;
        assert!(serde_json::from_str::<Provenance>(more).is_err());
    }
}
