//! What exports, backups and moves have in common: the register's name, a place that holds nothing yet, and the last
//! look at what came into it.

use std::path::Path;

use comity_archive::{Cut, Segment};
use comity_files::Files;
use comity_register::{Head, Register};
use serde::Deserialize;

use crate::configuration::Place;
use crate::failure::Failure;
use crate::people::{Known, Somebody};
use crate::storage::{self, Vacant};
use crate::{loading, papers, people};

pub fn refused(error: comity_archive::Error) -> Failure {
    let hint = error.hint();
    Failure::hinted(error, hint)
}

pub fn register(error: comity_register::Error) -> Failure {
    let hint = error.hint();
    Failure::hinted(error, hint)
}

/// The name of a register, as its checkpoints give it; it stands in its first act.
pub async fn origin(register: &dyn Register) -> Result<String, Failure> {
    /// Of the body, what the name is made of.
    #[derive(Deserialize)]
    struct Adopted {
        process: String,
        register: String,
        #[serde(default)]
        demo: bool,
    }
    let empty = || {
        Failure::hinted(
            anyhow::anyhow!("the register is empty"),
            Some("run `comity init` first"),
        )
    };
    let page = register.read(0, 1).await.map_err(self::register)?;
    let first = page
        .first()
        .ok_or_else(empty)?
        .decode()
        .map_err(self::register)?;
    let adopted: Adopted = serde_json::from_str(first.body.as_str()).map_err(|error| {
        let error = anyhow::Error::new(error).context("the first act does not name the register");
        Failure::hinted(error, Some("run `comity verify` on it"))
    })?;
    let kind = if adopted.demo { "demo" } else { "register" };
    Ok(format!("{}/{kind}/{}", adopted.process, adopted.register))
}

/// What comes back from an export or a backup.
pub struct Parcel<'a> {
    pub folder: &'a Path,
    pub segments: &'a [Segment],
    pub cut: Cut,
    /// Where the whole of it must end.
    pub expected: Option<Head>,
    pub people: Vec<Somebody>,
    pub known: Known,
}

/// Puts a parcel into a place that holds nothing, reads everything again there, and runs all erasures again.
pub async fn put_back(place: &Place, parcel: Parcel<'_>) -> Result<Head, Failure> {
    let Parcel {
        folder,
        segments,
        cut,
        expected,
        people,
        known,
    } = parcel;
    let Prepared { vacant, brought } = prepare(place, &people, known).await?;
    let bar = loading::bar("writing the acts");
    bar.set_length(segments.last().map_or(0, |segment| segment.to));
    let filled = comity_archive::refill(vacant.register(), folder, segments, cut, |size| {
        bar.set_position(size);
    })
    .await;
    bar.finish_and_clear();
    arrived(place, vacant, filled, expected, &brought).await
}

/// A vacant place, and whom was brought into its directory.
struct Prepared<'a> {
    vacant: Vacant,
    brought: Vec<&'a Somebody>,
}

/// Opens a vacant place and brings the people. People first: a register that stands there is never without them. Should
/// somebody be among them who was erased, [`arrived`] forgets them, or, after a crash between, the next `serve`.
async fn prepare<'a>(
    place: &Place,
    people: &'a [Somebody],
    known: Known,
) -> Result<Prepared<'a>, Failure> {
    let vacant = storage::vacant(place).await?;
    let brought = async {
        let absent = people::absent(place, people, known).await?;
        people::bring(place, &absent).await?;
        Ok(absent)
    };
    match brought.await {
        Ok(brought) => Ok(Prepared { vacant, brought }),
        Err(failure) => {
            vacant.give_up().await;
            Err(failure)
        }
    }
}

/// Copies a register with its directory into a place that holds nothing, and reads everything again there.
pub async fn copy(
    source: &dyn Register,
    people: &[Somebody],
    place: &Place,
    known: Known,
) -> Result<Head, Failure> {
    let Prepared { vacant, brought } = prepare(place, people, known).await?;
    let head = source.head().await.map_err(register)?;
    let bar = loading::bar("copying the acts");
    bar.set_length(head.size);
    let filled =
        comity_archive::copy(source, vacant.register(), |size| bar.set_position(size)).await;
    bar.finish_and_clear();
    arrived(place, vacant, filled, None, &brought).await
}

async fn arrived(
    place: &Place,
    vacant: Vacant,
    filled: Result<Head, comity_archive::Error>,
    expected: Option<Head>,
    brought: &[&Somebody],
) -> Result<Head, Failure> {
    let settled = settle(vacant, filled, expected).await;
    if settled.is_err() {
        // A register that stands there, or may, needs its people: another command filled it meanwhile, or this one and was
        // not told.
        if storage::holds_nothing(place).await {
            people::take_back(place, brought).await;
        }
    } else if storage::directory_to_write(place).await?.is_some() {
        // Also one that was there before may know who was erased.
        let register = storage::open(place).await?;
        let erased = people::erased(register.as_ref()).await?;
        people::erase_again(place, &erased).await?;
    }
    settled
}

/// Removes papers that came back of people who were erased, and says which that acts name did not come. What came back stands
/// either way; should the removal fail, the next `serve` does it.
pub async fn settle_papers(place: &Place, papers: Option<&dyn Files>) -> Result<(), Failure> {
    let register = storage::open_unchecked(place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    let state = registrar.state();
    let removed = match papers {
        Some(papers) => papers::forget_again(papers, &state.conference).await?,
        None => 0,
    };
    if removed > 0 {
        println!("{removed} of them of people who are erased, and gone again");
    }
    let lacking = papers::lacking(papers, &state.conference).await?;
    if lacking > 0 {
        println!("{lacking} papers that acts name did not come: look for another copy of them");
    }
    Ok(())
}

/// Leaves a register that verifies, or none.
async fn settle(
    vacant: Vacant,
    filled: Result<Head, comity_archive::Error>,
    expected: Option<Head>,
) -> Result<Head, Failure> {
    let head = match filled {
        Ok(head) => head,
        // All of it is there, or nothing: the register says which.
        Err(error) if error.outcome_unknown() && vacant.holds(expected).await => {
            vacant.register().head().await.map_err(register)?
        }
        Err(error) => {
            vacant.give_up().await;
            return Err(refused(error));
        }
    };
    let bar = loading::bar("verifying");
    bar.set_length(head.size);
    let verified = comity_register::verify(vacant.register(), |size| bar.set_position(size)).await;
    bar.finish_and_clear();
    let wrong = match verified {
        Ok(verified) if verified.head == expected.unwrap_or(head) => None,
        Ok(verified) => Some(format!(
            "the register stands at {} and should at {}",
            verified.head,
            expected.unwrap_or(head)
        )),
        Err(fault) => Some(format!("what was written does not verify: {fault}")),
    };
    if let Some(what) = wrong {
        vacant.give_up().await;
        return Err(Failure::hinted(
            anyhow::anyhow!(what),
            Some("see to the disk or the database, then try again"),
        ));
    }
    vacant.finish().await?;
    Ok(head)
}
