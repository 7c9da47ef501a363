//! Lists of people that come in: a file is sent, its columns are told apart, its rows looked through and mended, and then the
//! whole is taken in by one step and can be taken back by another.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::http::StatusCode;
use comity_contacts::{
    Column, Field, Fixes, Known, Mapping, Named, Problem, Proposed, Sheet, Somebody, Unreadable,
    propose,
};
use comity_view::{Ask, Inside, Power, SeatOffer};
use serde::{Deserialize, Serialize};

use super::draw::{below, frame, page};
use super::list_page;
use super::visit::{Call, Outcome, Sent};
use super::{Card, Filling, Prepared, Room, Visitor};
use crate::fault::Fault;
use crate::frame::Frame;

/// A list on its way in, as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Batch {
    pub name: String,
    pub sheet: Sheet,
    pub mapping: Mapping,
    pub fixes: Fixes,
    pub left_out: BTreeSet<usize>,
    pub note: String,
    pub stage: Stage,
    pub taken: Vec<Taken>,
    /// Rows that were not in order, with the code that says why.
    pub refused: BTreeMap<usize, String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stage {
    Draft,
    Taken,
    Back,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Taken {
    pub row: usize,
    pub filled: String,
    pub person: String,
}

#[derive(Template)]
#[template(path = "inside/lists.html")]
struct Lists {
    frame: Frame,
    /// Each with its address and its stage.
    lists: Vec<(String, String, String)>,
    refused: Option<String>,
}

/// Where a list is sent, and those that one has sent.
pub(super) async fn lists(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    if !may_list(&inside) {
        return Err(Fault::NotFound.into());
    }
    let mut refused = None;
    if call.form.is_some() {
        match read(call) {
            Ok(batch) => {
                let id = keep(call, visitor, None, &batch).await?;
                return Ok(call.go(&Room::Batch(id)));
            }
            Err(unreadable) => refused = Some(why_unreadable(call, &unreadable)),
        }
    }
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("lists-title").into_owned();
    let people = framed.say("people-title").into_owned();
    let framed = below(
        framed.titled(title),
        people,
        Room::People.path(call.language),
    );
    let mut lists = Vec::new();
    for Prepared { id, body } in call.indoors()?.prepared(visitor, None).await? {
        if let Ok(batch) = serde_json::from_str::<Batch>(&body) {
            let stage = framed.say(stage_key(batch.stage)).into_owned();
            lists.push((batch.name, Room::Batch(id).path(call.language), stage));
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    page(
        status,
        &Lists {
            frame: framed,
            lists,
            refused,
        },
    )
}

pub(super) const fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "list-draft",
        Stage::Taken => "list-taken",
        Stage::Back => "list-back",
    }
}

/// Whoever may change the people of some party.
pub(super) fn may_list(inside: &Inside) -> bool {
    let lines = inside.parties();
    let powers = lines.iter().filter_map(|line| inside.people(&line.id));
    powers.into_iter().any(|people| people.power != Power::None)
}

fn read(call: &Call) -> Result<Batch, Unreadable> {
    let (name, bytes) = match &call.file {
        Some(Sent::Whole(name, bytes)) => (name, bytes),
        Some(Sent::TooLarge) => return Err(Unreadable::TooLarge),
        None => return Err(Unreadable::Empty),
    };
    let mut sheet = Sheet::read(bytes)?;
    let mapping = Mapping::guess(&sheet.heading);
    // What is never taken in is not even kept until the list is.
    for (place, column) in mapping.0.iter().enumerate() {
        if *column == Column::Never {
            for row in &mut sheet.rows {
                row.cells[place].clear();
            }
        }
    }
    let plain = name.chars().filter(|c| !c.is_control()).take(80);
    Ok(Batch {
        name: plain.collect(),
        mapping,
        sheet,
        fixes: Fixes::new(),
        left_out: BTreeSet::new(),
        note: String::new(),
        stage: Stage::Draft,
        taken: Vec::new(),
        refused: BTreeMap::new(),
    })
}

fn why_unreadable(call: &Call, unreadable: &Unreadable) -> String {
    let words = crate::language::words(call.language);
    match unreadable {
        Unreadable::TooLarge => words.say("list-too-large").into_owned(),
        Unreadable::TooMany => words.say("list-too-many").into_owned(),
        Unreadable::Foreign => words.say("list-foreign").into_owned(),
        Unreadable::Empty => words.say("list-empty").into_owned(),
        Unreadable::CellTooLong { row, column } => words.say_with(
            "list-cell",
            &[("row", (*row).into()), ("column", (*column).into())],
        ),
    }
}

async fn keep(
    call: &Call,
    visitor: &Visitor,
    id: Option<&str>,
    batch: &Batch,
) -> Result<String, Outcome> {
    let body = serde_json::to_string(batch).map_err(|_| Fault::Failed)?;
    Ok(call.indoors()?.prepare(visitor, id, body).await?)
}

/// What rows are held against: what this seat may change, in both languages.
pub(super) struct Around {
    pub known: Known,
    /// The seats of each party that a list can fill: those that ask for nothing but a branch.
    pub offers: BTreeMap<String, Vec<SeatOffer>>,
    pub labels: BTreeMap<String, String>,
    /// Parties that are changed on a note only.
    pub on_a_note: BTreeSet<String>,
}

async fn around(call: &Call, visitor: &Visitor, inside: &Inside) -> Result<Around, Outcome> {
    let other = call.indoors()?.inside(visitor, call.language.other());
    let other = other.ok_or(Fault::NotFound)?;
    let mut around = Around {
        known: Known::default(),
        offers: BTreeMap::new(),
        labels: BTreeMap::new(),
        on_a_note: BTreeSet::new(),
    };
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut people: BTreeMap<String, Somebody> = BTreeMap::new();
    for line in inside.parties() {
        let Some(page) = inside.people(&line.id) else {
            continue;
        };
        // Held against, and shown to nobody: a row only says that somebody is there already.
        let people_of = page.seats.iter().map(|seat| seat.person.clone()).collect();
        let cards = call.indoors()?.cards(people_of).await?;
        for seat in &page.seats {
            let card = cards.get(&seat.person).cloned().unwrap_or_default();
            let known = people.entry(seat.person.clone()).or_insert(Somebody {
                id: seat.person.clone(),
                name: card.name,
                email: card.email,
                parties: Vec::new(),
            });
            known.parties.push(line.id.clone());
        }
        if page.power == Power::None {
            continue;
        }
        if page.power == Power::OnANote {
            around.on_a_note.insert(line.id.clone());
        }
        let twin = other.people(&line.id);
        let in_other = twin.as_ref().map(|twin| twin.line.label.clone());
        around.labels.insert(line.id.clone(), line.label.clone());
        around.known.parties.push(Named {
            id: line.id.clone(),
            names: [Some(line.label.clone()), in_other]
                .into_iter()
                .flatten()
                .collect(),
        });
        let simple =
            |offer: &SeatOffer| !offer.mandate && offer.asks.iter().all(|ask| *ask == Ask::Branch);
        for offer in twin
            .iter()
            .flat_map(|twin| &twin.offers)
            .chain(&page.offers)
        {
            if simple(offer) {
                let known = names.entry(offer.seat.clone()).or_default();
                if !known.contains(&offer.label) {
                    known.push(offer.label.clone());
                }
            }
        }
        let offers = page.offers.into_iter().filter(simple).collect();
        around.offers.insert(line.id, offers);
    }
    let named = |(id, names)| Named { id, names };
    around.known.seats = names.into_iter().map(named).collect();
    let mut branches: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, name) in inside.branches().into_iter().chain(other.branches()) {
        branches.entry(id).or_default().push(name);
    }
    around.known.branches = branches.into_iter().map(named).collect();
    around.known.people = people.into_values().collect();
    Ok(around)
}

