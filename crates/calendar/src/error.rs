use std::fmt;

use thiserror::Error;

/// Why a text is not a partial date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PartialError {
    #[error(
        "`{0}` is not a date: expected a year, month or day such as `2004`, `2004-10` or `2004-10-21`"
    )]
    Shape(String),
    #[error("`{0}` is not a day of the calendar")]
    NoSuchDay(String),
    #[error("`{0}` ends before it begins")]
    Reversed(String),
}

/// One of the two files of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    Capitals,
    Holidays,
}

impl File {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Capitals => "capitals.tsv",
            Self::Holidays => "holidays.tsv",
        }
    }
}

/// A line of a table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFault {
    pub file: File,
    /// From 1; 0 where a line is missing.
    pub line: usize,
    pub what: String,
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file.as_str(), self.what),
            line => write!(f, "{}:{line}: {}", self.file.as_str(), self.what),
        }
    }
}

/// Everything that is wrong with a table, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFaults(pub Vec<TableFault>);

impl fmt::Display for TableFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.0.iter().enumerate() {
            let before = if place == 0 { "" } else { "\n" };
            write!(f, "{before}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for TableFaults {}

/// Why a term cannot be counted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TermError {
    #[error("a term has at least one working day")]
    NoDays,
    #[error("the table of holidays covers {first} to {last}")]
    OutsideTable { first: i16, last: i16 },
}
