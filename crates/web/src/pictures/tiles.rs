use comity_view::{PartyCard, PartyGroup};
use comity_wording::Wording;

use super::ties::{Label, wrapped};

/// From one tile to the next.
const STEP: u32 = 80;
/// How many letters fit into a line of a name.
const LETTERS: usize = 12;
const LINE: u32 = 13;

/// States as labelled tiles, roughly where they lie; no borders are drawn.
#[derive(Debug)]
pub(crate) struct Tiles {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) tiles: Vec<Tile>,
    /// Plural names of the kinds whose tiles are filled, and of the others.
    pub(crate) filled: Vec<String>,
    pub(crate) outlined: Vec<String>,
}

/// A state.
#[derive(Debug)]
pub(crate) struct Tile {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) middle: u32,
    pub(crate) code: String,
    pub(crate) code_y: u32,
    pub(crate) name: Vec<Label>,
    /// Filled; the others are outlined with cut corners.
    pub(crate) filled: bool,
}

/// Draws the states that have a tile; `filled` tells the kinds whose tiles are filled. `None` where none has one.
pub(crate) fn tiles(
    words: &Wording,
    groups: &[PartyGroup],
    filled: impl Fn(&str) -> bool,
) -> Option<Tiles> {
    let drawn: Vec<&PartyGroup> = groups
        .iter()
        .filter(|group| group.parties.iter().any(|party| party.tile.is_some()))
        .collect();
    let places: Vec<(u8, u8)> = drawn
        .iter()
        .flat_map(|group| &group.parties)
        .filter_map(|party| party.tile)
        .collect();
    let (left, top) = (
        places.iter().map(|place| place.0).min()?,
        places.iter().map(|place| place.1).min()?,
    );
    let (right, bottom) = (
        places.iter().map(|place| place.0).max()?,
        places.iter().map(|place| place.1).max()?,
    );
    let extent = |first: u8, last: u8| (u32::from(last - first) + 1) * STEP - 4;
    let draw = |group: &PartyGroup| {
        let filled = filled(&group.kind);
        group
            .parties
            .iter()
            .filter_map(|party| tile(party, (left, top), filled))
            .collect::<Vec<_>>()
    };
    let plurals = |kinds: bool| {
        drawn
            .iter()
            .filter(|group| filled(&group.kind) == kinds)
            .map(|group| group.plural.clone())
            .collect()
    };
    let said: Vec<String> = drawn
        .iter()
        .map(|group| told(words, group, filled(&group.kind)))
        .collect();
    Some(Tiles {
        title: words.say("tiles-title").into_owned(),
        description: words.say_with("tiles-description", &[("kinds", said.join(" ").into())]),
        width: extent(left, right),
        height: extent(top, bottom),
        tiles: drawn.iter().flat_map(|group| draw(group)).collect(),
        filled: plurals(true),
        outlined: plurals(false),
    })
}

fn tile(party: &PartyCard, (left, top): (u8, u8), filled: bool) -> Option<Tile> {
    let (column, row) = party.tile?;
    let (x, y) = (u32::from(column - left) * STEP, u32::from(row - top) * STEP);
    let lines = wrapped(&party.link.label.text, LETTERS);
    // One line of a name stands lower than the first of two, so that both look centred.
    let head = y + if lines.len() > 1 { 49 } else { 54 };
    Some(Tile {
        x,
        y,
        middle: x + 37,
        code: party.code.clone()?,
        code_y: y + 32,
        name: (0u32..)
            .zip(lines)
            .map(|(below, text)| Label {
                y: head + below * LINE,
                text,
            })
            .collect(),
        filled,
    })
}

fn told(words: &Wording, group: &PartyGroup, filled: bool) -> String {
    let key = if filled {
        "tiles-filled"
    } else {
        "tiles-outlined"
    };
    let names: Vec<&str> = group
        .parties
        .iter()
        .map(|party| party.link.label.text.as_str())
        .collect();
    words.say_with(
        key,
        &[
            ("kind", group.plural.as_str().into()),
            ("names", words.all_of(&names).into()),
        ],
    )
}
