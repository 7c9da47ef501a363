//! Record files: the tables and lists of a source as TOML, read into rows of facts.
//!
//! It turns text into [`Row`]s, each with its file and line, and turns faults of rows back into places that a person
//! can open. It must not know what is in order (`conference` decides) nor where files come from: text in, rows out.
//!
//! Start with [`read`]; the format is in `docs/record-files.md`.

mod fault;
mod read;

pub use comity_conference::{Row, RowFault};
pub use fault::{Fault, locate};
pub use read::{LocatedRow, RecordFile, read};
