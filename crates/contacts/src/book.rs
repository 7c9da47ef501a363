use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use crate::read::Lines;
use crate::{Unreadable, ods};

/// What a packed book may unpack to, in bytes.
const UNPACKED_MOST: u64 = 50 * 1024 * 1024;

/// The most texts that the cells of a book may share.
const SHARED_MOST: u64 = 1_000_000;

/// Reads a packed book: XLSX or ODS, told apart by what is in it.
pub(crate) fn read(bytes: &[u8], lines: &mut Lines) -> Result<(), Unreadable> {
    match unpacked(bytes)? {
        Some(content) => ods::read(&content, lines),
        None => xlsx(bytes, lines),
    }
}

/// Unpacks everything once, counting: what an entry says of its own size may be untrue. Gives the content of an ODS.
fn unpacked(bytes: &[u8]) -> Result<Option<String>, Unreadable> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Foreign)?;
    let mut left = UNPACKED_MOST;
    let mut content = None;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| Unreadable::Foreign)?;
        let name = entry.name().map_err(|_| Unreadable::Foreign)?;
        let name = name.to_lowercase();
        let wanted = name == "content.xml" || name.ends_with("sharedstrings.xml");
        let mut read = Vec::new();
        let mut entry = entry.take(left + 1);
        let copied = if wanted {
            entry.read_to_end(&mut read).map(|count| count as u64)
        } else {
            std::io::copy(&mut entry, &mut std::io::sink())
        };
        let copied = copied.map_err(|_| Unreadable::Foreign)?;
        left = left.checked_sub(copied).ok_or(Unreadable::TooLarge)?;
        if !wanted {
            continue;
        }
        let read = String::from_utf8(read).map_err(|_| Unreadable::Foreign)?;
        if name == "content.xml" {
            content = Some(read);
        } else {
            shares_no_more_than_it_may(&read)?;
        }
    }
    Ok(content)
}

/// The reader of books makes room for as many shared texts as the file says that it has, before it sees one.
fn shares_no_more_than_it_may(xml: &str) -> Result<(), Unreadable> {
    // The same in an encoding of two bytes would be read there and not seen here.
    if xml.contains('\0') {
        return Err(Unreadable::Foreign);
    }
    for said in xml.split("uniqueCount").skip(1) {
        let Some(said) = said.trim_start().strip_prefix('=') else {
            continue;
        };
        let said = said.trim_start().trim_start_matches(['"', '\'']);
        let number = said.split(['"', '\'']).next().unwrap_or_default();
        if number.parse::<u64>().is_ok_and(|count| count > SHARED_MOST) || number.len() > 12 {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok(())
}

/// Cell by cell: as a whole, two cells at opposite corners would take the room of all between them.
fn xlsx(bytes: &[u8], lines: &mut Lines) -> Result<(), Unreadable> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Foreign)?;
    let sheets = book.sheets_metadata().iter();
    let mut sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let shown = sheets
        .clone()
        .find(|sheet| sheet.visible == SheetVisible::Visible);
    let sheet = shown.or_else(|| sheets.next()).ok_or(Unreadable::Empty)?;
    let name = sheet.name.clone();
    let cells = book.worksheet_cells_reader(&name);
    let mut cells = cells.map_err(|_| Unreadable::Foreign)?;
    while let Some(cell) = cells.next_cell().map_err(|_| Unreadable::Foreign)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize + 1, column as usize);
        match cell.get_value() {
            // As it stands: a text that many cells share is not copied before it is measured.
            DataRef::SharedString(text) => lines.put(row, column, text)?,
            value => lines.put(row, column, &written(value))?,
        }
    }
    Ok(())
}

fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => number(*value),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(lasts) => lasts.to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A telephone that was typed as a number is still its digits.
pub(crate) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e18 {
        format!("{value:.0}")
    } else {
        value.to_string()
    }
}
