use crate::{Tongue, Wording};

impl Wording {
    /// "a, b and c" / «a, b y c», with «e» before the sound of i.
    pub fn all_of<T: AsRef<str>>(&self, items: &[T]) -> String {
        match self.tongue() {
            Tongue::English => joined(items, |_| "and"),
            Tongue::Spanish => joined(items, |next| if sounds_like_i(next) { "e" } else { "y" }),
        }
    }

    /// "a, b or c" / «a, b o c», with «u» before the sound of o.
    pub fn any_of<T: AsRef<str>>(&self, items: &[T]) -> String {
        match self.tongue() {
            Tongue::English => joined(items, |_| "or"),
            Tongue::Spanish => joined(items, |next| if sounds_like_o(next) { "u" } else { "o" }),
        }
    }

    /// Years from the first to the last, three or more in a row as a span: "1999, 2001, 2003–2008".
    pub fn years(&self, years: &[i16]) -> String {
        let mut years = years.to_vec();
        years.sort_unstable();
        years.dedup();
        let runs: Vec<String> = years
            .chunk_by(|earlier, later| later - earlier == 1)
            .flat_map(|run| match run {
                [first, _, .., last] => vec![format!("{first}–{last}")],
                few => few.iter().map(i16::to_string).collect(),
            })
            .collect();
        runs.join(", ")
    }
}

fn joined<T: AsRef<str>>(items: &[T], word: impl Fn(&str) -> &'static str) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!(
                "{} {} {}",
                first.join(", "),
                word(last.as_ref()),
                last.as_ref()
            )
        }
    }
}

/// Where «y» becomes «e»: i or hi, unless a diphthong follows (hierro, hiato, ion).
fn sounds_like_i(word: &str) -> bool {
    let word = word.to_lowercase();
    let word = word.strip_prefix('h').unwrap_or(&word);
    let mut letters = word.chars();
    match letters.next() {
        Some('í') => true,
        Some('i') => !matches!(
            letters.next(),
            Some('a' | 'e' | 'o' | 'u' | 'á' | 'é' | 'ó' | 'ú')
        ),
        _ => false,
    }
}

/// Where «o» becomes «u»: o or ho.
fn sounds_like_o(word: &str) -> bool {
    let word = word.to_lowercase();
    word.strip_prefix('h')
        .unwrap_or(&word)
        .starts_with(['o', 'ó'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_with_the_word_that_the_next_sound_asks_for() {
        let [spanish, english] = Tongue::ALL.map(Wording::get);
        for (items, es, en) in [
            (&[][..], "", ""),
            (&["Belice"], "Belice", "Belice"),
            (
                &["Belice", "Panamá"],
                "Belice y Panamá",
                "Belice and Panamá",
            ),
            (&["a", "b", "c"], "a, b y c", "a, b and c"),
            (
                &["España", "Italia"],
                "España e Italia",
                "España and Italia",
            ),
            (&["madres", "hijos"], "madres e hijos", "madres and hijos"),
            (&["agua", "hielo"], "agua y hielo", "agua and hielo"),
            (
                &["México", "Yucatán"],
                "México y Yucatán",
                "México and Yucatán",
            ),
        ] {
            assert_eq!(spanish.all_of(items), es);
            assert_eq!(english.all_of(items), en);
        }
        assert_eq!(spanish.any_of(&["Panamá", "Honduras"]), "Panamá u Honduras");
        assert_eq!(spanish.any_of(&["uno", "otro"]), "uno u otro");
        assert_eq!(spanish.any_of(&["a", "b", "c"]), "a, b o c");
        assert_eq!(english.any_of(&["a", "b"]), "a or b");
    }

    #[test]
    fn years_in_a_row_become_a_span() {
        let english = Wording::get(Tongue::English);
        for (years, text) in [
            (&[][..], ""),
            (&[1999], "1999"),
            (&[2003, 2004], "2003, 2004"),
            (
                &[1999, 2001, 2003, 2004, 2005, 2006, 2007, 2008],
                "1999, 2001, 2003–2008",
            ),
            (&[2001, 1999, 2000, 2000], "1999–2001"),
        ] {
            assert_eq!(english.years(years), text);
        }
    }
}
