//! Objections that come after the close, and those to a text that goes out once more (C.3-2).

use comity_conference::{
    ActBody, ActId, Against, Answer, Comment, Consult, NotConsulted, Rejection, ReportedPosition,
    Stage, StatePosition,
};

use crate::consulting::steps::*;
use crate::consulting::{AFTER, MEMBERS, Room, nobodys};
use crate::objections::{
    heard, latest, objected, objected_after_the_certificate, objected_late, silent_anew, withdraws,
};
use crate::{Scenario, refusal};

fn comment(paragraph: u16) -> Comment {
    let words = "Véase el informe.".into();
    Comment { paragraph, words }
}

fn commented(id: ActId, kind: Answer, comments: Vec<Comment>) -> Consult {
    Consult::State(StatePosition {
        comments,
        ..answer(id, "mexico", kind)
    })
}

fn commented_instead(room: &Room, id: ActId, comments: Vec<Comment>) -> Consult {
    Consult::State(StatePosition {
        comments,
        in_place_of: vec![latest(room, id)],
        ..answer(id, "mexico", Answer::StandsAside)
    })
}

pub fn refusals() -> Vec<Scenario> {
    let certifies = |_: &mut Room, id| certify(id);
    vec![
        refusal(
            "E-0833",
            "an objection in time is no late one",
            objected,
            |room, id| replies(id, latest(room, id)),
            |room, id| {
                // It is said anew after the close.
                room.does(Consult::State(StatePosition {
                    words: Some("Por las fechas.".into()),
                    in_place_of: vec![latest(room, id)],
                    ..answer(id, "mexico", Answer::Objects)
                }));
                replies(id, latest(room, id))
            },
        ),
        refusal(
            "E-0833",
            "what came late is no objection any more",
            |room| {
                let id = objected(room);
                room.does(withdraws(room, id, Answer::StandsAside));
                id
            },
            |room, id| replies(id, latest(room, id)),
            |room, id| {
                room.does(withdraws(room, id, Answer::Objects));
                replies(id, latest(room, id))
            },
        ),
        refusal(
            "E-0833",
            "nobody said so",
            objected_late,
            |_, id| replies(id, nobodys()),
            |room, id| replies(id, latest(room, id)),
        ),
        refusal(
            "E-0826",
            "after the close only what was an objection is withdrawn",
            |room| heard(room, Answer::RequestsTime),
            |room, id| withdraws(room, id, Answer::Agrees),
            |room, id| withdraws(room, id, Answer::Objects),
        ),
        refusal(
            "E-0826",
            "what withdraws an objection proposes no change",
            objected,
            |room, id| withdraws(room, id, Answer::ProposesChange),
            |room, id| withdraws(room, id, Answer::AgreesWithReservation),
        ),
        refusal(
            "E-0826",
            "nor does it ask for time",
            objected,
            |room, id| withdraws(room, id, Answer::RequestsTime),
            |room, id| withdraws(room, id, Answer::StandsAside),
        ),
        refusal(
            "E-0826",
            "nor what withdraws one to the same text in a round before",
            |room| {
                let id = objected(room);
                silent_anew(room, id);
                id
            },
            |_, id| says(id, "mexico", Answer::ProposesChange),
            |_, id| says(id, "mexico", Answer::NoObjection),
        ),
        refusal(
            "E-0826",
            "it comments on nothing that was not commented on in time",
            |room| {
                let id = running(room);
                room.does(commented(id, Answer::Objects, vec![comment(1)]));
                room.when(AFTER);
                id
            },
            |room, id| commented_instead(room, id, vec![comment(1), comment(2)]),
            |room, id| commented_instead(room, id, vec![comment(1)]),
        ),
        refusal(
            "E-0826",
            "nor does an objection that comes late",
            closed,
            |_, id| commented(id, Answer::Objects, vec![comment(1)]),
            |_, id| commented(id, Answer::Objects, Vec::new()),
        ),
        refusal(
            "E-0826",
            "an objection is withdrawn in its place, not beside it",
            objected,
            |_, id| says(id, "mexico", Answer::Agrees),
            |room, id| withdraws(room, id, Answer::Agrees),
        ),
        refusal(
            "E-0826",
            "a state withdraws its own objection",
            objected,
            |_, id| says(id, "panama", Answer::Agrees),
            |room, id| withdraws(room, id, Answer::Agrees),
        ),
        refusal(
            "E-0826",
            "an objection to another text is over with it",
            |room| {
                let id = objected(room);
                room.does(Consult::Open(changed(id, other(7))));
                room.now = room.round(id).closes_at();
                id
            },
            |_, id| says(id, "mexico", Answer::Agrees),
            certifies,
        ),
        refusal(
            "E-0834",
            "the text to which it objected comes back after another one",
            |room| {
                let id = objected(room);
                for text in [other(7), text()] {
                    room.does(Consult::Open(changed(id, text)));
                    room.now = room.round(id).closes_at();
                }
                id
            },
            certifies,
            |room, id| {
                room.does(says(id, "mexico", Answer::NoObjection));
                certify(id)
            },
        ),
    ]
}

