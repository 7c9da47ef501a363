use comity_view::Language;
use jiff::Timestamp;

use super::{NotDone, Visitor};
use crate::Answering;

/// The letters of a round before they go out, and how often a person gets letters.
pub trait Mailings: Send + Sync + std::fmt::Debug + 'static {
    /// Whom the letters of a consultation's round go to: of the one that runs, or of one that may be opened. Nothing where
    /// there is none, or the visitor may not see it. `parties` are those that a round would go to.
    fn mailing<'a>(
        &'a self,
        visitor: &'a Visitor,
        consultation: &'a str,
        parties: &'a [String],
        language: Language,
    ) -> Answering<'a, Option<Mailing>>;

    /// Whether the letters of a round, by the act that opened it, are stopped.
    fn stopped<'a>(&'a self, round: &'a str) -> Answering<'a, bool>;

    /// Does something with them.
    fn in_mailing<'a>(
        &'a self,
        visitor: &'a Visitor,
        consultation: &'a str,
        what: InMailing,
    ) -> Answering<'a, Result<(), NotDone>>;

    /// Whether the visitor chose one letter a day; nothing where no letters are sent.
    fn is_daily<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Option<bool>>;

    /// The visitor chooses one letter a day, or every letter by itself.
    fn set_daily<'a>(&'a self, visitor: &'a Visitor, daily: bool) -> Answering<'a, ()>;
}

/// What is done with the letters of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InMailing {
    /// The letter, as it would read, goes to whoever asks and to nobody else.
    TestCopy,
    SendNow,
    Stop,
}

/// The letters of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    /// Whether letters go out; absent where this node sends none.
    pub open: Option<bool>,
    pub held: Held,
    pub lines: Vec<MailingLine>,
    /// The last test copy that the visitor asked for: the word for where it stands, and since when.
    pub test_copy: Option<(&'static str, Timestamp)>,
}

/// Whether the letters of a round are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The round has not been opened.
    NotOpened,
    Until(Timestamp),
    Stopped(Timestamp),
    /// They went out, or are going.
    No,
}

/// Somebody to whom a letter goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailingLine {
    pub party: String,
    pub party_label: String,
    /// Empty where the person holds none any more.
    pub seats: Vec<String>,
    /// Empty where the person's data were erased.
    pub name: String,
    pub email: Option<String>,
    /// The word for where the letter stands, by its key; absent before there is one.
    pub state: Option<&'static str>,
    /// What the last attempt came to, where it failed; as the mail server said it.
    pub why: Option<String>,
}
