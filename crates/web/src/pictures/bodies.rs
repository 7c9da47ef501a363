use comity_view::{BodyLine, ChainLine, Structure};
use comity_wording::Wording;

use super::ties::{Label, wrapped};

/// The column of the office that chairs, and that of the bodies that do not meet by the calendar.
const SIDE: u32 = 190;
/// The column of the bodies that meet, and where it begins.
const CENTRE: u32 = 560;
const LEFT: u32 = 250;
const RIGHT: u32 = LEFT + CENTRE + 60;
const GAP: u32 = 24;
/// Above each row of bodies, for what passes upwards.
const RISE: u32 = 84;
/// Lines of names and of the small words below them.
const NAME: u32 = 21;
const SMALL: u32 = 18;

/// The bodies from bottom to top, what passes between them, and the office that chairs beside them.
#[derive(Debug)]
pub(crate) struct Bodies {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) height: u32,
    /// The office that chairs, filled; the others are outlined.
    pub(crate) chair: Option<Sheet>,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) arrows: Vec<Arrow>,
    /// Heights at which the office is tied to the bodies that it chairs.
    pub(crate) ties: Vec<u32>,
}

/// A body.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) middle: u32,
    pub(crate) name: Vec<Label>,
    pub(crate) small: Vec<Label>,
    pub(crate) sign: Option<Sign>,
}

/// The sign of a body's kind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sign {
    pub(crate) class: &'static str,
    pub(crate) path: String,
}

/// What passes upwards.
#[derive(Debug)]
pub(crate) struct Arrow {
    pub(crate) x: u32,
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) words: Vec<Label>,
}

/// `None` where no body meets.
pub(crate) fn bodies(words: &Wording, structure: &Structure, chair: &str) -> Option<Bodies> {
    let meets = |line: &&BodyLine| {
        line.rule
            .as_ref()
            .is_some_and(|rule| rule.meetings_per_year.is_some())
    };
    let meeting: Vec<&BodyLine> = structure.bodies.iter().filter(meets).collect();
    if meeting.is_empty() {
        return None;
    }
    let order = |line: &&BodyLine| line.rule.as_ref().map(|rule| rule.order);
    let mut y = if structure.chain.iter().any(|link| link.to.is_none()) {
        60
    } else {
        4
    };
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut places: Vec<(&str, usize)> = Vec::new();
    let mut ties = Vec::new();
    for row in meeting.chunk_by(|one, other| order(one) == order(other)) {
        let drawn = row_of(words, row, y);
        let height = drawn.first().map_or(0, |sheet| sheet.height);
        places.extend(
            row.iter()
                .enumerate()
                .map(|(place, line)| (line.link.id.as_str(), sheets.len() + place)),
        );
        sheets.extend(drawn);
        ties.push(y + height / 2);
        y += height + RISE;
    }
    let height = y - RISE + 4;
    let arrows = structure
        .chain
        .iter()
        .filter_map(|link| arrow(words, link, &places, &sheets))
        .collect();
    let holder = structure.bodies.iter().find(|line| line.link.id == chair);
    let others: Vec<&BodyLine> = structure
        .bodies
        .iter()
        .filter(|line| line.link.id != chair && !meets(line))
        .collect();
    sheets.extend(column(&others, height));
    Some(Bodies {
        title: words.say("bodies-picture").into_owned(),
        description: described(words, structure, holder, &others),
        height,
        chair: holder.map(|line| sheet(line, None, (1, 1, SIDE), height - 2)),
        sheets,
        arrows,
        ties,
    })
}

/// Bodies of equal rank, side by side.
fn row_of(words: &Wording, row: &[&BodyLine], y: u32) -> Vec<Sheet> {
    let count = u32::try_from(row.len()).unwrap_or(1);
    let width = (CENTRE - GAP * (count - 1)) / count;
    let small = |line: &BodyLine| meets(words, line);
    let tall = |line: &&BodyLine| {
        u32::try_from(wrapped(&line.link.label.text, letters(width)).len()).unwrap_or(1) * NAME
            + SMALL
            + 44
    };
    let height = row.iter().map(tall).max().unwrap_or_default();
    (0u32..)
        .zip(row)
        .map(|(place, line)| {
            sheet(
                line,
                small(line),
                (LEFT + place * (width + GAP), y, width),
                height,
            )
        })
        .collect()
}

/// Bodies that do not meet by the calendar, one under another at the right.
fn column(others: &[&BodyLine], height: u32) -> Vec<Sheet> {
    let count = u32::try_from(others.len()).unwrap_or(1).max(1);
    let each = (height - 2 - GAP * (count - 1)) / count;
    (0u32..)
        .zip(others)
        .map(|(place, line)| sheet(line, None, (RIGHT, 1 + place * (each + GAP), SIDE), each))
        .collect()
}

