//! Who comes in: links that are used once, and sessions.
//!
//! It keeps what lets somebody in as a hash only, in the directory's drawers, and says who stands before the door. It must
//! not know what anybody may do, nor pages; instants and random bytes are inputs.
//!
//! Start with [`Entrance`].

mod device;
mod entrance;
mod link;
mod session;
mod token;

pub use device::DEVICE_LASTS;
pub use entrance::{CEREMONY_LASTS, Entrance, Error};
pub use link::{LINK_LASTS, Link};
pub use session::{ABSOLUTE, IDLE, Means, PROVEN, Session, SessionLine};
pub use token::Token;
