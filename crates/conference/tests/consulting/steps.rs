//! Steps of a consultation with little said in them, and the way to the places where tests begin.

use comity_conference::{
    ActId, ActionLaunched, Answer, Certify, ChangeDisposed, Consult, ConsultationReferred,
    ConsultationResubmitted, ConsultationWithdrawn, Disposition, Matter, MethodConsented,
    ObjectionAnswered, OpenRound, ProposedChange, Reaction, Report, StatePosition,
    SubmitConsultation, TroikaReacted,
};
use comity_rules::Text;

use super::{AFTER, Room};

/// A text of two paragraphs about a workshop.
pub fn text() -> Vec<Text> {
    vec![
        Text::new(
            "El taller es del 14 al 16.",
            "The workshop is from 14 to 16.",
        ),
        Text::new("La sede es Panamá.", "The venue is Panama."),
    ]
}

/// The same with other days.
pub fn other(day: u16) -> Vec<Text> {
    let es = format!("El taller empieza el {day}.");
    let en = format!("The workshop begins on {day}.");
    vec![Text::new(&es, &en), text()[1].clone()]
}

pub fn words() -> Text {
    Text::new("Así es.", "So it is.")
}

pub fn draft() -> SubmitConsultation {
    SubmitConsultation {
        party: "honduras".into(),
        topic: Text::new("Un taller", "A workshop"),
        why_now: Text::new("Hay que reservar.", "It has to be booked."),
        why_agreed: Text::new("Convocan todos.", "All call it."),
        matter: Matter::Ordinary,
        mandate: None,
        text: text(),
        note: None,
    }
}

pub fn resubmit(consultation: ActId, text: Vec<Text>) -> Consult {
    Consult::Resubmit(ConsultationResubmitted {
        consultation,
        text,
        note: None,
    })
}

pub fn reacts(consultation: ActId, party: &str, reaction: Reaction) -> Consult {
    Consult::React(TroikaReacted {
        consultation,
        party: party.into(),
        reaction,
        text: None,
        words: None,
        note: None,
    })
}

pub fn method(consultation: ActId, party: &str) -> Consult {
    Consult::ConsentToMethod(MethodConsented {
        consultation,
        party: party.into(),
        note: None,
    })
}

/// The text that stands, for the first time.
pub fn first(consultation: ActId) -> OpenRound {
    OpenRound {
        consultation,
        seen: None,
        text: None,
        why: None,
        uncertain: Vec::new(),
        knowingly: false,
        note: None,
    }
}

/// Another text.
pub fn changed(consultation: ActId, text: Vec<Text>) -> OpenRound {
    OpenRound {
        text: Some(text),
        ..first(consultation)
    }
}

/// The same text once more, with the reason.
pub fn anew(consultation: ActId) -> OpenRound {
    OpenRound {
        why: Some(Text::new("Una nota no llegó.", "A note did not arrive.")),
        ..first(consultation)
    }
}

pub fn extend(consultation: ActId) -> Consult {
    Consult::Extend {
        consultation,
        note: None,
    }
}

pub fn close_early(consultation: ActId) -> Consult {
    Consult::CloseEarly {
        consultation,
        note: None,
    }
}

/// An answer with all that its kind needs.
pub fn answer(consultation: ActId, party: &str, answer: Answer) -> StatePosition {
    let proposed = ProposedChange {
        paragraph: 1,
        words: "del 7 al 9".into(),
        why: None,
    };
    StatePosition {
        consultation,
        party: party.into(),
        answer,
        words: (answer == Answer::AgreesWithReservation).then(|| "A su manera.".into()),
        changes: (answer == Answer::ProposesChange)
            .then_some(proposed)
            .into_iter()
            .collect(),
        comments: Vec::new(),
        text: None,
        in_place_of: Vec::new(),
        received: None,
    }
}

/// The same in the place of others.
pub fn instead(
    consultation: ActId,
    party: &str,
    new: Answer,
    in_place_of: impl IntoIterator<Item = ActId>,
) -> Consult {
    Consult::State(StatePosition {
        in_place_of: in_place_of.into_iter().collect(),
        ..answer(consultation, party, new)
    })
}

pub fn says(consultation: ActId, party: &str, new: Answer) -> Consult {
    Consult::State(answer(consultation, party, new))
}

pub fn dispose(consultation: ActId, position: ActId, disposition: Disposition) -> ChangeDisposed {
    ChangeDisposed {
        consultation,
        position,
        change: 0,
        disposition,
        why: words(),
        note: None,
    }
}

pub fn replies(consultation: ActId, objection: ActId) -> Consult {
    Consult::AnswerObjection(ObjectionAnswered {
        consultation,
        objection,
        reply: words(),
        note: None,
    })
}

pub fn certify(consultation: ActId) -> Consult {
    Consult::Certify(Certify {
        consultation,
        seen: None,
        words: words(),
    })
}

pub fn launch(consultation: ActId) -> Consult {
    Consult::Launch(ActionLaunched {
        consultation,
        words: None,
    })
}

pub fn refer(consultation: ActId) -> Consult {
    Consult::Refer(ConsultationReferred {
        consultation,
        why: words(),
        note: None,
    })
}

pub fn withdraw(consultation: ActId) -> Consult {
    Consult::Withdraw(ConsultationWithdrawn {
        consultation,
        why: words(),
        note: None,
    })
}

pub fn report(consultation: ActId) -> Consult {
    Consult::Report(Report {
        consultation,
        words: words(),
        public: false,
        note: None,
    })
}

/// The report is for the public.
pub fn publishes(consultation: ActId) -> Consult {
    Consult::Report(Report {
        consultation,
        words: words(),
        public: true,
        note: None,
    })
}

/// Submitted; the Troika has not reacted.
pub fn submitted(room: &mut Room) -> ActId {
    room.does(Consult::Submit(draft()))
}

/// The Troika consents.
pub fn ready(room: &mut Room) -> ActId {
    let id = submitted(room);
    for party in ["guatemala", "panama"] {
        room.does(reacts(id, party, Reaction::Consents));
    }
    id
}

/// The first round runs.
pub fn running(room: &mut Room) -> ActId {
    let id = ready(room);
    room.does(Consult::Open(first(id)));
    id
}

/// The first round is over; nobody answered.
pub fn closed(room: &mut Room) -> ActId {
    let id = running(room);
    room.when(AFTER);
    id
}

/// Consensus was certified after a silent round.
pub fn certified(room: &mut Room) -> ActId {
    let id = closed(room);
    room.does(certify(id));
    id
}

/// The action was launched.
pub fn launched(room: &mut Room) -> ActId {
    let id = certified(room);
    room.does(launch(id));
    id
}
