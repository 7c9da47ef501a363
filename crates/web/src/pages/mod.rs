//! The pages, one file each, and the table that ties them to addresses.
//!
//! # How to write a page
//!
//! 1. **A file here**, `<page>.rs`, with a private struct that derives `askama::Template`
//!    (`#[template(path = "pages/<page>.html")]`). Its first field is `frame: Frame`; the others are what the template shows:
//!    strings, numbers, rows, `comity_view::Link`s. No domain type, nothing to decide in the template but on named flags.
//! 2. **A function** `pub(super) fn draw(ask: &Ask) -> Result<String, Fault>`. It reads `ask.view` (already scoped to the seat,
//!    the language and the day), `ask.id()?` for the thing of the address, `ask.query` for the parameters of its row; fills the
//!    struct; ends with `render(&page)`. A thing that the view does not have is `ask.unknown()`.
//! 3. **A template** `templates/pages/<page>.html`: `{% extends "layouts/page.html" %}`, then `{% block main %}` with one `<h1>`.
//!    Words by key: `{{ frame.say("…") }}`, `{{ frame.say_one("…", "name", value) }}`. Dates, numbers, lists, countries:
//!    `frame.words().date(&partial)`, `.number(n)`, `.all_of(&list)`, `.country(code)`, best called in Rust. Links:
//!    `{% import "components/link.html" as link %}` and `{% call link::to(frame, the_link) %}{% endcall %}`, which marks our translations
//!    and keeps `?on=`; to a page: `{{ frame.of(&Address::Meetings) }}`. Escaping stays on; no `style=` attributes (the content
//!    policy forbids them); class names as in `assets/PATTERNS.md`.
//! 4. **Words** in `locales/es/<page>.ftl` and `locales/en/<page>.ftl`, the same keys; nothing else to register.
//! 5. **A row** in [`row`]: its query parameters (others are not part of its address), whether search engines list it, its
//!    function. Take its kind out of `TO_COME` in `tests/site.rs`, and test it there through HTTP.
//!
//! Crumbs: `Frame::new(ask, title).below(&Address::Documents).below_thing(&section)`. One sentence for search engines:
//! `.described(…)`. JSON-LD: `.with_data(LinkedData::meeting(…))`.
//!
//! What has to be awaited (records, the checkpoint) is fetched by [`gather`] before the page is drawn.

mod about;
mod accessibility;
mod act;
mod action;
mod actions;
mod body;
mod checkpoint;
mod country;
mod criteria;
mod document;
mod documents;
mod edition;
mod error;
mod finance;
mod fora;
mod glossary;
mod home;
mod meeting;
mod meetings;
mod members;
mod open_data;
mod organisation;
mod organisations;
mod plan;
mod presidencies;
mod presidency;
mod register;
mod search;
mod section;
mod seminars;
mod structure;
mod theme;
mod topic;
mod verify;
mod written;

use std::sync::Arc;

use askama::Template;
use comity_view::View;

use crate::answer::{Listing, Script};
use crate::fault::Fault;
use crate::site::Site;
use crate::{Address, Checkpoint, Freshness, Kind, Query, RecordProof, Source, SourceError};

pub(crate) use error::draw as draw_fault;

/// What a page is drawn from.
pub(crate) struct Ask {
    pub(crate) address: Address,
    /// The parameters that the page knows.
    pub(crate) query: Query,
    pub(crate) view: View,
    pub(crate) evidence: Evidence,
    pub(crate) freshness: Freshness,
    pub(crate) site: Arc<Site>,
}

/// What was fetched before drawing, because it takes time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Evidence {
    None,
    Record(Option<RecordProof>),
    Checkpoint(Checkpoint),
}

impl Ask {
    /// The id in the address.
    pub(crate) fn id(&self) -> Result<&str, Fault> {
        self.address.id().ok_or(Fault::NotFound)
    }

    /// The view has nothing of that id.
    pub(crate) fn unknown(&self) -> Fault {
        self.address
            .id()
            .map_or(Fault::NotFound, |id| Fault::Unknown {
                id: id.chars().take(80).collect(),
            })
    }
}

/// A kind of page: what it takes from the query, whether it is listed, and who draws it.
struct Row {
    parameters: &'static [&'static str],
    listing: Listing,
    draw: fn(&Ask) -> Result<String, Fault>,
}

