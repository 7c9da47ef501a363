//! Dates as a conference knows them, and the days on which its capitals work.
//!
//! It holds partial dates in the Extended Date/Time Format (EDTF, ISO 8601-2), the intervals in which a fact holds, the
//! table of the public holidays of the capitals, and terms counted in working days. It must not know what the dates belong
//! to, nor read a clock or a file: today and the table are inputs.
//!
//! Start with [`Partial`], then [`Validity`]; for terms with [`Calendars`] and [`term`].

mod calendars;
mod capital;
mod entry;
mod error;
mod partial;
mod table;
mod term;
mod validity;

pub use calendars::Calendars;
pub use capital::{Capital, Change, Name, Off, Standing};
pub use entry::{Certainty, Days, Deadline, Enclosed, Entry, feed};
pub use error::{File, PartialError, TableFault, TableFaults, TermError};
pub use jiff::civil::{Date, Time};
pub use partial::{Partial, Point, Span};
pub use term::{Closes, Counting, FirstDay, Term, TermDay, Why, term, term_end, term_from};
pub use validity::{Holds, Validity};
