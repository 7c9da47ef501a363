//! All calendars, every day of 33 years, five working days: against a count written from the rule alone, on strings.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::BTreeSet;

use comity_calendar::{Calendars, Closes, Counting, Date, FirstDay, Why, term};

const CAPITALS: &str = include_str!("../../../rules/rcm-2011/calendars/capitals.tsv");
const HOLIDAYS: &str = include_str!("../../../rules/rcm-2011/calendars/holidays.tsv");

/// The day after, by the rule of the Gregorian calendar; year, month, day.
fn next((year, month, day): (i16, i8, i8)) -> (i16, i8, i8) {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (month, day) {
        (12, 31) => (year + 1, 1, 1),
        (_, last) if last == length => (year, month + 1, 1),
        _ => (year, month, day + 1),
    }
}

fn written((year, month, day): (i16, i8, i8)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// Every holiday of the table, as `HN 2012-04-05`.
fn holidays() -> BTreeSet<String> {
    let rows = HOLIDAYS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1);
    rows.map(|line| {
        let mut columns = line.split('\t');
        format!("{} {}", columns.next().unwrap(), columns.next().unwrap())
    })
    .collect()
}

#[test]
fn five_working_days_from_every_day_are_what_the_rule_says() {
    let calendars = Calendars::parse(CAPITALS, HOLIDAYS).unwrap();
    let holidays = holidays();
    let counting = Counting {
        first_day: FirstDay::NotCounted,
        closes: Closes::EndOfDay,
    };
    let mut counted = 0_u32;
    for (country, capital) in calendars.countries() {
        // Every day with whether it is worked; 1 January 1998 was a Thursday.
        let mut days = Vec::new();
        let (mut date, mut weekday) = ((1998, 1, 1), 4);
        while date.0 < 2032 {
            let text = written(date);
            let worked = weekday < 6 && !holidays.contains(&format!("{country} {text}"));
            days.push((date, text, worked));
            date = next(date);
            weekday = if weekday == 7 { 1 } else { weekday + 1 };
        }
        for (place, ((year, ..), start, _)) in days.iter().enumerate() {
            if *year > 2030 {
                break;
            }
            let after = days.iter().skip(place + 1);
            let fifth = after.filter(|(_, _, worked)| *worked).nth(4).unwrap();
            let start: Date = start.parse().unwrap();
            let found = term(start, 5, capital, counting).unwrap();
            assert_eq!(found.ends_on.to_string(), fifth.1, "{country} {start}");
            // The last instant of that day is within the term; the first one of the next day is not.
            let local = |at: jiff::Timestamp| capital.zone().to_datetime(at).date();
            let last = found.ends_at - jiff::SignedDuration::from_nanos(1);
            assert_eq!(local(last), found.ends_on, "{country} {start}");
            assert_eq!(
                local(found.ends_at),
                found.ends_on.tomorrow().unwrap(),
                "{country} {start}"
            );
            let working = found
                .days
                .iter()
                .filter(|day| matches!(day.why, Why::Counted(_)));
            assert_eq!(working.count(), 5);
            counted += 1;
        }
    }
    assert_eq!(counted, 11 * 12_053);
}
