//! What each value of the rules changes (K-12…K-16): terms, extensions, early closes, silence, how many have to be heard.

use comity_conference::{
    ActBody, Against, Answer, ConsensusCertified, Consult, MethodConsented, NotConsulted, Reached,
    ReportedPosition, Stage,
};

use crate::consulting::steps::*;
use crate::consulting::{CLOSE, FRIDAY, MEMBERS, Room, at};
use crate::variants::{OTHERS, agreed_but_mexico, asking_first, closing_early};

/// By whose days, from which day, to which hour: the last day of each member, in the order of their ids, and the close.
#[test]
fn terms_are_counted_as_the_rules_say() {
    let own = ["24", "24", "24", "21", "21"];
    type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, [&'a str; 5], &'a str);
    let table: [Row<'_>; 12] = [
        (&[], FRIDAY, own, CLOSE),
        (&[("attribution", "chair_only")], FRIDAY, own, CLOSE),
        (
            &[("calendar", "chair")],
            FRIDAY,
            ["24"; 5],
            "2011-10-25T06:00:00Z",
        ),
        (
            &[("secretariat_in", "PA"), ("calendar", "secretariat")],
            FRIDAY,
            ["21"; 5],
            "2011-10-22T05:00:00Z",
        ),
        // Neither the 17th nor the 20th nor the 21st is worked by all; by the clock of whoever presides.
        (
            &[("calendar", "union")],
            FRIDAY,
            ["26"; 5],
            "2011-10-27T06:00:00Z",
        ),
        (
            &[("period", "3")],
            FRIDAY,
            ["20", "19", "19", "19", "19"],
            "2011-10-21T06:00:00Z",
        ),
        (
            &[("first_day", "counted")],
            FRIDAY,
            ["21", "21", "20", "20", "20"],
            "2011-10-22T06:00:00Z",
        ),
        (&[("closes", "17:00")], FRIDAY, own, "2011-10-24T23:00:00Z"),
        // Five in the afternoon in Tegucigalpa: the hour is past on that day.
        (
            &[("first_day", "counted"), ("closes", "17:00")],
            "2011-10-14T23:00:00Z",
            own,
            "2011-10-24T23:00:00Z",
        ),
        // An instant before, there and in the capitals of its zone it is not; in Mexico and Panama it is.
        (
            &[("first_day", "counted"), ("closes", "17:00")],
            "2011-10-14T22:59:59.999Z",
            ["21", "21", "20", "21", "21"],
            "2011-10-21T23:00:00Z",
        ),
        // A Saturday is never counted.
        (
            &[("first_day", "counted")],
            "2011-10-15T15:00:00Z",
            own,
            CLOSE,
        ),
        (
            &[("first_day", "counted"), ("calendar", "union")],
            FRIDAY,
            ["25"; 5],
            "2011-10-26T06:00:00Z",
        ),
    ];
    for (values, opens, last, closes) in table {
        let mut room = Room::with(values);
        let id = ready(&mut room);
        room.when(opens);
        room.does(Consult::Open(first(id)));
        let round = room.round(id);
        let terms = round.opened.terms.values();
        let found: Vec<String> = terms
            .map(|term| term.ends_on.strftime("%d").to_string())
            .collect();
        assert_eq!(found, last, "{values:?} from {opens}");
        assert_eq!(round.closes_at(), at(closes), "{values:?} from {opens}");
        room.holds_together();
    }
}

#[test]
fn a_calendar_for_all_needs_no_country_of_each() {
    for values in [
        &[("calendar", "chair")][..],
        &[("secretariat_in", "PA"), ("calendar", "secretariat")],
    ] {
        let mut room = Room::with(values);
        room.admit("mexico", None, "member", None);
        let id = running(&mut room);
        let terms = &room.round(id).opened.terms;
        assert_eq!(terms["mexico"], terms["panama"]);
    }
}

#[test]
fn every_member_agrees_to_the_method_but_whoever_proposes_it() {
    let mut room = asking_first();
    let id = ready(&mut room);
    for place in 0..OTHERS.len() {
        let parties = OTHERS[place..]
            .iter()
            .map(|party| (*party).into())
            .collect();
        let refused = room.refuses(Consult::Open(first(id)));
        assert_eq!(refused, NotConsulted::MethodAwaited { parties }.into());
        room.does(Consult::ConsentToMethod(MethodConsented {
            consultation: id,
            party: OTHERS[place].into(),
            note: Some("Nota 3".into()),
        }));
    }
    room.does(Consult::Open(first(id)));
    // It is asked once, and not before each round.
    room.does(Consult::Open(anew(id)));
    room.holds_together();
}

