use std::sync::Arc;

use anyhow::Context;
use comity_directory::{Directory, MemoryDirectory};
use comity_files::Memory;
use comity_post::{Folder, Mailbox, Outbox};
use comity_registrar::{Clock, OnDifference, Registrar, StartingClock};
use jiff::SignedDuration;

use crate::arguments::Listen;
use crate::commands::{calendar, policies, serve};
use crate::configuration::{Configuration, Place};
use crate::failure::Failure;
use crate::indoors::House;
use crate::postman::Postman;
use crate::{embedded, illustration, informal, keys, loading, seating, storage};

/// How long before the demonstration opens its round did.
const ROUND_BEGAN: SignedDuration = SignedDuration::from_hours(2 * 24 + 20);

/// Opens the conference on temporary data, with the clock at the last month of the record.
pub async fn run(options: &Listen, configuration: &Configuration) -> Result<(), Failure> {
    let rules = embedded::rules(configuration.rules.as_deref())?;
    let documents = policies::adoptable(configuration.rules.as_deref(), &rules)?;
    let shown = start(&rules)?;
    // The consultation is in the middle of its round when the demonstration opens.
    let clock = StartingClock::at(shown - ROUND_BEGAN);
    let folder = tempfile::Builder::new()
        .prefix("conference-demo-")
        .tempdir()
        .context("cannot make a temporary folder")?;
    let register = storage::create(&Place::Folder(folder.path().to_owned())).await?;
    let instants = loading::instants(Some(Arc::new(clock.clone())));
    let registrar = loading::registrar(register, instants).await?;
    loading::adopt(&registrar, rules, documents, loading::Purpose::Demo).await?;
    if let Some(table) = embedded::calendar(configuration.rules.as_deref())? {
        calendar::adopt(&registrar, table).await?;
    }
    let key = keys::of_demonstration(&registrar).await?;
    let registrar = registrar.signing_with(Arc::new(key));
    if let Some(record) = loading::record_of(configuration.rules.as_deref()) {
        loading::import(&registrar, record.folder(), OnDifference::Refuse).await?;
    }
    let listening = configuration.listening(options);
    let directory: Arc<dyn Directory> = Arc::new(MemoryDirectory::new());
    let seats = seating::demonstration(&registrar, &directory).await?;
    let letters = folder.path().join("letters");
    let postman = postman(&registrar, &directory, &clock, Folder::new(letters));
    let outbox = postman.outbox.clone();
    letters_of_the_past(&postman, &registrar).await?;
    illustration::consult(&registrar).await?;
    informal::illustration::ask(&registrar).await?;
    postman.round(clock.now()).await?;
    clock.forward_to(shown);
    let sending = postman.start();
    let house = House::new(registrar.clone(), directory, serve::is_secure(&listening))
        .with_clock(clock)
        .with_letters(Some(outbox), false)
        .with_papers(Some(Arc::new(Memory::default())));
    let outcome = serve::open(registrar, house.with_open_seats(seats), &listening).await;
    // A letter that is being written would keep the folder from being removed.
    sending.abort();
    let _ = sending.await;
    let removed = folder.close();
    outcome?;
    removed.context("cannot remove the temporary folder")?;
    Ok(())
}

/// Letters of a demonstration become files that go with it; by its clock they wait, and nobody is sent any.
fn postman(
    registrar: &Registrar,
    directory: &Arc<dyn Directory>,
    clock: &StartingClock,
    folder: Folder,
) -> Postman {
    Postman {
        registrar: registrar.clone(),
        directory: Arc::clone(directory),
        clock: Arc::new(clock.clone()),
        outbox: Outbox::new(Arc::clone(directory)),
        carrier: Box::new(folder),
        from: Mailbox {
            name: String::new(),
            address: "no-reply@conference.example".to_owned(),
        },
        address: "https://conference.example".to_owned(),
        links: false,
    }
}

/// The sending is open, and of what was done so far nobody is told.
async fn letters_of_the_past(postman: &Postman, registrar: &Registrar) -> Result<(), Failure> {
    let acts = registrar.state().conference.acts.len();
    let begun = async {
        postman.outbox.set_open(true).await?;
        postman.outbox.set_cursor(acts).await
    };
    begun
        .await
        .map_err(|error| Failure::from(anyhow::Error::new(error)))
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
