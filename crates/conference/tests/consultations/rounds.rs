//! Rounds: for all members at once, five of its own working days for each, one close for all (C-05, C-07, V-02, V-06).

use std::collections::BTreeMap;

use comity_calendar::{TermError, Why};
use comity_conference::{
    ActBody, ActId, Command, Consult, Heard, NotConsulted, OpenRound, Rejection, RoundOpened, Stage,
};
use comity_rules::Text;

use crate::consulting::steps::*;
use crate::consulting::{AFTER, CLOSE, FRIDAY, LAST, MEMBERS, Room, at, nobodys, rules, table};
use crate::{Scenario, refusal};

fn to(consultation: ActId, uncertain: &[&str], knowingly: bool) -> Consult {
    Consult::Open(OpenRound {
        uncertain: uncertain.iter().map(|party| (*party).into()).collect(),
        knowingly,
        ..first(consultation)
    })
}

fn because(consultation: ActId, why: Option<Text>) -> Consult {
    Consult::Open(OpenRound {
        why,
        ..first(consultation)
    })
}

/// Near the end of the table of holidays.
fn at_the_end(room: &mut Room) -> ActId {
    let id = ready(room);
    room.when("2012-12-27T15:00:00Z");
    id
}

/// The first round runs, and its last instant has come.
fn at_last(room: &mut Room) -> ActId {
    let id = running(room);
    room.when(LAST);
    id
}

/// Opened from a page that shows what an act put forward.
fn seeing(consultation: ActId, seen: ActId, why: bool) -> Consult {
    let asked = match why {
        true => anew(consultation),
        false => first(consultation),
    };
    Consult::Open(OpenRound {
        seen: Some(seen),
        ..asked
    })
}

pub fn refusals() -> Vec<Scenario> {
    let opens = |_: &mut Room, id| Consult::Open(first(id));
    vec![
        refusal(
            "E-0856",
            "whoever opens it saw another text",
            ready,
            |_, id| seeing(id, nobodys(), false),
            |_, id| seeing(id, id, false),
        ),
        refusal(
            "E-0856",
            "the round was opened already, from the same page",
            running,
            |_, id| seeing(id, id, true),
            |room, id| seeing(id, room.round(id).act, true),
        ),
        refusal(
            "E-0815",
            "no table of holidays was adopted",
            ready,
            opens,
            |room, id| {
                let adopt = Command::AdoptCalendar(Box::new(table()));
                room.carries_out(&adopt).unwrap();
                Consult::Open(first(id))
            },
        )
        .under(|| Room::under(rules(&[]))),
        refusal(
            "E-0816",
            "the table has no capital of a member",
            |room| {
                room.admit("atlantis", Some("XX"), "member", None);
                ready(room)
            },
            opens,
            |room, id| {
                room.admit("atlantis", Some("NI"), "member", None);
                Consult::Open(first(id))
            },
        ),
        refusal(
            "E-0816",
            "nobody knows in which country a member is",
            |room| {
                room.admit("atlantis", None, "member", None);
                ready(room)
            },
            opens,
            |room, id| {
                room.admit("atlantis", None, "observer_state", None);
                Consult::Open(first(id))
            },
        ),
        refusal(
            "E-0817",
            "the table ends before the term",
            at_the_end,
            opens,
            |room, id| {
                room.when("2012-12-20T15:00:00Z");
                Consult::Open(first(id))
            },
        ),
        refusal(
            "E-0818",
            "a letter may not arrive, and nobody says that this is known",
            ready,
            |_, id| to(id, &["mexico"], false),
            |_, id| to(id, &["mexico"], true),
        ),
        refusal(
            "E-0010",
            "the reason stands in both languages",
            ready,
            |_, id| because(id, Some(Text::new("Sí.", ""))),
            |_, id| because(id, Some(words())),
        ),
        refusal(
            "E-0403",
            "a note has words",
            ready,
            |_, id| {
                Consult::Open(OpenRound {
                    note: Some("\t".into()),
                    ..first(id)
                })
            },
            |_, id| {
                Consult::Open(OpenRound {
                    note: Some("Nota 1".into()),
                    ..first(id)
                })
            },
        ),
        refusal(
            "E-0819",
            "a running term ends before another text goes out",
            at_last,
            |_, id| Consult::Open(changed(id, other(7))),
            |room, id| {
                room.when(CLOSE);
                Consult::Open(changed(id, other(7)))
            },
        ),
        refusal(
            "E-0820",
            "a round opens anew with a reason, also after the close",
            closed,
            |_, id| Consult::Open(first(id)),
            |_, id| Consult::Open(anew(id)),
        ),
        refusal(
            "E-0820",
            "the text that stands is no other text",
            closed,
            |_, id| Consult::Open(changed(id, text())),
            |_, id| Consult::Open(changed(id, other(7))),
        ),
        refusal(
            "E-0820",
            "a round opens anew with a reason, also while it runs",
            running,
            |_, id| Consult::Open(first(id)),
            |_, id| Consult::Open(anew(id)),
        ),
        refusal(
            "E-0805",
            "another text has paragraphs",
            closed,
            |_, id| Consult::Open(changed(id, Vec::new())),
            |_, id| Consult::Open(changed(id, other(7))),
        ),
        refusal(
            "E-0010",
            "another text stands in both languages",
            closed,
            |_, id| Consult::Open(changed(id, vec![Text::new("Sí.", "")])),
            |_, id| Consult::Open(changed(id, other(7))),
        ),
        refusal(
            "E-0822",
            "nothing was sent that could be certified",
            ready,
            |_, id| certify(id),
            |room, id| {
                room.does(Consult::Open(first(id)));
                room.when(AFTER);
                certify(id)
            },
        ),
        refusal(
            "E-0807",
            "there is no such consultation",
            ready,
            |_, _| Consult::Open(first(nobodys())),
            opens,
        ),
    ]
}

