use askama::Template;
use comity_view::{EntryLine, Link, TopicLine};

use super::plan::counts;
use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::pictures::matrix::MatrixTable;
use crate::rows::{self, WorkRow};

#[derive(Template)]
#[template(path = "pages/section.html")]
struct SectionPage {
    frame: Frame,
    name: Link,
    kicker: String,
    lead: String,
    summary: Option<String>,
    uncertain: bool,
    topics: Vec<Topic>,
    matrix: Option<MatrixTable>,
    documents: Vec<WorkRow>,
    actions: Vec<WorkRow>,
    proposals: Vec<WorkRow>,
    entries: Vec<Entry>,
    attribution: Attribution,
}

struct Topic {
    link: Link,
    summary: String,
}

/// A row of a list that the source keeps for the section.
struct Entry {
    list: String,
    text: String,
    /// It summarises an agreed text.
    summary: bool,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let page = ask.view.section(ask.id()?).ok_or_else(|| ask.unknown())?;
    let line = page.line;
    let frame = Frame::new(ask, line.link.label.text.clone())
        .below(&Address::Plan)
        .below_thing(&page.theme);
    let words = frame.words();
    let parts = words.all_of(&counts(&line, words));
    let lead = words.say_with(
        "section-lead",
        &[
            ("theme", page.theme.label.text.as_str().into()),
            ("parts", parts.into()),
        ],
    );
    let number = words.say_with("plan-section-number", &[("number", line.number.into())]);
    let (proposals, actions) = page.actions.into_iter().partition(|action| action.proposal);
    let topic = |topic: TopicLine| Topic {
        link: topic.link,
        summary: topic.summary,
    };
    let entry = |entry: EntryLine| Entry {
        list: ask.view.list_name(&entry.list),
        summary: ask.view.list_is_summary(&entry.list),
        text: entry.text,
    };
    render(&SectionPage {
        kicker: line.since.map_or_else(
            || number.clone(),
            |since| format!("{number} · {}", words.since(since.start())),
        ),
        attribution: Attribution::new(&frame, &line.says, &line.link.label.text),
        matrix: MatrixTable::of_topics(&page.matrix, ask.view.day().year(), words),
        topics: line.topics.into_iter().map(topic).collect(),
        documents: rows::documents(words, page.documents),
        actions: rows::actions(words, actions),
        proposals: rows::actions(words, proposals),
        entries: page.entries.into_iter().map(entry).collect(),
        frame: frame.described(lead.clone()),
        name: line.link,
        lead,
        summary: line.summary,
        uncertain: line.uncertain && rows::is_past(ask),
    })
}
