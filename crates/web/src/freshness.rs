use comity_view::Language;
use jiff::Timestamp;
use jiff::tz::Offset;

use crate::language::words;

/// Whether what is served is what the register holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Freshness {
    #[default]
    Current,
    /// It is what the register held then; nothing newer can be shown.
    AsOf { at: Timestamp, why: Behind },
}

/// Why nothing newer can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// The register cannot be reached.
    CutOff,
    /// The next act is of a later version than the program.
    Stopped,
    /// The register holds another history.
    Halted,
}

impl Freshness {
    const fn name(self) -> &'static str {
        match self {
            Self::Current => "following",
            Self::AsOf { why, .. } => match why {
                Behind::CutOff => "cut_off",
                Behind::Stopped => "stopped",
                Behind::Halted => "halted",
            },
        }
    }

    /// What tells it from others in the stamp of a page that is kept.
    pub(crate) fn stamp(self) -> String {
        match self {
            Self::Current => String::new(),
            Self::AsOf { at, .. } => format!("{}{}", self.name(), at.as_millisecond()),
        }
    }

    /// For whoever watches over the program, in one line. It names neither position nor kind: anybody may read it.
    pub(crate) fn line(self) -> String {
        let Self::AsOf { at, why } = self else {
            return "ok\n".to_owned();
        };
        let why = match why {
            Behind::CutOff => "cut off: the register cannot be reached",
            Behind::Stopped => "stopped: the next act is of a later version; upgrade this node",
            Behind::Halted => "HALTED: the register holds another history; the log says more",
        };
        format!("{why}; serving the state as of {at:.0}\n")
    }

    /// The sentence above every page that is not current.
    pub(crate) fn notice(self, language: Language) -> Option<String> {
        let Self::AsOf { at, why } = self else {
            return None;
        };
        let words = words(language);
        let then = Offset::UTC.to_datetime(at);
        let time = format!("{:02}:{:02}", then.hour(), then.minute());
        let key = match why {
            Behind::CutOff | Behind::Stopped => "behind",
            Behind::Halted => "behind-halted",
        };
        Some(words.say_with(
            key,
            &[
                ("day", words.day(then.date()).into()),
                ("time", time.into()),
            ],
        ))
    }
}
