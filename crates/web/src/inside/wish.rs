use axum::body::Bytes;
use jiff::Timestamp;

/// A paper that somebody sends in with a form. What it is, is told by its content.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    pub name: String,
    pub bytes: Bytes,
}

impl Upload {
    /// The longest that is taken.
    pub const MOST_BYTES: usize = 20 * 1024 * 1024;
}

/// A log must hold neither what is in it nor a name that may be somebody's.
impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({} bytes)", self.bytes.len())
    }
}

/// Something that is to be done from a seat, as a form gave it; what is wrong with it is answered, not assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// A member would preside in a term.
    Announce {
        party: String,
        term: String,
        meeting: String,
        note: Option<String>,
    },
    /// It no longer would; by the act that announced it.
    WithdrawCandidacy { act: String, note: Option<String> },
    /// The members agreed on one of them.
    Designate { act: String, note: Option<String> },
    /// A Presidency chooses its theme.
    ChooseTheme {
        presidency: String,
        es: String,
        en: String,
        note: Option<String>,
    },
    /// An application came in, on a day.
    Apply {
        kind: String,
        es: String,
        en: String,
        received: String,
        note: Option<String>,
    },
    /// A document for it came in.
    Document {
        application: String,
        criterion: String,
        received: String,
        note: String,
        file: Option<Upload>,
    },
    /// It is taken out of the file again.
    ReturnDocument {
        application: String,
        document: String,
        note: String,
    },
    WithdrawApplication {
        application: String,
        note: Option<String>,
    },
    /// A country declares that a day is none of its working days.
    DeclareDay {
        party: String,
        country: String,
        day: String,
        es: String,
        en: String,
        note: Option<String>,
    },
    /// A day of the table is corrected: a holiday by this name, or worked where it is empty.
    CorrectDay {
        country: String,
        day: String,
        es: String,
        en: String,
        note: String,
    },
    /// A step of a written consultation; with the paper on which the Secretariat enters it.
    Consult(Box<super::Consult>, Option<Upload>),
    /// A step of an informal consultation; with the same.
    Informally(Box<super::Informally>, Option<Upload>),
}

impl Wish {
    /// Whether it speaks for a country or for the Presidency: whoever does it proves again who they are.
    pub fn speaks_for(&self) -> bool {
        match self {
            // The Presidency speaks; what a member answers commits nobody.
            Self::Informally(step, _) => !matches!(**step, super::Informally::Answer { .. }),
            Self::Announce { .. }
            | Self::WithdrawCandidacy { .. }
            | Self::Designate { .. }
            | Self::ChooseTheme { .. }
            | Self::DeclareDay { .. }
            | Self::Consult(..) => true,
            Self::Apply { .. }
            | Self::Document { .. }
            | Self::ReturnDocument { .. }
            | Self::WithdrawApplication { .. }
            | Self::CorrectDay { .. } => false,
        }
    }
}

/// How the program is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    pub lines: Vec<HealthLine>,
    /// The version of the program.
    pub version: String,
    pub acts: u64,
    pub last_act_at: Option<Timestamp>,
    /// The last backup that was noted here, and how many acts it holds.
    pub backup: Option<(Timestamp, u64)>,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthLine {
    /// The word for what was looked at: `register`, `directory`, `disk`, …
    pub what: &'static str,
    pub well: bool,
    /// What was found, as the program says it.
    pub found: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_a_day(wish: impl Fn(String) -> Wish) -> bool {
        wish("2012-01-06".to_owned()).speaks_for()
    }

    #[test]
    fn a_country_that_declares_a_day_is_spoken_for_and_a_correction_speaks_for_nobody() {
        let text = String::new;
        assert!(of_a_day(|day| Wish::DeclareDay {
            party: text(),
            country: text(),
            day,
            es: text(),
            en: text(),
            note: None,
        }));
        assert!(!of_a_day(|day| Wish::CorrectDay {
            country: text(),
            day,
            es: text(),
            en: text(),
            note: text(),
        }));
    }
}
