use std::collections::BTreeMap;

use askama::Template;
use comity_view::{
    InstitutionLine, InstitutionRow, Link, PartyCard, PartyGroup, PresidencyLine, Target, Term,
    View, Words,
};

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::gatherings;
use crate::pictures::tiles::{Tiles, tiles};
use crate::{Address, Kind, sources};

#[derive(Template)]
#[template(path = "pages/members.html")]
struct Members {
    frame: Frame,
    lead: String,
    tiles: Option<Tiles>,
    /// Kinds of party that are States, as cards.
    states: Vec<Group>,
    /// The others, as tables.
    others: Vec<Group>,
    criteria: Option<String>,
    branches: Vec<String>,
    institutions: Vec<Focal>,
    institutions_source: Option<String>,
}

struct Group {
    id: String,
    /// "Member countries (11)"
    title: String,
    /// States stand as cards, others as rows of a table.
    states: bool,
    parties: Vec<Party>,
    source: Option<String>,
}

struct Party {
    id: String,
    link: Link,
    acronym: String,
    since: String,
    /// "Presided 1998, 2005"
    presided: Option<String>,
    summary: Option<String>,
    marks: Vec<String>,
    notes: Vec<String>,
}

struct Focal {
    party: Link,
    cells: Vec<Cell>,
}

struct Cell {
    branch: String,
    institutions: Vec<Institution>,
}

/// An institution with what it takes part through.
pub(super) struct Institution {
    pub(super) name: Words,
    pub(super) units: Vec<Words>,
    pub(super) task: Option<String>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let words = crate::language::words(view.language());
    let frame = Frame::new(ask, words.say(super::name_key(Kind::Members)));
    let groups = view.parties(None);
    let lead = lead(&frame, &groups);
    let frame = frame.described(lead.as_str());
    let decides = |kind: &str| {
        view.rules()
            .party_kind(kind)
            .is_some_and(|kind| kind.decides)
    };
    let institutions = view.institutions();
    let says = institutions
        .iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| &cell.institutions)
        .map(|line| &line.says);
    let map = tiles(frame.words(), &groups, decides);
    let (states, others) = drawn(&frame, view, groups)
        .into_iter()
        .partition(|group| group.states);
    render(&Members {
        tiles: map,
        criteria: super::exists(Kind::Criteria).then(|| frame.of(&Address::Criteria)),
        branches: institutions
            .first()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| cell.branch.name.clone())
                    .collect()
            })
            .unwrap_or_default(),
        institutions_source: sources::together(&frame, says),
        states,
        others,
        institutions: institutions.into_iter().map(focal).collect(),
        lead,
        frame,
    })
}

/// "Member countries: 11. Observer states: 5. …"
fn lead(frame: &Frame, groups: &[PartyGroup]) -> String {
    if groups.is_empty() {
        return frame.say("members-empty").into_owned();
    }
    let words = frame.words();
    let count = |group: &PartyGroup| {
        words.say_with(
            "members-count",
            &[
                ("name", group.plural.as_str().into()),
                ("count", group.parties.len().into()),
            ],
        )
    };
    groups.iter().map(count).collect::<Vec<_>>().join(" ")
}

fn drawn(frame: &Frame, view: &View, groups: Vec<PartyGroup>) -> Vec<Group> {
    let presidencies = view.presidencies();
    // An organisation has its page as such, not as a party.
    let pages: BTreeMap<String, Link> = view
        .organizations()
        .into_iter()
        .filter_map(|line| Some((line.party?.id, line.link)))
        .collect();
    let group = |group: PartyGroup| Group {
        title: frame.words().say_with(
            "members-group",
            &[
                ("name", group.plural.as_str().into()),
                ("count", group.parties.len().into()),
            ],
        ),
        states: group.state,
        source: sources::together(frame, group.parties.iter().map(|card| &card.says)),
        parties: group
            .parties
            .into_iter()
            .map(|card| party(frame, card, &presidencies, &pages))
            .collect(),
        id: group.kind,
    };
    groups.into_iter().map(group).collect()
}

fn party(
    frame: &Frame,
    card: PartyCard,
    presidencies: &[PresidencyLine],
    pages: &BTreeMap<String, Link>,
) -> Party {
    let words = frame.words();
    let years: Vec<String> = presidencies
        .iter()
        .filter(|line| line.party.id == card.link.id && line.state != Term::Upcoming)
        .map(|line| line.year.to_string())
        .collect();
    let target = if card.link.to == Target::Country {
        Some(&card.link)
    } else {
        pages.get(&card.link.id)
    };
    let to = target.map_or(Target::Party, |link| link.to);
    let id = target.map_or_else(|| card.link.id.clone(), |link| link.id.clone());
    Party {
        link: Link {
            to,
            id,
            label: card.link.label,
        },
        id: card.link.id,
        acronym: card.acronym.unwrap_or_default(),
        since: card
            .since
            .map(|since| words.since(since.start()))
            .unwrap_or_default(),
        presided: (!years.is_empty())
            .then(|| frame.say_one("members-presided", "years", words.all_of(&years))),
        summary: card.summary,
        marks: gatherings::marks(frame, card.says.inferred, card.uncertain),
        notes: card.says.note.into_iter().collect(),
    }
}

fn focal(row: InstitutionRow) -> Focal {
    let cells = row.cells.into_iter();
    let cells = cells.map(|cell| Cell {
        branch: cell.branch.name,
        institutions: cell.institutions.into_iter().map(institution).collect(),
    });
    Focal {
        party: row.party,
        cells: cells.collect(),
    }
}

pub(super) fn institution(line: InstitutionLine) -> Institution {
    Institution {
        name: line.name,
        units: line.units,
        task: line.task,
    }
}
