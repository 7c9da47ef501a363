use axum::http::StatusCode;
use comity_view::Language;

use crate::language::words;

/// Why a reader does not get the page that was asked for. Each has its status and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No page has such an address.
    NotFound,
    /// The page is of a thing that the record does not hold.
    Unknown { id: String },
    /// `?on=` is not a day that can be shown.
    Day { asked: String },
    /// The address is not well formed.
    Malformed,
    /// The address is longer than is read.
    TooLong,
    /// Something other than reading was asked for.
    Method,
    /// Too many tried a door from one network.
    TooOften,
    /// Our own code or the register failed.
    Failed,
}

/// Faults for which no page can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    Failed,
    Busy,
}

impl Fault {
    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Unknown { .. } => StatusCode::NOT_FOUND,
            Self::Day { .. } | Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The keys of its title and its text.
    pub(crate) const fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("error-not-found-title", "error-not-found-text"),
            Self::Unknown { .. } => ("error-unknown-title", "error-unknown-text"),
            Self::Day { .. } => ("error-day-title", "error-day-text"),
            Self::Malformed => ("error-address-title", "error-address-text"),
            Self::TooLong => ("error-long-title", "error-long-text"),
            Self::Method => ("error-method-title", "error-method-text"),
            Self::TooOften => ("error-often-title", "error-often-text"),
            Self::Failed => ("error-failed-title", "error-failed-text"),
        }
    }
}

/// A page that needs nothing but words: for when drawing itself has failed.
pub(crate) fn plain(language: Language, fault: Plain) -> String {
    let (title, text) = match fault {
        Plain::Failed => ("error-failed-title", "error-failed-text"),
        Plain::Busy => ("error-busy-title", "error-busy-text"),
    };
    let words = words(language);
    let (title, text, home) = (words.say(title), words.say(text), words.say("error-home"));
    let code = language.code();
    format!(
        "<!doctype html><html lang=\"{code}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title><main lang=\"{code}\"><h1>{title}</h1><p>{text}</p><p><a href=\"/{code}\">{home}</a></p></main></html>\n"
    )
}
