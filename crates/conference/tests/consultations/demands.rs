//! What has to hold of a consultation as a whole (V-03…V-05), and of every step alike.

use std::collections::{BTreeMap, BTreeSet};

use comity_conference::{
    ActBody, ActId, Answer, Consult, Disposition, Name, NotConsulted, Reached, Reaction,
    ReportedPosition, ResultReported, Stage,
};

use crate::Given;
use crate::consulting::steps::*;
use crate::consulting::{AFTER, LAST, MEMBERS, Room, at, nobodys};

/// Every step, about a consultation.
fn steps(id: ActId) -> Vec<Consult> {
    vec![
        resubmit(id, other(9)),
        reacts(id, "panama", Reaction::Consents),
        method(id, "panama"),
        Consult::Open(changed(id, other(9))),
        Consult::Note(crate::circulation::noted(
            id,
            1,
            "mexico",
            comity_conference::Passage::Refused,
        )),
        extend(id),
        close_early(id),
        says(id, "mexico", Answer::Objects),
        Consult::Dispose(dispose(id, nobodys(), Disposition::Taken)),
        replies(id, nobodys()),
        certify(id),
        launch(id),
        refer(id),
        withdraw(id),
        report(id),
    ]
}

#[test]
fn every_step_has_its_name_and_its_consultation() {
    let id = nobodys();
    let mut all = steps(id);
    assert!(all.iter().all(|step| step.consultation() == Some(id)));
    let submits = Consult::Submit(draft());
    assert_eq!(submits.consultation(), None);
    all.push(submits);
    let names: BTreeSet<&str> = all.iter().map(Consult::name).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn no_step_is_about_a_consultation_that_is_not_there() {
    let mut room = Room::new();
    launched(&mut room);
    for step in steps(nobodys()) {
        let name = step.name();
        assert_eq!(
            room.refuses(step),
            NotConsulted::NoSuchConsultation.into(),
            "{name}"
        );
    }
}

/// V-03, and nothing of it changes afterwards but that the Presidency reports.
#[test]
fn nothing_follows_the_end_but_the_report() {
    let ends: [(&str, Given); 3] = [
        ("launched", launched),
        ("referred", |room| {
            let id = closed(room);
            room.does(refer(id));
            id
        }),
        ("withdrawn", |room| {
            let id = running(room);
            room.does(withdraw(id));
            id
        }),
    ];
    for (end, given) in ends {
        let mut room = Room::new();
        let id = given(&mut room);
        let act = room.found(id).end.unwrap().act();
        for step in steps(id) {
            let name = step.name();
            if name == "ReportResult" {
                continue;
            }
            assert_eq!(
                room.refuses(step),
                NotConsulted::OverAlready { act }.into(),
                "{end}: {name}"
            );
        }
        let before = room.found(id).clone();
        let report_act = room.does(report(id));
        let mut after = room.found(id).clone();
        assert_eq!(after.reported.take(), Some((report_act, room.now)), "{end}");
        assert!(after.report.take().is_some(), "{end}");
        // In one piece, for what it has and may yet have.
        assert!(after == before, "{end}");
        for step in steps(id) {
            assert!(room.tries(step).is_err(), "{end}");
        }
        room.holds_together();
    }
}

/// V-03: the term, the consensus and the act of the Presidency, each missing once.
#[test]
fn an_action_is_launched_after_the_term_with_consensus_and_its_certificate() {
    for (over, objects, certifies) in [
        (false, false, false),
        (false, false, true),
        (true, true, false),
        (true, true, true),
        (true, false, false),
        (true, false, true),
    ] {
        let mut room = Room::new();
        let id = running(&mut room);
        if objects {
            room.does(says(id, "panama", Answer::Objects));
        }
        room.when(if over { AFTER } else { LAST });
        let certified = certifies && room.tries(certify(id)).is_ok();
        let launched = room.tries(launch(id)).is_ok();
        let in_order = over && !objects && certifies;
        assert_eq!(
            (certified, launched),
            (in_order, in_order),
            "{over} {objects} {certifies}"
        );
    }
}

fn reported(room: &Room) -> &ResultReported {
    match room.last() {
        ActBody::ResultReported(reported) => reported,
        other => panic!("{other:?}"),
    }
}

/// V-04: each member's position, silence included, and how it was reached.
#[test]
fn the_certificate_and_the_report_list_every_member() {
    let mut room = Room::new();
    let id = ready(&mut room);
    let mut knowing = first(id);
    knowing.uncertain = vec!["costa-rica".into()];
    knowing.knowingly = true;
    room.does(Consult::Open(knowing));
    let before = room.does(says(id, "mexico", Answer::Objects));
    let agrees = room.does(instead(
        id,
        "mexico",
        Answer::AgreesWithReservation,
        [before],
    ));
    let answered = |answer, act| ReportedPosition::Answered { answer, act };
    let silent = |reached| ReportedPosition::NoCommunication { reached };
    let expected: BTreeMap<Name, ReportedPosition> = [
        ("costa-rica", silent(Reached::Uncertain)),
        ("guatemala", silent(Reached::Sent)),
        ("honduras", ReportedPosition::Submitted),
        ("mexico", answered(Answer::AgreesWithReservation, agrees)),
        ("panama", silent(Reached::Sent)),
    ]
    .into_iter()
    .map(|(party, position)| (party.into(), position))
    .collect();
    room.when(AFTER);
    room.does(certify(id));
    let ActBody::ConsensusCertified(certificate) = room.last() else {
        panic!("{:?}", room.last());
    };
    assert_eq!(certificate.positions, expected);
    room.does(launch(id));
    room.does(report(id));
    assert_eq!(reported(&room).positions, expected);
}

#[test]
fn a_report_lists_every_member_however_it_ended() {
    for exit in [refer, withdraw] {
        let mut room = Room::new();
        let id = running(&mut room);
        let objection = room.does(says(id, "panama", Answer::Objects));
        room.does(says(id, "mexico", Answer::Agrees));
        room.does(says(id, "mexico", Answer::StandsAside));
        let presiding = room.does(says(id, "honduras", Answer::Agrees));
        room.does(exit(id));
        room.does(report(id));
        let positions = &reported(&room).positions;
        assert!(positions.keys().eq(MEMBERS.iter()));
        let answered = |answer, act| ReportedPosition::Answered { answer, act };
        assert_eq!(positions["panama"], answered(Answer::Objects, objection));
        assert_eq!(positions["mexico"], ReportedPosition::NotAtOne);
        // What it says goes before what is presumed of it.
        assert_eq!(positions["honduras"], answered(Answer::Agrees, presiding));
    }
    // Where no round was opened nobody was asked.
    let mut room = Room::new();
    let id = submitted(&mut room);
    room.does(withdraw(id));
    room.does(report(id));
    assert!(reported(&room).positions.is_empty());
}

/// From the draft to the report, with a change taken and a text for all anew: the course of C-03 to C-09.
#[test]
fn a_consultation_goes_from_the_troika_to_the_report() {
    let mut room = Room::new();
    let id = submitted(&mut room);
    let mut stages = vec![room.stage(id)];
    room.does(reacts(id, "guatemala", Reaction::Consents));
    room.does(reacts(id, "panama", Reaction::Consents));
    stages.push(room.stage(id));
    room.does(Consult::Open(first(id)));
    stages.push(room.stage(id));
    let proposal = room.does(says(id, "mexico", Answer::ProposesChange));
    room.when(AFTER);
    stages.push(room.stage(id));
    room.does(Consult::Dispose(dispose(id, proposal, Disposition::Taken)));
    assert_eq!(room.code(certify(id)), "E-0834");
    room.does(Consult::Open(changed(id, other(7))));
    stages.push(room.stage(id));
    for party in MEMBERS {
        room.does(says(id, party, Answer::NoObjection));
    }
    room.now = room.round(id).closes_at();
    room.does(certify(id));
    stages.push(room.stage(id));
    room.does(launch(id));
    stages.push(room.stage(id));
    room.does(report(id));
    stages.push(room.stage(id));
    let expected = [
        Stage::Troika,
        Stage::Ready,
        Stage::Round,
        Stage::Closed,
        Stage::Round,
        Stage::Certified,
        Stage::Ended,
        Stage::Reported,
    ];
    assert_eq!(stages, expected);
    let rounds = &room.found(id).rounds;
    assert_eq!(rounds.len(), 2);
    assert_eq!(rounds[1].opened.text, other(7));
    assert!(rounds[1].opened.opens_at >= at(AFTER));
    room.holds_together();
}
