//! The first act of a register: the rules, with what says who may do what or without it.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;

use comity_conference::{
    Act, ActBody, ActId, Actor, Command, Conference, Context, Entered, PolicyDocuments, Rejection,
    RulesAdopted, decide, hashed,
};
use comity_rules::Rules;
use jiff::Timestamp;

const RULES: &str = include_str!("../../rules/tests/river/rules.toml");

fn documents(names: &[&str]) -> PolicyDocuments {
    let document = |name: &&str| ((*name).to_owned(), format!("// {name}: qué es.\n"));
    names.iter().map(document).collect()
}

fn adopt(conference: &Conference, documents: PolicyDocuments) -> Result<Vec<Act>, Rejection> {
    let command = Command::AdoptRules {
        rules: Arc::new(Rules::parse(RULES).unwrap()),
        documents,
        register: "register".into(),
        demo: false,
    };
    let now = Timestamp::UNIX_EPOCH;
    decide(conference, None, &command, &Context { now })
}

fn adopted(documents: PolicyDocuments) -> RulesAdopted {
    let acts = adopt(&Conference::default(), documents).unwrap();
    let [
        Act {
            body: ActBody::RulesAdopted(adopted),
            ..
        },
    ] = &acts[..]
    else {
        panic!("{acts:?}")
    };
    adopted.clone()
}

#[test]
fn documents_go_together_or_not_at_all() {
    let all = RulesAdopted::DOCUMENTS;
    for found in [
        vec![all[0]],
        vec![all[0], all[1]],
        vec![all[1], all[2]],
        vec![all[0], all[1], "seats.txt"],
        vec![all[0], all[1], all[2], "notes.txt"],
        vec!["Policies.cedar", all[1], all[2]],
    ] {
        let rejection = adopt(&Conference::default(), documents(&found)).unwrap_err();
        assert_eq!(rejection.code(), "E-0003", "{found:?}");
        let told = rejection.to_string();
        assert!(found.iter().all(|name| told.contains(name)), "{told}");
    }
    assert_eq!(adopted(PolicyDocuments::new()).documents.len(), 0);
    let with_all = adopted(documents(&all));
    assert_eq!(with_all.documents, documents(&all));
    assert_eq!(with_all.text, RULES, "byte for byte");
}

#[test]
fn rules_are_adopted_once() {
    let mut conference = Conference::default();
    let acts = adopt(&conference, PolicyDocuments::new()).unwrap();
    let actor = Actor {
        person: None,
        seat: "operator".into(),
        capacity: "operator".into(),
        for_party: None,
        mandate: None,
    };
    conference.apply(Entered {
        id: ActId::from_bytes([7; 16]),
        position: 0,
        recorded_at: Timestamp::UNIX_EPOCH,
        actor: Arc::new(actor),
        act: acts.into_iter().next().unwrap(),
    });
    let again = adopt(&conference, documents(&RulesAdopted::DOCUMENTS)).unwrap_err();
    assert_eq!(again, Rejection::RulesAlreadyAdopted);
}

#[test]
fn the_hash_of_rules_is_taken_of_all_that_was_adopted() {
    let alone = adopted(PolicyDocuments::new());
    assert_eq!(&*alone.hashed(), RULES.as_bytes(), "as it ever was");
    let two = PolicyDocuments::from([
        ("b".to_owned(), "é\n".to_owned()),
        ("a".to_owned(), String::new()),
    ]);
    let expected = "rules.toml 2\nx\na 0\nb 3\né\n";
    assert_eq!(&*hashed("x\n", &two), expected.as_bytes());
    // What stands in one document can not be read as another.
    let one = PolicyDocuments::from([("a".to_owned(), "b 3\né\n".to_owned())]);
    assert_ne!(hashed("x\n", &one), hashed("x\n", &two));
}
