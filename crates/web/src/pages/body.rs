use askama::Template;
use comity_view::{
    AddressedTopic, BodyPage, BodyRule, EntryList, Link, Named, RuleLine, SessionLine, Words,
};

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::gatherings::{self, Deed, MeetingRow};
use crate::pictures::bodies;
use crate::sources;

#[derive(Template)]
#[template(path = "pages/body.html")]
struct Body {
    frame: Frame,
    kicker: String,
    sign: &'static str,
    acronym: Option<String>,
    aliases: Vec<Words>,
    summary: String,
    composition: Option<String>,
    facts: Vec<(String, String)>,
    linked: Vec<(String, Vec<Link>)>,
    sessions: Vec<Session>,
    /// What its agenda cannot go without.
    minimum_items: Vec<String>,
    lists: Vec<List>,
    passes: Vec<String>,
    history: Vec<Deed>,
    steps: Vec<Deed>,
    topics: Vec<Topic>,
    meetings: Vec<MeetingRow>,
    rules_source: Option<String>,
    attribution: Attribution,
}

struct Session {
    name: String,
    door: String,
    lines: Vec<(String, String)>,
}

struct List {
    title: String,
    summary: bool,
    texts: Vec<String>,
    source: Option<String>,
}

struct Topic {
    link: Link,
    years: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let page = view.body(ask.id()?).ok_or_else(|| ask.unknown())?;
    let name = page.line.link.label.text.clone();
    let frame = Frame::new(ask, name.as_str())
        .described(page.line.summary.as_str())
        .below(&Address::About)
        .below(&Address::Structure);
    let rule = page.line.rule.as_ref();
    render(&Body {
        kicker: kicker(&page),
        sign: gatherings::sign(page.line.mark),
        facts: facts(&frame, &page),
        linked: linked(&frame, &page),
        sessions: rule
            .map(|rule| {
                rule.sessions
                    .iter()
                    .map(|session| drawn(&frame, rule, session))
                    .collect()
            })
            .unwrap_or_default(),
        minimum_items: rule
            .map(|rule| names(&rule.minimum_items))
            .unwrap_or_default(),
        passes: passes(&frame, &page),
        rules_source: sources::of_lines(&frame, rule.and_then(|rule| rule.cited.lines.as_deref())),
        attribution: Attribution::new(&frame, &page.line.says, &name),
        acronym: page.line.acronym.clone(),
        summary: page.line.summary.clone(),
        composition: page.line.composition.clone(),
        aliases: page.aliases,
        lists: page
            .lists
            .into_iter()
            .map(|list| listed(&frame, list))
            .collect(),
        history: page
            .history
            .into_iter()
            .map(|step| Deed {
                about: None,
                ..gatherings::deed(&frame, step)
            })
            .collect(),
        steps: page
            .steps
            .into_iter()
            .map(|step| gatherings::deed(&frame, step))
            .collect(),
        topics: page
            .topics
            .into_iter()
            .map(|topic| addressed(&frame, topic))
            .collect(),
        meetings: gatherings::meetings(&frame, &page.meetings),
        frame,
    })
}

