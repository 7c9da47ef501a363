//! Terms in words: each that differs once, and how its days were counted.

use std::collections::HashMap;
use std::rc::Rc;

use comity_view::{ClockDay, DayIs, Hashed, TermShown};
use foldhash::fast::RandomState;

use super::words::{Phrases, Wall, weekday_key};
use crate::frame::Frame;
use crate::pictures::clock::{self, Clock};

/// The days of a term in words, and what is said of each.
pub(super) type Days = Vec<Rc<(String, String)>>;

/// Days that were put into words already: most terms have most of theirs in common.
pub(super) type DaysSaid<'a> = HashMap<&'a ClockDay, Rc<(String, String)>, RandomState>;

/// The names of members, and the term that is the same for all of them.
pub(super) type Counted = (String, Rc<TermSaid>);

/// What is the same for every member whose term is the same.
pub(super) struct Shared<'a> {
    pub(super) term: Hashed<TermShown>,
    pub(super) said: Rc<TermSaid>,
    pub(super) of: Vec<&'a str>,
}

/// A term in words and as a picture.
pub(super) struct TermSaid {
    /// What names its picture in the page.
    pub(super) id: usize,
    pub(super) clock: Clock,
    pub(super) days: Days,
    pub(super) left: String,
    /// The clock by which it is counted.
    pub(super) wall: Wall,
    /// When it ends by that clock; for whoever has another one, the clock is named.
    pub(super) ends: Rc<str>,
    pub(super) ends_there: Rc<str>,
}

/// In some places the clock is another and the days are the same: those are told once.
pub(super) fn counted(frame: &Frame, shared: &[Shared<'_>]) -> Vec<Counted> {
    let mut counted: Vec<(Vec<&str>, &Rc<TermSaid>)> = Vec::new();
    for term in shared {
        let same = counted
            .iter_mut()
            .find(|(_, said)| said.days == term.said.days);
        match same {
            Some((of, _)) => of.extend(&term.of),
            None => counted.push((term.of.clone(), &term.said)),
        }
    }
    let counted = counted.into_iter();
    counted
        .map(|(of, said)| (frame.words().all_of(&of), Rc::clone(said)))
        .collect()
}

pub(super) fn term_in_words<'a>(
    phrases: &mut Phrases<'_>,
    said: &mut DaysSaid<'a>,
    term: &'a TermShown,
    cut: bool,
    id: usize,
) -> TermSaid {
    let frame = phrases.frame();
    let by = Wall::of(&term.zone, None);
    let wall = by.zone.to_datetime(term.ends_at);
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
            .map(|day| {
                let said = said.entry(day);
                Rc::clone(said.or_insert_with(|| Rc::new(day_in_words(phrases, day))))
            })
            .collect(),
        left: if term.over {
            frame.say("consult-left-none").into_owned()
        } else if cut {
            frame.say("consult-left-cut").into_owned()
        } else {
            frame.say_one("consult-left", "count", term.left)
        },
        ends: frame
            .say_one("consult-ends-local", "at", ends.as_str())
            .into(),
        ends_there: frame
            .words()
            .say_with(
                "consult-ends-there",
                &[("at", ends.as_str().into()), ("place", by.place().into())],
            )
            .into(),
        wall: by,
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
