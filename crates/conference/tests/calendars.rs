//! The table of holidays, days that states declare and days that are corrected; and that a term keeps its days.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod consulting;

use comity_calendar::{Date, File, Off, Why};
use comity_conference::{
    ActId, CalendarAdopted, CalendarDayCorrected, Command, Consult, Context, NonWorkingDayDeclared,
    Rejection, decide,
};
use comity_rules::Text;

use consulting::steps::*;
use consulting::{FRIDAY, Room, at, rules, table};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn declared(party: &str, country: &str, on: &str) -> NonWorkingDayDeclared {
    NonWorkingDayDeclared {
        party: party.into(),
        country: country.into(),
        day: day(on),
        why: Text::new("Censo", "Census"),
        note: None,
    }
}

fn declare(party: &str, country: &str, on: &str) -> Command {
    Command::DeclareDay(Box::new(declared(party, country, on)))
}

fn corrected(country: &str, on: &str, off: Option<Text>) -> CalendarDayCorrected {
    CalendarDayCorrected {
        country: country.into(),
        day: day(on),
        off,
        note: "Decreto 7".into(),
    }
}

fn is_off(country: &str, on: &str) -> Command {
    let off = Some(Text::new("Día trasladado", "Day moved"));
    Command::CorrectDay(Box::new(corrected(country, on, off)))
}

fn is_worked(country: &str, on: &str) -> Command {
    Command::CorrectDay(Box::new(corrected(country, on, None)))
}

fn adopt(table: CalendarAdopted) -> Command {
    Command::AdoptCalendar(Box::new(table))
}

fn code(room: &Room, command: &Command) -> &'static str {
    room.decides(command).unwrap_err().code()
}

fn off(room: &Room, country: &str, on: &str) -> Option<Off> {
    let calendars = room.conference.calendars().unwrap();
    calendars.country(country).unwrap().off(day(on))
}

/// The last day of a member's term in the round that was opened last.
fn last_day(room: &Room, id: ActId, party: &str) -> String {
    room.round(id).opened.terms[party].ends_on.to_string()
}

#[test]
fn a_table_is_adopted_under_rules_where_it_can_be_read_and_is_another_one() {
    let mut room = Room::under(rules(&[]));
    let context = Context { now: room.now };
    let without = decide(&room.conference, None, &adopt(table()), &context);
    assert_eq!(without.unwrap_err(), Rejection::NoRulesAdopted);
    let with = |from: &str, to: &str| CalendarAdopted {
        capitals: table().capitals.replacen(from, to, 1),
        holidays: table().holidays.replacen(from, to, 1),
    };
    let line = |text: &str, start: &str| {
        text.lines()
            .position(|line| line.starts_with(start))
            .unwrap()
            + 1
    };
    for (malformed, file, line) in [
        (
            with("HN\t2011-10-21", "HN\t2011-10-32"),
            File::Holidays,
            line(&table().holidays, "HN\t2011-10-21"),
        ),
        (
            with("HN\t2011-10-21", "HN\t2013-10-21"),
            File::Holidays,
            line(&table().holidays, "HN\t2011-10-21"),
        ),
        (
            with("America/Panama", "America/Darien"),
            File::Capitals,
            line(&table().capitals, "PA\t"),
        ),
        (with("# version:", "# edition:"), File::Holidays, 0),
    ] {
        let Rejection::CalendarMalformed(faults) = room.decides(&adopt(malformed)).unwrap_err()
        else {
            panic!("{file:?} {line}");
        };
        assert_eq!(
            (faults.0[0].file, faults.0[0].line),
            (file, line),
            "{faults}"
        );
    }
    assert_eq!(code(&room, &adopt(with("HN\t", "H\t"))), "E-0701");
    assert!(room.conference.calendars().is_none());
    let act = room.carries_out(&adopt(table())).unwrap();
    assert_eq!(room.conference.calendar.as_ref().unwrap().act, act);
    assert_eq!(
        room.decides(&adopt(table())).unwrap_err(),
        Rejection::CalendarUnchanged
    );
    // Words in other comments make no other table.
    assert_eq!(
        code(&room, &adopt(with("# Capitals", "# The capitals"))),
        "E-0702"
    );
    let other = room
        .carries_out(&adopt(with("# version: ", "# version: a later ")))
        .unwrap();
    assert_eq!(room.conference.calendar.as_ref().unwrap().act, other);
    // The one before may come back.
    room.carries_out(&adopt(table())).unwrap();
    room.holds_together();
}

