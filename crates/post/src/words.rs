//! The words of letters, in the language of whoever gets them.

use askama::Template;
use comity_wording::{Tongue, Wording};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{InformalStep, Step};

/// What a letter says, in the words of the one who gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says<'a> {
    Invitation {
        seat: &'a str,
        party: &'a str,
        link: &'a str,
        until: Timestamp,
    },
    ConfirmData {
        /// The address of the page where it is done.
        link: &'a str,
    },
    PresidencyHandedOver {
        party: &'a str,
        from: Timestamp,
        link: &'a str,
    },
    SeatEnds {
        seat: &'a str,
        party: &'a str,
        on: jiff::civil::Date,
        link: &'a str,
    },
    Consultation {
        step: Step,
        /// Absent where it is not to be read on the way.
        topic: Option<&'a str>,
        /// Of the round that was opened last, where there is one.
        term: Option<TermTold<'a>>,
        link: &'a str,
    },
    Informal {
        step: InformalStep,
        /// Absent where it is not to be read on the way.
        topic: Option<&'a str>,
        /// By which day an answer is helpful; no deadline.
        helpful_by: Option<jiff::civil::Date>,
        /// The days that it asks about, in words, where the letter brings them for a calendar.
        days: Option<&'a str>,
        link: &'a str,
    },
}

/// How the term of a country stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermTold<'a> {
    /// When it ends, by the clock of its capital.
    pub until: Timestamp,
    pub zone: &'a TimeZone,
    /// When the round closes for all: until then an answer is taken.
    pub closes_at: Timestamp,
    /// The round is closed.
    pub over: bool,
    /// How many working days are left, today among them.
    pub left: usize,
    /// Answers of the country differ, and none counts.
    pub not_at_one: bool,
}

/// To whom a letter goes, and from which conference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct To<'a> {
    pub conference: &'a str,
    pub name: &'a str,
    pub tongue: Tongue,
    /// In which they work: instants are written in it, and it is named.
    pub zone: &'a TimeZone,
}

/// A letter without its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
    /// What it says in short, and where it leads: for the letter of a day that goes in its place.
    pub gist: String,
    pub link: String,
}

#[derive(Template)]
#[template(path = "letter.txt", escape = "none")]
struct Plain<'a> {
    letter: &'a Parts,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Page<'a> {
    letter: &'a Parts,
}

struct Parts {
    code: &'static str,
    conference: String,
    subject: String,
    greeting: String,
    paragraphs: Vec<String>,
    link: String,
    button: String,
    after: Option<String>,
    sender: String,
    why: String,
}

/// Writes a letter.
///
/// # Panics
/// Never: the templates are checked when the program is built.
pub fn letter(to: &To<'_>, says: &Says<'_>) -> Written {
    written(parts(to, says))
}

/// The same letter as a test copy: marked in its subject and before all else.
///
/// # Panics
/// Never: the templates are checked when the program is built.
pub fn test_copy(to: &To<'_>, says: &Says<'_>) -> Written {
    let words = Wording::get(to.tongue);
    let mut parts = parts(to, says);
    let subject = [("subject", parts.subject.as_str().into())];
    parts.subject = words.say_with("mail-test-copy-subject", &subject);
    let marked = match says {
        Says::Informal { .. } => "mail-informal-test-copy",
        _ => "mail-test-copy",
    };
    parts.paragraphs.insert(0, words.say(marked).into_owned());
    written(parts)
}

fn written(parts: Parts) -> Written {
    let render = |drawn: Result<String, askama::Error>| drawn.expect("a letter of texts");
    Written {
        text: render(Plain { letter: &parts }.render()),
        html: render(Page { letter: &parts }.render()),
        gist: parts.paragraphs.join(" "),
        link: parts.link,
        subject: parts.subject,
    }
}

#[derive(Template)]
#[template(path = "daily.txt", escape = "none")]
struct PlainDaily<'a> {
    letter: &'a Day<'a>,
}

#[derive(Template)]
#[template(path = "daily.html")]
struct PageDaily<'a> {
    letter: &'a Day<'a>,
}

struct Day<'a> {
    code: &'static str,
    conference: &'a str,
    subject: String,
    greeting: String,
    lead: String,
    letters: &'a [Written],
    after: String,
    sender: String,
    why: String,
}

/// Writes the letter of a day, of the letters in whose place it goes; `link` leads to where it is chosen.
///
/// # Panics
/// Never: the templates are checked when the program is built.
pub fn daily(to: &To<'_>, day: jiff::civil::Date, letters: &[Written], link: &str) -> Written {
    let words = Wording::get(to.tongue);
    let day = words.day(day);
    let titled = [("conference", to.conference.into()), ("day", day.into())];
    let letter = Day {
        code: to.tongue.code(),
        conference: to.conference,
        subject: words.say_with("mail-daily-subject", &titled),
        greeting: words.say_with("mail-greeting", &[("name", to.name.into())]),
        lead: words.say_with("mail-daily", &[("count", letters.len().into())]),
        letters,
        after: words.say_with("mail-daily-chosen", &[("link", link.into())]),
        sender: words.say_with("mail-sender", &[("conference", to.conference.into())]),
        why: words.say("mail-why").into_owned(),
    };
    let render = |drawn: Result<String, askama::Error>| drawn.expect("a letter of texts");
    Written {
        text: render(PlainDaily { letter: &letter }.render()),
        html: render(PageDaily { letter: &letter }.render()),
        gist: letter.lead,
        link: link.to_owned(),
        subject: letter.subject,
    }
}

