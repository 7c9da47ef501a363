use comity_view::{PresidencyLine, Term};
use comity_wording::Wording;

use super::ties::{Label, wrapped};

/// Between two years that follow one another.
const NARROWEST: u32 = 60;
const WIDEST: u32 = 120;
/// The picture's usual width; more years make it wider.
const WIDTH: u32 = 1_060;
/// Left of the first year and right of the last.
const MARGIN: u32 = 50;
/// How many letters fit into a line of a name.
const LETTERS: usize = 13;
const LINE: u32 = 17;

/// One presidency after another, each on its year.
#[derive(Debug)]
pub(crate) struct Timeline {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) width: u32,
    pub(crate) end: u32,
    pub(crate) stops: Vec<Stop>,
    /// Said below the one in office.
    pub(crate) in_office: String,
}

/// A presidency.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) x: u32,
    /// Where the leader from the name to the line begins.
    pub(crate) leader: u32,
    pub(crate) name: Vec<Label>,
    pub(crate) year: String,
    pub(crate) now: bool,
    pub(crate) upcoming: bool,
}

/// Draws the presidencies in the order of their terms; `None` without any.
pub(crate) fn timeline(words: &Wording, lines: &[PresidencyLine]) -> Option<Timeline> {
    let (first, last) = (lines.first()?.year, lines.last()?.year);
    let years = |from: i16, to: i16| u32::from(to.abs_diff(from));
    let step = ((WIDTH - 2 * MARGIN) / years(first, last).max(1)).clamp(NARROWEST, WIDEST);
    let place = |year: i16| MARGIN + years(first, year) * step;
    let stops = lines
        .iter()
        .enumerate()
        .map(|(index, line)| stop(line, place(line.year), index));
    Some(Timeline {
        title: words.say_with(
            "timeline-title",
            &[
                ("first", first.to_string().into()),
                ("last", last.to_string().into()),
            ],
        ),
        description: described(words, lines),
        width: WIDTH.max(place(last) + MARGIN),
        end: place(last) + MARGIN - 8,
        stops: stops.collect(),
        in_office: words.say("timeline-in-office").into_owned(),
    })
}

fn stop(line: &PresidencyLine, x: u32, index: usize) -> Stop {
    // Neighbours stand at two heights, so that long names pass one another.
    let foot = if index.is_multiple_of(2) { 86 } else { 42 };
    let name = wrapped(&line.party.label.text, LETTERS);
    let lines = (0u32..).zip(name.into_iter().rev());
    Stop {
        x,
        leader: foot + 6,
        // Names grow upwards from their foot.
        name: lines
            .map(|(above, text)| Label {
                y: foot.saturating_sub(above * LINE),
                text,
            })
            .collect(),
        year: line.year.to_string(),
        now: line.state == Term::InOffice,
        upcoming: line.state == Term::Upcoming,
    }
}

fn described(words: &Wording, lines: &[PresidencyLine]) -> String {
    let mut text = words.say("timeline-description").into_owned();
    for (state, key) in [
        (Term::InOffice, "timeline-description-now"),
        (Term::Upcoming, "timeline-description-next"),
    ] {
        if let Some(line) = lines.iter().find(|line| line.state == state) {
            let values = [
                ("year", line.year.to_string().into()),
                ("party", line.party.label.text.as_str().into()),
            ];
            text.push(' ');
            text.push_str(&words.say_with(key, &values));
        }
    }
    text
}
