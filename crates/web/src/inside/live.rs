//! The mark by which an open page learns that it has changed: it is written into the page, and asked for again.

use std::hash::{BuildHasher as _, Hash};

use comity_view::{ConsultationPage, InformalPage, Inside};
use foldhash::quality::FixedState;

use super::consultation::letters_stand;
use super::visit::{Call, Outcome};
use super::{LettersOf, Visitor};
use crate::fault::Fault;

/// Milliseconds after which a browser asks again.
const ASK_AGAIN: u32 = 5_000;

pub(super) async fn consultation(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let seen = inside.consultation(id).ok_or(Fault::NotFound)?;
    told(&of_consultation(call, visitor, &inside, &seen, None).await?)
}

pub(super) async fn informal(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let seen = inside.informal(id).ok_or(Fault::NotFound)?;
    told(&of_informal(call, &seen).await?)
}

/// Of the list of consultations.
pub(super) fn list(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    told(&of_list(&inside))
}

/// The mark of the list of consultations.
pub(super) fn of_list(inside: &Inside) -> String {
    mark(&(inside.consultations(), inside.informals()))
}

/// The mark of a consultation's page: of the acts, and of what only its workrooms know; who opened it is looked up where it is
/// not known.
pub(super) async fn of_consultation(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    seen: &ConsultationPage,
    opened: Option<&[String]>,
) -> Result<String, Outcome> {
    let indoors = call.indoors()?;
    let opened = match (&seen.round, opened) {
        (Some(_), Some(opened)) if inside.sees_delivery() => sorted(opened.to_vec()),
        (Some(round), None) if inside.sees_delivery() => sorted(indoors.opened(&round.act).await?),
        _ => Vec::new(),
    };
    let mut letters = Vec::new();
    if letters_stand(call, inside, seen).await? {
        let of = LettersOf::Consultation(&seen.line.id);
        let found = indoors.mailing(visitor, of, &[], call.language).await?;
        let lines = found.into_iter().flat_map(|found| found.lines);
        letters = lines
            .map(|line| (line.party, line.name, line.state))
            .collect();
    }
    Ok(mark(&(seen, opened, letters)))
}

/// The mark of an informal consultation's page.
pub(super) async fn of_informal(call: &Call, seen: &InformalPage) -> Result<String, Outcome> {
    let opened = match seen.may.sees_all {
        true => sorted(call.indoors()?.opened(&seen.line.id).await?),
        false => Vec::new(),
    };
    Ok(mark(&(seen, opened)))
}

fn sorted(mut all: Vec<String>) -> Vec<String> {
    all.sort_unstable();
    all
}

/// A mark of all that the seat sees of a page: another one as soon as any of it is another.
fn mark(seen: &impl Hash) -> String {
    // Keyed with nothing: every node makes the same mark of the same page. It guards nothing, and is made for each page.
    format!("{:016x}", FixedState::default().hash_one(seen))
}

/// The connection ends with the mark, so that a thousand readers hold none open.
fn told(mark: &str) -> Result<Outcome, Outcome> {
    Ok(Outcome::Events(format!(
        "retry: {ASK_AGAIN}\ndata: {mark}\n\n"
    )))
}
