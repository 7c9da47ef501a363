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
