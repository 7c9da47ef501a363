mod certificate;
mod database;
mod machine;
mod post;

use comity_register::Register;
use comity_registrar::{Clock, SystemClock};

use crate::arguments::Serve;
use crate::commands::doctor_keys;
use crate::configuration::{Configuration, Keeping, Place};
use crate::failure::Failure;
use crate::keys::KeyFolder;
use crate::{embedded, loading, papers, storage};

/// What a check found.
pub enum Finding {
    Good(String),
    /// It works, but something should be seen to.
    Care {
        what: String,
        hint: String,
    },
    Bad {
        what: String,
        hint: String,
    },
}

/// Looks for what could go wrong and says what to do. Changes nothing.
pub async fn run(options: &Serve, configuration: &Configuration) -> Result<(), Failure> {
    let mut findings = vec![machine::clock(), rules(configuration)];
    findings.extend(configuration.certificate().map(certificate::certificate));
    match configuration.place_if_given(&options.place) {
        None => findings.push(Finding::Care {
            what: "no register is given".to_owned(),
            hint: "add `--data DIR` or `--database-url postgres://…`".to_owned(),
        }),
        Some(place) => {
            findings.extend(match &place {
                Place::Folder(folder) => machine::folder(folder),
                Place::Database(urls) => database::servers(urls).await,
            });
            let keys = configuration.key_folder_if_given(&place);
            findings.extend(register(&place, keys.as_ref()).await);
            findings.extend(papers_of(&place, &configuration.files(&options.files)).await);
            findings.push(post::way(options, configuration, &place).await);
        }
    }
    report(&findings)
}

fn report(findings: &[Finding]) -> Result<(), Failure> {
    let mut bad = 0;
    for finding in findings {
        match finding {
            Finding::Good(what) => println!("  ok    {what}"),
            Finding::Care { what, hint } => println!("  care  {what}\n        hint: {hint}"),
            Finding::Bad { what, hint } => {
                bad += 1;
                println!("  bad   {what}\n        hint: {hint}");
            }
        }
    }
    if bad == 0 {
        return Ok(());
    }
    Err(Failure::from(anyhow::anyhow!(
        "{bad} thing(s) need to be seen to"
    )))
}

fn rules(configuration: &Configuration) -> Finding {
    match embedded::rules(configuration.rules.as_deref()) {
        Ok(rules) => Finding::Good(format!("the rules `{}` are in order", rules.process.id)),
        Err(_) => Finding::Bad {
            what: "the rules are not in order".to_owned(),
            hint: "run `comity rules check`".to_owned(),
        },
    }
}

async fn register(place: &Place, keys: Option<&KeyFolder>) -> Vec<Finding> {
    let register = match storage::open(place).await {
        Ok(register) => register,
        Err(Failure::Failed { error, hint }) => {
            return vec![Finding::Bad {
                what: error.to_string(),
                hint: hint.unwrap_or_default(),
            }];
        }
        Err(Failure::NotVerified | Failure::NotInOrder) => return Vec::new(),
    };
    let mut findings = vec![verified(register.as_ref()).await];
    match loading::registrar(register, loading::instants(None)).await {
        Err(Failure::Failed { error, hint }) => findings.push(Finding::Bad {
            what: error.to_string(),
            hint: hint.unwrap_or_default(),
        }),
        Err(Failure::NotVerified | Failure::NotInOrder) => {}
        Ok(registrar) => {
            findings.push(began(&registrar));
            findings.extend(calendar(&registrar));
            findings.extend(doctor_keys::findings(&registrar, keys));
        }
    }
    findings
}

/// Whether papers can be written and read back.
async fn papers_of(place: &Place, keeping: &Keeping) -> Option<Finding> {
    // A folder that is not there yet is made by the site, not by whoever only looks.
    let folder = match (place, &keeping.place) {
        (Place::Folder(data), None) => Some(data.join(papers::FOLDER)),
        (_, Some(given)) if !given.starts_with("s3://") => Some(given.into()),
        _ => None,
    };
    if let Some(folder) = folder.filter(|folder: &std::path::PathBuf| !folder.is_dir()) {
        return keeping.place.as_ref().map(|_| Finding::Care {
            what: format!(
                "the folder of papers `{}` is not there yet",
                folder.display()
            ),
            hint: "`comity serve` makes it; look whether the path is right".to_owned(),
        });
    }
    let hint = "see to the folder or the bucket of `--files`".to_owned();
    match papers::open(place, keeping) {
        Ok(None) => Some(Finding::Care {
            what: "no place is given for papers: none can be sent in".to_owned(),
            hint: "add `--files DIR` or `--files s3://…`".to_owned(),
        }),
        Ok(Some(papers)) => Some(match papers.check().await {
            Ok(()) => Finding::Good("papers are written and read back".to_owned()),
            Err(error) => Finding::Bad {
                what: error.to_string(),
                hint,
            },
        }),
        Err(_) => Some(Finding::Bad {
            what: "the papers cannot be reached".to_owned(),
            hint,
        }),
    }
}

async fn verified(register: &dyn Register) -> Finding {
    match comity_register::verify(register, |_| {}).await {
        Ok(verified) => Finding::Good(format!(
            "the register verifies: {} records",
            verified.head.size
        )),
        Err(fault) => Finding::Bad {
            hint: fault.hint().to_owned(),
            what: format!("the register does not verify: {fault}"),
        },
    }
}

/// Whether terms can be counted, and for how long yet.
fn calendar(registrar: &comity_registrar::Registrar) -> Option<Finding> {
    let state = registrar.state();
    state.rules.as_ref()?.consultation.as_ref()?;
    let adopt = "put one in force with `comity calendar adopt`; see docs/calendar.md".to_owned();
    let Some(adopted) = &state.conference.calendar else {
        return Some(Finding::Care {
            what: "no table of holidays is in force: no round can be opened".to_owned(),
            hint: adopt,
        });
    };
    let last = *adopted.table.years().end();
    let year = jiff::tz::Offset::UTC.to_datetime(SystemClock.now()).year();
    if year >= last {
        return Some(Finding::Care {
            what: format!("the table of holidays ends with {last}"),
            hint: adopt,
        });
    }
    Some(Finding::Good(format!(
        "the table of holidays reaches to {last}"
    )))
}

fn began(registrar: &comity_registrar::Registrar) -> Finding {
    let state = registrar.state();
    let Some(rules) = state.rules.as_ref() else {
        return Finding::Bad {
            what: "the register is empty".to_owned(),
            hint: "run `comity init`".to_owned(),
        };
    };
    if state.demo {
        return Finding::Care {
            what: "the register was made to be shown".to_owned(),
            hint: "make one for work with `comity init`".to_owned(),
        };
    }
    let last = state
        .conference
        .last_at
        .map(|at| at.to_string())
        .unwrap_or_default();
    if state
        .conference
        .last_at
        .is_some_and(|last| last > SystemClock.now())
    {
        return Finding::Care {
            what: format!("the last act was recorded at {last}, after the machine's clock"),
            hint: "set the clock".to_owned(),
        };
    }
    Finding::Good(format!(
        "the conference `{}` runs; last act at {last}",
        rules.process.id
    ))
}
