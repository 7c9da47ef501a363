use std::path::Path;
use std::sync::Arc;

use comity_archive::{NewBackup, Snapshot};
use comity_directory::{Directory, Drawer, Kept};
use comity_files::{Files, Folder};
use comity_register::Register;
use comity_registrar::{Clock, SystemClock};

use crate::archives::{self, refused};
use crate::arguments::Backup;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::indoors::{BACKUP, BackedUp};
use crate::{loading, papers, people, storage};

/// Brings a backup to where the register stands.
pub async fn run(options: &Backup, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(&options.place)?;
    let register = storage::open(&place).await?;
    let origin = archives::origin(register.as_ref()).await?;
    let mut run = NewBackup::begin(&options.to, &origin).map_err(refused)?;
    let bar = loading::bar("saving the acts");
    let saved = run
        .acts(register.as_ref(), |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        })
        .await;
    bar.finish_and_clear();
    let saved = saved.map_err(refused)?;
    // After the acts: whom an act names came into the directory before it, and a paper likewise. What is added meanwhile is
    // for the next run.
    let directory = people::written(&place).await?;
    let snapshots = directory.iter().map(|content| Snapshot {
        name: "directory",
        content,
    });
    let snapshots: Vec<Snapshot<'_>> = snapshots.collect();
    run.keep(&snapshots).map_err(refused)?;
    if let Some(papers) = papers::open_to_read(&place, &configuration.files(&options.files))? {
        let to = options.to.join(papers::FOLDER);
        save_papers(papers.as_ref(), &to, &register).await?;
    }
    if let Some(directory) = storage::directory(&place).await? {
        note(directory.as_ref(), saved.head.size).await?;
    }
    println!(
        "{} acts in the backup, {} of them new",
        saved.head.size,
        saved.head.size - saved.before
    );
    println!("root {}", saved.head.root);
    Ok(())
}

/// Copies what is new, and takes out of the copy what an erasure took out of its source.
async fn save_papers(
    papers: &dyn Files,
    to: &Path,
    register: &Arc<dyn Register>,
) -> Result<(), Failure> {
    let any = papers.list(None, 1).await.map_err(papers::failed)?;
    if any.is_empty() && !to.is_dir() {
        return Ok(());
    }
    let copies = Folder::open(to).map_err(papers::failed)?;
    let copied = papers::copy(papers, &copies).await?;
    println!("{copied} papers new in the backup");
    if papers::gone(papers, &copies).await? == 0 {
        return Ok(());
    }
    let removed = papers::erase_again(&copies, Arc::clone(register)).await?;
    if removed > 0 {
        println!("{removed} papers of people who are erased taken out of the backup");
    }
    // A copy is not thrown away because its source is lost.
    let lost = papers::gone(papers, &copies).await?;
    if lost > 0 {
        tracing::warn!(
            papers = lost,
            "the backup holds papers that are no longer where the site keeps them; they stay in it"
        );
    }
    Ok(())
}

/// Notes for the console that a backup was made. Without the note the backup is as good.
async fn note(directory: &dyn Directory, acts: u64) -> Result<(), Failure> {
    let made = BackedUp {
        at: SystemClock.now(),
        acts,
    };
    let kept = Kept {
        drawer: Drawer::Mark,
        key: BACKUP.to_owned(),
        person: None,
        until: None,
        body: serde_json::to_string(&made).map_err(anyhow::Error::new)?,
    };
    if let Err(error) = directory.keep(&kept).await {
        tracing::warn!(%error, "the backup is made, and the console cannot be told");
    }
    Ok(())
}
