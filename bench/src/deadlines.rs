//! How many ends of terms are counted in a second: eleven capitals, every day of thirty years, five working days.

use std::hint::black_box;
use std::time::Instant;

use comity_calendar::{Calendars, Capital, Closes, Counting, Date, FirstDay, term, term_end};

const CAPITALS: &str = include_str!("../../rules/rcm-2011/calendars/capitals.tsv");
const HOLIDAYS: &str = include_str!("../../rules/rcm-2011/calendars/holidays.tsv");
const PASSES: u32 = 20;
const AIM_PER_SECOND: f64 = 1_000_000.0;

pub fn run() {
    let calendars =
        Calendars::parse(CAPITALS, HOLIDAYS).expect("the table of the rules is in order");
    let counting = Counting {
        first_day: FirstDay::NotCounted,
        closes: Closes::EndOfDay,
    };
    let first = Date::constant(1998, 1, 1);
    let days: Vec<Date> = first
        .series(jiff::Span::new().days(1))
        .take(30 * 365)
        .collect();
    let capitals: Vec<&Capital> = calendars.countries().map(|(_, capital)| capital).collect();
    let measure = |name: &str, passes: u32, count: &dyn Fn(Date, &Capital)| {
        let start = Instant::now();
        for _ in 0..passes {
            for capital in &capitals {
                for day in &days {
                    count(*day, capital);
                }
            }
        }
        let counted = f64::from(passes) * (capitals.len() * days.len()) as f64;
        let rate = counted / start.elapsed().as_secs_f64();
        println!(
            "{name}: {rate:.0}/s, {:.2} of {AIM_PER_SECOND:.0}/s",
            rate / AIM_PER_SECOND
        );
    };
    measure("end of a term", PASSES, &|day, capital| {
        black_box(term_end(day, 5, capital, counting).ok());
    });
    measure(
        "the same with the reason of each day",
        1,
        &|day, capital| {
            black_box(term(day, 5, capital, counting).ok());
        },
    );
}