/// A table is whole; what was said of single days stands over it.
#[test]
fn what_was_said_of_a_day_stands_over_another_table() {
    let mut room = Room::new();
    room.carries_out(&declare("panama", "PA", "2011-10-18"))
        .unwrap();
    room.carries_out(&is_worked("GT", "2011-10-20")).unwrap();
    assert_eq!(code(&room, &adopt(table())), "E-0702");
    let mut later = table();
    later.holidays = later
        .holidays
        .replacen("CR\t2011-10-17\t\t", "CR\t2011-10-19\t\t", 1);
    room.carries_out(&adopt(later)).unwrap();
    for (country, on, expected) in [
        ("CR", "2011-10-17", false),
        ("CR", "2011-10-19", true),
        ("PA", "2011-10-18", true),
        ("GT", "2011-10-20", false),
    ] {
        assert_eq!(
            off(&room, country, on).is_some(),
            expected,
            "{country} {on}"
        );
    }
    room.holds_together();
}

#[test]
fn a_state_declares_a_working_day_of_its_own_that_lies_ahead() {
    let mut room = Room::new();
    room.admit("atlantis", Some("XX"), "member", None);
    let long = "x".repeat(201);
    let with = |change: &dyn Fn(&mut NonWorkingDayDeclared)| {
        let mut asked = declared("panama", "PA", "2011-10-18");
        change(&mut asked);
        Command::DeclareDay(Box::new(asked))
    };
    for (refused, expected) in [
        // No capital in the table; the country of another; no country at all; nobody.
        (declare("atlantis", "XX", "2011-10-18"), "E-0703"),
        (declare("panama", "HN", "2011-10-18"), "E-0703"),
        (declare("honduras", "hn", "2011-10-18"), "E-0703"),
        (declare("peru", "PE", "2011-10-18"), "E-0703"),
        (declare("nobody", "PA", "2011-10-18"), "E-0703"),
        // Saturday; a holiday.
        (declare("panama", "PA", "2011-10-15"), "E-0704"),
        (declare("panama", "PA", "2011-11-03"), "E-0704"),
        // Yesterday; today; the days after the last one of the table.
        (declare("panama", "PA", "2011-10-13"), "E-0705"),
        (declare("panama", "PA", "2011-10-14"), "E-0705"),
        (declare("panama", "PA", "2013-01-01"), "E-0705"),
        (declare("panama", "PA", "2010-12-31"), "E-0705"),
        (with(&|asked| asked.why = Text::new("Censo", "")), "E-0010"),
        (
            with(&|asked| asked.why = Text::new("x".repeat(301), "x")),
            "E-0011",
        ),
        (with(&|asked| asked.note = Some(" ".into())), "E-0403"),
        (with(&|asked| asked.note = Some(long.clone())), "E-0407"),
    ] {
        assert_eq!(code(&room, &refused), expected, "{refused:?}");
    }
    let none = Room::under(rules(&[]));
    assert_eq!(
        code(&none, &declare("panama", "PA", "2011-10-18")),
        "E-0703"
    );
    room.carries_out(&with(&|asked| asked.note = Some("Nota DM-201".into())))
        .unwrap();
    assert!(matches!(
        off(&room, "PA", "2011-10-18"),
        Some(Off::Declared { .. })
    ));
    // Another capital works on that day.
    assert_eq!(off(&room, "HN", "2011-10-18"), None);
    let again = room
        .decides(&declare("panama", "PA", "2011-10-18"))
        .unwrap_err();
    assert_eq!(
        again,
        Rejection::DayStands {
            day: day("2011-10-18")
        }
    );
    // The last day of the table is one of it, a Monday.
    room.carries_out(&declare("panama", "PA", "2012-12-31"))
        .unwrap();
    room.holds_together();
}

/// Whether a day has begun is told by the clock of its capital.
#[test]
fn a_day_is_declared_until_midnight_in_its_capital() {
    for (party, country, midnight) in [
        ("panama", "PA", "2011-10-18T05:00:00Z"),
        ("mexico", "MX", "2011-10-18T05:00:00Z"),
        ("honduras", "HN", "2011-10-18T06:00:00Z"),
        ("costa-rica", "CR", "2011-10-18T06:00:00Z"),
    ] {
        let tuesday = declare(party, country, "2011-10-18");
        let mut room = Room::new();
        room.now = at(midnight);
        let refused = room.decides(&tuesday).unwrap_err();
        assert_eq!(
            refused,
            Rejection::DayNotAhead {
                day: day("2011-10-18")
            },
            "{party}"
        );
        assert_eq!(
            code(&room, &is_off(country, "2011-10-18")),
            "E-0705",
            "{party}"
        );
        room.carries_out(&declare(party, country, "2011-10-19"))
            .unwrap();
        let mut room = Room::new();
        room.now = at(midnight) - jiff::SignedDuration::from_millis(1);
        room.decides(&is_off(country, "2011-10-18")).unwrap();
        room.carries_out(&tuesday).unwrap();
    }
}

