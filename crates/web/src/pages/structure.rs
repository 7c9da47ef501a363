use askama::Template;
use comity_view::{BodyLine, BodyRule, Link, Named, SessionLine, Structure, View};

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::gatherings;
use crate::pictures::bodies::{self, Bodies, bodies};
use crate::pictures::cycle::{self, Cycle, cycle};
use crate::{Address, Kind, sources};

#[derive(Template)]
#[template(path = "pages/structure.html")]
struct StructurePage {
    frame: Frame,
    lead: String,
    bodies: Option<Bodies>,
    rows: Vec<Row>,
    source: Option<String>,
    /// The kinds of party, as columns.
    kinds: Vec<String>,
    sessions: Vec<Session>,
    cycle: Option<Cycle>,
    /// The year's meetings in sentences.
    year: Vec<String>,
    steps_title: String,
    /// The steps summarise an agreed text.
    steps_are_summary: bool,
    steps: Vec<String>,
    steps_source: Option<String>,
    groups: Vec<Group>,
    assumptions: Vec<String>,
}

struct Row {
    sign: &'static str,
    link: Link,
    acronym: Option<String>,
    composition: String,
    meets: String,
    gives: String,
}

/// A body or one of its sessions, with what each kind of party may there.
struct Session {
    sign: &'static str,
    body: Link,
    name: Option<String>,
    cells: Vec<Cell>,
}

struct Cell {
    kind: String,
    text: String,
}

struct Group {
    link: Link,
    about: String,
    summary: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let structure = view.structure();
    let words = crate::language::words(view.language());
    let lead = words.say("structure-lead");
    let frame = Frame::new(ask, words.say(super::name_key(Kind::Structure)))
        .described(lead.clone())
        .below(&Address::About);
    let steps = view.entries("consultation_step", None);
    render(&StructurePage {
        bodies: bodies(words, &structure, &view.rules().chair.body),
        rows: structure
            .bodies
            .iter()
            .map(|line| row(&frame, &structure, line))
            .collect(),
        source: sources::together(&frame, structure.bodies.iter().map(|line| &line.says)),
        kinds: view
            .rules()
            .party_kinds
            .iter()
            .map(|kind| kind.plural.get(view.language()).to_owned())
            .collect(),
        sessions: structure
            .bodies
            .iter()
            .flat_map(|line| sessions(&frame, view, line))
            .collect(),
        cycle: cycle(words, &structure),
        year: cycle::told(words, &structure),
        steps_title: view.list_name("consultation_step"),
        steps_are_summary: view.list_is_summary("consultation_step"),
        steps_source: sources::together(&frame, steps.iter().map(|entry| &entry.says)),
        steps: steps.into_iter().map(|entry| entry.text).collect(),
        groups: structure
            .groups
            .into_iter()
            .map(|line| group(&frame, line))
            .collect(),
        assumptions: structure
            .assumptions
            .into_iter()
            .map(|assumption| assumption.why)
            .collect(),
        lead: lead.into_owned(),
        frame,
    })
}

fn row(frame: &Frame, structure: &Structure, line: &BodyLine) -> Row {
    let links = structure
        .chain
        .iter()
        .filter(|link| link.from.id == line.link.id);
    let gives: Vec<String> = links
        .map(|link| bodies::document(frame.words(), &link.document))
        .collect();
    Row {
        sign: gatherings::sign(line.mark),
        link: line.link.clone(),
        acronym: line.acronym.clone(),
        composition: line
            .composition
            .clone()
            .unwrap_or_else(|| line.summary.clone()),
        meets: bodies::meets(frame.words(), line).unwrap_or_else(dash),
        gives: if gives.is_empty() {
            dash()
        } else {
            gives.join("; ")
        },
    }
}

/// What stands in a cell without anything to say.
fn dash() -> String {
    "–".to_owned()
}

/// A row for each session of a body, or one for the body where it has none; bodies that nobody attends are left out.
fn sessions(frame: &Frame, view: &View, line: &BodyLine) -> Vec<Session> {
    let Some(rule) = &line.rule else {
        return Vec::new();
    };
    let cells = |at: &dyn Fn(&str) -> Option<&'static str>| {
        let kinds = view
            .rules()
            .party_kinds
            .iter()
            .map(|kind| (kind.plural.get(view.language()), at(&kind.id)));
        let said = |key: Option<&str>| {
            key.map_or_else(|| "–".to_owned(), |key| frame.say(key).into_owned())
        };
        kinds
            .map(|(kind, key)| Cell {
                kind: kind.to_owned(),
                text: said(key),
            })
            .collect::<Vec<_>>()
    };
    if rule.sessions.is_empty() {
        let none = rule.decides.is_empty()
            && rule.attends.is_empty()
            && rule.invited.is_empty()
            && rule.slots.is_empty();
        let cells = cells(&|kind| in_body(rule, kind));
        return if none {
            Vec::new()
        } else {
            vec![Session {
                sign: gatherings::sign(line.mark),
                body: line.link.clone(),
                name: None,
                cells,
            }]
        };
    }
    let session = |session: &SessionLine| Session {
        sign: gatherings::sign(line.mark),
        body: line.link.clone(),
        name: Some(session.name.clone()),
        cells: cells(&|kind| in_session(rule, session, kind)),
    };
    rule.sessions.iter().map(session).collect()
}

fn holds(kinds: &[Named], kind: &str) -> bool {
    kinds.iter().any(|found| found.id == kind)
}

/// The key of what a kind of party may in a body.
fn in_body(rule: &BodyRule, kind: &str) -> Option<&'static str> {
    match kind {
        _ if holds(&rule.decides, kind) => Some("structure-decides"),
        _ if holds(&rule.attends, kind) => Some("structure-attends"),
        _ if holds(&rule.invited, kind) => Some("structure-invited"),
        _ if holds(&rule.slots, kind) => Some("structure-slot"),
        _ => None,
    }
}

/// The key of what a kind of party may in a session.
fn in_session(rule: &BodyRule, session: &SessionLine, kind: &str) -> Option<&'static str> {
    match kind {
        _ if holds(&session.attends, kind) && holds(&rule.decides, kind) => {
            Some("structure-decides")
        }
        _ if holds(&session.attends, kind) => Some("structure-attends"),
        _ if holds(&session.slots, kind) => Some("structure-slot"),
        _ => None,
    }
}

fn group(frame: &Frame, line: BodyLine) -> Group {
    let since = line.since.map(|since| frame.words().since(since.start()));
    let parts = [
        Some(line.kind.name),
        line.status.map(|status| status.name),
        since,
    ];
    Group {
        link: line.link,
        about: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        summary: line.summary,
    }
}
