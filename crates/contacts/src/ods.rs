use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::Unreadable;
use crate::book::number;
use crate::read::Lines;

/// Reads the first table of an ODS from its content. By ourselves: such a file says of a cell and of a row how often it is
/// repeated, and a reader that believes it runs out of memory before anybody can count.
pub(crate) fn read(content: &str, lines: &mut Lines) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().expand_empty_elements = true;
    let mut table = Table::default();
    loop {
        let event = reader.read_event().map_err(|_| Unreadable::Foreign)?;
        match event {
            Event::Start(start) if is_beside(start.name().as_ref()) => {
                let end = reader.read_to_end(start.name());
                end.map_err(|_| Unreadable::Foreign)?;
            }
            Event::Start(start) => table.starts(&start),
            Event::Text(text) => table.says(&text.xml10_content()),
            Event::CData(text) => table.says(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Ok(Some(c)) = reference.resolve_char_ref() {
                    table.says(c.encode_utf8(&mut [0; 4]));
                } else {
                    let entity = resolve_xml_entity(reference.as_ref());
                    table.says(entity.ok_or(Unreadable::Foreign)?);
                }
            }
            Event::End(end) => match end.name().as_ref() {
                "table:table" => return Ok(()),
                "table:table-row" => table.ends_row(lines)?,
                "table:table-cell" | "table:covered-table-cell" => table.ends_cell(),
                _ => {}
            },
            Event::Eof => return Err(Unreadable::Foreign),
            _ => {}
        }
    }
}

/// Remarks, drawings and former versions stand within the cells and are not what a cell says.
fn is_beside(name: &str) -> bool {
    name == "office:annotation" || name == "table:tracked-changes" || name.starts_with("draw:")
}

/// Where the reading stands.
#[derive(Default)]
struct Table {
    /// Rows above this one, each as often as it is repeated.
    above: usize,
    row_times: usize,
    /// Of this row: each cell that says something, with its column and how often it is repeated.
    cells: Vec<(usize, usize, String)>,
    column: usize,
    cell: Option<Cell>,
}

struct Cell {
    times: usize,
    /// What it holds where that is more than what is shown.
    value: Option<String>,
    shown: String,
}

impl Table {
    fn starts(&mut self, start: &BytesStart<'_>) {
        match start.name().as_ref() {
            "table:table-row" => {
                self.row_times = times(start, "table:number-rows-repeated");
                self.column = 0;
                self.cells.clear();
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(Cell {
                    times: times(start, "table:number-columns-repeated"),
                    value: value(start),
                    shown: String::new(),
                });
            }
            "text:p" | "text:s" | "text:tab" | "text:line-break" => self.says(" "),
            _ => {}
        }
    }

    fn says(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.shown.push_str(text);
        }
    }

    fn ends_cell(&mut self) {
        let Some(cell) = self.cell.take() else {
            return;
        };
        let text = cell.value.unwrap_or(cell.shown);
        if !text.trim().is_empty() {
            self.cells.push((self.column, cell.times, text));
        }
        self.column = self.column.saturating_add(cell.times);
    }

    fn ends_row(&mut self, lines: &mut Lines) -> Result<(), Unreadable> {
        // INVARIANT: a row without cells is passed over at once, whatever it says of its number; of the others each repetition
        // counts against the limits of `lines`, which end the loop.
        if !self.cells.is_empty() {
            for row in 0..self.row_times {
                let number = self.above.saturating_add(row).saturating_add(1);
                for (column, times, text) in &self.cells {
                    for place in 0..*times {
                        lines.put(number, column.saturating_add(place), text)?;
                    }
                }
            }
        }
        self.above = self.above.saturating_add(self.row_times);
        Ok(())
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

fn times(start: &BytesStart<'_>, name: &str) -> usize {
    let said = attribute(start, name);
    said.and_then(|said| said.parse().ok()).unwrap_or(1)
}

/// A number is shown as its column is wide, and a date as its country writes it.
fn value(start: &BytesStart<'_>) -> Option<String> {
    if let Some(date) = attribute(start, "office:date-value") {
        return Some(date);
    }
    let value = attribute(start, "office:value")?;
    value.parse().ok().map(number)
}