fn opened(room: &Room) -> &RoundOpened {
    match room.last() {
        ActBody::RoundOpened(opened) => opened,
        other => panic!("{other:?}"),
    }
}

/// The last day of each member's term.
fn last_days(opened: &RoundOpened) -> BTreeMap<&str, String> {
    let terms = opened.terms.iter();
    terms
        .map(|(party, term)| (party.as_str(), term.ends_on.to_string()))
        .collect()
}

#[test]
fn a_round_goes_to_all_members_with_the_term_of_each_by_its_own_days() {
    let mut room = Room::new();
    let id = running(&mut room);
    let opened = opened(&room).clone();
    assert_eq!(opened.consultation, id);
    assert_eq!((opened.round, opened.days), (1, 5));
    assert_eq!(opened.text, text());
    assert_eq!(opened.opens_at, at(FRIDAY));
    assert_eq!(opened.closes_at, at(CLOSE));
    assert_eq!(
        opened.calendars,
        room.conference.calendar.as_ref().unwrap().act
    );
    // Neither the state that left nor the observer.
    assert!(opened.terms.keys().eq(MEMBERS.iter()));
    let table = [
        // The Day of the Cultures, observed on the 17th; that of the Revolution on the 20th; of the Army on the 21st.
        ("costa-rica", "2011-10-24", "2011-10-25T06:00:00Z"),
        ("guatemala", "2011-10-24", "2011-10-25T06:00:00Z"),
        ("honduras", "2011-10-24", "2011-10-25T06:00:00Z"),
        ("mexico", "2011-10-21", "2011-10-22T05:00:00Z"),
        ("panama", "2011-10-21", "2011-10-22T05:00:00Z"),
    ];
    for (party, last, ends_at) in table {
        let term = &opened.terms[party];
        assert_eq!(term.ends_on.to_string(), last, "{party}");
        assert_eq!(term.ends_at, at(ends_at), "{party}");
        assert_eq!(term.days.first().unwrap().why, Why::Start, "{party}");
        assert_eq!(term.days.last().unwrap().why, Why::Counted(5), "{party}");
    }
    room.holds_together();
}

