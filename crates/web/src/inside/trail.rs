use askama::Template;
use axum::http::StatusCode;
use comity_view::{Action, Class, Whose};

use super::audience::{Audiences, audience};
use super::draw::{below, frame, page};
use super::visit::{Call, Outcome};
use super::{Room, Sight};
use crate::fault::Fault;
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "inside/trail.html")]
struct Trail {
    frame: Frame,
    party: String,
    days: Vec<(String, Vec<Sight>)>,
    /// Who else of the party reads it.
    audience: Audiences,
    why: String,
    policy: String,
}

/// Who looked at the people of a party. It is the party's own to read.
pub(super) async fn trail(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let people = inside.people(id).ok_or(Fault::NotFound)?;
    let why = inside.trail(id);
    if !why.allowed {
        return Err(Fault::NotFound.into());
    }
    let sights = call.indoors()?.sights(&inside, id).await?;
    let framed = frame(call, Some(&inside), "");
    let list = framed.say("people-title").into_owned();
    let framed = below(framed, list, Room::People.path(call.language));
    let party = Room::Party(id.to_owned()).path(call.language);
    let framed = below(framed, people.line.label.clone(), party);
    let mut days: Vec<(String, Vec<Sight>)> = Vec::new();
    for sight in sights {
        let day = framed.words().day(sight.day);
        match days.last_mut() {
            Some((last, sights)) if *last == day => sights.push(sight),
            _ => days.push((day, vec![sight])),
        }
    }
    let title = framed.say("trail-title").into_owned();
    let trail = Trail {
        party: people.line.label,
        days,
        audience: audience(&inside, Action::Read, &Class::Trail { of: id.into() }),
        why: why.policy.reason.get(call.language).to_owned(),
        policy: why.policy.id.clone(),
        frame: framed.titled(title),
    };
    page(StatusCode::OK, &trail)
}
