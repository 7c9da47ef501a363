//! The register in PostgreSQL 15 or later, for several nodes on one database.
//!
//! It must not know what a record says: it stores bytes with the columns that `comity-register` gives it. It lives in
//! the schema `comity` and touches no other. High availability is the database's.
//!
//! Start at [`PostgresRegister`]; the tables are in `migrations/`.

mod addresses;
mod connect;
mod directory;
mod error;
mod fill;
mod migrations;
mod pages;
mod register;
mod rows;
mod servers;
mod settings;

pub use addresses::Addresses;
pub use directory::PostgresDirectory;
pub use error::Error;
pub use register::PostgresRegister;
pub use settings::Settings;
