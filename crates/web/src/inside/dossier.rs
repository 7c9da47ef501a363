use askama::Template;
use axum::http::StatusCode;
use comity_view::{Action, Class, Dossier, Whose};

use super::Room;
use super::audience::{Audiences, audience};
use super::draw::{below, frame, page};
use super::visit::{Call, Outcome};
use crate::fault::Fault;
use crate::frame::Frame;

/// A line with where it is read, and what is said beside it.
struct Line {
    label: String,
    href: Option<String>,
    beside: String,
}

struct Part {
    id: &'static str,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "inside/dossier.html")]
struct DossierPage {
    frame: Frame,
    current: Option<String>,
    next: Option<String>,
    report_due_from: Option<String>,
    parts: Vec<Part>,
    audience: Audiences,
    why: String,
    policy: String,
}

/// The dossier of the hand-over: what is open.
pub(super) fn dossier(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let found = inside.dossier().ok_or(Fault::NotFound)?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("dossier-title").into_owned();
    let up = framed.say("presidency-now-title").into_owned();
    let framed = below(framed.titled(title), up, Room::HandOver.path(call.language));
    let audience = if inside.may(Action::HandOver, &Class::Presidency).allowed {
        audience(&inside, Action::Read, &Class::Presidency)
    } else {
        Audiences::default()
    };
    let named = |term: &comity_view::TermLine| format!("{}, {}", term.party_label, term.term);
    page(
        StatusCode::OK,
        &DossierPage {
            current: found.presidency.current.as_ref().map(named),
            next: found.presidency.next.as_ref().map(named),
            report_due_from: found.report_due_from.clone(),
            why: found.why.policy.reason.get(call.language).to_owned(),
            policy: found.why.policy.id.clone(),
            parts: parts(call, &framed, found),
            audience,
            frame: framed,
        },
    )
}

fn parts(call: &Call, frame: &Frame, dossier: Dossier) -> Vec<Part> {
    let language = call.language;
    let action = |line: comity_view::ActionLine| Line {
        href: href(frame, &line.link),
        label: line.link.label.text,
        beside: line.section.label.text,
    };
    let candidacies = dossier.candidacies.into_iter().map(|line| Line {
        label: format!("{}, {}", line.party_label, line.term),
        href: Some(Room::HandOver.path(language)),
        beside: line.meeting.map(|link| link.label.text).unwrap_or_default(),
    });
    let applications = dossier.applications.into_iter().map(|line| Line {
        beside: frame.words().say_with(
            "application-having",
            &[("having", line.having.into()), ("of", line.of.into())],
        ),
        href: Some(Room::Application(line.act).path(language)),
        label: line.applicant,
    });
    let vacant = dossier.vacant.into_iter().map(|line| Line {
        beside: frame.say_one("dossier-vacant", "count", line.vacant),
        href: Some(Room::Party(line.id).path(language)),
        label: line.label,
    });
    let part = |id, lines: Vec<Line>| Part { id, lines };
    vec![
        part("candidacies", candidacies.collect()),
        part("applications", applications.collect()),
        part("ahead", dossier.ahead.into_iter().map(action).collect()),
        part(
            "proposals",
            dossier.proposals.into_iter().map(action).collect(),
        ),
        part("seats", vacant.collect()),
    ]
}

/// Where something public is read, if it has a page.
pub(super) fn href(frame: &Frame, link: &comity_view::Link) -> Option<String> {
    frame.leads(link).then(|| frame.to(link))
}
