//! The draft, and the Troika's preliminary reaction to it (C-01…C-04).

use std::sync::Arc;

use comity_conference::{
    ActBody, Command, Consult, ConsultationResubmitted, Matter, MethodConsented, NotConsulted,
    Reaction, Rejection, Stage, SubmitConsultation, TroikaReacted,
};
use comity_rules::Text;

use crate::consulting::steps::*;
use crate::consulting::{Room, at, rules, rules_without};
use crate::{Scenario, nothing, refusal};

fn of(matter: Matter, mandate: Option<&str>) -> Consult {
    Consult::Submit(SubmitConsultation {
        matter,
        mandate: mandate.map(str::to_owned),
        ..draft()
    })
}

fn by(party: &str) -> Consult {
    Consult::Submit(SubmitConsultation {
        party: party.into(),
        ..draft()
    })
}

fn with(text: Vec<Text>) -> Consult {
    Consult::Submit(SubmitConsultation { text, ..draft() })
}

fn paragraph(es: &str, en: &str) -> Consult {
    with(vec![Text::new(es, en)])
}

fn noted(note: &str) -> Consult {
    Consult::Submit(SubmitConsultation {
        note: Some(note.into()),
        ..draft()
    })
}

fn why(why_now: Text) -> Consult {
    Consult::Submit(SubmitConsultation { why_now, ..draft() })
}

