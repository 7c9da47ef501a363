use askama::Template;
use comity_view::{Link, Words};

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::rows::{self, SupportRow, WorkRow};

#[derive(Template)]
#[template(path = "pages/organisation.html")]
struct Organisation {
    frame: Frame,
    name: Link,
    acronym: Option<String>,
    observer: bool,
    party: Option<Link>,
    website: Option<String>,
    summary: Option<String>,
    members: Vec<Words>,
    supports: Vec<SupportRow>,
    actions: Vec<WorkRow>,
    attribution: Attribution,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let page = ask
        .view
        .organization(ask.id()?)
        .ok_or_else(|| ask.unknown())?;
    let line = page.line;
    let frame = Frame::new(ask, line.link.label.text.clone())
        .below(&Address::Members)
        .below(&Address::Organisations);
    let frame = match &line.summary {
        Some(summary) => frame.described(summary.clone()),
        None => frame,
    };
    render(&Organisation {
        attribution: Attribution::new(&frame, &line.says, &line.link.label.text),
        supports: rows::supports(&frame, page.supports),
        actions: rows::actions(frame.words(), page.actions),
        frame,
        name: line.link,
        acronym: line.acronym,
        observer: line.observer,
        party: line.party,
        website: page.website,
        summary: line.summary,
        members: page.members,
    })
}
