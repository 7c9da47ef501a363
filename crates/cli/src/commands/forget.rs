use comity_directory::PersonId;
use comity_registrar::{Command, Refusal, Rejection, Seat};

use crate::arguments::Forget;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::indoors::named;
use crate::{loading, papers, people, storage};

/// Forgets a person: first the act, which runs again after every restore, then what the directory holds.
pub async fn run(options: &Forget, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(&options.place)?;
    let register = storage::open_unchecked(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    loading::require_rules(&registrar, &place.option())?;
    let command = Command::ErasePerson {
        person: options.person.clone(),
    };
    let said = match registrar
        .submit(Seat::Operator, loading::fresh_id(), command)
        .await
    {
        Ok(settled) => format!(
            "act {}",
            settled
                .acts
                .iter()
                .map(ToString::to_string)
                .collect::<String>()
        ),
        // The removal may have failed the last time: it is done again.
        Err(Refusal::NotInOrder(Rejection::PersonErasedAlready { act, .. })) => {
            format!("erased already, by act {act}")
        }
        Err(refusal @ Refusal::NotInOrder(Rejection::PersonIdMalformed { .. })) => {
            let hint = "an id has 26 digits of base 32, all in small letters: copy the whole of it";
            return Err(Failure::hinted(refusal, Some(hint)));
        }
        Err(refusal) => return Err(loading::refused(refusal)),
    };
    let person: PersonId = options
        .person
        .parse()
        .map_err(|error| Failure::from(anyhow::Error::new(error)))?;
    // A crash before this leaves the act, and the next `serve` does the rest.
    if let Some(directory) = storage::directory_to_write(&place).await? {
        people::forget(directory.as_ref(), &person).await?;
    }
    if let Some(papers) = papers::open(&place, &configuration.files(&options.files))? {
        let named = named(&person);
        papers::forget(papers.as_ref(), &registrar.state().conference, &named).await?;
    }
    println!("`{person}` is forgotten ({said})");
    println!(
        "Copies made before still hold the name: the erasure runs again when one is restored."
    );
    Ok(())
}
