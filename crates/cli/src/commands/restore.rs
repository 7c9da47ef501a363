use std::path::Path;

use comity_archive::{Backup, Cut, is_export};
use comity_files::{Files, Folder};
use comity_registrar::Timestamp;

use crate::archives::{self, Parcel, refused};
use crate::arguments::Restore;
use crate::configuration::{Configuration, Keeping, Place};
use crate::failure::Failure;
use crate::people::{self, Known};
use crate::{loading, papers, storage};

/// Puts a backup back, whole or up to a position or an instant, into a register that is empty or not there yet.
pub async fn run(options: &Restore, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(&options.place)?;
    let cut = cut(options)?;
    if is_export(&options.from) {
        let error = anyhow::anyhow!("`{}` is an export, not a backup", options.from.display());
        let hint = format!(
            "take it back with `comity import {} …`",
            options.from.display()
        );
        return Err(Failure::hinted(error, Some(hint)));
    }
    let bar = loading::bytes_bar("reading the backup");
    let backup = Backup::open(&options.from, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let backup = backup.map_err(refused)?;
    let parcel = Parcel {
        folder: &options.from,
        segments: backup.segments(),
        cut,
        expected: (cut == Cut::Nothing).then(|| backup.head()),
        people: people::read(backup.snapshot("directory").map_err(refused)?)?,
        known: Known::of(options.directory.keep_directory),
    };
    let keeping = configuration.files(&options.files);
    let papers = papers_of(&options.from, &place, &keeping).await?;
    // Before the acts: a paper that is damaged, or has no place, is told while nothing stands there yet. Named by what is in
    // them, they do no harm should the acts not follow.
    storage::vacant_or_refused(&place).await?;
    let mut restored = None;
    if let (Some(saved), Some(papers)) = (papers, papers::open(&place, &keeping)?) {
        restored = Some(papers::copy(&saved, papers.as_ref()).await?);
    }
    let head = archives::put_back(&place, parcel).await?;
    if let Some(restored) = restored {
        println!("{restored} papers restored");
    }
    let papers = papers::open_to_read(&place, &keeping)?;
    archives::settle_papers(&place, papers.as_deref()).await?;
    println!(
        "{} of {} acts of `{}` restored",
        head.size,
        backup.head().size,
        backup.origin()
    );
    println!("root {}", head.root);
    Ok(())
}

/// The papers of the backup, where it has any and there is a place for them. Looked at before anything is restored.
async fn papers_of(
    from: &Path,
    place: &Place,
    keeping: &Keeping,
) -> Result<Option<Folder>, Failure> {
    let saved = from.join(papers::FOLDER);
    if !saved.is_dir() {
        return Ok(None);
    }
    let saved = Folder::open(saved).map_err(papers::failed)?;
    let any = saved.list(None, 1).await.map_err(papers::failed)?;
    if any.is_empty() {
        return Ok(None);
    }
    papers::nowhere(place, keeping)?;
    Ok(Some(saved))
}

fn cut(options: &Restore) -> Result<Cut, Failure> {
    if let Some(position) = options.to_position {
        return Ok(Cut::AfterPosition(position));
    }
    let Some(instant) = &options.to_instant else {
        return Ok(Cut::Nothing);
    };
    let wrong = |error: anyhow::Error| {
        let error = error.context(format!("`{instant}` is not an instant"));
        Failure::hinted(
            error,
            Some("write it such as `2026-03-01T12:00:00Z` or `2026-03-01T06:00:00-06:00`"),
        )
    };
    let instant: Timestamp = instant
        .parse()
        .map_err(|error| wrong(anyhow::Error::new(error)))?;
    let instant = comity_register::RecordedAt::new(instant);
    Ok(Cut::AfterInstant(
        instant.map_err(|error| wrong(anyhow::Error::new(error)))?,
    ))
}
