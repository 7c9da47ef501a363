use comity_view::{ActionFilter, ActionLine};

use super::documents::{Section, Works};
use super::{Ask, render};
use crate::Address;
use crate::fault::Fault;
use crate::filter::{Filter, Searched};
use crate::frame::Frame;
use crate::language::words;
use crate::{rows, sources};

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let listing = ask.view.actions(&filter(ask));
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .below(&Address::Plan)
        .described(words.say("actions-lead"));
    let form = Filter::new(
        &frame,
        &Address::Actions,
        &ask.query,
        &listing.facets,
        Searched::ByWords,
    );
    let count = listing.items.len();
    let shown = if form.narrowed {
        words.say_with(
            "actions-shown-of",
            &[("count", count.into()), ("total", listing.total.into())],
        )
    } else {
        words.say_with("actions-shown", &[("count", count.into())])
    };
    let empty = match (listing.total, count) {
        (0, _) => Some(words.say("actions-empty").into_owned()),
        (_, 0) => Some(words.say("actions-none").into_owned()),
        _ => None,
    };
    let by_section = |lines: &[ActionLine]| Section {
        link: lines[0].section.clone(),
        rows: rows::actions(words, lines.to_vec()),
    };
    render(&Works {
        lead: words.say("actions-lead").into_owned(),
        source: sources::together(&frame, listing.items.iter().map(|line| &line.says)),
        sections: listing
            .items
            .chunk_by(|left, right| left.section.id == right.section.id)
            .map(by_section)
            .collect(),
        filter: form,
        shown,
        empty,
        collection: "actions",
        frame,
    })
}

fn filter(ask: &Ask) -> ActionFilter {
    let wanted = |name: &str| ask.query.get(name).map(ToOwned::to_owned);
    ActionFilter {
        section: wanted("section"),
        kind: wanted("kind"),
        status: wanted("status"),
        year: ask.query.get("year").and_then(|year| year.parse().ok()),
        country: wanted("country"),
        party: wanted("party"),
        text: wanted("text"),
    }
}
