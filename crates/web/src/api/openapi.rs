//! The description of the interface itself (OpenAPI 3.1), drawn from the same descriptions as the data.

use comity_view::View;
use comity_view::table::{Constraint, Field, FieldKind, Table};
use serde_json::{Map, Value, json};

use super::json::{rights, written};
use super::{ROOT, ROWS_MAX};

/// The description of every address of the interface.
pub fn openapi(view: &View) -> String {
    let tables: Vec<Table> = view
        .collection_names()
        .iter()
        .filter_map(|name| view.table(name))
        .collect();
    let mut paths = Map::new();
    paths.insert(
        "/".to_owned(),
        whole("listCollections", "Colecciones", "Collections"),
    );
    paths.insert(
        "/openapi.json".to_owned(),
        whole("describeInterface", "Esta descripción", "This description"),
    );
    paths.insert(
        "/datapackage.json".to_owned(),
        whole(
            "describeData",
            "Paquete de datos (Frictionless)",
            "Data package (Frictionless)",
        ),
    );
    let mut schemas = Map::from_iter([
        ("Problem".to_owned(), problem_schema()),
        ("Bilingual".to_owned(), bilingual()),
    ]);
    for table in &tables {
        paths.insert(format!("/{}", table.name), collection(table));
        paths.insert(format!("/{}.csv", table.name), as_csv(table));
        paths.insert(format!("/{}/{{id}}", table.name), one(table));
        schemas.insert(table.name.clone(), row_schema(&table.fields));
    }
    let named = view.rules().process.names.first();
    let title = named
        .map(|name| format!("{} / {}", name.es(), name.en()))
        .unwrap_or_default();
    let rights = rights(&view.sources());
    written(&json!({
        "openapi": "3.1.0",
        "info": { "title": title, "version": "1", "description": format!("{}\n\n{}", rights.es(), rights.en()) },
        "servers": [{ "url": ROOT }],
        "paths": paths,
        "components": { "schemas": schemas, "parameters": parameters(), "responses": { "Problem": problem() } },
    }))
}

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

fn whole(operation: &str, es: &str, en: &str) -> Value {
    json!({ "get": {
        "operationId": operation,
        "summary": format!("{es} / {en}"),
        "parameters": [reference("parameters", "lang")],
        "responses": {
            "200": { "description": format!("{es} / {en}"), "content": { "application/json": { "schema": { "type": "object" } } } },
            "default": reference("responses", "Problem"),
        },
    } })
}

fn collection(table: &Table) -> Value {
    let nullable_text = json!({ "type": ["string", "null"] });
    let schema = json!({
        "type": "object",
        "required": ["collection", "title", "description", "state_of_record", "on", "total", "offset", "limit", "next", "rows"],
        "properties": {
            "collection": { "const": table.name },
            "title": reference("schemas", "Bilingual"),
            "description": reference("schemas", "Bilingual"),
            "state_of_record": nullable_text,
            "on": nullable_text,
            "total": { "type": "integer", "minimum": 0 },
            "offset": { "type": "integer", "minimum": 0 },
            "limit": { "type": "integer", "minimum": 1, "maximum": ROWS_MAX },
            "next": nullable_text,
            "rows": { "type": "array", "items": reference("schemas", &table.name) },
        },
    });
    let content = json!({
        "application/json": { "schema": schema },
        "text/csv": { "schema": { "type": "string" } },
    });
    operation(
        table,
        "list",
        "",
        &["on", "limit", "offset", "lang"],
        &content,
    )
}

fn as_csv(table: &Table) -> Value {
    let content = json!({ "text/csv": { "schema": { "type": "string" } } });
    operation(
        table,
        "download",
        ": CSV",
        &["on", "limit", "offset", "lang"],
        &content,
    )
}

fn one(table: &Table) -> Value {
    let schema = json!({
        "type": "object",
        "required": ["collection", "title", "state_of_record", "on", "row"],
        "properties": {
            "collection": { "const": table.name },
            "title": reference("schemas", "Bilingual"),
            "state_of_record": { "type": ["string", "null"] },
            "on": { "type": ["string", "null"] },
            "row": reference("schemas", &table.name),
        },
    });
    let mut content = json!({ "application/json": { "schema": schema } });
    let first = table.items().next();
    if let Some(row) = first {
        content["application/json"]["examples"] = json!({ "first": { "value": {
            "collection": table.name, "title": table.title, "state_of_record": null, "on": null, "row": row,
        } } });
    }
    let mut path = operation(table, "get", ": {id}", &["on", "lang"], &content);
    let id = json!({
        "name": "id",
        "in": "path",
        "required": true,
        "description": "Identificador; sus barras pueden ir tal cual o codificadas. / Identifier; its slashes may stand as they are or encoded.",
        "schema": { "type": "string" },
        "example": first.map_or("", |item| item.id()),
    });
    path["parameters"] = json!([id]);
    path
}

