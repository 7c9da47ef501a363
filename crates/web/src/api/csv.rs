//! A collection as CSV (RFC 4180), as its table schema describes it.

use comity_view::table::{Cell, Constraint, Field, FieldKind, Table};

use super::Page;

/// All rows of a collection under a header row.
pub fn csv(table: &Table) -> String {
    csv_page(table, Page::whole(table))
}

/// The rows of a page under a header row, in UTF-8 with CRLF.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` or a control character for a formula. Keys, terms,
/// numbers, dates and lists cannot begin so and are never changed; a free text that does is preceded by an apostrophe.
pub(super) fn csv_page(table: &Table, page: Page) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let header = table.fields.iter().map(|field| field.name.as_str());
    writer
        .write_record(header)
        .expect("a vector takes every byte");
    for item in page.of(table) {
        let cells = item
            .fields
            .iter()
            .zip(&item.row.0)
            .map(|(field, cell)| cell_text(field, cell));
        writer
            .write_record(cells)
            .expect("every row has one cell for each field");
    }
    let written = writer.into_inner().expect("a vector takes every byte");
    String::from_utf8(written).expect("cells are texts")
}

fn cell_text(field: &Field, cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if is_free(field) && begins_formula(text) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Percentage(hundredths) => format!("{}.{:02}", hundredths / 100, hundredths % 100),
        Cell::Flag(flag) => flag.to_string(),
        Cell::List(_) | Cell::Named(_) => {
            serde_json::to_string(cell).expect("cells hold texts, numbers and lists of them only")
        }
    }
}

/// Whether anybody may have written what stands there.
const fn is_free(field: &Field) -> bool {
    match field.kind {
        FieldKind::Text => match field.constraint {
            None => true,
            Some(Constraint::OneOf(_) | Constraint::Key(_) | Constraint::Id) => false,
        },
        FieldKind::Integer
        | FieldKind::Percentage
        | FieldKind::Date
        | FieldKind::Instant
        | FieldKind::Flag
        | FieldKind::Texts
        | FieldKind::Integers
        | FieldKind::Named
        | FieldKind::Rows(_) => false,
    }
}

/// Full-width signs count: some spreadsheets read them as the plain ones.
fn begins_formula(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| "=+-@＝＋－＠".contains(first) || first.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_view::table::{Row, Text};

    fn field(name: &str, constraint: Option<Constraint>) -> Field {
        let title = Text::new(name, name);
        Field {
            name: name.to_owned(),
            kind: FieldKind::Text,
            title,
            required: false,
            constraint,
        }
    }

    fn written(id: &str, text: &str) -> String {
        let title = field("id", None).title;
        let row = Row(vec![Cell::Text(id.to_owned()), Cell::Text(text.to_owned())]);
        let table = Table {
            name: "trial".to_owned(),
            title: title.clone(),
            description: title,
            key: "id",
            fields: vec![field("id", Some(Constraint::Id)), field("text", None)],
            rows: vec![row],
        };
        csv(&table)
    }

    #[test]
    fn a_free_text_never_becomes_a_formula_and_a_key_is_never_changed() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            let written = written("-key", text);
            assert!(written.starts_with("id,text\r\n-key,'"), "{written:?}");
            assert!(written.contains(text), "{written:?}");
        }
        assert_eq!(written("key", "1-1 = 0"), "id,text\r\nkey,1-1 = 0\r\n");
    }

    #[test]
    fn commas_quotes_and_line_breaks_stay_within_their_cell() {
        assert_eq!(
            written("key", "a, \"b\"\nc"),
            "id,text\r\nkey,\"a, \"\"b\"\"\nc\"\r\n"
        );
    }
}
