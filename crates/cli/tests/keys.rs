//! The keys that sign checkpoints, as the operator handles them.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn comity(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .env_remove("COMITY_DATA")
        .env_remove("COMITY_KEYS")
        .env("COMITY_LOG", "error")
        .output()
        .unwrap()
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let output = comity(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn fails(arguments: &[&str], code: i32) -> String {
    let output = comity(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    said + &out
}

/// A register in a folder of its own.
struct Place {
    folder: TempDir,
    data: String,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data").to_str().unwrap().to_owned();
        succeeds(&["init", "--data", &data]);
        Self { folder, data }
    }

    fn keys(&self) -> PathBuf {
        Path::new(&self.data).join("keys")
    }

    /// The keys that sign; the key of second factors lies beside them.
    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.keys()).unwrap();
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| !path.ends_with("second-factor.key"));
        files.sort();
        files
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The verifier key lines of what the program printed, as a file to trust.
    fn trusted(&self, said: &str) -> String {
        let keys: Vec<_> = said
            .lines()
            .filter(|line| line.starts_with("rcm-2011/"))
            .collect();
        assert!(!keys.is_empty(), "{said}");
        self.write("trusted.txt", &(keys.join("\n") + "\n"))
    }
}

#[test]
fn init_makes_a_key_for_its_owner_alone_and_prints_what_the_members_need() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").to_str().unwrap().to_owned();
    let keys = folder.path().join("safe/keys");
    let said = succeeds(&["init", "--data", &data, "--keys", keys.to_str().unwrap()]);
    assert!(said.contains("on paper"), "{said}");
    let vkey = said
        .lines()
        .find(|line| line.starts_with("rcm-2011/register/"))
        .unwrap();
    let id = vkey.split('+').nth(1).unwrap();
    let file = keys.join(format!("checkpoint-{id}.key"));
    let secret = std::fs::read_to_string(&file).unwrap();
    assert!(secret.starts_with("PRIVATE+KEY+rcm-2011/register/"));
    assert!(
        !said.contains(secret.trim_end()),
        "the secret is shown to nobody"
    );
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        std::fs::metadata(&keys).unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert!(!Path::new(&data).join("keys").exists(), "nowhere else");
}

#[test]
fn the_live_checkpoint_is_signed_and_verifies_without_the_register() {
    let place = Place::new();
    let trusted = place.trusted(&succeeds(&["keys", "--data", &place.data]));
    let note = succeeds(&["checkpoint", "--data", &place.data]);
    assert_eq!(note.lines().nth(1), Some("4"), "{note}");
    let good = place.write("good.txt", &note);
    let said = succeeds(&["verify", "--checkpoint", &good, "--trusted", &trusted]);
    assert!(
        said.starts_with("good: checkpoint, rcm-2011/register/"),
        "{said}"
    );
    let bad = place.write("bad.txt", &note.replacen("\n4\n", "\n5\n", 1));
    let said = fails(&["verify", "--checkpoint", &bad, "--trusted", &trusted], 3);
    assert!(said.starts_with("bad: checkpoint: "), "{said}");
    assert!(fails(&["verify", "--checkpoint", &good], 2).contains("--trusted"));
}

#[test]
fn a_new_key_signs_beside_the_old_one_and_the_old_trust_goes_on() {
    let place = Place::new();
    let old = place.trusted(&succeeds(&["keys", "--data", &place.data]));
    let said = succeeds(&["keys", "rotate", "--data", &place.data]);
    assert!(said.contains("62 days"), "{said}");
    assert_eq!(place.files().len(), 2);
    let listed = succeeds(&["keys", "--data", &place.data]);
    assert!(listed.contains("current; its file is here"), "{listed}");
    assert!(listed.contains("signs beside its successor"), "{listed}");
    let note = place.write(
        "note.txt",
        &succeeds(&["checkpoint", "--data", &place.data]),
    );
    let check = [
        "verify",
        "--data",
        &place.data,
        "--checkpoint",
        &note,
        "--trusted",
        &old,
    ];
    assert!(
        succeeds(&check).contains("it begins with what 1 kept checkpoint"),
        "who trusts the old key"
    );
    let new = place.trusted(&said);
    succeeds(&["verify", "--checkpoint", &note, "--trusted", &new]);
    assert!(succeeds(&["verify", "--data", &place.data]).contains("5 records"));
}

