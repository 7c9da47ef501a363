//! The form for a course of action.

use askama::Template;
use axum::http::StatusCode;

use super::asked::{both, text_of};
use super::begins;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::inside::consult::{Both, Consult};
use crate::inside::draw::{below, frame, page, why_not};
use crate::inside::visit::{Call, Outcome};
use crate::inside::{NotDone, Room, Visitor, Wish};

#[derive(Template)]
#[template(path = "inside/consultation_new.html")]
struct NewConsultation {
    frame: Frame,
    refused: Option<String>,
    parties: Vec<(String, String)>,
    on_a_note: bool,
    topic: Both,
    why_now: Both,
    why_agreed: Both,
    text: Both,
    matter: String,
    mandate: String,
    note: String,
}

/// The form for a course of action.
pub(in crate::inside) async fn new(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    if !begins(&inside) {
        return Err(Fault::NotFound.into());
    }
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let mut refused = None;
    if call.form.is_some() {
        match submitted(call, visitor).await? {
            Ok(act) => return Ok(call.go(&Room::Consultation(act))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("consult-new").into_owned();
    let framed = framed.titled(title);
    let up = framed.say("consultations-title").into_owned();
    let framed = below(framed, up, Room::Consultations.path(call.language));
    page(
        status,
        &NewConsultation {
            refused,
            parties: inside.presiding_party().into_iter().collect(),
            on_a_note: !inside.may_consult().allowed,
            topic: both(call, "topic"),
            why_now: both(call, "now"),
            why_agreed: both(call, "agreed"),
            text: text_of(call),
            matter: text("matter"),
            mandate: text("mandate"),
            note: text("note"),
            frame: framed,
        },
    )
}

async fn submitted(call: &Call, visitor: &Visitor) -> Result<Result<String, NotDone>, Outcome> {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let wish = Consult::Submit {
        party: text("party"),
        topic: both(call, "topic"),
        why_now: both(call, "now"),
        why_agreed: both(call, "agreed"),
        matter: text("matter"),
        mandate: call.sent("mandate").map(str::to_owned),
        text: text_of(call),
        note: call.sent("note").map(str::to_owned),
    };
    Ok(call
        .indoors()?
        .wish(visitor, Wish::Consult(Box::new(wish)))
        .await?)
}
