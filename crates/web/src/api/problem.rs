//! What cannot be answered, as RFC 9457 tells it: with a stable code, in the reader's language, its title in both.

use axum::http::StatusCode;
use comity_view::Language;
use serde_json::json;

use super::ask::Expected;
use super::{ROOT, ROWS_MAX};

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    UnknownCollection(String),
    UnknownItem {
        collection: String,
        id: String,
    },
    UnknownParameter {
        name: String,
        known: &'static [&'static str],
    },
    RepeatedParameter(String),
    UnreadableParameter {
        name: String,
        value: String,
        expected: Expected,
    },
    UnreadableQuery,
}

/// A problem in the language in which it is told.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub problem: Problem,
    pub language: Language,
}

impl Problem {
    pub const fn told_in(self, language: Language) -> Told {
        Told {
            problem: self,
            language,
        }
    }

    pub const fn status(&self) -> StatusCode {
        match self {
            Self::UnknownCollection(_) | Self::UnknownItem { .. } => StatusCode::NOT_FOUND,
            Self::UnknownParameter { .. }
            | Self::RepeatedParameter(_)
            | Self::UnreadableParameter { .. }
            | Self::UnreadableQuery => StatusCode::BAD_REQUEST,
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::UnknownCollection(_) => "unknown-collection",
            Self::UnknownItem { .. } => "unknown-item",
            Self::UnknownParameter { .. } => "unknown-parameter",
            Self::RepeatedParameter(_) => "repeated-parameter",
            Self::UnreadableParameter { .. } => "unreadable-parameter",
            Self::UnreadableQuery => "unreadable-query",
        }
    }

    const fn title(&self, language: Language) -> &'static str {
        let (es, en) = match self {
            Self::UnknownCollection(_) => {
                ("Esta colección no existe", "There is no such collection")
            }
            Self::UnknownItem { .. } => ("Esta ficha no existe", "There is no such item"),
            Self::UnknownParameter { .. } => ("Parámetro desconocido", "Unknown parameter"),
            Self::RepeatedParameter(_) => ("Parámetro repetido", "Repeated parameter"),
            Self::UnreadableParameter { .. } => (
                "Valor de parámetro no válido",
                "Value of a parameter not understood",
            ),
            Self::UnreadableQuery => ("Consulta no válida", "Query not understood"),
        };
        match language {
            Language::Es => es,
            Language::En => en,
        }
    }

    fn detail(&self, language: Language) -> String {
        match language {
            Language::Es => self.detail_es(),
            Language::En => self.detail_en(),
        }
    }

    fn detail_es(&self) -> String {
        match self {
            Self::UnknownCollection(name) => {
                format!("No hay ninguna colección «{name}». La lista está en {ROOT}/.")
            }
            Self::UnknownItem { collection, id } => {
                format!(
                    "La colección «{collection}» no contiene «{id}» en la fecha consultada. La lista está en {ROOT}/{collection}."
                )
            }
            Self::UnknownParameter { name, known } => format!(
                "«{name}» no se admite aquí; se admiten: {}.",
                known.join(", ")
            ),
            Self::RepeatedParameter(name) => {
                format!("«{name}» figura más de una vez; indíquelo una sola.")
            }
            Self::UnreadableParameter {
                name,
                value,
                expected,
            } => {
                let expected = match expected {
                    Expected::Language => "es o en".to_owned(),
                    Expected::Day => "un día, como 2005-06-30".to_owned(),
                    Expected::Limit => format!("un número entero de 1 a {ROWS_MAX}"),
                    Expected::Offset => "un número entero desde 0".to_owned(),
                };
                format!("«{name}» es «{value}»; se espera {expected}.")
            }
            Self::UnreadableQuery => {
                "La parte de la dirección que sigue al signo de interrogación no se pudo leer."
                    .to_owned()
            }
        }
    }

    fn detail_en(&self) -> String {
        match self {
            Self::UnknownCollection(name) => {
                format!("There is no collection “{name}”. The list is at {ROOT}/.")
            }
            Self::UnknownItem { collection, id } => {
                format!(
                    "The collection “{collection}” holds no “{id}” on the day asked for. The list is at {ROOT}/{collection}."
                )
            }
            Self::UnknownParameter { name, known } => format!(
                "“{name}” is not taken here; these are: {}.",
                known.join(", ")
            ),
            Self::RepeatedParameter(name) => {
                format!("“{name}” stands more than once; give it once.")
            }
            Self::UnreadableParameter {
                name,
                value,
                expected,
            } => {
                let expected = match expected {
                    Expected::Language => "es or en".to_owned(),
                    Expected::Day => "a day, such as 2005-06-30".to_owned(),
                    Expected::Limit => format!("a whole number from 1 to {ROWS_MAX}"),
                    Expected::Offset => "a whole number from 0".to_owned(),
                };
                format!("“{name}” is “{value}”; expected was {expected}.")
            }
            Self::UnreadableQuery => {
                "The part of the address after the question mark could not be read.".to_owned()
            }
        }
    }
}

impl Told {
    pub fn body(&self) -> String {
        let Self { problem, language } = self;
        let body = json!({
            "type": format!("{ROOT}/#{}", problem.code()),
            "title": problem.title(*language),
            "status": problem.status().as_u16(),
            "detail": problem.detail(*language),
            "title_es": problem.title(Language::Es),
            "title_en": problem.title(Language::En),
        });
        body.to_string()
    }
}
