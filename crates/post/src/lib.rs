//! Letters to people: which are to be sent, in which words, and how they go out.
//!
//! An [`Outbox`] keeps them in the directory, each once for an occasion, a person and a matter; a [`Carrier`] takes them
//! away, by SMTP over TLS or as files. No secret lies in the outbox: a link that lets somebody in is made at the moment of
//! sending. It must not know the register, nor who may see what: whoever sends brings the words that this person may read.
//!
//! Start with [`Outbox`], then [`Matter`], [`words::letter`] and [`Carrier`].

mod carrier;
mod daily;
mod folder;
mod hold;
mod letter;
mod notice;
mod outbox;
mod setting;
mod smtp;
mod waiting;
pub mod words;

pub use carrier::{Carrier, NotCarried};
pub use comity_calendar::{Certainty, Days, Deadline, Enclosed, Entry};
pub use daily::{HOUR, Lot, gathered};
pub use folder::Folder;
pub use hold::{HELD, Hold};
pub use letter::{Letter, Mailbox, Malformed};
pub use notice::{GIVEN_UP, InformalStep, Matter, Notice, State, Step};
pub use outbox::{Error, Outbox, Stock, TURN_LASTS, stock};
pub use setting::{Setting, SettingWrong};
pub use smtp::Smtp;
