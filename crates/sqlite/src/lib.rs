//! The register in one SQLite file, and the directory in another.
//!
//! It must not know what a record says: it stores bytes with the columns that `comity-register` gives it. It never
//! changes a file that it does not recognise, and never makes one that it was not asked to make.
//!
//! Start at [`SqliteRegister`]; the tables are in `migrations/`.

mod directory;
mod error;
mod fill;
mod migrations;
mod pages;
mod readers;
mod register;
mod rows;

pub use directory::SqliteDirectory;
pub use error::Error;
pub use fill::UnfinishedRegister;
pub use register::SqliteRegister;
