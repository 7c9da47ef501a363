//! The directory beside a register: out with an export or a backup, back in, and erasures run again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Context;
use comity_directory::{Directory, Drawer, Kept, Person, PersonId};
use comity_post::Outbox;
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

/// The version of the file that is written; those before it are read.
const WRITTEN: u32 = 3;

/// What the file says of itself, whatever else it holds.
#[derive(Debug, Deserialize)]
struct Marks {
    format: String,
    version: u32,
}

/// A directory as a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    format: String,
    version: u32,
    people: Vec<Person>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    credentials: Vec<Credential>,
    /// Who chose one letter a day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    daily: Vec<PersonId>,
}

/// What somebody signs in with, as a file holds it. Links and sessions are in no copy.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Credential {
    person: PersonId,
    key: String,
    body: String,
}

/// A person with what they sign in with and how they want their letters.
#[derive(Debug, PartialEq)]
pub struct Somebody {
    pub person: Person,
    credentials: Vec<Kept>,
    daily: bool,
}

fn failed(error: comity_directory::Error) -> Failure {
    let hint = error.hint();
    Failure::hinted(error, Some(hint))
}

fn unsent(error: comity_post::Error) -> Failure {
    match error {
        comity_post::Error::Directory(error) => failed(error),
        comity_post::Error::Foreign(error) => anyhow::Error::new(error).into(),
    }
}

/// The directory of a place as a file, with the people in the order of their ids; none where there is no directory.
pub async fn written(place: &Place) -> Result<Option<Vec<u8>>, Failure> {
    let Some(directory) = storage::directory(place).await? else {
        return Ok(None);
    };
    let outbox = Outbox::new(Arc::clone(&directory));
    let mut people: Vec<Somebody> = Vec::new();
    loop {
        let after = people.last().map(|last| last.person.id);
        let page = directory.list(after.as_ref(), PAGE).await.map_err(failed)?;
        if page.is_empty() {
            break;
        }
        for person in page {
            people.push(somebody(directory.as_ref(), &outbox, person).await?);
        }
    }
    Ok(Some(sheet(people)))
}

/// A person of a directory with all that goes along.
async fn somebody(
    directory: &dyn Directory,
    outbox: &Outbox,
    person: Person,
) -> Result<Somebody, Failure> {
    let credentials = directory.of(Drawer::Credential, &person.id).await;
    Ok(Somebody {
        credentials: credentials.map_err(failed)?,
        daily: outbox.is_daily(&person.id).await.map_err(unsent)?,
        person,
    })
}

/// The file of a directory of nobody.
pub fn nobody() -> Vec<u8> {
    sheet(Vec::new())
}

fn sheet(everybody: Vec<Somebody>) -> Vec<u8> {
    let (mut people, mut credentials, mut daily) = (Vec::new(), Vec::new(), Vec::new());
    for somebody in everybody {
        let of = somebody.person.id;
        daily.extend(somebody.daily.then_some(of));
        credentials.extend(somebody.credentials.into_iter().map(|kept| Credential {
            person: of,
            key: kept.key,
            body: kept.body,
        }));
        people.push(somebody.person);
    }
    let sheet = Sheet {
        format: "directory".to_owned(),
        version: WRITTEN,
        people,
        credentials,
        daily,
    };
    let mut text = serde_json::to_string_pretty(&sheet).expect("people are texts");
    text.push('\n');
    text.into_bytes()
}

/// The people of a file.
pub fn read(file: Option<Vec<u8>>) -> Result<Vec<Somebody>, Failure> {
    let Some(bytes) = file else {
        return Ok(Vec::new());
    };
    let unknown = || {
        let error = anyhow::anyhow!("the directory is of a format that this program does not know");
        let hint = "use the program that wrote it, or a later one";
        Failure::hinted(error, Some(hint))
    };
    let marks: Marks = serde_json::from_slice(&bytes).context("the directory is not in order")?;
    if marks.format != "directory" || !(1..=WRITTEN).contains(&marks.version) {
        return Err(unknown());
    }
    let sheet: Sheet = serde_json::from_slice(&bytes).context("the directory is not in order")?;
    let mut credentials: BTreeMap<PersonId, Vec<Kept>> = BTreeMap::new();
    for credential in sheet.credentials {
        let kept = Kept {
            drawer: Drawer::Credential,
            key: credential.key,
            person: Some(credential.person),
            until: None,
            body: credential.body,
        };
        credentials.entry(credential.person).or_default().push(kept);
    }
    let daily: BTreeSet<PersonId> = sheet.daily.into_iter().collect();
    let people = sheet.people.into_iter().map(|person| Somebody {
        credentials: credentials.remove(&person.id).unwrap_or_default(),
        daily: daily.contains(&person.id),
        person,
    });
    Ok(people.collect())
}

