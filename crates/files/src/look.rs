//! One look at a file that comes in: which kind it is by its content, and why it is not taken.
//!
//! **This is no virus scanner.** It keeps out whole classes of what does harm: macros, scripts, programs, encrypted
//! content nobody can look into. What hides in a well-formed picture or font to break one reader's code it does not see,
//! and of known malware it knows the test string alone. A scanner such as `clamd` belongs between this look and the store:
//! it takes the same bytes, and its finding is [`Refused::Infected`].
//!
//! It works on bytes alone and in bounded memory and time. It is not quick on large packages: run it off the async
//! threads.

use crate::find::contains;
use crate::{Hash, Kind, Refused, safe_name};
use crate::{mail, office, opendocument, package::Package, pdf, picture, text};

/// What the place a file comes in at is ready to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accept {
    /// PDFs without any text. Signed notes and mandates are scans more often than not; the conference's own texts must be
    /// readable, by search and by screen readers. A picture is no text either way, and whether one is acceptable is for the
    /// caller to say, by [`Seen::kind`].
    pub scans: bool,
    /// As many bytes as a file may have.
    pub limit: usize,
}

/// A file that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub kind: Kind,
    pub hash: Hash,
    pub size: u64,
    /// What a download of it may be called.
    pub safe_name: String,
}

/// Looks at a file with the name it came under. Cheapest first; it never panics, whatever the bytes.
///
/// # Example: a note in plain text
/// ```
/// use comity_files::{Accept, Kind, look};
///
/// let accept = Accept { scans: false, limit: 1024 };
/// let seen = look("Nota verbal n.º 3".as_bytes(), "Nota.txt", accept).unwrap();
/// assert_eq!(seen.kind, Kind::Text);
/// let refused = look(b"<script>alert(1)</script>", "Nota.txt", accept).unwrap_err();
/// assert_eq!(refused.code(), "unknown-type");
/// ```
pub fn look(bytes: &[u8], name: &str, accept: Accept) -> Result<Seen, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    let limit = accept.limit;
    if bytes.len() > limit {
        return Err(Refused::TooLarge { limit });
    }
    let safe_name = safe_name(name).map_err(Refused::BadName)?;
    not_infected(bytes)?;
    let extension = safe_name.rsplit_once('.').map_or("", |(_, end)| end);
    let promised = Kind::from_extension(extension);
    let kind = examine(bytes, promised, accept)?;
    Ok(Seen {
        kind,
        hash: Hash::of(bytes),
        size: bytes.len() as u64,
        safe_name,
    })
}

fn examine(bytes: &[u8], promised: Option<Kind>, accept: Accept) -> Result<Kind, Refused> {
    let agreed = |kind| match promised == Some(kind) {
        true => Ok(kind),
        false => Err(Refused::ExtensionDisagrees { kind }),
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return packed(bytes, agreed);
    }
    if bytes.starts_with(&COMPOUND) {
        // What Word and its kin make of a document with a password is a container of the old kind.
        let encrypted = contains(bytes, &utf16("EncryptedPackage"));
        return Err(match encrypted {
            true => Refused::Encrypted,
            false => Refused::UnknownType,
        });
    }
    if bytes.starts_with(b"%PDF-") {
        let kind = agreed(Kind::Pdf)?;
        one_kind(bytes)?;
        pdf::examine(bytes, accept.scans)?;
        return Ok(kind);
    }
    if bytes.starts_with(picture::PNG) {
        let kind = agreed(Kind::Png)?;
        picture::png(bytes)?;
        return Ok(kind);
    }
    if bytes.starts_with(picture::JPEG) {
        let kind = agreed(Kind::Jpeg)?;
        one_kind(bytes)?;
        picture::jpeg(bytes)?;
        return Ok(kind);
    }
    written(bytes, promised)
}

/// The kinds that are text differ by what their name promises: a table is a text, and so is a message.
fn written(bytes: &[u8], promised: Option<Kind>) -> Result<Kind, Refused> {
    if promised == Some(Kind::Mail) {
        mail::examine(bytes)?;
        return Ok(Kind::Mail);
    }
    let is_text = matches!(promised, Some(Kind::Text | Kind::Csv));
    let text = match text::read(bytes) {
        // Who sends a text in another encoding wants to know that, and not that it is no text.
        Err(Refused::NotUtf8) if !is_text => return Err(Refused::UnknownType),
        read => read?,
    };
    match promised {
        Some(Kind::Csv) => text::without_formulas(text).map(|()| Kind::Csv),
        Some(Kind::Text) => Ok(Kind::Text),
        Some(_) | None => Err(Refused::ExtensionDisagrees { kind: Kind::Text }),
    }
}

fn packed(bytes: &[u8], agreed: impl Fn(Kind) -> Result<Kind, Refused>) -> Result<Kind, Refused> {
    let mut package = Package::open(bytes)?;
    if let Some(kind) = opendocument::kind(&mut package)? {
        let kind = agreed(kind)?;
        opendocument::examine(&mut package)?;
        return Ok(kind);
    }
    let Some(kind) = office::kind(&mut package)? else {
        return Err(Refused::UnknownType);
    };
    let kind = agreed(kind)?;
    office::examine(&mut package)?;
    Ok(kind)
}

/// The first bytes of Microsoft's compound files: old documents, embedded objects, and what is encrypted.
pub(crate) const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A document with an archive at its end is a document to one program and a program to another.
fn one_kind(bytes: &[u8]) -> Result<(), Refused> {
    // The directory of an archive ends at most 64 KiB and a little before the file does.
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    match contains(tail, b"PK\x05\x06") {
        true => Err(Refused::TwoKinds),
        false => Ok(()),
    }
}

/// Whether the string that every scanner is tested with is in there. It is in two halves so that scanners leave this
/// program alone.
pub(crate) fn not_infected(bytes: &[u8]) -> Result<(), Refused> {
    let mut test = br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD".to_vec();
    test.extend_from_slice(b"-ANTIVIRUS-TEST-FILE!$H+H*");
    match contains(bytes, &test) {
        true => Err(Refused::Infected),
        false => Ok(()),
    }
}
