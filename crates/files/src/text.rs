//! Plain texts and tables: UTF-8, nothing unseen that acts, and not the source of something else.

use crate::Refused;

/// The text, if it is one.
pub(crate) fn read(bytes: &[u8]) -> Result<&str, Refused> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(Refused::NotUtf8);
    };
    let text = text.trim_start_matches('\u{feff}');
    let odd = |c: char| c.is_control() && !"\t\n\r\u{c}\u{85}".contains(c);
    if text.chars().any(odd) || is_source(text) {
        return Err(Refused::UnknownType);
    }
    Ok(text)
}

/// Whether a text is a page, a drawing, a script or a printer's program. Only its beginning tells: a note may quote any.
fn is_source(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<script",
        "<svg",
        "<?",
        "<!--",
        "<iframe",
        "<style",
        "<xml",
        "#!",
        "{\\rtf",
        "%!ps",
        "%pdf",
        "mime-version:",
        "@echo off",
    ];
    let start: String = text
        .trim_start()
        .chars()
        .take(16)
        .flat_map(char::to_lowercase)
        .collect();
    STARTS.iter().any(|source| start.starts_with(source))
}

/// A spreadsheet that opens a table calculates what its cells hold, and so could start a program.
pub(crate) fn without_formulas(text: &str) -> Result<(), Refused> {
    for (line, row) in (1..).zip(text.lines()) {
        if row.split([',', ';', '\t']).any(is_formula) {
            return Err(Refused::Formula { line });
        }
    }
    Ok(())
}

/// A number may begin with a sign and a remark with a dash; what calls something has a bar or a bracket as well.
fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches([' ', '"', '\'']);
    let calls = |rest: &str| rest.contains('|') || rest.contains('(');
    match cell.split_at_checked(1) {
        Some(("=", rest)) => !rest.trim_start_matches(['=', '-']).trim().is_empty(),
        Some(("@", rest)) => calls(rest),
        Some(("+" | "-", rest)) => {
            rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '@') && calls(rest)
        }
        _ => false,
    }
}
