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
    let mut findings = vec![current(registrar, folder)];
    let open = folder
        .files()
        .into_iter()
        .filter(|file| file.open_to_others);
    findings.extend(open.map(|file| Finding::Bad {
        what: format!("others than its owner may read or write the key `{}`", folder.path().join(&file.name).display()),
        hint: "take their rights away with `chmod 600`; if somebody may have read it, `comity keys rotate`".to_owned(),
    }));
    findings
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
