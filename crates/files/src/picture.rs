//! Pictures: their frame is checked from the first byte to the last, not what is drawn.

use crate::Refused;

pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
pub(crate) const JPEG: &[u8] = b"\xff\xd8\xff";

/// As many pixels as a picture may have: A3 at 600 dots per inch has 70 million.
const PIXELS_MAX: u64 = 100_000_000;

const CUT: Refused = Refused::Malformed {
    why: "the picture is cut off or damaged",
};

/// Chunk after chunk, from the header to an end that is the file's.
pub(crate) fn png(bytes: &[u8]) -> Result<(), Refused> {
    let mut rest = bytes.get(PNG.len()..).ok_or(CUT)?;
    let mut first = true;
    let mut drawn = false;
    loop {
        let length = be32(rest, 0)?;
        let kind = rest.get(4..8).ok_or(CUT)?;
        let end = usize::try_from(length)
            .ok()
            .and_then(|length| length.checked_add(12))
            .ok_or(CUT)?;
        if first {
            if kind != b"IHDR" || length != 13 {
                return Err(CUT);
            }
            pixels(be32(rest, 8)?, be32(rest, 12)?)?;
        }
        first = false;
        drawn |= kind == b"IDAT";
        if kind == b"IEND" {
            return match rest.len().checked_sub(end) {
                Some(0) if drawn => Ok(()),
                Some(0) | None => Err(CUT),
                Some(_) => Err(Refused::TwoKinds),
            };
        }
        rest = rest.get(end..).ok_or(CUT)?;
    }
}

/// Segment after segment to the first scan, and an end after it. Behind the end cameras keep things of their own.
pub(crate) fn jpeg(bytes: &[u8]) -> Result<(), Refused> {
    let mut at = 2;
    let mut framed = false;
    loop {
        if bytes.get(at) != Some(&0xff) {
            return Err(CUT);
        }
        let marker = *bytes.get(at + 1).ok_or(CUT)?;
        if marker == 0xff {
            at += 1;
            continue;
        }
        let length = usize::from(be16(bytes, at + 2)?);
        if length < 2 {
            return Err(CUT);
        }
        match marker {
            // Every frame but the tables among them: C4, C8 and CC.
            0xc0..=0xcf if ![0xc4, 0xc8, 0xcc].contains(&marker) => {
                let (high, wide) = (be16(bytes, at + 5)?, be16(bytes, at + 7)?);
                pixels(wide.into(), high.into())?;
                framed = true;
            }
            0xda => {
                let ends = bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]);
                return if framed && ends { Ok(()) } else { Err(CUT) };
            }
            0x00..=0xbf | 0xd0..=0xd9 => return Err(CUT),
            _ => {}
        }
        at += 2 + length;
    }
}

fn pixels(wide: u32, high: u32) -> Result<(), Refused> {
    match u64::from(wide) * u64::from(high) {
        0 => Err(CUT),
        pixels if pixels > PIXELS_MAX => Err(Refused::Bomb),
        _ => Ok(()),
    }
}

fn be32(bytes: &[u8], at: usize) -> Result<u32, Refused> {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map(u32::from_be_bytes).ok_or(CUT)
}

fn be16(bytes: &[u8], at: usize) -> Result<u16, Refused> {
    let two = bytes.get(at..at + 2).and_then(|two| two.try_into().ok());
    two.map(u16::from_be_bytes).ok_or(CUT)
}
