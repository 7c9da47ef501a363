use askama::Template;
use comity_view::{ActionPage, Link};

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::rows::{self, SeminarRow, StepRow, SupportRow, WorkRow, shortened};

#[derive(Template)]
#[template(path = "pages/action.html")]
struct Action {
    frame: Frame,
    name: Link,
    kind: String,
    section: Link,
    heading: String,
    /// The whole title, where it is too long for a heading: the kind stands above it.
    full: Option<String>,
    summary: String,
    status: String,
    proposal: bool,
    ahead: bool,
    uncertain: bool,
    when: Option<String>,
    places: String,
    proposers: Vec<Link>,
    sponsors: Vec<Link>,
    collaborators: Vec<Link>,
    topics: Vec<Link>,
    life: Vec<StepRow>,
    documents: Vec<WorkRow>,
    follows: Vec<WorkRow>,
    followed_by: Vec<WorkRow>,
    supports: Vec<SupportRow>,
    seminars: Vec<SeminarRow>,
    previous: Option<Link>,
    next: Option<Link>,
    attribution: Attribution,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let page = ask.view.action(ask.id()?).ok_or_else(|| ask.unknown())?;
    let (title, full) = shortened(&page.line.link.label.text);
    let frame = Frame::new(ask, title.clone())
        .below(&Address::Plan)
        .below(&Address::Actions)
        .below_thing(&page.line.section);
    let frame = frame.described(page.line.summary.clone());
    render(&action(ask, frame, page, &title, full))
}

fn action(ask: &Ask, frame: Frame, page: ActionPage, title: &str, full: Option<String>) -> Action {
    let words = frame.words();
    let line = page.line;
    Action {
        attribution: Attribution::new(&frame, &line.says, title),
        life: rows::steps(ask, &frame, page.life, title),
        when: rows::date(words, line.date),
        places: rows::places(words, &line.places),
        documents: rows::documents(words, page.documents),
        follows: rows::actions(words, page.follows),
        followed_by: rows::actions(words, page.followed_by),
        supports: rows::supports(&frame, page.supports),
        seminars: rows::seminars(words, page.seminars),
        frame,
        name: line.link,
        heading: if full.is_some() {
            line.kind.name.clone()
        } else {
            title.to_owned()
        },
        kind: line.kind.name,
        section: line.section,
        full,
        summary: line.summary,
        status: line.status.name,
        proposal: line.proposal,
        ahead: line.ahead,
        uncertain: line.uncertain && rows::is_past(ask),
        proposers: page.proposers,
        sponsors: page.sponsors,
        collaborators: page.collaborators,
        topics: page.topics,
        previous: page.previous,
        next: page.next,
    }
}
