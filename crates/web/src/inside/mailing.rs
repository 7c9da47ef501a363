use std::collections::BTreeMap;

use comity_view::Language;
use jiff::Timestamp;

use super::{NotDone, Visitor};
use crate::Answering;

/// Letters before they go out, what became of them, and how often a person gets letters.
pub trait Mailings: Send + Sync + std::fmt::Debug + 'static {
    /// Whom the letters go to. Nothing where there are none, or the visitor may not see it. `parties` are those to which a round
    /// would go that may be opened.
    fn mailing<'a>(
        &'a self,
        visitor: &'a Visitor,
        of: LettersOf<'a>,
        parties: &'a [String],
        language: Language,
    ) -> Answering<'a, Option<Mailing>>;

    /// Whether the letters of an act, the one that opened a round or an informal consultation, are stopped.
    fn stopped<'a>(&'a self, act: &'a str) -> Answering<'a, bool>;

    /// How each country that an informal consultation asks was reached by letter; empty where nothing is known of its letters.
    fn reached<'a>(&'a self, informal: &'a str) -> Answering<'a, BTreeMap<String, ByLetter>>;

    /// Does something with them.
    fn in_mailing<'a>(
        &'a self,
        visitor: &'a Visitor,
        of: LettersOf<'a>,
        what: InMailing,
    ) -> Answering<'a, Result<(), NotDone>>;

    /// Whether the visitor chose one letter a day; nothing where no letters are sent.
    fn is_daily<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Option<bool>>;

    /// The visitor chooses one letter a day, or every letter by itself.
    fn set_daily<'a>(&'a self, visitor: &'a Visitor, daily: bool) -> Answering<'a, ()>;
}

/// What letters are of, by the act that began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LettersOf<'a> {
    /// The round of a written consultation that runs, or one that may be opened.
    Consultation(&'a str),
    /// The opening of an informal consultation.
    Informal(&'a str),
}

impl<'a> LettersOf<'a> {
    pub const fn id(self) -> &'a str {
        match self {
            Self::Consultation(id) | Self::Informal(id) => id,
        }
    }
}

/// How a country was reached by letter: by the one that came furthest of those to its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ByLetter {
    /// None is to be sent: nobody sits there, or nobody has an address.
    None,
    Refused,
    Waiting,
    Stopped,
    /// One may have arrived, and is sent again.
    Uncertain,
    /// One went out.
    Sent,
}

/// What is done with letters that are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InMailing {
    /// The letter, as it would read, goes to whoever asks and to nobody else.
    TestCopy,
    SendNow,
    Stop,
}

/// Letters, and whom they go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    /// Whether letters go out; absent where this node sends none.
    pub open: Option<bool>,
    pub held: Held,
    pub lines: Vec<MailingLine>,
    /// The last test copy that the visitor asked for: the word for where it stands, and since when.
    pub test_copy: Option<(&'static str, Timestamp)>,
}

/// Whether letters are held.
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
