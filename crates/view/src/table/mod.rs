//! The open data: every collection as a table of typed cells, described once for all its forms.
//!
//! A [`Table`] knows its fields and its rows, nothing of JSON, CSV or addresses: those read the description here, so
//! that no two of them can differ. Both languages stand in every row. Without `?on=` a table holds every row of the
//! record; with it, those that stood on that day. No table tells the order of the register.
//!
//! Start with [`View::table`]; a collection is described in the file of its group, column by column, with [`sheet`].

mod lists;
mod money;
mod outreach;
mod parties;
mod plan;
pub mod render;
mod sheet;
mod structure;
mod works;

use comity_calendar::{Holds, Partial, Validity};
pub use comity_rules::{Text, Title};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::View;

/// One collection, described and filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name in addresses: `members`, `focal-institutions`.
    pub name: String,
    pub title: Text,
    pub description: Text,
    /// The field whose value names a row.
    pub key: &'static str,
    pub fields: Vec<Field>,
    pub rows: Vec<Row>,
}

/// A column: what it is called, what it holds and what holds of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// `title_en`, `source_lines`
    pub name: String,
    pub kind: FieldKind,
    pub title: Text,
    /// Every row has it.
    pub required: bool,
    pub constraint: Option<Constraint>,
}

/// What a cell of a field may hold.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldKind {
    Text,
    Integer,
    /// A percentage with two decimals.
    Percentage,
    /// A date in the Extended Date/Time Format (EDTF, ISO 8601-2): `2004`, `2004-10`, `2008-06-26/2008-06-27`.
    Date,
    /// An instant in UTC, to the second or finer.
    Instant,
    Flag,
    /// Texts.
    Texts,
    /// Whole numbers.
    Integers,
    /// Texts by names that differ from row to row.
    Named,
    /// Rows within the row.
    Rows(Vec<Field>),
}

/// What the values of a field are taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// One of these.
    OneOf(Vec<String>),
    /// The key of a row in one of these collections.
    Key(Vec<String>),
    /// The key of its own collection: lower-case words with hyphens, and slashes within.
    Id,
}

/// The cells of one row, in the order of the fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Row(pub Vec<Cell>);

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Integer(i64),
    /// Hundredths of a percent.
    Percentage(u64),
    Flag(bool),
    List(Vec<Cell>),
    Named(Vec<(String, Cell)>),
}

/// A collection in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionInfo {
    pub name: String,
    pub title: Text,
    pub description: Text,
    pub rows: usize,
}

/// A row with the names of its cells.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub fields: &'a [Field],
    pub row: &'a Row,
}

/// Describes and fills a collection from a view.
type Fill = fn(&View) -> Table;

/// The collections with a name of this program's own; the others are named by the rules.
const FIXED: [(&str, Fill); 15] = [
    ("focal-institutions", parties::institutions),
    ("presidencies", structure::presidencies),
    ("meetings", structure::meetings),
    ("bodies", structure::bodies),
    ("contributions", money::contributions),
    ("budget-items", money::budget_items),
    ("themes", plan::themes),
    ("topics", plan::topics),
    ("documents", works::documents),
    ("actions", works::actions),
    ("organizations", outreach::organizations),
    ("fora", outreach::fora),
    ("seminars", outreach::seminars),
    ("acronyms", lists::acronyms),
    ("acts", lists::acts),
];

impl View {
    /// The names of all collections: those of the parties, the fixed ones, those of the lists.
    pub fn collection_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let parties = self
            .rules()
            .party_kinds
            .iter()
            .map(|kind| kind.collection.as_str());
        let lists = self
            .rules()
            .lists
            .iter()
            .filter_map(|list| list.collection.as_deref());
        for name in parties
            .chain(FIXED.iter().map(|(name, _)| *name))
            .chain(lists)
        {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Every collection with how many rows it has on the day shown.
    pub fn collections(&self) -> Vec<CollectionInfo> {
        let tables = self
            .collection_names()
            .into_iter()
            .filter_map(|name| self.table(&name));
        tables
            .map(
                |Table {
                     name,
                     title,
                     description,
                     rows,
                     ..
                 }| CollectionInfo {
                    name,
                    title,
                    description,
                    rows: rows.len(),
                },
            )
            .collect()
    }

    /// The collection of that name; `None` where there is none.
    pub fn table(&self, name: &str) -> Option<Table> {
        if self
            .rules()
            .party_kinds
            .iter()
            .any(|kind| kind.collection == name)
        {
            return Some(parties::parties(self, name));
        }
        if let Some((_, table)) = FIXED.iter().find(|(fixed, _)| *fixed == name) {
            return Some(table(self));
        }
        let known = self
            .rules()
            .lists
            .iter()
            .any(|list| list.collection.as_deref() == Some(name));
        known.then(|| lists::entries(self, name))
    }

    /// The works from which the facts come. Not a collection: the descriptions of the others quote it.
    pub fn sources(&self) -> Table {
        lists::sources(self)
    }

    /// Whether something that began on a date is a row: always, unless a day was asked for.
    fn counts_from(&self, date: Option<Partial>) -> bool {
        self.lens().on.is_none() || self.begun(date)
    }

    /// Whether something that holds for a time is a row: always, unless a day was asked for.
    fn counts_while(&self, validity: Validity) -> bool {
        self.lens().on.is_none() || self.holds(validity) != Holds::No
    }
}

impl Table {
    /// The row with that key.
    pub fn item(&self, id: &str) -> Option<Item<'_>> {
        self.items().find(|item| item.id() == id)
    }

    /// Its rows, each with the names of its cells.
    pub fn items(&self) -> impl DoubleEndedIterator<Item = Item<'_>> + ExactSizeIterator {
        self.rows.iter().map(|row| Item {
            fields: &self.fields,
            row,
        })
    }
}

impl<'a> Item<'a> {
    /// The value of its key.
    pub fn id(&self) -> &'a str {
        match self.get("id") {
            Some(Cell::Text(id)) => id,
            _ => "",
        }
    }

    pub fn get(&self, field: &str) -> Option<&'a Cell> {
        let index = self.fields.iter().position(|known| known.name == field)?;
        self.row.0.get(index)
    }
}

impl Cell {
    fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }
}

/// As JSON, in the order of the fields; every field is there, an empty one as null.
impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len()))?;
        for (field, cell) in self.fields.iter().zip(&self.row.0) {
            map.serialize_entry(&field.name, cell)?;
        }
        map.end()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            // Below 2^53 hundredths the nearest double prints as the same two decimals.
            Self::Percentage(hundredths) => serializer.serialize_f64(*hundredths as f64 / 100.0),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(cells) => serializer.collect_seq(cells),
            Self::Named(cells) => {
                serializer.collect_map(cells.iter().map(|(name, cell)| (name, cell)))
            }
        }
    }
}
