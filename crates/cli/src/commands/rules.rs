use std::path::Path;
use std::sync::Arc;

use comity_policy::Seat;
use comity_registrar::Command;
use comity_rules::{Rules, Text, seat_classes};

use crate::arguments::{Amend, Rules as Options, RulesTask};
use crate::commands::policies;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::{embedded, loading, storage};

/// Checks a rules file and the policies beside it, puts them in force, or prints what the policies add up to.
pub async fn run(options: &Options, configuration: &Configuration) -> Result<(), Failure> {
    let configured = configuration.rules.as_deref();
    match &options.task {
        RulesTask::Check { file } => check(file.as_deref().or(configured)),
        RulesTask::Amend(amend) => amend_with(amend, configuration).await,
        RulesTask::Matrix { file } => policies::matrix(file.as_deref().or(configured)),
    }
}

fn check(file: Option<&Path>) -> Result<(), Failure> {
    let (name, text) = embedded::rules_text(file)?;
    match Rules::parse(&text) {
        Ok(rules) => {
            let assumptions = rules.assumptions();
            println!("{name}: the rules of `{}` are in order", rules.process.id);
            println!(
                "{} kinds of party, {} bodies, {} lists",
                rules.party_kinds.len(),
                rules.bodies.len(),
                rules.lists.len()
            );
            println!(
                "{} value(s) are assumptions, not in the source:",
                assumptions.len()
            );
            for (key, row, why) in assumptions {
                println!("  {row} {key}: {}", why.en());
            }
            policies::check(file, &rules)
        }
        Err(faults) => {
            embedded::print_faults(&name, &faults);
            Err(Failure::NotInOrder)
        }
    }
}

/// Puts other rules in force. Nodes that serve the register take them up with the act.
async fn amend_with(options: &Amend, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(&options.place)?;
    let folder = options.file.as_deref().or(configuration.rules.as_deref());
    let rules = embedded::rules(folder)?;
    let documents = policies::adoptable(folder, &rules)?;
    let register = storage::open(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    loading::require_rules(&registrar, &place.option())?;
    let seats = documents.get("seats.toml").map(|text| seat_classes(text));
    let rules = match seats {
        Some(seats) => rules.seated(seats.map_err(|error| anyhow::anyhow!("{error}"))?),
        None => rules,
    };
    let command = Command::AmendRules {
        rules: Arc::new(rules),
        documents,
        why: Text::new(&options.why_es, &options.why_en),
        note: options.note.clone(),
    };
    let settled = registrar
        .submit(Seat::Operator, loading::fresh_id(), command)
        .await
        .map_err(loading::refused)?;
    let act = settled.acts.last().map(ToString::to_string);
    println!("The rules are amended by act {}.", act.unwrap_or_default());
    Ok(())
}
