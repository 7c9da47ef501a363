use askama::Template;
use comity_view::PartyGroup;
use comity_wording::Wording;

use super::{Label, broken};

/// From one tile to the next.
const STEP: f32 = 80.0;
const SIDE: f32 = 74.0;
/// Above which length a name stands in two lines.
const LONG: usize = 12;

/// States as labelled tiles, roughly where they lie; no borders are drawn.
#[derive(Debug, Template)]
#[template(path = "pictures/tiles.html")]
pub(crate) struct Tiles {
    title: String,
    description: String,
    width: f32,
    height: f32,
    tiles: Vec<Tile>,
}

impl askama::filters::HtmlSafe for Tiles {}

#[derive(Debug)]
struct Tile {
    x: f32,
    y: f32,
    middle: f32,
    code: String,
    code_y: f32,
    name: Vec<Label>,
    /// Filled; the others are outlined with cut corners.
    filled: bool,
}

impl Tiles {
    /// Draws the states that have a tile; `filled` tells the kinds whose tiles are filled. `None` where none has one.
    pub(crate) fn draw(words: &Wording, groups: &[PartyGroup], filled: impl Fn(&str) -> bool) -> Option<Self> {
        let placed = |group: &PartyGroup| group.parties.iter().filter_map(|party| party.tile).collect::<Vec<_>>();
        let all: Vec<(u8, u8)> = groups.iter().flat_map(placed).collect();
        let left = all.iter().map(|tile| tile.0).min()?;
        let top = all.iter().map(|tile| tile.1).min()?;
        let extent = |last: Option<u8>, first: u8| f32::from(last.unwrap_or(first) - first + 1) * STEP;
        let mut tiles = Vec::with_capacity(all.len());
        for group in groups {
            for party in &group.parties {
                let (Some((column, row)), Some(code)) = (party.tile, &party.code) else { continue };
                let corner = (f32::from(column - left) * STEP, f32::from(row - top) * STEP);
                tiles.push(Tile::new(corner, code, &party.link.label.text, filled(&group.kind)));
            }
        }
        let counts = groups.iter().filter(|group| !placed(group).is_empty());
        let counts: Vec<String> = counts.map(|group| counted(words, group, filled(&group.kind))).collect();
        Some(Self {
            title: words.say("tiles-title").into_owned(),
            description: words.say_with("tiles-description", &[("kinds", counts.join("; ").into())]),
            width: extent(all.iter().map(|tile| tile.0).max(), left),
            height: extent(all.iter().map(|tile| tile.1).max(), top),
            tiles,
        })
    }
}

impl Tile {
    fn new((x, y): (f32, f32), code: &str, name: &str, filled: bool) -> Self {
        let lines = broken(name, LONG, 0.0, 13.0);
        // One line of a name stands lower than two, so that both look centred.
        let foot = if lines.len() > 1 { y + 63.0 } else { y + 54.0 };
        let name = lines.into_iter().map(|line| Label { y: line.y + foot, ..line }).collect();
        Self { x, y, middle: x + SIDE / 2.0, code: code.to_owned(), code_y: y + 32.0, name, filled }
    }
}

fn counted(words: &Wording, group: &PartyGroup, filled: bool) -> String {
    let key = if filled { "tiles-filled" } else { "tiles-outlined" };
    let names: Vec<&str> = group.parties.iter().map(|party| party.link.label.text.as_str()).collect();
    words.say_with(key, &[("kind", group.plural.as_str().into()), ("names", words.all_of(&names).into())])
}
