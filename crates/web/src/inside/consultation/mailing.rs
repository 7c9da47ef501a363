//! The letters of a round, or of an informal consultation: whom exactly they go to, when, and what is done with them before.

use comity_view::{ConsultationPage, Inside};
use jiff::{SignedDuration, Timestamp};

use super::drafts::prepares;
use super::words::{Wall, moment};
use crate::frame::Frame;
use crate::inside::visit::{Call, Outcome};
use crate::inside::{Held, InMailing, LettersOf, Mailing, NotDone, Visitor};

/// Up to so many people the list stands open.
const SHORT: usize = 40;

/// Letters and whom they go to, in words.
pub(in crate::inside) struct MailingShown {
    pub(in crate::inside) title: String,
    /// When they go out, or that they are stopped.
    pub(in crate::inside) lead: String,
    /// Why nothing goes out in any case.
    pub(in crate::inside) nothing: Option<String>,
    pub(in crate::inside) tests: bool,
    pub(in crate::inside) test_copy: Option<String>,
    pub(in crate::inside) sends: bool,
    pub(in crate::inside) stops: bool,
    /// The list stands open: there is something to do with it or it was asked for, and it is short.
    pub(in crate::inside) opens: bool,
    pub(in crate::inside) lines: Vec<LineShown>,
}

/// Somebody to whom a letter goes, in words.
pub(in crate::inside) struct LineShown {
    pub(in crate::inside) party: String,
    pub(in crate::inside) seats: String,
    pub(in crate::inside) name: String,
    pub(in crate::inside) address: String,
    pub(in crate::inside) state: Option<String>,
    pub(in crate::inside) why: Option<String>,
}

/// Does what a form asks for of the letters; nothing where it is of another kind.
pub(in crate::inside) async fn mailed(
    call: &Call,
    visitor: &Visitor,
    of: LettersOf<'_>,
) -> Result<Option<Result<(), NotDone>>, Outcome> {
    let what = match call.sent("do") {
        Some("test-copy") => InMailing::TestCopy,
        Some("send-now") => InMailing::SendNow,
        Some("stop-letters") => InMailing::Stop,
        _ => return Ok(None),
    };
    let done = call.indoors()?.in_mailing(visitor, of, what).await?;
    Ok(Some(done))
}

/// How long letters stand on their page by themselves.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Whether they stand on it, whatever form was sent: before the first round, on the first day of one, while they are stopped, and
/// for whoever asks.
pub(in crate::inside) async fn letters_stand(
    call: &Call,
    inside: &Inside,
    seen: &ConsultationPage,
) -> Result<bool, Outcome> {
    if !prepares(seen.may) {
        return Ok(false);
    }
    let Some(round) = seen.round.as_ref() else {
        return Ok(true);
    };
    stand(call, inside, &round.act, round.opens_at).await
}

/// Whether the letters of an act stand on the page: on its first day, while they are stopped, and for whoever asks.
pub(in crate::inside) async fn stand_open(
    call: &Call,
    inside: &Inside,
    act: &str,
    since: Timestamp,
) -> Result<bool, Outcome> {
    Ok(call.form.is_some() || stand(call, inside, act, since).await?)
}

async fn stand(call: &Call, inside: &Inside, act: &str, since: Timestamp) -> Result<bool, Outcome> {
    let fresh = inside.now().duration_since(since) < FRESH;
    if fresh || call.query.get("letters").is_some() {
        return Ok(true);
    }
    Ok(call.indoors()?.stopped(act).await?)
}

/// Where they are asked for.
pub(in crate::inside) const ASKED_FOR: &str = "?letters=yes#mailing";

/// Them in words; that somebody looked at them is noted.
pub(in crate::inside) async fn mailing(
    call: &Call,
    visitor: &Visitor,
    of: LettersOf<'_>,
    found: Option<Mailing>,
    own: &str,
    frame: &Frame,
    zone: &Wall,
) -> Result<Option<MailingShown>, Outcome> {
    let indoors = call.indoors()?;
    let Some(found) = found else {
        return Ok(None);
    };
    // Names and addresses of another party: that they were looked at stands where its people read it.
    let mut seen: Vec<&str> = found.lines.iter().map(|line| line.party.as_str()).collect();
    seen.dedup();
    for party in seen.into_iter().filter(|party| *party != own) {
        indoors.saw(visitor, party).await?;
    }
    let (title, stopped, gone) = match of {
        LettersOf::Consultation(_) => ("mailing-title", "mailing-stopped", "mailing-gone"),
        LettersOf::Informal(_) => (
            "mailing-informal-title",
            "mailing-informal-stopped",
            "mailing-informal-gone",
        ),
    };
    let lead = match found.held {
        Held::NotOpened => frame.say("mailing-before").into_owned(),
        Held::Until(at) => frame.say_one("mailing-until", "at", moment(frame, at, zone)),
        Held::Stopped(at) => frame.say_one(stopped, "at", moment(frame, at, zone)),
        Held::No => frame.say(gone).into_owned(),
    };
    let waits = matches!(found.held, Held::Until(_) | Held::Stopped(_));
    // A round is tried before it is opened; an informal consultation has no draft, and is tried while its letters are held.
    let tests = match of {
        LettersOf::Consultation(_) => found.held == Held::NotOpened,
        LettersOf::Informal(_) => waits,
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
        title: frame.say(title).into_owned(),
        lead,
        nothing: nothing.map(|key| frame.say(key).into_owned()),
        tests: posts && tests,
        test_copy: found.test_copy.map(|(key, at)| {
            let state = frame.say(key).into_owned();
            let values = [
                ("state", state.into()),
                ("at", moment(frame, at, zone).into()),
            ];
            frame.words().say_with("mailing-test-copy-stands", &values)
        }),
        sends: posts && waits,
        stops: posts && matches!(found.held, Held::Until(_)),
        opens: (found.held != Held::No || call.query.get("letters").is_some())
            && lines.len() <= SHORT,
        lines: lines.collect(),
    }))
}
