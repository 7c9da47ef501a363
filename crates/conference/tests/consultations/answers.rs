//! Answers: until the close and changeable until then; one state, one voice (C-06, Q-61, Q-63).

use comity_conference::{
    ActId, Answer, Attached, Channel, Consult, Heard, NotConsulted, ProposedChange, Received,
    Rejection, StatePosition,
};

use crate::consulting::steps::*;
use crate::consulting::{AFTER, CLOSE, LAST, MEMBERS, Room, at, nobodys};
use crate::{Scenario, refusal};

fn worded(consultation: ActId, kind: Answer, words: Option<&str>) -> Consult {
    Consult::State(StatePosition {
        words: words.map(str::to_owned),
        ..answer(consultation, "mexico", kind)
    })
}

fn proposing(consultation: ActId, kind: Answer, changes: Vec<ProposedChange>) -> Consult {
    Consult::State(StatePosition {
        changes,
        ..answer(consultation, "mexico", kind)
    })
}

fn change(paragraph: u16, words: &str, why: Option<&str>) -> ProposedChange {
    ProposedChange {
        paragraph,
        words: words.into(),
        why: why.map(str::to_owned),
    }
}

fn came(consultation: ActId, on: &str, reference: &str, bytes: u64) -> Consult {
    let file = Attached {
        sha256: "0f".repeat(32),
        kind: "pdf".into(),
        bytes,
    };
    Consult::State(StatePosition {
        received: Some(Received {
            by: Channel::Telephone,
            on: on.parse().unwrap(),
            reference: reference.into(),
            file: Some(file),
        }),
        ..answer(consultation, "mexico", Answer::Agrees)
    })
}

/// Mexico agrees; the act is the last one.
fn agreed(room: &mut Room) -> ActId {
    let id = running(room);
    room.does(says(id, "mexico", Answer::Agrees));
    id
}

fn standing(room: &Room, id: ActId) -> Vec<ActId> {
    room.round(id)
        .standing("mexico")
        .map(|stated| stated.act)
        .collect()
}

