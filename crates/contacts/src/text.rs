use encoding_rs::{Encoding, WINDOWS_1252};

use crate::Unreadable;
use crate::read::Lines;

/// Reads text parted by marks, in whatever encoding office programs of the region write.
pub(crate) fn read(bytes: &[u8], lines: &mut Lines) -> Result<(), Unreadable> {
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
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mark, told) = mark(&text).ok_or(Unreadable::Empty)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    // A row's number is that of the sheet: an empty line is a row, lines within a cell are not.
    let mut number = 0;
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::Foreign)?;
        // The reader says where it began to look, which is before the empty lines that it passed over.
        let looked = record.position().map_or(0, csv::Position::byte);
        let looked = usize::try_from(looked).unwrap_or_default();
        let rest = text.as_bytes().get(looked..).unwrap_or_default();
        let empty = rest.iter().take_while(|byte| **byte == b'\n').count();
        let first = number == 0;
        number += empty + 1;
        if first && told {
            continue;
        }
        for (column, cell) in record.iter().enumerate() {
            lines.put(number, column, cell)?;
        }
    }
    Ok(())
}

/// What parts the cells, and whether a first line says nothing else.
fn mark(text: &str) -> Option<(u8, bool)> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    if let [
        b's' | b'S',
        b'e' | b'E',
        b'p' | b'P',
        b'=',
        mark @ (b';' | b',' | b'\t'),
    ] = first.as_bytes()
    {
        return Some((*mark, true));
    }
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    let mark = [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|mark| (count(*mark), *mark == b';'));
    Some((mark?, false))
}
