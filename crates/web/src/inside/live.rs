//! The mark by which an open page learns that it has changed: it is written into the page, and asked for again.

use std::hash::{BuildHasher as _, Hash};

use comity_view::{ConsultationPage, InformalPage, Inside};
use foldhash::quality::FixedState;

use super::consultation::letters_stand;
use super::visit::{Call, Outcome};
use super::{Held, LettersOf, Mailing};
use crate::fault::Fault;

/// Milliseconds after which a browser asks again.
const ASK_AGAIN: u32 = 5_000;

pub(super) async fn consultation(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let seen = inside.consultation(id).ok_or(Fault::NotFound)?;
    let indoors = call.indoors()?;
    let opened = match &seen.round {
        Some(round) if inside.sees_delivery() => indoors.opened(&round.act).await?,
        _ => Vec::new(),
    };
    let listed = match letters_stand(call, &inside, &seen).await? {
        true => {
            let of = LettersOf::Consultation(id);
            indoors.mailing(visitor, of, &[], call.language).await?
        }
        false => None,
    };
    let letters = marked(listed.as_ref());
    told(&of_consultation(&inside, &seen, opened, &letters))
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

/// What the mark holds of a letter: whose it is, and where it stands.
type Letter = (String, String, Option<&'static str>);

/// What the mark holds of letters that stand on a page. Before a round was opened there are none, and whom they would go to is not in it.
pub(super) fn marked(listed: Option<&Mailing>) -> Vec<Letter> {
    let listed = listed.filter(|listed| listed.held != Held::NotOpened);
    let lines = listed.into_iter().flat_map(|listed| &listed.lines);
    lines
        .map(|line| (line.party.clone(), line.name.clone(), line.state))
        .collect()
}

/// The mark of a consultation's page: of the acts, and of what only its workrooms know.
pub(super) fn of_consultation(
    inside: &Inside,
    seen: &ConsultationPage,
    opened: Vec<String>,
    letters: &[Letter],
) -> String {
    let opened = match inside.sees_delivery() {
        true => sorted(opened),
        false => Vec::new(),
    };
    mark(&(seen, opened, letters))
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