/// V-06: a term that spans a weekend is five working days.
#[test]
fn sent_on_a_friday_it_is_not_over_on_wednesday() {
    for (opens, closes) in [
        // A week without a holiday in any of the capitals: Friday to Friday.
        ("2011-09-23T15:00:00Z", "2011-10-01T06:00:00Z"),
        // Sent on Sunday, the Friday after all the same.
        ("2011-09-25T15:00:00Z", "2011-10-01T06:00:00Z"),
        // Sent on Monday, the Monday after; the 3rd is a holiday in Tegucigalpa.
        ("2011-09-26T15:00:00Z", "2011-10-05T06:00:00Z"),
        // Late on Friday in Tegucigalpa it is Saturday in Panama: the term is the same, as neither day counts.
        ("2011-09-24T05:30:00Z", "2011-10-01T06:00:00Z"),
        // Holy Thursday and Good Friday, and Juan Santamaría's day in San José.
        ("2012-04-04T15:00:00Z", "2012-04-17T06:00:00Z"),
    ] {
        let mut room = Room::new();
        let id = ready(&mut room);
        room.when(opens);
        room.does(Consult::Open(first(id)));
        assert_eq!(opened(&room).closes_at, at(closes), "{opens}");
        let wednesday = at(opens)
            .checked_add(jiff::SignedDuration::from_hours(24 * 5))
            .unwrap();
        assert_eq!(room.found(id).stage(wednesday), Stage::Round, "{opens}");
    }
}

#[test]
fn the_days_start_by_the_clock_of_each_capital() {
    let mut room = Room::new();
    let id = ready(&mut room);
    // Monday, 23:30 in Tegucigalpa and half past midnight on Tuesday in Panama.
    room.when("2011-10-25T05:30:00Z");
    room.does(Consult::Open(first(id)));
    let found = opened(&room);
    assert_eq!(found.terms["honduras"].starts_on.to_string(), "2011-10-24");
    assert_eq!(found.terms["panama"].starts_on.to_string(), "2011-10-25");
    let days = last_days(found);
    assert_eq!(
        (days["honduras"].as_str(), days["panama"].as_str()),
        ("2011-10-31", "2011-11-01")
    );
    // Mexico's clocks are those of Panama when it opens, and those of Tegucigalpa when its fifth day ends.
    assert_eq!(days["mexico"], "2011-11-01");
    assert_eq!(found.closes_at, at("2011-11-02T06:00:00Z"));
}

#[test]
fn the_round_closes_for_all_when_the_last_term_ends() {
    let mut room = Room::new();
    let id = running(&mut room);
    for (instant, stage) in [
        (FRIDAY, Stage::Round),
        // Mexico's own term is over; the round is not.
        ("2011-10-22T05:00:00Z", Stage::Round),
        (LAST, Stage::Round),
        (CLOSE, Stage::Closed),
        (AFTER, Stage::Closed),
    ] {
        room.when(instant);
        assert_eq!(room.stage(id), stage, "{instant}");
    }
}

/// V-02: a changed text begins a full term for all members, never for some.
#[test]
fn a_changed_text_goes_to_all_members_with_a_full_term() {
    let mut room = Room::new();
    let id = running(&mut room);
    for party in MEMBERS {
        room.does(says(id, party, comity_conference::Answer::Agrees));
    }
    room.when(CLOSE);
    room.does(Consult::Open(changed(id, other(7))));
    let found = opened(&room).clone();
    assert_eq!((found.round, found.days, &found.text), (2, 5, &other(7)));
    assert!(found.terms.keys().eq(MEMBERS.iter()));
    // It opens on Tuesday, 0:00 in Tegucigalpa; Guatemala rests on All Saints' Day.
    let days = last_days(&found);
    assert_eq!(days["honduras"], "2011-11-01");
    assert_eq!(days["guatemala"], "2011-11-02");
    assert_eq!(days["panama"], "2011-11-01");
    // What was answered to the text before is not an answer to this one.
    assert!(
        MEMBERS
            .iter()
            .all(|party| room.round(id).standing(party).next().is_none())
    );
    assert_eq!(room.found(id).rounds[0].answers.len(), 5);
    assert_eq!(room.stage(id), Stage::Round);
}

