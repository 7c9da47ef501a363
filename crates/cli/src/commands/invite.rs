use crate::arguments::Where;
use crate::commands::init::print_first;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::{loading, seating, storage};

/// Makes a new link into the first seat, for whoever lost theirs.
pub async fn run(options: &Where, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(options)?;
    let register = storage::open_unchecked(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    loading::require_rules(&registrar, &place.option())?;
    let Some(seat) = seating::first(&registrar, &place).await? else {
        let error = anyhow::anyhow!("the register has no seats: its rules came without policies");
        let hint = "only a register made with policies has them; see docs/rules.md";
        return Err(Failure::hinted(error, Some(hint)));
    };
    print_first(&seat);
    Ok(())
}
