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
