//! What exports, backups and moves have in common: the register's name, a place that holds nothing yet, and the last
//! look at what came into it.

use std::path::Path;

use comity_archive::{Cut, Segment};
use comity_register::{Head, Register};
use serde::Deserialize;

use crate::configuration::Place;
use crate::failure::Failure;
use crate::loading;
use crate::storage::{self, Vacant};

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

/// Puts segments into a place that holds nothing, and reads everything again there.
pub async fn put_back(
    place: &Place,
    folder: &Path,
    segments: &[Segment],
    cut: Cut,
    expected: Option<Head>,
) -> Result<Head, Failure> {
    let vacant = storage::vacant(place).await?;
    let bar = loading::bar("writing the acts");
    bar.set_length(segments.last().map_or(0, |segment| segment.to));
    let filled = comity_archive::refill(vacant.register(), folder, segments, cut, |size| {
        bar.set_position(size)
    })
    .await;
    bar.finish_and_clear();
    settle(vacant, filled, expected).await
}

/// Copies a register into a place that holds nothing, and reads everything again there.
pub async fn copy(source: &dyn Register, place: &Place) -> Result<Head, Failure> {
    let vacant = storage::vacant(place).await?;
    let head = source.head().await.map_err(register)?;
    let bar = loading::bar("copying the acts");
    bar.set_length(head.size);
    let filled =
        comity_archive::copy(source, vacant.register(), |size| bar.set_position(size)).await;
    bar.finish_and_clear();
    settle(vacant, filled, None).await
}

/// Leaves a register that verifies, or none.
async fn settle(
    vacant: Vacant,
    filled: Result<Head, comity_archive::Error>,
    expected: Option<Head>,
) -> Result<Head, Failure> {
    let head = match filled {
        Ok(head) => head,
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
