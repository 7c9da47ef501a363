//! Where the papers of a place are kept, by its configuration; and their way into a backup, out of it, and out of the world.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use comity_conference::{Conference, PersonId};
use comity_files::{Addressing, Error, Files, Folder, Hash, Patience, S3, S3Setting};
use comity_register::Register;

use crate::configuration::{Keeping, Place};
use crate::failure::Failure;
use crate::{loading, people};

/// How many hashes are asked for at a time.
const PAGE: usize = 1_000;

/// The folder of papers within that of the data, of a backup and of an export.
pub const FOLDER: &str = "files";

/// The papers of a place; none where a database has no place for them.
pub fn open(place: &Place, keeping: &Keeping) -> Result<Option<Arc<dyn Files>>, Failure> {
    let Some(given) = &keeping.place else {
        return match place {
            Place::Folder(data) => folder(&data.join(FOLDER)).map(Some),
            Place::Database(_) => Ok(None),
        };
    };
    let Some(bucket) = given.strip_prefix("s3://") else {
        return folder(&PathBuf::from(given)).map(Some);
    };
    let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
    let setting = setting(bucket, prefix, keeping)?;
    let store = S3::open(setting).map_err(|error| {
        let error = anyhow::Error::new(error).context("papers cannot be kept in S3");
        let help = "docs/operations/configuration.md says how a bucket is given";
        Failure::hinted(error, Some(help))
    })?;
    Ok(Some(Arc::new(store)))
}

/// The papers of a place for whoever only reads them: a folder that the first paper will make is not made.
pub fn open_to_read(place: &Place, keeping: &Keeping) -> Result<Option<Arc<dyn Files>>, Failure> {
    let beside = match (place, &keeping.place) {
        (Place::Folder(data), None) => Some(data.join(FOLDER)),
        _ => None,
    };
    match beside {
        Some(folder) if !folder.is_dir() => Ok(None),
        _ => open(place, keeping),
    }
}

fn folder(path: &Path) -> Result<Arc<dyn Files>, Failure> {
    let folder = Folder::open(path).map_err(failed)?;
    Ok(Arc::new(folder))
}

pub fn failed(error: Error) -> Failure {
    let error = anyhow::Error::new(error).context("the papers cannot be read or written");
    Failure::hinted(error, Some("see to the folder or the bucket of `--files`"))
}

/// The hashes of all papers of a place, in their order.
pub async fn all(papers: &dyn Files) -> Result<Vec<Hash>, Failure> {
    let mut found: Vec<Hash> = Vec::new();
    loop {
        let after = found.last().copied();
        let page = papers.list(after, PAGE).await.map_err(failed)?;
        if page.is_empty() {
            return Ok(found);
        }
        found.extend(page);
    }
}

/// Copies what is not there yet, or is damaged there. Answers with how many that were.
pub async fn copy(from: &dyn Files, to: &dyn Files) -> Result<usize, Failure> {
    let mut copied = 0;
    for hash in all(from).await? {
        match to.get(&hash).await {
            Ok(Some(_)) => continue,
            Ok(None) => {}
            // A copy that is never read is a hope.
            Err(Error::Damaged { .. }) => {
                tracing::warn!(%hash, "a paper is damaged where it was copied to, and is copied again");
                to.remove(&hash).await.map_err(failed)?;
            }
            Err(error) => return Err(failed(error)),
        }
        // One that was taken out meanwhile is none.
        if let Some(bytes) = from.get(&hash).await.map_err(failed)? {
            to.put(bytes).await.map_err(failed)?;
            copied += 1;
        }
    }
    Ok(copied)
}

/// How many papers of a copy its source no longer has.
pub async fn gone(source: &dyn Files, copy: &dyn Files) -> Result<usize, Failure> {
    let there: BTreeSet<Hash> = all(source).await?.into_iter().collect();
    let copies = all(copy).await?;
    Ok(copies.iter().filter(|hash| !there.contains(hash)).count())
}

/// How many papers that acts name are not there. Those of people who are erased need not be.
pub async fn lacking(
    papers: Option<&dyn Files>,
    conference: &Conference,
) -> Result<usize, Failure> {
    let seated = conference.seats.values();
    let seated = seated.filter(|held| !conference.erased.contains_key(&held.filled.person));
    let named = seated
        .filter_map(|held| held.filled.file.as_ref())
        .chain(conference.filed());
    let named: BTreeSet<Hash> = named.filter_map(|file| file.sha256.parse().ok()).collect();
    let Some(papers) = papers else {
        return Ok(named.len());
    };
    let mut lacking = 0;
    for hash in named {
        lacking += usize::from(!papers.has(&hash).await.map_err(failed)?);
    }
    Ok(lacking)
}

