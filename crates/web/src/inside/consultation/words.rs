//! The words for stages, answers and instants.

use std::collections::HashMap;
use std::rc::Rc;

use comity_view::{ConsultationLine, Inside, Reached, Stage, WaitsFor};
use foldhash::fast::RandomState;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::frame::Frame;
use crate::inside::visit::Call;

/// What is waited for, for the desk.
pub(in crate::inside) const fn waits_key(waits: WaitsFor) -> &'static str {
    match waits {
        WaitsFor::Reaction => "consult-waits-reaction",
        WaitsFor::AnotherText => "consult-waits-another-text",
        WaitsFor::Answer => "consult-waits-answer",
        WaitsFor::Round => "consult-waits-round",
        WaitsFor::Choice => "consult-waits-choice",
        WaitsFor::Launch => "consult-waits-launch",
        WaitsFor::Report => "consult-waits-report",
    }
}

pub(super) fn stage(frame: &Frame, line: &ConsultationLine) -> String {
    let key = match line.stage {
        Stage::Troika if line.refused => "consult-stage-refused",
        Stage::Troika => "consult-stage-troika",
        Stage::Ready => "consult-stage-ready",
        Stage::Round => "consult-stage-round",
        Stage::Closed => "consult-stage-closed",
        Stage::Certified => "consult-stage-certified",
        Stage::Ended => "consult-stage-ended",
        Stage::Reported => "consult-stage-reported",
    };
    frame.say_one(key, "round", u64::from(line.round))
}

/// A clock with the name of its place.
pub(in crate::inside) struct Wall {
    pub(super) zone: TimeZone,
    place: String,
}

impl Wall {
    /// The clock of a time zone; without a name of its own it goes by the city with which names of the database end.
    pub(super) fn of(zone: &str, place: Option<&str>) -> Self {
        let last = || zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
        Self {
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            place: place.map_or_else(last, str::to_owned),
        }
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// The day of an instant by it.
    pub(in crate::inside) fn day(&self, at: Timestamp) -> jiff::civil::Date {
        self.zone.to_datetime(at).date()
    }
}

/// By whose clock instants are written: the visitor's; where it is not known, that of the seat's capital.
pub(super) fn wall_of(call: &Call, line: &ConsultationLine) -> Wall {
    wall(call, line.zone.as_ref())
}

/// The same, by a zone of the database with the name of its place.
pub(in crate::inside) fn wall(call: &Call, seat: Option<&(String, String)>) -> Wall {
    let own = call
        .visitor
        .as_ref()
        .and_then(|visitor| visitor.card.zone.as_deref());
    match (own, seat) {
        (Some(zone), _) => Wall::of(zone, None),
        (None, Some((zone, city))) => Wall::of(zone, Some(city)),
        (None, None) => Wall::of("UTC", None),
    }
}

/// The same where no consultation is looked at.
pub(super) fn wall_of_seat(call: &Call, inside: &Inside) -> Wall {
    wall(call, inside.zone().as_ref())
}

/// The day that it is now at the seat's capital.
pub(in crate::inside) fn today(call: &Call, inside: &Inside) -> String {
    wall(call, inside.zone().as_ref())
        .day(inside.now())
        .to_string()
}

/// "11 April 2012, 10:00 (Tegucigalpa)": when something was done.
pub(in crate::inside) fn moment(frame: &Frame, at: Timestamp, by: &Wall) -> String {
    let wall = by.zone.to_datetime(at);
    let day = frame.words().day(wall.date());
    format!(
        "{day}, {:02}:{:02} ({})",
        wall.hour(),
        wall.minute(),
        by.place
    )
}

/// "11 April 2012, 24:00 (Tegucigalpa)": until when something can be done. Midnight belongs to the day that it ends.
pub(super) fn until(frame: &Frame, at: Timestamp, by: &Wall) -> String {
    let wall = by.zone.to_datetime(at);
    let midnight = wall.time() == jiff::civil::Time::midnight();
    match wall.date().yesterday() {
        Ok(before) if midnight => format!("{}, 24:00 ({})", frame.words().day(before), by.place),
        _ => moment(frame, at, by),
    }
}

/// What stands around the one text in a message that many lines of a page say: it is put into words once.
pub(super) struct Around {
    before: String,
    after: String,
}

impl Around {
    /// A character that no message has.
    const GAP: &str = "\u{0}";

