use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Context;
use comity_access::{Access, Faults, to_csv};
use comity_conference::PolicyDocuments;
use comity_rules::Rules;

use crate::embedded::{self, PolicyFiles};
use crate::failure::Failure;

/// Checks the policies that stand beside the rules.
pub fn check(folder: Option<&Path>, rules: &Rules) -> Result<(), Failure> {
    let Some(files) = embedded::policies_text(folder)? else {
        println!(
            "no policies beside the rules: the public reads what is published, and nobody else does anything"
        );
        return Ok(());
    };
    let access = opened(&files, rules)?;
    let policies = access.policies().all();
    let assumed = policies.iter().filter(|policy| policy.assumption).count();
    println!(
        "{}policies.cedar: {} policies for {} classes of seat are in order; {assumed} rest on assumptions",
        files.folder,
        policies.len(),
        access.seats().len(),
    );
    Ok(())
}

/// The documents beside the rules that a new register takes up, checked as strictly as by `comity rules check`; none where
/// there are none.
pub fn adoptable(folder: Option<&Path>, rules: &Rules) -> Result<PolicyDocuments, Failure> {
    let Some(files) = embedded::policies_text(folder)? else {
        return Ok(PolicyDocuments::new());
    };
    opened(&files, rules)?;
    Ok(files.named())
}

/// Prints every question and its answer.
pub fn matrix(folder: Option<&Path>) -> Result<(), Failure> {
    let rules = embedded::rules(folder)?;
    let Some(files) = embedded::policies_text(folder)? else {
        let error = anyhow::anyhow!("there are no policies beside the rules");
        let hint = "give the folder of a process that has `policies.cedar`";
        return Err(Failure::hinted(error, Some(hint)));
    };
    let access = opened(&files, &rules)?;
    let table = to_csv(&comity_access::matrix(&access, &rules));
    match std::io::stdout().write_all(table.as_bytes()) {
        // Whoever reads may stop reading.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error)
            .context("cannot write the matrix")
            .map_err(Into::into),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The policies, in order in themselves and with the rules; their faults are printed.
fn opened(files: &PolicyFiles, rules: &Rules) -> Result<Access, Failure> {
    let documents = files.documents();
    let access = Access::parse(documents);
    access
        .and_then(|access| access.check(documents, rules).map(|()| access))
        .map_err(|Faults(faults)| {
            for fault in &faults {
                eprintln!("{}{fault}", files.folder);
                eprintln!("  hint: {}", fault.remedy);
            }
            eprintln!("{} fault(s); nothing was changed", faults.len());
            Failure::NotInOrder
        })
}
