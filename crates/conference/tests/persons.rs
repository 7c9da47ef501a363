//! Who is forgotten, as acts: they name nothing but an opaque id.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;

use comity_conference::{
    Act, ActBody, ActId, Actor, Command, Conference, Context, Entered, Origin, PersonErased,
    PersonId, Rejection, decide,
};
use comity_rules::Rules;

const RIVER: &str = include_str!("../../rules/tests/river/rules.toml");
const SOMEBODY: &str = "200b6vrb20e3mr48fq7am7ps6b";
const SOMEBODY_ELSE: &str = "7zzzzzzzzzzzzzzzzzzzzzzzzz";

fn enter(conference: &mut Conference, act: &Act) -> ActId {
    let position = conference.acts.len() as u64;
    let id = ActId::new(&format!("{position:026}")).unwrap();
    conference.apply(Entered {
        id,
        position,
        recorded_at: "2011-10-15T12:00:00Z".parse().unwrap(),
        actor: Actor {
            person: None,
            seat: "operator".into(),
            capacity: "operator".into(),
            for_party: None,
            mandate: None,
        }
        .into(),
        act: act.clone(),
    });
    id
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

fn erase(person: &str) -> Command {
    Command::ErasePerson {
        person: person.into(),
    }
}

#[test]
fn nobody_is_erased_before_the_rules() {
    let rejection = when(&Conference::default(), &erase(SOMEBODY)).unwrap_err();
    assert_eq!(rejection, Rejection::NoRulesAdopted);
}

#[test]
fn an_id_is_26_digits_of_128_bits() {
    let conference = begun();
    for wrong in [
        "",
        "Maria",
        "maria@example.org",
        "200b6vrb20e3mr48fq7am7ps6",
        "200b6vrb20e3mr48fq7am7ps6bb",
        "200B6VRB20E3MR48FQ7AM7PS6B",
        "800b6vrb20e3mr48fq7am7ps6b",
        "200b6vrb20e3mr48fq7am7psib",
        "200b6vrb20e3mr48fq7am7ps6\u{e9}",
    ] {
        let rejection = when(&conference, &erase(wrong)).unwrap_err();
        assert_eq!(rejection.code(), "E-0301", "{wrong}");
    }
    for right in [SOMEBODY, SOMEBODY_ELSE] {
        when(&conference, &erase(right)).unwrap();
    }
}

#[test]
fn a_person_is_erased_once() {
    let mut conference = begun();
    let acts = when(&conference, &erase(SOMEBODY)).unwrap();
    let person = PersonId::new(SOMEBODY).unwrap();
    assert_eq!(
        acts,
        [Act {
            effective: None,
            origin: Origin::Enacted,
            body: ActBody::PersonErased(PersonErased { person }),
        }]
    );
    let act = enter(&mut conference, &acts[0]);
    assert_eq!(conference.erased.get(&person), Some(&act));
    let rejection = when(&conference, &erase(SOMEBODY)).unwrap_err();
    assert_eq!(rejection, Rejection::PersonErasedAlready { person, act });
    assert_eq!(rejection.code(), "E-0302");
    when(&conference, &erase(SOMEBODY_ELSE)).unwrap();
}

#[test]
fn the_act_names_nothing_but_the_id() {
    let acts = when(&begun(), &erase(SOMEBODY)).unwrap();
    assert_eq!(
        acts[0].to_json().to_string(),
        format!("{{\"person\":\"{SOMEBODY}\"}}")
    );
}
