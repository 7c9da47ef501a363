//! Collections, items and the list of collections as JSON.

use comity_view::table::{Item, Table, Text, Title};
use comity_view::{Date, View};
use serde::Serialize;

use super::ROOT;

/// Which rows of a collection one answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub limit: usize,
    pub offset: usize,
}

impl Page {
    /// All that a collection has.
    pub const fn whole(table: &Table) -> Self {
        Self {
            limit: table.rows.len(),
            offset: 0,
        }
    }

    pub(super) fn of(self, table: &Table) -> impl Iterator<Item = Item<'_>> {
        table.items().skip(self.offset).take(self.limit)
    }
}

/// A collection with all its rows.
pub fn json(table: &Table, view: &View) -> String {
    page(table, view, Page::whole(table))
}

/// A collection with the rows of a page; every field stands in every row.
pub fn page(table: &Table, view: &View, page: Page) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        collection: &'a str,
        title: &'a Text,
        description: &'a Text,
        state_of_record: Option<Date>,
        on: Option<Date>,
        total: usize,
        offset: usize,
        limit: usize,
        next: Option<String>,
        rows: Vec<Item<'a>>,
    }
    let rows: Vec<Item<'_>> = page.of(table).collect();
    written(&Body {
        collection: &table.name,
        title: &table.title,
        description: &table.description,
        state_of_record: view.state_of_record(),
        on: view.lens().on,
        total: table.rows.len(),
        offset: page.offset,
        limit: page.limit,
        next: next(view, table, page),
        rows,
    })
}

/// Where the rows after a page are; `None` after the last.
fn next(view: &View, table: &Table, page: Page) -> Option<String> {
    let offset = page
        .offset
        .checked_add(page.limit)
        .filter(|offset| *offset < table.rows.len())?;
    let on = view
        .lens()
        .on
        .map(|day| format!("&on={day}"))
        .unwrap_or_default();
    Some(format!(
        "{ROOT}/{}?limit={}&offset={offset}{on}",
        table.name, page.limit
    ))
}

/// One item of a collection; `None` where there is none of that key.
pub fn item(table: &Table, view: &View, id: &str) -> Option<String> {
    #[derive(Serialize)]
    struct Body<'a> {
        collection: &'a str,
        title: &'a Text,
        state_of_record: Option<Date>,
        on: Option<Date>,
        row: Item<'a>,
    }
    Some(written(&Body {
        collection: &table.name,
        title: &table.title,
        state_of_record: view.state_of_record(),
        on: view.lens().on,
        row: table.item(id)?,
    }))
}

/// Every collection with its addresses and how many rows it has, and where all of it comes from.
pub fn index(view: &View) -> String {
    #[derive(Serialize)]
    struct Collection {
        name: String,
        title: Text,
        description: Text,
        rows: usize,
        json: String,
        csv: String,
    }
    #[derive(Serialize)]
    struct Body<'a> {
        process: &'a str,
        names: &'a [Title],
        state_of_record: Option<Date>,
        rights: Text,
        sources: Vec<Item<'a>>,
        openapi: String,
        datapackage: String,
        collections: Vec<Collection>,
    }
    let collections = view.collections().into_iter().map(|info| Collection {
        json: format!("{ROOT}/{}", info.name),
        csv: format!("{ROOT}/{}.csv", info.name),
        name: info.name,
        title: info.title,
        description: info.description,
        rows: info.rows,
    });
    let sources = view.sources();
    written(&Body {
        process: &view.rules().process.id,
        names: &view.rules().process.names,
        state_of_record: view.state_of_record(),
        rights: rights(&sources),
        sources: sources.items().collect(),
        openapi: format!("{ROOT}/openapi.json"),
        datapackage: format!("{ROOT}/datapackage.json"),
        collections: collections.collect(),
    })
}

/// From whom the facts are and whose the rest is.
pub(super) fn rights(sources: &Table) -> Text {
    let text = |item: &Item<'_>, field: &str| {
        item.get(field)
            .map(comity_view::table::render::plain)
            .unwrap_or_default()
    };
    let named = |language: &str| {
        let one = |item: Item<'_>| {
            let (title, publisher) = (format!("title_{language}"), format!("publisher_{language}"));
            format!(
                "{} ({}, {})",
                text(&item, &title),
                text(&item, &publisher),
                text(&item, "published")
            )
        };
        sources.items().map(one).collect::<Vec<_>>().join("; ")
    };
    Text::new(
        format!(
            "Hechos: {}. Los resúmenes y las versiones señaladas como traducción son propios de este sitio y no textos acordados.",
            named("es")
        ),
        format!(
            "Facts: {}. Summaries, and versions marked as translations, are this site's own and not agreed texts.",
            named("en")
        ),
    )
}

pub(super) fn written(body: &impl Serialize) -> String {
    serde_json::to_string(body)
        .expect("texts, numbers and lists of them always have a form in JSON")
}
