use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::numbers;

include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// The language of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tongue {
    Spanish,
    English,
}

impl Tongue {
    /// Both, in the order of the catalogues.
    pub const ALL: [Self; 2] = [Self::Spanish, Self::English];

    /// The code used in addresses and in `lang`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spanish => "es",
            Self::English => "en",
        }
    }

    const fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Spanish => SPANISH,
            Self::English => ENGLISH,
        }
    }
}

/// Everything that the interface says in one language.
pub struct Wording {
    tongue: Tongue,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Wording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wording")
            .field("tongue", &self.tongue)
            .finish_non_exhaustive()
    }
}

static WORDINGS: LazyLock<[Wording; 2]> = LazyLock::new(|| Tongue::ALL.map(Wording::read));

impl Wording {
    /// The words of a language. The catalogues are read once.
    ///
    /// # Example: a sentence with a number and a name
    /// ```
    /// use comity_wording::{Tongue, Wording};
    /// let spanish = Wording::get(Tongue::Spanish);
    /// assert_eq!(spanish.say("language-name"), "Español");
    /// assert_eq!(spanish.say_with("search-count", &[("count", 1204.into())]), "1,204 resultados");
    /// ```
    pub fn get(tongue: Tongue) -> &'static Self {
        let [spanish, english] = &*WORDINGS;
        match tongue {
            Tongue::Spanish => spanish,
            Tongue::English => english,
        }
    }

    fn read(tongue: Tongue) -> Self {
        let locale = tongue
            .code()
            .parse()
            .expect("our own codes are language tags");
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Isolating marks would stand in titles, feeds and links. Both languages run from left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(numbers::plain(number.value)),
            _ => None,
        }));
        for (file, text) in tongue.files() {
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(_, faults)| {
                    panic!("locales/{}/{file}.ftl: {faults:?}", tongue.code())
                });
            bundle.add_resource(resource).unwrap_or_else(|faults| {
                panic!("locales/{}/{file}.ftl: {faults:?}", tongue.code())
            });
        }
        Self { tongue, bundle }
    }

    /// Of which language these words are.
    pub const fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// Whether there is a message of that key.
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The message of a key.
    ///
    /// A key that is in no catalogue is a fault of ours: it stops a debug build, and shows as `⟦key⟧` in a release.
    pub fn say(&self, key: &str) -> Cow<'_, str> {
        self.format(key, None)
    }

    /// The message of a key with its variables. Numbers get their separators; give a year as text.
    pub fn say_with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        self.format(key, Some(&arguments)).into_owned()
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> Cow<'_, str> {
        let Some(pattern) = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            debug_assert!(false, "no catalogue has `{key}`");
            return Cow::Owned(format!("⟦{key}⟧"));
        };
        let mut faults = Vec::new();
        let said = self.bundle.format_pattern(pattern, arguments, &mut faults);
        debug_assert!(faults.is_empty(), "`{key}`: {faults:?}");
        said
    }
}