    pub(super) fn of(frame: &Frame, key: &str, name: &str) -> Self {
        let said = frame.say_one(key, name, Self::GAP);
        let (before, after) = said.split_once(Self::GAP).unwrap_or((&said, ""));
        Self {
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    pub(super) fn with(&self, text: &str) -> String {
        [&self.before, text, &self.after].concat()
    }
}

/// Words that many lines of a page say alike: each is looked up once.
pub(super) struct Phrases<'a> {
    frame: &'a Frame,
    said: HashMap<&'static str, Rc<str>, RandomState>,
    days: HashMap<Date, String, RandomState>,
}

impl<'a> Phrases<'a> {
    pub(super) fn new(frame: &'a Frame) -> Self {
        Self {
            frame,
            said: HashMap::default(),
            days: HashMap::default(),
        }
    }

    pub(super) const fn frame(&self) -> &'a Frame {
        self.frame
    }

    pub(super) fn say(&mut self, key: &'static str) -> Rc<str> {
        let said = self.said.entry(key);
        Rc::clone(said.or_insert_with(|| self.frame.say(key).into()))
    }

    pub(super) fn day(&mut self, day: Date) -> &str {
        let said = self.days.entry(day);
        said.or_insert_with(|| self.frame.words().day(day))
    }

    /// As [`until`].
    pub(super) fn until(&mut self, at: Timestamp, by: &Wall) -> String {
        let wall = by.zone.to_datetime(at);
        let midnight = wall.time() == jiff::civil::Time::midnight();
        match wall.date().yesterday() {
            Ok(before) if midnight => format!("{}, 24:00 ({})", self.day(before), by.place),
            _ => self.moment(at, by),
        }
    }

    /// As [`moment`].
    pub(super) fn moment(&mut self, at: Timestamp, by: &Wall) -> String {
        self.moment_in(at, &by.zone, &by.place)
    }

    /// The same by the clock of a time zone that goes by the name of a place.
    pub(super) fn moment_in(&mut self, at: Timestamp, zone: &TimeZone, place: &str) -> String {
        let wall = zone.to_datetime(at);
        let day = self.day(wall.date());
        format!("{day}, {:02}:{:02} ({place})", wall.hour(), wall.minute())
    }
}

/// The word for the day of the week.
pub(in crate::inside) fn weekday_key(day: jiff::civil::Date) -> &'static str {
    match day.weekday() {
        jiff::civil::Weekday::Monday => "weekday-1",
        jiff::civil::Weekday::Tuesday => "weekday-2",
        jiff::civil::Weekday::Wednesday => "weekday-3",
        jiff::civil::Weekday::Thursday => "weekday-4",
        jiff::civil::Weekday::Friday => "weekday-5",
        jiff::civil::Weekday::Saturday => "weekday-6",
        jiff::civil::Weekday::Sunday => "weekday-7",
    }
}

pub(super) const fn answer_key(answer: comity_view::Said) -> &'static str {
    use comity_view::Said;
    match answer {
        Said::NoObjection => "consult-answer-no_objection",
        Said::Agrees => "consult-answer-agrees",
        Said::AgreesWithReservation => "consult-answer-agrees_with_reservation",
        Said::ProposesChange => "consult-answer-proposes_change",
        Said::RequestsTime => "consult-answer-requests_time",
        Said::StandsAside => "consult-answer-stands_aside",
        Said::Objects => "consult-answer-objects",
    }
}

/// That nothing came, and how the member was reached.
pub(super) const fn nothing_key(reached: Reached) -> &'static str {
    match reached {
        Reached::Acknowledged => "consult-said-nothing-acknowledged",
        Reached::HandedOver => "consult-said-nothing-handed-over",
        Reached::Refused => "consult-said-nothing-refused",
        Reached::Uncertain => "consult-said-nothing-uncertain",
        Reached::Sent => "consult-said-nothing-sent",
    }
}

pub(super) const fn reached_key(reached: Reached) -> &'static str {
    match reached {
        Reached::Acknowledged => "consult-reached-acknowledged",
        Reached::HandedOver => "consult-reached-handed-over",
        Reached::Refused => "consult-reached-refused",
        Reached::Uncertain => "consult-reached-uncertain",
        Reached::Sent => "consult-reached-sent",
    }
}

/// By which way it came.
pub(in crate::inside) const fn channel_key(by: comity_view::Channel) -> &'static str {
    use comity_view::Channel;
    match by {
        Channel::Mail => "consult-by-mail",
        Channel::Note => "consult-by-note",
        Channel::Telephone => "consult-by-telephone",
    }
}

/// A shape beside the word: never a colour alone.
pub(super) const fn answer_mark(answer: comity_view::Said) -> &'static str {
    use comity_view::Said;
    match answer {
        Said::NoObjection | Said::Agrees | Said::AgreesWithReservation => "✓",
        Said::ProposesChange => "✎",
        Said::RequestsTime => "…",
        Said::StandsAside => "○",
        Said::Objects => "■",
    }
}