pub fn refusals() -> Vec<Scenario> {
    let agrees = |_: &mut Room, id| says(id, "mexico", Answer::Agrees);
    vec![
        refusal(
            "E-0822",
            "nobody was asked yet",
            ready,
            agrees,
            |room, id| {
                room.does(Consult::Open(first(id)));
                says(id, "mexico", Answer::Agrees)
            },
        ),
        refusal(
            "E-0825",
            "observers are not asked",
            running,
            |_, id| says(id, "peru", Answer::Objects),
            agrees,
        ),
        refusal(
            "E-0825",
            "nor a state that left",
            running,
            |_, id| says(id, "belize", Answer::Agrees),
            agrees,
        ),
        refusal(
            "E-0825",
            "nor one that nobody knows",
            running,
            |_, id| says(id, "atlantis", Answer::Agrees),
            agrees,
        ),
        refusal(
            "E-0826",
            "at the close the term is over",
            |room| {
                let id = running(room);
                room.when(CLOSE);
                id
            },
            agrees,
            |room, id| {
                room.when(LAST);
                says(id, "mexico", Answer::Agrees)
            },
        ),
        refusal(
            "E-0826",
            "after it an answer comes late",
            closed,
            agrees,
            |_, id| says(id, "mexico", Answer::Objects),
        ),
        refusal(
            "E-0827",
            "another answer stands than the one that was seen",
            |room| {
                let id = agreed(room);
                let seen = standing(room, id);
                room.does(instead(id, "mexico", Answer::Objects, seen));
                id
            },
            |room, id| {
                let replaced = room.round(id).answers[0].act;
                instead(id, "mexico", Answer::StandsAside, [replaced])
            },
            |room, id| instead(id, "mexico", Answer::StandsAside, standing(room, id)),
        ),
        refusal(
            "E-0827",
            "of two that stand only one was seen",
            |room| {
                let id = agreed(room);
                room.does(says(id, "mexico", Answer::Objects));
                id
            },
            |room, id| instead(id, "mexico", Answer::Agrees, standing(room, id).pop()),
            |room, id| instead(id, "mexico", Answer::Agrees, standing(room, id)),
        ),
        refusal(
            "E-0827",
            "no answer of its own was seen",
            |room| {
                let id = agreed(room);
                room.does(says(id, "panama", Answer::Agrees));
                id
            },
            |room, id| {
                let of_panama = room.round(id).answers[1].act;
                instead(id, "mexico", Answer::Objects, [of_panama])
            },
            |room, id| instead(id, "mexico", Answer::Objects, standing(room, id)),
        ),
        refusal(
            "E-0827",
            "nothing stands of what was seen",
            running,
            |_, id| instead(id, "mexico", Answer::Agrees, [nobodys()]),
            agrees,
        ),
        refusal(
            "E-0828",
            "the same answer stands",
            agreed,
            agrees,
            |room, id| instead(id, "mexico", Answer::NoObjection, standing(room, id)),
        ),
        refusal(
            "E-0828",
            "it does not take its own place",
            agreed,
            |room, id| instead(id, "mexico", Answer::Agrees, standing(room, id)),
            |room, id| {
                let seen = standing(room, id);
                Consult::State(StatePosition {
                    words: Some("Con gusto.".into()),
                    in_place_of: seen,
                    ..answer(id, "mexico", Answer::Agrees)
                })
            },
        ),
        refusal(
            "E-0829",
            "a reservation is worded",
            running,
            |_, id| worded(id, Answer::AgreesWithReservation, None),
            |_, id| worded(id, Answer::AgreesWithReservation, Some("A su manera.")),
        ),
        refusal(
            "E-0829",
            "words are no spaces",
            running,
            |_, id| worded(id, Answer::Objects, Some(" \n ")),
            |_, id| worded(id, Answer::Objects, None),
        ),
        refusal(
            "E-0829",
            "words hold no other controls than the end of a line",
            running,
            |_, id| worded(id, Answer::Objects, Some("No.\u{7}")),
            |_, id| worded(id, Answer::Objects, Some("No.\nPor ahora.")),
        ),
        refusal(
            "E-0829",
            "a change has words",
            running,
            |_, id| proposing(id, Answer::ProposesChange, vec![change(1, " ", None)]),
            |_, id| proposing(id, Answer::ProposesChange, vec![change(1, "el 7", None)]),
        ),
        refusal(
            "E-0830",
            "words are long",
            running,
            |_, id| worded(id, Answer::StandsAside, Some(&"ñ".repeat(4_001))),
            |_, id| worded(id, Answer::StandsAside, Some(&"ñ".repeat(4_000))),
        ),
        refusal(
            "E-0830",
            "the reason for a change is long",
            running,
            |_, id| {
                proposing(
                    id,
                    Answer::ProposesChange,
                    vec![change(1, "el 7", Some(&"x".repeat(4_001)))],
                )
            },
            |_, id| {
                proposing(
                    id,
                    Answer::ProposesChange,
                    vec![change(1, "el 7", Some(&"x".repeat(4_000)))],
                )
            },
        ),
        refusal(
            "E-0831",
            "whoever proposes a change says which",
            running,
            |_, id| proposing(id, Answer::ProposesChange, Vec::new()),
            |_, id| says(id, "mexico", Answer::ProposesChange),
        ),
        refusal(
            "E-0831",
            "whoever agrees proposes none",
            running,
            |_, id| proposing(id, Answer::Agrees, vec![change(1, "el 7", None)]),
            agrees,
        ),
        refusal(
            "E-0831",
            "the text has two paragraphs",
            running,
            |_, id| {
                proposing(
                    id,
                    Answer::ProposesChange,
                    vec![change(1, "a", None), change(3, "b", None)],
                )
            },
            |_, id| {
                let changes = vec![
                    change(0, "a", None),
                    change(1, "b", None),
                    change(2, "c", None),
                ];
                proposing(id, Answer::ProposesChange, changes)
            },
        ),
        refusal(
            "E-0831",
            "201 changes are another text",
            running,
            |_, id| proposing(id, Answer::ProposesChange, vec![change(1, "a", None); 201]),
            |_, id| proposing(id, Answer::ProposesChange, vec![change(1, "a", None); 200]),
        ),
        refusal(
            "E-0606",
            "it came on a day to come",
            running,
            |_, id| came(id, "2011-10-16", "Nota 7", 1),
            // It is the 15th already where the sun rises first.
            |_, id| came(id, "2011-10-15", "Nota 7", 1),
        ),
        refusal(
            "E-0403",
            "nothing proves it",
            running,
            |_, id| came(id, "2011-10-14", " ", 1),
            |_, id| came(id, "2011-10-14", "Llamada de la Dirección General", 1),
        ),
        refusal(
            "E-0012",
            "the proof is no file",
            running,
            |_, id| came(id, "2011-10-14", "Nota 7", 0),
            |_, id| came(id, "2011-10-14", "Nota 7", 1),
        ),
    ]
}

