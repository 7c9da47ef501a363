//! What one seat may see of the conference on one day, in one language: the only thing that pages are drawn from.
//!
//! A [`View`] is scoped before it is drawn: it is opened for a seat, and everything that it hands out has passed the
//! one decision point. It holds no HTML, no addresses and no words of the interface. Only the registrar opens one.
//!
//! Start with [`View`]; each page's data are in the module of its name, the open data in [`table`].

mod action;
mod acts;
mod applications;
mod base;
mod consulted;
mod document;
mod dossier;
mod edition;
mod entered;
mod finance;
mod gathering;
mod hashed;
mod home;
mod index;
mod induction;
mod informal;
mod inside;
mod lists;
mod matrix;
mod meeting;
mod news;
mod office;
mod outreach;
mod party;
mod plan;
mod presidency;
mod rights;
mod search;
mod structure;
pub mod table;
mod work;
mod working_days;

pub use action::*;
pub use acts::*;
pub use applications::*;
pub use base::{
    Cited, Facet, FilterOption, Lens, Link, Listing, Named, Place, Says, Snapshot, Target, View,
    Words,
};
pub use comity_calendar::{Certainty, Date, Days, Deadline, Entry, Partial, feed};
pub use comity_conference::{
    Answer as Said, Attached, Channel, Disposition, End, InformalKind, InformalReaders,
    InformalReply, Matter, Outcome, Reached, Reaction, ReportedPosition, Stage,
};
pub use comity_policy::{Action, Answer, Class, Near, Policy, Seat};
pub use comity_rules::{Ask, ChairModel, Language, Silence, Standing, Text, WhoseDays};
pub use consulted::*;
pub use document::*;
pub use dossier::*;
pub use edition::*;
pub use entered::*;
pub use finance::*;
pub use gathering::*;
pub use hashed::Hashed;
pub use home::*;
pub use induction::*;
pub use informal::*;
pub use inside::*;
pub use lists::*;
pub use matrix::*;
pub use meeting::*;
pub use news::*;
pub use office::*;
pub use outreach::*;
pub use party::*;
pub use plan::*;
pub use presidency::*;
pub use rights::*;
pub use search::*;
pub use structure::*;
pub use work::*;
pub use working_days::*;
