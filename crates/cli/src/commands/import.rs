use comity_archive::{is_backup, is_export};
use comity_registrar::OnDifference;

use crate::arguments::Import;
use crate::commands::import_export;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::{embedded, loading, storage};

/// Enters a record: all rows or none. An export comes back as it is.
pub async fn run(options: &Import, configuration: &Configuration) -> Result<(), Failure> {
    if let Some(folder) = options.record.as_deref().filter(|folder| is_export(folder)) {
        return import_export::run(folder, options, configuration).await;
    }
    if let Some(folder) = options.record.as_deref().filter(|folder| is_backup(folder)) {
        let error = anyhow::anyhow!("`{}` is a backup, not a record", folder.display());
        let hint = format!(
            "put it back with `comity restore --from {} …`",
            folder.display()
        );
        return Err(Failure::hinted(error, Some(hint)));
    }
    let place = configuration.place(&options.place)?;
    let on_difference = if options.correct {
        OnDifference::Correct
    } else {
        OnDifference::Refuse
    };
    let register = storage::open_unchecked(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    let rules = loading::require_rules(&registrar, &place.option())?;
    if options.record.is_none() && rules.process.id != embedded::RECORD_PROCESS {
        let error = anyhow::anyhow!(
            "the program carries no record for the process `{}`",
            rules.process.id
        );
        return Err(Failure::hinted(
            error,
            Some("give the folder of its record files: `comity import DIR …`"),
        ));
    }
    if options.dry_run {
        let would = loading::rehearse(&registrar, options.record.as_deref(), on_difference)?;
        println!(
            "{} rows in order; {} would be entered",
            would.rows, would.entered
        );
        return Ok(());
    }
    let imported = loading::import(&registrar, options.record.as_deref(), on_difference).await?;
    println!(
        "{} rows read; {} acts entered, {} already in the register",
        imported.rows,
        imported.entered,
        imported.rows - imported.entered
    );
    Ok(())
}
