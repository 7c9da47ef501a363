use askama::Template;
use comity_view::{ForumLine, OccurrenceLine};
use comity_wording::Wording;

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::rows;

#[derive(Template)]
#[template(path = "pages/fora.html")]
struct Fora {
    frame: Frame,
    count: String,
    rows: Vec<Forum>,
}

struct Forum {
    line: ForumLine,
    uncertain: bool,
    /// When and where, one after another.
    occurrences: Vec<String>,
    attribution: Attribution,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .below(&Address::Meetings)
        .described(words.say("fora-lead"));
    let row = |line: ForumLine| Forum {
        occurrences: line
            .occurrences
            .iter()
            .map(|found| occurrence(words, found))
            .collect(),
        uncertain: line.uncertain && rows::is_past(ask),
        attribution: Attribution::new(&frame, &line.says, &line.link.label.text),
        line,
    };
    let rows: Vec<Forum> = ask.view.fora().into_iter().map(row).collect();
    render(&Fora {
        count: words.say_with("fora-count", &[("count", rows.len().into())]),
        rows,
        frame,
    })
}

/// "May 2004, Mexico City, Mexico"
fn occurrence(words: &Wording, found: &OccurrenceLine) -> String {
    let when = found.date.map_or_else(
        || words.say("fora-undated").into_owned(),
        |date| words.date(&date),
    );
    match found.place.as_ref().map(|place| rows::place(words, place)) {
        Some(place) => format!("{when}, {place}"),
        None => when,
    }
}
