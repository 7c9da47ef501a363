//! PDFs: what they may not hold is looked for by name, in the whole file and in what is packed inside it.
//!
//! No reader is imitated here. A name is found wherever it stands and a stream wherever it begins, so that no
//! cross-reference and no dictionary, however it lies, can hide one. What is not seen: names in streams that are packed
//! otherwise than deflated (a stream of objects so packed is refused), and a reader's own faults.

use std::ops::Range;

use crate::Refused;
use crate::find::{contains, find};
use crate::inflate::inflated;
use crate::look::not_infected;

/// As many bytes as all object streams may unpack to.
const OBJECTS_BYTES_MAX: usize = 64 << 20;
/// As many streams as a file may have. A book of a thousand pages has some ten thousand.
const STREAMS_MAX: usize = 100_000;
/// As much of any other stream as is looked at, to see whether it is one of objects after all.
const BEGINNING_BYTES: usize = 4096;

/// Names that start something, or carry a file. Long enough that no picture holds one by chance: they are looked for
/// everywhere.
const EVERYWHERE: &[&str] = &[
    "JavaScript",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "FileAttachment",
    "RichMedia",
    "Rendition",
    "SubmitForm",
    "ImportData",
    "GoToE",
];

/// Names as short as chance: they are looked for where objects are, and not in the data of streams.
const IN_OBJECTS: &[&str] = &["JS", "EF", "XFA"];

/// What the names in a file tell.
#[derive(Debug, Default)]
struct Told {
    /// A typeface: without one there is no text.
    font: bool,
    /// A page, or the tree of them.
    page: bool,
}

/// Refuses what acts, carries, or cannot be read.
pub(crate) fn examine(bytes: &[u8], scans: bool) -> Result<(), Refused> {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    if !contains(tail, b"%%EOF") || !contains(bytes, b"startxref") {
        return Err(Refused::Malformed {
            why: "the end of the PDF is missing",
        });
    }
    let mut told = Told::default();
    let mut at = 0;
    while let Some(data) = next_stream(bytes, at) {
        objects_in_order(&bytes[at..data.start], &mut told, Place::File)?;
        data_in_order(&bytes[data.clone()])?;
        at = data.end;
    }
    objects_in_order(&bytes[at..], &mut told, Place::File)?;
    packed_in_order(bytes, &mut told)?;
    if !told.page {
        return Err(Refused::Malformed {
            why: "the PDF has no page",
        });
    }
    match told.font || scans {
        true => Ok(()),
        false => Err(Refused::Scanned),
    }
}

/// The data of the next stream: behind the dictionary, the word and its line break, up to the word that ends it.
fn next_stream(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let (word, start) = next_beginning(bytes, at)?;
        if bytes[from..word].trim_ascii_end().ends_with(b">>") {
            let end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
            return Some(start..end);
        }
        at = start;
    }
}

/// Where a stream could begin: the word, and its data behind the line break. It need be none: the word may stand in a
/// text, and a reader may be led to where nobody else would look.
fn next_beginning(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let word = find(bytes, b"stream", at)?;
        at = word + 6;
        let line_break = match &bytes[at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => continue,
        };
        let is_end = word > 0 && bytes[word - 1].is_ascii_alphabetic();
        if !is_end {
            return Some((word, at + line_break));
        }
    }
}

/// Where names stand: only in the file itself can the whole be encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    File,
    ObjectStream,
}

fn objects_in_order(bytes: &[u8], told: &mut Told, place: Place) -> Result<(), Refused> {
    for name in Names::of(bytes) {
        if name == b"Encrypt" && place == Place::File {
            return Err(Refused::Encrypted);
        }
        forbidden(&name, EVERYWHERE)?;
        forbidden(&name, IN_OBJECTS)?;
        told.font |= [b"BaseFont".as_slice(), b"Type3"].contains(&name.as_slice());
        told.page |= [b"Page".as_slice(), b"Pages"].contains(&name.as_slice());
    }
    Ok(())
}

fn data_in_order(bytes: &[u8]) -> Result<(), Refused> {
    Names::of(bytes).try_for_each(|name| forbidden(&name, EVERYWHERE))
}

