//! What another process refuses, and this one does not, or the other way round (K-12…K-16).

use comity_conference::{ActId, Answer, Consult};

use crate::consulting::steps::*;
use crate::consulting::{AFTER, CLOSE, LAST, Room};
use crate::{Scenario, refusal};

/// All but whoever presides.
pub const OTHERS: [&str; 4] = ["costa-rica", "guatemala", "mexico", "panama"];

fn extending() -> Room {
    Room::with(&[("extension", "once")])
}

pub fn closing_early() -> Room {
    Room::with(&[("early_close", "all_agree")])
}

pub fn asking_first() -> Room {
    Room::with(&[("method_consent", "needed")])
}

/// All members but Mexico and whoever presides agree.
pub fn agreed_but_mexico(room: &mut Room) -> ActId {
    let id = running(room);
    for party in ["costa-rica", "guatemala", "panama"] {
        room.does(says(id, party, Answer::Agrees));
    }
    id
}

/// Mexico said this, and then the round may not close early; but once it agrees it may.
fn not_early(because: &'static str, kind: Answer) -> Scenario {
    // The kind cannot be carried into a function of a table: there is one for each.
    let given: fn(&mut Room) -> ActId = match kind {
        Answer::Objects => |room| with_mexico(room, Answer::Objects),
        Answer::RequestsTime => |room| with_mexico(room, Answer::RequestsTime),
        _ => |room| with_mexico(room, Answer::ProposesChange),
    };
    refusal(
        "E-0824",
        because,
        given,
        |_, id| close_early(id),
        |room, id| {
            let before = room.round(id).answers.last().unwrap().act;
            room.does(instead(id, "mexico", Answer::StandsAside, [before]));
            close_early(id)
        },
    )
    .under(closing_early)
}

fn with_mexico(room: &mut Room, kind: Answer) -> ActId {
    let id = agreed_but_mexico(room);
    room.does(says(id, "mexico", kind));
    id
}

