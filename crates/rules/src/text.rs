use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::packed;

/// A reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Es,
    En,
}

impl Language {
    /// Both, in the order in which the record holds them.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The code used in addresses and in `lang`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of a code; `None` for any other.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Es => Self::En,
            Self::En => Self::Es,
        }
    }
}

/// Two language versions in one piece of memory, and nothing beside it: a register holds very many of them, and most are
/// short.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Both {
    // INVARIANT: a mark (one ASCII letter), the Spanish version as it is packed, and the English one.
    text: Box<str>,
}

impl Both {
    fn new(mark: u8, es: &str, en: &str) -> Self {
        let mut text = String::with_capacity(es.len() + en.len() + 4);
        text.push(char::from(mark));
        packed::push(es, &mut text);
        text.push_str(en);
        Self { text: text.into() }
    }

    fn mark(&self) -> u8 {
        self.text.as_bytes().first().copied().unwrap_or_default()
    }

    /// Both versions, without what stands before them.
    fn versions(&self) -> (&str, &str) {
        packed::take(&self.text[1..])
    }

    fn get(&self, language: Language) -> &str {
        let (es, en) = self.versions();
        match language {
            Language::Es => es,
            Language::En => en,
        }
    }

    fn missing(&self) -> impl Iterator<Item = Language> + '_ {
        Language::ALL
            .into_iter()
            .filter(|language| self.get(*language).trim().is_empty())
    }
}

/// The mark of what needs none.
const NONE: u8 = b'.';

/// Our own words, written in both languages.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text(Both);

impl Text {
    /// The text with these two versions.
    pub fn new(es: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        Self(Both::new(NONE, es.as_ref(), en.as_ref()))
    }

    pub fn es(&self) -> &str {
        self.get(Language::Es)
    }

    pub fn en(&self) -> &str {
        self.get(Language::En)
    }

    pub fn get(&self, language: Language) -> &str {
        self.0.get(language)
    }

    /// The languages in which nothing is written.
    pub fn missing(&self) -> impl Iterator<Item = Language> + '_ {
        self.0.missing()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text")
            .field("es", &self.es())
            .field("en", &self.en())
            .finish()
    }
}

/// The shape of a text wherever it is written.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Text", deny_unknown_fields)]
struct TextForm<'a> {
    #[serde(borrow)]
    es: Cow<'a, str>,
    #[serde(borrow)]
    en: Cow<'a, str>,
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (es, en) = (self.es().into(), self.en().into());
        TextForm { es, en }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let TextForm { es, en } = TextForm::deserialize(deserializer)?;
        Ok(Self::new(es, en))
    }
}

/// How one language version of a title or name came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// As printed in the source's edition of that language.
    Printed,
    /// The official name or title in that language.
    Official,
    /// Our own translation.
    Translation,
}

impl Standing {
    const ALL: [Self; 3] = [Self::Printed, Self::Official, Self::Translation];
}

/// A name or title that somebody gave, in both languages, each with how it came to be.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Title(Both);

impl Title {
    fn new(es: &str, en: &str, es_is: Standing, en_is: Standing) -> Self {
        Self(Both::new(b'a' + es_is as u8 + 3 * en_is as u8, es, en))
    }

    /// The title as printed in English, with our own translation into Spanish: what most of the source's are.
    pub fn translated(es: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        Self::new(es.as_ref(), en.as_ref(), translation(), printed())
    }

    /// A title that its author wrote in both languages.
    pub fn official(text: &Text) -> Self {
        Self::new(text.es(), text.en(), Standing::Official, Standing::Official)
    }

    pub fn es(&self) -> &str {
        self.get(Language::Es)
    }

    pub fn en(&self) -> &str {
        self.get(Language::En)
    }

    pub fn get(&self, language: Language) -> &str {
        self.0.get(language)
    }

    /// How the version in that language came to be.
    pub fn standing(&self, language: Language) -> Standing {
        let mark = usize::from(self.0.mark() - b'a');
        match language {
            Language::Es => Standing::ALL[mark % 3],
            Language::En => Standing::ALL[mark / 3],
        }
    }

