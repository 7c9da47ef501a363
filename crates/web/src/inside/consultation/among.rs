//! What a delegation says among itself.

use comity_view::Inside;

use super::words::{Wall, moment};
use crate::frame::Frame;
use crate::inside::visit::{Call, Outcome};
use crate::inside::{InWorkroom, NotDone, Visitor};

/// What a delegation says among itself, in words.
pub(super) struct Among {
    pub(super) until: String,
    pub(super) remarks: Vec<(String, String, String, Option<String>)>,
}

/// Does what a form of the workroom asks for; nothing where it is of another kind.
pub(super) async fn worked(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    id: &str,
    own: &str,
) -> Result<Option<Result<(), NotDone>>, Outcome> {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let what = match call.sent("do") {
        Some("say") => InWorkroom::Say(text("remark")),
        Some("take-back") => InWorkroom::TakeBack(text("key")),
        Some("until") => InWorkroom::Until(call.sent("until").map(str::to_owned)),
        _ => return Ok(None),
    };
    if !inside.works_among_itself() {
        return Ok(Some(Err(NotDone::new(NotDone::NOT_PERMITTED))));
    }
    let done = call.indoors()?.in_workroom(visitor, id, own, what).await?;
    Ok(Some(done))
}

pub(super) async fn among(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    id: &str,
    frame: &Frame,
    zone: &Wall,
) -> Result<Option<Among>, Outcome> {
    if !inside.works_among_itself() {
        return Ok(None);
    }
    let found = call
        .indoors()?
        .workroom(visitor, id, inside.party())
        .await?;
    let remarks = found.remarks.into_iter().map(|remark| {
        let at = moment(frame, remark.at, zone);
        (
            remark.name,
            remark.text,
            at,
            remark.own.then_some(remark.key),
        )
    });
    Ok(Some(Among {
        until: found.until.map(|day| day.to_string()).unwrap_or_default(),
        remarks: remarks.collect(),
    }))
}
