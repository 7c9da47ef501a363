//! The Presidency's choice after the close, and the report (C-08, C-09, V-03, V-04).

use comity_conference::{
    ActBody, ActId, ActLine, ActionLaunched, Answer, Attached, Basis, Certify, Consult,
    ConsultationReferred, ConsultationWithdrawn, Deed, Disposition, End, Matter, ObjectionAnswered,
    Reaction, Report, Stage,
};
use comity_rules::Text;

use crate::consulting::steps::*;
use crate::consulting::{AFTER, CLOSE, LAST, Room, at, nobodys};
use crate::{Given, Scenario, nothing, refusal};

/// A change that Mexico proposes, before the close.
fn proposed(room: &mut Room) -> ActId {
    let id = running(room);
    room.does(says(id, "mexico", Answer::ProposesChange));
    id
}

fn reported(room: &mut Room) -> ActId {
    let id = launched(room);
    room.does(report(id));
    id
}

fn position(room: &Room, id: ActId) -> ActId {
    let mut rounds = room.found(id).rounds.iter();
    rounds.find_map(|round| round.answers.first()).unwrap().act
}

fn long(length: usize) -> Text {
    Text::new("ñ".repeat(length), "x")
}

fn until(room: &mut Room, instant: &str) -> ActId {
    let id = running(room);
    room.when(instant);
    id
}

fn refers(consultation: ActId, why: Text) -> Consult {
    let note = None;
    Consult::Refer(ConsultationReferred {
        consultation,
        why,
        note,
    })
}

fn withdraws(consultation: ActId, why: Text) -> Consult {
    let note = None;
    Consult::Withdraw(ConsultationWithdrawn {
        consultation,
        why,
        note,
    })
}

fn certifies_seeing(consultation: ActId, round: ActId) -> Consult {
    Consult::Certify(Certify {
        consultation,
        seen: Some(round),
        words: Text::new("Hay consenso.", "There is consensus."),
    })
}

fn reports(consultation: ActId, words: Text) -> Consult {
    let note = None;
    Consult::Report(Report {
        consultation,
        words,
        public: false,
        note,
    })
}

fn launches(consultation: ActId, words: Text) -> Consult {
    let words = Some(words);
    Consult::Launch(ActionLaunched {
        consultation,
        words,
    })
}

