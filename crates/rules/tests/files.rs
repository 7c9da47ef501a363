//! Rules files, good and bad: the shipped one, a second process, and every fault with its line and remedy.

use comity_rules::{ChairModel, Fault, Rules};

const RCM: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const RIVER: &str = include_str!("river/rules.toml");

#[test]
fn the_shipped_rules_are_in_order() {
    let rules = Rules::parse(RCM).unwrap_or_else(|faults| panic!("{:#?}", faults.0));
    assert_eq!(rules.chair.model, ChairModel::Rotating);
    assert_eq!(rules.bodies.len(), 8);
    assert_eq!(rules.consultation.as_ref().unwrap().period, 5);
}

/// What the source leaves open (C.3) is marked, with a reason in both languages.
#[test]
fn every_assumption_says_why() {
    let rules = Rules::parse(RCM).unwrap();
    let assumptions = rules.assumptions();
    let keys: Vec<&str> = assumptions.iter().map(|(key, ..)| *key).collect();
    assert_eq!(
        keys,
        [
            "process.authentic_languages",
            "consultation.calendar",
            "consultation.first_day",
            "consultation.closes",
            "consultation.silence",
            "consultation.extension",
            "consultation.early_close",
            "consultation.max_rounds",
            "consultation.minimum_answers",
            "consultation.method_consent",
            "consultation.excluded",
            "consultation.attribution",
            "consultation.published",
            "drafting_exception",
            "national_position",
        ]
    );
    for (key, _, why) in assumptions {
        assert_eq!(why.missing().count(), 0, "{key}");
    }
}

#[test]
fn every_rule_names_its_row_and_every_line_is_of_the_source() {
    let mut lines = 0;
    for line in RCM
        .lines()
        .filter_map(|line| line.strip_prefix("lines = \""))
    {
        for end in line
            .trim_end_matches('"')
            .split(", ")
            .flat_map(|part| part.split('-'))
        {
            let number: usize = end.parse().unwrap_or_else(|_| panic!("{line}"));
            assert!((1..=1070).contains(&number), "{line}");
            lines += 1;
        }
    }
    assert!(lines > 50);
}

#[test]
fn another_process_needs_another_file_only() {
    let rules = Rules::parse(RIVER).unwrap_or_else(|faults| panic!("{:#?}", faults.0));
    assert_eq!(rules.chair.model, ChairModel::CoChairs);
    assert!(rules.troika.is_none());
    assert!(rules.party_kind("agency").unwrap().decides);
}

fn faults(text: &str) -> Vec<Fault> {
    Rules::parse(text)
        .map(|_| Vec::new())
        .unwrap_or_else(|faults| faults.0)
}

fn check(from: &str, to: &str, expected: &[&str]) {
    assert!(RIVER.contains(from), "`{from}` stands in the file");
    let found = faults(&RIVER.replacen(from, to, 1));
    let words: Vec<String> = found
        .iter()
        .map(|fault| {
            format!(
                "{}: `{}`: {} | {}",
                fault.line, fault.key, fault.what, fault.remedy
            )
        })
        .collect();
    assert_eq!(words, expected);
}

#[test]
fn an_unknown_kind_is_named_with_the_known_ones() {
    check(
        "holders = [\"riparian\"]",
        "holders = [\"island\"]",
        &[
            "63: `chair.holders`: `island` is not a kind of party | use one of `riparian`, `agency` or define it",
        ],
    );
}

#[test]
fn a_text_in_one_language_only_is_a_fault() {
    check(
        "name = { es = \"Deberes\", en = \"Duties\" }",
        "name = { es = \"\", en = \"Duties\" }",
        &["68: `list.0.name`: no text in `es` | write it in both languages"],
    );
}

#[test]
fn an_unknown_key_is_a_fault_with_its_line() {
    let found = faults(&RIVER.replacen("binding = false", "bnding = false", 1));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].line, found[0].key.as_str()), (17, "bnding"));
    assert!(
        found[0].what.contains("unknown field `bnding`"),
        "{}",
        found[0].what
    );
}

#[test]
fn a_body_that_is_not_there_is_a_fault() {
    check(
        "body = \"co-chairs\"",
        "body = \"throne\"",
        &[
            "62: `chair.body`: `throne` is not a body | use one of `assembly`, `co-chairs` or define it",
        ],
    );
}

#[test]
fn an_id_that_stands_twice_is_a_fault() {
    check(
        "id = \"agency\"",
        "id = \"riparian\"",
        &[
            "29: `party_kind.1.id`: `riparian` stands twice | give each its own id",
            "51: `body.0.decides`: `agency` is not a kind of party | use one of `riparian`, `riparian` or define it",
        ],
    );
}

#[test]
fn a_troika_needs_a_rotating_chair() {
    check(
        "[[list]]",
        "[troika]\nrow = \"K-10\"\nmembers = [\"former\", \"current\"]\ngate = \"consensus\"\n\n[[list]]",
        &[
            "65: `troika`: a troika needs a rotating chair | remove `[troika]` or set `chair.model = \"rotating\"`",
        ],
    );
}

#[test]
fn a_record_must_end_before_acts_begin() {
    check(
        "go_live = \"2020-01-01\"",
        "go_live = \"2019-12-31\"",
        &[
            "10: `process.go_live`: `2019-12-31` is not after the record's end `2019-12-31` | let the record end the day before enacted acts begin, or earlier",
        ],
    );
}

#[test]
fn what_is_not_toml_is_a_fault_with_its_line() {
    let found = faults("[process\nid = 1");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, 1);
    assert!(found[0].what.starts_with("not TOML"), "{}", found[0].what);
}

/// A register keeps the rules with which it began: those of before each limit had a key of its own are read, and mean the same.
#[test]
fn rules_of_before_are_read_and_mean_the_same() {
    let now = include_str!("../../../rules/rcm-2011/rules.toml");
    let first = now.find("[consultation.first_day]").unwrap();
    let silence = now.find("[consultation.silence]").unwrap();
    let extension = now.find("[consultation.extension]").unwrap();
    let excluded = now.find("[consultation.excluded]").unwrap();
    let limits = "[consultation.limits]\nrow = \"K-14\"\nassumption = true\n\
        value = \"no_extension_no_early_close_no_round_limit\"\nwhy = { es = \"Así.\", en = \"So.\" }\n\n";
    let without = |limits: &str| {
        [
            &now[..first],
            &now[silence..extension],
            limits,
            &now[excluded..],
        ]
        .concat()
    };
    let before = Rules::parse(&without(limits)).unwrap();
    let procedure = |rules: &Rules| rules.consultation.as_ref().unwrap().procedure().unwrap();
    assert_eq!(procedure(&before), procedure(&Rules::parse(now).unwrap()));
    let faults = Rules::parse(&without("")).unwrap_err().to_string();
    assert!(faults.contains("missing field `first_day`"), "{faults}");
}
