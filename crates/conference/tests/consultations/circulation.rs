//! What became of the notice of a round on its way to each member: on record, and no condition of anything (C-10, C.3-1).

use comity_conference::{
    ActBody, ActId, Answer, CirculationNoted, Consult, Passage, Reached, ReportedPosition,
};

use crate::consulting::steps::*;
use crate::consulting::{AFTER, Room};
use crate::{Scenario, refusal};

pub fn noted(consultation: ActId, round: u16, party: &str, passage: Passage) -> CirculationNoted {
    CirculationNoted {
        consultation,
        round,
        party: party.into(),
        passage,
        note: None,
    }
}

fn notes(consultation: ActId, party: &str, passage: Passage) -> Consult {
    Consult::Note(noted(consultation, 1, party, passage))
}

fn with(consultation: ActId, note: &str) -> Consult {
    Consult::Note(CirculationNoted {
        note: Some(note.into()),
        ..noted(consultation, 1, "mexico", Passage::Escalated)
    })
}

/// The server of Mexico took the notice.
fn handed_over(room: &mut Room) -> ActId {
    let id = running(room);
    room.does(notes(id, "mexico", Passage::HandedOver));
    id
}

pub fn refusals() -> Vec<Scenario> {
    let to_mexico = |_: &mut Room, id| notes(id, "mexico", Passage::HandedOver);
    vec![
        refusal(
            "E-0822",
            "nothing was sent",
            ready,
            to_mexico,
            |room, id| {
                room.does(Consult::Open(first(id)));
                notes(id, "mexico", Passage::HandedOver)
            },
        ),
        refusal(
            "E-0825",
            "an observer was sent nothing",
            running,
            |_, id| notes(id, "peru", Passage::HandedOver),
            to_mexico,
        ),
        refusal(
            "E-0856",
            "it is the notice of a round before",
            |room| {
                let id = running(room);
                room.does(Consult::Open(anew(id)));
                id
            },
            to_mexico,
            |_, id| Consult::Note(noted(id, 2, "mexico", Passage::HandedOver)),
        ),
        refusal(
            "E-0837",
            "that is on record already",
            handed_over,
            to_mexico,
            |_, id| notes(id, "mexico", Passage::Acknowledged),
        ),
        refusal(
            "E-0837",
            "of this member",
            handed_over,
            to_mexico,
            |_, id| notes(id, "panama", Passage::HandedOver),
        ),
        refusal(
            "E-0837",
            "of this round",
            handed_over,
            to_mexico,
            |room, id| {
                room.does(Consult::Open(anew(id)));
                Consult::Note(noted(id, 2, "mexico", Passage::HandedOver))
            },
        ),
        refusal(
            "E-0403",
            "how it is known is a reference",
            running,
            |_, id| with(id, ""),
            |_, id| with(id, "Llamada a la Dirección General"),
        ),
        refusal(
            "E-0808",
            "the consultation is over",
            launched,
            to_mexico,
            |_, id| report(id),
        ),
    ]
}

/// The best that is known of a silent member stands in the record, in whatever order it came.
#[test]
fn a_silent_member_is_listed_with_how_it_was_reached() {
    use Passage::{Acknowledged, Escalated, HandedOver, Refused};
    let table: [(&[Passage], bool, Reached); 9] = [
        (&[], false, Reached::Sent),
        (&[], true, Reached::Uncertain),
        (&[Escalated], false, Reached::Sent),
        (&[Escalated], true, Reached::Uncertain),
        (&[Refused], true, Reached::Refused),
        (&[Refused, HandedOver], false, Reached::HandedOver),
        (&[HandedOver, Refused], true, Reached::HandedOver),
        (&[Acknowledged, Refused], true, Reached::Acknowledged),
        (
            &[Refused, Escalated, HandedOver, Acknowledged],
            false,
            Reached::Acknowledged,
        ),
    ];
    for (passages, uncertain, reached) in table {
        let mut room = Room::new();
        let id = ready(&mut room);
        let mut opening = first(id);
        opening.uncertain = uncertain.then(|| "mexico".into()).into_iter().collect();
        opening.knowingly = true;
        room.does(Consult::Open(opening));
        let before = room.round(id).clone();
        for passage in passages {
            room.does(notes(id, "mexico", *passage));
        }
        // The term runs as it did, whatever became of a notice (C.3-2).
        assert_eq!(room.round(id).opened, before.opened, "{passages:?}");
        assert_eq!(
            room.round(id).closes_at(),
            before.closes_at(),
            "{passages:?}"
        );
        room.when(AFTER);
        room.does(certify(id));
        let ActBody::ConsensusCertified(certificate) = room.last() else {
            panic!("{:?}", room.last());
        };
        let listed = ReportedPosition::NoCommunication { reached };
        assert_eq!(
            certificate.positions["mexico"], listed,
            "{passages:?} {uncertain}"
        );
        room.holds_together();
    }
}

/// To have the notice is no answer, and to have answered goes before it.
#[test]
fn an_acknowledgement_is_no_answer() {
    let mut room = Room::with(&[("silence", "blocks")]);
    let id = handed_over(&mut room);
    for party in ["costa-rica", "guatemala", "panama"] {
        room.does(says(id, party, Answer::Agrees));
    }
    room.does(notes(id, "mexico", Passage::Acknowledged));
    assert_eq!(room.against(id).len(), 1);
    let act = room.does(says(id, "mexico", Answer::NoObjection));
    assert!(room.against(id).is_empty());
    // It is noted after the close, too: a letter comes back late.
    room.when(AFTER);
    room.does(notes(id, "guatemala", Passage::Refused));
    room.does(certify(id));
    room.does(launch(id));
    room.does(report(id));
    let ActBody::ResultReported(reported) = room.last() else {
        panic!("{:?}", room.last());
    };
    let answer = Answer::NoObjection;
    assert_eq!(
        reported.positions["mexico"],
        ReportedPosition::Answered { answer, act }
    );
}