/// The rows, held also against what each seat asks for.
pub(super) fn rows(batch: &Batch, around: &Around) -> Vec<Proposed> {
    let mut rows = propose(&batch.sheet, &batch.mapping, &batch.fixes, &around.known);
    for row in &mut rows {
        let offers = row
            .party
            .as_ref()
            .and_then(|party| around.offers.get(party));
        let offer = offers.and_then(|offers| {
            let wanted = row.seat.as_deref();
            offers
                .iter()
                .find(|offer| Some(offer.seat.as_str()) == wanted)
        });
        let wrong = |field: Field| Problem {
            field,
            given: String::new(),
        };
        match offer {
            None if row.party.is_some() && row.seat.is_some() => {
                row.problems.push(wrong(Field::Seat));
            }
            Some(offer) if offer.asks.contains(&Ask::Branch) && row.branch.is_none() => {
                row.problems.push(wrong(Field::Branch));
            }
            Some(offer) if !offer.asks.contains(&Ask::Branch) => row.branch = None,
            _ => {}
        }
    }
    rows
}

/// One list: looked through, mended, taken in, taken back.
pub(super) async fn batch(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let kept = call.indoors()?.prepared(visitor, Some(id)).await?;
    let body = kept.into_iter().next().ok_or(Fault::NotFound)?.body;
    let mut batch: Batch = serde_json::from_str(&body).map_err(|_| Fault::NotFound)?;
    let around = around(call, visitor, &inside).await?;
    let mut wants_note = false;
    if call.form.is_some() {
        match (batch.stage, call.sent("do")) {
            (Stage::Draft, Some("take")) => {
                mend(call, &mut batch);
                let rows = rows(&batch, &around);
                wants_note = batch.note.is_empty() && asks_note(&batch, &rows, &around);
                if !wants_note {
                    // Of two clicks one takes it in; whoever clicked again sees what came of it.
                    if !call.indoors()?.first_to_take(visitor, id).await? {
                        return Ok(call.go(&Room::Batch(id.to_owned())));
                    }
                    take(call, visitor, id, &mut batch, &rows).await?;
                }
            }
            (Stage::Draft, _) => mend(call, &mut batch),
            (Stage::Taken, Some("back")) => back(call, visitor, id, &mut batch).await?,
            // Nothing changed, and what another click wrote meanwhile stays.
            _ => return Ok(call.go(&Room::Batch(id.to_owned()))),
        }
        keep(call, visitor, Some(id), &batch).await?;
        if !wants_note {
            return Ok(call.go(&Room::Batch(id.to_owned())));
        }
    }
    list_page::draw(call, &inside, &batch, &around, wants_note).await
}

