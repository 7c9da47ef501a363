//! The days of a term as a row: working days wide and numbered, days off narrow and hatched, today in ochre.

use askama::Template;
use comity_view::{ClockDay, DayIs};

/// A day in the row.
pub(crate) struct Cell {
    x: u32,
    width: u32,
    class: &'static str,
    number: String,
    middle: u32,
    text_class: &'static str,
}

/// The cells of a clock, drawn.
#[derive(Template)]
#[template(path = "pictures/clock.html")]
struct Drawn {
    cells: Vec<Cell>,
}

/// A country's clock; its title is its own.
pub(crate) struct Clock {
    pub(crate) width: u32,
    /// The cells as they stand in the page.
    pub(crate) cells: String,
}

const WORKED: u32 = 52;
const OFF: u32 = 16;
const GAP: u32 = 4;

/// The row of a term; the day of sending is not shown.
///
/// # Panics
/// Never: the template is checked when the program is built.
pub(crate) fn lay_out(days: &[ClockDay]) -> Clock {
    let mut x = 0;
    let mut cells = Vec::new();
    for day in days.iter().filter(|day| !day.start) {
        let worked = day.number.is_some();
        let width = if worked { WORKED } else { OFF };
        let (class, text_class) = match (worked, day.when) {
            (false, DayIs::Today) => ("is-off is-today", ""),
            (false, _) => ("is-off", ""),
            (true, DayIs::Passed) => ("f-act", "f-on"),
            (true, DayIs::Today) => ("f-nowsoft s-now", "f-nowtext"),
            (true, DayIs::ToCome) => ("f-sheet s-line", "f-muted"),
        };
        cells.push(Cell {
            x,
            width,
            class,
            number: day
                .number
                .map(|number| number.to_string())
                .unwrap_or_default(),
            middle: x + width / 2,
            text_class,
        });
        x += width + GAP;
    }
    Clock {
        width: x.saturating_sub(GAP).max(1) + 2,
        cells: Drawn { cells }.render().expect("a picture of numbers"),
    }
}
