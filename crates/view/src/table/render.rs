//! A table as aligned text for a terminal.

use comity_rules::Language;

use super::{Cell, Item, Table};

/// The widest that one column becomes.
const COLUMN_MAX: usize = 60;
/// What a collection is best known by, in this order; a name is looked for in the reader's language first.
const TELLING: [&str; 18] = [
    "name", "title", "text", "acronym", "meaning", "party", "term", "theme", "body", "date",
    "kind", "branch", "code", "amount", "currency", "share", "since", "status",
];
/// Columns beside the key.
const COLUMNS: usize = 4;

/// The key of each row, its name and what else tells most of it, cut to `width` characters a line.
pub fn text(table: &Table, language: Language, width: usize) -> String {
    let columns = telling(table, language);
    let mut lines = vec![columns.clone()];
    lines.extend(
        table
            .items()
            .map(|item| columns.iter().map(|name| shown(item, name)).collect()),
    );
    let widths: Vec<usize> = (0..columns.len())
        .map(|column| {
            lines
                .iter()
                .map(|line: &Vec<String>| line[column].chars().count())
                .max()
                .unwrap_or(0)
        })
        .map(|widest| widest.min(COLUMN_MAX))
        .collect();
    lines
        .iter()
        .map(|line| aligned(line, &widths, width))
        .collect()
}

/// One row in full: each field that holds something, with its title in the language.
pub fn item(item: Item<'_>, language: Language) -> String {
    let filled = item
        .fields
        .iter()
        .zip(&item.row.0)
        .filter(|(_, cell)| **cell != Cell::Empty);
    filled
        .map(|(field, cell)| format!("{}: {}\n", field.title.get(language), plain(cell)))
        .collect()
}

/// The fields to show: the key, then those that tell most.
fn telling(table: &Table, language: Language) -> Vec<String> {
    let known = |name: &String| table.fields.iter().any(|field| field.name == *name);
    let localised = |name: &str| {
        let own = format!("{name}_{}", language.code());
        if known(&own) { own } else { (*name).to_owned() }
    };
    let filled = |name: &String| {
        table
            .items()
            .any(|item| item.get(name).is_some_and(|cell| *cell != Cell::Empty))
    };
    let best = TELLING
        .iter()
        .map(|name| localised(name))
        .filter(|name| known(name) && filled(name));
    std::iter::once(table.key.to_owned())
        .chain(best.take(COLUMNS))
        .collect()
}

fn shown(item: Item<'_>, name: &str) -> String {
    item.get(name).map(plain).unwrap_or_default()
}

/// A value on one line; control characters cannot move the cursor of whoever reads it.
pub fn plain(cell: &Cell) -> String {
    let text = match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Percentage(hundredths) => format!("{}.{:02}", hundredths / 100, hundredths % 100),
        Cell::Flag(flag) => flag.to_string(),
        Cell::List(_) | Cell::Named(_) => serde_json::to_string(cell).unwrap_or_default(),
    };
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

fn aligned(line: &[String], widths: &[usize], width: usize) -> String {
    let cells = line
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!("{:<width$}", cut(cell, *width)));
    let whole = cells.collect::<Vec<_>>().join("  ");
    format!("{}\n", cut(whole.trim_end(), width).trim_end())
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
