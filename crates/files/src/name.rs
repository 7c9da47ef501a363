use unicode_normalization::UnicodeNormalization;

use crate::Disposition;

/// As many bytes as a name may have: common file systems take 255, and an archive puts something before it.
pub const NAME_BYTES_MAX: usize = 120;

/// What is wrong with a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    #[error("it is empty, or nothing but dots and spaces")]
    Empty,
    #[error("it is a path")]
    Path,
    #[error("it holds a control character")]
    Control,
    #[error("it holds a character that turns the direction of reading or is not seen")]
    Unseen,
    #[error("it begins with a dot")]
    Hidden,
    #[error("some systems keep it for a device")]
    Reserved,
    #[error("it is longer than 120 bytes")]
    TooLong,
}

/// The name as a download may carry it: composed, trimmed, without what some file system cannot take.
///
/// What could deceive is refused; what is merely awkward is replaced.
///
/// # Example: a title with a colon, its accents apart
/// ```
/// assert_eq!(
///     comity_files::safe_name(" Informe: an\u{303}o 2012.pdf ").unwrap(),
///     "Informe_ año 2012.pdf"
/// );
/// assert!(comity_files::safe_name("../Nota.pdf").is_err());
/// ```
pub fn safe_name(name: &str) -> Result<String, NameFault> {
    // Before anything else: what follows should not work on a megabyte.
    if name.len() > 8 * NAME_BYTES_MAX {
        return Err(NameFault::TooLong);
    }
    if name.contains(['/', '\\']) {
        return Err(NameFault::Path);
    }
    if name.chars().any(char::is_control) {
        return Err(NameFault::Control);
    }
    if name.chars().any(unseen) {
        return Err(NameFault::Unseen);
    }
    let replaced: String = name
        .nfc()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    // A dot or a space at the end is dropped by some systems, and then the ending is another.
    let name = replaced.trim().trim_end_matches(['.', ' ']);
    if name.is_empty() {
        return Err(NameFault::Empty);
    }
    if name.starts_with('.') {
        return Err(NameFault::Hidden);
    }
    if reserved(name) {
        return Err(NameFault::Reserved);
    }
    if name.len() > NAME_BYTES_MAX {
        return Err(NameFault::TooLong);
    }
    Ok(name.to_owned())
}

/// Marks and overrides of direction, separators, tags, variation selectors, and other characters without a face. The two
/// joiners stay: Persian and the languages of India spell with them.
const fn unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{fffd}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

fn reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_uppercase();
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str()) {
        return true;
    }
    let port = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    port.is_some_and(|number| {
        let mut digits = number.chars();
        let digit = digits.next().is_some_and(|c| "0123456789¹²³".contains(c));
        digit && digits.next().is_none()
    })
}

/// The header of RFC 6266, with the name in ASCII for the old and as RFC 8187 spells it for all others.
///
/// Safe for any name: what is not plain is replaced in the one and escaped in the other.
pub fn content_disposition(disposition: Disposition, name: &str) -> String {
    let how = match disposition {
        Disposition::Inline => "inline",
        Disposition::Attachment => "attachment",
    };
    // A percent sign would be decoded by some browsers.
    let plain = |c: char| (c.is_ascii_graphic() || c == ' ') && !"\"\\%/".contains(c);
    let ascii: String = name
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .collect();
    let escaped: String =
        name.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                b'!' | b'#' | b'$' | b'&' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|'
                | b'~' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect();
    format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_safe_or_refused() {
        for (name, safe) in [
            ("Nota verbal.pdf", Ok("Nota verbal.pdf")),
            (" Informe?\u{a0}n.º 3.pdf. ", Ok("Informe_ n.º 3.pdf")),
            ("Me\u{301}xico.odt", Ok("México.odt")),
            ("می\u{200c}خواهم.pdf", Ok("می\u{200c}خواهم.pdf")),
            ("console.pdf", Ok("console.pdf")),
            ("COM10.pdf", Ok("COM10.pdf")),
            ("", Err(NameFault::Empty)),
            (" .. ", Err(NameFault::Empty)),
            ("a/b.pdf", Err(NameFault::Path)),
            ("C:\\b.pdf", Err(NameFault::Path)),
            ("a\nb.pdf", Err(NameFault::Control)),
            ("a\0.pdf", Err(NameFault::Control)),
            ("nota\u{202e}fdp.exe", Err(NameFault::Unseen)),
            ("a\u{feff}.pdf", Err(NameFault::Unseen)),
            (".htaccess", Err(NameFault::Hidden)),
            ("nul.pdf", Err(NameFault::Reserved)),
            ("Com1.tar.pdf", Err(NameFault::Reserved)),
            ("LPT².pdf", Err(NameFault::Reserved)),
        ] {
            assert_eq!(safe_name(name), safe.map(str::to_owned), "{name:?}");
        }
        let longest = format!("{}.pdf", "n".repeat(NAME_BYTES_MAX - 4));
        assert_eq!(safe_name(&longest), Ok(longest.clone()));
        assert_eq!(safe_name(&format!("n{longest}")), Err(NameFault::TooLong));
        assert_eq!(safe_name(&"n".repeat(1 << 20)), Err(NameFault::TooLong));
    }

    #[test]
    fn a_header_carries_any_name_and_nothing_else() {
        let header = |name| content_disposition(Disposition::Attachment, name);
        assert_eq!(
            header("Nota año.pdf"),
            "attachment; filename=\"Nota a_o.pdf\"; filename*=UTF-8''Nota%20a%C3%B1o.pdf"
        );
        assert_eq!(
            header("a\"; x=\"\r\nSet-Cookie: %41'.pdf"),
            "attachment; filename=\"a_; x=___Set-Cookie: _41'.pdf\"; \
             filename*=UTF-8''a%22%3B%20x%3D%22%0D%0ASet-Cookie%3A%20%2541%27.pdf"
        );
    }
}
