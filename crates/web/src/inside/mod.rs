//! What is seen by whoever has signed in: the desk, the people of the parties, the Presidency, the own account.
//!
//! [`Indoors`] is the way to it, as [`Source`](crate::Source) is to what is public. A page here is drawn each time, for one
//! person and from one seat, and never kept; every form works without a script. Start with [`routes`].

mod account;
mod applications;
mod audience;
mod calendar;
mod clock;
mod console;
mod consult;
mod consultation;
mod contacts;
mod cookies;
mod desk;
mod doors;
mod dossier;
mod draw;
mod entered;
mod feed;
mod files;
mod form;
mod gathering;
mod induction;
mod informal;
mod informally;
mod list;
mod list_page;
mod live;
mod mailing;
mod ministry;
mod network;
mod openid;
mod outbox;
pub(crate) mod own;
mod passkeys;
mod password;
mod people;
mod port;
mod presidency;
mod rights;
mod room;
mod seat;
mod trail;
mod visit;
mod wish;

use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use comity_view::Language;
use jiff::Timestamp;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::site::Site;

pub use consult::{Both, Change, Comment, Consult, Received};
pub(crate) use draw::Badge;
pub use informal::{DateAsked, date_entry, days_in_words};
pub use informally::Informally;
pub use mailing::{ByLetter, Held, InMailing, LettersOf, Mailing, MailingLine, Mailings};
pub use ministry::{Back, BoundRow, Came, Ministry, Way};
pub use port::{Doors, Indoors, Keys, Ministries};
pub(crate) use room::Room;
pub use wish::{Health, HealthLine, Upload, Wish};

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
    /// When this visit began.
    pub begun_at: Timestamp,
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
    /// When a link that was sent to this address last let them in; known where people are listed.
    pub reached_at: Option<Timestamp>,
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
    /// The note itself.
    pub file: Option<Upload>,
    pub replace: bool,
    /// Of many at once: no link is made to be shown.
    pub quiet: bool,
}

/// A seat that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub name: String,
    /// The act that filled it, and the person, by their ids.
    pub filled: String,
    pub person: String,
    /// The token of the link that lets the person in, where one was made.
    pub link: Option<String>,
    pub until: Option<Timestamp>,
    /// The link goes to the person by mail, and to nobody else.
    pub mailed: Option<Mailed>,
}

/// Whether a letter goes out at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailed {
    Now,
    /// When the secretariat opens the outbox.
    OnceOpen,
}

/// The letters that are to be sent and those that were: to whom and about what, not what they say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letters {
    /// Letters go out.
    pub open: bool,
    pub waiting: usize,
    pub returned: usize,
    /// The latest first.
    pub lines: Vec<LetterLine>,
}

/// Something that somebody prepares, kept for them alone: a list that is being taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub id: String,
    pub body: String,
}

/// A letter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterLine {
    pub key: String,
    /// Empty where the person's data were erased.
    pub name: String,
    /// The parties in whose seats they sit, by id.
    pub parties: Vec<String>,
    /// The consultation of which it tells, where it does: the page is for those who may see it.
    pub consultation: Option<String>,
    /// The words of its matter and its state, by their keys.
    pub matter: &'static str,
    pub state: &'static str,
    pub at: Timestamp,
    /// What the last attempt came to, where it failed; as the mail server said it.
    pub why: Option<String>,
}

/// Why nothing was done: the code of a rejection, or one of [`NotDone::PERMITTED`] and its like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDone {
    pub code: String,
}

impl NotDone {
    pub const NOT_PERMITTED: &'static str = "not-permitted";
    pub const NOT_HELD: &'static str = "not-held";
    /// So many acts wait to be released that no other is kept.
    pub const TOO_MANY_DRAFTS: &'static str = "too-many-drafts";
    pub const PROVE_AGAIN: &'static str = "prove-again";
    /// Only the party itself makes a link for somebody who has come in before.
    pub const PARTYS_OWN: &'static str = "partys-own";
    /// Nobody signs in with an address that is somebody else's too.
    pub const ADDRESS_SHARED: &'static str = "address-shared";
    pub const NO_ADDRESS: &'static str = "no-address";
    pub const UNAVAILABLE: &'static str = "unavailable";
    /// It may be in the register or not.
    pub const UNSETTLED: &'static str = "unsettled";
    /// A file is longer than is taken.
    pub const FILE_TOO_LARGE: &'static str = "file-too-large";
    /// It is no day.
    pub const NO_DAY: &'static str = "no-day";
    /// No files are kept here.
    pub const FILES_NOWHERE: &'static str = "files-nowhere";

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

/// What somebody shows who signs in with a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Given {
    pub email: String,
    pub password: String,
    /// What their telephone shows, or a code of recovery.
    pub code: String,
}

