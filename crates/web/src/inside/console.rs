use askama::Template;
use axum::http::StatusCode;
use comity_view::{Action, Class, Whose};

use super::Health;
use super::audience::{Audiences, audience};
use super::draw::{frame, page};
use super::visit::{Call, Outcome};
use crate::fault::Fault;
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "inside/console.html")]
struct Console {
    frame: Frame,
    health: Health,
    /// When the last act was recorded, and the last backup noted, in words.
    last_act: Option<String>,
    backup: Option<(String, u64)>,
    /// How many acts are in no backup that was noted.
    since_backup: u64,
    audience: Audiences,
    why: String,
    policy: String,
}

/// How the program is: what `comity doctor` and the monitor tell, for whoever looks after it.
pub(super) async fn console(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let why = inside.may(Action::Read, &Class::Console);
    if !why.allowed {
        return Err(Fault::NotFound.into());
    }
    let health = call.indoors()?.health().await?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("console-title").into_owned();
    let framed = framed.titled(title);
    let when = |at: jiff::Timestamp| {
        let wall = jiff::tz::Offset::UTC.to_datetime(at);
        let day = framed.words().day(wall.date());
        format!("{day}, {:02}:{:02} UTC", wall.hour(), wall.minute())
    };
    let audience = if inside.may(Action::Manage, &Class::Console).allowed {
        audience(&inside, Action::Read, &Class::Console)
    } else {
        Audiences::default()
    };
    let noted = health.backup.map_or(0, |(_, acts)| acts);
    page(
        StatusCode::OK,
        &Console {
            last_act: health.last_act_at.map(when),
            backup: health.backup.map(|(at, acts)| (when(at), acts)),
            since_backup: health.acts.saturating_sub(noted),
            health,
            audience,
            why: why.policy.reason.get(call.language).to_owned(),
            policy: why.policy.id.clone(),
            frame: framed,
        },
    )
}
