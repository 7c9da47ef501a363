use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fold::fold;
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
    let mut proposed: Vec<Proposed> = Vec::new();
    for row in &sheet.rows {
        let mut next = of_row(row, mapping, fixes.get(&row.number), known);
        next.like = like(&next, &proposed, known);
        proposed.push(next);
    }
    proposed
}

fn of_row(
    row: &Row,
    mapping: &Mapping,
    fixes: Option<&BTreeMap<Field, String>>,
    known: &Known,
) -> Proposed {
    let given = |field: Field| -> String {
        if let Some(fixed) = fixes.and_then(|fixes| fixes.get(&field)) {
            return fixed.trim().to_owned();
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
    let party = one(&party_given, &known.parties);
    if party.is_none() {
        wrong(Field::Party, &party_given);
    }
    let seat_given = given(Field::Seat);
    let seat = one(&seat_given, &known.seats);
    if seat.is_none() {
        wrong(Field::Seat, &seat_given);
    }
    let branch_given = given(Field::Branch);
    let branch = one(&branch_given, &known.branches);
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

/// What a text names: an id, a whole name, or the beginning of exactly one.
fn one(given: &str, known: &[Named]) -> Option<String> {
    let given = fold(given);
    if given.is_empty() {
        return None;
    }
    let whole = known.iter().find(|named| {
        fold(&named.id) == given || named.names.iter().any(|name| fold(name) == given)
    });
    if let Some(named) = whole {
        return Some(named.id.clone());
    }
    let starts = |named: &&Named| {
        named.names.iter().any(|name| {
            let name = fold(name);
            name.starts_with(&format!("{given} "))
        })
    };
    let mut found = known.iter().filter(starts);
    let first = found.next()?;
    found.next().is_none().then(|| first.id.clone())
}

fn like(next: &Proposed, before: &[Proposed], known: &Known) -> Option<Like> {
    let email = next.email.as_deref().map(str::to_lowercase);
    let name = fold(&next.name);
    let same = |other_email: Option<&str>, other_name: &str, same_party: bool| {
        let by_email = email.is_some() && other_email.map(str::to_lowercase) == email;
        by_email || (same_party && !name.is_empty() && fold(other_name) == name)
    };
    let person = known.people.iter().find(|person| {
        let party = next.party.as_ref();
        let sits = party.is_some_and(|party| person.parties.contains(party));
        same(person.email.as_deref(), &person.name, sits)
    });
    if let Some(person) = person {
        return Some(Like::Person(person.id.clone()));
    }
    let row = before.iter().find(|other| {
        let party = other.party.is_some() && other.party == next.party;
        same(other.email.as_deref(), &other.name, party)
    });
    row.map(|row| Like::Row(row.row))
}
