use serde::{Deserialize, Serialize};

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

/// Our own words, written in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub es: String,
    pub en: String,
}

impl Text {
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Es => &self.es,
            Language::En => &self.en,
        }
    }

    /// The languages in which nothing is written.
    pub fn missing(&self) -> impl Iterator<Item = Language> + '_ {
        Language::ALL
            .into_iter()
            .filter(|language| self.get(*language).trim().is_empty())
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    pub es: String,
    pub en: String,
    #[serde(default = "translation", skip_serializing_if = "is_translation")]
    pub es_is: Standing,
    #[serde(default = "printed", skip_serializing_if = "is_printed")]
    pub en_is: Standing,
}

impl Title {
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Es => &self.es,
            Language::En => &self.en,
        }
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
        Language::ALL
            .into_iter()
            .filter(|language| self.get(*language).trim().is_empty())
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
