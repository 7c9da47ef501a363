//! What is taken and what is refused, each refusal from both sides: the file as it should be, and the same file with the
//! one thing that it may not have.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod general;
mod mutations;
mod office;
mod opendocument;
mod pdf;
mod samples;
mod written;

use comity_files::{Accept, Kind, Refused, look};

const ACCEPT: Accept = Accept {
    scans: false,
    limit: 20 << 20,
};

/// The kind of a file that is taken, or why it is not.
fn seen(bytes: &[u8], name: &str) -> Result<Kind, Refused> {
    look(bytes, name, ACCEPT).map(|seen| seen.kind)
}

/// The code of a refusal, or the kind's.
fn told(bytes: &[u8], name: &str) -> &'static str {
    match seen(bytes, name) {
        Ok(kind) => kind.code(),
        Err(refused) => refused.code(),
    }
}
