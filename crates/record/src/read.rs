use std::collections::BTreeMap;

use comity_conference::{Cited, Fact, Kind, Row};
use comity_rules::Text;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use crate::Fault;

/// One file of a record.
#[derive(Debug, Clone, Copy)]
pub struct RecordFile<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

/// A row with its place.
#[derive(Debug, Clone)]
pub struct LocatedRow {
    pub row: Row,
    pub file: String,
    /// Where the row begins, from 1.
    pub line: usize,
    /// Where each of its keys stands.
    keys: BTreeMap<String, usize>,
}

impl LocatedRow {
    pub(crate) fn line_of(&self, field: &str) -> Option<usize> {
        let key = field.trim_start_matches("source.");
        self.keys
            .get(key)
            .or_else(|| self.keys.get(key.split('.').next()?))
            .copied()
    }
}

/// The keys that say where a row stands; the rest is the fact.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    #[serde(default)]
    lines: String,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    printed: BTreeMap<String, String>,
    #[serde(default)]
    note: Option<Text>,
    #[serde(default)]
    inferred: bool,
}

const PLACE_KEYS: [&str; 5] = ["lines", "source", "printed", "note", "inferred"];

/// Reads record files into rows, in the order in which they stand.
///
/// `source` is the id of the source of every row that names none.
///
/// # Errors
/// Every fault of form, with file and line: a text that is not TOML, a table or key that records do not have, a value
/// of the wrong shape. Nothing is read by halves.
pub fn read(files: &[RecordFile<'_>], source: &str) -> Result<Vec<LocatedRow>, Vec<Fault>> {
    let mut reader = Reader {
        source,
        rows: Vec::new(),
        faults: Vec::new(),
    };
    for file in files {
        reader.file(file);
    }
    if reader.faults.is_empty() {
        Ok(reader.rows)
    } else {
        Err(reader.faults)
    }
}

struct Reader<'a> {
    source: &'a str,
    rows: Vec<LocatedRow>,
    faults: Vec<Fault>,
}

/// A row as both its values and the places of its keys.
struct Raw<'a, 'i> {
    file: &'a RecordFile<'a>,
    spans: &'a Spanned<DeValue<'i>>,
    values: Table,
}

