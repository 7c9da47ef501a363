//! The words of the interface in two languages.
//!
//! It holds the catalogues under `locales/` and puts dates, numbers, lists and names of countries into words. It must
//! not know the conference, its rules, or what a page looks like; all that a conference calls itself and its things
//! comes from its rules and its record.
//!
//! Start with [`Wording::get`].

mod catalogue;
mod countries;
mod dates;
mod lists;
mod numbers;

pub use catalogue::{Tongue, Wording};
pub use fluent_bundle::FluentValue as Value;
