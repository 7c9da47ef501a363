use std::path::Path;
use std::sync::Arc;

use comity_archive::NewExport;
use comity_register::{Head, Register};
use comity_registrar::{Clock, Seat, Timestamp};
use comity_view::{Language, View};

use crate::archives::{self, refused};
use crate::arguments::Export;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::{loading, papers, people, storage};

/// What the folder is and how to verify it, in both languages.
const README: &str = include_str!("export.txt");

/// Writes everything as open files.
pub async fn run(options: &Export, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(&options.place)?;
    let register = storage::open(&place).await?;
    let (view, head) = view(&register).await?;
    let snapshot = view.snapshot();
    let origin = archives::origin(register.as_ref()).await?;
    let mut export = NewExport::begin(&options.out, &origin, head).map_err(refused)?;
    collections(&mut export, &view).map_err(refused)?;
    let rules = snapshot.rules.text.as_bytes();
    export.add("rules/rules.toml", rules).map_err(refused)?;
    let adopted = snapshot.conference.rules.iter();
    for (name, text) in adopted.flat_map(|(_, adopted)| &adopted.documents) {
        export
            .add(&format!("rules/{name}"), text.as_bytes())
            .map_err(refused)?;
    }
    let keys = snapshot
        .conference
        .keys
        .iter()
        .map(|adopted| format!("{}\n", adopted.key));
    let keys: String = keys.collect();
    export
        .add("verifier-keys.txt", keys.as_bytes())
        .map_err(refused)?;
    if options.with_directory {
        let directory = people::written(&place)
            .await?
            .unwrap_or_else(people::nobody);
        export.add("directory.json", &directory).map_err(refused)?;
    }
    let keeping = configuration.files(&options.files);
    if let Some(papers) = papers::open_to_read(&place, &keeping)? {
        let wanted = if options.with_directory {
            papers::all(papers.as_ref()).await?
        } else {
            papers::filed(&snapshot.conference)
        };
        for hash in wanted {
            // One that was taken out meanwhile is none.
            if let Some(bytes) = papers.get(&hash).await.map_err(papers::failed)? {
                let name = format!("{}/{hash}", papers::FOLDER);
                export.add(&name, &bytes).map_err(refused)?;
            }
        }
    }
    export
        .add("README.txt", README.as_bytes())
        .map_err(refused)?;
    let bar = loading::bar("writing the acts");
    bar.set_length(head.size);
    let written = export
        .acts(register.as_ref(), |size| bar.set_position(size))
        .await;
    bar.finish_and_clear();
    written.map_err(refused)?;
    export.finish().map_err(refused)?;
    println!("{} acts exported to `{}`", head.size, options.out.display());
    println!("root {}", head.root);
    Ok(())
}

/// What the public sees, on the day of the last act: not today, so that the same acts always give the same files. With
/// the head that it is of: the register may grow meanwhile.
async fn view(register: &Arc<dyn Register>) -> Result<(View, Head), Failure> {
    let empty = || {
        Failure::hinted(
            anyhow::anyhow!("the register is empty: there is nothing to export"),
            Some("run `comity init` first"),
        )
    };
    let head = register.head().await.map_err(archives::register)?;
    let last = head.size.checked_sub(1).ok_or_else(empty)?;
    let page = register.read(last, 1).await.map_err(archives::register)?;
    let record = page
        .first()
        .ok_or_else(empty)?
        .decode()
        .map_err(archives::register)?;
    let clock: Arc<dyn Clock> = Arc::new(Stopped(record.at.timestamp()));
    let instants = loading::instants(Some(clock));
    let registrar = loading::registrar(Arc::clone(register), instants).await?;
    loop {
        let head = registrar.state().head();
        let view = registrar
            .view(Seat::Public, Language::Es, None)
            .ok_or_else(empty)?;
        if registrar.state().head() == head {
            return Ok((view, head));
        }
    }
}

/// A clock that stands still.
#[derive(Debug)]
struct Stopped(Timestamp);

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// The open data, each collection as the site gives it.
fn collections(export: &mut NewExport, view: &View) -> Result<(), comity_archive::Error> {
    for name in view.collection_names() {
        let Some(table) = view.table(&name) else {
            continue;
        };
        let file = |extension: &str| {
            Path::new("collections")
                .join(format!("{name}.{extension}"))
                .display()
                .to_string()
        };
        export.add(
            &file("json"),
            comity_web::api::json(&table, view).as_bytes(),
        )?;
        export.add(&file("csv"), comity_web::api::csv(&table).as_bytes())?;
    }
    Ok(())
}
