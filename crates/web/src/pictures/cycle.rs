use comity_view::{CycleBody, Gathering, Structure};
use comity_wording::Wording;

use super::bodies::{Sign, sign};
use super::ties::wrapped;

const MIDDLE_X: f32 = 280.0;
const MIDDLE_Y: f32 = 176.0;
const RADIUS: f32 = 130.0;
/// Where the name of a gathering stands, inside the ring.
const INNER: f32 = 62.0;

/// The year's meetings on a ring, read clockwise from the top.
#[derive(Debug)]
pub(crate) struct Cycle {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) turn: String,
    pub(crate) stops: Vec<Stop>,
    pub(crate) gatherings: Vec<Inner>,
}

/// Bodies that meet at one time of the year.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) sign: Option<Sign>,
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) anchor: &'static str,
    pub(crate) label: String,
}

/// The name of a gathering inside the ring.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) x: u32,
    pub(crate) lines: Vec<super::ties::Label>,
}

/// `None` where the rules name no meeting of the year.
pub(crate) fn cycle(words: &Wording, structure: &Structure) -> Option<Cycle> {
    let gatherings = &structure.cycle.gatherings;
    let share = 360.0 / count(gatherings.len());
    let mut stops = Vec::new();
    let mut inner = Vec::new();
    for (start, gathering) in (0u16..)
        .map(|place| f32::from(place) * share)
        .zip(gatherings)
    {
        let steps = count(gathering.stages.len() + 1);
        let angles = (1u16..).map(|place| start + f32::from(place) * share / steps);
        stops.extend(
            angles
                .zip(&gathering.stages)
                .map(|(angle, stage)| stop(structure, stage, angle)),
        );
        inner.push(name(words, gathering, start + share / 2.0));
    }
    (!stops.is_empty()).then(|| Cycle {
        title: words.say("cycle-picture").into_owned(),
        description: words.say_with(
            "cycle-description",
            &[("gatherings", told(words, structure).join(" ").into())],
        ),
        turn: words.say("cycle-turn").into_owned(),
        stops,
        gatherings: inner,
    })
}

fn count(number: usize) -> f32 {
    u16::try_from(number).map_or(1.0, f32::from).max(1.0)
}

/// A point of the ring, by degrees from the top.
fn point(angle: f32, radius: f32) -> (u32, u32) {
    let turn = angle.to_radians();
    let whole = |value: f32| value.round().max(0.0) as u32;
    (
        whole(MIDDLE_X + radius * turn.sin()),
        whole(MIDDLE_Y - radius * turn.cos()),
    )
}

fn stop(structure: &Structure, stage: &[CycleBody], angle: f32) -> Stop {
    let (x, y) = point(angle, RADIUS);
    // The words stand outside the ring, on the side that has room for them.
    let (anchor, dx) = if (170.0..=190.0).contains(&angle) {
        ("middle", 0)
    } else if angle < 180.0 {
        ("start", 20)
    } else {
        ("end", -20)
    };
    let below = if anchor == "middle" { 28 } else { 5 };
    let sign = stage
        .first()
        .and_then(|body| body.mark)
        .map(|mark| sign(mark, x, y));
    Stop {
        sign,
        x: x.saturating_add_signed(dx),
        y: y + below,
        anchor,
        label: named(structure, stage),
    }
}

/// A body by its acronym or name; several of a kind by the kind and how many.
fn named(structure: &Structure, stage: &[CycleBody]) -> String {
    if let [only] = stage {
        return only
            .acronym
            .clone()
            .unwrap_or_else(|| only.body.label.text.clone());
    }
    let kind = |body: &CycleBody| {
        structure
            .bodies
            .iter()
            .find(|line| line.link.id == body.body.id)
            .map(|line| line.kind.name.clone())
    };
    let mut kinds: Vec<String> = stage.iter().filter_map(kind).collect();
    kinds.dedup();
    match kinds.as_slice() {
        [only] => format!("{only} ({})", stage.len()),
        _ => stage
            .iter()
            .map(|body| {
                body.acronym
                    .clone()
                    .unwrap_or_else(|| body.body.label.text.clone())
            })
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn name(words: &Wording, gathering: &Gathering, angle: f32) -> Inner {
    let (x, y) = point(angle, INNER);
    let lines = wrapped(&title(words, gathering), 11);
    Inner {
        x,
        lines: (0u32..)
            .zip(lines)
            .map(|(index, text)| super::ties::Label {
                y: y + index * 18,
                text,
            })
            .collect(),
    }
}

/// When in the year a gathering is, or which one it is.
pub(crate) fn title(words: &Wording, gathering: &Gathering) -> String {
    gathering.season.clone().unwrap_or_else(|| {
        words.say_with("cycle-gathering", &[("number", gathering.number.into())])
    })
}

/// Each gathering in a sentence: "First semester: first A and B, then C."
pub(crate) fn told(words: &Wording, structure: &Structure) -> Vec<String> {
    let stage = |stage: &Vec<CycleBody>| {
        words.all_of(
            &stage
                .iter()
                .map(|body| body.body.label.text.as_str())
                .collect::<Vec<_>>(),
        )
    };
    let sentence = |gathering: &Gathering| {
        let stages: Vec<String> = gathering.stages.iter().map(stage).collect();
        let then = format!("; {} ", words.say("cycle-then"));
        words.say_with(
            "cycle-told",
            &[
                ("when", title(words, gathering).into()),
                ("stages", stages.join(&then).into()),
            ],
        )
    };
    structure.cycle.gatherings.iter().map(sentence).collect()
}
