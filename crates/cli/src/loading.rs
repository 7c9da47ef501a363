//! Opening a register as a conference, adopting rules and entering a record, with progress for a person.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use comity_conference::PolicyDocuments;
use comity_record::{Fault, LocatedRow, RecordFile, locate};
use comity_register::{Register, VerifierKey};
use comity_registrar::{
    Clock, Command, CommandId, Instants, OnDifference, Opening, Refusal, Registrar, Rejection,
    Seat, SystemChance, SystemClock,
};
use comity_rules::Rules;
use indicatif::{ProgressBar, ProgressStyle};

use crate::courts::Cedar;
use crate::embedded;
use crate::failure::Failure;

/// The live clocks: the machine's, unless the conference has one of its own.
pub fn instants(conference: Option<Arc<dyn Clock>>) -> Instants {
    let system: Arc<dyn Clock> = Arc::new(SystemClock);
    Instants {
        conference: conference.unwrap_or_else(|| Arc::clone(&system)),
        system,
    }
}

/// Replays a register into a live registrar.
pub async fn registrar(
    register: Arc<dyn Register>,
    instants: Instants,
) -> Result<Registrar, Failure> {
    let bar = bar("reading the register");
    let progress = |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let opening = Opening {
        courts: Some(Arc::new(Cedar)),
        ..Opening::default()
    };
    let chance = Arc::new(SystemChance);
    let opened = Registrar::open_at(register, instants, chance, opening, progress).await;
    bar.finish_and_clear();
    opened.map_err(|error| Failure::hinted(error, Some("run `comity verify` on it")))
}

/// How the node stands, as a failure, where it takes no acts.
fn not_following(registrar: &Registrar) -> Option<Failure> {
    let standing = registrar.standing();
    (!standing.takes_acts())
        .then(|| Failure::hinted(anyhow::anyhow!("{standing}"), standing.hint()))
}

/// The conference of a register that has its rules.
pub fn require_rules(registrar: &Registrar, how: &str) -> Result<Arc<Rules>, Failure> {
    let rules = registrar.state().rules.clone();
    rules.ok_or_else(|| {
        if let Some(failure) = not_following(registrar) {
            return failure;
        }
        Failure::hinted(
            anyhow::anyhow!("the register is empty: it has no rules yet"),
            Some(format!("run `comity init {how}` first")),
        )
    })
}

/// What a new register is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Work,
    Demo,
}

/// Lays the rules under an empty register.
pub async fn adopt(
    registrar: &Registrar,
    rules: Rules,
    documents: PolicyDocuments,
    purpose: Purpose,
) -> Result<(), Failure> {
    use comity_registrar::Chance;
    let command = Command::AdoptRules {
        rules: Arc::new(rules),
        documents,
        register: hex::encode(&SystemChance.bytes()[..8]),
        demo: purpose == Purpose::Demo,
    };
    registrar
        .submit(Seat::Operator, fresh_id(), command)
        .await
        .map_err(refused)?;
    Ok(())
}

/// Has the register adopt a key that signs its checkpoints.
pub async fn adopt_key(registrar: &Registrar, key: &VerifierKey) -> Result<(), Failure> {
    let command = Command::AdoptCheckpointKey {
        key: key.to_string(),
    };
    registrar
        .submit(Seat::Operator, fresh_id(), command)
        .await
        .map_err(refused)?;
    Ok(())
}

/// The record that belongs to the rules in use.
#[derive(Debug)]
pub enum OwnRecord {
    /// The one that the program carries for its own rules.
    Carried,
    /// The folder `record` beside the rules file.
    Beside(PathBuf),
}

impl OwnRecord {
    /// The folder to import; none for the record that the program carries.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Carried => None,
            Self::Beside(folder) => Some(folder),
        }
    }
}

/// The record that belongs to the rules of a folder, or to the program's own. Other rules may come without one.
pub fn record_of(rules: Option<&Path>) -> Option<OwnRecord> {
    let Some(rules) = rules else {
        return Some(OwnRecord::Carried);
    };
    let folder = if rules.is_dir() {
        rules
    } else {
        rules.parent()?
    };
    let record = folder.join("record");
    record.is_dir().then_some(OwnRecord::Beside(record))
}