/// Takes over what the form says of columns and rows.
fn mend(call: &Call, batch: &mut Batch) {
    let Some(form) = &call.form else { return };
    batch.note = form
        .get("note")
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    for place in 0..batch.mapping.0.len() {
        if let Some(field) = form.get(&format!("column.{place}")) {
            let wanted = Field::read(field);
            let held =
                batch.mapping.0.get(place) == Some(&wanted.map_or(Column::LeftOut, Column::Holds));
            if !held {
                batch.mapping.set(place, wanted);
            }
        }
    }
    let numbers: BTreeSet<usize> = batch.sheet.rows.iter().map(|row| row.number).collect();
    batch.left_out.clear();
    for (name, value) in form.pairs() {
        let mut parts = name.splitn(3, '.');
        let row = (
            parts.next(),
            parts.next().and_then(|row| row.parse::<usize>().ok()),
        );
        match row {
            (Some("out"), Some(row)) if numbers.contains(&row) => {
                batch.left_out.insert(row);
            }
            (Some("fix"), Some(row)) if numbers.contains(&row) => {
                if let Some(field) = parts.next().and_then(Field::read) {
                    let value = value.chars().take(200).collect();
                    batch.fixes.entry(row).or_default().insert(field, value);
                }
            }
            _ => {}
        }
    }
}

pub(super) fn goes_in(batch: &Batch, row: &Proposed) -> bool {
    row.problems.is_empty() && row.like.is_none() && !batch.left_out.contains(&row.row)
}

fn asks_note(batch: &Batch, rows: &[Proposed], around: &Around) -> bool {
    rows.iter().filter(|row| goes_in(batch, row)).any(|row| {
        row.party
            .as_ref()
            .is_some_and(|party| around.on_a_note.contains(party))
    })
}

/// Seats whoever is in order, one act for each. What was done stands, whatever comes after it.
async fn take(
    call: &Call,
    visitor: &Visitor,
    id: &str,
    batch: &mut Batch,
    rows: &[Proposed],
) -> Result<(), Outcome> {
    batch.stage = Stage::Taken;
    let wanted: Vec<&Proposed> = rows.iter().filter(|row| goes_in(batch, row)).collect();
    for row in wanted {
        let filling = Filling {
            party: row.party.clone().unwrap_or_default(),
            seat: row.seat.clone().unwrap_or_default(),
            person: None,
            card: Card {
                name: row.name.clone(),
                email: row.email.clone(),
                phone: row.phone.clone(),
                language: row.language.clone(),
                ..Card::default()
            },
            branch: row.branch.clone(),
            note: Some(batch.note.clone()).filter(|note| !note.is_empty()),
            quiet: true,
            ..Filling::default()
        };
        match call.indoors()?.fill(visitor, filling).await? {
            Ok(filled) => batch.taken.push(Taken {
                row: row.row,
                filled: filled.filled,
                person: filled.person,
            }),
            Err(not_done) => {
                batch.refused.insert(row.row, not_done.code);
            }
        }
        // After each act: a crash leaves a list that knows what it did, but for the last row.
        keep(call, visitor, Some(id), batch).await?;
    }
    Ok(())
}

/// Ends every seat that the list filled and somebody still holds, and gives up the data of whoever never came in.
async fn back(call: &Call, visitor: &Visitor, id: &str, batch: &mut Batch) -> Result<(), Outcome> {
    let indoors = call.indoors()?;
    let note = Some(batch.note.clone()).filter(|note| !note.is_empty());
    while let Some(taken) = batch.taken.pop() {
        let ended = indoors.vacate(visitor, &taken.filled, note.clone()).await?;
        match ended {
            Ok(()) => indoors.forget_unseen(&taken.person).await?,
            // Somebody ended it already, or nobody may any more: it is no seat of this list any more.
            Err(not_done) => {
                batch.refused.insert(taken.row, not_done.code);
            }
        }
        keep(call, visitor, Some(id), batch).await?;
    }
    batch.stage = Stage::Back;
    Ok(())
}
