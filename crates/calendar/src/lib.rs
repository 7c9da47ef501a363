//! Dates as a conference knows them: to the day, to the month, to the year, or open-ended.
//!
//! It holds partial dates in the Extended Date/Time Format (EDTF, ISO 8601-2) and the intervals in which a
//! fact holds. It must not know what the dates belong to, nor read a clock: today is an input.
//!
//! Start with [`Partial`], then [`Validity`].

mod error;
mod partial;
mod validity;

pub use error::PartialError;
pub use jiff::civil::Date;
pub use partial::{Partial, Point};
pub use validity::{Holds, Validity};
