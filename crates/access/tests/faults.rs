//! What is wrong with policies, told with line, key and remedy.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use comity_access::{Access, Document, Documents, Fault};
use comity_rules::Rules;

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const SCHEMA: &str = include_str!("../../../rules/rcm-2011/schema.cedarschema");
const POLICIES: &str = include_str!("../../../rules/rcm-2011/policies.cedar");
const SEATS: &str = include_str!("../../../rules/rcm-2011/seats.toml");

/// The faults of the three documents after one change of one of them.
fn faults(document: Document, from: &str, to: &str) -> Vec<Fault> {
    let change = |of: Document, text: &str| {
        if of != document {
            return text.to_owned();
        }
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "nothing was changed");
        changed
    };
    let schema = change(Document::Schema, SCHEMA);
    let policies = change(Document::Policies, POLICIES);
    let seats = change(Document::Seats, SEATS);
    let documents = Documents {
        schema: &schema,
        policies: &policies,
        seats: &seats,
    };
    let rules = Rules::parse(RULES).unwrap();
    let checked = Access::parse(documents).and_then(|access| access.check(documents, &rules));
    checked.map_or_else(|faults| faults.0, |()| Vec::new())
}

fn line_of(text: &str, piece: &str) -> usize {
    text.lines().position(|line| line.contains(piece)).unwrap() + 1
}

#[test]
fn the_documents_that_ship_are_in_order() {
    assert_eq!(faults(Document::Seats, "# The classes", "# Classes"), []);
}

#[test]
fn a_word_that_the_schema_does_not_have_is_a_fault_at_its_line() {
    let found = faults(
        Document::Policies,
        "when { principal.kind == PartyKind::\"guest\" }",
        "when { principal.kind == PartyKind::\"gest\" }",
    );
    assert_eq!(found[0].key, "the-invited-attend-the-event");
    assert_eq!(
        found[0].line,
        line_of(POLICIES, "when { principal.kind == PartyKind::\"guest\" }")
    );
    assert!(found[0].what.contains("gest"), "{}", found[0].what);
}

#[test]
fn an_attribute_that_a_thing_does_not_have_is_a_fault() {
    let found = faults(
        Document::Policies,
        "resource.of == principal.party",
        "resource.off == principal.party",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].key, "a-state-speaks-with-one-voice");
}

#[test]
fn a_policy_without_reason_row_or_lines_is_a_fault() {
    for (piece, what) in [
        (
            "@en(\"What is published is public.\")\n",
            "the policy has no `@en`",
        ),
        (
            "@es(\"Lo publicado es público.\")\n",
            "the policy has no `@es`",
        ),
        ("@row(\"R-23\")\n", "the policy has no `@row`"),
        (
            "@lines(\"402\")\n",
            "the policy gives neither lines nor an assumption",
        ),
    ] {
        let found = faults(Document::Policies, piece, "");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].what, what);
        assert_eq!(found[0].line, line_of(POLICIES, "published-is-public"));
        assert!(!found[0].remedy.is_empty());
    }
    let found = faults(Document::Policies, "@id(\"published-is-public\")\n", "");
    assert_eq!(found[0].what, "the policy has no `@id`");
}

#[test]
fn an_id_that_stands_twice_is_told_where_it_stands_again() {
    let found = faults(
        Document::Policies,
        "@id(\"operator-forgets\")",
        "@id(\"operator-verifies\")",
    );
    assert_eq!(found[0].what, "the id stands twice");
    assert_eq!(found[0].line, line_of(POLICIES, "operator-forgets"));
}

#[test]
fn what_is_not_cedar_is_told_with_its_line() {
    let found = faults(
        Document::Policies,
        "permit (principal, action == Action::\"read\", resource is Published);",
        "permit (principal, action);",
    );
    assert_eq!(found[0].line, line_of(POLICIES, "resource is Published"));
    let found = faults(Document::Schema, "entity Party;", "entity Party = ;");
    assert_eq!(found[0].document, Document::Schema);
    assert_eq!(found[0].line, line_of(SCHEMA, "entity Party;"));
}

#[test]
fn actions_are_those_of_the_program() {
    let found = faults(
        Document::Schema,
        "\"speak\", \"declare\", \"arrange\"",
        "\"speak\", \"declaim\", \"arrange\"",
    );
    let told: Vec<(&str, &str)> = found
        .iter()
        .map(|fault| (fault.key.as_str(), fault.what.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("declare", "the action is missing"),
            ("declaim", "the program knows no such action"),
        ]
    );
}

#[test]
fn a_shape_in_which_the_program_does_not_ask_is_a_fault() {
    let found = faults(
        Document::Schema,
        "entity Fund;",
        "entity Fund { colour: String };",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].key, "Fund");
    assert!(found[0].what.contains("colour"), "{}", found[0].what);
}

#[test]
fn seats_use_the_words_of_schema_and_rules() {
    let found = faults(
        Document::Seats,
        "office = \"speaker\"",
        "office = \"orator\"",
    );
    let told: Vec<&str> = found.iter().map(|fault| fault.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "no seat has this word of `Office`",
            "`office`: `orator` is no word of `Office`",
        ]
    );
    let found = faults(Document::Seats, "body = \"net-cp\"", "body = \"net-x\"");
    assert_eq!(found[0].what, "`net-x` is not a body of the rules");
    assert_eq!(found[0].line, line_of(SEATS, "liaison-officer-cp"));
    let found = faults(Document::Schema, "\"civil_society\",", "\"society\",");
    assert!(!found.is_empty());
}

#[test]
fn a_policy_that_can_never_hold_is_a_fault() {
    let found = faults(
        Document::Policies,
        "when { principal.office == Office::\"fund-manager\" }",
        "when { resource is Budget }",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].key, "the-manager-manages-the-fund");
}
