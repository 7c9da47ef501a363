use askama::Template;
use comity_view::{PresidencyLine, Term};
use comity_wording::Wording;

use super::{Label, broken};

/// Between two years that follow one another.
const NARROWEST: f32 = 60.0;
const WIDEST: f32 = 120.0;
/// The picture's usual width; more years make it wider.
const WIDTH: f32 = 1_060.0;
/// Left of the first year and right of the last.
const MARGIN: f32 = 50.0;
/// Above which length a name stands in two lines.
const LONG: usize = 13;
/// The line of years.
const LINE: f32 = 112.0;

/// One presidency after another, each on its year.
#[derive(Debug, Template)]
#[template(path = "pictures/timeline.html")]
pub(crate) struct Timeline {
    title: String,
    description: String,
    width: f32,
    end: f32,
    stops: Vec<Stop>,
}

impl askama::filters::HtmlSafe for Timeline {}

#[derive(Debug)]
struct Stop {
    x: f32,
    /// Where the leader from the name to the line begins.
    leader: f32,
    name: Vec<Label>,
    year: String,
    past: bool,
    now: Option<String>,
    upcoming: bool,
}

impl Timeline {
    /// Draws the presidencies in the order of their terms; `None` without any.
    pub(crate) fn draw(words: &Wording, lines: &[PresidencyLine]) -> Option<Self> {
        let (first, last) = (lines.first()?.year, lines.last()?.year);
        let span = f32::from((last - first).max(1));
        let step = ((WIDTH - 2.0 * MARGIN) / span).clamp(NARROWEST, WIDEST);
        let place = |year: i16| MARGIN + f32::from(year - first) * step;
        let stops = lines.iter().enumerate().map(|(index, line)| Stop::new(words, line, place(line.year), index));
        Some(Self {
            title: words.say_with("timeline-title", &[("first", first.to_string().into()), ("last", last.to_string().into())]),
            description: described(words, lines),
            width: WIDTH.max(place(last) + MARGIN),
            end: place(last) + MARGIN - 8.0,
            stops: stops.collect(),
        })
    }
}

impl Stop {
    fn new(words: &Wording, line: &PresidencyLine, x: f32, index: usize) -> Self {
        // Neighbours stand at two heights, so that long names pass one another.
        let foot = if index.is_multiple_of(2) { 84.0 } else { 46.0 };
        Self {
            x,
            leader: foot + 6.0,
            name: broken(&line.party.label.text, LONG, foot, 17.0),
            year: line.year.to_string(),
            past: line.state == Term::Past,
            now: (line.state == Term::InOffice).then(|| words.say("timeline-in-office").into_owned()),
            upcoming: line.state == Term::Upcoming,
        }
    }
}

fn described(words: &Wording, lines: &[PresidencyLine]) -> String {
    let mut text = words.say("timeline-description").into_owned();
    for (state, key) in [(Term::InOffice, "timeline-description-now"), (Term::Upcoming, "timeline-description-next")] {
        if let Some(line) = lines.iter().find(|line| line.state == state) {
            let values = [("year", line.year.to_string().into()), ("party", line.party.label.text.as_str().into())];
            text.push(' ');
            text.push_str(&words.say_with(key, &values));
        }
    }
    text
}
