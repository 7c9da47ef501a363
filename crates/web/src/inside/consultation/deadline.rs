//! The deadline of a country as an entry for a calendar.

use comity_view::{ConsultationPage, Deadline, Entry, Inside, Matter};

use super::words::{Wall, until, wall_of_seat};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::inside::Room;
use crate::inside::draw::frame;
use crate::inside::visit::{Call, Outcome};

/// The deadline of the seat's country in the round that was opened last, as an entry for a calendar.
pub(in crate::inside) fn entry_of(
    call: &Call,
    frame: &Frame,
    inside: &Inside,
    id: &str,
) -> Option<Entry> {
    let seen = inside.consultation(id).filter(|seen| seen.end.is_none())?;
    let round = seen.round.as_ref()?;
    let own = round.members.iter().find(|member| member.own)?;
    let wall = Wall::of(&own.term.zone, own.city.as_deref());
    let path = Room::Consultation(id.to_owned()).path(call.language);
    let summary = summary(frame, &seen, "consult-entry");
    Some(Entry {
        // The same name as in the letter: a program that has the one takes the other for it.
        name: Deadline::name(id, &own.party),
        sequence: Deadline::of(round.number, round.extended).sequence(),
        stamp: round.opens_at,
        at: own.term.ends_at,
        cancelled: false,
        summary,
        description: until(frame, own.term.ends_at, &wall),
        url: format!("{}{path}", call.origin),
    })
}

/// When the round that was opened last closes for all, as an entry for the calendar of those who are asked together.
pub(in crate::inside) fn close_of(
    call: &Call,
    frame: &Frame,
    inside: &Inside,
    id: &str,
) -> Option<Entry> {
    let seen = inside.consultation(id).filter(|seen| seen.end.is_none())?;
    let round = seen.round.as_ref()?;
    let wall = wall_of_seat(call, inside);
    let path = Room::Consultation(id.to_owned()).path(call.language);
    Some(Entry {
        name: Deadline::close(id),
        sequence: Deadline::of(round.number, round.extended).sequence(),
        stamp: round.opens_at,
        at: round.closes_at,
        cancelled: false,
        summary: summary(frame, &seen, "consult-close-entry"),
        description: until(frame, round.closes_at, &wall),
        url: format!("{}{path}", call.origin),
    })
}

/// What is of the closed door is not told to a program of others; letters keep it back too.
fn summary(frame: &Frame, seen: &ConsultationPage, key: &str) -> String {
    match seen.matter {
        Matter::Ordinary => frame.say_one(key, "topic", seen.line.topic.as_str()),
        Matter::ClosedDoor | Matter::Membership | Matter::Observers => {
            frame.say(&format!("{key}-closed")).into_owned()
        }
    }
}

/// The same as a file.
pub(in crate::inside) fn deadline(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let framed = frame(call, Some(&inside), "");
    let entry = entry_of(call, &framed, &inside, id).ok_or(Fault::NotFound)?;
    let file = entry.written().into_bytes();
    Ok(Outcome::File(
        "text/calendar; charset=utf-8",
        "deadline.ics",
        file,
    ))
}