/// The table of pages. `None`: not yet written, answered as not found and linked from nowhere.
const fn row(kind: Kind) -> Option<Row> {
    Some(match kind {
        Kind::Search => Row {
            parameters: &["q"],
            listing: Listing::Closed,
            draw: search::draw,
        },
        Kind::Glossary => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: glossary::draw,
        },
        Kind::OpenData => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: open_data::draw,
        },
        Kind::Plan => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: plan::draw,
        },
        Kind::Theme => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: theme::draw,
        },
        Kind::Section => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: section::draw,
        },
        Kind::Topic => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: topic::draw,
        },
        Kind::Documents => Row {
            parameters: &["section", "kind", "year", "party", "text"],
            listing: Listing::Open,
            draw: documents::draw,
        },
        Kind::Document => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: document::draw,
        },
        Kind::Actions => Row {
            parameters: &[
                "section", "kind", "status", "year", "country", "party", "text",
            ],
            listing: Listing::Open,
            draw: actions::draw,
        },
        Kind::Action => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: action::draw,
        },
        Kind::Organisations => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: organisations::draw,
        },
        Kind::Organisation => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: organisation::draw,
        },
        Kind::Fora => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: fora::draw,
        },
        Kind::Written => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: written::draw,
        },
        Kind::Seminars => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: seminars::draw,
        },
        Kind::Finance => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: finance::draw,
        },
        Kind::Edition => Row {
            parameters: &["table"],
            listing: Listing::Open,
            draw: edition::draw,
        },
        Kind::Register => Row {
            parameters: &["kind", "from"],
            listing: Listing::Open,
            draw: register::draw,
        },
        Kind::Act => Row {
            parameters: &[],
            listing: Listing::Closed,
            draw: act::draw,
        },
        Kind::Checkpoint => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: checkpoint::draw,
        },
        Kind::Verify => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: verify::draw,
        },
        Kind::VerifyAct => Row {
            parameters: &[],
            listing: Listing::Closed,
            draw: verify::draw,
        },
        Kind::Accessibility => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: accessibility::draw,
        },
        Kind::Home => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: home::draw,
        },
        Kind::Members => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: members::draw,
        },
        Kind::Country => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: country::draw,
        },
        Kind::Presidencies => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: presidencies::draw,
        },
        Kind::Presidency => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: presidency::draw,
        },
        Kind::Meetings => Row {
            parameters: &["body", "year"],
            listing: Listing::Open,
            draw: meetings::draw,
        },
        Kind::Meeting => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: meeting::draw,
        },
        Kind::Structure => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: structure::draw,
        },
        Kind::About => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: about::draw,
        },
        Kind::Criteria => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: criteria::draw,
        },
        Kind::Body => Row {
            parameters: &[],
            listing: Listing::Open,
            draw: body::draw,
        },
    })
}

/// Whether the page is there to be linked.
pub(crate) const fn exists(kind: Kind) -> bool {
    row(kind).is_some()
}

/// Whether search engines may list it.
pub(crate) fn is_listed(kind: Kind) -> bool {
    row(kind).is_some_and(|row| row.listing == Listing::Open)
}

pub(crate) fn listing(kind: Kind) -> Listing {
    row(kind).map_or(Listing::Closed, |row| row.listing)
}

/// Whether the page runs a script of ours; no other page runs any.
pub(crate) const fn script(kind: Kind) -> Script {
    if matches!(kind, Kind::Verify | Kind::VerifyAct) {
        Script::Ours
    } else {
        Script::None
    }
}

/// The query parameters that belong to its address.
pub(crate) fn parameters(kind: Kind) -> &'static [&'static str] {
    row(kind).map_or(&[], |row| row.parameters)
}

/// Fetches what the page needs beyond the view.
pub(crate) async fn gather(
    source: &dyn Source,
    address: &Address,
) -> Result<Evidence, SourceError> {
    if let Address::Act(id) = address {
        // The record stands in the register only, which is out of reach or is another.
        if source.freshness() != Freshness::Current {
            return Ok(Evidence::Record(None));
        }
        return source.record(id).await.map(Evidence::Record);
    }
    if matches!(
        address,
        Address::Checkpoint | Address::Verify | Address::VerifyAct(_)
    ) {
        return source.checkpoint().await.map(Evidence::Checkpoint);
    }
    Ok(Evidence::None)
}

pub(crate) fn draw(ask: &Ask) -> Result<String, Fault> {
    let row = row(ask.address.kind()).ok_or(Fault::NotFound)?;
    (row.draw)(ask)
}

/// Draws a template. It fails only where a template calls something that fails, and ours do not.
pub(crate) fn render(page: &impl Template) -> Result<String, Fault> {
    render_about(page, 0)
}

/// The same, of a page that is known to be large: so many bytes, about, are not moved as it grows.
pub(crate) fn render_about<T: Template>(page: &T, bytes: usize) -> Result<String, Fault> {
    let mut html = String::with_capacity(bytes.max(T::SIZE_HINT));
    page.render_into(&mut html).map_err(|error| {
        tracing::error!(%error, "a template failed");
        Fault::Failed
    })?;
    Ok(html)
}

/// The key of a page's name in navigation and crumbs.
pub(crate) const fn name_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Home => "nav-home",
        Kind::About => "nav-about",
        Kind::Structure => "nav-structure",
        Kind::Members => "nav-members",
        Kind::Criteria => "nav-criteria",
        Kind::Presidencies | Kind::Presidency => "nav-presidencies",
        Kind::Meetings | Kind::Meeting => "nav-meetings",
        Kind::Plan => "nav-plan",
        Kind::Documents | Kind::Document => "nav-documents",
        Kind::Actions | Kind::Action => "nav-actions",
        Kind::Organisations | Kind::Organisation => "nav-organisations",
        Kind::Fora => "nav-fora",
        Kind::Seminars => "nav-seminars",
        Kind::Written => "nav-written",
        Kind::Finance => "nav-finance",
        Kind::Glossary => "nav-glossary",
        Kind::Edition => "nav-edition",
        Kind::Register => "nav-register",
        Kind::Checkpoint => "nav-checkpoint",
        Kind::Verify => "nav-verify",
        Kind::VerifyAct => "nav-verify-act",
        Kind::Search => "nav-search",
        Kind::OpenData => "nav-open-data",
        Kind::Accessibility => "nav-accessibility",
        Kind::Country => "nav-countries",
        Kind::Body => "nav-bodies",
        Kind::Theme => "nav-themes",
        Kind::Section => "nav-sections",
        Kind::Topic => "nav-topics",
        Kind::Act => "nav-act",
    }
}
