//! On what the Secretariat entered something: the Presidency's instruction, a country's note.

use serde::{Deserialize, Serialize};

use crate::{Attached, Rejection, attached, note};

/// On what something was entered: a note by its reference, and the paper itself where it came with it.
///
/// In the register it is the reference alone where there is no paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Basis {
    /// The note's number, or who telephoned from which office. No contact data.
    pub reference: String,
    pub file: Option<Attached>,
}

impl<T: Into<String>> From<T> for Basis {
    fn from(reference: T) -> Self {
        Self {
            reference: reference.into(),
            file: None,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Written {
    Reference(String),
    Filed { reference: String, file: Attached },
}

impl From<Written> for Basis {
    fn from(written: Written) -> Self {
        match written {
            Written::Reference(reference) => reference.into(),
            Written::Filed { reference, file } => Self {
                reference,
                file: Some(file),
            },
        }
    }
}

impl From<Basis> for Written {
    fn from(basis: Basis) -> Self {
        let Basis { reference, file } = basis;
        match file {
            None => Self::Reference(reference),
            Some(file) => Self::Filed { reference, file },
        }
    }
}

/// A basis is in order when its reference is one line of some words, and its paper is named as files are.
pub(crate) fn check(basis: Option<&Basis>) -> Result<(), Rejection> {
    let Some(basis) = basis else { return Ok(()) };
    note::check(Some(&basis.reference))?;
    attached::check(basis.file.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper() -> Attached {
        Attached {
            sha256: "ab".repeat(32),
            kind: "pdf".to_owned(),
            bytes: 48_000,
        }
    }

    #[test]
    fn a_reference_without_a_paper_is_written_as_the_words_that_it_is() {
        let basis = Basis::from("Nota PPT-31-2011");
        let written = serde_json::to_string(&basis).unwrap();
        assert_eq!(written, "\"Nota PPT-31-2011\"");
        assert_eq!(serde_json::from_str::<Basis>(&written).unwrap(), basis);
    }

    #[test]
    fn a_paper_stands_beside_its_reference_and_nothing_else_does() {
        let file = Some(paper());
        let basis = Basis {
            file,
            ..Basis::from("Nota PPT-31-2011")
        };
        let written = serde_json::to_value(&basis).unwrap();
        assert_eq!(written["reference"], "Nota PPT-31-2011");
        assert_eq!(written["file"]["kind"], "pdf");
        assert_eq!(
            serde_json::from_value::<Basis>(written.clone()).unwrap(),
            basis
        );
        let mut more = written;
        more["name"] = "nota.pdf".into();
        assert!(serde_json::from_value::<Basis>(more).is_err());
    }

    #[test]
    fn a_paper_without_words_or_not_named_as_files_are_is_refused() {
        let with = |reference: &str, file: Attached| Basis {
            file: Some(file),
            ..Basis::from(reference)
        };
        assert!(check(Some(&with("Nota 1", paper()))).is_ok());
        assert!(check(None).is_ok());
        assert!(matches!(
            check(Some(&with(" ", paper()))),
            Err(Rejection::SeatDetailAbsent { what: "note" })
        ));
        let file = Attached {
            sha256: "x".to_owned(),
            ..paper()
        };
        assert!(matches!(
            check(Some(&with("Nota 1", file))),
            Err(Rejection::FileMalformed)
        ));
    }
}
