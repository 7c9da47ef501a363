use std::borrow::Cow;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// Two language versions in one piece of memory: a register holds very many of them, and most are short.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Both {
    /// The Spanish version, and behind it the English one.
    text: Box<str>,
    /// Where the English one begins.
    english: u32,
}

/// Why a text cannot be taken.
#[derive(Debug, thiserror::Error)]
#[error("a text is longer than four gigabytes")]
struct TooLong;

impl Both {
    fn new(es: &str, en: &str) -> Result<Self, TooLong> {
        let english = u32::try_from(es.len()).map_err(|_| TooLong)?;
        let mut text = String::with_capacity(es.len() + en.len());
        text.push_str(es);
        text.push_str(en);
        Ok(Self {
            text: text.into(),
            english,
        })
    }

    fn get(&self, language: Language) -> &str {
        let (es, en) = self.text.split_at(self.english as usize);
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

/// Our own words, written in both languages.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text(Both);

impl Text {
    /// The text with these two versions.
    ///
    /// # Panics
    /// The Spanish version is longer than four gigabytes.
    pub fn new(es: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        Self(Both::new(es.as_ref(), en.as_ref()).expect("a text that fits into memory"))
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
        Both::new(&es, &en).map(Self).map_err(D::Error::custom)
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

/// A name or title that somebody gave, in both languages, each with how it came to be.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Title {
    both: Both,
    es_is: Standing,
    en_is: Standing,
}

impl Title {
    /// The title as printed in English, with our own translation into Spanish: what most of the source's are.
    ///
    /// # Panics
    /// The Spanish version is longer than four gigabytes.
    pub fn translated(es: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        Self {
            both: Both::new(es.as_ref(), en.as_ref()).expect("a title that fits into memory"),
            es_is: translation(),
            en_is: printed(),
        }
    }

    /// A title that its author wrote in both languages.
    pub fn official(text: &Text) -> Self {
        Self {
            both: text.0.clone(),
            es_is: Standing::Official,
            en_is: Standing::Official,
        }
    }

    pub fn es(&self) -> &str {
        self.get(Language::Es)
    }

    pub fn en(&self) -> &str {
        self.get(Language::En)
    }

    pub fn get(&self, language: Language) -> &str {
        self.both.get(language)
    }

    /// How the version in that language came to be.
    pub const fn standing(&self, language: Language) -> Standing {
        match language {
            Language::Es => self.es_is,
            Language::En => self.en_is,
        }
    }

    /// The languages in which nothing is written.
    pub fn missing(&self) -> impl Iterator<Item = Language> + '_ {
        self.both.missing()
    }
}

impl fmt::Debug for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Title")
            .field("es", &self.es())
            .field("en", &self.en())
            .field("es_is", &self.es_is)
            .field("en_is", &self.en_is)
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
            es_is: self.es_is,
            en_is: self.en_is,
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
        let both = Both::new(&es, &en).map_err(D::Error::custom)?;
        Ok(Self { both, es_is, en_is })
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