fn operation(
    table: &Table,
    verb: &str,
    suffix: &str,
    parameters: &[&str],
    content: &Value,
) -> Value {
    let title = format!("{} / {}{suffix}", table.title.es(), table.title.en());
    json!({ "get": {
        "operationId": format!("{verb}-{}", table.name),
        "tags": [table.name],
        "summary": title,
        "description": format!("{} / {}", table.description.es(), table.description.en()),
        "parameters": parameters.iter().map(|name| reference("parameters", name)).collect::<Vec<_>>(),
        "responses": {
            "200": { "description": title, "content": content },
            "default": reference("responses", "Problem"),
        },
    } })
}

fn parameters() -> Value {
    let query = |name: &str, description: &str, schema: Value, example: Value| json!({ "name": name, "in": "query", "required": false, "description": description, "schema": schema, "example": example });
    json!({
        "on": query(
            "on",
            "Muestra los datos como estaban ese día. / Shows the data as they stood on that day.",
            json!({ "type": "string", "format": "date" }),
            json!("2005-06-30"),
        ),
        "limit": query(
            "limit",
            "Cuántas filas como máximo; sin él, todas hasta 10000. / How many rows at most; without it, all up to 10000.",
            json!({ "type": "integer", "minimum": 1, "maximum": ROWS_MAX, "default": ROWS_MAX }),
            json!(100),
        ),
        "offset": query(
            "offset",
            "Cuántas filas se pasan por alto. / How many rows are passed over.",
            json!({ "type": "integer", "minimum": 0, "default": 0 }),
            json!(0),
        ),
        "lang": query(
            "lang",
            "Idioma en que se informa de un problema. / Language in which a problem is told.",
            json!({ "type": "string", "enum": ["es", "en"] }),
            json!("es"),
        ),
    })
}

fn problem() -> Value {
    json!({
        "description": "La consulta no tiene respuesta (RFC 9457). / The request has no answer (RFC 9457).",
        "content": { "application/problem+json": { "schema": reference("schemas", "Problem") } },
    })
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "title_es", "title_en"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "title_es": { "type": "string" },
            "title_en": { "type": "string" },
        },
    })
}

fn bilingual() -> Value {
    json!({
        "type": "object",
        "required": ["es", "en"],
        "properties": { "es": { "type": "string" }, "en": { "type": "string" } },
    })
}

/// A row: every field stands in it, and one that need not hold anything may be null.
fn row_schema(fields: &[Field]) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| (field.name.clone(), property(field)))
        .collect();
    json!({
        "type": "object",
        "required": fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(),
        "properties": properties,
        "additionalProperties": false,
    })
}

fn property(field: &Field) -> Value {
    let mut schema = match &field.kind {
        FieldKind::Text | FieldKind::Date => scalar(field, "string"),
        FieldKind::Instant => scalar(field, "string"),
        FieldKind::Integer => scalar(field, "integer"),
        FieldKind::Percentage => scalar(field, "number"),
        FieldKind::Flag => scalar(field, "boolean"),
        FieldKind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        FieldKind::Integers => json!({ "type": "array", "items": { "type": "integer" } }),
        FieldKind::Named => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        FieldKind::Rows(fields) => json!({ "type": "array", "items": row_schema(fields) }),
    };
    let hint = match &field.kind {
        FieldKind::Date => " (EDTF, ISO 8601-2)",
        FieldKind::Text
        | FieldKind::Instant
        | FieldKind::Integer
        | FieldKind::Percentage
        | FieldKind::Flag
        | FieldKind::Texts
        | FieldKind::Integers
        | FieldKind::Named
        | FieldKind::Rows(_) => "",
    };
    schema["description"] = json!(format!("{} / {}{hint}", field.title.es(), field.title.en()));
    schema
}

fn scalar(field: &Field, kind: &str) -> Value {
    let mut schema = if field.required {
        json!({ "type": kind })
    } else {
        json!({ "type": [kind, "null"] })
    };
    if let Some(Constraint::OneOf(words)) = &field.constraint {
        let mut values: Vec<Value> = words.iter().map(|word| json!(word)).collect();
        if !field.required {
            values.push(Value::Null);
        }
        schema["enum"] = json!(values);
    }
    if let FieldKind::Instant = field.kind {
        schema["format"] = json!("date-time");
    }
    schema
}
