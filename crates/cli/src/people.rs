//! The directory beside a register: out with an export or a backup, back in, and erasures run again.

use std::collections::BTreeSet;

use anyhow::Context;
use comity_directory::{Directory, Person, PersonId};
use comity_register::Register;
use comity_registrar::Registrar;
use serde::{Deserialize, Serialize};

use crate::archives;
use crate::configuration::Place;
use crate::failure::Failure;
use crate::storage;

const PAGE: usize = 1_000;

/// The kind of the act by which somebody is forgotten, as records name it.
const ERASED: &[u8] = b"\"kind\":\"PersonErased\"";

/// A directory as a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    format: String,
    version: u32,
    people: Vec<Person>,
}

fn failed(error: comity_directory::Error) -> Failure {
    let hint = error.hint();
    Failure::hinted(error, Some(hint))
}

/// The directory of a place as a file, with the people in the order of their ids; none where there is no directory.
pub async fn written(place: &Place) -> Result<Option<Vec<u8>>, Failure> {
    let Some(directory) = storage::directory(place).await? else {
        return Ok(None);
    };
    let mut people: Vec<Person> = Vec::new();
    loop {
        let after = people.last().map(|last| last.id);
        let page = directory.list(after.as_ref(), PAGE).await.map_err(failed)?;
        if page.is_empty() {
            break;
        }
        people.extend(page);
    }
    Ok(Some(sheet(people)))
}

/// The file of a directory of nobody.
pub fn nobody() -> Vec<u8> {
    sheet(Vec::new())
}

fn sheet(people: Vec<Person>) -> Vec<u8> {
    let sheet = Sheet {
        format: "directory".to_owned(),
        version: 1,
        people,
    };
    let mut text = serde_json::to_string_pretty(&sheet).expect("people are texts");
    text.push('\n');
    text.into_bytes()
}

/// The people of a file.
pub fn read(file: Option<Vec<u8>>) -> Result<Vec<Person>, Failure> {
    let Some(bytes) = file else {
        return Ok(Vec::new());
    };
    let sheet: Sheet = serde_json::from_slice(&bytes).context("the directory is not in order")?;
    if (sheet.format.as_str(), sheet.version) != ("directory", 1) {
        let error = anyhow::anyhow!("the directory is of a format that this program does not know");
        return Err(Failure::hinted(
            error,
            Some("use the program that wrote it, or a later one"),
        ));
    }
    Ok(sheet.people)
}

/// Brings people into the directory of a place.
pub async fn bring(place: &Place, people: &[Person]) -> Result<(), Failure> {
    if people.is_empty() {
        return Ok(());
    }
    let directory = storage::directory_made(place).await?;
    for person in people {
        directory.put(person).await.map_err(failed)?;
    }
    Ok(())
}

/// Takes people out again that were brought for nothing.
pub async fn take_back(place: &Place, people: &[Person]) {
    let Ok(Some(directory)) = storage::directory(place).await else {
        return;
    };
    for person in people {
        if let Err(error) = directory.forget(&person.id).await {
            tracing::warn!(%error, "somebody could not be taken out of the directory again");
        }
    }
}

/// Forgets again everybody whom the register says was erased: a directory from an old copy may know them still.
/// Answers with how many it still knew.
pub async fn erase_again(place: &Place, erased: &BTreeSet<PersonId>) -> Result<usize, Failure> {
    let Some(directory) = storage::directory(place).await? else {
        return Ok(0);
    };
    let mut known = 0;
    for person in erased {
        // Only who is still there: each forgetting writes the directory anew.
        if directory.get(person).await.map_err(failed)?.is_some() {
            forget(directory.as_ref(), person).await?;
            known += 1;
        }
    }
    Ok(known)
}

/// Destroys what the directory of a place holds of a person, if it has one.
pub async fn forget(directory: &dyn Directory, person: &PersonId) -> Result<(), Failure> {
    directory.forget(person).await.map(|_| ()).map_err(failed)
}

/// Everybody whom a replayed register says was erased.
pub fn erased_in(registrar: &Registrar) -> BTreeSet<PersonId> {
    let state = registrar.state();
    let ids = state.conference.erased.keys();
    ids.map(|id| {
        id.as_str()
            .parse()
            .expect("both crates write such ids alike")
    })
    .collect()
}

/// Everybody whom a register says was erased, read from its records: also where a program cannot replay all of them.
pub async fn erased(register: &dyn Register) -> Result<BTreeSet<PersonId>, Failure> {
    #[derive(Deserialize)]
    struct Erased {
        person: PersonId,
    }
    let (mut erased, mut from) = (BTreeSet::new(), 0);
    loop {
        let page = register
            .read(from, PAGE)
            .await
            .map_err(archives::register)?;
        let Some(last) = page.last() else {
            return Ok(erased);
        };
        from = last.position + 1;
        let likely = |blob: &[u8]| blob.windows(ERASED.len()).any(|window| window == ERASED);
        for stored in page.iter().filter(|stored| likely(&stored.blob)) {
            let record = stored.decode().map_err(archives::register)?;
            // The words may also stand in somebody's text.
            if record.kind.as_str() == "PersonErased" {
                let body: Erased =
                    serde_json::from_str(record.body.as_str()).with_context(|| {
                        format!("the record at position {} is out of form", stored.position)
                    })?;
                erased.insert(body.person);
            }
        }
    }
}
