//! Every act that was ever written is read: one fixture for each kind and version that the program had.
//!
//! A fixture is never changed, but for `reads_as`, which says what the body is in the shape of today.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use comity_conference::{Act, DecodeError, Origin};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn read(kind: &str, version: u32, body: &str) -> Result<Act, DecodeError> {
    Act::from_json(kind, version, None, Origin::Enacted, body)
}

#[test]
fn every_version_of_every_kind_is_read() {
    let mut expected = BTreeSet::new();
    for (kind, written) in Act::kinds() {
        for version in 1..=written {
            let name = format!("{kind}.v{version}.json");
            let text = std::fs::read_to_string(folder().join(&name));
            let text =
                text.unwrap_or_else(|error| panic!("{name}: {error}: write one and keep it"));
            let fixture: Value = serde_json::from_str(&text).unwrap();
            let act = read(kind, version, &fixture["body"].to_string());
            let act = act.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert_eq!(act.kind(), kind);
            assert_eq!(act.version(), written);
            // What a body says is all taken up: nothing is lost on the way to the shape of today.
            let reads_as = fixture.get("reads_as").unwrap_or(&fixture["body"]);
            assert_eq!(&act.to_json(), reads_as, "{name}");
            expected.insert(name);
        }
    }
    let found = std::fs::read_dir(folder()).unwrap();
    let found: BTreeSet<String> = found
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        found, expected,
        "a fixture of a kind or a version that the program does not know"
    );
}

#[test]
fn versions_and_kinds_that_never_were_are_refused() {
    for (kind, written) in Act::kinds() {
        for version in [0, written + 1] {
            let error = read(kind, version, "{}").unwrap_err();
            assert!(
                matches!(error, DecodeError::UnknownKind { .. }),
                "{kind} {version}: {error}"
            );
        }
    }
    let error = read("BanquetGiven", 1, "{}").unwrap_err();
    assert!(matches!(error, DecodeError::UnknownKind { .. }), "{error}");
}

#[test]
fn a_body_of_another_shape_is_refused() {
    for (kind, written) in Act::kinds() {
        for body in ["{}", "[]", "null", "{\"id\":\"x\",\"vessel\":1}", "{"] {
            let error = read(kind, written, body).unwrap_err();
            assert!(
                matches!(error, DecodeError::Body { .. }),
                "{kind} {body}: {error}"
            );
        }
    }
}
