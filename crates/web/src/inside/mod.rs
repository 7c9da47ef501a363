//! What is seen by whoever has signed in: the desk, the people of the parties, the Presidency, the own account.
//!
//! [`Indoors`] is the door to it, as [`Source`](crate::Source) is to what is public. A page here is drawn each time, for one
//! person and from one seat, and never kept; every form works without a script. Start with [`routes`].

mod account;
mod desk;
mod doors;
mod draw;
mod form;
mod passkeys;
mod people;
mod presidency;
mod room;
mod seat;
mod visit;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use comity_view::{Inside, Language};
use jiff::Timestamp;
use tower_http::csrf::CsrfLayer;

use crate::Answering;
use crate::site::Site;

pub(crate) use draw::Badge;
pub(crate) use room::Room;

/// The way in, and all that a person may do from a seat. The answer to anything that is not theirs is that it is not there.
pub trait Indoors: Send + Sync + std::fmt::Debug + 'static {
    /// The seats that anybody may take in a demonstration; none elsewhere.
    fn offers(&self, language: Language) -> Answering<'_, Vec<Offer>>;

    /// Takes one of them. Answers with the session's token.
    fn take<'a>(&'a self, offer: &'a str, agent: &'a str) -> Answering<'a, Option<String>>;

    /// Whom a link lets in; it is not used up.
    fn knock<'a>(&'a self, link: &'a str) -> Answering<'a, Option<Welcome>>;

    /// Uses a link up. Answers with the session's token.
    fn enter<'a>(&'a self, link: &'a str, agent: &'a str) -> Answering<'a, Option<String>>;

    /// Who is signed in with a token.
    fn visitor<'a>(&'a self, session: &'a str) -> Answering<'a, Option<Visitor>>;

    /// Goes on from another seat of the same person, under a new token.
    fn sit<'a>(&'a self, visitor: &'a Visitor, filled: &'a str) -> Answering<'a, Option<String>>;

    /// Ends the session.
    fn leave<'a>(&'a self, session: &'a str) -> Answering<'a, ()>;

    /// What the visitor sees from the seat; `None` where they hold none now.
    fn inside(&self, visitor: &Visitor, language: Language) -> Option<Inside>;

    /// The seats that the visitor may choose from, each by the act that filled it with its name.
    fn seats(&self, visitor: &Visitor, language: Language) -> Vec<(String, String)>;

    /// What the directory knows of people, by their ids. Whoever asks has seen the ids from a seat.
    fn cards(&self, people: Vec<String>) -> Answering<'_, BTreeMap<String, Card>>;

    /// Seats a person, who is invited if they cannot sign in yet.
    fn fill<'a>(
        &'a self,
        visitor: &'a Visitor,
        filling: Filling,
    ) -> Answering<'a, Result<Filled, NotDone>>;

    /// Ends that somebody holds a seat.
    fn vacate<'a>(
        &'a self,
        visitor: &'a Visitor,
        filled: &'a str,
        note: Option<String>,
    ) -> Answering<'a, Result<(), NotDone>>;

    /// Makes a new link for whoever holds a seat.
    fn invite<'a>(
        &'a self,
        visitor: &'a Visitor,
        filled: &'a str,
    ) -> Answering<'a, Result<Filled, NotDone>>;

    /// Hands the Presidency over to the one that follows.
    fn hand_over<'a>(
        &'a self,
        visitor: &'a Visitor,
        presidency: &'a str,
        from: Option<Timestamp>,
        zone: &'a str,
    ) -> Answering<'a, Result<(), NotDone>>;

    /// The visitor says what is right of their own data.
    fn confirm<'a>(
        &'a self,
        visitor: &'a Visitor,
        card: Card,
    ) -> Answering<'a, Result<(), NotDone>>;

    /// Where the visitor is signed in.
    fn sessions<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Vec<SessionRow>>;

    /// Ends one of these sessions.
    fn end<'a>(&'a self, visitor: &'a Visitor, handle: &'a str) -> Answering<'a, ()>;

    /// Whether the site's address lets it have passkeys.
    fn has_passkeys(&self) -> bool;

    /// Asks the visitor's device for a new passkey.
    fn begin_making<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Option<Ceremony>>;

    /// Takes a new passkey up; false where the answer does not hold.
    fn finish_making<'a>(
        &'a self,
        visitor: &'a Visitor,
        ceremony: &'a str,
        answer: &'a str,
        agent: &'a str,
    ) -> Answering<'a, bool>;

    /// Asks whoever is there to show a passkey.
    fn begin_showing(&self) -> Answering<'_, Option<Ceremony>>;

    /// Lets in whoever showed one; somebody who is in goes on as having proved who they are. Answers with the session's token.
    fn finish_showing<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        ceremony: &'a str,
        answer: &'a str,
        agent: &'a str,
    ) -> Answering<'a, Option<String>>;

    /// The visitor's passkeys.
    fn passkeys<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Vec<PasskeyRow>>;

    /// Throws one of them away.
    fn drop_passkey<'a>(&'a self, visitor: &'a Visitor, id: &'a str) -> Answering<'a, ()>;

    /// Whether the site is reached over TLS, so that its cookie may demand it.
    fn is_secure(&self) -> bool;
}