#[test]
fn a_round_that_opens_anew_with_the_same_text_is_a_full_round_for_all() {
    let mut room = Room::new();
    let id = running(&mut room);
    room.when("2011-10-20T15:00:00Z");
    room.does(Consult::Open(anew(id)));
    let found = opened(&room).clone();
    assert_eq!((found.round, &found.text), (2, &text()));
    assert!(found.why.is_some());
    assert_eq!(found.opens_at, room.now);
    assert!(found.closes_at > at(CLOSE));
    let days = last_days(&found);
    assert_eq!(days["mexico"], "2011-10-27");
    assert_eq!(days["honduras"], "2011-10-28");
    room.holds_together();
}

#[test]
fn whoever_is_a_member_when_the_round_opens_is_asked() {
    let mut room = Room::new();
    let id = running(&mut room);
    room.admit("nicaragua", Some("NI"), "member", None);
    room.admit("mexico", Some("MX"), "member", Some("2011-10-20"));
    assert!(room.round(id).opened.terms.keys().eq(MEMBERS.iter()));
    assert_eq!(
        room.code(says(id, "nicaragua", comity_conference::Answer::Agrees)),
        "E-0825"
    );
    room.when(AFTER);
    room.does(Consult::Open(anew(id)));
    let asked = ["costa-rica", "guatemala", "honduras", "nicaragua", "panama"];
    assert!(room.round(id).opened.terms.keys().eq(asked.iter()));
    // On its last day it is a member still.
    let mut room = Room::new();
    room.admit("mexico", Some("MX"), "member", Some("2011-10-14"));
    let id = running(&mut room);
    assert!(room.round(id).opened.terms.contains_key("mexico"));
}

#[test]
fn whom_a_letter_may_not_reach_is_on_record_where_it_was_asked() {
    let mut room = Room::new();
    let id = ready(&mut room);
    let refused = room.refuses(to(id, &["mexico", "panama"], false));
    let parties = vec!["mexico".into(), "panama".into()];
    assert_eq!(refused, NotConsulted::Uncertain { parties }.into());
    room.does(to(id, &["mexico", "peru"], true));
    assert_eq!(room.round(id).opened.uncertain, ["mexico"]);
}

#[test]
fn the_refusal_names_the_member_whose_term_cannot_be_counted() {
    let mut room = Room::new();
    let id = at_the_end(&mut room);
    let why = TermError::OutsideTable {
        first: 2011,
        last: 2012,
    };
    let party = "costa-rica".into();
    let expected = Rejection::from(NotConsulted::TermNotCounted { party, why });
    assert_eq!(room.refuses(Consult::Open(first(id))), expected);
}

/// Consent is presumed of whoever sends the text: after a hand-over it is the successor, and the predecessor answers as all.
#[test]
fn the_consent_that_is_presumed_is_that_of_the_presidency_that_opens_the_round() {
    let mut room = Room::new();
    let id = closed(&mut room);
    let heard = |room: &Room, party: &str| {
        let (found, round) = (room.found(id), room.round(id));
        matches!(found.heard(round, party), Heard::Submitted)
    };
    assert!(heard(&room, "honduras") && !heard(&room, "panama"));
    let hand_over = Command::HandOverPresidency {
        presidency: "ppt-2012".into(),
        from: Some(at("2011-12-15T17:00:00Z")),
        zone: "America/Panama".into(),
    };
    room.carries_out(&hand_over).unwrap();
    // The round that is over stays that of the one who opened it.
    room.when("2011-12-15T17:00:00Z");
    assert!(heard(&room, "honduras") && !heard(&room, "panama"));
    room.does(because(id, Some(words())));
    assert_eq!(opened(&room).presidency, "panama");
    assert!(heard(&room, "panama") && !heard(&room, "honduras"));
    room.holds_together();
}

#[test]
fn who_is_no_member_is_in_no_rounds_way() {
    let mut room = Room::new();
    let id = ready(&mut room);
    // Whether somebody else can be reached is nothing to the round; of a member it is to be known.
    assert_eq!(room.code(to(id, &["argentina", "mexico"], false)), "E-0818");
    room.does(to(id, &["argentina"], false));
    assert!(room.round(id).opened.uncertain.is_empty());
}