/// What an import did.
#[derive(Debug, Clone, Copy)]
pub struct Imported {
    pub rows: usize,
    pub entered: usize,
}

/// Enters the record of a folder, or the one that the program carries: all rows or none.
pub async fn import(
    registrar: &Registrar,
    folder: Option<&Path>,
    on_difference: OnDifference,
) -> Result<Imported, Failure> {
    let rules = registrar.state().rules.clone();
    let source = rules
        .map(|rules| rules.process.source.clone())
        .unwrap_or_default();
    let located = read_record(folder, &source)?;
    let rows = located.iter().map(|row| row.row.clone()).collect();
    let bar = bar("entering the record");
    bar.set_length(located.len() as u64);
    let outcome = registrar
        .submit(
            Seat::Operator,
            fresh_id(),
            Command::RecordFacts {
                rows,
                on_difference,
            },
        )
        .await;
    bar.finish_and_clear();
    match outcome {
        Ok(settled) => Ok(Imported {
            rows: located.len(),
            entered: settled.acts.len(),
        }),
        Err(Refusal::NotInOrder(Rejection::RowsNotInOrder(faults))) => {
            print_faults(&locate(&faults, &located));
            Err(Failure::NotInOrder)
        }
        Err(refusal) => Err(refused(refusal)),
    }
}

/// Decides the record without entering anything.
pub fn rehearse(
    registrar: &Registrar,
    folder: Option<&Path>,
    on_difference: OnDifference,
) -> Result<Imported, Failure> {
    let state = registrar.state();
    let source = state
        .rules
        .as_ref()
        .map(|rules| rules.process.source.clone())
        .unwrap_or_default();
    let located = read_record(folder, &source)?;
    let rows = located.iter().map(|row| row.row.clone()).collect();
    match registrar.rehearse(&Command::RecordFacts {
        rows,
        on_difference,
    }) {
        Ok(acts) => Ok(Imported {
            rows: located.len(),
            entered: acts,
        }),
        Err(Rejection::RowsNotInOrder(faults)) => {
            print_faults(&locate(&faults, &located));
            Err(Failure::NotInOrder)
        }
        Err(rejection) => Err(refused(Refusal::NotInOrder(rejection))),
    }
}

/// Reads record files into rows; their faults are printed.
pub fn read_record(folder: Option<&Path>, source: &str) -> Result<Vec<LocatedRow>, Failure> {
    let files = embedded::record(folder)?;
    let files: Vec<RecordFile<'_>> = files
        .iter()
        .map(|(name, text)| RecordFile { name, text })
        .collect();
    comity_record::read(&files, source).map_err(|faults| {
        print_faults(&faults);
        Failure::NotInOrder
    })
}

fn print_faults(faults: &[Fault]) {
    for fault in faults {
        let code = fault
            .code
            .map(|code| format!(" ({code})"))
            .unwrap_or_default();
        eprintln!("{fault}{code}");
        eprintln!("  hint: {}", fault.hint);
    }
    eprintln!("{} fault(s); nothing was entered", faults.len());
}

pub fn refused(refusal: Refusal) -> Failure {
    let hint = refusal.hint();
    Failure::hinted(refusal, hint)
}

pub fn fresh_id() -> CommandId {
    use comity_registrar::Chance;
    hex::encode(SystemChance.bytes())
        .parse()
        .expect("hex digits make a command id")
}

/// A progress bar where a person looks, nothing where none does.
pub fn bar(what: &'static str) -> ProgressBar {
    styled(what, "{msg} {wide_bar} {pos}/{len}")
}

/// The same, in bytes.
pub fn bytes_bar(what: &'static str) -> ProgressBar {
    styled(what, "{msg} {wide_bar} {bytes}/{total_bytes}")
}

fn styled(what: &'static str, template: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template).expect("the template is well formed");
    ProgressBar::new(0).with_style(style).with_message(what)
}
