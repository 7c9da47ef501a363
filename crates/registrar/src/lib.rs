//! The one write path and the only way to a view: seat, may, decide, append, apply.
//!
//! It holds the writer (a pure step function), the driver that runs it live, the clock and the source of chance. It
//! must not know which database keeps the register, nor what a page looks like.
//!
//! Start with [`Writer`], which decides everything; [`Registrar`] only carries its effects out.

mod capacity;
mod clock;
mod codec;
mod commands;
mod consulting;
mod driver;
mod error;
mod evidence;
mod informal;
mod keys;
mod measures;
mod midnights;
mod registrar;
mod replay;
mod settle;
mod standing;
mod state;
mod tail;
mod writer;

pub use capacity::{Capacity, Courts};
pub use clock::{Chance, Clock, Instants, StartingClock, SystemChance, SystemClock, noon};
pub use comity_conference::{ActId, AdoptedKey, Difference, Fact, fact};
pub use comity_conference::{
    Command, FactFault, Kind, OnDifference, Provenance, Rejection, Row, RowFault,
};
pub use comity_policy::Seat;
pub use comity_register::{CommandId, Head};
pub use comity_view::Snapshot;
pub use commands::Commands;
pub use driver::Pace;
pub use error::{Error, Refusal};
pub use evidence::{ActProof, GrowthProof};
pub use jiff::{Span, Timestamp};
pub use keys::{Keyring, SUCCESSION_DAYS, signers};
pub use measures::{APPEND_MS, Measures};
pub use midnights::Midnights;
pub use registrar::{Opening, Proof, Registrar, SealedRecord};
pub use standing::{Halt, HaltedBy, Standing, Unknown};
pub use state::State;
pub use tail::Tail;
pub use writer::{
    AppendFailure, Effect, Event, Request, Settled, TailFailure, Ticket, World, Writer,
};
