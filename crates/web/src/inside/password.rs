use askama::Template;
use axum::http::StatusCode;

use super::draw::{below, frame, page, why_not};
use super::visit::{Call, Outcome};
use super::{Given, NotLetIn, Room, Seed};
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "inside/password.html")]
struct Password {
    frame: Frame,
    seed: Seed,
    email: Option<String>,
    /// It is another than the one that was shown before.
    is_new: bool,
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "inside/recovery.html")]
struct Recovery {
    frame: Frame,
    codes: Vec<String>,
    back: String,
}

/// Sets a password with its second factor. The codes of recovery are shown once.
pub(super) async fn set(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    let indoors = call.indoors()?;
    if !indoors.has_passwords() || !visitor.proven {
        return Ok(call.go(&Room::Account));
    }
    let inside = indoors.inside(visitor, call.language);
    let framed = frame(call, inside.as_ref(), "");
    let account = framed.say("account-title").into_owned();
    let framed = below(framed, account, Room::Account.path(call.language));
    let mut refused = None;
    if call.form.is_some() {
        let sent = |name: &str| call.sent(name).unwrap_or_default();
        let set = indoors
            .set_password(visitor, sent("seed"), sent("password"), sent("code"))
            .await?;
        match set {
            Ok(codes) => {
                let title = framed.say("recovery-title").into_owned();
                let recovery = Recovery {
                    frame: framed.titled(title),
                    codes,
                    back: Room::Account.path(call.language),
                };
                return page(StatusCode::OK, &recovery);
            }
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    // Whoever mistyped a code goes on with the seed that is in their telephone.
    let before = call.sent("seed");
    let Some(seed) = indoors.seed(visitor, before) else {
        return Ok(call.go(&Room::Account));
    };
    let is_new = before.is_some_and(|before| before != seed.sealed);
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let title = framed.say("password-title").into_owned();
    let password = Password {
        frame: framed.titled(title),
        seed,
        is_new,
        email: visitor.card.email.clone(),
        refused,
    };
    page(status, &password)
}

/// Throws one's own password away.
pub(super) async fn drop(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    call.indoors()?.drop_password(visitor).await?;
    Ok(call.go(&Room::Account))
}

/// Signs in with what the form gave, or says why not.
pub(super) async fn enter(call: &Call) -> Result<Outcome, NotEntered> {
    let sent = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    // Whoever is in already proves again who they are, and is asked for their address no more.
    let own = call.visitor.as_ref().and_then(|own| own.card.email.clone());
    let given = Given {
        email: own.unwrap_or_else(|| sent("email").trim().to_owned()),
        password: sent("password"),
        code: sent("code"),
    };
    // Whoever is in goes back to what they were about to do.
    let next = match call.sent("next") {
        Some("hand-over") => Room::HandOver,
        Some("working-days") => Room::Calendar,
        Some("account") => Room::Account,
        Some("informal-new") => Room::NewInformal,
        Some(next) => match next.split_once('/') {
            Some(("consultation", id)) => Room::Consultation(id.to_owned()),
            Some(("informal", id)) => Room::Informal(id.to_owned()),
            _ => Room::Desk,
        },
        None => Room::Desk,
    };
    let indoors = call.indoors()?;
    let visitor = call.visitor.as_ref();
    let entered = indoors
        .enter_by_password(visitor, &given, call.device.as_deref(), &call.agent)
        .await;
    let entered = entered.map_err(Outcome::from)?;
    let entered = entered.map_err(NotEntered::Door)?;
    let to = next.path(call.language);
    Ok(match entered.device {
        Some(device) => Outcome::SignedInKnown(to, entered.session, device),
        None => Outcome::SignedIn(to, entered.session),
    })
}

/// Why nobody came in.
pub(super) enum NotEntered {
    Door(NotLetIn),
    Other(Outcome),
}

impl From<Outcome> for NotEntered {
    fn from(outcome: Outcome) -> Self {
        Self::Other(outcome)
    }
}
