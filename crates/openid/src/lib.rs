//! Signing in by the account that a ministry gives its people: OpenID Connect, authorization code with PKCE.
//!
//! It sends somebody to a provider and says, when they come back, which account they showed. It knows no people, keeps nothing
//! on disk and has neither clock nor chance: instants and random bytes are the caller's. To whom an account belongs, and that
//! what was kept of a beginning is used once and by the same browser, is for the caller to see to.
//!
//! Start with [`Openid`].

mod finish;
mod line;
mod openid;
mod provider;
mod why;

pub use openid::{Begun, Login, Openid, Shown};
pub use provider::{Misconfigured, Provider};
pub use why::{NotShown, Why, turned_away};