fn sheet(
    line: &BodyLine,
    small: Option<String>,
    (x, y, width): (u32, u32, u32),
    height: u32,
) -> Sheet {
    let names = wrapped(&line.link.label.text, letters(width));
    let small: Vec<String> = small.into_iter().collect();
    let count = |lines: &[String]| u32::try_from(lines.len()).unwrap_or_default();
    let block = count(&names) * NAME + count(&small) * SMALL;
    let top = y + height.saturating_sub(block) / 2 + 16;
    let below = top + count(&names) * NAME;
    Sheet {
        x,
        y,
        width,
        height,
        middle: x + width / 2,
        name: (0u32..)
            .zip(names)
            .map(|(index, text)| Label {
                y: top + index * NAME,
                text,
            })
            .collect(),
        small: (0u32..)
            .zip(small)
            .map(|(index, text)| Label {
                y: below + index * SMALL,
                text,
            })
            .collect(),
        sign: line.mark.map(|mark| sign(mark, x + 20, y + 20)),
    }
}

/// How many letters fit into a line of a name.
fn letters(width: u32) -> usize {
    usize::try_from((width - 36) / 9).unwrap_or(20)
}

/// "twice a year · first semester"
pub(crate) fn meets(words: &Wording, line: &BodyLine) -> Option<String> {
    let rule = line.rule.as_ref()?;
    let times = rule
        .meetings_per_year
        .map(|times| words.say_with("bodies-times", &[("count", times.into())]));
    let parts: Vec<String> = times.into_iter().chain(rule.season.clone()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

pub(crate) fn sign(mark: &str, x: u32, y: u32) -> Sign {
    let (class, path) = match mark {
        "circle" => (
            "f-vm",
            format!("M{} {y}a8 8 0 1 0 16 0a8 8 0 1 0-16 0z", x - 8),
        ),
        "square" => ("f-cg", format!("M{} {}h15v15h-15z", x - 7, y - 7)),
        _ => ("f-nw", format!("M{x} {}l9 16h-18z", y - 9)),
    };
    Sign { class, path }
}

fn arrow(
    words: &Wording,
    link: &ChainLine,
    places: &[(&str, usize)],
    sheets: &[Sheet],
) -> Option<Arrow> {
    let find = |id: &str| {
        places
            .iter()
            .find(|(known, _)| *known == id)
            .and_then(|(_, place)| sheets.get(*place))
    };
    let from = find(&link.from.id)?;
    let to = link.to.as_ref().map(|to| find(&to.id));
    let head = match to {
        None => from.y.saturating_sub(48),
        Some(None) => return None,
        Some(Some(sheet)) => sheet.y + sheet.height + 4,
    };
    let said = wrapped(&document(words, &link.document), 22);
    let middle = head.midpoint(from.y) + 5;
    let rise = u32::try_from(said.len().saturating_sub(1)).unwrap_or_default() * 9;
    let labels = (0u32..).zip(said).map(|(index, text)| Label {
        y: middle + index * 18 - rise,
        text,
    });
    Some(Arrow {
        x: from.middle,
        from: from.y,
        to: head,
        words: labels.collect(),
    })
}

/// The words of a document of the chain; its id where the catalogues do not know it.
pub(crate) fn document(words: &Wording, id: &str) -> String {
    let key = format!("chain-{}", id.replace('_', "-"));
    if words.knows(&key) {
        words.say(&key).into_owned()
    } else {
        id.replace('_', " ")
    }
}

fn described(
    words: &Wording,
    structure: &Structure,
    chair: Option<&BodyLine>,
    others: &[&BodyLine],
) -> String {
    let mut sentences = Vec::new();
    for link in structure.chain.iter().rev() {
        let from = link.from.label.text.as_str();
        let what = document(words, &link.document);
        sentences.push(match &link.to {
            Some(to) => words.say_with(
                "bodies-passes",
                &[
                    ("from", from.into()),
                    ("what", what.into()),
                    ("to", to.label.text.as_str().into()),
                ],
            ),
            None => words.say_with(
                "bodies-issues",
                &[("from", from.into()), ("what", what.into())],
            ),
        });
    }
    sentences.extend(chair.map(|line| {
        words.say_with(
            "bodies-chairs",
            &[("chair", line.link.label.text.as_str().into())],
        )
    }));
    if !others.is_empty() {
        let names: Vec<&str> = others
            .iter()
            .map(|line| line.link.label.text.as_str())
            .collect();
        sentences.push(words.say_with("bodies-beside", &[("names", words.all_of(&names).into())]));
    }
    if sentences.is_empty() {
        let names: Vec<&str> = structure
            .bodies
            .iter()
            .map(|line| line.link.label.text.as_str())
            .collect();
        return words.say_with("bodies-names", &[("names", words.all_of(&names).into())]);
    }
    sentences.join(" ")
}
