use askama::Template;
use axum::http::StatusCode;
use comity_view::Entry;

use super::Room;
use super::draw::{frame, page};
use super::visit::{Call, Outcome};
use crate::fault::Fault;
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "inside/feeds.html")]
struct Feeds {
    frame: Frame,
    /// The address that was just made; it is shown once.
    made: Option<String>,
    has: bool,
}

/// The secret address of one's own calendar: made anew, or given up.
pub(super) async fn feeds(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let indoors = call.indoors()?;
    let mut made = None;
    match call.sent("do") {
        Some("make") => {
            let token = indoors.make_feed(visitor).await?;
            let path = Room::Feed(token).path(call.language);
            made = Some(format!("{}{path}", call.origin));
        }
        Some("drop") => {
            indoors.drop_feed(visitor).await?;
            return Ok(call.go(&Room::Feeds));
        }
        _ => {}
    }
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("agenda-title").into_owned();
    page(
        StatusCode::OK,
        &Feeds {
            frame: framed.titled(title),
            made,
            has: indoors.has_feed(visitor).await?,
        },
    )
}

/// The deadlines of every seat that the person holds, for a program that fetches them.
pub(super) async fn feed(call: &Call, token: &str) -> Result<Outcome, Outcome> {
    let found = call.indoors()?.feed(token, call.language).await?;
    let seats = found.ok_or(Fault::NotFound)?;
    let framed = frame(call, None, "");
    let mut entries: Vec<Entry> = Vec::new();
    for inside in &seats {
        for line in inside.consultations() {
            let entry = super::consultation::entry_of(call, &framed, inside, &line.id);
            entries
                .extend(entry.filter(|entry| entries.iter().all(|other| other.name != entry.name)));
        }
    }
    let file = Entry::feed(&entries, super::consultation::host(call));
    Ok(Outcome::File(
        "text/calendar; charset=utf-8",
        "deadlines.ics",
        file.into_bytes(),
    ))
}
