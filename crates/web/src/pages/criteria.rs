use askama::Template;
use comity_view::{CriteriaSet, EntryLine, Link, View};

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::{Address, Kind, sources};

#[derive(Template)]
#[template(path = "pages/criteria.html")]
struct Criteria {
    frame: Frame,
    sets: Vec<Set>,
    /// Lists of the record about the same: conditions, commitments.
    lists: Vec<List>,
}

/// What is asked of one kind of party.
struct Set {
    id: String,
    title: String,
    /// "Decided by the …, in the …"
    decided: Option<String>,
    texts: Vec<String>,
    meetings: Vec<Link>,
    source: Option<String>,
}

struct List {
    id: &'static str,
    title: String,
    summary: bool,
    texts: Vec<String>,
    source: Option<String>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let words = crate::language::words(view.language());
    let sets: Vec<CriteriaSet> = view
        .criteria()
        .into_iter()
        .filter(|set| !set.entries.is_empty())
        .collect();
    let lead = if sets.is_empty() {
        "criteria-empty"
    } else {
        "criteria-lead"
    };
    let frame = Frame::new(ask, words.say(super::name_key(Kind::Criteria)))
        .described(words.say(lead))
        .below(&Address::Members);
    render(&Criteria {
        sets: sets.into_iter().map(|set| drawn(&frame, set)).collect(),
        lists: ["condition", "commitment"]
            .into_iter()
            .filter_map(|id| list(&frame, view, id))
            .collect(),
        frame,
    })
}

fn drawn(frame: &Frame, set: CriteriaSet) -> Set {
    let decided = set.decided_by.as_ref().map(|body| {
        let values = [
            ("body", body.label.text.as_str().into()),
            ("session", set.decided_in.name.as_str().into()),
        ];
        frame.words().say_with("criteria-decided", &values)
    });
    let mut meetings: Vec<Link> = set
        .entries
        .iter()
        .filter_map(|entry| entry.meeting.clone())
        .collect();
    meetings.dedup();
    Set {
        id: set.kind.id,
        title: set.kind.name,
        decided,
        meetings,
        source: source(frame, &set.entries),
        texts: set.entries.into_iter().map(|entry| entry.text).collect(),
    }
}

fn list(frame: &Frame, view: &View, id: &'static str) -> Option<List> {
    let entries = view.entries(id, None);
    let source = source(frame, &entries);
    (!entries.is_empty()).then(|| List {
        id,
        title: view.list_name(id),
        summary: view.list_is_summary(id),
        source,
        texts: entries.into_iter().map(|entry| entry.text).collect(),
    })
}

fn source(frame: &Frame, entries: &[EntryLine]) -> Option<String> {
    sources::together(frame, entries.iter().map(|entry| &entry.says))
}