#[test]
fn a_lost_key_is_told_and_replaced() {
    let place = Place::new();
    for file in place.files() {
        std::fs::remove_file(file).unwrap();
    }
    assert!(
        fails(&["doctor", "--data", &place.data], 1)
            .contains("bad   the file of the checkpoint key is not there")
    );
    assert!(fails(&["checkpoint", "--data", &place.data], 1).contains("no key of this register"));
    assert!(succeeds(&["keys", "--data", &place.data]).contains("NO FILE HERE"));
    succeeds(&["keys", "rotate", "--data", &place.data]);
    assert!(succeeds(&["doctor", "--data", &place.data]).contains("ok    the checkpoint key"));
    assert_eq!(
        succeeds(&["checkpoint", "--data", &place.data])
            .lines()
            .count(),
        5,
        "one signature"
    );
}

#[test]
fn the_key_of_second_factors_is_told_of_and_made_anew() {
    let place = Place::new();
    let path = place.keys().join("second-factor.key");
    let doctor = ["doctor", "--data", &place.data];
    assert!(succeeds(&doctor).contains("ok    the key of second factors is there"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o604)).unwrap();
    let said = fails(&doctor, 1);
    assert!(
        said.contains("second-factor.key`\n") && said.contains("chmod 600"),
        "{said}"
    );
    std::fs::write(&path, "a letter").unwrap();
    let said = fails(&doctor, 1);
    assert!(
        said.contains("second-factor.key` cannot be read as a key"),
        "{said}"
    );
    let make = ["keys", "second-factor", "--data", &place.data];
    let said = fails(&make, 1);
    assert!(said.contains("move this file away"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "a letter");
    std::fs::remove_file(&path).unwrap();
    assert!(fails(&doctor, 1).contains("second-factor.key` is not there"));
    // Beside no register none is made.
    let nowhere = place.keys().join("nowhere");
    let said = fails(
        &["keys", "second-factor", "--data", nowhere.to_str().unwrap()],
        1,
    );
    assert!(
        said.contains("there is no register") && !nowhere.exists(),
        "{said}"
    );
    // The register may be named before the task too.
    assert!(succeeds(&["keys", "--data", &place.data, "second-factor"]).contains("is made"));
    let made = std::fs::read(&path).unwrap();
    assert!(succeeds(&make).contains("nothing was changed"));
    assert_eq!(std::fs::read(&path).unwrap(), made);
    assert!(succeeds(&doctor).contains("ok    the key of second factors is there"));
}

#[test]
fn a_key_that_others_may_read_and_one_that_is_not_adopted_are_told() {
    let place = Place::new();
    let file = place.files().remove(0);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let said = fails(&["doctor", "--data", &place.data], 1);
    assert!(said.contains("others than its owner may read"), "{said}");
    // What a crash between the file and the act leaves, here made by another register.
    let other = Place::new();
    let orphan = other.files().remove(0);
    std::fs::copy(&orphan, place.keys().join(orphan.file_name().unwrap())).unwrap();
    let said = succeeds(&["keys", "--data", &place.data]);
    assert!(said.contains("not adopted"), "{said}");
    assert_eq!(
        succeeds(&["checkpoint", "--data", &place.data])
            .lines()
            .count(),
        5,
        "and signs nothing"
    );
}

#[test]
fn keys_of_a_database_are_not_guessed_at() {
    let said = fails(
        &[
            "init",
            "--database-url",
            "postgres://nobody@127.0.0.1:1/none",
        ],
        1,
    );
    assert!(
        said.contains("no folder is given for the keys") && said.contains("--keys DIR"),
        "{said}"
    );
}
