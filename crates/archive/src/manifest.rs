//! Manifests: what a folder holds, in the one form in which it is written.

use std::path::Path;

use comity_register::Hash;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Error;
use crate::folder::failed;

/// The name of the file.
pub(crate) const NAME: &str = "manifest.json";

/// The key whose value is the hash of the manifest with this value empty.
const SEAL: &str = "seal";

/// The text of a manifest, sealed: JSON with two spaces of indent and a line feed at the end.
pub(crate) fn write(manifest: &impl Serialize) -> String {
    let mut value =
        serde_json::to_value(manifest).expect("a manifest holds texts, numbers and lists of them");
    value[SEAL] = Value::String(String::new());
    value[SEAL] = Value::String(Hash::of(text(&value).as_bytes()).to_string());
    text(&value)
}

fn text(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("a value is written");
    text.push('\n');
    text
}

/// Reads a manifest that was written by [`write`], to the last byte.
pub(crate) fn read<T: DeserializeOwned>(
    folder: &Path,
    format: &str,
    version: u64,
) -> Result<T, Error> {
    let path = folder.join(NAME);
    let written = std::fs::read_to_string(&path).map_err(failed("read", &path))?;
    let wrong = |what: String| Error::Manifest {
        path: path.clone(),
        what,
    };
    let mut value: Value =
        serde_json::from_str(&written).map_err(|error| wrong(error.to_string()))?;
    let says = |key: &str| value.get(key).cloned().unwrap_or_default();
    let (found_format, found_version) = (says("format"), says("version"));
    if found_format != format || found_version != version {
        let format = found_format.as_str().unwrap_or("none").to_owned();
        let version = found_version.as_u64().unwrap_or(0);
        return Err(Error::Unknown {
            path,
            format,
            version,
        });
    }
    let Some(seal) = value.get_mut(SEAL) else {
        return Err(wrong("it has no seal".to_owned()));
    };
    let seal = std::mem::replace(seal, Value::String(String::new()));
    let expected = Hash::of(text(&value).as_bytes()).to_string();
    value[SEAL] = seal;
    if value[SEAL] != expected || text(&value) != written {
        return Err(wrong("its seal does not fit".to_owned()));
    }
    if let Some(fields) = value.as_object_mut() {
        fields.remove(SEAL);
    }
    serde_json::from_value(value).map_err(|error| wrong(error.to_string()))
}

/// Which format a folder's manifest says it has, if it has one.
pub(crate) fn format(folder: &Path) -> Option<String> {
    let text = std::fs::read_to_string(folder.join(NAME)).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    Some(value.get("format")?.as_str()?.to_owned())
}
