use askama::Template;
use axum::http::StatusCode;
use comity_view::{Certainty, Days, Entry, Inside};

use super::draw::{frame, page};
use super::visit::{Call, Outcome};
use super::{Room, Whose};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::rows::place;

/// A calendar that can have a secret address.
struct Line {
    /// What names it in forms; empty for one's own.
    body: String,
    label: String,
    has: bool,
    /// The address that was just made; it is shown once.
    made: Option<String>,
}

#[derive(Template)]
#[template(path = "inside/feeds.html")]
struct Feeds {
    frame: Frame,
    lines: Vec<Line>,
}

/// The secret addresses of calendars: made anew, or given up.
pub(super) async fn feeds(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let indoors = call.indoors()?;
    let bodies = inside.gathering_bodies();
    let asked = match call.sent("body") {
        None => Whose::Own,
        Some(body) => Whose::Body(body.to_owned()),
    };
    let known = match &asked {
        Whose::Own => true,
        Whose::Body(body) => bodies.iter().any(|(id, _)| id == body),
    };
    let mut made = None;
    match call.sent("do") {
        Some("make") if known => {
            let token = indoors.make_feed(visitor, &asked).await?;
            let path = Room::Feed(token).path(call.language);
            made = Some(format!("{}{path}", call.origin));
        }
        // Also of a body in which the person sits no more.
        Some("drop") => {
            indoors.drop_feed(visitor, &asked).await?;
            return Ok(call.go(&Room::Feeds));
        }
        Some(_) => return Err(Fault::NotFound.into()),
        None => {}
    }
    let all = indoors.feeds(visitor).await?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("agenda-title").into_owned();
    let framed = framed.titled(title);
    let own = (Whose::Own, framed.say("agenda-own").into_owned());
    let bodies = bodies.into_iter();
    let bodies = bodies.map(|(id, label)| (Whose::Body(id), label));
    let lines = [own].into_iter().chain(bodies).map(|(whose, label)| Line {
        has: all.contains(&whose),
        made: made.clone().filter(|_| whose == asked),
        body: match whose {
            Whose::Own => String::new(),
            Whose::Body(id) => id,
        },
        label,
    });
    page(
        StatusCode::OK,
        &Feeds {
            lines: lines.collect(),
            frame: framed,
        },
    )
}

/// A calendar for a program that fetches it.
pub(super) async fn feed(call: &Call, token: &str) -> Result<Outcome, Outcome> {
    let found = call.indoors()?.feed(token, call.language).await?;
    let (whose, seats) = found.ok_or(Fault::NotFound)?;
    let framed = frame(call, None, "");
    let (deadlines, days) = match &whose {
        Whose::Own => (
            own_deadlines(call, &framed, &seats),
            own_dates(call, &framed, &seats),
        ),
        Whose::Body(body) => of_body(call, &framed, &seats, body),
    };
    let file = comity_view::feed(&deadlines, &days);
    Ok(Outcome::File(
        "text/calendar; charset=utf-8",
        "deadlines.ics",
        file.into_bytes(),
    ))
}

/// The deadlines of every seat that the person holds.
fn own_deadlines(call: &Call, frame: &Frame, seats: &[Inside]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for inside in seats {
        for line in inside.consultations() {
            let entry = super::consultation::entry_of(call, frame, inside, &line.id);
            entries
                .extend(entry.filter(|entry| entries.iter().all(|other| other.name != entry.name)));
        }
    }
    entries
}

/// The days that they are asked about, until that is closed.
fn own_dates(call: &Call, frame: &Frame, seats: &[Inside]) -> Vec<Days> {
    let mut dates: Vec<Days> = Vec::new();
    for inside in seats {
        for days in super::informal::entries(call, frame.words(), inside) {
            if dates.iter().all(|other| other.name != days.name) {
                dates.push(days);
            }
        }
    }
    dates
}

/// The meetings of a body that one of the seats sees, and the close of each round where its members are those that are asked.
fn of_body(call: &Call, frame: &Frame, seats: &[Inside], body: &str) -> (Vec<Entry>, Vec<Days>) {
    let (mut closes, mut days): (Vec<Entry>, Vec<Days>) = (Vec::new(), Vec::new());
    for inside in seats {
        let seen = inside.gatherings().into_iter();
        for line in seen.filter(|line| line.body == body) {
            let name = format!("meeting.{}", line.id);
            // A month, or a year, is no day to be kept free.
            let (Some(first), Some(last)) = (line.date.first_day(), line.date.last_day()) else {
                continue;
            };
            if days.iter().any(|known| known.name == name) {
                continue;
            }
            let midnight = first.at(0, 0, 0, 0);
            days.push(Days {
                name,
                // The record does not say when it was agreed.
                stamp: jiff::tz::Offset::UTC
                    .to_timestamp(midnight)
                    .unwrap_or_default(),
                first,
                last,
                certainty: Certainty::Fixed,
                description: None,
                summary: line.link.label.text,
                location: line.place.as_ref().map(|found| place(frame.words(), found)),
                url: format!(
                    "{}{}",
                    call.origin,
                    Room::Meeting(line.id).path(call.language)
                ),
            });
        }
        if !inside.decides_first(body) {
            continue;
        }
        for line in inside.consultations() {
            let entry = super::consultation::close_of(call, frame, inside, &line.id);
            closes
                .extend(entry.filter(|entry| closes.iter().all(|other| other.name != entry.name)));
        }
    }
    (closes, days)
}
