//! Who may do what in a process, as data: Cedar policies, their schema, and the classes of seat.
//!
//! It reads and checks the three documents, answers the questions of [`policy`](comity_policy) as its [`Judge`], says why
//! and why not, and writes the whole matrix. It must not know any office or kind of party by name, hold state, or decide
//! whether a command is in order. It is the only crate that knows Cedar.
//!
//! Start with [`Access::parse`], then [`Policies`]; [`matrix`] is the table of every question and its answer.
//!
//! [`Judge`]: comity_policy::Judge

mod access;
mod document;
mod matrix;
mod part;
mod policies;
mod relation;
mod schema;
mod seats;
mod subjects;
mod translate;

pub use access::{Access, Holder};
pub use comity_rules::SeatClass;
pub use document::{Document, Documents, Fault, Faults};
pub use matrix::{Row, matrix, to_csv};
pub use policies::Policies;
pub use relation::Relation;
pub use subjects::{Subject, subjects};
