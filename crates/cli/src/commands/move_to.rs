use std::sync::Arc;

use comity_files::Files;

use crate::archives;
use crate::arguments::Move;
use crate::configuration::{Configuration, Keeping, Place};
use crate::failure::Failure;
use crate::people::{self, Known};
use crate::{papers, storage};

/// Copies a register from one database to another, and verifies it there. The source is only read.
pub async fn run(options: &Move, configuration: &Configuration) -> Result<(), Failure> {
    let from = configuration.place(&options.place)?;
    let to = match (&options.to_data, &options.to_database_url) {
        (Some(folder), None) => Place::Folder(folder.clone()),
        (None, Some(url)) => Place::Database(vec![url.clone()]),
        _ => {
            let error = anyhow::anyhow!("no target is given");
            return Err(Failure::hinted(
                error,
                Some("add `--to-data DIR` or `--to-database-url postgres://…`"),
            ));
        }
    };
    let source = storage::open(&from).await?;
    let papers = papers_of(options, configuration, &from, &to).await?;
    // Before the people: whoever is seated meanwhile is in the acts and not among them, which the last look tells.
    let before = source.head().await.map_err(archives::register)?;
    storage::vacant_or_refused(&to).await?;
    let copied = match &papers {
        Some((from, to)) => Some(papers::copy(from.as_ref(), to.as_ref()).await?),
        None => None,
    };
    let people = people::read(people::written(&from).await?)?;
    let known = Known::of(options.directory.keep_directory);
    let head = archives::copy(source.as_ref(), &people, &to, known).await?;
    if let Some(copied) = copied {
        println!("{copied} papers copied");
    }
    let now = source.head().await.map_err(archives::register)?;
    println!("{} acts moved and verified", head.size);
    println!("root {}", head.root);
    if now != head || before != head {
        let error = anyhow::anyhow!("the source grew meanwhile: it holds {} acts", now.size);
        return Err(Failure::hinted(
            error,
            Some("stop every `comity serve` on it, empty the target, and move again"),
        ));
    }
    println!(
        "The source was not changed. Serve from the new place, and keep the old one until you are sure."
    );
    Ok(())
}

/// From where to where papers are to be copied; nowhere where there are none, or where they stay. Looked at before anything
/// is moved.
async fn papers_of(
    options: &Move,
    configuration: &Configuration,
    from: &Place,
    to: &Place,
) -> Result<Option<(Arc<dyn Files>, Arc<dyn Files>)>, Failure> {
    let keeping = configuration.files(&options.files);
    let Some(source) = papers::open_to_read(from, &keeping)? else {
        return Ok(None);
    };
    let any = source.list(None, 1).await.map_err(papers::failed)?;
    if any.is_empty() {
        return Ok(None);
    }
    if let (Some(place), None) = (&keeping.place, &options.to_files) {
        println!("The papers stay where they are: serve with `--files {place}`.");
        return Ok(None);
    }
    let target = Keeping {
        place: options.to_files.clone(),
        ..keeping
    };
    let Some(target) = papers::open(to, &target)? else {
        let error = anyhow::anyhow!("there are papers to come along, and no place for them");
        let help = "give one with `--to-files DIR` or `--to-files s3://…`";
        return Err(Failure::hinted(error, Some(help)));
    };
    Ok(Some((source, target)))
}