#[test]
fn every_answer_is_taken_to_the_last_instant_and_none_but_objections_from_then_on() {
    for kind in Answer::ALL {
        for (instant, late) in [(LAST, false), (CLOSE, true), (AFTER, true)] {
            let mut room = Room::new();
            let id = running(&mut room);
            room.when(instant);
            let done = room.tries(says(id, "panama", kind));
            if late && kind != Answer::Objects {
                let since = at(CLOSE);
                assert_eq!(
                    done.unwrap_err(),
                    NotConsulted::TermOver { since }.into(),
                    "{kind:?}"
                );
                continue;
            }
            let act = done.unwrap();
            let stated = room.round(id).answer(act).unwrap();
            assert_eq!(
                (stated.late, stated.at, stated.stated.round),
                (late, at(instant), 1),
                "{kind:?}"
            );
            assert_eq!(stated.seat, "focal-point");
            room.holds_together();
        }
    }
}

/// A member's own term may be over while the round is not: one close for all.
#[test]
fn a_member_whose_own_days_are_over_may_answer_until_the_close() {
    let mut room = Room::new();
    let id = running(&mut room);
    let own = room.round(id).opened.terms["mexico"].ends_at;
    assert!(own < at(CLOSE));
    room.when(LAST);
    room.does(says(id, "mexico", Answer::RequestsTime));
}

/// The Troika answers again, and so does whoever presides.
#[test]
fn all_members_answer_and_change_their_minds_until_the_close() {
    let mut room = Room::new();
    let id = running(&mut room);
    for party in MEMBERS {
        let mut before: Option<ActId> = None;
        for kind in Answer::ALL {
            let act = room.does(instead(id, party, kind, before));
            if let Some(before) = before {
                assert_eq!(room.round(id).answer(before).unwrap().replaced, Some(act));
            }
            let heard = room.found(id).heard(room.round(id), party);
            assert!(
                matches!(heard, Heard::One(one) if one.act == act),
                "{party} {kind:?}"
            );
            before = Some(act);
        }
    }
    // What was said before is on record.
    assert_eq!(room.round(id).answers.len(), 5 * 7);
    room.holds_together();
}

/// two answers neither of which takes the other's place are shown and do not count.
#[test]
fn two_answers_of_one_state_do_not_count_until_it_speaks_with_one_voice() {
    let mut room = Room::new();
    let id = running(&mut room);
    let one = room.does(says(id, "mexico", Answer::Agrees));
    let two = room.does(says(id, "mexico", Answer::StandsAside));
    let heard = room.found(id).heard(room.round(id), "mexico");
    let Heard::NotAtOne(shown) = heard else {
        panic!("{heard:?}");
    };
    let mut shown: Vec<ActId> = shown.iter().map(|stated| stated.act).collect();
    shown.sort();
    assert_eq!(shown, [one, two]);
    assert!(!room.against(id).is_empty());
    // A third one beside them makes it no better.
    room.does(says(id, "mexico", Answer::NoObjection));
    assert!(!room.against(id).is_empty());
    let refused = room.refuses(instead(id, "mexico", Answer::Agrees, [two, one]));
    let standing = standing(&room, id);
    assert_eq!(standing.len(), 3);
    assert_eq!(
        refused,
        Rejection::from(NotConsulted::AnswerChanged {
            standing: standing.clone()
        })
    );
    // The order in which they are named, and how often, is no matter.
    let named = standing.iter().rev().chain(&standing).copied();
    room.does(instead(id, "mexico", Answer::Agrees, named));
    assert!(room.against(id).is_empty());
}

#[test]
fn an_answer_is_one_to_the_round_that_was_opened_last() {
    let mut room = Room::new();
    let id = agreed(&mut room);
    let before = standing(&room, id);
    room.does(Consult::Open(anew(id)));
    // What stood in the round before is not there to be replaced.
    let refused = room.refuses(instead(id, "mexico", Answer::Objects, before));
    assert_eq!(
        refused,
        NotConsulted::AnswerChanged {
            standing: Vec::new()
        }
        .into()
    );
    let act = room.does(says(id, "mexico", Answer::Agrees));
    assert_eq!(room.round(id).answer(act).unwrap().stated.round, 2);
}

/// An answer is to the text that was seen: one from a page of a round before is none to the text of this one.
#[test]
fn an_answer_to_the_text_of_another_round_is_refused() {
    let mut room = Room::new();
    let id = running(&mut room);
    let to = |text, kind| {
        Consult::State(StatePosition {
            text: Some(text),
            ..answer(id, "mexico", kind)
        })
    };
    let first = room.round(id).act;
    room.does(to(first, Answer::RequestsTime));
    room.now = room.round(id).closes_at();
    room.does(Consult::Open(changed(id, other(7))));
    for kind in Answer::ALL {
        assert_eq!(room.code(to(first, kind)), "E-0856", "{kind:?}");
    }
    let second = room.round(id).act;
    room.does(to(second, Answer::Agrees));
    // So is one to the very same text, whose round is another.
    room.does(Consult::Open(anew(id)));
    assert_eq!(room.code(to(second, Answer::Agrees)), "E-0856");
    room.holds_together();
}
