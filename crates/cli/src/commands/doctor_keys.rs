use std::path::Path;

use comity_registrar::Registrar;

use super::doctor::Finding;
use crate::keys::{self, KeyFolder};

/// Whether checkpoints can be signed, and whether the keys are safe from other users of the machine.
pub fn findings(registrar: &Registrar, folder: Option<&KeyFolder>) -> Vec<Finding> {
    let Some(folder) = folder else {
        return vec![Finding::Bad {
            what: "no folder of signing keys is given".to_owned(),
            hint: "add `--keys DIR`, the folder with the key that `comity init` made".to_owned(),
        }];
    };
    let mut findings = vec![current(registrar, folder), second_factor(folder)];
    let signing = folder.files().into_iter();
    let open = signing
        .filter(|file| file.open_to_others)
        .map(|file| open_to_others(&folder.path().join(file.name), "`comity keys rotate`"));
    findings.extend(open);
    let path = folder.second_factor_file();
    if keys::is_open_to_others(&path) {
        let anew =
            "move it away, `comity keys second-factor`, and let people set their codes up anew";
        findings.push(open_to_others(&path, anew));
    }
    findings
}

fn open_to_others(path: &Path, anew: &str) -> Finding {
    Finding::Bad {
        what: format!(
            "others than its owner may read or write the key `{}`",
            path.display()
        ),
        hint: format!(
            "take their rights away with `chmod 600`; if somebody may have read it, {anew}"
        ),
    }
}

/// Whether somebody may sign in with a password.
fn second_factor(folder: &KeyFolder) -> Finding {
    let path = folder.second_factor_file();
    if folder.second_factor().is_some() {
        return Finding::Good("the key of second factors is there".to_owned());
    }
    let what = if path.exists() {
        "cannot be read as a key"
    } else {
        "is not there"
    };
    Finding::Bad {
        what: format!(
            "the key of second factors `{}` {what}: nobody signs in with a password",
            path.display()
        ),
        hint: "copy it from another node; if it is lost, `comity keys second-factor`".to_owned(),
    }
}

fn current(registrar: &Registrar, folder: &KeyFolder) -> Finding {
    let Some(current) = registrar.signers().into_iter().next() else {
        return Finding::Bad {
            what: "the register has no key: its checkpoints are not signed".to_owned(),
            hint: "make one with `comity keys rotate`".to_owned(),
        };
    };
    let held = folder.files().into_iter().filter_map(|file| file.key);
    if held.into_iter().any(|key| *key.verifier() == current) {
        return Finding::Good(format!("the checkpoint key {} is there", current.id()));
    }
    Finding::Bad {
        what: format!(
            "the file of the checkpoint key is not there: `{}`",
            folder.path().join(keys::file_name(&current)).display()
        ),
        hint: "copy it from another node; if it is lost, `comity keys rotate`".to_owned(),
    }
}
