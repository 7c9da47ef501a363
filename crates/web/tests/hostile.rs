//! Whatever stands in an address: a page, a redirect or a refusal in the reader's language, never a fault of ours.

#[expect(dead_code, reason = "the other tests use the rest of it")]
mod support;

use axum::http::Uri;
use proptest::prelude::*;
use support::Place;

/// Words of the site, so that hostile values reach the pages and not only the refusals.
const WORDS: [&str; 14] = [
    "documentos",
    "documents",
    "acciones",
    "reuniones",
    "meetings",
    "countries",
    "paises",
    "honduras",
    "memorandum-repatriation-by-land",
    "registro",
    "register/acts",
    "search",
    "buscar",
    "plan-of-action",
];
const PARAMETERS: [&str; 10] = [
    "q", "on", "section", "kind", "year", "party", "status", "body", "from", "table",
];

/// Percent-encodes everything but letters and digits, as a form would.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,24}",
        Just("2005-06-30".to_owned()),
        Just("9999-99-99".to_owned()),
        Just("'; DROP TABLE records; --".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("{{7*7}}".to_owned()),
        Just("\0\u{202e}\u{feff}".to_owned()),
        Just("-1".to_owned()),
        Just("18446744073709551616".to_owned()),
        "[a-z]{0,3000}",
    ]
}

fn target() -> impl Strategy<Value = String> {
    let language = prop_oneof![Just("es"), Just("en"), Just("fr"), Just("")];
    let segment = prop_oneof![
        proptest::sample::select(&WORDS[..]).prop_map(str::to_owned),
        value().prop_map(|value| encoded(&value)),
        Just("..".to_owned()),
        Just("%ff%fe".to_owned()),
        Just("%zz".to_owned()),
    ];
    let pair = (proptest::sample::select(&PARAMETERS[..]), value())
        .prop_map(|(name, value)| format!("{name}={}", encoded(&value)));
    let path = proptest::collection::vec(segment, 0..4).prop_map(|parts| parts.join("/"));
    let query = proptest::collection::vec(pair, 0..4).prop_map(|pairs| pairs.join("&"));
    (language, path, query).prop_map(|(language, path, query)| match query.as_str() {
        "" => format!("/{language}/{path}"),
        query => format!("/{language}/{path}?{query}"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn an_address_never_breaks_the_site(target in target()) {
        prop_assume!(target.parse::<Uri>().is_ok());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
        let page = runtime.block_on(async { Place::shipped().get(&target).await });
        let status = page.status.as_u16();
        prop_assert!(matches!(status, 200 | 301 | 303 | 308 | 400 | 404 | 414), "{status} for {target}");
        prop_assert!(!page.text.contains("<script>alert"), "{target}");
        prop_assert!(!page.text.contains("panicked"), "{target}");
        if !(300..400).contains(&status) {
            let language = if target.starts_with("/en/") { "lang=\"en\"" } else { "lang=\"es\"" };
            prop_assert!(page.text.contains(language), "{target} is answered in another language");
            prop_assert_eq!(page.text.matches("<h1").count(), 1, "{}", target);
        }
    }
}
