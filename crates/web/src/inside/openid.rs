use askama::Template;
use comity_view::Language;

use super::doors::{self, NOT_FROM_THERE, UNREACHED};
use super::draw::frame;
use super::visit::{Call, Outcome};
use super::{Back, Came, NotLetIn, Room, Way};
use crate::frame::Frame;
use crate::pages::render;

#[derive(Template)]
#[template(path = "inside/away.html")]
struct Away {
    frame: Frame,
    url: String,
}

/// Sends somebody to the account that their ministry gives them: to come in, to prove again who they are, or to bind it.
pub(super) async fn begin(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let bind = call.sent("bind").is_some();
    if bind && call.visitor.is_none() {
        return Ok(call.go(&Room::SignIn));
    }
    let visitor = call.visitor.as_ref();
    let way = call.indoors()?.begin_ministry(visitor, id, bind).await?;
    match way {
        Ok(Way { url, bound }) => {
            // A page on the way: forms of ours are sent to nobody else, nor passed on there.
            let framed = frame(call, None, "");
            let title = framed.say("away-title").into_owned();
            let frame = framed.titled(title);
            let html = render(&Away {
                frame,
                url: url.clone(),
            })?;
            let bound = format!("{}.{bound}", call.language.code());
            Ok(Outcome::Away { html, url, bound })
        }
        Err(not) => not_let_in(call, not).await,
    }
}

/// Whoever comes back from there.
pub(super) async fn returned(call: &Call) -> Result<Outcome, Outcome> {
    let asked = |name: &str| call.query.get(name).map(str::to_owned);
    // The browser was sent back to one address; it goes on in the language in which it went away.
    let kept = call.bound.as_deref().unwrap_or_default();
    let (language, bound) = kept.split_once('.').unwrap_or_default();
    let language = Language::from_code(language).unwrap_or(call.language);
    let back = Back {
        code: asked("code"),
        state: asked("state").unwrap_or_default(),
        issuer: asked("iss"),
        error: asked("error"),
        bound: bound.to_owned(),
    };
    let visitor = call.visitor.as_ref();
    let came = call
        .indoors()?
        .finish_ministry(visitor, &back, &call.agent)
        .await?;
    match came {
        Ok(Came::In(token)) => Ok(Outcome::Back(Room::Desk.path(language), Some(token))),
        Ok(Came::Bound) => Ok(Outcome::Back(Room::Account.path(language), None)),
        Err(not) => not_let_in(call, not).await,
    }
}

async fn not_let_in(call: &Call, not: NotLetIn) -> Result<Outcome, Outcome> {
    let wrong = match not {
        NotLetIn::NotRight => NOT_FROM_THERE,
        NotLetIn::TooOften => UNREACHED,
    };
    doors::refused(call, wrong).await
}
