//! Who may do what: the one decision point, asked for every read and every act.
//!
//! It holds the words in which the question is put (whose seat, which action, what class of thing), what holds before any
//! rules do ([`may`]), and the door to the policies of a process ([`Judge`]); the policies themselves are data, read by
//! `access`. It must not know whether a command is in order (that is `conference`'s `decide`), nor the clock, nor any
//! office or kind of party by name.
//!
//! Start with [`Rights`] and [`Class`], then [`Judge`].

mod action;
mod class;
mod floor;
mod judge;
mod rights;
mod words;

pub use action::Action;
pub use class::{
    AgendaStage, Class, ConsultationStage, Door, Kind, PlanStage, Reach, Setting, Sight, Term,
    TextStage,
};
pub use floor::{DENY_BY_DEFAULT, Decision, Resource, Seat, may};
pub use judge::{Answer, Effect, Judge, Near, Policy, Remembering};
pub use rights::{Id, Rights, Troika, Word};
