use crate::arguments::Where;
use crate::commands::keys::print_for_members;
use crate::commands::{calendar, policies};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::seating::FirstSeat;
use crate::{embedded, keys, loading, seating, storage};

/// Makes a register, adopts its rules, and makes the key that signs its checkpoints.
pub async fn run(options: &Where, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(options)?;
    let rules = embedded::rules(configuration.rules.as_deref())?;
    let documents = policies::adoptable(configuration.rules.as_deref(), &rules)?;
    let table = embedded::calendar(configuration.rules.as_deref())?;
    let process = rules.process.id.clone();
    // Before anything is made: a register should not come to be without the place for its key.
    let folder = configuration.key_folder(&place)?;
    folder.prepare()?;
    let register = storage::create(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    if registrar.state().rules.is_some() {
        let error = anyhow::anyhow!("the database already holds a register");
        return Err(Failure::hinted(
            error,
            Some("serve it with `comity serve --database-url …`"),
        ));
    }
    loading::adopt(&registrar, rules, documents, loading::Purpose::Work).await?;
    // A crash here leaves a register without a table; it serves, and `comity calendar adopt` puts one in force.
    if let Some(table) = table {
        calendar::adopt(&registrar, table).await?;
    }
    // A crash here leaves a register without a key. It serves, unsigned; `comity keys rotate` gives it one.
    let key = keys::renew(&registrar, &folder).await?;
    folder.make_second_factor()?;
    let option = place.option();
    println!("A register with the rules `{process}` is ready.");
    println!(
        "Its checkpoints are signed with `{}`, which is in no backup.",
        folder.path().join(keys::file_name(&key)).display()
    );
    print_for_members(&[key]);
    if let Some(seat) = seating::first(&registrar, &place).await? {
        print_first(&seat);
    }
    println!(
        "Next: `comity import {option}` enters the record, `comity serve {option}` opens the site."
    );
    Ok(())
}

/// The way into the first seat, from which all others are filled.
pub fn print_first(seat: &FirstSeat) {
    println!(
        "{}: whoever holds this seat fills the others. Once the site is open, this address lets one person in, once, \
         until {:.0}:",
        seat.name.get(comity_view::Language::En),
        seat.until
    );
    println!("  /es/entrar/{}", seat.token);
    println!("  /en/sign-in/{}", seat.token);
}
