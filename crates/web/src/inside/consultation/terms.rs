//! Terms in words: each that differs once, and how its days were counted.

use std::rc::Rc;
use std::sync::Arc;

use comity_view::{ClockDay, DayIs, TermShown};
use jiff::tz::TimeZone;

use super::words::{Phrases, weekday_key};
use crate::pictures::clock::{self, Clock};

/// The days of a term in words, and what is said of each.
pub(super) type Days = Vec<(String, String)>;

/// The names of members, and the term that is the same for all of them.
pub(super) type Counted = (Vec<String>, Rc<TermSaid>);

/// What is the same for every member whose term is the same.
pub(super) struct Shared {
    pub(super) term: Arc<TermShown>,
    pub(super) said: Rc<TermSaid>,
    pub(super) of: Vec<String>,
}

/// A term in words and as a picture.
pub(super) struct TermSaid {
    /// What names its picture in the page.
    pub(super) id: usize,
    pub(super) clock: Clock,
    pub(super) days: Days,
    pub(super) left: String,
    /// When it ends there, by the clock by which it is counted.
    pub(super) ends: String,
    pub(super) zone: TimeZone,
}

/// In some places the clock is another and the days are the same: those are told once.
pub(super) fn counted(shared: &[Shared]) -> Vec<Counted> {
    let mut counted: Vec<Counted> = Vec::new();
    for term in shared {
        let same = counted
            .iter_mut()
            .find(|(_, said)| said.days == term.said.days);
        match same {
            Some((of, _)) => of.extend(term.of.iter().cloned()),
            None => counted.push((term.of.clone(), Rc::clone(&term.said))),
        }
    }
    counted
}

pub(super) fn term_in_words(
    phrases: &mut Phrases<'_>,
    term: &TermShown,
    cut: bool,
    id: usize,
) -> TermSaid {
    let frame = phrases.frame();
    let zone = TimeZone::get(&term.zone).unwrap_or(TimeZone::UTC);
    let wall = zone.to_datetime(term.ends_at);
    let ends = if (wall.hour(), wall.minute()) == (0, 0) {
        format!("{}, 24:00", frame.words().day(term.ends_on))
    } else {
        let day = frame.words().day(wall.date());
        format!("{day}, {:02}:{:02}", wall.hour(), wall.minute())
    };
    TermSaid {
        id,
        clock: clock::lay_out(&term.days),
        days: term
            .days
            .iter()
            .map(|day| day_in_words(phrases, day))
            .collect(),
        left: if term.over {
            frame.say("consult-left-none").into_owned()
        } else if cut {
            frame.say("consult-left-cut").into_owned()
        } else {
            frame.say_one("consult-left", "count", term.left)
        },
        ends,
        zone,
    }
}

/// "Thu 5 April 2012", "Holy Thursday, not counted".
fn day_in_words(phrases: &mut Phrases<'_>, day: &ClockDay) -> (String, String) {
    let frame = phrases.frame();
    let weekday = phrases.say(weekday_key(day.date));
    let date = format!("{weekday} {}", phrases.day(day.date));
    let why = match (day.number, &day.holiday) {
        (Some(number), _) => frame.say_one("consult-day-counted", "number", u64::from(number)),
        (None, Some(name)) => frame.say_one("consult-day-holiday", "name", name.as_str()),
        (None, None) if day.start => frame.say("consult-day-start").into_owned(),
        (None, None) => frame.say("consult-day-weekend").into_owned(),
    };
    let why = if day.when == DayIs::Today {
        format!("{why} · {}", frame.say("consult-day-today"))
    } else {
        why
    };
    (date, why)
}
