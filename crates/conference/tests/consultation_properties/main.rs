//! What holds of any consultation: over any declared days, any answers in any order and any instants.
//!
//! The days of a term are counted anew, from the lines of the table; a model follows a consultation by the words of the
//! procedure alone. Neither asks the conference what it thinks.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

#[path = "../consulting/mod.rs"]
mod consulting;

mod driven;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use comity_calendar::{Date, Term};
use comity_conference::{
    ActBody, ActId, Answer, Command, Consult, NonWorkingDayDeclared, ReportedPosition, RoundOpened,
};
use comity_rules::Text;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};

use consulting::steps::*;
use consulting::{AFTER, MEMBERS, Room, table};

/// The members' countries and the clocks of their capitals, in the order of the members.
const COUNTRIES: [(&str, &str); 5] = [
    ("CR", "America/Costa_Rica"),
    ("GT", "America/Guatemala"),
    ("HN", "America/Tegucigalpa"),
    ("MX", "America/Mexico_City"),
    ("PA", "America/Panama"),
];

type DaysOff = BTreeSet<(usize, Date)>;

/// The days off in the table, read line by line.
fn holidays() -> &'static DaysOff {
    static DAYS: OnceLock<DaysOff> = OnceLock::new();
    DAYS.get_or_init(|| {
        let mut found = DaysOff::new();
        for line in table().holidays.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let place = COUNTRIES.iter().position(|(code, _)| *code == columns[0]);
            if let (Some(place), Some(Ok(day))) = (place, columns.get(1).map(|day| day.parse())) {
                found.insert((place, day));
            }
        }
        found
    })
}

/// How the rules of a room count.
#[derive(Debug, Clone, Copy)]
struct Counts {
    /// How many working days a round lasts.
    period: usize,
    /// A day counts only where it is a working day of every member, by the clock of whoever presides.
    union: bool,
    /// The day of opening is one of them, where it is a working day and the hour is not past on it.
    first_day: bool,
    /// The hour of the last day at which a term is over; its end, where there is none.
    hour: Option<i8>,
}

impl Counts {
    const fn of(period: usize) -> Self {
        Self {
            period,
            union: false,
            first_day: false,
            hour: None,
        }
    }
}

/// That a term is one of so many working days of a member, begun at an instant, to the end of the last of them.
fn is_full(
    term: &Term,
    member: usize,
    opened: &RoundOpened,
    counts: Counts,
    declared: &DaysOff,
) -> Result<(), TestCaseError> {
    let presides = MEMBERS
        .iter()
        .position(|party| *opened.presidency == **party);
    let clock = if counts.union {
        presides.unwrap()
    } else {
        member
    };
    let zone = TimeZone::get(COUNTRIES[clock].1).unwrap();
    let works = |day: Date| {
        let off = |days: &DaysOff| match counts.union {
            true => (0..COUNTRIES.len()).any(|any| days.contains(&(any, day))),
            false => days.contains(&(member, day)),
        };
        let weekend = matches!(day.weekday().to_monday_one_offset(), 6 | 7);
        !weekend && !off(holidays()) && !off(declared)
    };
    let ends = |day: Date| {
        let wall = match counts.hour {
            Some(hour) => day.at(hour, 0, 0, 0),
            None => day.tomorrow().unwrap().at(0, 0, 0, 0),
        };
        zone.to_timestamp(wall).unwrap()
    };
    let start = zone.to_datetime(opened.opens_at).date();
    let mut day = start;
    let mut counted =
        usize::from(counts.first_day && works(start) && opened.opens_at < ends(start));
    while counted < counts.period {
        day = day.tomorrow().unwrap();
        counted += usize::from(works(day));
    }
    prop_assert_eq!(term.starts_on, start);
    prop_assert_eq!(term.ends_on, day);
    prop_assert_eq!(term.ends_at, ends(day));
    Ok(())
}

/// V-02, V-06: every member has a full term, and the round closes when the last one ends.
fn is_full_for_all(
    opened: &RoundOpened,
    counts: Counts,
    declared: &DaysOff,
) -> Result<(), TestCaseError> {
    prop_assert!(opened.terms.keys().eq(MEMBERS.iter()));
    for (member, term) in opened.terms.values().enumerate() {
        is_full(term, member, opened, counts, declared)?;
    }
    let last = opened.terms.values().map(|term| term.ends_at).max();
    prop_assert_eq!(Some(opened.closes_at), last);
    // So many days there are in any case, and the weekend if there are five.
    let short = usize::from(counts.first_day) + usize::from(counts.hour.is_some());
    let least = 24 * counts.period.saturating_sub(short) as i64;
    prop_assert!(opened.closes_at > opened.opens_at + SignedDuration::from_hours(least));
    Ok(())
}

fn declare(member: usize, day: Date) -> Command {
    Command::DeclareDay(Box::new(NonWorkingDayDeclared {
        party: MEMBERS[member].into(),
        country: COUNTRIES[member].0.into(),
        day,
        why: Text::new("Censo", "Census"),
        note: None,
    }))
}

fn first_day() -> Date {
    Date::constant(2011, 10, 15)
}

fn any_answer() -> impl Strategy<Value = Answer> {
    (0..Answer::ALL.len()).prop_map(|place| Answer::ALL[place])
}

