//! Terms in working days: scenarios that a person can check, the edges of days and zones, and faults of the table.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::LazyLock;

use comity_calendar::{
    Calendars, Change, Closes, Counting, Date, FirstDay, Name, Off, Standing, TermError, Why, term,
    term_end, term_from,
};
use jiff::Timestamp;
use proptest::prelude::*;

const CAPITALS: &str = include_str!("../../../rules/rcm-2011/calendars/capitals.tsv");
const HOLIDAYS: &str = include_str!("../../../rules/rcm-2011/calendars/holidays.tsv");

const RCM: Counting = Counting {
    first_day: FirstDay::NotCounted,
    closes: Closes::EndOfDay,
};

fn calendars() -> Calendars {
    static TABLE: LazyLock<Calendars> =
        LazyLock::new(|| Calendars::parse(CAPITALS, HOLIDAYS).unwrap());
    TABLE.clone()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn name(text: &str) -> Name {
    Name {
        es: text.to_owned(),
        en: text.to_owned(),
    }
}

/// Country, day of sending, working days, last day counted, instant at which it is over.
const SCENARIOS: [(&str, &str, u16, &str, &str); 16] = [
    // Holy Week: Thursday 5 and Friday 6 April 2012, then a weekend.
    ("HN", "2012-04-02", 5, "2012-04-11", "2012-04-12T06:00:00Z"),
    // Mexico's statutory days know no Holy Week.
    ("MX", "2012-04-02", 5, "2012-04-09", "2012-04-10T05:00:00Z"),
    // Only Good Friday in Ottawa.
    ("CA", "2012-04-02", 5, "2012-04-10", "2012-04-11T04:00:00Z"),
    // A week without holidays: sent on Monday, over when next Monday ends.
    ("GT", "2012-02-06", 5, "2012-02-13", "2012-02-14T06:00:00Z"),
    // Sent on a Saturday.
    ("GT", "2012-02-04", 5, "2012-02-10", "2012-02-11T06:00:00Z"),
    // Across 29 February.
    ("CR", "2012-02-24", 5, "2012-03-02", "2012-03-03T06:00:00Z"),
    // Across the end of the year, two countries.
    ("US", "2010-12-27", 5, "2011-01-04", "2011-01-05T05:00:00Z"),
    ("NI", "2012-12-28", 5, "2013-01-07", "2013-01-08T06:00:00Z"),
    // Daylight saving begins in Washington within the term: over at midnight of the new time.
    ("US", "2012-03-07", 3, "2012-03-12", "2012-03-13T04:00:00Z"),
    // Mexico: daylight saving ended for good on 30 October 2022.
    ("MX", "2022-10-24", 3, "2022-10-27", "2022-10-28T05:00:00Z"),
    ("MX", "2022-10-27", 3, "2022-11-01", "2022-11-02T06:00:00Z"),
    // And no longer begins in April.
    ("MX", "2023-04-10", 3, "2023-04-13", "2023-04-14T06:00:00Z"),
    // Central America 2006: Honduras from 7 May to 7 August an hour ahead, Guatemala until 1 October, Nicaragua too.
    ("HN", "2006-05-08", 1, "2006-05-09", "2006-05-10T05:00:00Z"),
    ("HN", "2006-08-07", 1, "2006-08-08", "2006-08-09T06:00:00Z"),
    ("GT", "2006-09-26", 3, "2006-09-29", "2006-09-30T05:00:00Z"),
    ("GT", "2006-09-29", 1, "2006-10-02", "2006-10-03T06:00:00Z"),
];

#[test]
fn a_term_ends_where_a_person_counting_on_a_calendar_ends() {
    let calendars = calendars();
    for (country, start, days, ends_on, ends_at) in SCENARIOS {
        let capital = calendars.country(country).unwrap();
        let term = term(day(start), days, capital, RCM).unwrap();
        assert_eq!(
            (term.ends_on, term.ends_at),
            (day(ends_on), at(ends_at)),
            "{country} {start} {days}"
        );
    }
}

#[test]
fn every_day_of_a_term_says_why_it_counts_or_not() {
    let calendars = calendars();
    let term = term(day("2012-04-02"), 5, calendars.country("HN").unwrap(), RCM).unwrap();
    let days: Vec<String> = term
        .days
        .iter()
        .map(|found| match &found.why {
            Why::Start => format!("{} start", found.date),
            Why::Counted(number) => format!("{} {number}", found.date),
            Why::Off(Off::Weekend) => format!("{} weekend", found.date),
            Why::Off(Off::Holiday { name, .. }) => format!("{} {}", found.date, name.en),
            Why::Off(other) => panic!("nothing was declared: {other:?}"),
        })
        .collect();
    let expected = [
        "2012-04-02 start",
        "2012-04-03 1",
        "2012-04-04 2",
        "2012-04-05 Maundy Thursday",
        "2012-04-06 Good Friday",
        "2012-04-07 weekend",
        "2012-04-08 weekend",
        "2012-04-09 3",
        "2012-04-10 4",
        "2012-04-11 5",
    ];
    assert_eq!(days, expected);
    assert_eq!(term.zone, "America/Tegucigalpa");
    assert!(!term.projected);
    let json = serde_json::to_string(&term).unwrap();
    assert_eq!(
        serde_json::from_str::<comity_calendar::Term>(&json).unwrap(),
        term
    );
}

#[test]
fn a_term_is_sent_on_the_day_that_it_is_in_the_capital() {
    let calendars = calendars();
    let of = |country: &str, from: &str| {
        let capital = calendars.country(country).unwrap();
        let term = term_from(at(from), 5, capital, RCM).unwrap();
        (term.starts_on, term.ends_on)
    };
    // The last second of Monday in Guatemala is Tuesday in Ottawa.
    assert_eq!(
        of("GT", "2012-02-07T05:59:59Z"),
        (day("2012-02-06"), day("2012-02-13"))
    );
    assert_eq!(
        of("GT", "2012-02-07T06:00:00Z"),
        (day("2012-02-07"), day("2012-02-14"))
    );
    assert_eq!(
        of("CA", "2012-02-07T05:59:59Z"),
        (day("2012-02-07"), day("2012-02-14"))
    );
    assert_eq!(
        of("CA", "2012-02-07T04:59:59Z"),
        (day("2012-02-06"), day("2012-02-13"))
    );
}

#[test]
fn the_first_day_counts_where_the_rules_say_so_and_some_of_it_is_left() {
    let calendars = calendars();
    let capital = calendars.country("GT").unwrap();
    let counted = Counting {
        first_day: FirstDay::Counted,
        closes: Closes::At("17:00".parse().unwrap()),
    };
    let ends = |from: &str| {
        let term = term_from(at(from), 5, capital, counted).unwrap();
        (term.ends_on, term.ends_at)
    };
    // Monday 6 February 2012, a minute before and at five in the afternoon.
    assert_eq!(
        ends("2012-02-06T22:59:00Z"),
        (day("2012-02-10"), at("2012-02-10T23:00:00Z"))
    );
    assert_eq!(
        ends("2012-02-06T23:00:00Z"),
        (day("2012-02-13"), at("2012-02-13T23:00:00Z"))
    );
    // A first day that is no working day counts nowhere.
    let saturday = term(day("2012-02-04"), 1, capital, counted).unwrap();
    assert_eq!(saturday.ends_on, day("2012-02-06"));
    assert_eq!(saturday.days.first().unwrap().why, Why::Off(Off::Weekend));
}

#[test]
fn clocks_that_move_at_midnight_lose_no_term() {
    // Honduras put its clocks forward at midnight of Sunday 7 May 2006: that day begins at one o'clock.
    let calendars = calendars();
    let worked = calendars.changed([("HN", day("2006-05-06"), Change::Working)]);
    let term = term(day("2006-05-05"), 1, worked.country("HN").unwrap(), RCM).unwrap();
    assert_eq!(
        (term.ends_on, term.ends_at),
        (day("2006-05-06"), at("2006-05-07T06:00:00Z"))
    );
}

#[test]
fn what_was_said_of_a_day_goes_before_the_table() {
    let calendars = calendars();
    let changed = calendars.changed([
        (
            "HN",
            day("2012-04-10"),
            Change::Declared(name("Duelo nacional")),
        ),
        ("HN", day("2012-04-05"), Change::Working),
        ("HN", day("2012-04-09"), Change::Off(name("Asueto"))),
        (
            "HN",
            day("2050-04-10"),
            Change::Declared(name("outside the table")),
        ),
        (
            "XX",
            day("2012-04-10"),
            Change::Declared(name("not a country of the table")),
        ),
    ]);
    let honduras = changed.country("HN").unwrap();
    assert_eq!(honduras.off(day("2012-04-05")), None);
    assert!(matches!(
        honduras.off(day("2012-04-09")),
        Some(Off::Corrected { .. })
    ));
    assert!(matches!(
        honduras.off(day("2012-04-10")),
        Some(Off::Declared { .. })
    ));
    let term = term(day("2012-04-02"), 5, honduras, RCM).unwrap();
    assert_eq!(term.ends_on, day("2012-04-12"));
    // The table itself stands.
    assert!(
        calendars
            .country("HN")
            .unwrap()
            .off(day("2012-04-05"))
            .is_some()
    );
    // The other countries do too.
    assert_eq!(calendars.country("GT"), changed.country("GT"));
}

#[test]
fn the_union_works_where_all_work() {
    let calendars = calendars();
    let codes: Vec<&str> = calendars.countries().map(|(code, _)| code).collect();
    let union = calendars.union(&codes, "America/Panama").unwrap();
    assert_eq!(union.city().es, "Ciudad de Panamá");
    for (date, off) in [
        ("2012-04-05", true),
        ("2012-04-09", true),
        ("2012-04-10", false),
    ] {
        let any = codes
            .iter()
            .any(|code| calendars.country(code).unwrap().off(day(date)).is_some());
        assert_eq!((any, union.off(day(date)).is_some()), (off, off), "{date}");
    }
    // Easter Monday is off for the sake of two of them; the first one in order is named.
    let Some(Off::Holiday { name, .. }) = union.off(day("2012-04-09")) else {
        panic!("a holiday of Belize");
    };
    assert!(name.en.starts_with("BZ: "), "{}", name.en);
    assert_eq!(calendars.union(&["HN", "XX"], "America/Panama"), None);
    assert_eq!(calendars.union(&[], "America/Panama"), None);
    assert_eq!(calendars.union(&["HN"], "America/Atlantis"), None);
}

#[test]
fn reminders_look_back_over_working_days() {
    let calendars = calendars();
    let honduras = calendars.country("HN").unwrap();
    let before = |count| honduras.working_days_before(day("2012-04-10"), count);
    assert_eq!(before(0), Some(day("2012-04-10")));
    assert_eq!(before(1), Some(day("2012-04-09")));
    assert_eq!(before(2), Some(day("2012-04-04")));
    assert_eq!(honduras.working_days_before(day("1996-01-02"), 2), None);
}

#[test]
fn a_term_that_the_table_does_not_reach_is_refused() {
    let calendars = calendars();
    let honduras = calendars.country("HN").unwrap();
    let outside = Err(TermError::OutsideTable {
        first: 1996,
        last: 2035,
    });
    let ends =
        |start: &str, days| term_end(day(start), days, honduras, RCM).map(|(ends_on, _)| ends_on);
    assert_eq!(ends("2012-04-02", 0), Err(TermError::NoDays));
    assert_eq!(ends("1995-12-31", 5), outside);
    assert_eq!(ends("2036-01-01", 5), outside);
    assert_eq!(ends("2035-12-27", 5), outside);
    // 31 December 2035 is a Monday, and the last day of the table.
    assert_eq!(ends("2035-12-27", 2), Ok(day("2035-12-31")));
    assert_eq!(ends("2012-04-02", u16::MAX), outside);
}

#[test]
fn what_is_filled_and_what_is_projected_is_marked() {
    let calendars = calendars();
    let standing =
        |country: &str, date: &str| match calendars.country(country).unwrap().off(day(date)) {
            Some(Off::Holiday { standing, .. }) => Some(standing),
            _ => None,
        };
    assert_eq!(standing("DO", "1996-02-27"), Some(Standing::Filled));
    assert_eq!(standing("DO", "1998-02-27"), Some(Standing::Certain));
    assert_eq!(standing("HN", "2026-04-02"), Some(Standing::Certain));
    assert_eq!(standing("HN", "2027-03-25"), Some(Standing::Projected));
    let projected = |start: &str| {
        term(day(start), 5, calendars.country("GT").unwrap(), RCM)
            .unwrap()
            .projected
    };
    assert!(!projected("2026-12-21"));
    assert!(projected("2026-12-29"));
}

#[test]
fn the_table_has_the_eleven_capitals_and_forty_years() {
    let calendars = calendars();
    assert_eq!(calendars.years(), 1996..=2035);
    let codes: Vec<&str> = calendars.countries().map(|(code, _)| code).collect();
    assert_eq!(
        codes,
        [
            "BZ", "CA", "CR", "DO", "GT", "HN", "MX", "NI", "PA", "SV", "US"
        ]
    );
    for (code, capital) in calendars.countries() {
        for year in calendars.years() {
            let days = capital
                .days_off()
                .filter(|(day, _)| day.year() == year)
                .count();
            assert!(
                (2..=18).contains(&days),
                "{code} {year}: {days} holidays on weekdays"
            );
        }
    }
}

const FAULTS: [(&str, &str, &str); 13] = [
    (
        "# years: 1996-2035",
        "",
        "holidays.tsv: add a line `# years: …`",
    ),
    (
        "# years: 1996-2035",
        "# years: 2035-1996",
        "`2035-1996` are no years",
    ),
    (
        "# years: 1996-2035",
        "# years: 1-9000",
        "`1-9000` are no years",
    ),
    (
        "country\tdate\tmark\tes\ten",
        "country\tdate",
        "the columns are country, date, mark, es, en",
    ),
    (
        "HN\t2012-04-05\t\t",
        "HN\t2012-04-05\t",
        "4 columns where 5 are due",
    ),
    (
        "HN\t2012-04-05\t\t",
        "HX\t2012-04-05\t\t",
        "`HX` has no capital in the other file",
    ),
    (
        "HN\t2012-04-05\t\t",
        "HN\t2012-02-30\t\t",
        "`2012-02-30` is no day",
    ),
    (
        "HN\t2012-04-05\t\t",
        "HN\t1995-04-05\t\t",
        "1995-04-05 lies outside 1996-2035",
    ),
    (
        "HN\t2012-04-05\t\t",
        "HN\t2012-04-05\tsure\t",
        "`sure` is no mark",
    ),
    (
        "HN\t2012-04-05\t\t",
        "HN\t2012-04-06\t\t",
        "2012-04-06 of `HN` stands twice",
    ),
    (
        "HN\tAmerica/Tegucigalpa",
        "HN\tAmerica/Comayagua",
        "`America/Comayagua` is no time zone",
    ),
    (
        "HN\tAmerica/Tegucigalpa",
        "Honduras\tAmerica/Tegucigalpa",
        "`Honduras` is no country",
    ),
    (
        "GT\tAmerica/Guatemala",
        "HN\tAmerica/Guatemala",
        "`HN` stands twice",
    ),
];

#[test]
fn a_table_with_a_fault_is_refused_with_its_line() {
    for (right, wrong, expected) in FAULTS {
        assert!(
            CAPITALS.contains(right) || HOLIDAYS.contains(right),
            "`{right}` is of the table"
        );
        let capitals = CAPITALS.replacen(right, wrong, 1);
        let holidays = HOLIDAYS.replacen(right, wrong, 1);
        let faults = Calendars::parse(&capitals, &holidays)
            .unwrap_err()
            .to_string();
        assert!(faults.contains(expected), "{expected}:\n{faults}");
    }
    let empty = Calendars::parse("country\tzone\tes\ten\n", HOLIDAYS).unwrap_err();
    assert!(empty.to_string().contains("there is no capital"));
    let faults = Calendars::parse(
        CAPITALS,
        &HOLIDAYS.replacen("HN\t2012-04-05", "HN\t2012-13-05", 1),
    );
    let place = HOLIDAYS
        .lines()
        .position(|line| line.starts_with("HN\t2012-04-05"))
        .unwrap()
        + 1;
    let said = faults.unwrap_err().to_string();
    assert!(
        said.starts_with(&format!("holidays.tsv:{place}: ")),
        "{said}"
    );
}

proptest! {
    /// The two ways to the end agree; the days counted are those of the term; a later start never ends before.
    #[test]
    fn terms_hold_together(
        country in 0_usize..11,
        offset in 0_i64..12_000,
        days in 1_u16..60,
        counted: bool,
        hour in proptest::option::of(0_i8..24),
    ) {
        let calendars = calendars();
        let (_, capital) = calendars.countries().nth(country).unwrap();
        let start = day("1998-01-01").saturating_add(jiff::Span::new().days(offset));
        let counting = Counting {
            first_day: if counted { FirstDay::Counted } else { FirstDay::NotCounted },
            closes: hour.map_or(Closes::EndOfDay, |hour| Closes::At(comity_calendar::Time::constant(hour, 0, 0, 0))),
        };
        let found = term(start, days, capital, counting).unwrap();
        prop_assert_eq!(term_end(start, days, capital, counting), Ok((found.ends_on, found.ends_at)));
        let numbers: Vec<u16> = found.days.iter().filter_map(|day| match day.why {
            Why::Counted(number) => Some(number),
            _ => None,
        }).collect();
        prop_assert_eq!(numbers, (1..=days).collect::<Vec<u16>>());
        prop_assert_eq!(found.days.first().map(|day| day.date), Some(start));
        prop_assert_eq!(found.days.last().map(|day| day.date), Some(found.ends_on));
        let next = term(start.tomorrow().unwrap(), days, capital, counting).unwrap();
        prop_assert!(next.ends_at >= found.ends_at);
        let longer = term(start, days + 1, capital, counting).unwrap();
        prop_assert!(longer.ends_at > found.ends_at);
        // A term that is made longer is the one that would have been as long from the beginning.
        let after = Counting { first_day: FirstDay::NotCounted, ..counting };
        let more = term(found.ends_on, 3, capital, after).unwrap();
        prop_assert_eq!(found.made_longer(&more), term(start, days + 3, capital, counting).unwrap());
    }
}