#[test]
fn a_term_is_made_longer_once_in_a_round_by_full_terms() {
    for values in [
        &[("extension", "once")][..],
        &[("extension", "once"), ("first_day", "counted")],
    ] {
        let mut room = Room::with(values);
        let id = running(&mut room);
        let before = room.round(id).opened.clone();
        room.now = before.closes_at - jiff::SignedDuration::from_millis(1);
        room.does(extend(id));
        let ActBody::TermExtended(extended) = room.last().clone() else {
            panic!("{:?}", room.last());
        };
        assert_eq!((extended.round, extended.days), (1, 5));
        for (party, term) in &extended.terms {
            assert_eq!(term.starts_on, before.terms[party].ends_on);
            // The last day was one already, and is not counted twice.
            assert_eq!(term.days[0].why, comity_calendar::Why::Start);
            let counted = term
                .days
                .iter()
                .filter(|day| matches!(day.why, comity_calendar::Why::Counted(_)));
            assert_eq!(counted.count(), 5, "{party}");
            assert!(term.ends_at > before.terms[party].ends_at);
            // Its term is all of it: no day of the first part is lost, and the numbers go on.
            let whole = &room.round(id).terms()[party];
            let counted = whole.days.iter().filter_map(|day| match day.why {
                comity_calendar::Why::Counted(number) => Some(number),
                _ => None,
            });
            assert_eq!(counted.collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
            let dates: Vec<_> = whole.days.iter().map(|day| day.date).collect();
            assert!(dates.is_sorted_by(|one, next| one.tomorrow().unwrap() == *next));
            assert_eq!(whole.starts_on, before.terms[party].starts_on);
            assert_eq!((whole.ends_on, whole.ends_at), (term.ends_on, term.ends_at));
            assert_eq!(whole.left_on(before.terms[party].ends_on), 6, "{party}");
        }
        assert_eq!(room.round(id).days(), 10);
        assert_eq!(
            extended.closes_at,
            extended
                .terms
                .values()
                .map(|term| term.ends_at)
                .max()
                .unwrap()
        );
        // At the close that was, an answer is in time.
        room.now = before.closes_at;
        assert_eq!(room.stage(id), Stage::Round);
        let act = room.does(says(id, "mexico", Answer::Agrees));
        assert!(!room.round(id).answer(act).unwrap().late);
        assert_eq!(room.code(certify(id)), "E-0819");
        room.now = extended.closes_at;
        assert_eq!(room.code(says(id, "panama", Answer::Agrees)), "E-0826");
        room.does(certify(id));
        room.holds_together();
    }
}

#[test]
fn a_round_closes_early_for_all_at_that_instant() {
    let mut room = closing_early();
    let id = agreed_but_mexico(&mut room);
    let act = room.does(says(id, "mexico", Answer::AgreesWithReservation));
    room.when("2011-10-18T15:00:00Z");
    room.does(close_early(id));
    assert_eq!(room.round(id).closes_at(), room.now);
    assert_eq!(room.stage(id), Stage::Closed);
    assert_eq!(room.code(close_early(id)), "E-0824");
    assert_eq!(
        room.code(instead(id, "mexico", Answer::Agrees, [act])),
        "E-0826"
    );
    room.does(certify(id));
    // An objection comes late from then on, and stops the launch as ever.
    let objection = room.does(instead(id, "mexico", Answer::Objects, [act]));
    assert!(room.round(id).answer(objection).unwrap().late);
    assert_eq!(room.code(launch(id)), "E-0834");
    room.does(replies(id, objection));
    room.does(instead(id, "mexico", Answer::StandsAside, [objection]));
    room.does(certify(id));
    room.does(launch(id));
    room.holds_together();
}

fn certificate(room: &Room) -> &ConsensusCertified {
    match room.last() {
        ActBody::ConsensusCertified(certificate) => certificate,
        other => panic!("{other:?}"),
    }
}

/// Whatever silence means, it is on record as silence (Q-01, V-04).
#[test]
fn silence_is_listed_as_silence_whatever_it_means() {
    for (silence, in_order) in [("no_position", true), ("consent", true), ("blocks", false)] {
        let mut room = Room::with(&[("silence", silence)]);
        let id = closed(&mut room);
        if !in_order {
            let against = OTHERS
                .map(|party| Against::Silent {
                    party: party.into(),
                })
                .to_vec();
            assert_eq!(
                room.refuses(certify(id)),
                NotConsulted::NoConsensus { against }.into()
            );
            continue;
        }
        room.does(certify(id));
        let positions = &certificate(&room).positions;
        assert!(positions.keys().eq(MEMBERS.iter()));
        for party in OTHERS {
            let reached = Reached::Sent;
            assert_eq!(
                positions[party],
                ReportedPosition::NoCommunication { reached },
                "{silence}"
            );
        }
        assert_eq!(positions["honduras"], ReportedPosition::Submitted);
    }
}

/// How many have to be heard: whoever presides is, by what it submitted; whoever is silent is not, whatever silence means.
#[test]
fn so_many_have_to_be_heard() {
    let table: [(&str, &str, &[&str], Option<u16>); 9] = [
        ("none", "no_position", &[], None),
        ("1", "no_position", &[], None),
        ("2", "no_position", &[], Some(1)),
        ("2", "no_position", &["mexico"], None),
        ("3", "no_position", &["honduras", "mexico"], Some(2)),
        ("3", "consent", &["mexico"], Some(2)),
        ("3", "consent", &["mexico", "panama"], None),
        ("5", "consent", &[], Some(1)),
        ("none", "consent", &[], None),
    ];
    for (minimum, silence, answered, short) in table {
        let mut room = Room::with(&[("minimum_answers", minimum), ("silence", silence)]);
        let id = running(&mut room);
        for party in answered {
            room.does(says(id, party, Answer::StandsAside));
        }
        room.when(CLOSE);
        let case = format!("{minimum} {silence} {answered:?}");
        let Some(heard) = short else {
            room.does(certify(id));
            continue;
        };
        let needed = minimum.parse().unwrap();
        let against = vec![Against::TooFewHeard { heard, needed }];
        assert_eq!(
            room.refuses(certify(id)),
            NotConsulted::NoConsensus { against }.into(),
            "{case}"
        );
    }
    // Of a state that is not at one nothing is heard.
    let mut room = Room::with(&[("minimum_answers", "2")]);
    let id = running(&mut room);
    room.does(says(id, "mexico", Answer::Agrees));
    room.does(says(id, "mexico", Answer::NoObjection));
    assert!(room.against(id).contains(&Against::TooFewHeard {
        heard: 1,
        needed: 2
    }));
}