/// What becomes of people whom the directory of a place knows otherwise than an archive does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing is brought: what stands there may be the newer.
    Refuse,
    /// They stay as they are there.
    Keep,
}

impl Known {
    pub const fn of(keep: bool) -> Self {
        if keep { Self::Keep } else { Self::Refuse }
    }
}

/// Of some people, those whom the directory of a place does not know: whom to bring. Decided before anything is written.
pub async fn absent<'a>(
    place: &Place,
    people: &'a [Somebody],
    known: Known,
) -> Result<Vec<&'a Somebody>, Failure> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let Some(directory) = storage::directory_to_write(place).await? else {
        return Ok(people.iter().collect());
    };
    let outbox = Outbox::new(Arc::clone(&directory));
    let (mut absent, mut otherwise) = (Vec::new(), 0_usize);
    for brought in people {
        let id = brought.person.id;
        let Some(person) = directory.get(&id).await.map_err(failed)? else {
            // What one signs in with may be another's by now: a passkey, the account of a ministry.
            for credential in &brought.credentials {
                let held = directory.look(Drawer::Credential, &credential.key).await;
                let held = held.map_err(failed)?;
                otherwise += usize::from(held.is_some_and(|held| held.person != Some(id)));
            }
            absent.push(brought);
            continue;
        };
        if somebody(directory.as_ref(), &outbox, person).await? != *brought {
            otherwise += 1;
        }
    }
    if otherwise == 0 || known == Known::Keep {
        return Ok(absent);
    }
    let error = anyhow::anyhow!(
        "the directory that is there knows {otherwise} of the people otherwise, and may be the newer; nothing was changed"
    );
    let hint = "add `--keep-directory` to leave them as they are there, or choose a place that holds nothing";
    Err(Failure::hinted(error, Some(hint)))
}

/// Brings people into the directory of a place. What failed in the middle is taken out again.
pub async fn bring(place: &Place, people: &[&Somebody]) -> Result<(), Failure> {
    let brought = put(place, people).await;
    if brought.is_err() {
        take_back(place, people).await;
    }
    brought
}

async fn put(place: &Place, people: &[&Somebody]) -> Result<(), Failure> {
    if people.is_empty() {
        return Ok(());
    }
    let directory = storage::directory_made(place).await?;
    let outbox = Outbox::new(Arc::clone(&directory));
    for somebody in people {
        directory.put(&somebody.person).await.map_err(failed)?;
        for credential in &somebody.credentials {
            // What is another's by now stays theirs.
            directory.claim(credential).await.map_err(failed)?;
        }
        let person = &somebody.person.id;
        outbox
            .set_daily(person, somebody.daily)
            .await
            .map_err(unsent)?;
    }
    Ok(())
}

/// Takes people out again that were brought for nothing: those alone who were not there before.
pub async fn take_back(place: &Place, people: &[&Somebody]) {
    if people.is_empty() {
        return;
    }
    let Ok(Some(directory)) = storage::directory_to_write(place).await else {
        return;
    };
    for somebody in people {
        if let Err(error) = directory.forget(&somebody.person.id).await {
            tracing::warn!(%error, "somebody could not be taken out of the directory again");
        }
    }
}

/// Forgets again everybody whom the register says was erased: a directory from an old copy may know them still.
/// Answers with how many it still knew.
pub async fn erase_again(place: &Place, erased: &BTreeSet<PersonId>) -> Result<usize, Failure> {
    let Some(directory) = storage::directory_to_write(place).await? else {
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

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdefghjkmnpqrs";

    fn file(version: u32, more: &str) -> Result<Vec<Somebody>, Failure> {
        let text = format!(
            "{{\"format\":\"directory\",\"version\":{version},\"people\":[{{\"id\":\"{ID}\",\"name\":\"Ana Ejemplo\"}}]{more}}}"
        );
        read(Some(text.into_bytes()))
    }

    #[test]
    fn files_of_every_version_are_read_and_no_others() {
        for version in 1..=WRITTEN {
            let people = file(version, "").unwrap();
            assert_eq!(people.len(), 1);
            assert!(!people[0].daily, "{version}");
        }
        assert!(file(0, "").is_err());
        assert!(file(WRITTEN + 1, "").is_err());
        assert!(file(WRITTEN, ",\"weekly\":[]").is_err());
        let people = file(WRITTEN, &format!(",\"daily\":[\"{ID}\"]")).unwrap();
        assert!(people[0].daily);
    }
}
