//! The description by which a stranger loads every CSV: a Frictionless Data Package with a Table Schema for each.

use std::collections::BTreeSet;

use comity_view::View;
use comity_view::table::{Cell, Constraint, Field, FieldKind, Table, Title};
use serde_json::{Map, Value, json};

use super::json::{rights, written};

/// The forms that a date of the record takes: points and intervals of years, months and days, approximate or not.
const DATE: &str =
    r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?(/(\.\.|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?))?";
const ID: &str = "[a-z0-9]+([-/][a-z0-9]+)*";

/// Every collection as a resource of one package.
pub fn datapackage(view: &View) -> String {
    let tables: Vec<Table> = view
        .collection_names()
        .iter()
        .filter_map(|name| view.table(name))
        .collect();
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| resource(table, &tables))
        .collect();
    let sources = view.sources();
    let rights = rights(&sources);
    let named = view.rules().process.names.first();
    let source = |title: String| json!({ "title": title });
    let listed = sources
        .items()
        .filter_map(|item| item.get("title_en"))
        .map(comity_view::table::render::plain);
    written(&json!({
        "name": view.rules().process.id,
        "title": named.map(Title::en),
        "title_es": named.map(Title::es),
        "title_en": named.map(Title::en),
        "description": rights.en(),
        "description_es": rights.es(),
        "description_en": rights.en(),
        "profile": "tabular-data-package",
        "state_of_record": view.state_of_record(),
        "sources": listed.map(source).collect::<Vec<_>>(),
        "resources": resources,
    }))
}

fn resource(table: &Table, tables: &[Table]) -> Value {
    json!({
        "name": table.name,
        "path": format!("{}.csv", table.name),
        "profile": "tabular-data-resource",
        "title": table.title.en(),
        "title_es": table.title.es(),
        "title_en": table.title.en(),
        "description": table.description.en(),
        "description_es": table.description.es(),
        "description_en": table.description.en(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": {
            "fields": table.fields.iter().map(field).collect::<Vec<_>>(),
            "primaryKey": table.key,
            "foreignKeys": table.fields.iter().filter_map(|field| foreign_key(field, table, tables)).collect::<Vec<_>>(),
            "missingValues": [""],
        },
    })
}

fn field(field: &Field) -> Value {
    let mut constraints = Map::new();
    if field.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    if let FieldKind::Date = field.kind {
        constraints.insert("pattern".to_owned(), json!(DATE));
    }
    match (&field.constraint, &field.kind) {
        (Some(Constraint::OneOf(words)), _) if !words.is_empty() => {
            constraints.insert("enum".to_owned(), json!(words));
        }
        (Some(Constraint::Id), _) => {
            constraints.insert("pattern".to_owned(), json!(ID));
        }
        (Some(Constraint::OneOf(_) | Constraint::Key(_)) | None, _) => {}
    }
    json!({
        "name": field.name,
        "type": kind(&field.kind),
        "title": field.title.en(),
        "title_es": field.title.es(),
        "title_en": field.title.en(),
        "constraints": constraints,
    })
}

const fn kind(kind: &FieldKind) -> &'static str {
    match kind {
        // A partial date is no date of the schema's: it is a text of a given form.
        FieldKind::Text | FieldKind::Date => "string",
        FieldKind::Integer => "integer",
        FieldKind::Percentage => "number",
        FieldKind::Instant => "datetime",
        FieldKind::Flag => "boolean",
        FieldKind::Texts | FieldKind::Integers | FieldKind::Rows(_) => "array",
        FieldKind::Named => "object",
    }
}

/// A column of keys as a foreign key, where all its values stand in one collection: a claim that holds of these rows.
fn foreign_key(field: &Field, table: &Table, tables: &[Table]) -> Option<Value> {
    let (Some(Constraint::Key(collections)), FieldKind::Text) = (&field.constraint, &field.kind)
    else {
        return None;
    };
    let values: BTreeSet<&str> = table
        .items()
        .filter_map(|item| item.get(&field.name))
        .filter_map(text)
        .collect();
    let holds = |target: &&Table| {
        let keys: BTreeSet<&str> = target.items().map(|item| item.id()).collect();
        collections.contains(&target.name) && values.is_subset(&keys)
    };
    let target = tables.iter().filter(|_| !values.is_empty()).find(holds)?;
    // The specification names a table itself by an empty text.
    let resource = if target.name == table.name {
        ""
    } else {
        target.name.as_str()
    };
    Some(
        json!({ "fields": field.name, "reference": { "resource": resource, "fields": target.key } }),
    )
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        Cell::Empty
        | Cell::Integer(_)
        | Cell::Percentage(_)
        | Cell::Flag(_)
        | Cell::List(_)
        | Cell::Named(_) => None,
    }
}