pub fn refusals() -> Vec<Scenario> {
    let ordinary = |_: &mut Room, _| of(Matter::Ordinary, None);
    let submits = |_: &mut Room, _| Consult::Submit(draft());
    vec![
        refusal(
            "E-0801",
            "the process has no written consultation",
            nothing,
            submits,
            |room, _| {
                room.rules = Arc::new(rules(&[]));
                Consult::Submit(draft())
            },
        )
        .under(|| Room::under(rules_without())),
        refusal(
            "E-0802",
            "another member presides",
            nothing,
            |_, _| by("panama"),
            submits,
        ),
        refusal(
            "E-0802",
            "an observer never does",
            nothing,
            |_, _| by("peru"),
            submits,
        ),
        refusal(
            "E-0802",
            "its term has not begun",
            nothing,
            |_, _| by("panama"),
            |room, _| {
                room.when("2012-01-01T00:00:00Z");
                by("panama")
            },
        ),
        refusal(
            "E-0802",
            "its term is over",
            |room| {
                room.when("2012-01-01T00:00:00Z");
                nothing(room)
            },
            submits,
            |room, _| {
                room.when("2011-12-31T23:59:59.999Z");
                Consult::Submit(draft())
            },
        ),
        refusal(
            "E-0803",
            "who is a member is never settled in writing, mandate or not",
            nothing,
            |_, _| of(Matter::Membership, Some("Decisión 9")),
            ordinary,
        ),
        refusal(
            "E-0803",
            "nor who is an observer",
            nothing,
            |_, _| of(Matter::Observers, Some("Decisión 9")),
            ordinary,
        ),
        refusal(
            "E-0804",
            "a matter of the closed door asks for the mandate",
            nothing,
            |_, _| of(Matter::ClosedDoor, None),
            |_, _| of(Matter::ClosedDoor, Some("Decisión 9")),
        ),
        refusal(
            "E-0403",
            "a mandate of spaces is none",
            nothing,
            |_, _| of(Matter::ClosedDoor, Some(" ")),
            |_, _| of(Matter::ClosedDoor, Some("Decisión 9")),
        ),
        refusal(
            "E-0805",
            "there is no text",
            nothing,
            |_, _| with(Vec::new()),
            submits,
        ),
        refusal(
            "E-0805",
            "there are 201 paragraphs",
            nothing,
            |_, _| with(vec![words(); 201]),
            |_, _| with(vec![words(); 200]),
        ),
        refusal(
            "E-0010",
            "a language is missing",
            nothing,
            |_, _| paragraph("Sí.", " "),
            submits,
        ),
        refusal(
            "E-0010",
            "the other one is",
            nothing,
            |_, _| paragraph("", "Yes."),
            submits,
        ),
        refusal(
            "E-0011",
            "a paragraph is too long in one language",
            nothing,
            |_, _| paragraph("Sí.", &"x".repeat(4_001)),
            |_, _| paragraph(&"ñ".repeat(4_000), &"x".repeat(4_000)),
        ),
        refusal(
            "E-0010",
            "it says why now in one language only",
            nothing,
            |_, _| why(Text::new("Ya", "")),
            submits,
        ),
        refusal(
            "E-0011",
            "it says why now at length",
            nothing,
            |_, _| why(Text::new("x".repeat(301), "x")),
            |_, _| why(Text::new("x".repeat(300), "x")),
        ),
        refusal(
            "E-0407",
            "a note is a reference",
            nothing,
            |_, _| noted(&"x".repeat(201)),
            |_, _| noted("Nota 1"),
        ),
        refusal(
            "E-0806",
            "the text is the one that stands",
            ready,
            |_, id| resubmit(id, text()),
            |_, id| resubmit(id, other(7)),
        ),
        refusal(
            "E-0805",
            "nothing is no other text",
            ready,
            |_, id| resubmit(id, Vec::new()),
            |_, id| resubmit(id, other(7)),
        ),
        refusal(
            "E-0806",
            "of two texts the later one stands",
            |room| {
                let id = ready(room);
                room.does(resubmit(id, other(7)));
                id
            },
            |_, id| resubmit(id, other(7)),
            |_, id| resubmit(id, text()),
        ),
        refusal(
            "E-0812",
            "whoever presides does not react to itself",
            submitted,
            |_, id| reacts(id, "honduras", Reaction::Consents),
            |_, id| reacts(id, "panama", Reaction::Consents),
        ),
        refusal(
            "E-0812",
            "another member is not of the Troika",
            submitted,
            |_, id| reacts(id, "mexico", Reaction::DoesNotConsent),
            |_, id| reacts(id, "guatemala", Reaction::DoesNotConsent),
        ),
        refusal(
            "E-0829",
            "a reaction has words or none",
            submitted,
            |_, id| reaction(id, "\n"),
            |_, id| reaction(id, "En otras\nfechas."),
        ),
        refusal(
            "E-0830",
            "words of a state have an end",
            submitted,
            |_, id| reaction(id, &"x".repeat(4_001)),
            |_, id| reaction(id, &"x".repeat(4_000)),
        ),
        refusal(
            "E-0811",
            "the Troika has spoken once a round is open",
            running,
            |_, id| reacts(id, "panama", Reaction::DoesNotConsent),
            |_, id| withdraw(id),
        ),
        refusal(
            "E-0811",
            "a text that all have before them changes by a round for all",
            closed,
            |_, id| resubmit(id, other(7)),
            |_, id| Consult::Open(changed(id, other(7))),
        ),
        refusal(
            "E-0813",
            "the Troika has not reacted",
            submitted,
            |_, id| Consult::Open(first(id)),
            |room, id| {
                room.does(reacts(id, "guatemala", Reaction::Consents));
                room.does(reacts(id, "panama", Reaction::Consents));
                Consult::Open(first(id))
            },
        ),
        refusal(
            "E-0813",
            "one of it no longer consents",
            |room| {
                let id = ready(room);
                room.does(reacts(id, "panama", Reaction::DoesNotConsent));
                id
            },
            |_, id| Consult::Open(first(id)),
            |room, id| {
                room.does(reacts(id, "panama", Reaction::Consents));
                Consult::Open(first(id))
            },
        ),
        refusal(
            "E-0813",
            "it has consented to another text",
            ready,
            |_, id| Consult::Open(changed(id, other(7))),
            |_, id| Consult::Open(changed(id, text())),
        ),
        refusal(
            "E-0813",
            "it consented to the text before",
            |room| {
                let id = ready(room);
                room.does(resubmit(id, other(7)));
                id
            },
            |_, id| Consult::Open(first(id)),
            |room, id| {
                room.does(reacts(id, "guatemala", Reaction::Consents));
                room.does(reacts(id, "panama", Reaction::Consents));
                Consult::Open(first(id))
            },
        ),
    ]
}

fn reaction(consultation: comity_conference::ActId, words: &str) -> Consult {
    Consult::React(TroikaReacted {
        consultation,
        party: "panama".into(),
        reaction: Reaction::DoesNotConsent,
        text: None,
        words: Some(words.into()),
        note: None,
    })
}

#[test]
fn without_rules_nobody_is_consulted() {
    let room = Room::new();
    let context = comity_conference::Context { now: room.now };
    let command = Command::Consult(Box::new(Consult::Submit(draft())));
    let decided = comity_conference::decide(&room.conference, None, &command, &context);
    assert_eq!(decided.unwrap_err(), Rejection::NoRulesAdopted);
}

#[test]
fn the_refusal_names_who_presides() {
    let mut room = Room::new();
    let holder = |party: Option<&str>| {
        Rejection::Consulted(NotConsulted::NotPresiding {
            party: party.map(Into::into),
        })
    };
    assert_eq!(room.refuses(by("panama")), holder(Some("honduras")));
    // Nobody was agreed for 2013, and nobody handed over.
    room.when("2013-01-01T00:00:00Z");
    assert_eq!(room.refuses(by("panama")), holder(None));
    room.when("2012-12-31T23:59:59.999Z");
    room.does(by("panama"));
}

