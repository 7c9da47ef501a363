//! The mark by which an open page learns that it has changed.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::visit::{Call, Outcome};
use crate::fault::Fault;

/// Milliseconds after which a browser asks again.
const ASK_AGAIN: u32 = 5_000;

pub(super) fn consultation(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    mark_of(inside.consultation(id))
}

pub(super) fn informal(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    mark_of(inside.informal(id))
}

/// A mark of all that the seat sees of a page: another one as soon as any of it is another. The connection ends with it, so that
/// a thousand readers hold none open.
fn mark_of(seen: Option<impl Hash>) -> Result<Outcome, Outcome> {
    let seen = seen.ok_or(Fault::NotFound)?;
    // Keyed with nothing: every node makes the same mark of the same page.
    let mut mark = DefaultHasher::new();
    seen.hash(&mut mark);
    let mark = mark.finish();
    Ok(Outcome::Events(format!(
        "retry: {ASK_AGAIN}\ndata: {mark:016x}\n\n"
    )))
}
