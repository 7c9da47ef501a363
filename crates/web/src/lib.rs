//! The public site: pages in two languages, feeds and the open-data interface, drawn from the view of one seat.
//!
//! It holds addresses, pages, the page cache and what goes around an answer (headers, tags, counters). It must not know
//! the conference's types, the rules' meaning, or a database: it reads through [`Source`] only.
//!
//! Start with [`site`]; then `visit`, which every page passes; `pages` says how a page is written.

mod addresses;
mod answer;
pub mod api;
mod assets;
mod attribution;
mod cache;
mod escape;
mod evidence;
mod exposition;
mod fault;
mod feed;
mod filter;
mod frame;
mod freshness;
mod gatherings;
pub mod inside;
mod language;
pub mod linked_data;
mod metrics;
mod outside;
mod pages;
mod pictures;
mod query;
mod roots;
mod rows;
mod site;
mod sitemap;
mod source;
mod sources;
mod visit;

pub use addresses::{Address, Kind};
pub use exposition::Exposition;
pub use freshness::{Behind, Freshness};
pub use metrics::Counters;
pub use query::Query;
pub use site::{Configuration, counted_site, site};
pub use source::{
    Acronym, Answering, Checkpoint, Found, Given, Glossary, Inclusion, PublicHead, RecordProof,
    SnapshotKey, Source, SourceError, Term, Thing,
};
