use crate::arguments::Where;
use crate::configuration::{Configuration, Place};
use crate::failure::Failure;
use crate::{embedded, loading, storage};

/// Makes a register and adopts its rules.
pub async fn run(options: &Where, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(options)?;
    let rules = embedded::rules(configuration.rules.as_deref())?;
    let process = rules.process.id.clone();
    let register = storage::create(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    if registrar.state().rules.is_some() {
        let error = anyhow::anyhow!("the database already holds a register");
        return Err(Failure::hinted(
            error,
            Some("serve it with `comity serve --database-url …`"),
        ));
    }
    loading::adopt(&registrar, rules, loading::Purpose::Work).await?;
    let option = match &place {
        Place::Folder(folder) => format!("--data {}", folder.display()),
        Place::Database(_) => "--database-url …".to_owned(),
    };
    println!("A register with the rules `{process}` is ready.");
    println!(
        "Next: `comity import {option}` enters the record, `comity serve {option}` opens the site."
    );
    Ok(())
}
