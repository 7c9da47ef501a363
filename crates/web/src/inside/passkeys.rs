use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::visit::{Call, Outcome};
use super::{Ceremony, Room};
use crate::fault::Fault;

/// What a script sends for the second half of a ceremony.
#[derive(Deserialize)]
struct Second<'a> {
    ceremony: String,
    #[serde(borrow)]
    answer: &'a RawValue,
}

/// Asks the device of whoever is in for a new passkey.
pub(super) async fn begin_making(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    // Whoever finds a browser open must not leave a key of theirs in it.
    if !visitor.proven {
        return Ok(refused());
    }
    first(call.indoors()?.begin_making(visitor).await?)
}

pub(super) async fn finish_making(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    let Second { ceremony, answer } = second(call)?;
    let indoors = call.indoors()?;
    let taken = indoors
        .finish_making(visitor, &ceremony, answer.get(), &call.agent)
        .await?;
    let to = json!({ "to": Room::Account.path(call.language) });
    Ok(if taken {
        Outcome::Json(StatusCode::OK, to.to_string(), None)
    } else {
        refused()
    })
}

/// Asks whoever is there to show a passkey.
pub(super) async fn begin_showing(call: &Call) -> Result<Outcome, Outcome> {
    first(call.indoors()?.begin_showing().await?)
}

pub(super) async fn finish_showing(call: &Call) -> Result<Outcome, Outcome> {
    let Second { ceremony, answer } = second(call)?;
    let indoors = call.indoors()?;
    let visitor = call.visitor.as_ref();
    let entered = indoors
        .finish_showing(visitor, &ceremony, answer.get(), &call.agent)
        .await?;
    let to = json!({ "to": Room::Desk.path(call.language) });
    Ok(match entered {
        Some(token) => Outcome::Json(StatusCode::OK, to.to_string(), Some(token)),
        None => refused(),
    })
}

pub(super) async fn drop(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    let id = call.sent("passkey").unwrap_or_default();
    call.indoors()?.drop_passkey(visitor, id).await?;
    Ok(call.go(&Room::Account))
}

fn first(ceremony: Option<Ceremony>) -> Result<Outcome, Outcome> {
    let Ceremony { token, options } = ceremony.ok_or(Fault::NotFound)?;
    let options: Value = serde_json::from_str(&options).map_err(|_| Fault::Failed)?;
    let text = json!({ "ceremony": token, "options": options });
    Ok(Outcome::Json(StatusCode::OK, text.to_string(), None))
}

fn second(call: &Call) -> Result<Second<'_>, Outcome> {
    let text = call.json.as_deref().ok_or(Fault::Malformed)?;
    serde_json::from_str(text).map_err(|_| Fault::Malformed.into())
}

/// Whatever the reason: who has which passkey is nobody's business.
fn refused() -> Outcome {
    Outcome::Json(StatusCode::FORBIDDEN, "{}".to_owned(), None)
}