fn parts(to: &To<'_>, says: &Says<'_>) -> Parts {
    let words = Wording::get(to.tongue);
    let say = |key: &str| words.say(key).into_owned();
    let with = |key: &str, values: &[(&str, &str)]| {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, (*value).into()))
            .collect();
        words.say_with(key, &values)
    };
    let conference = [("conference", to.conference)];
    let (subject, paragraphs, link, button, after) = match says {
        Says::Invitation {
            seat,
            party,
            link,
            until,
        } => (
            with("mail-invitation-subject", &conference),
            vec![
                with(
                    "mail-invitation",
                    &[
                        ("seat", seat),
                        ("party", party),
                        ("conference", to.conference),
                    ],
                ),
                say("mail-invitation-how"),
            ],
            *link,
            say("mail-invitation-go"),
            Some(with(
                "mail-invitation-until",
                &[("when", &moment(words, *until, to.zone))],
            )),
        ),
        Says::ConfirmData { link } => (
            with("mail-confirm-subject", &conference),
            vec![say("mail-confirm")],
            *link,
            say("mail-confirm-go"),
            None,
        ),
        Says::PresidencyHandedOver { party, from, link } => (
            with("mail-presidency-subject", &[("party", party)]),
            vec![with(
                "mail-presidency",
                &[("party", party), ("when", &moment(words, *from, to.zone))],
            )],
            *link,
            say("mail-presidency-go"),
            None,
        ),
        Says::SeatEnds {
            seat,
            party,
            on,
            link,
        } => (
            with("mail-seat-ends-subject", &[("day", &words.day(*on))]),
            vec![with(
                "mail-seat-ends",
                &[("seat", seat), ("party", party), ("day", &words.day(*on))],
            )],
            *link,
            say("mail-seat-ends-go"),
            None,
        ),
        Says::Consultation {
            step,
            topic,
            term,
            link,
        } => (
            match topic {
                Some(topic) => with("mail-consultation-subject", &[("topic", topic)]),
                None => say("mail-consultation-subject-closed"),
            },
            of_consultation(words, *step, term.as_ref()),
            *link,
            say("mail-consultation-go"),
            Some(say("mail-consultation-not-here")),
        ),
        Says::Informal {
            step,
            topic,
            helpful_by,
            days,
            link,
        } => {
            let day = helpful_by.filter(|_| *step == InformalStep::Opened);
            let asks = match day {
                Some(day) => with("mail-informal-opened-day", &[("day", &words.day(day))]),
                None => say(&format!("mail-{}", step.as_str())),
            };
            let dated = days.map(|days| with("mail-informal-date", &[("days", days)]));
            (
                match topic {
                    Some(topic) => with("mail-informal-subject", &[("topic", topic)]),
                    None => say("mail-informal-subject-closed"),
                },
                [asks].into_iter().chain(dated).collect(),
                *link,
                say("mail-informal-go"),
                Some(say("mail-informal-is-not")),
            )
        }
    };
    Parts {
        code: to.tongue.code(),
        conference: to.conference.to_owned(),
        subject,
        greeting: with("mail-greeting", &[("name", to.name)]),
        paragraphs,
        link: link.to_owned(),
        button,
        after,
        sender: with("mail-sender", &conference),
        why: say("mail-why"),
    }
}

/// What a letter of a consultation says of a step.
fn of_consultation(words: &Wording, step: Step, term: Option<&TermTold<'_>>) -> Vec<String> {
    let over = term.is_some_and(|term| term.over);
    let key = match step {
        // After the close it is not corrected any more, but for an objection.
        Step::Entered if over => "mail-consultation-entered-late".to_owned(),
        _ => format!("mail-{}", step.as_str()),
    };
    let Some(term) = term else {
        return vec![words.say(&key).into_owned()];
    };
    let values = [
        ("until", deadline(words, term.until, term.zone).into()),
        ("closes", deadline(words, term.closes_at, term.zone).into()),
        ("left", term.left.into()),
    ];
    let stands = match step {
        Step::Reminder | Step::LastDay if term.not_at_one => "mail-consultation-not-at-one",
        Step::Reminder | Step::LastDay => "mail-consultation-none-stands",
        _ => return vec![words.say_with(&key, &values)],
    };
    vec![format!(
        "{} {}",
        words.say_with(&key, &values),
        words.say(stands)
    )]
}

/// "11 April 2012, 24:00 (America/Tegucigalpa)": midnight belongs to the day that it ends.
pub fn deadline(words: &Wording, at: Timestamp, zone: &TimeZone) -> String {
    let wall = zone.to_datetime(at);
    let name = zone.iana_name().unwrap_or("UTC");
    match wall.date().yesterday() {
        Ok(before) if (wall.hour(), wall.minute()) == (0, 0) => {
            format!("{}, 24:00 ({name})", words.day(before))
        }
        _ => moment(words, at, zone),
    }
}

/// "16 January 2012, 10:00 (America/Panama)".
fn moment(words: &Wording, at: Timestamp, zone: &TimeZone) -> String {
    let wall = zone.to_datetime(at);
    let name = zone.iana_name().unwrap_or("UTC");
    let day = words.day(wall.date());
    format!("{day}, {:02}:{:02} ({name})", wall.hour(), wall.minute())
}

#[cfg(test)]
mod tests;
