//! Files that belong to acts. An act names a file by its content; its name may hold somebody's and stays out of the register.

use serde::{Deserialize, Serialize};

use crate::Rejection;

/// A file by its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attached {
    /// SHA-256 of its bytes, 64 digits of base 16 in lower case.
    pub sha256: String,
    /// What kind of file it is: `pdf`, `docx`, …
    pub kind: String,
    /// How long it is, in bytes.
    pub bytes: u64,
}

/// A file is in order when it is named as files are. That it is there has been settled before.
pub(crate) fn check(file: Option<&Attached>) -> Result<(), Rejection> {
    let Some(file) = file else { return Ok(()) };
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_hash = file.sha256.len() == 64 && file.sha256.bytes().all(is_digit);
    let is_kind = (1..=8).contains(&file.kind.len())
        && file
            .kind
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if is_hash && is_kind && file.bytes > 0 {
        return Ok(());
    }
    Err(Rejection::FileMalformed)
}
