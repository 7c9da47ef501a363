//! The directory: who the people are that acts name by opaque ids. Of the three memories it is the one that can forget.
//!
//! It must not know the register, nor what anybody may do: it keeps what a page needs to name a person, and gives it
//! up for good. It holds no SQL, no clock and no source of chance; ids come in with the person.
//!
//! Start at [`Directory`], whose comment is the contract.

pub mod conformance;
mod drawer;
mod error;
mod memory;
mod person;
mod port;

pub use drawer::{Drawer, Kept};
pub use error::{Error, IdMalformed};
pub use memory::MemoryDirectory;
pub use person::{Person, PersonId};
pub use port::{Directory, Forgotten};
