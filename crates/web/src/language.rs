use axum::http::{HeaderMap, header};
use comity_view::Language;
use comity_wording::{Tongue, Wording};

/// The words of a reader's language.
pub(crate) fn words(language: Language) -> &'static Wording {
    Wording::get(match language {
        Language::Es => Tongue::Spanish,
        Language::En => Tongue::English,
    })
}

/// The language that a browser asks for; Spanish where it asks for neither.
pub(crate) fn wished(headers: &HeaderMap) -> Language {
    let header = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let wishes = header.unwrap_or_default().split(',').filter_map(wish);
    // Of equal wishes the first counts.
    let best = wishes.fold(None, |best: Option<(u16, Language)>, wish| match best {
        Some((weight, _)) if weight >= wish.0 => best,
        _ => Some(wish),
    });
    best.map_or(Language::Es, |(_, language)| language)
}

/// A wish such as `en-GB;q=0.8`, its weight in thousandths.
fn wish(text: &str) -> Option<(u16, Language)> {
    let (tag, weight) = text.split_once(";q=").unwrap_or((text, "1"));
    let code = tag
        .trim()
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let weight: f32 = weight
        .trim()
        .parse()
        .ok()
        .filter(|weight| (0.0..=1.0).contains(weight))?;
    let thousandths = (0..=1000u16)
        .rev()
        .find(|step| f32::from(*step) <= weight * 1000.0)?;
    (thousandths > 0).then_some((thousandths, Language::from_code(&code)?))
}

/// The language in which an address is written, where its first word says so.
pub(crate) fn of_path(path: &str) -> Option<Language> {
    Language::from_code(path.split('/').nth(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_is_wished_for_most() {
        for (wish, language) in [
            ("", Language::Es),
            ("fr", Language::Es),
            ("en", Language::En),
            ("en-GB,en;q=0.9,es;q=0.8", Language::En),
            ("en;q=0.3, es-HN;q=0.8", Language::Es),
            ("es;q=0, en;q=0.1", Language::En),
            ("en;q=x", Language::Es),
            ("en;q=9999", Language::Es),
            ("EN", Language::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, wish.parse().unwrap());
            assert_eq!(wished(&headers), language, "{wish}");
        }
        assert_eq!(wished(&HeaderMap::new()), Language::Es);
    }
}