pub fn refusals() -> Vec<Scenario> {
    let reports_it = |_: &mut Room, id| report(id);
    let launches_it = |_: &mut Room, id| launch(id);
    vec![
        refusal(
            "E-0819",
            "the term is not over",
            |room| until(room, LAST),
            |_, id| certify(id),
            |room, id| {
                room.when(CLOSE);
                certify(id)
            },
        ),
        refusal(
            "E-0819",
            "nothing is launched while a term runs",
            |room| {
                let id = certified(room);
                room.does(Consult::Open(anew(id)));
                id
            },
            launches_it,
            |room, id| {
                room.now = room.round(id).closes_at();
                room.does(certify(id));
                launch(id)
            },
        ),
        refusal(
            "E-0835",
            "nobody certified consensus",
            closed,
            launches_it,
            |room, id| {
                room.does(certify(id));
                launch(id)
            },
        ),
        refusal(
            "E-0835",
            "what was certified was another round",
            |room| {
                let id = certified(room);
                room.does(Consult::Open(changed(id, other(7))));
                room.now = room.round(id).closes_at();
                id
            },
            launches_it,
            |room, id| {
                room.does(certify(id));
                launch(id)
            },
        ),
        refusal(
            "E-0836",
            "consensus was certified",
            certified,
            |_, id| certify(id),
            launches_it,
        ),
        refusal(
            "E-0856",
            "the answers that were seen are those of a round before",
            |room| {
                let id = closed(room);
                room.does(Consult::Open(anew(id)));
                room.now = room.round(id).closes_at();
                id
            },
            |room, id| certifies_seeing(id, room.found(id).rounds[0].act),
            |room, id| certifies_seeing(id, room.round(id).act),
        ),
        refusal(
            "E-0010",
            "a certificate is the Presidency's own text",
            closed,
            |_, id| {
                Consult::Certify(Certify {
                    consultation: id,
                    seen: None,
                    words: Text::new("Hay consenso.", ""),
                })
            },
            |_, id| certify(id),
        ),
        refusal(
            "E-0011",
            "the launch has an end",
            certified,
            |_, id| launches(id, long(4_001)),
            |_, id| launches(id, long(4_000)),
        ),
        refusal(
            "E-0822",
            "nothing goes without a round",
            ready,
            launches_it,
            |_, id| refer(id),
        ),
        refusal(
            "E-0832",
            "no answer stands under the id",
            proposed,
            |_, id| Consult::Dispose(dispose(id, nobodys(), Disposition::Taken)),
            |room, id| Consult::Dispose(dispose(id, position(room, id), Disposition::Taken)),
        ),
        refusal(
            "E-0832",
            "the answer has one change",
            proposed,
            |room, id| {
                let mut second = dispose(id, position(room, id), Disposition::Taken);
                second.change = 1;
                Consult::Dispose(second)
            },
            |room, id| Consult::Dispose(dispose(id, position(room, id), Disposition::NotTaken)),
        ),
        refusal(
            "E-0832",
            "the answer proposes nothing",
            |room| {
                let id = running(room);
                room.does(says(id, "panama", Answer::Agrees));
                id
            },
            |room, id| Consult::Dispose(dispose(id, position(room, id), Disposition::Taken)),
            |room, id| {
                let act = room.does(says(id, "mexico", Answer::ProposesChange));
                Consult::Dispose(dispose(id, act, Disposition::Taken))
            },
        ),
        refusal(
            "E-0010",
            "a reply stands in both languages",
            |room| {
                let id = closed(room);
                room.does(says(id, "mexico", Answer::Objects));
                id
            },
            |room, id| {
                Consult::AnswerObjection(ObjectionAnswered {
                    consultation: id,
                    objection: position(room, id),
                    reply: Text::new("", "So it is."),
                    note: None,
                })
            },
            |room, id| replies(id, position(room, id)),
        ),
        refusal(
            "E-0010",
            "it says why it refers the matter",
            closed,
            |_, id| refers(id, Text::new("", "x")),
            |_, id| refers(id, words()),
        ),
        refusal(
            "E-0011",
            "it says so within bounds",
            closed,
            |_, id| refers(id, long(4_001)),
            |_, id| refers(id, long(4_000)),
        ),
        refusal(
            "E-0010",
            "it says why it withdraws it",
            submitted,
            |_, id| withdraws(id, Text::new("x", " ")),
            |_, id| withdraws(id, words()),
        ),
        refusal(
            "E-0807",
            "there is nothing to report on",
            nothing,
            reports_it,
            |room, _| {
                let id = launched(room);
                report(id)
            },
        ),
        refusal(
            "E-0809",
            "the consultation is not over",
            certified,
            reports_it,
            |room, id| {
                room.does(launch(id));
                report(id)
            },
        ),
        refusal(
            "E-0809",
            "it is not when the last term is",
            closed,
            reports_it,
            |room, id| {
                room.does(refer(id));
                report(id)
            },
        ),
        refusal(
            "E-0810",
            "it was reported on",
            reported,
            reports_it,
            |room, _| {
                let other = launched(&mut *room.when("2011-10-14T15:00:00Z"));
                report(other)
            },
        ),
        refusal(
            "E-0839",
            "a matter of the closed door is not for the public",
            |room| {
                let mut reserved = draft();
                reserved.matter = Matter::ClosedDoor;
                reserved.mandate = Some("Acta 7".into());
                let id = room.does(Consult::Submit(reserved));
                for party in ["guatemala", "panama"] {
                    room.does(reacts(id, party, Reaction::Consents));
                }
                room.does(Consult::Open(first(id)));
                room.does(withdraw(id));
                id
            },
            |_, id| publishes(id),
            |_, id| report(id),
        ),
        refusal(
            "E-0839",
            "nobody was asked",
            |room| {
                let id = submitted(room);
                room.does(withdraw(id));
                id
            },
            |_, id| publishes(id),
            |_, id| report(id),
        ),
        refusal(
            "E-0839",
            "the rules tell the public nothing",
            launched,
            |_, id| publishes(id),
            |_, id| report(id),
        )
        .under(|| Room::with(&[("published", "never")])),
        refusal(
            "E-0810",
            "a report on an ordinary matter may be for the public, once",
            |room| {
                let id = launched(room);
                room.does(publishes(id));
                id
            },
            |_, id| publishes(id),
            |room, _| {
                let other = launched(&mut *room.when("2011-10-14T15:00:00Z"));
                publishes(other)
            },
        ),
        refusal(
            "E-0010",
            "a report stands in both languages",
            launched,
            |_, id| reports(id, Text::new("Sí.", "")),
            reports_it,
        ),
        refusal(
            "E-0808",
            "it was launched",
            launched,
            |_, id| says(id, "mexico", Answer::Objects),
            reports_it,
        ),
        refusal(
            "E-0808",
            "it was withdrawn",
            |room| {
                let id = ready(room);
                room.does(withdraw(id));
                id
            },
            |_, id| Consult::Open(first(id)),
            reports_it,
        ),
        refusal(
            "E-0808",
            "it was reported on and stays over",
            reported,
            |_, id| refer(id),
            |room, _| {
                let other = submitted(room);
                refer(other)
            },
        ),
    ]
}

/// The exits are always open to the Presidency (C.3-12); the report follows however it ended.
#[test]
fn the_matter_is_referred_or_withdrawn_at_any_time_before_the_launch() {
    let places: [(&str, Given); 5] = [
        ("submitted", submitted),
        ("ready", ready),
        ("running", running),
        ("closed", closed),
        ("certified", certified),
    ];
    for (place, given) in places {
        for exit in [refer, withdraw] {
            let mut room = Room::new();
            let id = given(&mut room);
            assert_eq!(room.code(report(id)), "E-0809", "{place}");
            let act = room.does(exit(id));
            assert_eq!(room.found(id).end.unwrap().act(), act, "{place}");
            assert_eq!(room.stage(id), Stage::Ended, "{place}");
            for again in [refer(id), withdraw(id), launch(id)] {
                assert_eq!(room.code(again), "E-0808", "{place}");
            }
            room.does(report(id));
            assert_eq!(room.stage(id), Stage::Reported, "{place}");
            room.holds_together();
        }
    }
}

