use std::sync::Arc;

use crate::arguments::Where;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::{loading, storage};

/// Prints the signed checkpoint of the register as it stands now. The public one follows at midnight.
pub async fn run(options: &Where, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(options)?;
    let folder = configuration.key_folder(&place)?;
    let register = storage::open_unchecked(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    loading::require_rules(&registrar, &place.option())?;
    let checkpoint = registrar
        .live_checkpoint()
        .map_err(|error| Failure::from(anyhow::Error::new(error)))?;
    let path = folder.path().display().to_string();
    let registrar = registrar.signing_with(Arc::new(folder));
    let Some(note) = registrar.sign(&checkpoint) else {
        return Err(Failure::hinted(
            anyhow::anyhow!("no key of this register is in `{path}`"),
            Some("put the file of the current key there, or make one with `comity keys rotate`"),
        ));
    };
    print!("{note}");
    Ok(())
}