impl Reader<'_> {
    fn file(&mut self, file: &RecordFile<'_>) {
        let (spans, values) = match (DeTable::parse(file.text), file.text.parse::<Table>()) {
            (Ok(spans), Ok(values)) => (spans, values),
            (Err(error), _) | (_, Err(error)) => {
                let line = error
                    .span()
                    .map_or(1, |span| line_of(file.text, span.start));
                let hint = "mend the line; texts stand in double quotes, rows begin with [[table]]";
                self.fault(file, line, format!("not TOML: {}", error.message()), hint);
                return;
            }
        };
        let mut raws = Vec::new();
        for (table, rows) in spans.get_ref() {
            let name = table.get_ref().as_ref();
            let start = table.span().start;
            let Some(kind) = Kind::ALL
                .iter()
                .copied()
                .find(|kind| kind.table() == name && !nested(*kind))
            else {
                let tables: Vec<&str> = Kind::ALL
                    .iter()
                    .filter(|kind| !nested(**kind))
                    .map(|kind| kind.table())
                    .collect();
                let hint = format!("expected one of {}", tables.join(", "));
                self.fault(
                    file,
                    line_of(file.text, start),
                    format!("`{name}` is not a table of a record"),
                    &hint,
                );
                continue;
            };
            let (DeValue::Array(rows), Some(Value::Array(values))) =
                (rows.get_ref(), values.get(name))
            else {
                let hint = format!("begin each row with `[[{name}]]`");
                self.fault(
                    file,
                    line_of(file.text, start),
                    format!("`{name}` is not a list of rows"),
                    &hint,
                );
                continue;
            };
            for (spans, value) in rows.iter().zip(values) {
                match value {
                    Value::Table(values) => raws.push((
                        spans.span().start,
                        kind,
                        Raw {
                            file,
                            spans,
                            values: values.clone(),
                        },
                    )),
                    _ => self.fault(
                        file,
                        line_of(file.text, spans.span().start),
                        format!("a row of `{name}` is not a table"),
                        "begin it with [[…]]",
                    ),
                }
            }
        }
        raws.sort_by_key(|(start, ..)| *start);
        for (_, kind, raw) in raws {
            self.row(kind, raw);
        }
    }

    /// A row and the rows within it.
    fn row(&mut self, kind: Kind, mut raw: Raw<'_, '_>) {
        let parent = raw
            .values
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let mut inner = Vec::new();
        for child in children(kind) {
            let Some(values) = raw.values.remove(child.table()) else {
                continue;
            };
            let spans = raw
                .spans
                .get_ref()
                .as_table()
                .and_then(|table| table.get(child.table()));
            let (Some(DeValue::Array(spans)), Value::Array(values)) =
                (spans.map(Spanned::get_ref), values)
            else {
                let line = self.line(&raw, child.table());
                self.fault(
                    raw.file,
                    line,
                    format!("`{}` is not a list of rows", child.table()),
                    "begin each with [[…]]",
                );
                continue;
            };
            for (index, (spans, value)) in spans.iter().zip(values).enumerate() {
                let Value::Table(mut values) = value else {
                    let line = line_of(raw.file.text, spans.span().start);
                    let what = format!("a row of `{}` is not a table", child.table());
                    self.fault(raw.file, line, what, "begin it with [[…]]");
                    continue;
                };
                adopt(&mut values, kind, *child, &parent, index + 1);
                inner.push((
                    *child,
                    Raw {
                        file: raw.file,
                        spans,
                        values,
                    },
                ));
            }
        }
        self.fact(kind, raw);
        for (kind, raw) in inner {
            self.fact(kind, raw);
        }
    }

    fn fact(&mut self, kind: Kind, mut raw: Raw<'_, '_>) {
        let mut place = Table::new();
        for key in PLACE_KEYS {
            if let Some(value) = raw.values.remove(key) {
                place.insert(key.to_owned(), value);
            }
        }
        let place = match Place::deserialize(place) {
            Ok(place) => place,
            Err(error) => return self.shape(kind, &raw, error.message()),
        };
        let values = Value::Table(std::mem::take(&mut raw.values));
        let fact = match Fact::deserialize(kind, values.into_deserializer()) {
            Ok(fact) => fact,
            Err(error) => return self.shape(kind, &raw, error.message()),
        };
        let Place {
            lines,
            source,
            printed,
            note,
            inferred,
        } = place;
        let cited = Cited {
            source: source.as_deref().unwrap_or(self.source).into(),
            lines,
            printed: printed.into(),
            note,
            inferred,
        };
        let keys = raw.spans.get_ref().as_table().map(|table| {
            table
                .iter()
                .map(|(key, _)| {
                    (
                        key.get_ref().as_ref().to_owned(),
                        line_of(raw.file.text, key.span().start),
                    )
                })
                .collect()
        });
        self.rows.push(LocatedRow {
            row: Row {
                fact,
                provenance: cited.into(),
            },
            file: raw.file.name.to_owned(),
            line: line_of(raw.file.text, raw.spans.span().start),
            keys: keys.unwrap_or_default(),
        });
    }

    /// A row whose keys or values do not have the shape of its kind.
    fn shape(&mut self, kind: Kind, raw: &Raw<'_, '_>, what: &str) {
        let named = what.split('`').nth(1).unwrap_or_default();
        let line = self.line(raw, named);
        let id = raw
            .spans
            .get_ref()
            .as_table()
            .and_then(|table| table.get("id"))
            .and_then(|id| id.get_ref().as_str())
            .unwrap_or("without an id");
        let hint = format!(
            "see [[{}]] in docs/record-files.md for the keys of this table",
            kind.table()
        );
        self.fault(
            raw.file,
            line,
            format!("{} `{id}`: {}", kind.table(), what.trim()),
            &hint,
        );
    }

    fn line(&self, raw: &Raw<'_, '_>, key: &str) -> usize {
        let start = raw
            .spans
            .get_ref()
            .as_table()
            .and_then(|table| {
                table
                    .iter()
                    .find(|(name, _)| name.get_ref().as_ref() == key)
            })
            .map_or(raw.spans.span().start, |(name, _)| name.span().start);
        line_of(raw.file.text, start)
    }

    fn fault(&mut self, file: &RecordFile<'_>, line: usize, what: String, hint: &str) {
        self.faults.push(Fault {
            file: file.name.to_owned(),
            line,
            code: None,
            what,
            hint: hint.to_owned(),
        });
    }
}

/// The kinds whose rows stand within a row of this kind.
const fn children(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::TopicOpened => &[Kind::TopicAddressed],
        Kind::DocumentRecorded | Kind::ActionRecorded | Kind::BodyEstablished => &[Kind::StepTaken],
        Kind::OrganizationListed => &[Kind::SupportGiven],
        Kind::ScaleAdopted => &[Kind::ContributionAssessed],
        Kind::SourceRegistered
        | Kind::PartyAdmitted
        | Kind::InstitutionDesignated
        | Kind::PresidencyAgreed
        | Kind::MeetingHeld
        | Kind::ThemeEstablished
        | Kind::SectionEstablished
        | Kind::TopicAddressed
        | Kind::StepTaken
        | Kind::SupportGiven
        | Kind::ForumAttended
        | Kind::SeminarListed
        | Kind::ContributionAssessed
        | Kind::BudgetItemListed
        | Kind::EntryListed
        | Kind::AcronymDefined => &[],
    }
}

fn nested(kind: Kind) -> bool {
    Kind::ALL
        .iter()
        .any(|parent| children(*parent).contains(&kind))
}

/// Gives a row within a row its id and what it belongs to.
fn adopt(values: &mut Table, parent_kind: Kind, kind: Kind, parent: &str, number: usize) {
    let text = |text: &str| Value::String(text.to_owned());
    let mut give = |key: &str, value: Value| {
        values.entry(key.to_owned()).or_insert(value);
    };
    if kind == Kind::StepTaken {
        let subject = parent_kind.table();
        give(
            "subject",
            Value::Table(Table::from_iter([(subject.to_owned(), text(parent))])),
        );
        give("id", Value::String(format!("{subject}/{parent}/{number}")));
        return;
    }
    give(parent_kind.table(), text(parent));
    // A share is named by its party, the others by their place.
    let party = values
        .get("party")
        .and_then(Value::as_str)
        .filter(|_| kind == Kind::ContributionAssessed);
    let last = party.map_or_else(|| number.to_string(), str::to_owned);
    values
        .entry("id".to_owned())
        .or_insert_with(|| Value::String(format!("{parent}/{last}")));
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}