fn kicker(page: &BodyPage) -> String {
    let status = page.line.status.as_ref().map(|status| status.name.clone());
    [Some(page.line.kind.name.clone()), status]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Facts in words, each under its name; what is not known is left out.
fn facts(frame: &Frame, page: &BodyPage) -> Vec<(String, String)> {
    let words = frame.words();
    let line = &page.line;
    let rule = line.rule.as_ref();
    let kinds = |kinds: Option<&Vec<Named>>| {
        kinds
            .filter(|kinds| !kinds.is_empty())
            .map(|kinds| joined(frame, kinds))
    };
    let said = [
        ("body-since", line.since.map(|since| words.date(&since))),
        ("body-until", line.until.map(|until| words.date(&until))),
        ("body-meets", bodies::meets(words, line)),
        ("body-decides", kinds(rule.map(|rule| &rule.decides))),
        ("body-attends", kinds(rule.map(|rule| &rule.attends))),
        ("body-invited", kinds(rule.map(|rule| &rule.invited))),
        ("body-slots", kinds(rule.map(|rule| &rule.slots))),
    ];
    said.into_iter()
        .filter_map(|(key, text)| Some((frame.say(key).into_owned(), text?)))
        .collect()
}

fn linked(frame: &Frame, page: &BodyPage) -> Vec<(String, Vec<Link>)> {
    let rule = page.line.rule.as_ref();
    let one = |of: fn(&BodyRule) -> &Option<Link>| {
        rule.and_then(|rule| of(rule).clone())
            .into_iter()
            .collect::<Vec<_>>()
    };
    let rows = [
        ("body-reports-to", one(|rule| &rule.reports_to)),
        ("body-reporting", page.reporting.clone()),
        (
            "body-parallel",
            rule.map(|rule| rule.parallel.clone()).unwrap_or_default(),
        ),
        ("body-precedes", one(|rule| &rule.precedes)),
        ("body-first-with", one(|rule| &rule.first_with)),
        ("body-groups", page.groups.clone()),
    ];
    rows.into_iter()
        .filter(|(_, links)| !links.is_empty())
        .map(|(key, links)| (frame.say(key).into_owned(), links))
        .collect()
}

fn joined(frame: &Frame, kinds: &[Named]) -> String {
    frame.words().all_of(
        &kinds
            .iter()
            .map(|kind| kind.name.as_str())
            .collect::<Vec<_>>(),
    )
}

fn names(lines: &[RuleLine]) -> Vec<String> {
    lines.iter().map(|line| line.name.clone()).collect()
}

fn drawn(frame: &Frame, rule: &BodyRule, session: &SessionLine) -> Session {
    let rank = session.rank.clone();
    let officials = session
        .officials_per_head
        .map(|count| frame.say_one("body-officials", "count", count));
    let deciding: Vec<Named> = session
        .attends
        .iter()
        .filter(|kind| rule.decides.contains(kind))
        .cloned()
        .collect();
    let said = |kinds: &[Named]| (!kinds.is_empty()).then(|| joined(frame, kinds));
    let listed = |lines: &[RuleLine]| (!lines.is_empty()).then(|| names(lines).join("; "));
    let lines = [
        ("body-attends", said(&session.attends)),
        ("body-decides", said(&deciding)),
        ("body-slots", said(&session.slots)),
        ("body-rank", rank),
        ("body-accompanied", officials),
        ("body-reserved", listed(&session.reserved)),
        ("body-minimum-items", listed(&session.minimum_items)),
    ];
    Session {
        name: session.name.clone(),
        door: frame
            .say(if session.open {
                "body-door-open"
            } else {
                "body-door-closed"
            })
            .into_owned(),
        lines: lines
            .into_iter()
            .filter_map(|(key, text)| Some((frame.say(key).into_owned(), text?)))
            .collect(),
    }
}

fn listed(frame: &Frame, list: EntryList) -> List {
    List {
        title: list.list.name,
        summary: list.summary,
        source: sources::together(frame, list.entries.iter().map(|entry| &entry.says)),
        texts: list.entries.into_iter().map(|entry| entry.text).collect(),
    }
}

/// What it gives to others and gets from them, in sentences.
fn passes(frame: &Frame, page: &BodyPage) -> Vec<String> {
    let words = frame.words();
    let sentence = |link: &comity_view::ChainLine| {
        let what = bodies::document(words, &link.document);
        match &link.to {
            Some(to) => words.say_with(
                "bodies-passes",
                &[
                    ("from", link.from.label.text.as_str().into()),
                    ("what", what.into()),
                    ("to", to.label.text.as_str().into()),
                ],
            ),
            None => words.say_with(
                "bodies-issues",
                &[
                    ("from", link.from.label.text.as_str().into()),
                    ("what", what.into()),
                ],
            ),
        }
    };
    page.chain.iter().map(sentence).collect()
}

fn addressed(frame: &Frame, topic: AddressedTopic) -> Topic {
    let since = topic
        .since
        .map(|since| frame.say_one("body-topic-since", "year", since.to_string()));
    let years = (!topic.years.is_empty()).then(|| frame.words().years(&topic.years));
    Topic {
        link: topic.topic,
        years: [years, since]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; "),
    }
}
