use askama::Template;
use comity_view::MeetingFilter;

use super::{Ask, render};
use crate::fault::Fault;
use crate::filter::{Filter, Searched};
use crate::frame::Frame;
use crate::gatherings::{self, MeetingRow};
use crate::{Address, Kind, sources};

#[derive(Template)]
#[template(path = "pages/meetings.html")]
struct Meetings {
    frame: Frame,
    lead: String,
    filter: Filter,
    /// "12 of 60 meetings"
    shown: String,
    rows: Vec<MeetingRow>,
    source: Option<String>,
    /// Results of what was decided between them.
    written: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let wanted = MeetingFilter {
        body: ask.query.get("body").map(ToOwned::to_owned),
        // What is no year narrows to nothing rather than to everything.
        year: ask
            .query
            .get("year")
            .map(|year| year.parse().unwrap_or(i16::MIN)),
    };
    let listing = view.meetings(&wanted);
    let words = crate::language::words(view.language());
    let frame = Frame::new(ask, words.say(super::name_key(Kind::Meetings)));
    let key = if listing.total == 0 {
        "meetings-empty"
    } else {
        "meetings-lead"
    };
    let frame = frame.described(words.say(key));
    let filter = Filter::new(
        &frame,
        &Address::Meetings,
        &ask.query,
        &listing.facets,
        Searched::No,
    );
    render(&Meetings {
        lead: frame.say(key).into_owned(),
        shown: shown(&frame, listing.items.len(), listing.total),
        rows: gatherings::meetings(&frame, &listing.items),
        source: sources::together(&frame, listing.items.iter().map(|line| &line.says)),
        filter,
        written: frame.of(&Address::Written),
        frame,
    })
}

fn shown(frame: &Frame, count: usize, total: usize) -> String {
    if count == total {
        return frame.say_one("meetings-shown", "count", count);
    }
    frame.words().say_with(
        "meetings-shown-of",
        &[("count", count.into()), ("total", total.into())],
    )
}
