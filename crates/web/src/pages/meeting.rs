use askama::Template;
use comity_view::{Link, MeetingPage, MeetingTopic};

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::gatherings::{self, Deed, MeetingRow};
use crate::linked_data::LinkedData;

#[derive(Template)]
#[template(path = "pages/meeting.html")]
struct Meeting {
    frame: Frame,
    row: MeetingRow,
    lead: String,
    number: Option<String>,
    /// It lies after the day shown.
    ahead: bool,
    with: Vec<MeetingRow>,
    /// Steps of documents that were agreed here.
    approved: Vec<Deed>,
    topics: Vec<Topic>,
    /// One of the topics is known by its year alone.
    by_year: bool,
    /// Steps of actions that were put forward here.
    proposed: Vec<Deed>,
    /// Whatever else happened here.
    others: Vec<Deed>,
    captions: Vec<Caption>,
    /// The source says something of it beyond its place and date.
    told: bool,
    previous: Option<Link>,
    next: Option<Link>,
    attribution: Attribution,
}

struct Topic {
    link: Link,
    notes: Vec<String>,
}

struct Caption {
    text: String,
    lines: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let page = view.meeting(ask.id()?).ok_or_else(|| ask.unknown())?;
    let link = gatherings::named_with_body(&Frame::new(ask, ""), &page.line);
    let title = link.label.text.clone();
    let frame = Frame::new(ask, title.as_str()).below(&Address::Meetings);
    let row = gatherings::meeting(&frame, &page.line);
    let lead = lead(&frame, &page, &row);
    let address = format!("{}{}", frame.origin(), ask.address.path(view.language()));
    let data = LinkedData::meeting(
        &title,
        &address,
        Some(&page.line.date),
        Some(row.place.as_str()).filter(|place| !place.is_empty()),
        &row.body.label.text,
    );
    let frame = frame
        .described(if lead.is_empty() {
            row.when.clone()
        } else {
            lead.clone()
        })
        .with_data(data);
    let (approved, rest) = deeds(&frame, &page)
        .into_iter()
        .partition(|deed| about(deed, page.approved.iter().map(|line| &line.link)));
    let rest: Vec<Deed> = rest;
    let (proposed, others) = rest
        .into_iter()
        .partition(|deed| about(deed, page.proposed.iter().map(|line| &line.link)));
    render(&Meeting {
        attribution: Attribution::new(&frame, &page.line.says, &title),
        with: gatherings::meetings(&frame, &page.with),
        by_year: page.topics.iter().any(|topic| topic.in_that_year),
        topics: page
            .topics
            .iter()
            .map(|topic| addressed(&frame, topic))
            .collect(),
        captions: page
            .captions
            .iter()
            .map(|entry| Caption {
                text: entry.text.clone(),
                lines: gatherings::lines(&frame, &entry.says),
            })
            .collect(),
        told: !(page.approved.is_empty()
            && page.topics.is_empty()
            && page.proposed.is_empty()
            && page.steps.is_empty()),
        approved,
        proposed,
        others,
        number: page.line.number,
        ahead: page.ahead,
        previous: page.previous,
        next: page.next,
        row,
        lead,
        frame,
    })
}

/// What happened here; that it was here need not be said again.
fn deeds(frame: &Frame, page: &MeetingPage) -> Vec<Deed> {
    let steps = page.steps.iter().cloned();
    steps
        .map(|step| Deed {
            meeting: None,
            ..gatherings::deed(frame, step)
        })
        .collect()
}

fn about<'a>(deed: &Deed, mut links: impl Iterator<Item = &'a Link>) -> bool {
    deed.about
        .as_ref()
        .is_some_and(|about| links.any(|link| link == about))
}

/// Where, under whom and under which theme, as far as it is known.
fn lead(frame: &Frame, page: &MeetingPage, row: &MeetingRow) -> String {
    let place = (!row.place.is_empty())
        .then(|| frame.say_one("meeting-lead-place", "place", row.place.as_str()));
    let presidency = page.line.presidency.as_ref();
    let party = presidency.map(|presidency| {
        frame.say_one(
            "meeting-lead-presidency",
            "party",
            presidency.party.label.text.as_str(),
        )
    });
    let theme = presidency
        .and_then(|presidency| presidency.theme.as_ref())
        .filter(|_| page.line.number.is_some());
    let theme =
        theme.map(|theme| frame.say_one("meeting-lead-theme", "theme", theme.text.as_str()));
    [place, party, theme]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn addressed(frame: &Frame, topic: &MeetingTopic) -> Topic {
    let year = topic
        .in_that_year
        .then(|| frame.say("meeting-topic-year").into_owned());
    let occasion = topic
        .occasion
        .as_ref()
        .map(|body| frame.say_one("meeting-topic-occasion", "body", body.label.text.as_str()));
    Topic {
        link: topic.topic.clone(),
        notes: [year, occasion].into_iter().flatten().collect(),
    }
}
