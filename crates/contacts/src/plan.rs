use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fold::{fold, tidy};
use crate::names::Names;
use crate::seen::Seen;
use crate::{Field, Mapping, Row, Sheet, is_email, is_phone};

/// The longest name, in characters.
const NAME_LONGEST: usize = 200;

/// Something that has an id and is written in several ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    /// In both languages, short and long.
    pub names: Vec<String>,
}

/// Somebody who is in the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    /// The parties for which they sit.
    pub parties: Vec<String>,
}

/// What rows are held against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    pub parties: Vec<Named>,
    pub seats: Vec<Named>,
    pub branches: Vec<Named>,
    pub people: Vec<Somebody>,
}

/// What somebody wrote over a cell, by the row's number.
pub type Fixes = BTreeMap<usize, BTreeMap<Field, String>>;

/// A row as it would be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    pub row: usize,
    pub name: String,
    pub party: Option<String>,
    pub seat: Option<String>,
    pub branch: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Option<String>,
    /// Each keeps the row out.
    pub problems: Vec<Problem>,
    /// Whom it may be already.
    pub like: Option<Like>,
}

/// What is wrong with a row, in which field, and what was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: Field,
    pub given: String,
}

/// Why a row may be of somebody who is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Like {
    /// An earlier row has the same address, or the same name of the same party.
    Row(usize),
    /// Somebody in the directory has, by id.
    Person(String),
}

/// Holds every row against what is known. A seat or a party is never guessed between two.
pub fn propose(sheet: &Sheet, mapping: &Mapping, fixes: &Fixes, known: &Known) -> Vec<Proposed> {
    let against = Against {
        parties: Names::of(&known.parties),
        seats: Names::of(&known.seats),
        branches: Names::of(&known.branches),
    };
    let mut seen = Seen::default();
    for person in &known.people {
        let like = Like::Person(person.id.clone());
        seen.take(
            &person.name,
            person.email.as_deref(),
            &person.parties,
            &like,
        );
    }
    let mut proposed: Vec<Proposed> = Vec::new();
    for row in &sheet.rows {
        let mut next = of_row(row, mapping, fixes.get(&row.number), &against);
        let party = next.party.as_slice();
        next.like = seen.like(&next.name, next.email.as_deref(), party);
        seen.take(
            &next.name,
            next.email.as_deref(),
            party,
            &Like::Row(next.row),
        );
        proposed.push(next);
    }
    proposed
}

/// What is known, folded once for all rows.
struct Against<'k> {
    parties: Names<'k>,
    seats: Names<'k>,
    branches: Names<'k>,
}

fn of_row(
    row: &Row,
    mapping: &Mapping,
    fixes: Option<&BTreeMap<Field, String>>,
    against: &Against<'_>,
) -> Proposed {
    let given = |field: Field| -> String {
        if let Some(fixed) = fixes.and_then(|fixes| fixes.get(&field)) {
            return tidy(fixed);
        }
        let cell = mapping.column(field).and_then(|place| row.cells.get(place));
        cell.cloned().unwrap_or_default()
    };
    let mut problems = Vec::new();
    let mut wrong = |field: Field, given: &str| {
        problems.push(Problem {
            field,
            given: given.to_owned(),
        });
    };
    let mut name = given(Field::Name);
    if name.is_empty() {
        let parts = [given(Field::GivenName), given(Field::FamilyName)];
        name = parts.join(" ").trim().to_owned();
    }
    if name.is_empty() || name.chars().count() > NAME_LONGEST {
        wrong(Field::Name, &name);
    }
    let party_given = given(Field::Party);
    let party = against.parties.party(&party_given);
    if party.is_none() {
        wrong(Field::Party, &party_given);
    }
    let seat_given = given(Field::Seat);
    let seat = against.seats.one(&seat_given);
    if seat.is_none() {
        wrong(Field::Seat, &seat_given);
    }
    let branch_given = given(Field::Branch);
    let branch = against.branches.one(&branch_given);
    let optional = |text: String| (!text.is_empty()).then_some(text);
    let email = optional(given(Field::Email));
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        wrong(Field::Email, email.as_deref().unwrap_or_default());
    }
    let phone = optional(given(Field::Phone));
    if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
        wrong(Field::Phone, phone.as_deref().unwrap_or_default());
    }
    let language = match fold(&given(Field::Language)).as_str() {
        "es" | "espanol" | "spanish" | "castellano" => Some("es".to_owned()),
        "en" | "ingles" | "english" => Some("en".to_owned()),
        _ => None,
    };
    Proposed {
        row: row.number,
        name,
        party,
        seat,
        branch,
        email,
        phone,
        language,
        problems,
        like: None,
    }
}
