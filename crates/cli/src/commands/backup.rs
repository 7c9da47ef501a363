use comity_archive::{Snapshot, back_up};

use crate::archives::{self, refused};
use crate::arguments::Backup;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::{loading, people, storage};

/// Brings a backup to where the register stands.
pub async fn run(options: &Backup, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(&options.place)?;
    let register = storage::open(&place).await?;
    let origin = archives::origin(register.as_ref()).await?;
    let directory = people::written(&place).await?;
    let snapshots = directory.iter().map(|content| Snapshot {
        name: "directory",
        content,
    });
    let snapshots: Vec<Snapshot<'_>> = snapshots.collect();
    let bar = loading::bar("saving the acts");
    let saved = back_up(
        register.as_ref(),
        &options.to,
        &origin,
        &snapshots,
        |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        },
    )
    .await;
    bar.finish_and_clear();
    let saved = saved.map_err(refused)?;
    println!(
        "{} acts in the backup, {} of them new",
        saved.head.size,
        saved.head.size - saved.before
    );
    println!("root {}", saved.head.root);
    Ok(())
}