#[test]
fn certified_and_launched_at_the_close_itself() {
    let mut room = Room::new();
    let id = until(&mut room, LAST);
    assert_eq!(room.code(certify(id)), "E-0819");
    assert_eq!(room.code(launch(id)), "E-0819");
    room.when(CLOSE);
    assert_eq!(room.stage(id), Stage::Closed);
    let act = room.does(certify(id));
    assert_eq!(room.found(id).certified, Some((act, at(CLOSE))));
    assert_eq!(room.stage(id), Stage::Certified);
    let act = room.does(launch(id));
    let launched = End::Launched { act, at: at(CLOSE) };
    assert_eq!(room.found(id).end, Some(launched));
    assert_eq!(launched.at(), at(CLOSE));
}

#[test]
fn a_round_that_opens_after_the_certificate_takes_it_back() {
    let mut room = Room::new();
    let id = certified(&mut room);
    room.does(Consult::Open(anew(id)));
    assert_eq!(room.found(id).certified, None);
    assert_eq!(room.stage(id), Stage::Round);
    room.now = room.round(id).closes_at();
    room.does(certify(id));
    let ActBody::ConsensusCertified(certificate) = room.last() else {
        panic!("{:?}", room.last());
    };
    assert_eq!(certificate.round, 2);
}

/// Another text went out; why a change of the round before was not taken may still be said, until the consultation is over.
#[test]
fn what_becomes_of_a_change_is_said_after_another_round_was_opened_too() {
    let mut room = Room::new();
    let id = proposed(&mut room);
    let change = position(&room, id);
    room.does(Consult::Open(anew(id)));
    let act = room.does(Consult::Dispose(dispose(id, change, Disposition::NotTaken)));
    let found = room.found(id);
    let (said, disposed) = &found.rounds[0].disposed[&(change, 0)];
    assert_eq!((*said, disposed.disposition), (act, Disposition::NotTaken));
    assert!(found.rounds[1].disposed.is_empty());
    room.holds_together();
    room.now = room.round(id).closes_at();
    room.does(certify(id));
    room.does(launch(id));
    let late = Consult::Dispose(dispose(id, change, Disposition::Taken));
    assert_eq!(room.code(late), "E-0808");
}

#[test]
fn two_consultations_do_not_meet() {
    let mut room = Room::new();
    let one = running(&mut room);
    let two = running(&mut room);
    room.does(says(one, "mexico", Answer::Objects));
    let objection = position(&room, one);
    room.when(AFTER);
    room.does(certify(two));
    assert_eq!(room.code(certify(one)), "E-0834");
    assert_eq!(room.code(replies(two, objection)), "E-0833");
    assert_eq!(
        room.code(instead(two, "mexico", Answer::Agrees, [objection])),
        "E-0827"
    );
    room.does(launch(two));
    room.does(says(one, "panama", Answer::Objects));
    // Each line of the register says of which consultation it is.
    let lines = room.conference.acts.iter();
    let of_two: Vec<&str> = lines
        .filter(|line| line.consultation() == Some(two))
        .map(ActLine::kind)
        .collect();
    assert_eq!(
        of_two,
        [
            "ConsultationSubmitted",
            "TroikaReacted",
            "TroikaReacted",
            "RoundOpened",
            "ConsensusCertified",
            "ActionLaunched",
        ]
    );
    room.holds_together();
}

#[test]
fn what_is_entered_on_a_note_keeps_the_note_and_its_paper() {
    let mut room = Room::new();
    let id = running(&mut room);
    let on = |basis: Basis| {
        Consult::Refer(ConsultationReferred {
            consultation: id,
            why: Text::new("Se verá", "It will be seen"),
            note: Some(basis),
        })
    };
    let paper = |sha256: String| Attached {
        sha256,
        kind: "pdf".to_owned(),
        bytes: 1,
    };
    let malformed = Basis {
        file: Some(paper("x".to_owned())),
        ..Basis::from("Nota 4")
    };
    assert_eq!(room.code(on(malformed)), "E-0012");
    assert!(
        room.found(id).entered.is_empty(),
        "nothing was entered on a note"
    );
    assert_eq!(room.conference.filed().count(), 0);
    let basis = Basis {
        file: Some(paper("0".repeat(64))),
        ..Basis::from("Nota 4")
    };
    room.does(on(basis.clone()));
    let entered = &room.found(id).entered;
    assert_eq!(entered.len(), 1);
    assert_eq!(
        (entered[0].deed, &entered[0].party),
        (Deed::ConsultationReferred, &None)
    );
    assert_eq!(entered[0].basis, basis);
    let filed: Vec<_> = room.conference.filed().collect();
    assert_eq!(filed, [&basis.file.unwrap()]);
}
