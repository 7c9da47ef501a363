use askama::Template;
use axum::http::StatusCode;
use comity_view::{Action, GatheringLine, SessionSeen, Whose};

use super::Room;
use super::audience::{Audiences, audience};
use super::draw::{below, frame, page};
use super::visit::{Call, Outcome};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::rows::{date, place};

struct Line {
    label: String,
    href: String,
    beside: String,
}

#[derive(Template)]
#[template(path = "inside/gatherings.html")]
struct Gatherings {
    frame: Frame,
    lines: Vec<Line>,
    feeds: String,
}

/// The meetings of which the seat sees a session.
pub(super) fn list(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("gatherings-title").into_owned();
    let framed = framed.titled(title);
    let lines = inside.gatherings().into_iter();
    let lines = lines.map(|line| Line {
        href: Room::Meeting(line.id.clone()).path(call.language),
        beside: beside(&framed, &line),
        label: line.link.label.text,
    });
    page(
        StatusCode::OK,
        &Gatherings {
            lines: lines.collect(),
            feeds: Room::Feeds.path(call.language),
            frame: framed,
        },
    )
}

/// "July 2009 · Guatemala City, Guatemala"
fn beside(frame: &Frame, line: &GatheringLine) -> String {
    let when = date(frame.words(), Some(line.date));
    let here = line.place.as_ref();
    let here = here.map(|found| place(frame.words(), found));
    let parts: Vec<String> = when.into_iter().chain(here).collect();
    parts.join(" · ")
}

/// A session in words.
struct Session {
    name: String,
    /// What the seat does there: the key of each, and whether it may.
    does: Vec<(String, bool)>,
    items: Vec<String>,
    audience: Audiences,
    why: String,
    policy: String,
}

#[derive(Template)]
#[template(path = "inside/gathering.html")]
struct Gathering {
    frame: Frame,
    beside: String,
    public: Option<String>,
    sessions: Vec<Session>,
}

/// One meeting: the sessions that the seat may be in. Of others it says nothing, not that there are any.
pub(super) fn one(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let found = inside.gathering(id).ok_or(Fault::NotFound)?;
    let title = found.line.link.label.text.clone();
    let framed = frame(call, Some(&inside), title);
    let up = framed.say("gatherings-title").into_owned();
    let framed = below(framed, up, Room::Meetings.path(call.language));
    let sessions = found.sessions.into_iter();
    let sessions = sessions.map(|session| {
        // Who else is let in is for those who prepare the meeting or call it.
        let prepares = [Action::Arrange, Action::Convene]
            .iter()
            .any(|action| inside.may(*action, &session.class).allowed);
        let audience = if prepares {
            audience(&inside, Action::Read, &session.class)
        } else {
            Audiences::default()
        };
        in_words(call, &framed, session, audience)
    });
    page(
        StatusCode::OK,
        &Gathering {
            sessions: sessions.collect(),
            beside: beside(&framed, &found.line),
            public: super::dossier::href(&framed, &found.line.link),
            frame: framed,
        },
    )
}

fn in_words(call: &Call, frame: &Frame, session: SessionSeen, audience: Audiences) -> Session {
    let say = |action: &str| frame.say(&format!("right-{action}")).into_owned();
    Session {
        does: vec![
            (say("attend"), session.attend.allowed),
            (say("speak"), session.speak.allowed),
        ],
        why: session.why.policy.reason.get(call.language).to_owned(),
        policy: session.why.policy.id.clone(),
        name: session.name,
        items: session.items,
        audience,
    }
}
