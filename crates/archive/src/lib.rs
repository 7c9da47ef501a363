//! A register outside its database: exports, backups, and the way back into an empty register.
//!
//! It must not know a database, nor what a record says: it carries bytes, hashes them, and holds them to the tree.
//! `docs/export.md` describes every file that it writes.
//!
//! Start at [`Export`] and [`Backup`]; both are lists of [`Segment`]s, which [`refill`] puts back.

mod backup;
mod error;
mod export;
mod folder;
mod lines;
mod manifest;
mod refill;
mod segment;

pub use backup::{Backup, NewBackup, Saved, Snapshot, is_backup};
pub use error::Error;
pub use export::{Export, NewExport, is_export};
pub use folder::FileEntry;
pub use refill::{Cut, copy, refill};
pub use segment::Segment;
