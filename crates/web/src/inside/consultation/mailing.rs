//! The letters of a round: whom exactly they go to, when, and what is done with them before.

use comity_view::{ConsultationPage, Inside};
use jiff::SignedDuration;

use super::drafts::prepares;
use super::words::{Wall, moment};
use crate::frame::Frame;
use crate::inside::visit::{Call, Outcome};
use crate::inside::{Held, InMailing, NotDone, Visitor};

/// Up to so many people the list stands open.
const SHORT: usize = 40;

/// The letters of a round, in words.
pub(super) struct MailingShown {
    /// When they go out, or that they are stopped.
    pub(super) lead: String,
    /// Why nothing goes out in any case.
    pub(super) nothing: Option<String>,
    pub(super) tests: bool,
    pub(super) test_copy: Option<String>,
    pub(super) sends: bool,
    pub(super) stops: bool,
    /// The list stands open: there is something to do with it, and it is short.
    pub(super) opens: bool,
    pub(super) lines: Vec<LineShown>,
}

/// Somebody to whom a letter goes, in words.
pub(super) struct LineShown {
    pub(super) party: String,
    pub(super) seats: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) state: Option<String>,
    pub(super) why: Option<String>,
}

/// Does what a form asks for of the letters; nothing where it is of another kind.
pub(super) async fn mailed(
    call: &Call,
    visitor: &Visitor,
    id: &str,
) -> Result<Option<Result<(), NotDone>>, Outcome> {
    let what = match call.sent("do") {
        Some("test-copy") => InMailing::TestCopy,
        Some("send-now") => InMailing::SendNow,
        Some("stop-letters") => InMailing::Stop,
        _ => return Ok(None),
    };
    let done = call.indoors()?.in_mailing(visitor, id, what).await?;
    Ok(Some(done))
}

/// How long the letters of a round stand on its page by themselves.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Whether they stand on it: before the round, on its first day, while they are stopped, and for whoever asks.
pub(super) async fn shows_letters(
    call: &Call,
    inside: &Inside,
    seen: &ConsultationPage,
) -> Result<bool, Outcome> {
    if !prepares(seen.may) {
        return Ok(false);
    }
    let running = seen.round.as_ref().filter(|round| !round.over);
    let Some(round) = running else {
        return Ok(true);
    };
    let fresh = inside.now().duration_since(round.opens_at) < FRESH;
    if fresh || call.query.get("letters").is_some() || call.form.is_some() {
        return Ok(true);
    }
    Ok(call.indoors()?.stopped(&round.act).await?)
}

pub(super) async fn mailing(
    call: &Call,
    visitor: &Visitor,
    id: &str,
    parties: &[String],
    own: &str,
    frame: &Frame,
    zone: &Wall,
) -> Result<Option<MailingShown>, Outcome> {
    let indoors = call.indoors()?;
    let found = indoors.mailing(visitor, id, parties, call.language).await?;
    let Some(found) = found else {
        return Ok(None);
    };
    // Names and addresses of another party: that they were looked at stands where its people read it.
    let mut seen: Vec<&str> = found.lines.iter().map(|line| line.party.as_str()).collect();
    seen.dedup();
    for party in seen.into_iter().filter(|party| *party != own) {
        indoors.saw(visitor, party).await?;
    }
    let lead = match found.held {
        Held::NotOpened => frame.say("mailing-before").into_owned(),
        Held::Until(at) => frame.say_one("mailing-until", "at", moment(frame, at, zone)),
        Held::Stopped(at) => frame.say_one("mailing-stopped", "at", moment(frame, at, zone)),
        Held::No => frame.say("mailing-gone").into_owned(),
    };
    let nothing = match found.open {
        None => Some("letters-nowhere"),
        Some(false) => Some("mailing-closed"),
        Some(true) => None,
    };
    let posts = found.open.is_some();
    let lines = found.lines.into_iter().map(|line| LineShown {
        party: line.party_label,
        seats: line.seats.join("; "),
        name: if line.name.is_empty() {
            frame.say("people-forgotten").into_owned()
        } else {
            line.name
        },
        address: line
            .email
            .unwrap_or_else(|| frame.say("mailing-no-address").into_owned()),
        state: line.state.map(|key| frame.say(key).into_owned()),
        why: line.why,
    });
    Ok(Some(MailingShown {
        lead,
        nothing: nothing.map(|key| frame.say(key).into_owned()),
        tests: posts && found.held == Held::NotOpened,
        test_copy: found.test_copy.map(|(key, at)| {
            let state = frame.say(key).into_owned();
            let values = [
                ("state", state.into()),
                ("at", moment(frame, at, zone).into()),
            ];
            frame.words().say_with("mailing-test-copy-stands", &values)
        }),
        sends: posts && matches!(found.held, Held::Until(_) | Held::Stopped(_)),
        stops: posts && matches!(found.held, Held::Until(_)),
        opens: found.held != Held::No && lines.len() <= SHORT,
        lines: lines.collect(),
    }))
}
