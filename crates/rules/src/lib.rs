//! The rules of one process, as data: who its parties are, which bodies it has, how it is chaired.
//!
//! It parses a rules file, checks it against itself and explains each fault with its line and a remedy. It must
//! not know any process by name, hold state, or decide anything: that is `conference`'s.
//!
//! Start with [`Rules::parse`], then [`Rules`]; [`text`](Text) holds the two-language types that all crates share.

mod check;
mod consultation;
mod error;
mod model;
mod numeral;
pub mod packed;
mod parse;
mod seat;
mod text;

pub use consultation::{
    Attribution, Consultation, EarlyClose, Extension, Procedure, Published, Silence, UnknownValue,
    WhoseDays,
};
pub use error::{Fault, Faults};
pub use model::*;
pub use numeral::roman;
pub use seat::{Ask, SeatClass, SeatsMalformed, seat_classes};
pub use text::{Language, Standing, Text, Title};
