use askama::Template;
use comity_view::{DocumentFilter, DocumentLine, Link};

use super::{Ask, render};
use crate::Address;
use crate::fault::Fault;
use crate::filter::{Filter, Searched};
use crate::frame::Frame;
use crate::language::words;
use crate::rows::{self, WorkRow};
use crate::sources;

#[derive(Template)]
#[template(path = "pages/works.html")]
pub(super) struct Works {
    pub(super) frame: Frame,
    pub(super) lead: String,
    pub(super) filter: Filter,
    /// How many of how many.
    pub(super) shown: String,
    /// Said where nothing is shown.
    pub(super) empty: Option<String>,
    pub(super) sections: Vec<Section>,
    /// Name of the open-data collection.
    pub(super) collection: &'static str,
    pub(super) source: Option<String>,
}

/// The works of one section of the plan.
pub(super) struct Section {
    pub(super) link: Link,
    pub(super) rows: Vec<WorkRow>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let wanted = |name: &str| ask.query.get(name).map(ToOwned::to_owned);
    let filter = DocumentFilter {
        section: wanted("section"),
        kind: wanted("kind"),
        year: ask.query.get("year").and_then(|year| year.parse().ok()),
        party: wanted("party"),
        text: wanted("text"),
    };
    let listing = ask.view.documents(&filter);
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .described(words.say("documents-lead"));
    let form = Filter::new(
        &frame,
        &Address::Documents,
        &ask.query,
        &listing.facets,
        Searched::ByWords,
    );
    let count = listing.items.len();
    let shown = if form.narrowed {
        words.say_with(
            "documents-shown-of",
            &[("count", count.into()), ("total", listing.total.into())],
        )
    } else {
        words.say_with("documents-shown", &[("count", count.into())])
    };
    let empty = match (listing.total, count) {
        (0, _) => Some(words.say("documents-empty").into_owned()),
        (_, 0) => Some(words.say("documents-none").into_owned()),
        _ => None,
    };
    let by_section = |lines: &[DocumentLine]| Section {
        link: lines[0].section.clone(),
        rows: rows::documents(words, lines.to_vec()),
    };
    render(&Works {
        lead: words.say("documents-lead").into_owned(),
        source: sources::together(&frame, listing.items.iter().map(|line| &line.says)),
        sections: listing
            .items
            .chunk_by(|left, right| left.section.id == right.section.id)
            .map(by_section)
            .collect(),
        filter: form,
        shown,
        empty,
        collection: "documents",
        frame,
    })
}