/// Rooms under other rules, with how they count.
fn rooms() -> &'static [(Room, Counts)] {
    static ROOMS: OnceLock<Vec<(Room, Counts)>> = OnceLock::new();
    ROOMS.get_or_init(|| {
        vec![
            (Room::new(), Counts::of(5)),
            (
                Room::with(&[("silence", "blocks"), ("early_close", "all_agree")]),
                Counts::of(5),
            ),
            (
                Room::with(&[("silence", "consent"), ("minimum_answers", "3")]),
                Counts::of(5),
            ),
            (
                Room::with(&[
                    ("period", "3"),
                    ("extension", "once"),
                    ("early_close", "all_agree"),
                ]),
                Counts::of(3),
            ),
            (
                Room::with(&[("calendar", "union")]),
                Counts {
                    union: true,
                    ..Counts::of(5)
                },
            ),
            (
                Room::with(&[("closes", "17:00"), ("first_day", "counted")]),
                Counts {
                    first_day: true,
                    hour: Some(17),
                    ..Counts::of(5)
                },
            ),
            (
                Room::with(&[
                    ("period", "1"),
                    ("max_rounds", "3"),
                    ("method_consent", "needed"),
                ]),
                Counts::of(1),
            ),
        ]
    })
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(96) })]

    /// Over any declared days and from any instant; what is declared while a round runs holds for the next one.
    #[test]
    fn every_round_has_a_full_term_for_every_member(
        rules in 0_usize..6,
        before in prop::collection::vec((0_usize..5, 0_i64..60), 0..40),
        during in prop::collection::vec((0_usize..5, 0_i64..60), 0..10),
        minutes in 0_i64..60_000,
        after in 0_i64..20_000,
    ) {
        let (room, counts) = &rooms()[rules];
        let (mut room, counts) = (room.clone(), *counts);
        let id = ready(&mut room);
        let mut declared = DaysOff::new();
        let declares = |room: &mut Room, declared: &mut DaysOff, days: &[(usize, i64)]| {
            for (member, offset) in days {
                let day = first_day() + offset.days();
                if room.carries_out(&declare(*member, day)).is_ok() {
                    declared.insert((*member, day));
                }
            }
        };
        declares(&mut room, &mut declared, &before);
        room.now += SignedDuration::from_mins(minutes);
        room.does(Consult::Open(first(id)));
        is_full_for_all(&room.round(id).opened, counts, &declared)?;
        let one = room.round(id).clone();
        declares(&mut room, &mut declared, &during);
        prop_assert_eq!(room.round(id), &one);
        room.now = one.closes_at() + SignedDuration::from_mins(after);
        room.does(Consult::Open(changed(id, other(7))));
        is_full_for_all(&room.round(id).opened, counts, &declared)?;
        prop_assert_eq!(&room.found(id).rounds[0], &one);
        room.holds_together();
    }

    /// V-03, V-04: whatever was answered, consensus is certified where nothing stands against it, and all are listed.
    #[test]
    fn consensus_is_what_nothing_stands_against_and_the_report_lists_all(
        rules in 0_usize..3,
        answers in prop::collection::vec((0_usize..5, any_answer()), 0..8),
        doubted in 0_usize..6,
    ) {
        let mut room = rooms()[rules].0.clone();
        let id = ready(&mut room);
        let mut opening = first(id);
        opening.uncertain = MEMBERS.get(doubted).map(|party| (*party).into()).into_iter().collect();
        opening.knowingly = true;
        room.does(Consult::Open(opening));
        let mut last: [Option<(Answer, ActId)>; 5] = [None; 5];
        for (member, kind) in answers {
            let before = last[member].map(|(_, act)| act);
            if let Ok(act) = room.tries(instead(id, MEMBERS[member], kind, before)) {
                last[member] = Some((kind, act));
            }
        }
        room.when(AFTER);
        let silent = |member: usize| last[member].is_none() && MEMBERS[member] != "honduras";
        let stands = |kind: Answer| matches!(kind, Answer::Objects | Answer::RequestsTime | Answer::ProposesChange);
        let against = last.iter().flatten().any(|(kind, _)| stands(*kind))
            || (rules == 1 && (0..5).any(silent))
            || (rules == 2 && (0..5).filter(|member| !silent(*member)).count() < 3);
        prop_assert_eq!(room.tries(certify(id)).is_err(), against);
        prop_assert_eq!(room.tries(launch(id)).is_err(), against);
        if against {
            room.does(refer(id));
        }
        room.does(report(id));
        let ActBody::ResultReported(reported) = room.last().clone() else { panic!("{:?}", room.last()) };
        prop_assert!(reported.positions.keys().eq(MEMBERS.iter()));
        for (member, party) in MEMBERS.iter().enumerate() {
            let position = &reported.positions[*party];
            match last[member] {
                Some((answer, act)) => prop_assert_eq!(position, &ReportedPosition::Answered { answer, act }),
                None if silent(member) => {
                    let recorded = matches!(position, ReportedPosition::NoCommunication { .. });
                    prop_assert!(recorded, "{} {:?}", party, position);
                }
                None => prop_assert_eq!(position, &ReportedPosition::Submitted),
            }
        }
        room.holds_together();
    }
}
