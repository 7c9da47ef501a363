//! The rules and records that the program carries, as bytes. Nothing here knows what they say.

use std::path::Path;

use anyhow::Context;
use comity_rules::{Faults, Rules};

use crate::failure::Failure;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The rules of a new register unless told otherwise.
const RULES_DEFAULT: &str = "rcm-2011/rules.toml";

/// The record that belongs to them.
const RECORD_DEFAULT: &str = "rcm-1996-2012/";

/// The process whose record it is.
pub const RECORD_PROCESS: &str = "rcm-2011";

/// A record file: name and text.
pub type File = (String, String);

/// The text of the rules to use: of the folder, or those that the program carries.
pub fn rules_text(folder: Option<&Path>) -> Result<(String, String), Failure> {
    let Some(folder) = folder else {
        let text = RULES
            .iter()
            .find(|(name, _)| *name == RULES_DEFAULT)
            .map(|(_, text)| *text);
        return Ok((
            format!("rules/{RULES_DEFAULT}"),
            text.expect("the program carries its default rules")
                .to_owned(),
        ));
    };
    let path = if folder.is_dir() {
        folder.join("rules.toml")
    } else {
        folder.to_owned()
    };
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read the rules `{}`", path.display()));
    let text = text.map_err(|error| {
        Failure::hinted(
            error,
            Some("give the folder that holds `rules.toml`, or the file itself"),
        )
    })?;
    Ok((path.display().to_string(), text))
}

/// The rules to use, checked; their faults are printed.
pub fn rules(folder: Option<&Path>) -> Result<Rules, Failure> {
    let (name, text) = rules_text(folder)?;
    Rules::parse(&text).map_err(|faults| {
        print_faults(&name, &faults);
        Failure::NotInOrder
    })
}

pub fn print_faults(name: &str, Faults(faults): &Faults) {
    for fault in faults {
        eprintln!("{name}:{}: `{}`: {}", fault.line, fault.key, fault.what);
        eprintln!("  hint: {}", fault.remedy);
    }
    eprintln!("{} fault(s); nothing was changed", faults.len());
}

/// The files of a record: of the folder, or those that the program carries.
pub fn record(folder: Option<&Path>) -> Result<Vec<File>, Failure> {
    let Some(folder) = folder else {
        let own = RECORD
            .iter()
            .filter(|(name, _)| name.starts_with(RECORD_DEFAULT));
        return Ok(own
            .map(|(name, text)| (format!("record/{name}"), (*text).to_owned()))
            .collect());
    };
    let hint = "give a folder that holds record files (*.toml)";
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder `{}`", folder.display()));
    let entries = entries.map_err(|error| Failure::hinted(error, Some(hint)))?;
    let mut paths: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::hinted(
            anyhow::anyhow!("no record files in `{}`", folder.display()),
            Some(hint),
        ));
    }
    let read = |path: std::path::PathBuf| -> Result<File, Failure> {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()));
        let text =
            text.map_err(|error| Failure::hinted(error, Some("record files are UTF-8 text")))?;
        Ok((path.display().to_string(), text))
    };
    paths.into_iter().map(read).collect()
}
