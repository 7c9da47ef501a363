//! References to the notes on which something is done.

use comity_rules::{Language, Text};

use crate::Rejection;

/// The longest reference to a note, in characters.
const LONGEST: usize = 200;

/// The longest text that an act carries in one language, in characters.
const TEXT_LONGEST: usize = 300;

/// A reference is one line of some words.
pub(crate) fn check(note: Option<&str>) -> Result<(), Rejection> {
    let Some(note) = note else { return Ok(()) };
    if note.trim().is_empty() || note.chars().any(char::is_control) {
        return Err(Rejection::SeatDetailAbsent { what: "note" });
    }
    if note.chars().count() > LONGEST {
        return Err(Rejection::NoteTooLong { longest: LONGEST });
    }
    Ok(())
}

/// A text stands in both languages, one line each.
pub(crate) fn check_text(text: &Text) -> Result<(), Rejection> {
    check_text_within(text, TEXT_LONGEST)
}

/// The same, with another length.
pub(crate) fn check_text_within(text: &Text, longest: usize) -> Result<(), Rejection> {
    for language in Language::ALL {
        let version = text.get(language);
        if version.trim().is_empty() || version.chars().any(char::is_control) {
            return Err(Rejection::TextAbsent { language });
        }
        if version.chars().count() > longest {
            return Err(Rejection::TextTooLong { longest });
        }
    }
    Ok(())
}
