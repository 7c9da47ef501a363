//! The rules and records that the program carries, as bytes. Nothing here knows what they say.

use std::path::Path;

use anyhow::Context;
use comity_access::{Document, Documents};
use comity_calendar::File;
use comity_conference::{CalendarAdopted, PolicyDocuments};
use comity_rules::{Faults, Rules};

use crate::failure::Failure;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The rules of a new register unless told otherwise.
const RULES_DEFAULT: &str = "rcm-2011/rules.toml";

/// The record that belongs to them.
const RECORD_DEFAULT: &str = "rcm-1996-2012/";

/// The process whose record it is.
pub const RECORD_PROCESS: &str = "rcm-2011";

/// Where the table of holidays stands beside the rules.
const CALENDARS: &str = "calendars";

/// A record file: name and text.
pub type RecordFile = (String, String);

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

/// The documents that say who may do what, by their names: those beside the rules of the folder, or those that the program
/// carries. `None` where there is none at all.
pub fn policies_text(folder: Option<&Path>) -> Result<Option<PolicyFiles>, Failure> {
    let Some(folder) = folder else {
        let base = RULES_DEFAULT.trim_end_matches("rules.toml");
        let text = |document: Document| {
            let name = format!("{base}{}", document.file());
            let text = RULES.iter().find(|(known, _)| *known == name);
            text.map(|(_, text)| (*text).to_owned())
        };
        let texts = Document::ALL.map(text);
        return complete(&format!("rules/{base}"), texts);
    };
    let folder = if folder.is_dir() {
        folder
    } else {
        folder.parent().unwrap_or(folder)
    };
    let mut texts = [const { None }; Document::ALL.len()];
    for (document, text) in Document::ALL.into_iter().zip(&mut texts) {
        let path = folder.join(document.file());
        if path.exists() {
            let read = std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read `{}`", path.display()));
            *text = Some(
                read.map_err(|error| Failure::hinted(error, Some("policies are UTF-8 text")))?,
            );
        }
    }
    complete(&format!("{}/", folder.display()), texts)
}

/// The table of holidays to use: that of the folder `calendars` beside the rules, or the one that the program carries. `None`
/// where other rules come without one.
pub fn calendar(folder: Option<&Path>) -> Result<Option<CalendarAdopted>, Failure> {
    let Some(folder) = folder else {
        let base = RULES_DEFAULT.trim_end_matches("rules.toml");
        let text = |file: &str| {
            let name = format!("{base}{CALENDARS}/{file}");
            let found = RULES.iter().find(|(known, _)| *known == name);
            found
                .map(|(_, text)| (*text).to_owned())
                .expect("the program carries its table")
        };
        return Ok(Some(CalendarAdopted {
            capitals: text(File::Capitals.as_str()),
            holidays: text(File::Holidays.as_str()),
        }));
    };
    let folder = if folder.is_dir() {
        folder
    } else {
        folder.parent().unwrap_or(folder)
    };
    let beside = folder.join(CALENDARS);
    if beside.is_dir() {
        return table(&beside).map(Some);
    }
    Ok(None)
}

/// The table of holidays of a folder.
pub fn table(folder: &Path) -> Result<CalendarAdopted, Failure> {
    let read = |file: File| {
        let path = folder.join(file.as_str());
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()));
        let hint =
            "give a folder that holds `capitals.tsv` and `holidays.tsv`; see docs/calendar.md";
        text.map_err(|error| Failure::hinted(error, Some(hint)))
    };
    Ok(CalendarAdopted {
        capitals: read(File::Capitals)?,
        holidays: read(File::Holidays)?,
    })
}

/// The documents of one process, with the folder in which they stand.
pub struct PolicyFiles {
    pub folder: String,
    schema: String,
    policies: String,
    seats: String,
}

impl PolicyFiles {
    /// Each document by its name, as the register keeps them.
    pub fn named(&self) -> PolicyDocuments {
        let documents = self.documents();
        Document::ALL
            .into_iter()
            .map(|document| {
                (
                    document.file().to_owned(),
                    documents.get(document).to_owned(),
                )
            })
            .collect()
    }

    pub fn documents(&self) -> Documents<'_> {
        Documents {
            schema: &self.schema,
            policies: &self.policies,
            seats: &self.seats,
        }
    }
}

/// All of the documents or none of them.
fn complete(
    folder: &str,
    texts: [Option<String>; Document::ALL.len()],
) -> Result<Option<PolicyFiles>, Failure> {
    let folder = folder.to_owned();
    match texts {
        [Some(schema), Some(policies), Some(seats)] => Ok(Some(PolicyFiles {
            folder,
            schema,
            policies,
            seats,
        })),
        [None, None, None] => Ok(None),
        some => {
            let missing = Document::ALL.into_iter().zip(&some);
            let missing = missing.filter(|(_, text)| text.is_none());
            let names: Vec<&str> = missing.map(|(document, _)| document.file()).collect();
            let error = anyhow::anyhow!("`{folder}` has policies but no `{}`", names.join("`, `"));
            let hint = "policies, schema and seats go together; see docs/rules.md";
            Err(Failure::hinted(error, Some(hint)))
        }
    }
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
pub fn record(folder: Option<&Path>) -> Result<Vec<RecordFile>, Failure> {
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
    let read = |path: std::path::PathBuf| -> Result<RecordFile, Failure> {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()));
        let text =
            text.map_err(|error| Failure::hinted(error, Some("record files are UTF-8 text")))?;
        Ok((path.display().to_string(), text))
    };
    paths.into_iter().map(read).collect()
}