/// A seat that anybody may take in a demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub filled: String,
    pub party: String,
    pub seat: String,
    /// The name of somebody who does not exist.
    pub person: String,
}

/// Whom a link lets in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    pub name: String,
    pub until: Timestamp,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// The session's token.
    pub session: String,
    /// Id of the person.
    pub person: String,
    pub card: Card,
    /// The seat in which they act, by the act that filled it.
    pub seat: Option<String>,
    /// They proved lately who they are.
    pub proven: bool,
}

/// What the directory knows of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Code of the language in which they are addressed.
    pub language: Option<String>,
    /// IANA name of the time zone in which they work.
    pub zone: Option<String>,
    pub confirmed_at: Option<Timestamp>,
}

/// A seat to be filled, as a form gave it; what is wrong with it is answered, not assumed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filling {
    pub party: String,
    pub seat: String,
    /// Somebody whom the directory knows already, by id; otherwise somebody new with this card.
    pub person: Option<String>,
    pub card: Card,
    pub branch: Option<String>,
    /// In Spanish and in English.
    pub purpose: Option<(String, String)>,
    pub meeting: Option<String>,
    /// The last day, as it was written.
    pub until: Option<String>,
    pub note: Option<String>,
    pub replace: bool,
}

/// A seat that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub name: String,
    /// The token of the link that lets the person in, where one was made.
    pub link: Option<String>,
    pub until: Option<Timestamp>,
}

/// Why nothing was done: the code of a rejection, or one of [`NotDone::PERMITTED`] and its like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDone {
    pub code: String,
}

impl NotDone {
    pub const NOT_PERMITTED: &'static str = "not-permitted";
    pub const NOT_HELD: &'static str = "not-held";
    pub const PROVE_AGAIN: &'static str = "prove-again";
    /// Only the party itself makes a link for somebody who has come in before.
    pub const PARTYS_OWN: &'static str = "partys-own";
    pub const UNAVAILABLE: &'static str = "unavailable";

    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into() }
    }
}

/// The first half of a ceremony: by which it is ended, and what the browser is asked with, as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    pub token: String,
    pub options: String,
}

/// A passkey in the list of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    pub id: String,
    /// The browser in which it was made, as it calls itself.
    pub agent: String,
    pub made_at: Timestamp,
}

/// A session in the list of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub handle: String,
    pub agent: String,
    pub begun_at: Timestamp,
    pub seen_at: Timestamp,
    pub own: bool,
}

/// The addresses of what is inside, in both languages. A form that another site sends is refused.
pub(crate) fn routes(site: &Arc<Site>) -> Router<Arc<Site>> {
    let mut router = Router::new();
    if site.indoors.is_none() {
        return router;
    }
    for path in room::patterns() {
        router = router.route(&path, any(visit::visit));
    }
    router.layer(CsrfLayer::new())
}
