use std::sync::Arc;

use anyhow::Context;
use comity_directory::{Directory, MemoryDirectory};
use comity_files::Memory;
use comity_registrar::{Clock, OnDifference, StartingClock};

use crate::arguments::Listen;
use crate::commands::{policies, serve};
use crate::configuration::{Configuration, Place};
use crate::failure::Failure;
use crate::indoors::House;
use crate::{embedded, keys, loading, seating, storage};

/// Opens the conference on temporary data, with the clock at the last month of the record.
pub async fn run(options: &Listen, configuration: &Configuration) -> Result<(), Failure> {
    let rules = embedded::rules(configuration.rules.as_deref())?;
    let documents = policies::adoptable(configuration.rules.as_deref(), &rules)?;
    let clock: Arc<dyn Clock> = Arc::new(StartingClock::at(start(&rules)?));
    let folder = tempfile::Builder::new()
        .prefix("conference-demo-")
        .tempdir()
        .context("cannot make a temporary folder")?;
    let register = storage::create(&Place::Folder(folder.path().to_owned())).await?;
    let registrar = loading::registrar(register, loading::instants(Some(clock))).await?;
    loading::adopt(&registrar, rules, documents, loading::Purpose::Demo).await?;
    let key = keys::of_demonstration(&registrar).await?;
    let registrar = registrar.signing_with(Arc::new(key));
    if let Some(record) = loading::record_of(configuration.rules.as_deref()) {
        loading::import(&registrar, record.folder(), OnDifference::Refuse).await?;
    }
    let listening = configuration.listening(options);
    let directory: Arc<dyn Directory> = Arc::new(MemoryDirectory::new());
    let seats = seating::demonstration(&registrar, &directory).await?;
    let house = House::new(registrar.clone(), directory, serve::is_secure(&listening))
        .with_papers(Some(Arc::new(Memory::default())));
    let outcome = serve::open(registrar, house.with_open_seats(seats), &listening).await;
    folder
        .close()
        .context("cannot remove the temporary folder")?;
    outcome
}

/// Mid-month, mid-day: what the record says of that month holds, and nobody's midnight is near.
fn start(rules: &comity_rules::Rules) -> Result<comity_registrar::Timestamp, Failure> {
    let day = rules
        .process
        .record_ends
        .first_of_month()
        .saturating_add(comity_registrar::Span::new().days(14));
    comity_registrar::noon(day).map_err(|error| Failure::from(anyhow::Error::new(error)))
}
