//! How a list on its way in is drawn: its columns, its rows, and what is to be mended.

use askama::Template;
use axum::http::StatusCode;
use comity_contacts::{Column, Field, Like, Named, Problem, Proposed};
use comity_view::Inside;

use super::draw::{below, frame, page, why_not};
use super::list::{Around, Batch, Stage, goes_in, rows, stage_key};
use super::visit::{Call, Outcome};
use super::{NotDone, Room};
use crate::frame::Frame;

struct ColumnLine {
    place: usize,
    heading: String,
    never: bool,
    /// The fields, with their words, and which is chosen.
    choices: Vec<(String, String, bool)>,
}

struct FixLine {
    name: String,
    label: String,
    value: String,
    given: String,
    choices: Vec<(String, String)>,
}

struct RowLine {
    number: usize,
    name: String,
    about: String,
    state: String,
    left_out: bool,
    fixes: Vec<FixLine>,
    may_leave_out: bool,
}

#[derive(Template)]
#[template(path = "inside/list.html")]
struct List {
    frame: Frame,
    draft: bool,
    taken: bool,
    stage: String,
    columns: Vec<ColumnLine>,
    going: usize,
    mend: Vec<RowLine>,
    rest: Vec<RowLine>,
    note: String,
    note_asked: bool,
    wants_note: bool,
    open: Option<bool>,
}

pub(super) async fn draw(
    call: &Call,
    inside: &Inside,
    batch: &Batch,
    around: &Around,
    wants_note: bool,
) -> Result<Outcome, Outcome> {
    let framed = frame(call, Some(inside), batch.name.clone());
    let lists = framed.say("lists-title").into_owned();
    let people = framed.say("people-title").into_owned();
    let framed = below(framed, people, Room::People.path(call.language));
    let framed = below(framed, lists, Room::Import.path(call.language));
    let rows = rows(batch, around);
    let (mend, rest): (Vec<_>, Vec<_>) = rows
        .iter()
        .map(|row| line(call, &framed, batch, around, row))
        .partition(|line| !line.fixes.is_empty());
    let open = call.indoors()?.letters().await?.map(|letters| letters.open);
    let status = if wants_note {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let draft = batch.stage == Stage::Draft;
    page(
        status,
        &List {
            draft,
            taken: batch.stage == Stage::Taken,
            stage: framed.say(stage_key(batch.stage)).into_owned(),
            columns: if draft {
                columns(&framed, batch)
            } else {
                Vec::new()
            },
            going: if draft {
                rows.iter().filter(|row| goes_in(batch, row)).count()
            } else {
                batch.taken.len()
            },
            mend,
            rest,
            note: batch.note.clone(),
            note_asked: !around.on_a_note.is_empty(),
            wants_note,
            open,
            frame: framed,
        },
    )
}

fn columns(frame: &Frame, batch: &Batch) -> Vec<ColumnLine> {
    let columns = batch.sheet.heading.iter().zip(&batch.mapping.0).enumerate();
    columns
        .map(|(place, (heading, column))| {
            let out = frame.say("list-column-out").into_owned();
            let mut choices = vec![("-".to_owned(), out, *column == Column::LeftOut)];
            choices.extend(Field::ALL.map(|field| {
                let label = frame.say(field_key(field)).into_owned();
                (
                    field.as_str().to_owned(),
                    label,
                    *column == Column::Holds(field),
                )
            }));
            ColumnLine {
                place,
                heading: heading.clone(),
                never: *column == Column::Never,
                choices,
            }
        })
        .collect()
}

const fn field_key(field: Field) -> &'static str {
    match field {
        Field::Name => "sheet-name",
        Field::GivenName => "sheet-given-name",
        Field::FamilyName => "sheet-family-name",
        Field::Party => "sheet-party",
        Field::Seat => "sheet-seat",
        Field::Branch => "sheet-branch",
        Field::Email => "sheet-email",
        Field::Phone => "sheet-phone",
        Field::Language => "sheet-language",
    }
}

fn line(call: &Call, frame: &Frame, batch: &Batch, around: &Around, row: &Proposed) -> RowLine {
    let label = |named: &[Named], id: &Option<String>| -> Option<String> {
        let id = id.as_ref()?;
        let named = named.iter().find(|named| named.id == *id)?;
        named.names.last().cloned()
    };
    let party = row
        .party
        .as_ref()
        .and_then(|party| around.labels.get(party))
        .cloned();
    let about = [
        party,
        label(&around.known.seats, &row.seat),
        label(&around.known.branches, &row.branch),
        row.email.clone(),
        row.phone.clone(),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let left_out = batch.left_out.contains(&row.row);
    let draft = batch.stage == Stage::Draft;
    let taken = batch.taken.iter().any(|taken| taken.row == row.row);
    let state = if let Some(code) = batch.refused.get(&row.row) {
        why_not(call.language, &NotDone::new(code.clone()))
    } else if !draft {
        let key = if taken {
            "list-row-in"
        } else {
            "list-row-not-in"
        };
        frame.say(key).into_owned()
    } else {
        match &row.like {
            _ if left_out => frame.say("list-row-left-out").into_owned(),
            Some(Like::Row(other)) => frame.say_one("list-row-twice", "row", *other),
            Some(Like::Person(_)) => frame.say("list-row-known").into_owned(),
            None if row.problems.is_empty() => frame.say("list-row-goes").into_owned(),
            None => frame.say("list-row-mend").into_owned(),
        }
    };
    let fixable = draft && !left_out && row.like.is_none();
    let problems = row.problems.iter().filter(|_| fixable);
    RowLine {
        number: row.row,
        name: row.name.clone(),
        about: about.join(" · "),
        state,
        left_out,
        fixes: problems
            .map(|problem| fix(frame, around, row, problem))
            .collect(),
        may_leave_out: draft,
    }
}

fn fix(frame: &Frame, around: &Around, row: &Proposed, problem: &Problem) -> FixLine {
    let choices = match problem.field {
        Field::Party => around
            .labels
            .iter()
            .map(|(id, label)| (id.clone(), label.clone()))
            .collect(),
        Field::Seat => {
            let own = row
                .party
                .as_ref()
                .and_then(|party| around.offers.get(party));
            own.into_iter()
                .flatten()
                .map(|offer| (offer.seat.clone(), offer.label.clone()))
                .collect()
        }
        Field::Branch => {
            let named = around.known.branches.iter();
            named
                .filter_map(|named| Some((named.id.clone(), named.names.first()?.clone())))
                .collect()
        }
        _ => Vec::new(),
    };
    FixLine {
        name: format!("fix.{}.{}", row.row, problem.field.as_str()),
        label: frame.say(field_key(problem.field)).into_owned(),
        value: problem.given.clone(),
        given: problem.given.clone(),
        choices,
    }
}
