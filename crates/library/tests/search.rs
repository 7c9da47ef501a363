//! What readers find, and that nothing they type breaks the search.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use comity_library::{Entry, Hit, Library, Tongue};
use proptest::prelude::*;

fn entry(key: &str, es: (&str, &str), en: (&str, &str)) -> Entry {
    Entry {
        key: key.to_owned(),
        kind: "document".to_owned(),
        titles_es: vec![es.0.to_owned()],
        bodies_es: vec![es.1.to_owned()],
        titles_en: vec![en.0.to_owned()],
        bodies_en: vec![en.1.to_owned()],
    }
}

fn library() -> Library {
    Library::build([
        entry(
            "memorandum",
            (
                "Memorando sobre la repatriación digna",
                "Acuerdo por vía terrestre entre varios países.",
            ),
            (
                "Memorandum on dignified repatriation",
                "Agreement by land between several countries.",
            ),
        ),
        entry(
            "guidelines",
            (
                "Lineamientos para la protección de niñas, niños y adolescentes",
                "Víctimas de trata de personas.",
            ),
            (
                "Guidelines for the protection of children",
                "Child victims of trafficking in persons.",
            ),
        ),
        entry(
            "statistics",
            ("Sistema de información estadística", ""),
            (
                "Statistical information system (SIEMMES)",
                "Data on migrations in Central America.",
            ),
        ),
        entry(
            "seminar",
            (
                "Seminario sobre migraciones y desarrollo",
                "Menciona la repatriación una vez, entre muchas otras cosas que trata.",
            ),
            (
                "Seminar on migration and development",
                "Held by the observers.",
            ),
        ),
    ])
    .unwrap()
}

fn keys(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.key.as_str()).collect()
}

#[track_caller]
fn finds(tongue: Tongue, question: &str, expected: &[&str]) {
    let hits = library().search(tongue, question, 10).unwrap();
    assert_eq!(keys(&hits), expected, "{question:?}");
}

#[test]
fn accents_case_number_and_gender_make_no_difference() {
    finds(Tongue::Spanish, "protección", &["guidelines"]);
    finds(Tongue::Spanish, "PROTECCION", &["guidelines"]);
    finds(Tongue::Spanish, "niño adolescente", &["guidelines"]);
    finds(Tongue::Spanish, "migracion", &["seminar"]);
    finds(Tongue::English, "protecting child", &["guidelines"]);
    finds(Tongue::English, "guideline", &["guidelines"]);
}

#[test]
fn a_title_weighs_more_than_a_mention() {
    finds(Tongue::Spanish, "repatriación", &["memorandum", "seminar"]);
}

#[test]
fn a_spanish_reader_finds_what_stands_in_english_only() {
    finds(Tongue::Spanish, "siemmes", &["statistics"]);
    finds(Tongue::Spanish, "dignified", &["memorandum"]);
    finds(Tongue::English, "trata", &["guidelines", "seminar"]);
}

#[test]
fn every_word_is_asked_for_and_any_word_where_none_has_them_all() {
    finds(Tongue::Spanish, "repatriación terrestre", &["memorandum"]);
    finds(
        Tongue::Spanish,
        "la repatriación de los países",
        &["memorandum"],
    );
    finds(
        Tongue::English,
        "siemmes observers",
        &["statistics", "seminar"],
    );
}

#[test]
fn the_last_word_may_be_half_typed_and_a_word_may_be_mistyped() {
    finds(Tongue::Spanish, "memorando repa", &["memorandum"]);
    finds(Tongue::English, "guidelin", &["guidelines"]);
    finds(Tongue::English, "memorandun", &["memorandum"]);
    finds(Tongue::English, "xyzzy", &[]);
}

#[test]
fn nothing_typed_is_an_operator() {
    for question in [
        "",
        " ",
        "*",
        "\"",
        "repatriación\"",
        "(",
        "title:x AND",
        "a:b OR -c",
        "~1",
        "[a TO b]",
        "\\",
        "\u{0}",
    ] {
        library().search(Tongue::Spanish, question, 10).unwrap();
    }
    finds(
        Tongue::Spanish,
        "title_es:\"repatriación\" AND terrestre)",
        &["memorandum", "seminar"],
    );
}

#[test]
fn a_very_long_question_is_cut_and_answered() {
    let question = format!("repatriación terrestre {}", "palabra ".repeat(50_000));
    finds(Tongue::Spanish, &question, &["memorandum", "seminar"]);
    library()
        .search(Tongue::English, &"x".repeat(1_000_000), 10)
        .unwrap();
}

#[test]
fn an_empty_library_finds_nothing() {
    let library = Library::build([]).unwrap();
    assert!(library.is_empty());
    assert!(
        library
            .search(Tongue::English, "anything", 10)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn the_limit_holds() {
    assert_eq!(
        library().search(Tongue::Spanish, "sobre", 1).unwrap().len(),
        1
    );
    assert!(
        library()
            .search(Tongue::Spanish, "sobre", 0)
            .unwrap()
            .is_empty()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is typed, there is an answer, no longer than asked for and best first.
    #[test]
    fn every_question_has_an_answer(question in "\\PC{0,60}", limit in 0usize..5) {
        let hits = library().search(Tongue::Spanish, &question, limit).unwrap();
        prop_assert!(hits.len() <= limit);
        prop_assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }

    /// Operators, quotes and control characters around a word do not hide it.
    #[test]
    fn noise_does_not_hide_a_word(before in "[\"'()\\[\\]{}*?~^:+\\-&|!/\\\\ ]{0,10}", after in "[\"'()\\[\\]{}*?~^:+\\-&|!/\\\\ ]{0,10}") {
        let hits = library().search(Tongue::English, &format!("{before}guidelines{after}"), 10).unwrap();
        prop_assert_eq!(keys(&hits), vec!["guidelines"]);
    }
}
