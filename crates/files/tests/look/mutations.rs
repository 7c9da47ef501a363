//! No bytes make it panic: random ones, and good files with something changed, cut out or doubled.
//!
//! The changes follow from a number, so that a failure is found again.

use comity_files::{Accept, look};

use crate::ACCEPT;
use crate::general::good;
use crate::samples::{docx, pdf, stream, zlib};

/// A sequence that looks random and is the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        let most = u64::try_from(most.max(1)).unwrap();
        usize::try_from(self.throw() % most).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.throw().to_le_bytes()[3]
    }
}

fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const WORDS: &[&[u8]] = &[
        b"stream\n",
        b"endstream",
        b"/ObjStm",
        b"<",
        b">",
        b"'",
        b"&#",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"\xff\xda",
        b"#",
        b"\n ",
        b":",
        b"\xff\xff\xff\xff",
        b"\0\0\0\0",
        b"\r\n\r\n",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let end = (at + dice.below(24)).min(bytes.len());
        match dice.below(5) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => {
                let word = WORDS[dice.below(WORDS.len())];
                bytes.splice(at..end, word.iter().copied());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.byte();
                }
            }
        }
    }
    bytes
}

fn look_each_way(bytes: &[u8], name: &str) {
    for scans in [false, true] {
        let accept = Accept { scans, ..ACCEPT };
        let (first, again) = (look(bytes, name, accept), look(bytes, name, accept));
        assert_eq!(first, again, "the same file is seen the same");
    }
}

#[test]
fn no_change_of_a_good_file_makes_it_panic() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut files = good();
    let packed = stream(
        "/Type /ObjStm /Filter /FlateDecode",
        &zlib(b"5 0 << /A /B >>"),
    );
    files.push((comity_files::Kind::Pdf, "a.pdf", pdf(true, &packed)));
    let table = crate::samples::archive(&crate::samples::xlsx());
    let chart = crate::samples::with(docx(), "word/embeddings/a.xlsx", table);
    files.push((comity_files::Kind::Docx, "a.docx", chart));
    for (_, name, bytes) in files {
        for _ in 0..1500 {
            look_each_way(&mutated(&bytes, &mut dice), name);
        }
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let starts: [&[u8]; 8] = [
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"From: a\nDate: b\n",
        b"%PDF-1.7\n/Page startxref %%EOF stream\n\x78\x9c",
    ];
    for name in [
        "a.pdf", "a.docx", "a.odt", "a.png", "a.jpg", "a.eml", "a.csv",
    ] {
        for start in starts {
            for _ in 0..100 {
                let length = dice.below(400);
                let random = (0..length).map(|_| dice.byte());
                let bytes: Vec<u8> = start.iter().copied().chain(random).collect();
                look_each_way(&bytes, name);
            }
        }
    }
}

#[test]
fn no_name_makes_it_panic() {
    let mut dice = Dice(7);
    for _ in 0..5000 {
        let length = dice.below(40);
        let name: String = (0..length)
            .filter_map(|_| char::from_u32(u32::try_from(dice.below(0x11_0000)).unwrap()))
            .collect();
        if let Ok(seen) = look(b"x", &format!("{name}.txt"), ACCEPT) {
            let again = comity_files::safe_name(&seen.safe_name);
            assert_eq!(again.as_ref(), Ok(&seen.safe_name), "a safe name is safe");
        }
    }
}
