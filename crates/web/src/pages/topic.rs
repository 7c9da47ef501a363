use askama::Template;
use comity_view::{AddressedLine, Link, TopicTie};
use comity_wording::Wording;

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::pictures::matrix::MatrixTable;
use crate::rows::{self, SupportRow, WorkRow};

#[derive(Template)]
#[template(path = "pages/topic.html")]
struct TopicPage {
    frame: Frame,
    name: Link,
    section: Link,
    number: u16,
    summary: String,
    matrix: Option<MatrixTable>,
    addressed: Vec<Addressed>,
    documents: Vec<WorkRow>,
    actions: Vec<WorkRow>,
    supports: Vec<SupportRow>,
    linked: Vec<Linked>,
    previous: Option<Link>,
    next: Option<Link>,
    attribution: Attribution,
}

/// What a row of the source says of who took the topic up, and when.
struct Addressed {
    bodies: Vec<Link>,
    years: String,
    occasion: Option<Link>,
    meeting: Option<Link>,
    attribution: Attribution,
}

struct Linked {
    topic: Link,
    through: Vec<Link>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let page = ask.view.topic(ask.id()?).ok_or_else(|| ask.unknown())?;
    let line = page.line;
    let name = line.link.label.text.clone();
    let frame = Frame::new(ask, name.clone()).below(&Address::Plan);
    // A theme with a section of its own name is told once.
    let frame = if page.theme.label == page.section.label {
        frame
    } else {
        frame.below_thing(&page.theme)
    };
    let frame = frame.below_thing(&page.section);
    let words = frame.words();
    let caption = words.say("topic-picture").into_owned();
    let tie = |tie: TopicTie| Linked {
        topic: tie.topic,
        through: tie.documents.into_iter().chain(tie.actions).collect(),
    };
    render(&TopicPage {
        matrix: MatrixTable::of_bodies(
            &page.matrix.by_body,
            &page.years,
            ask.view.day().year(),
            caption,
            words,
        ),
        addressed: page
            .addressed
            .into_iter()
            .map(|row| addressed(&frame, row, &name))
            .collect(),
        attribution: Attribution::new(&frame, &line.says, &name),
        documents: rows::documents(words, page.documents),
        actions: rows::actions(words, page.actions),
        supports: rows::supports(&frame, page.supports),
        linked: page.linked.into_iter().map(tie).collect(),
        frame: frame.described(line.summary.clone()),
        name: line.link,
        section: page.section,
        number: line.number,
        summary: line.summary,
        previous: page.previous,
        next: page.next,
    })
}

fn addressed(frame: &Frame, row: AddressedLine, topic: &str) -> Addressed {
    let years = years(frame.words(), &row);
    Addressed {
        attribution: Attribution::new(frame, &row.says, &format!("{topic}, {years}")),
        years,
        bodies: row.bodies,
        occasion: row.occasion,
        meeting: row.meeting,
    }
}

/// "1996–1998, since 2002"
fn years(words: &Wording, row: &AddressedLine) -> String {
    let single = words.years(&row.years);
    let since = row
        .since
        .map(|year| words.say_with("topic-since", &[("year", year.to_string().into())]));
    [Some(single).filter(|years| !years.is_empty()), since]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}
