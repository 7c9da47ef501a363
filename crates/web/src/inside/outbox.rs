use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use comity_view::{Action, Class, Whose};

use super::audience::{Audiences, audience};
use super::draw::{frame, page};
use super::visit::{Call, Outcome};
use super::{Letters, Room};
use crate::fault::Fault;
use crate::frame::Frame;

struct Line {
    key: String,
    name: String,
    parties: Option<String>,
    matter: String,
    /// Of the consultation, where the seat may see it.
    topic: Option<String>,
    state: String,
    at: String,
    why: Option<String>,
    came_back: bool,
}

#[derive(Template)]
#[template(path = "inside/outbox.html")]
struct Outbox {
    frame: Frame,
    /// Absent where no letters are sent from here.
    letters: Option<(bool, usize, usize)>,
    lines: Vec<Line>,
    may_manage: bool,
    audience: Audiences,
    why: String,
    policy: String,
}

/// The letters: what was sent to whom and whether it arrived, not what it says. Whoever may, opens it.
pub(super) async fn outbox(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let why = inside.may(Action::Read, &Class::Outbox);
    if !why.allowed {
        return Err(Fault::NotFound.into());
    }
    let may_manage = inside.may(Action::Manage, &Class::Outbox).allowed;
    let indoors = call.indoors()?;
    if call.form.is_some() {
        if !may_manage {
            return Err(Fault::NotFound.into());
        }
        match (call.sent("open"), call.sent("again")) {
            (Some(open), _) => indoors.open_outbox(open == "yes").await?,
            (None, Some(key)) => indoors.send_again(key).await?,
            (None, None) => {}
        }
        return Ok(call.go(&Room::Outbox));
    }
    let letters = indoors.letters().await?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("letters-title").into_owned();
    let framed = framed.titled(title);
    let counts = letters
        .as_ref()
        .map(|letters| (letters.open, letters.waiting, letters.returned));
    let Letters { lines, .. } = letters.unwrap_or_default();
    let labels: BTreeMap<String, String> = inside
        .parties()
        .into_iter()
        .map(|party| (party.id, party.label))
        .collect();
    let topics: BTreeMap<String, String> = inside
        .consultations()
        .into_iter()
        .map(|line| (line.id, line.topic))
        .collect();
    let lines = lines.into_iter().map(|line| {
        let parties = line.parties.iter();
        let parties: Vec<&String> = parties.filter_map(|party| labels.get(party)).collect();
        let wall = jiff::tz::Offset::UTC.to_datetime(line.at);
        let day = framed.words().day(wall.date());
        Line {
            came_back: line.state == "letter-returned",
            parties: (!parties.is_empty()).then(|| framed.words().all_of(&parties)),
            topic: line.consultation.and_then(|id| topics.get(&id).cloned()),
            matter: framed.say(line.matter).into_owned(),
            state: framed.say(line.state).into_owned(),
            at: format!("{day}, {:02}:{:02} UTC", wall.hour(), wall.minute()),
            key: line.key,
            name: line.name,
            why: line.why,
        }
    });
    let outbox = Outbox {
        letters: counts,
        lines: lines.collect(),
        may_manage,
        audience: if may_manage {
            audience(&inside, Action::Read, &Class::Outbox)
        } else {
            Audiences::default()
        },
        why: why.policy.reason.get(call.language).to_owned(),
        policy: why.policy.id.clone(),
        frame: framed,
    };
    page(StatusCode::OK, &outbox)
}