/// There are papers to come back, and the place has none for them.
pub fn nowhere(place: &Place, keeping: &Keeping) -> Result<(), Failure> {
    if matches!(place, Place::Folder(_)) || keeping.place.is_some() {
        return Ok(());
    }
    let error = anyhow::anyhow!("there are papers to come back, and there is no place for them");
    let help = "give one with `--files DIR` or `--files s3://…`";
    Err(Failure::hinted(error, Some(help)))
}

/// The hashes of the papers that acts name as documents of the conference, in their order. The notes by which people were
/// seated are none of them: they go with the directory.
pub fn filed(conference: &Conference) -> Vec<Hash> {
    let filed = conference.filed();
    let filed: BTreeSet<Hash> = filed.filter_map(|file| file.sha256.parse().ok()).collect();
    filed.into_iter().collect()
}

/// Removes the notes by which an erased person was seated, unless another act names the same: they hold the name.
pub async fn forget(
    papers: &dyn Files,
    conference: &Conference,
    person: &PersonId,
) -> Result<usize, Failure> {
    let own = conference.seats.iter();
    let own = own.filter(|(_, holding)| holding.filled.person == *person);
    let own: BTreeSet<&str> = own
        .filter_map(|(_, holding)| Some(holding.filled.file.as_ref()?.sha256.as_str()))
        .collect();
    let others = conference.seats.iter();
    let others = others.filter(|(_, holding)| {
        let filled = &holding.filled;
        filled.person != *person && !conference.erased.contains_key(&filled.person)
    });
    let others: BTreeSet<&str> = others
        .filter_map(|(_, holding)| holding.filled.file.as_ref())
        .chain(conference.filed())
        .map(|file| file.sha256.as_str())
        .collect();
    let mut removed = 0;
    for sha256 in own.difference(&others) {
        let Ok(hash) = sha256.parse::<Hash>() else {
            continue;
        };
        if papers.has(&hash).await.map_err(failed)? {
            papers.remove(&hash).await.map_err(failed)?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// The same for everybody whom the register says was erased: papers from an old copy may be there again.
pub async fn forget_again(papers: &dyn Files, conference: &Conference) -> Result<usize, Failure> {
    let mut removed = 0;
    for person in conference.erased.keys() {
        removed += forget(papers, conference, person).await?;
    }
    Ok(removed)
}

/// The same by a register that has not been replayed, for papers that came back or lie in a copy. It is replayed only where
/// somebody was erased.
pub async fn erase_again(
    papers: &dyn Files,
    register: Arc<dyn Register>,
) -> Result<usize, Failure> {
    if people::erased(register.as_ref()).await?.is_empty() {
        return Ok(0);
    }
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    let state = registrar.state();
    forget_again(papers, &state.conference).await
}

/// Amazon's own, where no other service is named.
fn amazon(region: &str) -> String {
    format!("https://s3.{region}.amazonaws.com")
}

fn setting(bucket: &str, prefix: &str, keeping: &Keeping) -> Result<S3Setting, Failure> {
    let lacking = |what: &str, option: &str| {
        let error = anyhow::anyhow!("papers cannot be kept in S3 without {what}");
        Failure::hinted(error, Some(format!("add `{option}`")))
    };
    let region = keeping.region.clone();
    let region = region.unwrap_or_else(|| "us-east-1".to_owned());
    let addressing = if keeping.endpoint.is_some() {
        Addressing::Path
    } else {
        Addressing::Host
    };
    let key_id = keeping.key_id.clone();
    let secret = keeping.secret.clone();
    Ok(S3Setting {
        endpoint: keeping.endpoint.clone().unwrap_or_else(|| amazon(&region)),
        bucket: bucket.to_owned(),
        prefix: prefix.trim_end_matches('/').to_owned(),
        region,
        key_id: key_id.ok_or_else(|| lacking("the id of a key", "--files-key-id ID"))?,
        secret: secret.ok_or_else(|| lacking("its secret", "--files-secret-file FILE"))?,
        addressing,
        authority: keeping.authority.clone(),
        patience: Patience::default(),
    })
}
