use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fold::tidy;
use crate::{book, text};

/// The largest file that is read, in bytes.
pub const SHEET_BYTES: usize = 2 * 1024 * 1024;

/// The most rows of a sheet.
pub const ROWS_MOST: usize = 2_000;

/// The longest cell, in characters.
pub const CELL_LONGEST: usize = 500;

/// The most columns.
pub(crate) const COLUMNS_MOST: usize = 60;

/// The most text of a sheet, in bytes: a few kilobytes of a book can stand for gigabytes of cells.
const TEXT_MOST: usize = 4 * SHEET_BYTES;

/// A list with a heading. Every row has as many cells as the heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    pub heading: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row that is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its number in the sheet, from 1 on.
    pub number: usize,
    pub cells: Vec<String>,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the file has more than {SHEET_BYTES} bytes, or unpacks to too much")]
    TooLarge,
    #[error("the sheet has more than {ROWS_MOST} rows or {COLUMNS_MOST} columns")]
    TooMany,
    #[error("the cell in row {row}, column {column} has more than {CELL_LONGEST} characters")]
    CellTooLong { row: usize, column: usize },
    #[error("the file is neither a sheet nor text with separators")]
    Foreign,
    #[error("the sheet has no rows under a heading")]
    Empty,
}

impl Sheet {
    /// Reads a file by what is in it, whatever its name: XLSX, ODS, or text parted by semicolons, commas or tabs in UTF-8,
    /// UTF-16 or, as office programs of the region write it, Windows-1252.
    ///
    /// # Errors
    /// It is too large, or none of these.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() > SHEET_BYTES {
            return Err(Unreadable::TooLarge);
        }
        let mut lines = Lines::default();
        if bytes.starts_with(b"PK") {
            book::read(bytes, &mut lines)?;
        } else {
            text::read(bytes, &mut lines)?;
        }
        Self::of(lines)
    }

    /// The first line that is not empty is the heading.
    fn of(lines: Lines) -> Result<Self, Unreadable> {
        let mut lines = lines.rows.into_iter();
        let (_, heading) = lines.next().ok_or(Unreadable::Empty)?;
        let rows: Vec<Row> = lines
            .map(|(number, mut cells)| {
                cells.resize(heading.len(), String::new());
                Row { number, cells }
            })
            // What stands beside the heading's columns alone is nothing.
            .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
            .collect();
        if rows.is_empty() {
            return Err(Unreadable::Empty);
        }
        Ok(Self { heading, rows })
    }
}

/// The cells of a file as they come, in whatever order, by the number of their row. Every limit holds while it is read: what
/// a file unpacks to is known only then, and memory that is gone takes everybody's pages with it.
#[derive(Default)]
pub(crate) struct Lines {
    rows: BTreeMap<usize, Vec<String>>,
    bytes: usize,
}

impl Lines {
    /// Takes a cell, by the number of its row from 1 on and its column from 0 on.
    ///
    /// # Errors
    /// There is too much of something.
    pub(crate) fn put(&mut self, row: usize, column: usize, cell: &str) -> Result<(), Unreadable> {
        self.bytes = self.bytes.saturating_add(cell.len());
        if self.bytes > TEXT_MOST {
            return Err(Unreadable::TooLarge);
        }
        let cell = tidy(cell);
        if cell.is_empty() {
            return Ok(());
        }
        if cell.chars().count() > CELL_LONGEST {
            let column = column.saturating_add(1);
            return Err(Unreadable::CellTooLong { row, column });
        }
        if column >= COLUMNS_MOST {
            return Err(Unreadable::TooMany);
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = cell;
        // One more is the heading.
        if self.rows.len() > ROWS_MOST + 1 {
            return Err(Unreadable::TooMany);
        }
        Ok(())
    }
}
