use comity_archive::{Snapshot, back_up};
use comity_directory::{Directory, Drawer, Kept};
use comity_files::Folder;
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
    let directory = people::written(&place).await?;
    let snapshots = directory.iter().map(|content| Snapshot {
        name: "directory",
        content,
    });
    let snapshots: Vec<Snapshot<'_>> = snapshots.collect();
    let bar = loading::bar("saving the acts");
    let saved = back_up(
        register.as_ref(),
        &options.to,
        &origin,
        &snapshots,
        |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        },
    )
    .await;
    bar.finish_and_clear();
    let saved = saved.map_err(refused)?;
    // After the acts: a paper that an act names came before it. What is added meanwhile is for the next run.
    if let Some(papers) = papers::open(&place, &configuration.files(&options.files))? {
        let any = papers.list(None, 1).await.map_err(papers::failed)?;
        if !any.is_empty() {
            let copies = Folder::open(options.to.join(papers::FOLDER)).map_err(papers::failed)?;
            let copied = papers::copy(papers.as_ref(), &copies).await?;
            println!("{copied} papers new in the backup");
        }
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
