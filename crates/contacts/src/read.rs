use std::io::{Cursor, Read};

use calamine::{Data, Ods, Range, Reader, Xlsx};
use encoding_rs::{Encoding, WINDOWS_1252};
use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes.
pub const SHEET_BYTES: usize = 2 * 1024 * 1024;

/// The most rows of a sheet.
pub const ROWS_MOST: usize = 2_000;

/// The longest cell, in characters.
pub const CELL_LONGEST: usize = 500;

/// The most columns.
const COLUMNS_MOST: usize = 60;

/// What a packed sheet may unpack to.
const UNPACKED_MOST: u64 = 50 * 1024 * 1024;

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
        let lines = if bytes.starts_with(b"PK") {
            packed(bytes)?
        } else {
            text(bytes)?
        };
        Self::of(lines)
    }

    /// The first line that is not empty is the heading.
    fn of(lines: Vec<(usize, Vec<String>)>) -> Result<Self, Unreadable> {
        let mut heading: Option<Vec<String>> = None;
        let mut rows = Vec::new();
        for (number, cells) in lines {
            let mut cells: Vec<String> = cells.iter().map(|cell| tidy(cell)).collect();
            while cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            if cells.is_empty() {
                continue;
            }
            if let Some(column) = cells
                .iter()
                .position(|cell| cell.chars().count() > CELL_LONGEST)
            {
                let column = column + 1;
                return Err(Unreadable::CellTooLong {
                    row: number,
                    column,
                });
            }
            match &heading {
                None => heading = Some(cells),
                Some(heading) => {
                    cells.resize(heading.len(), String::new());
                    rows.push(Row { number, cells });
                }
            }
        }
        let heading = heading.unwrap_or_default();
        if heading.len() > COLUMNS_MOST || rows.len() > ROWS_MOST {
            return Err(Unreadable::TooMany);
        }
        if rows.is_empty() {
            return Err(Unreadable::Empty);
        }
        Ok(Self { heading, rows })
    }
}

/// In one line, without what no cell of a list needs; an apostrophe that only told a program that the rest is text goes.
fn tidy(cell: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let plain: String = cell
        .chars()
        .filter(|c| !hidden(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => words,
    }
}

fn packed(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Unreadable> {
    small_enough(bytes)?;
    let first = |range: Option<Result<Range<Data>, Unreadable>>| match range {
        Some(range) => range,
        None => Err(Unreadable::Empty),
    };
    let range = if let Ok(mut book) = Xlsx::new(Cursor::new(bytes)) {
        let range = book.worksheet_range_at(0);
        first(range.map(|range| range.map_err(|_| Unreadable::Foreign)))?
    } else {
        let mut book = Ods::new(Cursor::new(bytes)).map_err(|_| Unreadable::Foreign)?;
        let range = book.worksheet_range_at(0);
        first(range.map(|range| range.map_err(|_| Unreadable::Foreign)))?
    };
    let (row, _) = range.start().ok_or(Unreadable::Empty)?;
    if range.height() > ROWS_MOST * 2 || range.width() > COLUMNS_MOST * 2 {
        return Err(Unreadable::TooMany);
    }
    let start = usize::try_from(row).unwrap_or_default() + 1;
    let lines = (start..).zip(range.rows());
    Ok(lines
        .map(|(number, cells)| (number, cells.iter().map(written).collect()))
        .collect())
}

/// Unpacks everything once, counting: what an entry says of its own size may be untrue.
fn small_enough(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Foreign)?;
    let mut left = UNPACKED_MOST;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| Unreadable::Foreign)?;
        let copied = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let copied = copied.map_err(|_| Unreadable::Foreign)?;
        left = left.checked_sub(copied).ok_or(Unreadable::TooLarge)?;
    }
    Ok(())
}

fn written(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        // A telephone that was typed as a number is still its digits.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e18 => {
            format!("{number:.0}")
        }
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(at) => at.to_string(),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn text(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Unreadable> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => WINDOWS_1252.decode(bytes).0,
        },
    };
    if text.contains('\0') {
        return Err(Unreadable::Foreign);
    }
    let text = text.replace("\r\n", "\n");
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.ok_or(Unreadable::Empty)?;
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    let mark = [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|mark| (count(*mark), *mark == b';'));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark.unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let (mut number, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::Foreign)?;
        // The reader says where it began to look, which is before the empty lines that it passed over.
        let looked = record.position().map_or(0, csv::Position::byte);
        let looked = usize::try_from(looked).unwrap_or_default().max(counted);
        let empty = text[looked..]
            .bytes()
            .take_while(|byte| *byte == b'\n')
            .count();
        let starts = looked + empty;
        number += text[counted..starts].matches('\n').count();
        counted = starts;
        if lines.len() > ROWS_MOST * 2 || record.len() > COLUMNS_MOST * 2 {
            return Err(Unreadable::TooMany);
        }
        lines.push((number, record.iter().map(str::to_owned).collect()));
    }
    Ok(lines)
}
