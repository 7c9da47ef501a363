//! The written consultation between meetings: what a process says of it, and what the values mean.

use std::fmt;

use comity_calendar::{Closes, Counting, FirstDay};
use serde::Deserialize;

use crate::Choice;

/// The written consultation as the file states it (K-11…K-16).
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Written")]
pub struct Consultation {
    pub row: String,
    pub lines: Option<String>,
    pub activated_by: String,
    /// How many working days a round lasts.
    pub period: u16,
    pub unit: String,
    /// In which country the Secretariat has its seat, by its ISO 3166-1 code; needed where its working days count.
    pub secretariat_in: Option<String>,
    pub calendar: Choice,
    pub first_day: Choice,
    pub closes: Choice,
    pub silence: Choice,
    pub on_change: Choice,
    pub extension: Choice,
    pub early_close: Choice,
    pub max_rounds: Choice,
    pub minimum_answers: Choice,
    pub method_consent: Choice,
    pub excluded: Choice,
    pub attribution: Choice,
    /// Absent where the file was written before there was this key: nothing is published.
    pub published: Option<Choice>,
}

/// The table as it is written. Before it had a key for each limit it had one for all, `limits`: a register that took such rules
/// up is read forever.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    row: String,
    lines: Option<String>,
    activated_by: String,
    period: u16,
    unit: String,
    secretariat_in: Option<String>,
    limits: Option<Choice>,
    calendar: Choice,
    first_day: Option<Choice>,
    closes: Option<Choice>,
    silence: Choice,
    on_change: Choice,
    extension: Option<Choice>,
    early_close: Option<Choice>,
    max_rounds: Option<Choice>,
    minimum_answers: Option<Choice>,
    method_consent: Option<Choice>,
    excluded: Choice,
    attribution: Choice,
    published: Option<Choice>,
}

impl TryFrom<Written> for Consultation {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let limits = written.limits;
        let or = |key: &str, choice: Option<Choice>, before: &str| {
            let of_limits = || {
                limits.as_ref().map(|limits| Choice {
                    value: before.to_owned(),
                    ..limits.clone()
                })
            };
            let found = choice.or_else(of_limits);
            found.ok_or_else(|| format!("missing field `{key}`"))
        };
        Ok(Self {
            row: written.row,
            lines: written.lines,
            activated_by: written.activated_by,
            period: written.period,
            unit: written.unit,
            secretariat_in: written.secretariat_in,
            calendar: written.calendar,
            first_day: or("first_day", written.first_day, "not_counted")?,
            closes: or("closes", written.closes, "end_of_day")?,
            silence: written.silence,
            on_change: written.on_change,
            extension: or("extension", written.extension, "never")?,
            early_close: or("early_close", written.early_close, "never")?,
            max_rounds: or("max_rounds", written.max_rounds, "unlimited")?,
            minimum_answers: or("minimum_answers", written.minimum_answers, "none")?,
            method_consent: or("method_consent", written.method_consent, "not_needed")?,
            excluded: written.excluded,
            attribution: written.attribution,
            published: written.published,
        })
    }
}

/// What the values mean: how a consultation is conducted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Procedure {
    /// How many working days a round lasts.
    pub period: u16,
    pub calendar: WhoseDays,
    pub counting: Counting,
    pub silence: Silence,
    pub extension: Extension,
    pub early_close: EarlyClose,
    /// How many rounds there may be; without limit where absent.
    pub max_rounds: Option<u16>,
    /// How many members have to be heard before there can be consensus.
    pub minimum_answers: u16,
    /// Every member says first that it agrees to decide in writing.
    pub method_consent: bool,
    pub attribution: Attribution,
    pub published: Published,
}

/// A closed list of values, each as the file writes it.
macro_rules! values {
    ($($(#[$about:meta])* $name:ident { $($(#[$case_about:meta])* $case:ident = $word:literal,)+ })+) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub enum $name { $($(#[$case_about])* $case,)+ }

            impl $name {
                const WORDS: &'static [&'static str] = &[$($word,)+];

                /// The value as the file writes it.
                pub const fn as_str(self) -> &'static str {
                    match self { $(Self::$case => $word,)+ }
                }

                fn read(word: &str) -> Option<Self> {
                    match word {
                        $($word => Some(Self::$case),)+
                        _ => None,
                    }
                }
            }
        )+
    };
}

values! {
    /// Whose working days are counted (K-12).
    WhoseDays {
        /// Each member's own; the round closes for all when the last term ends.
        EachMember = "each_member",
        /// Those of the capital of whoever presides.
        Chair = "chair",
        /// Those of the seat of the Secretariat.
        Secretariat = "secretariat",
        /// A day counts only where it is a working day of every member.
        Union = "union",
    }

    /// What silence means (K-13).
    Silence {
        /// Whoever is silent agrees.
        Consent = "consent",
        /// No communication was received, and nothing more.
        NoPosition = "no_position",
        /// Without an answer of every member there is no consensus.
        Blocks = "blocks",
    }

    /// Whether a running term may be made longer (K-14).
    Extension {
        Never = "never",
        /// Once in each round, by a full period.
        Once = "once",
    }

    /// Whether a round may close before its term is over (K-14, Q-64).
    EarlyClose {
        Never = "never",
        /// When every member has answered and none stands against it.
        AllAgree = "all_agree",
    }

    /// Whether the result is told to the public (K-28).
    Published {
        Never = "never",
        /// Where the Presidency says so when it reports: topic, text and result, never what a member answered.
        ByReport = "by_report",
    }

    /// Who reads which member answered what, once a round is closed (K-16).
    Attribution {
        NamedToMembers = "named_to_members",
        /// Whoever presides alone; the members read numbers.
        ChairOnly = "chair_only",
    }
}