/// An objection always blocks, whenever it came and whatever was certified before: to the last instant before the launch.
#[test]
fn no_objection_that_stands_is_passed_over() {
    for late in [false, true] {
        for anew in 0..3 {
            let mut room = Room::new();
            let id = if late {
                objected_late(&mut room)
            } else {
                objected(&mut room)
            };
            for _ in 0..anew {
                silent_anew(&mut room, id);
            }
            let refused = room.code(certify(id));
            assert_eq!(refused, "E-0834", "late: {late}, rounds anew: {anew}");
        }
    }
    let mut room = Room::new();
    let id = objected_after_the_certificate(&mut room);
    assert_eq!(room.stage(id), Stage::Closed);
    assert_eq!(room.code(launch(id)), "E-0834");
    room.does(refer(id));
}

#[test]
fn an_objection_to_the_same_text_is_named_and_is_answered_by_the_state_in_the_new_round() {
    for kind in Answer::ALL {
        let mut room = Room::new();
        let id = objected(&mut room);
        let objection = latest(&room, id);
        room.does(Consult::Open(anew(id)));
        let party = "mexico".into();
        assert_eq!(
            room.against(id),
            [Against::Objection {
                party,
                act: objection
            }]
        );
        let act = room.does(says(id, "mexico", kind));
        let of_old = |against: &Against| matches!(against, Against::Objection { act, .. } if *act == objection);
        assert!(!room.against(id).iter().any(of_old), "{kind:?}");
        assert_eq!(room.round(id).answer(act).unwrap().stated.round, 2);
        room.holds_together();
    }
    // Of whoever presides, too: its consent is presumed no more once it objected.
    let mut room = Room::new();
    let id = running(&mut room);
    room.does(says(id, "honduras", Answer::Objects));
    room.does(Consult::Open(anew(id)));
    assert_eq!(room.against(id).len(), 1);
}

/// A second answer beside the objection counts no more than the objection: it takes nothing back.
#[test]
fn an_objection_stands_when_its_state_was_not_at_one() {
    let mut room = Room::new();
    let running = running(&mut room);
    let act = room.does(says(running, "mexico", Answer::Objects));
    room.does(says(running, "mexico", Answer::Agrees));
    room.does(Consult::Open(anew(running)));
    let party = "mexico".into();
    assert_eq!(room.against(running), [Against::Objection { party, act }]);
    room.when("2012-12-20T15:00:00Z");
    assert_eq!(room.code(certify(running)), "E-0834");
    room.does(says(running, "mexico", Answer::StandsAside));
    room.does(certify(running));
}

/// Another text that goes out to all does not spare the reply to an objection that came late to the text before (C.3-2).
#[test]
fn a_late_objection_of_an_earlier_round_is_replied_to() {
    let mut room = Room::new();
    let id = objected_late(&mut room);
    let objection = latest(&room, id);
    room.does(Consult::Open(changed(id, other(7))));
    room.when("2012-12-20T15:00:00Z");
    let party = "mexico".into();
    let act = objection;
    assert_eq!(room.against(id), [Against::Unanswered { party, act }]);
    assert_eq!(room.code(certify(id)), "E-0834");
    room.does(replies(id, objection));
    room.does(certify(id));
    room.does(launch(id));
}

/// Each of two objections that came late is replied to.
#[test]
fn every_late_objection_is_replied_to() {
    let mut room = Room::new();
    let id = closed(&mut room);
    let objections: Vec<ActId> = MEMBERS
        .map(|party| room.does(says(id, party, Answer::Objects)))
        .to_vec();
    for (objection, party) in objections.iter().zip(MEMBERS) {
        room.does(instead(id, party, Answer::StandsAside, [*objection]));
    }
    for (replied, objection) in objections.iter().enumerate() {
        let unanswered = room.against(id);
        assert_eq!(unanswered.len(), MEMBERS.len() - replied);
        assert!(
            unanswered
                .iter()
                .all(|against| matches!(against, Against::Unanswered { .. }))
        );
        assert!(matches!(
            room.refuses(certify(id)),
            Rejection::Consulted(NotConsulted::NoConsensus { .. })
        ));
        room.does(replies(id, *objection));
    }
    room.does(certify(id));
    room.does(launch(id));
}

/// The certificate that is launched on lists every answer, the withdrawal of a late objection too (C.3-2, V-04).
#[test]
fn consensus_is_certified_anew_after_a_late_answer() {
    let mut room = Room::new();
    let id = certified(&mut room);
    let (first, made) = room.found(id).certified.unwrap();
    let objection = room.does(says(id, "mexico", Answer::Objects));
    let lapsed = &room.found(id).lapsed;
    assert_eq!((lapsed.len(), room.found(id).certified), (1, None));
    assert_eq!((lapsed[0].act, lapsed[0].at), (first, made));
    assert_eq!(lapsed[0].by, objection);
    room.does(replies(id, objection));
    let withdrawal = room.does(withdraws(&room, id, Answer::StandsAside));
    assert_eq!(room.found(id).lapsed.len(), 1, "it had lapsed already");
    room.does(certify(id));
    let ActBody::ConsensusCertified(certificate) = room.last() else {
        panic!("a certificate");
    };
    let listed = ReportedPosition::Answered {
        answer: Answer::StandsAside,
        act: withdrawal,
    };
    assert_eq!(certificate.positions["mexico"], listed);
    room.does(launch(id));
    room.holds_together();
}