    /// The languages in which nothing is written.
    pub fn missing(&self) -> impl Iterator<Item = Language> + '_ {
        self.0.missing()
    }
}

impl fmt::Debug for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Title")
            .field("es", &self.es())
            .field("en", &self.en())
            .field("es_is", &self.standing(Language::Es))
            .field("en_is", &self.standing(Language::En))
            .finish()
    }
}

/// The shape of a title wherever it is written.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Title", deny_unknown_fields)]
struct TitleForm<'a> {
    #[serde(borrow)]
    es: Cow<'a, str>,
    #[serde(borrow)]
    en: Cow<'a, str>,
    #[serde(default = "translation", skip_serializing_if = "is_translation")]
    es_is: Standing,
    #[serde(default = "printed", skip_serializing_if = "is_printed")]
    en_is: Standing,
}

impl Serialize for Title {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TitleForm {
            es: self.es().into(),
            en: self.en().into(),
            es_is: self.standing(Language::Es),
            en_is: self.standing(Language::En),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Title {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let TitleForm {
            es,
            en,
            es_is,
            en_is,
        } = TitleForm::deserialize(deserializer)?;
        Ok(Self::new(&es, &en, es_is, en_is))
    }
}

const fn translation() -> Standing {
    Standing::Translation
}

const fn printed() -> Standing {
    Standing::Printed
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_translation(standing: &Standing) -> bool {
    *standing == Standing::Translation
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_printed(standing: &Standing) -> bool {
    *standing == Standing::Printed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_as_it_was_read() {
        for json in [
            r#"{"es":"Honduras","en":"Honduras"}"#,
            r#"{"es":"","en":"a \"b\""}"#,
            r#"{"es":"año","en":""}"#,
        ] {
            let text: Text = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&text).unwrap(), json);
            assert_eq!(Text::new(text.es(), text.en()), text);
        }
        let text = Text::new("año", "year");
        assert_eq!(
            (text.es(), text.get(Language::En)),
            ("año", "year"),
            "{text:?}"
        );
        assert_ne!(text, Text::new("añoy", "ear"), "where one ends counts");
        let missing = Text::new(" ", "x");
        assert_eq!(missing.missing().collect::<Vec<_>>(), [Language::Es]);
    }

    #[test]
    fn a_text_takes_two_words_whether_it_is_there_or_not() {
        assert_eq!(size_of::<Option<Text>>(), 2 * size_of::<usize>());
        assert_eq!(size_of::<Option<Title>>(), 2 * size_of::<usize>());
    }

    #[test]
    fn a_title_keeps_every_pair_of_standings() {
        for es_is in Standing::ALL {
            for en_is in Standing::ALL {
                let title = Title::new("año", "year", es_is, en_is);
                assert_eq!(title.standing(Language::Es), es_is);
                assert_eq!(title.standing(Language::En), en_is);
                assert_eq!((title.es(), title.en()), ("año", "year"));
            }
        }
    }

    #[test]
    fn a_title_says_how_each_version_came_to_be() {
        let json = r#"{"es":"año","en":"year","es_is":"official"}"#;
        let title: Title = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&title).unwrap(), json);
        assert_eq!(title.standing(Language::Es), Standing::Official);
        assert_eq!(title.standing(Language::En), Standing::Printed);
        assert_ne!(title, Title::translated("año", "year"));
    }

    #[test]
    fn other_shapes_are_refused() {
        let fault = |json: &str| serde_json::from_str::<Text>(json).unwrap_err().to_string();
        assert!(fault(r#"{"es":"x"}"#).starts_with("missing field `en`"));
        assert!(fault(r#"{"es":"x","en":"x","fr":"x"}"#).starts_with("unknown field `fr`"));
        assert!(fault(r#"{"es":1,"en":"x"}"#).contains("expected a string"));
    }
}
