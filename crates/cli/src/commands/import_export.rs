use std::path::Path;

use comity_archive::{Cut, Export};
use comity_files::Files;
use comity_register::MemoryRegister;

use crate::archives::{self, Parcel, refused};
use crate::arguments::Import;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::people::{self, Known};
use crate::{loading, papers, storage};

/// Takes an export back, verbatim, into a register that is empty or not there yet.
pub async fn run(
    folder: &Path,
    options: &Import,
    configuration: &Configuration,
) -> Result<(), Failure> {
    if options.correct {
        let error = anyhow::anyhow!(
            "`{}` is an export, which comes back as it is or not at all",
            folder.display()
        );
        return Err(Failure::hinted(error, Some("leave `--correct` out")));
    }
    let place = configuration.place(&options.place)?;
    let bar = loading::bytes_bar("reading the export");
    let export = Export::open(folder, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let export = export.map_err(refused)?;
    if options.dry_run {
        let trial = MemoryRegister::new();
        let filled =
            comity_archive::refill(&trial, folder, export.segments(), Cut::Nothing, |_| {}).await;
        let head = filled.map_err(refused)?;
        println!("{} acts in order; nothing was entered", head.size);
        return Ok(());
    }
    let beginning = format!("{}/", papers::FOLDER);
    let keeping = configuration.files(&options.files);
    let with_papers = export.names(&beginning).next().is_some();
    if with_papers {
        papers::nowhere(&place, &keeping)?;
    }
    storage::vacant_or_refused(&place).await?;
    // Before the acts, as for a backup.
    let entered = match (with_papers, papers::open(&place, &keeping)?) {
        (true, Some(papers)) => Some(enter(&export, &beginning, papers.as_ref()).await?),
        _ => None,
    };
    let people = people::read(export.file("directory.json").map_err(refused)?)?;
    let parcel = Parcel {
        folder,
        segments: export.segments(),
        cut: Cut::Nothing,
        expected: Some(export.head()),
        people,
        known: Known::of(options.directory.keep_directory),
    };
    let head = archives::put_back(&place, parcel).await?;
    println!(
        "{} acts of `{}` entered as they were",
        head.size,
        export.origin()
    );
    println!("root {}", head.root);
    if let Some(entered) = entered {
        println!("{entered} papers entered");
    }
    let papers = papers::open_to_read(&place, &keeping)?;
    archives::settle_papers(&place, papers.as_deref()).await
}

/// Puts the papers of an export into their place.
async fn enter(export: &Export, beginning: &str, papers: &dyn Files) -> Result<usize, Failure> {
    let mut entered = 0;
    for name in export.names(beginning) {
        // Named by what is in it, and held to the manifest when the export was opened.
        if let Some(bytes) = export.file(name).map_err(refused)? {
            papers.put(bytes.into()).await.map_err(papers::failed)?;
            entered += 1;
        }
    }
    Ok(entered)
}
