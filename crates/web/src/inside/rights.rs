use askama::Template;
use axum::http::StatusCode;
use comity_view::{RightsGroup, RightsLine};

use super::draw::{frame, page};
use super::visit::{Call, Outcome};
use crate::frame::Frame;

/// An answer in words.
struct Line {
    action: String,
    allowed: bool,
    reason: String,
    policy: String,
    lines: Option<String>,
    assumption: bool,
    /// What would have opened: its reason, its name, and the clauses that did not hold.
    near: Option<(String, String, Vec<String>)>,
}

struct Group {
    heading: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "inside/rights.html")]
struct Rights {
    frame: Frame,
    seat: String,
    groups: Vec<Group>,
}

/// What the seat may do and what not, each with the rule that says so. It speaks of kinds of things: whether there is one,
/// it does not say.
pub(super) fn rights(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("rights-title").into_owned();
    let framed = framed.titled(title);
    let groups = inside.rights().into_iter();
    let groups = groups.map(|group| in_words(call, &framed, group)).collect();
    let seat = inside.seat();
    let seat = seat.map(|seat| format!("{}, {}", seat.label, seat.party_label));
    page(
        StatusCode::OK,
        &Rights {
            seat: seat.unwrap_or_default(),
            groups,
            frame: framed,
        },
    )
}

fn in_words(call: &Call, frame: &Frame, group: RightsGroup) -> Group {
    let line = |line: RightsLine| {
        let policy = line.answer.policy;
        Line {
            action: frame
                .say(&format!("right-{}", line.action.as_str()))
                .into_owned(),
            allowed: line.answer.allowed,
            reason: policy.reason.get(call.language).to_owned(),
            lines: policy.lines.clone(),
            assumption: policy.assumption,
            policy: policy.id.clone(),
            near: line.near.map(|near| {
                let reason = near.policy.reason.get(call.language).to_owned();
                (reason, near.policy.id.clone(), near.unmet)
            }),
        }
    };
    let heading = group.name.unwrap_or_else(|| {
        let key = format!("thing-{}", group.thing);
        frame.say(&key).into_owned()
    });
    Group {
        heading,
        lines: group.lines.into_iter().map(line).collect(),
    }
}
