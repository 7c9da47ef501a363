//! What stands against consensus (V-03).

use comity_conference::{
    ActBody, ActId, Against, Answer, Consult, Disposition, NotConsulted, ReportedPosition,
};

use crate::consulting::steps::*;
use crate::consulting::{AFTER, CLOSE, LAST, Room};
use crate::{Scenario, refusal};

/// A round of which one answer of Mexico is all that was heard, after the close.
pub fn heard(room: &mut Room, kind: Answer) -> ActId {
    let id = running(room);
    room.does(says(id, "mexico", kind));
    room.when(AFTER);
    id
}

pub fn objected(room: &mut Room) -> ActId {
    heard(room, Answer::Objects)
}

fn proposed(room: &mut Room) -> ActId {
    heard(room, Answer::ProposesChange)
}

/// Nobody answered until the close; Mexico objects after it.
pub fn objected_late(room: &mut Room) -> ActId {
    let id = closed(room);
    room.does(says(id, "mexico", Answer::Objects));
    id
}

/// The same, after consensus was certified.
pub fn objected_after_the_certificate(room: &mut Room) -> ActId {
    let id = certified(room);
    room.does(says(id, "mexico", Answer::Objects));
    id
}

/// Mexico's last answer.
pub fn latest(room: &Room, id: ActId) -> ActId {
    room.round(id).answers.last().unwrap().act
}

pub fn withdraws(room: &Room, id: ActId, new: Answer) -> Consult {
    let standing: Vec<ActId> = room
        .round(id)
        .standing("mexico")
        .map(|stated| stated.act)
        .collect();
    instead(id, "mexico", new, standing)
}

fn disposes(room: &mut Room, id: ActId, disposition: Disposition) {
    let position = latest(room, id);
    room.does(Consult::Dispose(dispose(id, position, disposition)));
}

/// The same text goes out once more and nobody answers until after the close.
pub fn silent_anew(room: &mut Room, id: ActId) {
    room.does(Consult::Open(anew(id)));
    let closes_at = room.round(id).closes_at();
    room.now = closes_at;
}

