use askama::Template;
use comity_view::{Link, SectionLine};
use comity_wording::Wording;

use super::plan::counts;
use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::rows;

#[derive(Template)]
#[template(path = "pages/theme.html")]
struct ThemePage {
    frame: Frame,
    name: Link,
    kicker: String,
    lead: String,
    summary: Option<String>,
    uncertain: bool,
    sections: Vec<Section>,
    attribution: Attribution,
}

struct Section {
    link: Link,
    summary: Option<String>,
    counts: String,
    topics: Vec<Link>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let line = ask.view.theme(ask.id()?).ok_or_else(|| ask.unknown())?.line;
    let frame = Frame::new(ask, line.link.label.text.clone()).below(&Address::Plan);
    let words = frame.words();
    let topics: usize = line
        .sections
        .iter()
        .map(|section| section.topics.len())
        .sum();
    let count = |key, count: usize| words.say_with(key, &[("count", count.into())]);
    let lead = words.say_with(
        "theme-lead",
        &[
            (
                "sections",
                count("plan-sections", line.sections.len()).into(),
            ),
            ("topics", count("plan-topics", topics).into()),
        ],
    );
    let number = words.say_with("plan-theme-number", &[("number", line.number.into())]);
    render(&ThemePage {
        kicker: line.since.map_or_else(
            || number.clone(),
            |since| format!("{number} · {}", words.since(since.start())),
        ),
        attribution: Attribution::new(&frame, &line.says, &line.link.label.text),
        sections: line
            .sections
            .into_iter()
            .map(|section| drawn(section, words))
            .collect(),
        frame: frame.described(lead.clone()),
        name: line.link,
        lead,
        summary: line.summary,
        uncertain: line.uncertain && rows::is_past(ask),
    })
}

fn drawn(line: SectionLine, words: &Wording) -> Section {
    let counts = counts(&line, words).join(" · ");
    Section {
        counts,
        link: line.link,
        summary: line.summary,
        topics: line.topics.into_iter().map(|topic| topic.link).collect(),
    }
}
