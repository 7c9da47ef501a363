//! The first act of a register: the rules, with what says who may do what or without it.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod room;

use std::sync::Arc;

use comity_conference::{
    Act, ActBody, ActId, Actor, Command, Conference, Context, Entered, PolicyDocuments, Rejection,
    RulesAdopted, RulesAmended, decide, hashed,
};
use comity_rules::{Rules, Text, seat_classes};
use jiff::Timestamp;
use room::Room;

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

const RCM: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const SEATS: &str = include_str!("../../../rules/rcm-2011/seats.toml");

/// The rules of the room with something changed in them, and in its seats.
fn changed(rules: (&str, &str), seats: (&str, &str)) -> Rules {
    let seats = seat_classes(&SEATS.replacen(seats.0, seats.1, 1)).unwrap();
    let text = RCM.replacen(rules.0, rules.1, 1);
    Rules::parse(&text).unwrap().seated(seats)
}

fn amend(room: &mut Room, rules: Rules) -> Result<Vec<ActId>, Rejection> {
    room.does(&Command::AmendRules {
        rules: Arc::new(rules),
        documents: PolicyDocuments::new(),
        why: Text::new("Cambia algo", "Something changes"),
        note: "Decisión 4".into(),
    })
}

#[test]
fn rules_are_amended_to_others_that_know_what_is_in_use() {
    let same = ("", "");
    let mut empty = Room::new();
    empty.conference = Conference::default();
    let refused = amend(&mut empty, changed(same, same)).unwrap_err();
    assert_eq!(refused.code(), "E-0002");

    let mut room = Room::new();
    let seat = room::seat("speaker", "honduras", room::ANA);
    room.does(&Command::FillSeat {
        seat: Box::new(seat),
        replace: false,
    })
    .unwrap();
    let comment = ("[process]", "# Enmendado.\n[process]");
    for (rules, code) in [
        (Rules::parse(RULES).unwrap(), "E-0004"),
        (changed(same, same), "E-0005"),
        // A word of the record, and a seat that somebody holds, would be gone.
        (
            changed(("id = \"criterion\"", "id = \"criterium\""), same),
            "E-0006",
        ),
        (
            changed(comment, ("id = \"speaker\"", "id = \"voice\"")),
            "E-0006",
        ),
    ] {
        let refused = amend(&mut room, rules).unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
    }
    let bare = Command::AmendRules {
        rules: Arc::new(changed(comment, same)),
        documents: PolicyDocuments::new(),
        why: Text::new("Cambia algo", ""),
        note: "Decisión 4".into(),
    };
    assert_eq!(room.does(&bare).unwrap_err().code(), "E-0010");
    let partly = Command::AmendRules {
        rules: Arc::new(changed(comment, same)),
        documents: documents(&["seats.toml"]),
        why: Text::new("Cambia algo", "Something changes"),
        note: "Decisión 4".into(),
    };
    assert_eq!(room.does(&partly).unwrap_err().code(), "E-0003");

    // A seat that nobody holds may go.
    let act = amend(
        &mut room,
        changed(comment, ("id = \"deputy\"", "id = \"second\"")),
    )
    .unwrap()[0];
    let (by, in_force) = room.conference.rules.clone().unwrap();
    assert_eq!(by, act);
    assert!(in_force.text.contains("# Enmendado."));
    assert_eq!(
        in_force.register, "0123456789abcdef",
        "the register stays the same"
    );
    let again = amend(&mut room, changed(comment, same)).unwrap_err();
    assert_eq!(again, Rejection::RulesUnchanged);
}

#[test]
fn what_comes_after_an_amendment_keeps_the_register() {
    let before = adopted(documents(&RulesAdopted::DOCUMENTS));
    let amended = RulesAmended {
        text: "x".into(),
        documents: PolicyDocuments::new(),
        why: Text::new("Cambia algo", "Something changes"),
        note: "Decisión 4".into(),
    };
    let after = amended.after(&before);
    assert_eq!(
        (&after.register, &after.process),
        (&before.register, &before.process)
    );
    assert_eq!((after.text.as_str(), after.documents.len()), ("x", 0));
}