/// A value that is none of those that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownValue {
    /// `silence`, …
    pub key: &'static str,
    pub value: String,
    /// What would be one.
    pub known: String,
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, value, known } = self;
        write!(f, "`{value}` is no value of `{key}`: {known}")
    }
}

impl std::error::Error for UnknownValue {}

impl Consultation {
    /// Each value that the source may leave open, by its key in the file.
    pub fn choices(&self) -> Vec<(&'static str, &Choice)> {
        let mut choices = vec![
            ("consultation.calendar", &self.calendar),
            ("consultation.first_day", &self.first_day),
            ("consultation.closes", &self.closes),
            ("consultation.silence", &self.silence),
            ("consultation.on_change", &self.on_change),
            ("consultation.extension", &self.extension),
            ("consultation.early_close", &self.early_close),
            ("consultation.max_rounds", &self.max_rounds),
            ("consultation.minimum_answers", &self.minimum_answers),
            ("consultation.method_consent", &self.method_consent),
            ("consultation.excluded", &self.excluded),
            ("consultation.attribution", &self.attribution),
        ];
        let published = self.published.as_ref();
        choices.extend(published.map(|choice| ("consultation.published", choice)));
        choices
    }

    /// What the values mean.
    ///
    /// # Errors
    /// Every value that is none of those that are known.
    pub fn procedure(&self) -> Result<Procedure, Vec<UnknownValue>> {
        let mut unknown = Vec::new();
        let procedure = self.read(&mut unknown);
        procedure.filter(|_| unknown.is_empty()).ok_or(unknown)
    }

    fn read(&self, unknown: &mut Vec<UnknownValue>) -> Option<Procedure> {
        let mut fault = |key: &'static str, choice: &Choice, known: String| {
            let value = choice.value.clone();
            unknown.push(UnknownValue { key, value, known });
        };
        macro_rules! one_of {
            ($type:ident, $key:ident) => {{
                let read = $type::read(&self.$key.value);
                if read.is_none() {
                    let known = format!("write `{}`", $type::WORDS.join("`, `"));
                    fault(stringify!($key), &self.$key, known);
                }
                read
            }};
        }
        let calendar = one_of!(WhoseDays, calendar);
        if calendar == Some(WhoseDays::Secretariat) && self.secretariat_in.is_none() {
            let known = "add `secretariat_in` with the code of its country".to_owned();
            fault("calendar", &self.calendar, known);
        }
        let silence = one_of!(Silence, silence);
        let extension = one_of!(Extension, extension);
        let early_close = one_of!(EarlyClose, early_close);
        let attribution = one_of!(Attribution, attribution);
        let published = match &self.published {
            None => Some(Published::Never),
            Some(choice) => {
                let read = Published::read(&choice.value);
                if read.is_none() {
                    let known = format!("write `{}`", Published::WORDS.join("`, `"));
                    fault("published", choice, known);
                }
                read
            }
        };
        let first_day = match self.first_day.value.as_str() {
            "not_counted" => Some(FirstDay::NotCounted),
            "counted" => Some(FirstDay::Counted),
            _ => {
                fault(
                    "first_day",
                    &self.first_day,
                    "write `not_counted` or `counted`".to_owned(),
                );
                None
            }
        };
        let closes = match self.closes.value.as_str() {
            "end_of_day" => Some(Closes::EndOfDay),
            hour => hour.parse().ok().map(Closes::At),
        };
        if closes.is_none() {
            let known = "write `end_of_day`, or an hour such as `17:00`".to_owned();
            fault("closes", &self.closes, known);
        }
        let max_rounds = match self.max_rounds.value.as_str() {
            "unlimited" => Some(None),
            number => number.parse().ok().filter(|number| *number > 0).map(Some),
        };
        if max_rounds.is_none() {
            let known = "write `unlimited`, or a number such as `2`".to_owned();
            fault("max_rounds", &self.max_rounds, known);
        }
        let minimum_answers = match self.minimum_answers.value.as_str() {
            "none" => Some(0),
            number => number.parse().ok(),
        };
        if minimum_answers.is_none() {
            let known = "write `none`, or a number such as `6`".to_owned();
            fault("minimum_answers", &self.minimum_answers, known);
        }
        let method_consent = match self.method_consent.value.as_str() {
            "not_needed" => Some(false),
            "needed" => Some(true),
            _ => {
                let known = "write `not_needed` or `needed`".to_owned();
                fault("method_consent", &self.method_consent, known);
                None
            }
        };
        for (key, choice, known) in [
            ("on_change", &self.on_change, "new_round_all"),
            (
                "excluded",
                &self.excluded,
                "membership_and_observer_matters",
            ),
        ] {
            if choice.value != known {
                fault(key, choice, format!("write `{known}`"));
            }
        }
        Some(Procedure {
            period: self.period,
            calendar: calendar?,
            counting: Counting {
                first_day: first_day?,
                closes: closes?,
            },
            silence: silence?,
            extension: extension?,
            early_close: early_close?,
            max_rounds: max_rounds?,
            minimum_answers: minimum_answers?,
            method_consent: method_consent?,
            attribution: attribution?,
            published: published?,
        })
    }
}
