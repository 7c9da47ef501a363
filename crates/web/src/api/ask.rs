//! What a request asks for: day, rows, form and language. Anything that it does not know is a fault, not ignored.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE};
use comity_view::{Date, Language};

use super::ROWS_MAX;
use super::problem::{Problem, Told};

/// The parameters of a request, read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ask {
    pub language: Language,
    pub on: Option<Date>,
    pub limit: usize,
    pub offset: usize,
}

/// The form in which a collection is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Csv,
}

impl Ask {
    /// Reads the parameters; those outside `known`, given twice or unreadable are refused.
    pub fn read(
        pairs: Result<Query<Vec<(String, String)>>, QueryRejection>,
        known: &'static [&'static str],
        language: Language,
    ) -> Result<Self, Told> {
        let Query(pairs) = pairs.map_err(|_| Problem::UnreadableQuery.told_in(language))?;
        // The language first, so that a fault in the others is told in it.
        let chosen = pairs
            .iter()
            .find(|(name, _)| name == "lang")
            .map(|(_, code)| Language::from_code(code));
        let language = chosen.flatten().unwrap_or(language);
        let mut ask = Self {
            language,
            on: None,
            limit: ROWS_MAX,
            offset: 0,
        };
        for (index, (name, value)) in pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                return Err(Problem::UnknownParameter {
                    name: name.clone(),
                    known,
                }
                .told_in(language));
            }
            if pairs[..index].iter().any(|(before, _)| before == name) {
                return Err(Problem::RepeatedParameter(name.clone()).told_in(language));
            }
            ask.take(name, value).map_err(|expected| {
                Problem::UnreadableParameter {
                    name: name.clone(),
                    value: value.clone(),
                    expected,
                }
                .told_in(language)
            })?;
        }
        Ok(ask)
    }

    /// Takes one parameter in; the error says what was expected.
    fn take(&mut self, name: &str, value: &str) -> Result<(), Expected> {
        match name {
            "lang" => Language::from_code(value)
                .map(|language| self.language = language)
                .ok_or(Expected::Language),
            "on" => value
                .parse()
                .map(|day| self.on = Some(day))
                .map_err(|_| Expected::Day),
            "limit" => match value.parse() {
                Ok(limit @ 1..=ROWS_MAX) => {
                    self.limit = limit;
                    Ok(())
                }
                _ => Err(Expected::Limit),
            },
            _ => value
                .parse()
                .map(|offset| self.offset = offset)
                .map_err(|_| Expected::Offset),
        }
    }
}

/// What a parameter should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Language,
    Day,
    Limit,
    Offset,
}

/// The language in which faults are told to whoever names none in the address.
pub(super) fn language_of(headers: &HeaderMap) -> Language {
    let weighed = weighed(headers, &ACCEPT_LANGUAGE);
    let weight = |language: Language| {
        let ours = |range: &str| {
            range
                .split('-')
                .next()
                .is_some_and(|main| main.eq_ignore_ascii_case(language.code()))
        };
        weighed
            .iter()
            .filter(|(range, _)| ours(range))
            .map(|(_, weight)| *weight)
            .max()
            .unwrap_or(0)
    };
    if weight(Language::En) > weight(Language::Es) {
        Language::En
    } else {
        Language::Es
    }
}

/// The form that a request prefers: CSV only where it is named and JSON is not preferred to it.
pub(super) fn form_of(headers: &HeaderMap) -> Form {
    let weighed = weighed(headers, &ACCEPT);
    let weight = |form: &str| {
        weighed
            .iter()
            .filter(|(range, _)| range.eq_ignore_ascii_case(form))
            .map(|(_, weight)| *weight)
            .max()
            .unwrap_or(0)
    };
    if weight("text/csv") > weight("application/json") {
        Form::Csv
    } else {
        Form::Json
    }
}

/// What a header lists, each with its weight in thousandths.
fn weighed(headers: &HeaderMap, name: &axum::http::HeaderName) -> Vec<(String, u32)> {
    let values = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let ranges = values.flat_map(|value| value.split(','));
    let one = |range: &str| {
        let mut parts = range.split(';').map(str::trim);
        let range = parts.next().filter(|range| !range.is_empty())?.to_owned();
        let weight = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
        // Thousandths are all that the header's grammar can say.
        Some((range, (weight.clamp(0.0, 1.0) * 1000.0) as u32))
    };
    ranges.filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: axum::http::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn spanish_is_spoken_unless_english_is_preferred() {
        for (value, language) in [
            ("", Language::Es),
            ("fr", Language::Es),
            ("en", Language::En),
            ("en-GB,en;q=0.9,es;q=0.8", Language::En),
            ("es-HN, en;q=0.5", Language::Es),
            ("en;q=0.2, es;q=0.7", Language::Es),
        ] {
            assert_eq!(
                language_of(&headers(ACCEPT_LANGUAGE, value)),
                language,
                "{value}"
            );
        }
    }

    #[test]
    fn csv_is_given_to_whoever_prefers_it() {
        for (value, form) in [
            ("*/*", Form::Json),
            ("text/csv", Form::Csv),
            ("text/csv, */*;q=0.1", Form::Csv),
            ("application/json, text/csv", Form::Json),
            ("application/json;q=0.5, text/csv", Form::Csv),
        ] {
            assert_eq!(form_of(&headers(ACCEPT, value)), form, "{value}");
        }
    }
}
