use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text as it is compared: without accents, case, punctuation and small words that lists leave out.
pub fn fold(text: &str) -> String {
    const SMALL: [&str; 9] = ["de", "del", "la", "el", "los", "las", "the", "of", "y"];
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words = plain
        .split_whitespace()
        .filter(|word| !SMALL.contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// In one line, without what no cell of a list needs; an apostrophe that only told a program that the rest is text goes.
pub fn tidy(cell: &str) -> String {
    // Marks of direction and joiners of no width: two names that look alike must be alike.
    let hidden = |c: char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let plain: String = cell
        .chars()
        .filter(|c| !hidden(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_alike_is_alike() {
        for (one, other) in [
            ("Teléfono", "TELEFONO:"),
            ("Correo electrónico", "correo-electronico"),
            ("República Dominicana", "REPUBLICA  DOMINICANA "),
            ("Ministerio de la Gobernación", "Ministerio Gobernacion"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        assert_ne!(fold("Panamá"), fold("Perú"));
    }
}
