use askama::Template;
use comity_view::{ActFilter, ActPage, ActRow, Facet, FilterOption, Link, Target, Words};
use comity_wording::Wording;

use super::act::kind_name;
use super::{Ask, render};
use crate::Address;
use crate::fault::Fault;
use crate::filter::{Filter, Searched};
use crate::frame::Frame;
use crate::language::words;
use crate::rows;

#[derive(Template)]
#[template(path = "pages/register.html")]
struct Register {
    frame: Frame,
    filter: Filter,
    count: String,
    empty: bool,
    acts: Vec<Act>,
    /// The address of older acts: it names the act with which they begin, never a position.
    older: Option<String>,
    /// The address of the latest acts, where older ones are shown.
    latest: Option<String>,
}

struct Act {
    link: Link,
    about: String,
    effective: Option<String>,
    lines: Option<String>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .described(words.say("register-lead"));
    let chosen = ActFilter {
        kind: ask.query.get("kind").map(ToOwned::to_owned),
    };
    let from = ask.query.get("from");
    let page = page_from(ask, &chosen, from)?;
    let facets = [Facet {
        field: "kind",
        options: page
            .kinds
            .iter()
            .map(|option| named(words, option))
            .collect(),
    }];
    let query = ask.query.clone().keep(&["kind"]);
    let next = (page.page < page.pages)
        .then(|| ask.view.acts(&chosen, page.page + 1))
        .and_then(|next| next.acts.into_iter().next());
    render(&Register {
        filter: Filter::new(&frame, &Address::Register, &query, &facets, Searched::No),
        count: words.say_with("register-count", &[("count", page.total.into())]),
        empty: page.acts.is_empty(),
        older: next.map(|act| frame.of_with(&Address::Register, &query.with("from", &act.id))),
        latest: from.map(|_| frame.of_with(&Address::Register, &query)),
        acts: page.acts.into_iter().map(|act| row(words, act)).collect(),
        frame,
    })
}

/// The page on which an act stands; an act that is not there is not found.
fn page_from(ask: &Ask, chosen: &ActFilter, from: Option<&str>) -> Result<ActPage, Fault> {
    let mut page = ask.view.acts(chosen, 1);
    let Some(from) = from else { return Ok(page) };
    while !page.acts.iter().any(|act| act.id == from) {
        if page.page == page.pages {
            return Err(Fault::Unknown {
                id: from.chars().take(80).collect(),
            });
        }
        page = ask.view.acts(chosen, page.page + 1);
    }
    Ok(page)
}

fn named(words: &Wording, option: &FilterOption) -> FilterOption {
    FilterOption {
        name: kind_name(words, &option.id),
        ..option.clone()
    }
}

fn row(words: &Wording, act: ActRow) -> Act {
    let label = Words {
        text: kind_name(words, act.kind),
        standing: None,
    };
    Act {
        link: Link {
            to: Target::Act,
            id: act.id,
            label,
        },
        about: act
            .about
            .map(|about| rows::clipped(&about.label.text, 160))
            .unwrap_or_default(),
        effective: act.effective.map(|date| words.date(&date)),
        lines: act.lines.map(|lines| crate::attribution::dashed(&lines)),
    }
}
