//! Comments on the text: with an answer of any kind, against nothing until one is taken up.

use comity_conference::{
    ActId, Against, Answer, ChangeDisposed, Comment, Consult, Disposition, StatePosition,
};

use crate::consulting::steps::*;
use crate::consulting::{AFTER, Room};
use crate::{Scenario, refusal};

fn comment(paragraph: u16, words: &str) -> Comment {
    Comment {
        paragraph,
        words: words.into(),
    }
}

fn commenting(consultation: ActId, kind: Answer, comments: Vec<Comment>) -> StatePosition {
    StatePosition {
        comments,
        ..answer(consultation, "mexico", kind)
    }
}

/// Mexico has no objection and comments on the first paragraph and on the whole.
fn commented(room: &mut Room) -> ActId {
    let id = running(room);
    let comments = vec![comment(1, "¿Por la mañana?"), comment(0, "Bien.")];
    room.does(Consult::State(commenting(
        id,
        Answer::NoObjection,
        comments,
    )));
    room.when(AFTER);
    id
}

fn disposes(room: &Room, id: ActId, change: u16, disposition: Disposition) -> Consult {
    let position = room.round(id).answers.last().unwrap().act;
    Consult::Dispose(ChangeDisposed {
        change,
        ..dispose(id, position, disposition)
    })
}

pub fn refusals() -> Vec<Scenario> {
    vec![
        refusal(
            "E-0838",
            "the text has no such paragraph",
            running,
            |room, id| {
                let beyond = u16::try_from(room.round(id).opened.text.len()).unwrap() + 1;
                let comments = vec![comment(beyond, "¿Cuándo?")];
                Consult::State(commenting(id, Answer::Agrees, comments))
            },
            |room, id| {
                let last = u16::try_from(room.round(id).opened.text.len()).unwrap();
                let comments = vec![comment(last, "¿Cuándo?"), comment(0, "Bien.")];
                Consult::State(commenting(id, Answer::Agrees, comments))
            },
        ),
        refusal(
            "E-0838",
            "comments have an end",
            running,
            |_, id| {
                let comments = vec![comment(0, "Bien."); 201];
                Consult::State(commenting(id, Answer::Agrees, comments))
            },
            |_, id| {
                let comments = vec![comment(0, "Bien."); 200];
                Consult::State(commenting(id, Answer::Agrees, comments))
            },
        ),
        refusal(
            "E-0829",
            "a comment has words",
            running,
            |_, id| Consult::State(commenting(id, Answer::Agrees, vec![comment(1, " ")])),
            |_, id| Consult::State(commenting(id, Answer::Agrees, vec![comment(1, "Sí.")])),
        ),
        refusal(
            "E-0831",
            "a comment is no change",
            running,
            |_, id| {
                let mut asked = commenting(id, Answer::ProposesChange, vec![comment(1, "Sí.")]);
                asked.changes.clear();
                Consult::State(asked)
            },
            |_, id| {
                let asked = commenting(id, Answer::ProposesChange, vec![comment(1, "Sí.")]);
                Consult::State(asked)
            },
        ),
        refusal(
            "E-0832",
            "the answer has two comments",
            commented,
            |room, id| disposes(room, id, 2, Disposition::NotTaken),
            |room, id| disposes(room, id, 1, Disposition::NotTaken),
        ),
        refusal(
            "E-0834",
            "a comment that is taken up changes the text",
            |room| {
                let id = commented(room);
                let step = disposes(room, id, 0, Disposition::InPart);
                room.does(step);
                id
            },
            |_, id| certify(id),
            |room, id| {
                let step = disposes(room, id, 0, Disposition::NotTaken);
                room.does(step);
                certify(id)
            },
        ),
        refusal(
            "E-0828",
            "the same answer with the same comments stands",
            |room| {
                let id = running(room);
                let comments = vec![comment(1, "Sí.")];
                room.does(Consult::State(commenting(id, Answer::Agrees, comments)));
                id
            },
            |_, id| Consult::State(commenting(id, Answer::Agrees, vec![comment(1, "Sí.")])),
            |_, id| Consult::State(commenting(id, Answer::Agrees, vec![comment(1, "No.")])),
        ),
    ]
}

#[test]
fn a_comment_stands_against_nothing_until_it_is_taken_up() {
    let mut room = Room::new();
    let id = commented(&mut room);
    assert_eq!(room.against(id), []);
    let step = disposes(&room, id, 1, Disposition::Taken);
    room.does(step);
    let act = room.round(id).answers.last().unwrap().act;
    let party = "mexico".into();
    let taken = Against::ChangeTaken {
        party,
        act,
        change: 1,
    };
    assert_eq!(room.against(id), [taken]);
    room.holds_together();
}

/// Places run on from the changes to the comments of the same answer.
#[test]
fn a_change_and_a_comment_of_one_answer_are_disposed_of_each() {
    let mut room = Room::new();
    let id = running(&mut room);
    let asked = commenting(id, Answer::ProposesChange, vec![comment(1, "¿Y el aforo?")]);
    let act = room.does(Consult::State(asked));
    room.when(AFTER);
    let party = || "mexico".into();
    let pending = Against::ChangePending {
        party: party(),
        act,
        change: 0,
    };
    assert_eq!(room.against(id), [pending]);
    let step = disposes(&room, id, 0, Disposition::NotTaken);
    room.does(step);
    assert_eq!(room.against(id), []);
    let step = disposes(&room, id, 1, Disposition::Taken);
    room.does(step);
    let taken = Against::ChangeTaken {
        party: party(),
        act,
        change: 1,
    };
    assert_eq!(room.against(id), [taken]);
}