pub fn refusals() -> Vec<Scenario> {
    let certifies = |_: &mut Room, id| certify(id);
    let launches = |_: &mut Room, id| launch(id);
    vec![
        refusal(
            "E-0834",
            "an objection stands",
            objected,
            certifies,
            |room, id| {
                room.does(withdraws(room, id, Answer::StandsAside));
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "a state asks for time",
            |room| heard(room, Answer::RequestsTime),
            certifies,
            // It is given time: the same text in another round, to all.
            |room, id| {
                silent_anew(room, id);
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "nobody said what becomes of a change",
            proposed,
            certifies,
            |room, id| {
                disposes(room, id, Disposition::NotTaken);
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "a change is taken, so that the text is another one",
            |room| {
                let id = proposed(room);
                disposes(room, id, Disposition::Taken);
                id
            },
            certifies,
            |room, id| {
                room.does(Consult::Open(changed(id, other(7))));
                room.now = room.round(id).closes_at();
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "a change is taken in part",
            |room| {
                let id = proposed(room);
                disposes(room, id, Disposition::InPart);
                id
            },
            certifies,
            |room, id| {
                // A later word takes the place of an earlier one.
                disposes(room, id, Disposition::NotTaken);
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "a state is not at one with itself",
            |room| {
                let id = running(room);
                room.does(says(id, "mexico", Answer::Agrees));
                room.does(says(id, "mexico", Answer::NoObjection));
                room.when(LAST);
                id
            },
            |room, id| {
                room.when(CLOSE);
                certify(id)
            },
            |room, id| {
                room.when(LAST);
                room.does(withdraws(room, id, Answer::StandsAside));
                room.when(CLOSE);
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "an objection came after the close",
            objected_late,
            certifies,
            |room, id| {
                let objection = latest(room, id);
                room.does(replies(id, objection));
                room.does(withdraws(room, id, Answer::Agrees));
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "it was replied to and stands",
            |room| {
                let id = objected_late(room);
                let objection = latest(room, id);
                room.does(replies(id, objection));
                id
            },
            certifies,
            |room, id| {
                room.does(withdraws(room, id, Answer::NoObjection));
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "it was withdrawn and nobody replied",
            |room| {
                let id = objected_late(room);
                room.does(withdraws(room, id, Answer::NoObjection));
                id
            },
            certifies,
            |room, id| {
                let objection = room.round(id).answers[0].act;
                room.does(replies(id, objection));
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "a certificate does not outweigh an objection that comes before the launch",
            objected_after_the_certificate,
            launches,
            |room, id| {
                let objection = latest(room, id);
                room.does(replies(id, objection));
                room.does(withdraws(room, id, Answer::Agrees));
                room.does(certify(id));
                launch(id)
            },
        ),
        refusal(
            "E-0835",
            "a certificate lists what was said before the objection and its withdrawal",
            |room| {
                let id = objected_after_the_certificate(room);
                let objection = latest(room, id);
                room.does(replies(id, objection));
                room.does(withdraws(room, id, Answer::StandsAside));
                id
            },
            launches,
            |room, id| {
                room.does(certify(id));
                launch(id)
            },
        ),
        refusal(
            "E-0834",
            "a change was taken since the certificate",
            |room| {
                let id = proposed(room);
                disposes(room, id, Disposition::NotTaken);
                room.does(certify(id));
                disposes(room, id, Disposition::Taken);
                id
            },
            launches,
            |room, id| {
                disposes(room, id, Disposition::NotTaken);
                launch(id)
            },
        ),
        refusal(
            "E-0834",
            "the same text went out once more, and the state that objected to it is silent",
            |room| {
                let id = objected(room);
                silent_anew(room, id);
                id
            },
            certifies,
            |room, id| {
                room.does(says(id, "mexico", Answer::StandsAside));
                certify(id)
            },
        ),
        refusal(
            "E-0834",
            "it is silent in a third round of that text",
            |room| {
                let id = objected_late(room);
                silent_anew(room, id);
                silent_anew(room, id);
                id
            },
            certifies,
            |room, id| {
                let objection = room.found(id).rounds[0].answers[0].act;
                room.does(replies(id, objection));
                room.does(Consult::Open(changed(id, other(7))));
                room.now = room.round(id).closes_at();
                certify(id)
            },
        ),
    ]
}

/// The kinds of answer that stand against consensus, each alone among silent members.
#[test]
fn each_answer_stands_against_consensus_or_does_not() {
    for kind in Answer::ALL {
        let mut room = Room::new();
        let id = heard(&mut room, kind);
        let act = latest(&room, id);
        let party = || "mexico".into();
        let expected = match kind {
            Answer::Objects => Some(Against::Objection {
                party: party(),
                act,
            }),
            Answer::RequestsTime => Some(Against::AsksForTime {
                party: party(),
                act,
            }),
            Answer::ProposesChange => Some(Against::ChangePending {
                party: party(),
                act,
                change: 0,
            }),
            Answer::NoObjection
            | Answer::Agrees
            | Answer::AgreesWithReservation
            | Answer::StandsAside => None,
        };
        let Some(expected) = expected else {
            room.does(certify(id));
            continue;
        };
        let against = vec![expected];
        assert_eq!(
            room.refuses(certify(id)),
            NotConsulted::NoConsensus { against }.into()
        );
    }
}

#[test]
fn each_change_of_an_answer_is_disposed_of() {
    let mut room = Room::new();
    let id = running(&mut room);
    let one = answer(id, "mexico", Answer::ProposesChange);
    let twice = vec![one.changes[0].clone(), one.changes[0].clone()];
    let act = room.does(Consult::State(comity_conference::StatePosition {
        changes: twice,
        ..one
    }));
    // While the term runs, too.
    room.does(Consult::Dispose(dispose(id, act, Disposition::Taken)));
    let against = |change, taken: bool| {
        let party = "mexico".into();
        if taken {
            Against::ChangeTaken { party, act, change }
        } else {
            Against::ChangePending { party, act, change }
        }
    };
    assert_eq!(room.against(id), [against(0, true), against(1, false)]);
    let mut second = dispose(id, act, Disposition::NotTaken);
    second.change = 1;
    room.does(Consult::Dispose(second));
    assert_eq!(room.against(id), [against(0, true)]);
    room.holds_together();
}

#[test]
fn an_objection_that_stands_is_reported_as_one() {
    let mut room = Room::new();
    let id = objected(&mut room);
    let objection = latest(&room, id);
    silent_anew(&mut room, id);
    room.does(refer(id));
    room.does(report(id));
    let ActBody::ResultReported(reported) = room.last().clone() else {
        panic!("{:?}", room.last())
    };
    let stands = ReportedPosition::ObjectedBefore { act: objection };
    assert_eq!(reported.positions["mexico"], stands);
    let silent =
        |position: &ReportedPosition| matches!(position, ReportedPosition::NoCommunication { .. });
    assert!(silent(&reported.positions["panama"]));
}
