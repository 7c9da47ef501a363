use comity_register::VerifierKey;
use comity_registrar::{AdoptedKey, Registrar, SUCCESSION_DAYS};

use crate::arguments::{Keys, KeysTask, Where};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::keys::{self, KeyFile, KeyFolder};
use crate::{loading, storage};

/// Lists the keys that sign checkpoints, or changes the current one for a new one.
pub async fn run(options: &Keys, configuration: &Configuration) -> Result<(), Failure> {
    // Where the register is may stand before the task or after it.
    match &options.task {
        None => list(&options.place, configuration).await,
        Some(KeysTask::Rotate(place)) => rotate(place.or(&options.place), configuration).await,
        Some(KeysTask::SecondFactor(place)) => {
            second_factor(place.or(&options.place), configuration).await
        }
    }
}

async fn opened(
    place: &Where,
    configuration: &Configuration,
) -> Result<(Registrar, KeyFolder), Failure> {
    let place = configuration.place(place)?;
    let folder = configuration.key_folder(&place)?;
    let register = storage::open_unchecked(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    loading::require_rules(&registrar, &place.option())?;
    Ok((registrar, folder))
}

async fn list(place: &Where, configuration: &Configuration) -> Result<(), Failure> {
    let (registrar, folder) = opened(place, configuration).await?;
    let files = folder.files();
    let adopted = &registrar.state().conference.keys;
    let signers = registrar.signers();
    println!(
        "keys of `{}`, files in `{}`",
        registrar
            .live_checkpoint()
            .map_or_else(|_| String::new(), |c| c.origin().to_owned()),
        folder.path().display()
    );
    for (place, key) in adopted.iter().enumerate() {
        let successor = adopted.get(place + 1);
        println!("  {}", adopted_line(key, successor, &signers, &files));
    }
    for file in &files {
        if let Some(line) = orphan_line(file, adopted.iter()) {
            println!("  {line}");
        }
    }
    if adopted.is_empty() {
        println!(
            "no key is adopted; make one with `comity keys rotate {}`",
            configuration.place(place)?.option()
        );
    }
    print_for_members(&signers);
    Ok(())
}

/// What is to be said of a key that the register has adopted.
fn adopted_line(
    key: &AdoptedKey,
    successor: Option<&AdoptedKey>,
    signers: &[VerifierKey],
    files: &[KeyFile],
) -> String {
    let Ok(parsed) = key.key.parse::<VerifierKey>() else {
        return format!("`{}` cannot be computed with; rotate it", key.key);
    };
    let held = files
        .iter()
        .filter_map(|file| file.key.as_ref())
        .any(|held| *held.verifier() == parsed);
    let file = if held {
        "its file is here"
    } else {
        "NO FILE HERE"
    };
    let use_of_it = match successor {
        None => "current".to_owned(),
        Some(successor) if signers.contains(&parsed) => format!(
            "signs beside its successor for {SUCCESSION_DAYS} days from {:.0}",
            successor.recorded_at
        ),
        Some(_) => "succeeded".to_owned(),
    };
    format!(
        "{}  adopted {:.0}  {use_of_it}; {file}",
        parsed.id(),
        key.recorded_at
    )
}

/// What is to be said of a file whose key is not adopted, or that holds none.
fn orphan_line<'a>(
    file: &KeyFile,
    mut adopted: impl Iterator<Item = &'a AdoptedKey>,
) -> Option<String> {
    let Some(key) = &file.key else {
        return Some(format!("`{}` holds no key", file.name));
    };
    let text = key.verifier().to_string();
    if adopted.any(|held| held.key == text) {
        return None;
    }
    Some(format!(
        "{}  not adopted: nothing is signed with it; `{}` may be removed",
        key.verifier().id(),
        file.name
    ))
}

async fn rotate(place: &Where, configuration: &Configuration) -> Result<(), Failure> {
    let (registrar, folder) = opened(place, configuration).await?;
    folder.prepare()?;
    let before = registrar.signers().into_iter().next();
    let key = keys::renew(&registrar, &folder).await?;
    let name = keys::file_name(&key);
    println!(
        "The key {} is adopted; its file is `{}`.",
        key.id(),
        folder.path().join(name).display()
    );
    if let Some(before) = before {
        println!(
            "The key {} signs beside it for {SUCCESSION_DAYS} days; keep its file until then.",
            before.id()
        );
    }
    println!("Copy the file to every node that serves this register.");
    print_for_members(&[key]);
    Ok(())
}

/// Makes the key that seals the codes of telephones, where there is none. One that is there is never written over: it is
/// all that opens what it sealed.
async fn second_factor(place: &Where, configuration: &Configuration) -> Result<(), Failure> {
    // Of a register that is there: a key beside none would be copied to every node for nothing.
    let (_, folder) = opened(place, configuration).await?;
    let path = folder.second_factor_file();
    let path = path.display();
    if folder.second_factor().is_some() {
        println!("The key `{path}` is there; nothing was changed.");
        return Ok(());
    }
    if folder.second_factor_file().exists() {
        let error = anyhow::anyhow!("`{path}` cannot be read as a key");
        let hint = "copy it from another node; if it is lost everywhere, move this file away and try again";
        return Err(Failure::hinted(error, Some(hint)));
    }
    folder.prepare()?;
    folder.make_second_factor()?;
    println!(
        "The key `{path}` is made. Copy it to every node that serves this register, and start them again."
    );
    println!(
        "Whoever had a password with a telephone's codes signs in with a link, and sets both up anew."
    );
    Ok(())
}

/// The verifier keys, with the advice without which they are worth little.
pub fn print_for_members(keys: &[VerifierKey]) {
    if keys.is_empty() {
        return;
    }
    println!(
        "Hand this to each member on paper, or in another way that nobody can change; with it they verify the register:"
    );
    for key in keys {
        println!("{key}");
    }
}
