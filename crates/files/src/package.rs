//! The packages of which office documents are made: archives, opened without trust.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use crate::Refused;
use crate::look::{COMPOUND, not_infected};

/// As many parts as a package may have. A presentation of a hundred slides has some five hundred.
const PARTS_MAX: usize = 4096;
/// As many bytes as one part may unpack to: it is held in memory.
const PART_BYTES_MAX: usize = 64 << 20;
/// As many bytes as all of them may unpack to.
const PACKAGE_BYTES_MAX: u64 = 256 << 20;
/// How much larger than the package its parts may be in all, once they are more than [`RATIO_FROM_BYTES`]. Large tables
/// come to 30.
const RATIO_MAX: u64 = 200;
const RATIO_FROM_BYTES: u64 = 8 << 20;

/// An archive whose two descriptions of itself agree, with names and methods that are in order.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    packed: u64,
    /// What all parts that were read came to, with those of packages within. Reading one twice counts twice, which harms
    /// nobody.
    unpacked: u64,
    /// What they may come to.
    unpacked_max: u64,
}

const DAMAGED: Refused = Refused::Malformed {
    why: "the package cannot be read",
};

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
        if archive.len() > PARTS_MAX {
            return Err(Refused::Bomb);
        }
        // Programs differ in what they believe where an archive contradicts itself, and so would we and the reader.
        if archive.offset() != 0 || !archive.comment().is_empty() {
            return Err(Refused::TwoKinds);
        }
        let mut names = Vec::with_capacity(archive.len());
        for place in 0..archive.len() {
            let entry = archive.by_index_data(place).map_err(|_| DAMAGED)?;
            if entry.encrypted() {
                return Err(Refused::Encrypted);
            }
            let method = entry.compression();
            if ![CompressionMethod::Stored, CompressionMethod::Deflated].contains(&method) {
                return Err(Refused::Malformed {
                    why: "a part is packed in an unusual way",
                });
            }
            if entry.size() > PART_BYTES_MAX as u64 {
                return Err(Refused::Bomb);
            }
            names.push(plain_name(&entry.name().map_err(|_| DAMAGED)?)?);
        }
        archive.validate_header_consistency().map_err(|_| DAMAGED)?;
        let mut lowered: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        lowered.sort();
        if lowered.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Refused::Malformed {
                why: "two parts have the same name",
            });
        }
        Ok(Self {
            archive,
            names,
            packed: bytes.len() as u64,
            unpacked: 0,
            unpacked_max: PACKAGE_BYTES_MAX,
        })
    }

    /// The parts' names, in the order of the directory.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The part of this name, whatever the case of its letters: so do office programs find it.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        let wanted = name.to_lowercase();
        let place = self.names.iter().position(|n| n.to_lowercase() == wanted);
        place.map(|place| self.read(place)).transpose()
    }

    /// The part at this place in [`Self::names`], unpacked by what it is and not by what it declares.
    pub(crate) fn read(&mut self, place: usize) -> Result<Vec<u8>, Refused> {
        let file = self.archive.by_index(place).map_err(|_| DAMAGED)?;
        let mut part = Vec::new();
        let read = file.take(PART_BYTES_MAX as u64 + 1).read_to_end(&mut part);
        self.unpacked += part.len() as u64;
        let too_dense = self.unpacked > RATIO_FROM_BYTES && self.unpacked / RATIO_MAX > self.packed;
        if part.len() > PART_BYTES_MAX || self.unpacked > self.unpacked_max || too_dense {
            return Err(Refused::Bomb);
        }
        read.map_err(|_| DAMAGED)?;
        not_infected(&part)?;
        Ok(part)
    }

    /// Works on a package that is a part of this one, and has but what this one left to unpack.
    pub(crate) fn within<T>(
        &mut self,
        part: &[u8],
        work: impl FnOnce(&mut Package<'_>) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        let mut inner = Package::open(part)?;
        inner.unpacked_max = self.unpacked_max.saturating_sub(self.unpacked);
        let done = work(&mut inner);
        self.unpacked += inner.unpacked;
        done
    }

    /// Whether the first part is stored as it is, as an open document's type must be.
    pub(crate) fn first_is_stored(&self) -> bool {
        let first = self.archive.by_index_data(0);
        first.is_ok_and(|entry| {
            entry.compression() == CompressionMethod::Stored && entry.header_start() == 0
        })
    }
}

fn plain_name(name: &str) -> Result<String, Refused> {
    let climbs = name.split('/').any(|step| step == ".." || step == ".");
    if climbs || name.starts_with('/') || name.contains(['\\', '\0', ':']) || name.is_empty() {
        return Err(Refused::Malformed {
            why: "a part's name leads out of the package",
        });
    }
    Ok(name.to_owned())
}

/// Whether a part is a program, an archive or an old container, whatever it is called.
pub(crate) fn is_foreign(part: &[u8]) -> bool {
    const STARTS: &[&[u8]] = &[
        &COMPOUND,
        b"\x7fELF",
        b"PK\x03\x04",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"#!",
        b"\xca\xfe\xba\xbe",
        b"\xcf\xfa\xed\xfe",
        b"{\\rtf",
    ];
    STARTS.iter().any(|start| part.starts_with(start)) || is_windows_program(part)
}

/// Two letters at the start could be chance, in a scrambled font for one; what they lead to is none.
fn is_windows_program(part: &[u8]) -> bool {
    let header = part.get(0x3c..0x40).and_then(|b| b.try_into().ok());
    let Some(header) = header.map(u32::from_le_bytes) else {
        return false;
    };
    part.starts_with(b"MZ")
        && usize::try_from(header).is_ok_and(|at| {
            let signature = part.get(at..at.saturating_add(2));
            signature == Some(b"PE") || signature == Some(b"NE")
        })
}

/// Parts that no document needs, by how their names end.
pub(crate) fn is_active_name(name: &str) -> bool {
    const ENDS: &[&str] = &[
        ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse",
        ".wsf", ".hta", ".jar", ".class", ".htm", ".html", ".mht", ".mhtml", ".rtf", ".swf",
        ".lnk", ".msi", ".py", ".sh",
    ];
    let name = name.to_lowercase();
    ENDS.iter().any(|end| name.ends_with(end))
}
