//! What stands in a page is escaped by the library. It looks at one byte after another: most of a large page is text with nothing to be
//! escaped, and that is found out many bytes at a time.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// As the library's own, byte for byte.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Html;

impl Escaper for Html {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        if has_mark(text.as_bytes()) {
            askama::filters::Html.write_escaped_str(dest, text)
        } else {
            dest.write_str(text)
        }
    }

    fn write_escaped_char<W: Write>(&self, dest: W, letter: char) -> fmt::Result {
        askama::filters::Html.write_escaped_char(dest, letter)
    }
}

/// Whether there is a byte that may not stand in a page as it is. It looks at all of them: without a way out many are done at a time.
fn has_mark(bytes: &[u8]) -> bool {
    let marked = |found: bool, byte: &u8| found | matches!(byte, b'"' | b'&' | b'\'' | b'<' | b'>');
    bytes.iter().fold(false, marked)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn both(text: &str) -> (String, String) {
        let (mut own, mut theirs) = (String::new(), String::new());
        Html.write_escaped_str(&mut own, text).unwrap();
        askama::filters::Html
            .write_escaped_str(&mut theirs, text)
            .unwrap();
        (own, theirs)
    }

    #[test]
    fn every_letter_is_escaped_as_the_library_does() {
        for letter in (0..=0x2000).filter_map(char::from_u32) {
            for text in [letter.to_string(), format!("una frase larga, y {letter}")] {
                let (own, theirs) = both(&text);
                assert_eq!(own, theirs);
            }
            let mut own = String::new();
            Html.write_escaped_char(&mut own, letter).unwrap();
            assert_eq!(own, both(&letter.to_string()).1);
        }
        assert!(
            !both("<a href=\"x\">Ñandú & 'cía'")
                .0
                .contains(['<', '>', '"', '\''])
        );
    }

    proptest! {
        #[test]
        fn and_every_text(text in ".{0,80}") {
            let (own, theirs) = both(&text);
            prop_assert_eq!(own, theirs);
        }
    }
}
