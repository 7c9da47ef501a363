use std::fmt;

use comity_conference::RowFault;

use crate::LocatedRow;

/// What is wrong in a record file, where, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// The stable code, where the conference found the fault.
    pub code: Option<&'static str>,
    pub what: String,
    pub hint: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// Turns the faults that the conference found into places in the files.
pub fn locate(faults: &[RowFault], rows: &[LocatedRow]) -> Vec<Fault> {
    faults
        .iter()
        .map(|found| {
            let place = rows.get(found.row);
            let line = place.map_or(1, |row| {
                field(found)
                    .and_then(|field| row.line_of(field))
                    .unwrap_or(row.line)
            });
            Fault {
                file: place.map(|row| row.file.clone()).unwrap_or_default(),
                line,
                code: Some(found.fault.code()),
                what: format!("{} `{}`: {}", found.kind.table(), found.id, found.fault),
                hint: found.fault.hint(),
            }
        })
        .collect()
}

fn field(found: &RowFault) -> Option<&str> {
    use comity_conference::FactFault;
    match &found.fault {
        FactFault::IdMalformed | FactFault::Doubled { .. } => Some("id"),
        FactFault::TranslationAbsent { field, .. } => Some(field),
        FactFault::UnknownReference { field, .. }
        | FactFault::UnknownTerm { field, .. }
        | FactFault::OutOfShape { field, .. } => Some(field),
        FactFault::AfterGoLive { .. } => Some("date"),
        FactFault::SourceAbsent => Some("lines"),
        FactFault::Differs(differences) => differences
            .first()
            .map(|difference| difference.field.as_str()),
    }
}
