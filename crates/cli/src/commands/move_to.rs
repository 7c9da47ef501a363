use crate::archives;
use crate::arguments::Move;
use crate::configuration::{Configuration, Place};
use crate::failure::Failure;
use crate::{people, storage};

/// Copies a register from one database to another, and verifies it there. The source is only read.
pub async fn run(options: &Move, configuration: &Configuration) -> Result<(), Failure> {
    let from = configuration.place(&options.place)?;
    let to = match (&options.to_data, &options.to_database_url) {
        (Some(folder), None) => Place::Folder(folder.clone()),
        (None, Some(url)) => Place::Database(vec![url.clone()]),
        _ => {
            let error = anyhow::anyhow!("no target is given");
            return Err(Failure::hinted(
                error,
                Some("add `--to-data DIR` or `--to-database-url postgres://…`"),
            ));
        }
    };
    let source = storage::open(&from).await?;
    let head = archives::copy(
        source.as_ref(),
        &people::read(people::written(&from).await?)?,
        &to,
    )
    .await?;
    let now = source.head().await.map_err(archives::register)?;
    println!("{} acts moved and verified", head.size);
    println!("root {}", head.root);
    if now != head {
        let error = anyhow::anyhow!("the source grew meanwhile: it holds {} acts", now.size);
        return Err(Failure::hinted(
            error,
            Some("stop every `comity serve` on it, empty the target, and move again"),
        ));
    }
    println!(
        "The source was not changed. Serve from the new place, and keep the old one until you are sure."
    );
    Ok(())
}
