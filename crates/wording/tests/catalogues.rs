//! Both catalogues say the same things, in words that suit the house.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};

/// Key of each message with its variables and its text, by file.
type Messages = BTreeMap<(String, String), (BTreeSet<String>, String)>;

fn read(code: &str) -> Messages {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../locales")
        .join(code);
    let mut messages = Messages::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, faults)| panic!("{name}: {faults:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let pattern = message
                .value
                .unwrap_or_else(|| panic!("{name}: `{}` is empty", message.id.name));
            let mut found = (BTreeSet::new(), String::new());
            walk(&pattern, &mut found);
            let known = messages.insert((name.clone(), message.id.name.to_owned()), found);
            assert!(
                known.is_none(),
                "{name}: `{}` stands twice",
                message.id.name
            );
        }
    }
    messages
}

fn walk(pattern: &Pattern<&str>, found: &mut (BTreeSet<String>, String)) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => found.1.push_str(value),
            PatternElement::Placeable { expression } => expression_in(expression, found),
        }
    }
}

fn expression_in(expression: &Expression<&str>, found: &mut (BTreeSet<String>, String)) {
    match expression {
        Expression::Inline(inline) => inline_in(inline, found),
        Expression::Select { selector, variants } => {
            inline_in(selector, found);
            for variant in variants {
                found.1.push(' ');
                walk(&variant.value, found);
            }
        }
    }
}

fn inline_in(inline: &InlineExpression<&str>, found: &mut (BTreeSet<String>, String)) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.0.insert(id.name.to_owned());
            found.1.push('X');
        }
        InlineExpression::StringLiteral { value } => found.1.push_str(value),
        InlineExpression::FunctionReference {
            arguments: CallArguments { positional, .. },
            ..
        } => {
            positional
                .iter()
                .for_each(|inline| inline_in(inline, found));
        }
        InlineExpression::Placeable { expression } => expression_in(expression, found),
        InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}

fn words(text: &str) -> BTreeSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .map(str::to_owned)
        .collect()
}

#[test]
fn both_catalogues_have_the_same_keys_in_the_same_files() {
    let [es, en] = ["es", "en"].map(read);
    let [es, en]: [BTreeSet<_>; 2] = [es.into_keys().collect(), en.into_keys().collect()];
    assert_eq!(
        es.symmetric_difference(&en).collect::<Vec<_>>(),
        Vec::<&(String, String)>::new()
    );
}

#[test]
fn both_catalogues_use_the_same_variables() {
    let [es, en] = ["es", "en"].map(read);
    for (key, (variables, _)) in &es {
        assert_eq!(
            Some(variables),
            en.get(key).map(|(variables, _)| variables),
            "{key:?}"
        );
    }
}

#[test]
fn nothing_is_left_untranslated() {
    let [es, en] = ["es", "en"].map(read);
    for (key, (_, text)) in &es {
        let long = text
            .split_whitespace()
            .filter(|word| word.chars().all(char::is_alphabetic))
            .count()
            > 3;
        assert!(
            !long || en.get(key).is_none_or(|(_, other)| other != text),
            "{key:?} is the same in both languages: {text}"
        );
    }
}

#[test]
fn no_catalogue_uses_a_word_that_the_house_avoids() {
    let avoided = [
        "vote",
        "votes",
        "voted",
        "voting",
        "quorum",
        "motion",
        "motions",
        "ballot",
        "ballots",
        "voto",
        "votos",
        "votar",
        "votación",
        "votaciones",
        "moción",
        "mociones",
        "quórum",
        "rejected",
        "rejection",
        "rechazado",
        "rechazada",
        "rechazados",
        "rechazadas",
        "rechazo",
        "arrears",
        "mora",
        "moroso",
        "missing",
        "owes",
        "adeuda",
        "illegal",
        "illegals",
        "ilegal",
        "ilegales",
        "comity",
    ];
    for code in ["es", "en"] {
        for (key, (_, text)) in read(code) {
            let found: Vec<&str> = avoided
                .iter()
                .filter(|word| words(&text).contains(**word))
                .copied()
                .collect();
            assert!(found.is_empty(), "{code} {key:?}: {found:?} in «{text}»");
            for phrase in ["never presided", "nunca ha presidido", "still owe"] {
                assert!(
                    !text.to_lowercase().contains(phrase),
                    "{code} {key:?}: «{phrase}»"
                );
            }
        }
    }
}

#[test]
fn trafficking_is_trata_and_smuggling_is_trafico_ilicito() {
    let [es, en] = ["es", "en"].map(read);
    for (key, (_, english)) in &en {
        let spanish = es
            .get(key)
            .map(|(_, text)| text.to_lowercase())
            .unwrap_or_default();
        let english = words(english);
        assert_eq!(
            english.contains("trafficking"),
            words(&spanish).contains("trata"),
            "{key:?}"
        );
        assert_eq!(
            english.contains("smuggling"),
            spanish.contains("tráfico ilícito"),
            "{key:?}"
        );
    }
}
