use askama::Template;
use comity_view::{Link, Plan, Says, SectionLine, ThemeLine, TopicGraph};
use comity_wording::Wording;

use super::{Ask, render};
use crate::Address;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::pictures::matrix::MatrixTable;
use crate::pictures::ties::{Ties, ties};
use crate::sources;

#[derive(Template)]
#[template(path = "pages/plan.html")]
struct PlanPage {
    frame: Frame,
    lead: String,
    themes: Vec<Theme>,
    matrix: Option<MatrixTable>,
    ties: Option<Ties>,
    ties_lead: String,
    tied: Vec<Tied>,
    source: Option<String>,
}

/// A theme with its sections.
struct Theme {
    kicker: String,
    link: Link,
    since: Option<String>,
    summary: Option<String>,
    sections: Vec<Section>,
}

/// A section with how much is in it.
pub(super) struct Section {
    pub(super) link: Link,
    pub(super) summary: Option<String>,
    /// "6 topics · 7 documents · 11 actions"
    pub(super) counts: String,
}

/// Two topics and what ties them.
struct Tied {
    one: Link,
    other: Link,
    through: Vec<Link>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())));
    let (plan, graph) = (ask.view.plan(), ask.view.links());
    let lead = lead(&plan, words);
    render(&PlanPage {
        matrix: MatrixTable::of_topics(&ask.view.matrix(None), ask.view.day().year(), words),
        ties: ties(&graph, words),
        ties_lead: words.say_with("links-lead", &[("count", graph.edges.len().into())]),
        source: sources::together(&frame, said(&plan)),
        tied: tied(graph),
        themes: plan
            .themes
            .into_iter()
            .map(|theme| drawn(theme, words))
            .collect(),
        frame: frame.described(lead.clone()),
        lead,
    })
}

fn lead(plan: &Plan, words: &Wording) -> String {
    if plan.themes.is_empty() {
        return words.say("plan-lead-empty").into_owned();
    }
    let sections: Vec<&SectionLine> = plan
        .themes
        .iter()
        .flat_map(|theme| &theme.sections)
        .collect();
    let topics: usize = sections.iter().map(|section| section.topics.len()).sum();
    let parts = [
        words.say_with("plan-themes", &[("count", plan.themes.len().into())]),
        words.say_with("plan-sections", &[("count", sections.len().into())]),
        words.say_with("plan-topics", &[("count", topics.into())]),
    ];
    words.say_with("plan-lead", &[("parts", words.all_of(&parts).into())])
}

fn said(plan: &Plan) -> impl Iterator<Item = &Says> {
    plan.themes.iter().flat_map(|theme| {
        let sections = theme.sections.iter().flat_map(|section| {
            std::iter::once(&section.says).chain(section.topics.iter().map(|topic| &topic.says))
        });
        std::iter::once(&theme.says).chain(sections)
    })
}

fn drawn(theme: ThemeLine, words: &Wording) -> Theme {
    Theme {
        kicker: words.say_with("plan-theme-number", &[("number", theme.number.into())]),
        link: theme.link,
        since: theme.since.map(|since| words.since(since.start())),
        summary: theme.summary,
        sections: theme
            .sections
            .iter()
            .map(|line| section(line, words))
            .collect(),
    }
}

pub(super) fn section(line: &SectionLine, words: &Wording) -> Section {
    Section {
        link: line.link.clone(),
        summary: line.summary.clone(),
        counts: counts(line, words).join(" · "),
    }
}

/// "six topics", "seven documents", … without what there is none of.
pub(super) fn counts(line: &SectionLine, words: &Wording) -> Vec<String> {
    let parts = [
        ("plan-topics", line.topics.len()),
        ("plan-documents", line.documents),
        ("plan-actions", line.actions),
        ("plan-proposals", line.proposals),
    ];
    parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| words.say_with(key, &[("count", count.into())]))
        .collect()
}

fn tied(graph: TopicGraph) -> Vec<Tied> {
    let TopicGraph { nodes, edges } = graph;
    let tie = |edge: comity_view::TopicEdge| Tied {
        one: nodes[edge.a].topic.clone(),
        other: nodes[edge.b].topic.clone(),
        through: edge.documents.into_iter().chain(edge.actions).collect(),
    };
    edges.into_iter().map(tie).collect()
}
