//! Lists of people in and out: a sheet is read, its columns are told apart, each row is held against what is known, and what
//! is known is written again as a sheet or as cards.
//!
//! Bytes in, values out: it must not know the directory, the register, nor who may do what. A column that suggests an
//! identity number, a date of birth or a migrant is never read into anything.
//!
//! Start with [`Sheet::read`], then [`Mapping::guess`] and [`propose`]; on the way out [`out::csv`] and [`out::vcard`].

mod book;
mod check;
mod countries;
mod field;
mod fold;
mod names;
mod ods;
pub mod out;
mod plan;
mod read;
mod seen;
mod text;

pub use check::{is_email, is_phone};
pub use field::{Column, Field, Mapping};
pub use plan::{Fixes, Known, Like, Named, Problem, Proposed, Somebody, propose};
pub use read::{CELL_LONGEST, ROWS_MOST, Row, SHEET_BYTES, Sheet, Unreadable};