/// A log must never hold one.
impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Given(…)")
    }
}

/// Who came in with a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The session's token.
    pub session: String,
    /// By which this browser is known from now on: the attempts of others do not stop it.
    pub device: Option<String>,
}

/// Why nobody was let in. Which of the three was wrong is never said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLetIn {
    NotRight,
    /// Too often; not before some minutes have passed.
    TooOften,
}

/// The second factor as it is set up: shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed {
    /// Comes back with the form.
    pub sealed: String,
    /// To be typed where no camera is.
    pub secret: String,
    /// What an authenticator opens.
    pub address: String,
    /// The same as a picture: its side, and the path of what is dark.
    pub picture: (usize, String),
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

/// One's own password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordRow {
    pub made_at: Timestamp,
    pub recovery_left: usize,
}

/// A passkey in the list of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    pub id: String,
    /// The browser in which it was made, as it calls itself.
    pub agent: String,
    pub made_at: Timestamp,
}

/// What a delegation says among itself; nobody else reads it, and it is in no export.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Workroom {
    /// By when the delegation wants to be ready.
    pub until: Option<jiff::civil::Date>,
    /// The first one first.
    pub remarks: Vec<Remark>,
}

/// Something that was said there.
#[derive(Clone, PartialEq, Eq)]
pub struct Remark {
    pub key: String,
    /// Empty where the person's data were erased.
    pub name: String,
    pub text: String,
    pub at: Timestamp,
    /// The visitor said it, and may take it back.
    pub own: bool,
}

/// A log must not hold what is said there.
impl std::fmt::Debug for Workroom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Workroom({} remarks)", self.remarks.len())
    }
}

/// What is done there.
#[derive(Clone, PartialEq, Eq)]
pub enum InWorkroom {
    Say(String),
    TakeBack(String),
    Until(Option<String>),
}

impl std::fmt::Debug for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Remark(…)")
    }
}

impl std::fmt::Debug for InWorkroom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InWorkroom(…)")
    }
}

/// An act of the Presidency that was prepared: what a form of it holds, as it was written.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Empty for one that was not kept yet.
    pub key: String,
    /// The consultation that it is about; absent for a new one.
    pub about: Option<String>,
    /// Where it lies: the id of the party that prepared it while it presided, or [`Draft::SECRETARIAT`].
    pub shelf: String,
    /// Ids of all who wrote it.
    pub people: Vec<String>,
    /// Who wrote it last; empty where the person's data were erased.
    pub name: String,
    pub at: Timestamp,
    pub fields: Vec<(String, String)>,
}

impl Draft {
    /// The shelf of what the Secretariat prepares: it goes over to whoever presides next. No party goes by this.
    pub const SECRETARIAT: &'static str = "-";

    /// What stands in a field; empty where nothing does.
    pub fn field(&self, name: &str) -> &str {
        let mut fields = self.fields.iter();
        let found = fields.find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// A log must not hold what is not released.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Draft(…)")
    }
}

/// Of which dates a calendar consists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// The deadlines of one's own seats.
    Own,
    /// The meetings of a body, by its id; of that in which the members decide, the close of each round too.
    Body(String),
}

/// Somebody who looked, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    pub day: jiff::civil::Date,
    /// The seat from which, with its party; absent where nobody can tell any more.
    pub seat: Option<String>,
    /// Empty where the person's data were erased.
    pub name: String,
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

/// The path to which the account of a ministry sends people back: one for both languages.
pub fn returned_path() -> String {
    Room::Returned.path(Language::En)
}

/// Every address inside, in both languages, with `{id}` where one stands: whoever walks them all knows by it that none is
/// missing.
pub fn patterns() -> Vec<String> {
    room::patterns()
}

/// The path of a page to which a letter leads.
pub fn path(place: &Place, language: Language) -> String {
    let room = match place {
        Place::Link(token) => Room::Link(token.clone()),
        Place::Desk => Room::Desk,
        Place::Presidency => Room::HandOver,
        Place::Account => Room::Account,
        Place::Consultation(id) => Room::Consultation(id.clone()),
        Place::Informal(id) => Room::Informal(id.clone()),
    };
    room.path(language)
}

/// A page to which a letter leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// That of a link, by its token.
    Link(String),
    Desk,
    Presidency,
    Account,
    /// By the act that began it.
    Consultation(String),
    /// By the act that began it.
    Informal(String),
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
    router
        .layer(CsrfLayer::new())
        .layer(RequestBodyLimitLayer::new(visit::MOST_BYTES))
}