#[test]
fn a_day_ahead_is_corrected_to_what_it_is_not() {
    let mut room = Room::new();
    let noted = |note: &str, off: Option<Text>| {
        let asked = CalendarDayCorrected {
            note: note.into(),
            ..corrected("GT", "2011-10-19", off)
        };
        Command::CorrectDay(Box::new(asked))
    };
    let name = || Some(Text::new("Feriado", "Holiday"));
    for (refused, expected) in [
        (is_off("XX", "2011-10-19"), "E-0703"),
        (is_off("GT", "2011-10-20"), "E-0704"),
        (is_off("GT", "2011-10-22"), "E-0704"),
        (is_worked("GT", "2011-10-19"), "E-0704"),
        (is_off("GT", "2011-10-14"), "E-0705"),
        (is_worked("GT", "2011-10-09"), "E-0705"),
        (is_off("GT", "2013-01-02"), "E-0705"),
        (noted("", name()), "E-0403"),
        (noted(&"x".repeat(201), name()), "E-0407"),
        (noted("Decreto 7", Some(Text::new("", "Holiday"))), "E-0010"),
    ] {
        assert_eq!(code(&room, &refused), expected, "{refused:?}");
    }
    // A holiday is moved by a decree, and back by another.
    for _ in 0..2 {
        room.carries_out(&is_worked("GT", "2011-10-20")).unwrap();
        room.carries_out(&is_off("GT", "2011-10-19")).unwrap();
        assert_eq!(off(&room, "GT", "2011-10-20"), None);
        assert!(matches!(
            off(&room, "GT", "2011-10-19"),
            Some(Off::Corrected { .. })
        ));
        room.carries_out(&is_worked("GT", "2011-10-19")).unwrap();
        room.carries_out(&is_off("GT", "2011-10-20")).unwrap();
        assert_eq!(off(&room, "GT", "2011-10-19"), None);
        assert!(off(&room, "GT", "2011-10-20").is_some());
    }
    // What a state declared, too; it may declare it anew.
    room.carries_out(&declare("guatemala", "GT", "2011-10-18"))
        .unwrap();
    room.carries_out(&is_worked("GT", "2011-10-18")).unwrap();
    room.carries_out(&declare("guatemala", "GT", "2011-10-18"))
        .unwrap();
    // A Saturday that is worked counts.
    room.carries_out(&is_worked("HN", "2011-10-15")).unwrap();
    let id = running(&mut room);
    let saturday = &room.round(id).opened.terms["honduras"].days[1];
    assert_eq!(
        (saturday.date, &saturday.why),
        (day("2011-10-15"), &Why::Counted(1))
    );
    assert_eq!(last_day(&room, id, "honduras"), "2011-10-20");
    room.holds_together();
}

#[test]
fn a_running_round_keeps_its_days_and_a_later_one_has_the_new_ones() {
    let mut room = Room::with(&[("extension", "once")]);
    let id = running(&mut room);
    let before = room.round(id).clone();
    assert_eq!(last_day(&room, id, "panama"), "2011-10-21");
    room.when("2011-10-17T15:00:00Z");
    room.carries_out(&declare("panama", "PA", "2011-10-19"))
        .unwrap();
    room.carries_out(&declare("panama", "PA", "2011-10-25"))
        .unwrap();
    room.carries_out(&is_worked("HN", "2011-10-21")).unwrap();
    let mut later = table();
    later.holidays = later
        .holidays
        .replacen("GT\t2011-10-20\t", "GT\t2011-10-27\t", 1);
    let adopted = room.carries_out(&adopt(later)).unwrap();
    assert_eq!(*room.round(id), before);
    // A term that is made longer now is longer by the new days, from where the old ones end.
    let mut longer = room.clone();
    longer.does(extend(id));
    let (_, extended) = longer.round(id).extended.as_ref().unwrap();
    assert_eq!(extended.calendars, adopted);
    let ends = |party: &str| extended.terms[party].ends_on.to_string();
    // From the 21st: 24, 26, 27, 28, 31. From the 24th: 25, 26, 28, 31, and All Saints' is none.
    assert_eq!(
        (ends("panama"), ends("guatemala")),
        ("2011-10-31".into(), "2011-11-02".into())
    );
    assert_eq!(longer.round(id).opened, before.opened);
    // A round that opens now counts them; the one before is as it was.
    room.does(Consult::Open(anew(id)));
    assert_eq!(room.found(id).rounds[0], before);
    assert_eq!(room.round(id).opened.calendars, adopted);
    for (party, last) in [
        // 18, 20, 21, 24, 26.
        ("panama", "2011-10-26"),
        // 18, 19, 20, 21, 24.
        ("honduras", "2011-10-24"),
        ("guatemala", "2011-10-24"),
    ] {
        assert_eq!(last_day(&room, id, party), last, "{party}");
    }
    let why = room.round(id).opened.terms["panama"]
        .days
        .iter()
        .find(|held| held.date == day("2011-10-19"));
    assert!(matches!(&why.unwrap().why, Why::Off(Off::Declared { name }) if name.en == "Census"));
    assert!(room.round(id).opened.opens_at > at(FRIDAY));
    room.holds_together();
    longer.holds_together();
}
