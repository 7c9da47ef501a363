//! Full-text search in memory over entries in two languages.
//!
//! It holds an index of keys, kinds, titles and bodies, and turns what a reader typed into a query. It must not know
//! what an entry is, who reads, or what a page looks like: whoever builds it hands in only what its readers may see.
//!
//! Start with [`Library::build`], then [`Library::search`].

mod error;
mod library;
mod question;
mod words;

pub use error::Error;
pub use library::{Entry, Hit, Library};
pub use words::Tongue;
