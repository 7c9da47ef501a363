use askama::Template;
use comity_view::{Link, MatchLine, SeminarLine, Tie};
use comity_wording::Wording;

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::rows;

#[derive(Template)]
#[template(path = "pages/seminars.html")]
struct Seminars {
    frame: Frame,
    count: String,
    rows: Vec<Seminar>,
}

struct Seminar {
    line: SeminarLine,
    uncertain: bool,
    /// The date, or how often it is held.
    when: String,
    place: Option<String>,
    matches: Vec<Matched>,
    attribution: Attribution,
}

/// An entry of another list that speaks of the same event.
struct Matched {
    link: Link,
    same: bool,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .below(&Address::Meetings)
        .described(words.say("seminars-lead"));
    let lines = ask.view.seminars();
    let said = |key, count: usize| words.say_with(key, &[("count", count.into())]);
    let matched = lines.iter().filter(|line| line.in_actions).count();
    let count = format!(
        "{}, {}",
        said("seminars-count", lines.len()),
        said("seminars-matched", matched)
    );
    let row = |line: SeminarLine| Seminar {
        when: when(words, &line),
        place: line.place.as_ref().map(|place| rows::place(words, place)),
        matches: line.matches.iter().map(matched_by).collect(),
        uncertain: line.uncertain && rows::is_past(ask),
        attribution: Attribution::new(&frame, &line.says, &line.link.label.text),
        line,
    };
    render(&Seminars {
        count,
        rows: lines.into_iter().map(row).collect(),
        frame,
    })
}

fn when(words: &Wording, line: &SeminarLine) -> String {
    let date = line.date.map(|date| words.date(&date));
    let often = line.recurrence.as_ref().map(|term| term.name.clone());
    [date, often]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn matched_by(found: &MatchLine) -> Matched {
    let same = match found.tie {
        Tie::Same => true,
        Tie::PartOf => false,
    };
    Matched {
        link: found.link.clone(),
        same,
    }
}
