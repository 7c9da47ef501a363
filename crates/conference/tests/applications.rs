//! Applications and what comes in for them: each refusal before its acceptance, both sides of each edge.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod room;

use comity_conference::{
    ActId, ApplicationDocumentReceived, ApplicationDocumentReturned, ApplicationReceived,
    ApplicationWithdrawn, Attached, Command, Rejection,
};
use comity_rules::Text;
use room::Room;

fn application(es: &str, en: &str) -> ApplicationReceived {
    ApplicationReceived {
        kind: "observer_state".into(),
        applicant: Text::new(es, en),
        received: "2011-10-15".parse().unwrap(),
        note: None,
    }
}

fn document(application: ActId, criterion: &str) -> ApplicationDocumentReceived {
    ApplicationDocumentReceived {
        application,
        criterion: criterion.into(),
        received: "2011-10-15".parse().unwrap(),
        note: "Nota DM-1".into(),
        file: None,
    }
}

fn receive(room: &mut Room, asked: ApplicationReceived) -> Result<Vec<ActId>, Rejection> {
    room.does(&Command::ReceiveApplication(asked))
}

fn file(room: &mut Room, asked: ApplicationDocumentReceived) -> Result<Vec<ActId>, Rejection> {
    room.does(&Command::ReceiveDocument(asked))
}

fn code(done: Result<Vec<ActId>, Rejection>) -> &'static str {
    done.unwrap_err().code()
}

#[test]
fn an_application_comes_in_once_for_a_status_that_has_criteria() {
    let mut room = Room::new();
    let good = || application("Atlántida", "Atlantis");
    for (asked, refused) in [
        // Members are admitted by no criteria that the source gives (O-17).
        (
            ApplicationReceived {
                kind: "member".into(),
                ..good()
            },
            "E-0601",
        ),
        (application("", "Atlantis"), "E-0010"),
        (application("Atlántida", ""), "E-0010"),
        (
            ApplicationReceived {
                note: Some("x".repeat(201)),
                ..good()
            },
            "E-0407",
        ),
        // Where the sun rises first it is the 16th: the 17th is nowhere yet.
        (
            ApplicationReceived {
                received: "2011-10-17".parse().unwrap(),
                ..good()
            },
            "E-0606",
        ),
    ] {
        assert_eq!(
            code(receive(&mut room, asked.clone())),
            refused,
            "{asked:?}"
        );
    }
    let early = ApplicationReceived {
        received: "2011-10-16".parse().unwrap(),
        ..good()
    };
    let act = receive(&mut room, early).unwrap()[0];
    let again = receive(&mut room, application(" atlántida ", "Another name"));
    assert_eq!(again.unwrap_err(), Rejection::AppliedAlready { act });
    receive(&mut room, application("Lemuria", "Lemuria")).unwrap();
    let withdraw = Command::WithdrawApplication(ApplicationWithdrawn {
        application: act,
        note: None,
    });
    room.does(&withdraw).unwrap();
    assert_eq!(
        room.does(&withdraw).unwrap_err(),
        Rejection::NoSuchApplication
    );
    receive(&mut room, good()).unwrap();
}

#[test]
fn a_document_comes_in_for_a_criterion_and_is_taken_out_once() {
    let mut room = Room::new();
    let act = receive(&mut room, application("Atlántida", "Atlantis")).unwrap()[0];
    let hash = "0".repeat(64);
    let with = |sha256: &str, kind: &str, bytes| ApplicationDocumentReceived {
        file: Some(Attached {
            sha256: sha256.into(),
            kind: kind.into(),
            bytes,
        }),
        ..document(act, "criterion-observer-state-1")
    };
    let nobodys = ActId::new(&"7".repeat(26)).unwrap();
    for (asked, refused) in [
        (document(nobodys, "criterion-observer-state-1"), "E-0603"),
        // A criterion for organisations, and none at all.
        (document(act, "criterion-observer-organization-1"), "E-0604"),
        (document(act, "criterion"), "E-0604"),
        (
            ApplicationDocumentReceived {
                note: "".into(),
                ..document(act, "criterion-observer-state-1")
            },
            "E-0403",
        ),
        (with(&hash[1..], "pdf", 1), "E-0012"),
        (with(&hash.replace('0', "A"), "pdf", 1), "E-0012"),
        (with(&hash, "../pdf", 1), "E-0012"),
        (with(&hash, "pdf", 0), "E-0012"),
    ] {
        assert_eq!(code(file(&mut room, asked.clone())), refused, "{asked:?}");
    }
    let paper = file(&mut room, with(&hash, "pdf", 1)).unwrap()[0];
    let count = |room: &Room| {
        let held = room.conference.applications.get(&act).unwrap();
        held.documents_for("criterion-observer-state-1").count()
    };
    assert_eq!(count(&room), 1);
    let take_out = |document, note: &str| {
        Command::ReturnDocument(ApplicationDocumentReturned {
            application: act,
            document,
            note: note.into(),
        })
    };
    assert_eq!(code(room.does(&take_out(nobodys, "x"))), "E-0605");
    assert_eq!(code(room.does(&take_out(paper, ""))), "E-0403");
    room.does(&take_out(paper, "Otra solicitud")).unwrap();
    assert_eq!(count(&room), 0);
    assert_eq!(code(room.does(&take_out(paper, "x"))), "E-0605");
    let withdraw = ApplicationWithdrawn {
        application: act,
        note: None,
    };
    room.does(&Command::WithdrawApplication(withdraw)).unwrap();
    assert_eq!(code(file(&mut room, with(&hash, "pdf", 1))), "E-0603");
}
