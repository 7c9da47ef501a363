use askama::Template;
use comity_view::{DocumentPage, Link, PartLine, Words};

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::linked_data::LinkedData;
use crate::rows::{self, SeminarRow, StepRow, SupportRow, WorkRow, shortened};

#[derive(Template)]
#[template(path = "pages/document.html")]
struct Document {
    frame: Frame,
    name: Link,
    kind: String,
    section: Link,
    heading: String,
    /// The whole title, where it is too long for a heading: the kind stands above it.
    full: Option<String>,
    summary: String,
    ahead: bool,
    uncertain: bool,
    life: Vec<StepRow>,
    topics: Vec<Link>,
    parties: Vec<Link>,
    first: Option<String>,
    latest: Option<String>,
    parts: Vec<Part>,
    aliases: Vec<Words>,
    same: Vec<Link>,
    builds_on: Vec<Link>,
    built_on_by: Vec<Link>,
    actions: Vec<WorkRow>,
    supports: Vec<SupportRow>,
    seminars: Vec<SeminarRow>,
    previous: Option<Link>,
    next: Option<Link>,
    attribution: Attribution,
}

/// One text of an entry that lists several.
struct Part {
    id: String,
    title: String,
    kind: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let page = ask.view.document(ask.id()?).ok_or_else(|| ask.unknown())?;
    let name = page.line.link.label.text.clone();
    let (title, full) = shortened(&name);
    let frame = Frame::new(ask, title.clone())
        .below(&Address::Documents)
        .below_thing(&page.line.section)
        .described(page.line.summary.clone());
    let data = LinkedData::document(
        &name,
        &page.line.summary,
        &frame.canonical().unwrap_or_default(),
        page.line.first.as_ref(),
        &frame.masthead,
    );
    let frame = frame.with_data(data);
    render(&document(ask, frame, page, &title, full))
}

fn document(
    ask: &Ask,
    frame: Frame,
    page: DocumentPage,
    title: &str,
    full: Option<String>,
) -> Document {
    let words = frame.words();
    let line = page.line;
    let part = |part: PartLine| Part {
        id: part.id,
        title: part.title.text,
        kind: part.kind.name,
    };
    Document {
        attribution: Attribution::new(&frame, &line.says, title),
        life: rows::steps(ask, &frame, page.life, title),
        first: rows::date(words, line.first),
        latest: rows::latest(words, &line),
        actions: rows::actions(words, page.actions),
        supports: rows::supports(&frame, page.supports),
        seminars: rows::seminars(words, page.seminars),
        parts: page.parts.into_iter().map(part).collect(),
        same: page.same_as.into_iter().chain(page.listed_also).collect(),
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
        ahead: page.ahead,
        uncertain: line.uncertain && rows::is_past(ask),
        topics: page.topics,
        parties: line.parties,
        aliases: page.aliases,
        builds_on: page.builds_on,
        built_on_by: page.built_on_by,
        previous: page.previous,
        next: page.next,
    }
}