fn forbidden(name: &[u8], list: &[&'static str]) -> Result<(), Refused> {
    match list.iter().find(|known| known.as_bytes() == name) {
        Some(name) => Err(Refused::ActivePdf { name }),
        None => Ok(()),
    }
}

/// Looks into whatever could be a stream of objects.
fn packed_in_order(bytes: &[u8], told: &mut Told) -> Result<(), Refused> {
    let mut budget = OBJECTS_BYTES_MAX;
    let mut at = 0;
    let mut end = 0;
    let mut count = 0;
    while let Some((word, start)) = next_beginning(bytes, at) {
        count += 1;
        if count > STREAMS_MAX {
            return Err(Refused::Bomb);
        }
        // All since the last one: which of it is this one's dictionary is for a reader to say.
        let declared = &bytes[at..word];
        // Many may begin before one ends: each end is looked for once.
        if end < start {
            end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
        }
        stream_in_order(declared, &bytes[start..end], told, &mut budget)?;
        at = start;
    }
    match Names::of(&bytes[at..]).any(|name| name == b"ObjStm") {
        true => Err(UNUSUAL),
        false => Ok(()),
    }
}

const UNUSUAL: Refused = Refused::Malformed {
    why: "objects are packed in an unusual way",
};

fn stream_in_order(
    declared: &[u8],
    data: &[u8],
    told: &mut Told,
    budget: &mut usize,
) -> Result<(), Refused> {
    let names: Vec<Vec<u8>> = Names::of(declared).collect();
    let count = |wanted: &[u8]| names.iter().filter(|name| *name == wanted).count();
    let beginning = inflated(data, BEGINNING_BYTES);
    match count(b"ObjStm") {
        // Not every reader asks for the type, but each for the numbers.
        0 if could_be_objects(&beginning) => data_in_order(&unpacked(data, budget)?),
        0 => data_in_order(&beginning),
        1 if count(b"Predictor") > 0 => Err(UNUSUAL),
        1 if is_numbered(&beginning) => {
            objects_in_order(&unpacked(data, budget)?, told, Place::ObjectStream)
        }
        1 if is_numbered(data) => objects_in_order(data, told, Place::ObjectStream),
        _ => Err(UNUSUAL),
    }
}

fn unpacked(data: &[u8], budget: &mut usize) -> Result<Vec<u8>, Refused> {
    let objects = inflated(data, *budget + 1);
    *budget = budget.checked_sub(objects.len()).ok_or(Refused::Bomb)?;
    not_infected(&objects)?;
    Ok(objects)
}

/// A stream of objects begins with pairs of numbers.
fn is_numbered(beginning: &[u8]) -> bool {
    let mut words = beginning
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let mut number = || {
        let word = words.next();
        word.is_some_and(|word| word.iter().all(u8::is_ascii_digit))
    };
    number() && number()
}

/// Whether a generous reader could take it for one.
fn could_be_objects(beginning: &[u8]) -> bool {
    let blank = |byte: &&u8| byte.is_ascii_whitespace() || **byte == 0;
    let first = beginning.iter().find(|byte| !blank(byte));
    first.is_some_and(|byte| byte.is_ascii_digit() || b"%+-".contains(byte))
}

/// The names of a piece of PDF, each as it is meant: `/J#53` is `JS`.
struct Names<'a> {
    rest: &'a [u8],
}

impl<'a> Names<'a> {
    fn of(rest: &'a [u8]) -> Self {
        Self { rest }
    }
}

impl Iterator for Names<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let start = self.rest.iter().position(|&byte| byte == b'/')? + 1;
        self.rest = &self.rest[start..];
        let mut name = Vec::new();
        // What is longer is none of those looked for.
        while let Some(&byte) = self.rest.first().filter(|_| name.len() < 32) {
            if byte.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(&byte) {
                break;
            }
            let escaped = match (byte, self.rest.get(1..3)) {
                (b'#', Some(digits)) => hex_byte(digits),
                _ => None,
            };
            name.push(escaped.unwrap_or(byte));
            self.rest = &self.rest[if escaped.is_some() { 3 } else { 1 }..];
        }
        Some(name)
    }
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let mut byte = [0];
    hex::decode_to_slice(digits, &mut byte).ok()?;
    Some(byte[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_meant() {
        let names: Vec<Vec<u8>> =
            Names::of(b"<</A/#4aS(x)/#4a#61v /B#/C#2 /D#zz\0//Long%").collect();
        let names: Vec<String> = names
            .iter()
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        assert_eq!(names, ["A", "JS", "Jav", "B#", "C#2", "D#zz", "", "Long"]);
    }

    #[test]
    fn a_stream_lies_between_its_two_words() {
        let bytes = b"1 0 obj <</L 1>>\nstream\r\ndata endstream (stream\n) endstream <<>> stream";
        let data = next_stream(bytes, 0).unwrap();
        assert_eq!(&bytes[data.clone()], b"data ");
        assert_eq!(next_stream(bytes, data.end), None);
        let open = b"<<>>stream\nrest";
        assert_eq!(next_stream(open, 0), Some(11..15));
    }

    #[test]
    fn objects_begin_with_pairs_of_numbers() {
        for (beginning, numbered, could) in [
            (b"12 0 13 57\n<<".as_slice(), true, true),
            (b"%\n12 0 ", false, true),
            (b"1 0 0 1 0 0 cm", true, true),
            (b"q 1 0 0 1 0 0 cm", false, false),
            (b"1\x01", false, true),
            (b"", false, false),
        ] {
            assert_eq!(is_numbered(beginning), numbered);
            assert_eq!(could_be_objects(beginning), could);
        }
    }
}
