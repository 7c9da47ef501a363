use comity_calendar::Partial;
use comity_conference::{ActLine, Kind};

use crate::{About, EntryLine, Says, View, Words};

/// What the record rests on, and how its reading differs from print.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// The source from which the rules are read; absent before it is registered.
    pub source: Option<SourceLine>,
    /// Rows with a note or a printed value that differs.
    pub notes: Vec<NoteLine>,
    /// Rows that the source does not state and that follow from it.
    pub inferred: Vec<NoteLine>,
    /// How many rows each table of the record has.
    pub counts: Vec<TableCount>,
    /// Who made the publication.
    pub credits: Vec<EntryLine>,
    /// Its table of contents.
    pub contents: Vec<EntryLine>,
}

/// A work from which facts are taken.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceLine {
    pub id: String,
    pub title: Words,
    pub publisher: Words,
    pub published: Partial,
    pub summary: String,
    pub says: Says,
}

/// A row whose reading needs a word.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteLine {
    pub about: About,
    pub says: Says,
}

/// How many rows a table has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCount {
    pub table: &'static str,
    pub count: usize,
}

impl View {
    /// What the record rests on: the whole record, whatever day is shown.
    pub fn edition(&self) -> Edition {
        let standing = self.standing_acts();
        let line = |(act, kind, id): &(&ActLine, Kind, &str)| NoteLine {
            about: self.about(*kind, id),
            says: self.says_of(act.id, self.conference().provenance(act), 0),
        };
        let rows: Vec<NoteLine> = standing.iter().map(line).collect();
        let count = |kind: &Kind| TableCount {
            table: kind.table(),
            count: standing
                .iter()
                .filter(|(_, found, _)| found == kind)
                .count(),
        };
        Edition {
            source: self.source(),
            counts: Kind::ALL.iter().map(count).collect(),
            inferred: rows
                .iter()
                .filter(|row| row.says.inferred)
                .cloned()
                .collect(),
            notes: rows
                .into_iter()
                .filter(|row| row.says.note.is_some() || !row.says.printed.is_empty())
                .collect(),
            credits: self.entries("credit", None),
            contents: self.entries("contents", None),
        }
    }

    /// The work from which the rules and the record are read.
    pub fn source(&self) -> Option<SourceLine> {
        let held = self
            .conference()
            .sources
            .get(&self.rules().process.source)?;
        let fact = &held.fact;
        Some(SourceLine {
            id: fact.id.to_string(),
            title: self.title(&fact.title),
            publisher: self.title(&fact.publisher),
            published: fact.published,
            summary: self.text(&fact.summary),
            says: self.says(held),
        })
    }

    /// The acts that say what the state holds, without those that were corrected, in the order of the register.
    fn standing_acts(&self) -> Vec<(&ActLine, Kind, &str)> {
        let state = self.conference();
        let stands = |line: &ActLine, kind: Kind, id: &str| state.spoken(kind, id) == Some(line.id);
        let about = |line| {
            let line: &ActLine = line;
            let (kind, id) = line.about()?;
            stands(line, kind, id).then_some((line, kind, id.as_str()))
        };
        state.acts.iter().filter_map(about).collect()
    }
}
