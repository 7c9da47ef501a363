use std::path::Path;

use comity_rules::Rules;

use crate::arguments::{Rules as Options, RulesTask};
use crate::commands::policies;
use crate::configuration::Configuration;
use crate::embedded;
use crate::failure::Failure;

/// Checks a rules file and the policies beside it, or prints what the policies add up to.
pub fn run(options: &Options, configuration: &Configuration) -> Result<(), Failure> {
    let configured = configuration.rules.as_deref();
    match &options.task {
        RulesTask::Check { file } => check(file.as_deref().or(configured)),
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
