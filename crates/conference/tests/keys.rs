//! The keys that sign checkpoints, as acts.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;

use comity_conference::{
    Act, ActBody, ActId, Actor, CheckpointKeyAdopted, Command, Conference, Context, Entered,
    Origin, Rejection, decide,
};
use comity_rules::Rules;

const RIVER: &str = include_str!("../../rules/tests/river/rules.toml");
const ORIGIN: &str = "river-basin/register/0123456789abcdef";
const FIRST: &str = "ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const SECOND: &str = "AfFzbb4OFJFakUPS1Si3/IE8RKd2fFYPgBUQZEcN7Erq";

fn key(name: &str, key: &str) -> String {
    format!("{name}+f3869a97+{key}")
}

fn enter(conference: &mut Conference, act: &Act) {
    let position = conference.acts.len() as u64;
    conference.apply(Entered {
        id: ActId::new(&format!("{position:026}")).unwrap(),
        position,
        recorded_at: "2011-10-15T12:00:00Z".parse().unwrap(),
        actor: std::sync::Arc::new(Actor {
            person: None,
            seat: "operator".into(),
            capacity: "operator".into(),
            for_party: None,
            mandate: None,
        }),
        act: act.clone(),
    });
}

fn when(conference: &Conference, command: &Command) -> Result<Vec<Act>, Rejection> {
    let rules = Rules::parse(RIVER).unwrap();
    let context = Context {
        now: "2011-10-15T12:00:00Z".parse().unwrap(),
    };
    let rules = conference.rules.as_ref().map(|_| &rules);
    decide(conference, rules, command, &context)
}

fn begun() -> Conference {
    let mut conference = Conference::default();
    let command = Command::AdoptRules {
        rules: Arc::new(Rules::parse(RIVER).unwrap()),
        documents: Default::default(),
        register: "0123456789abcdef".into(),
        demo: false,
    };
    for act in when(&conference, &command).unwrap() {
        enter(&mut conference, &act);
    }
    conference
}

fn adopt(conference: &Conference, key: String) -> Result<Vec<Act>, Rejection> {
    when(conference, &Command::AdoptCheckpointKey { key })
}

#[test]
fn there_is_no_key_before_the_rules() {
    let rejection = adopt(&Conference::default(), key(ORIGIN, FIRST)).unwrap_err();
    assert_eq!(rejection, Rejection::NoRulesAdopted);
}

#[test]
fn a_key_is_written_as_keys_are() {
    let short = &FIRST[..43];
    // The first byte says Ed25519: 1, and not 0 or 2.
    let (zero, two) = (FIRST.replacen("AT", "AA", 1), FIRST.replacen("AT", "Ag", 1));
    for wrong in [
        String::new(),
        ORIGIN.to_owned(),
        key("", FIRST),
        key("a name", FIRST),
        key("a\u{7f}name", FIRST),
        key(ORIGIN, short),
        key(ORIGIN, &format!("{FIRST}A")),
        key(ORIGIN, &format!("{short}=")),
        key(ORIGIN, &zero),
        key(ORIGIN, &two),
        format!("{ORIGIN}+F3869A97+{FIRST}"),
        format!("{ORIGIN}+f3869a9+{FIRST}"),
        format!("{} ", key(ORIGIN, FIRST)),
        format!("{}\n", key(ORIGIN, FIRST)),
    ] {
        let rejection = adopt(&begun(), wrong.clone()).unwrap_err();
        assert_eq!(rejection.code(), "E-0201", "{wrong:?}");
    }
}

#[test]
fn a_key_has_the_name_of_its_register() {
    for name in [
        "river-basin/demo/0123456789abcdef",
        "river-basin/register/0123456789abcde0",
        "river/register/0123456789abcdef",
    ] {
        let rejection = adopt(&begun(), key(name, FIRST)).unwrap_err();
        let (name, origin) = (name.to_owned(), ORIGIN.to_owned());
        assert_eq!(rejection, Rejection::KeyOfAnotherRegister { name, origin });
        assert_eq!(rejection.code(), "E-0202");
    }
}

#[test]
fn a_key_is_adopted_once_also_after_another_came() {
    let mut conference = begun();
    for digits in [FIRST, SECOND] {
        let acts = adopt(&conference, key(ORIGIN, digits)).unwrap();
        let [act] = &acts[..] else {
            panic!("one act for one key: {acts:?}")
        };
        let body = ActBody::CheckpointKeyAdopted(CheckpointKeyAdopted {
            key: key(ORIGIN, digits),
        });
        assert_eq!((&act.body, &act.origin), (&body, &Origin::Enacted));
        enter(&mut conference, act);
    }
    let held: Vec<_> = conference
        .keys
        .iter()
        .map(|held| held.key.clone())
        .collect();
    assert_eq!(held, [key(ORIGIN, FIRST), key(ORIGIN, SECOND)]);
    for digits in [FIRST, SECOND] {
        let rejection = adopt(&conference, key(ORIGIN, digits)).unwrap_err();
        assert_eq!(rejection.code(), "E-0203");
    }
}

#[test]
fn the_act_is_read_as_it_is_written() {
    let acts = adopt(&begun(), key(ORIGIN, FIRST)).unwrap();
    let [act] = &acts[..] else { panic!("one act") };
    assert_eq!((act.kind(), act.version()), ("CheckpointKeyAdopted", 1));
    let text = act.to_json().to_string();
    assert_eq!(text, format!("{{\"key\":\"{}\"}}", key(ORIGIN, FIRST)));
    let read = Act::from_json(act.kind(), 1, None, Origin::Enacted, &text).unwrap();
    assert_eq!(read, *act);
    Act::from_json(
        act.kind(),
        1,
        None,
        Origin::Enacted,
        "{\"key\":\"x\",\"more\":1}",
    )
    .unwrap_err();
}