#[test]
fn a_hand_over_says_to_the_instant_who_submits() {
    let mut room = Room::new();
    let hand_over = Command::HandOverPresidency {
        presidency: "ppt-2012".into(),
        from: Some(at("2011-12-15T17:00:00Z")),
        zone: "America/Panama".into(),
    };
    room.carries_out(&hand_over).unwrap();
    room.when("2011-12-15T16:59:59.999Z");
    assert_eq!(room.code(by("panama")), "E-0802");
    room.does(by("honduras"));
    room.when("2011-12-15T17:00:00Z");
    assert_eq!(room.code(by("honduras")), "E-0802");
    let id = room.does(by("panama"));
    // Honduras presided before; who follows is not agreed on.
    assert_eq!(room.found(id).submitted.troika, ["honduras"]);
}

#[test]
fn the_troika_is_asked_without_the_presidency_and_each_party_once() {
    let mut room = Room::new();
    let id = submitted(&mut room);
    let ActBody::ConsultationSubmitted(submitted) = room.last() else {
        panic!("{:?}", room.last());
    };
    assert_eq!(submitted.presidency, "honduras");
    assert_eq!(submitted.troika, ["guatemala", "panama"]);
    assert_eq!(room.stage(id), Stage::Troika);
    // A state that is both the former and the upcoming one is asked once.
    let mut both = Room::new();
    both.record(comity_conference::Fact::PresidencyAgreed(
        serde_json::from_value(
            serde_json::json!({"id": "ppt-2012", "party": "guatemala", "term": "2012"}),
        )
        .unwrap(),
    ));
    let id = both.does(Consult::Submit(draft()));
    assert_eq!(both.found(id).submitted.troika, ["guatemala"]);
    both.does(reacts(id, "guatemala", Reaction::Consents));
    assert_eq!(both.stage(id), Stage::Ready);
}

#[test]
fn no_round_opens_before_all_of_the_troika_consent() {
    let mut room = Room::new();
    let id = submitted(&mut room);
    let awaited = |room: &Room| match room.refuses(Consult::Open(first(id))) {
        Rejection::Consulted(NotConsulted::TroikaAwaited { parties }) => parties,
        other => panic!("{other}"),
    };
    assert_eq!(awaited(&room), ["guatemala", "panama"]);
    room.does(reacts(id, "panama", Reaction::Consents));
    room.does(reacts(id, "guatemala", Reaction::DoesNotConsent));
    assert_eq!(awaited(&room), ["guatemala"]);
    assert_eq!(room.stage(id), Stage::Troika);
    // The Troika has no time limit (C-04): months later it is awaited still.
    room.when("2012-06-01T12:00:00Z");
    assert_eq!(awaited(&room), ["guatemala"]);
    room.does(reacts(id, "guatemala", Reaction::Consents));
    assert_eq!(room.stage(id), Stage::Ready);
    room.does(Consult::Open(first(id)));
    room.holds_together();
}

#[test]
fn another_text_goes_to_the_troika_anew() {
    let mut room = Room::new();
    let id = ready(&mut room);
    room.does(Consult::Resubmit(ConsultationResubmitted {
        consultation: id,
        text: other(7),
        note: Some("Nota 2".into()),
    }));
    assert_eq!(room.stage(id), Stage::Troika);
    assert_eq!(room.found(id).text, other(7));
    assert!(room.found(id).reactions.is_empty());
    // What a state said of the method was not said of a text.
    let mut asks = Room::with(&[("method_consent", "needed")]);
    let id = ready(&mut asks);
    asks.does(Consult::ConsentToMethod(MethodConsented {
        consultation: id,
        party: "mexico".into(),
        note: None,
    }));
    asks.does(resubmit(id, other(7)));
    assert!(asks.found(id).method.contains_key("mexico"));
}

/// A reaction is to the text that was seen, and to no other that took its place.
#[test]
fn a_reaction_to_another_text_is_refused() {
    let mut room = Room::new();
    let id = submitted(&mut room);
    let reacts_to = |text| {
        let Consult::React(reacted) = reacts(id, "panama", Reaction::Consents) else {
            panic!("a reaction")
        };
        Consult::React(TroikaReacted {
            text: Some(text),
            ..reacted
        })
    };
    room.does(reacts_to(id));
    let anew = room.does(resubmit(id, other(7)));
    assert_eq!(room.code(reacts_to(id)), "E-0856");
    assert!(room.found(id).awaited().any(|party| *party == "panama"));
    let later = room.does(resubmit(id, other(8)));
    assert_eq!(room.code(reacts_to(anew)), "E-0856");
    room.does(reacts_to(later));
    room.holds_together();
}
