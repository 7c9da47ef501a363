use std::io::Write;
use std::sync::Arc;

use anyhow::Context;
use comity_conference::PolicyDocuments;
use comity_register::MemoryRegister;
use comity_registrar::{OnDifference, Registrar, Seat};
use comity_view::{Language, View, table};

use crate::arguments::Show;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::{embedded, loading, storage};

/// Characters of a line where the terminal does not say.
const WIDTH: usize = 120;

/// Prints a collection of the open data.
pub async fn run(options: &Show, configuration: &Configuration) -> Result<(), Failure> {
    let registrar = registrar(options, configuration).await?;
    let view = registrar
        .view(Seat::Public, Language::En, None)
        .context("the register is empty: it has no rules yet")?;
    let Some(name) = &options.collection else {
        list(&view);
        return Ok(());
    };
    let Some(table) = view.table(name) else {
        let hint = format!("use one of {}", view.collection_names().join(", "));
        return Err(Failure::hinted(
            anyhow::anyhow!("there is no collection `{name}`"),
            Some(hint),
        ));
    };
    let printed = if options.json {
        comity_web::api::json(&table, &view)
    } else if options.csv {
        comity_web::api::csv(&table)
    } else {
        table::render::text(&table, Language::En, WIDTH)
    };
    std::io::stdout()
        .write_all(printed.as_bytes())
        .context("the collection cannot be printed")?;
    Ok(())
}

fn list(view: &View) {
    for name in view.collection_names() {
        let count = view.table(&name).map_or(0, |table| table.rows.len());
        println!("{name:<24} {count:>5}");
    }
}

/// The register given, or the record that the program carries.
async fn registrar(options: &Show, configuration: &Configuration) -> Result<Registrar, Failure> {
    if let Some(place) = configuration.place_if_given(&options.place) {
        return loading::registrar(
            storage::open_unchecked(&place).await?,
            loading::instants(None),
        )
        .await;
    }
    let registrar =
        loading::registrar(Arc::new(MemoryRegister::new()), loading::instants(None)).await?;
    let rules = embedded::rules(configuration.rules.as_deref())?;
    let documents = PolicyDocuments::new();
    loading::adopt(&registrar, rules, documents, loading::Purpose::Demo).await?;
    if let Some(record) = loading::record_of(configuration.rules.as_deref()) {
        loading::import(&registrar, record.folder(), OnDifference::Refuse).await?;
    }
    Ok(registrar)
}
