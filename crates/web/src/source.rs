use std::future::Future;
use std::pin::Pin;

use comity_view::{Date, Language, Link, Seat, View};
use jiff::Timestamp;

use crate::Freshness;

/// What the site reads: snapshots, views, records and search. The program implements it over the registrar; tests, in
/// memory.
pub trait Source: Send + Sync + 'static {
    /// What a seat sees of the present state, as of a day.
    fn view(&self, seat: Seat, language: Language, on: Option<Date>) -> View;

    /// The conference's today.
    fn today(&self) -> Date;

    /// What tells one state from another; size and root are those of the public checkpoint. Asked at every request, so it must be cheap.
    fn snapshot_key(&self) -> SnapshotKey;

    /// Whether that state is the register's. Asked at every request, so it must be cheap.
    fn freshness(&self) -> Freshness {
        Freshness::Current
    }

    /// An instant at which it was known to be, to be told to anybody: it must not move by an act that not everybody may see.
    /// Absent where nobody keeps track.
    fn as_of(&self) -> Option<Timestamp> {
        None
    }

    /// Where the public is told that the register stands: it moves at midnight only. Asked for every page that is drawn,
    /// so it must be cheap.
    fn public_head(&self) -> PublicHead;

    /// The record of an act that the public may see; `None` where there is none.
    fn record<'a>(&'a self, act: &'a str) -> Answering<'a, Option<RecordProof>>;

    /// The public checkpoint.
    fn checkpoint(&self) -> Answering<'_, Checkpoint>;

    /// The proof that an act which the public may see is in the register.
    fn act_proof<'a>(&'a self, act: &'a str) -> Answering<'a, Given>;

    /// The proof that the register only grew since it had that size.
    fn growth_proof(&self, old_size: u64) -> Answering<'_, Given>;

    /// The bytes of the hash tile at that path; `None` where the public checkpoint does not cover it whole.
    fn tile<'a>(&'a self, path: &'a str) -> Answering<'a, Option<Vec<u8>>>;

    /// What answers to a reader's words, the best first.
    fn search(&self, language: Language, question: &str, limit: usize) -> Vec<Found>;

    /// Everything that has a page or a place on one: for the site map and the feed.
    fn things(&self, language: Language) -> Vec<Thing>;

    /// The acronyms and terms of the process, in the order of the reader's language.
    fn glossary(&self, language: Language) -> Glossary;
}

/// An answer that takes time.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, SourceError>> + Send + 'a>>;

/// The source could not answer; the text is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the register could not be read: {0}")]
pub struct SourceError(pub String);

/// What tells one state from another; size and root are those of the public checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotKey {
    pub size: u64,
    /// Root of the tree, in hex.
    pub root: String,
    /// What changes with every act that anybody may see and with no other.
    pub open: String,
    /// SHA-256 of the rules in force, in hex.
    pub rules_hash: String,
    pub demo: bool,
}

/// Where the public is told that the register stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublicHead {
    pub size: u64,
    /// Root of the tree, in hex.
    pub root: String,
}

/// What comes of asking for a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// The proof as a file.
    Text(String),
    /// What is closed is told like what was never there.
    Absent,
    /// The public checkpoint has not moved past it.
    Pending,
    /// No key is at hand to sign the checkpoint.
    Unsigned,
}

/// A record with what vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordProof {
    /// The record as it was hashed.
    pub text: String,
    /// Hash of the leaf, in hex.
    pub leaf: String,
    /// Absent until the public checkpoint has moved past the record.
    pub inclusion: Option<Inclusion>,
}

/// That a leaf is in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    pub position: u64,
    pub size: u64,
    /// Root of the tree, in hex.
    pub root: String,
    /// Sibling hashes from the leaf upwards, in hex.
    pub path: Vec<String>,
}

/// The state of the register for which the host stands in public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    /// Root of the tree, in hex.
    pub root: String,
    /// What is signed, byte for byte (C2SP checkpoint).
    pub text: String,
    /// The same with its signatures (C2SP signed note); absent where no key is at hand.
    pub note: Option<String>,
    /// The verifier keys of the signatures that it should carry, the current one first.
    pub keys: Vec<String>,
}

/// Something that answers to a reader's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub link: Link,
    /// What it is, briefly.
    pub about: Option<String>,
}

/// Something that has a page, with the act that last spoke of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    pub link: Link,
    pub summary: Option<String>,
    /// Id of the act.
    pub act: String,
    pub entered_at: Timestamp,
}

/// Acronyms and terms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glossary {
    pub acronyms: Vec<Acronym>,
    pub terms: Vec<Term>,
}

/// An acronym in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acronym {
    pub acronym: String,
    pub meaning: String,
    /// The same in the other language.
    pub other: String,
    pub other_meaning: String,
}

/// A word of the rules in the reader's language and in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub term: String,
    pub other: String,
}