pub fn refusals() -> Vec<Scenario> {
    let extends = |_: &mut Room, id| extend(id);
    let closes = |_: &mut Room, id| close_early(id);
    let opens = |_: &mut Room, id| Consult::Open(first(id));
    let certifies = |_: &mut Room, id| certify(id);
    vec![
        refusal(
            "E-0814",
            "nobody agreed to decide in writing",
            ready,
            opens,
            |room, id| {
                for party in OTHERS {
                    room.does(method(id, party));
                }
                Consult::Open(first(id))
            },
        )
        .under(asking_first),
        refusal(
            "E-0825",
            "nobody is asked about the method",
            ready,
            |_, id| method(id, "mexico"),
            opens,
        ),
        refusal(
            "E-0825",
            "an observer is not",
            ready,
            |_, id| method(id, "peru"),
            |_, id| method(id, "mexico"),
        )
        .under(asking_first),
        refusal(
            "E-0828",
            "it agreed to it",
            |room| {
                let id = submitted(room);
                room.does(method(id, "mexico"));
                id
            },
            |_, id| method(id, "mexico"),
            |_, id| method(id, "honduras"),
        )
        .under(asking_first),
        refusal(
            "E-0811",
            "it is decided in writing already",
            |room| {
                let id = ready(room);
                for party in OTHERS {
                    room.does(method(id, party));
                }
                room.does(Consult::Open(first(id)));
                id
            },
            |_, id| method(id, "honduras"),
            |_, id| says(id, "honduras", Answer::Agrees),
        )
        .under(asking_first),
        refusal(
            "E-0821",
            "there is one round",
            closed,
            |_, id| Consult::Open(changed(id, other(7))),
            |_, id| refer(id),
        )
        .under(|| Room::with(&[("max_rounds", "1")])),
        refusal(
            "E-0821",
            "a round that opens anew is a round",
            |room| {
                let id = running(room);
                room.does(Consult::Open(anew(id)));
                id
            },
            |_, id| Consult::Open(anew(id)),
            |_, id| says(id, "mexico", Answer::Agrees),
        )
        .under(|| Room::with(&[("max_rounds", "2")])),
        refusal(
            "E-0823",
            "the rules foresee no longer term",
            running,
            extends,
            |_, id| Consult::Open(anew(id)),
        ),
        refusal(
            "E-0823",
            "the term is over",
            |room| {
                let id = running(room);
                room.when(CLOSE);
                id
            },
            extends,
            |room, id| {
                room.when(LAST);
                extend(id)
            },
        )
        .under(extending),
        refusal(
            "E-0823",
            "it was made longer once",
            |room| {
                let id = running(room);
                room.does(extend(id));
                id
            },
            extends,
            // Each round has its own.
            |room, id| {
                room.does(Consult::Open(anew(id)));
                extend(id)
            },
        )
        .under(extending),
        refusal(
            "E-0822",
            "there is no term to be made longer",
            ready,
            extends,
            |room, id| {
                room.does(Consult::Open(first(id)));
                extend(id)
            },
        )
        .under(extending),
        refusal(
            "E-0822",
            "there is no round to be closed",
            ready,
            closes,
            opens,
        )
        .under(closing_early),
        refusal(
            "E-0824",
            "the rules close no round early, whoever agrees",
            |room| with_mexico(room, Answer::Agrees),
            closes,
            |room, id| {
                room.when(AFTER);
                certify(id)
            },
        ),
        refusal(
            "E-0824",
            "a member was not heard",
            agreed_but_mexico,
            closes,
            |room, id| {
                room.does(says(id, "mexico", Answer::NoObjection));
                close_early(id)
            },
        )
        .under(closing_early),
        not_early("a member objects", Answer::Objects),
        not_early("a member asks for time", Answer::RequestsTime),
        not_early("a member would change the text", Answer::ProposesChange),
        refusal(
            "E-0824",
            "a member is not at one",
            |room| {
                let id = with_mexico(room, Answer::Agrees);
                room.does(says(id, "mexico", Answer::NoObjection));
                id
            },
            closes,
            |room, id| {
                let both: Vec<ActId> = room
                    .round(id)
                    .standing("mexico")
                    .map(|stated| stated.act)
                    .collect();
                room.does(instead(id, "mexico", Answer::AgreesWithReservation, both));
                close_early(id)
            },
        )
        .under(closing_early),
        refusal(
            "E-0824",
            "it is closed",
            |room| {
                let id = with_mexico(room, Answer::Agrees);
                room.when(CLOSE);
                id
            },
            closes,
            |room, id| {
                room.when(LAST);
                close_early(id)
            },
        )
        .under(closing_early),
        refusal(
            "E-0834",
            "a silent member is waited for",
            agreed_but_mexico,
            |room, id| {
                room.when(CLOSE);
                certify(id)
            },
            |room, id| {
                room.when(LAST);
                room.does(says(id, "mexico", Answer::StandsAside));
                room.when(CLOSE);
                certify(id)
            },
        )
        .under(|| Room::with(&[("silence", "blocks")])),
        refusal(
            "E-0834",
            "five have to be heard",
            agreed_but_mexico,
            |room, id| {
                room.when(CLOSE);
                certify(id)
            },
            |room, id| {
                room.when(LAST);
                room.does(says(id, "mexico", Answer::StandsAside));
                room.when(CLOSE);
                certify(id)
            },
        )
        .under(|| Room::with(&[("minimum_answers", "5")])),
        refusal(
            "E-0834",
            "silence is consent, and an objection is none",
            |room| {
                let id = running(room);
                room.does(says(id, "mexico", Answer::Objects));
                room.when(AFTER);
                id
            },
            certifies,
            |_, id| refer(id),
        )
        .under(|| Room::with(&[("silence", "consent")])),
        refusal(
            "E-0816",
            "the Secretariat sits in no country of the table",
            ready,
            opens,
            |room, id| {
                room.rules = crate::consulting::rules(&[]).into();
                Consult::Open(first(id))
            },
        )
        .under(|| Room::with(&[("secretariat_in", "CH"), ("calendar", "secretariat")])),
        refusal(
            "E-0816",
            "the country of whoever presides is not known",
            |room| {
                let id = ready(room);
                room.admit("honduras", None, "member", None);
                id
            },
            opens,
            |room, id| {
                room.admit("honduras", Some("HN"), "member", None);
                Consult::Open(first(id))
            },
        )
        .under(|| Room::with(&[("calendar", "chair")])),
        refusal(
            "E-0816",
            "the days of all cannot be united without those of one",
            |room| {
                let id = ready(room);
                room.admit("mexico", None, "member", None);
                id
            },
            opens,
            |room, id| {
                room.admit("mexico", Some("MX"), "member", None);
                Consult::Open(first(id))
            },
        )
        .under(|| Room::with(&[("calendar", "union")])),
    ]
}
