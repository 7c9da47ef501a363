//! The informal consultation: the Presidency asks members for something, they answer, it says what came of it (H-14).
//!
//! It is not the written consultation. There is no term, no round, no consensus and no certificate; silence means nothing, and
//! nothing is decided. What may not be settled in writing may not be asked about here either.
//!
//! Start with [`InformalConsultation`], then `decide`.

mod acts;
mod apply;
mod days;
mod rejection;
mod state;

pub use acts::{
    InformalAnswered, InformalClosed, InformalKind, InformalOpened, InformalReaders, InformalReply,
};
pub(crate) use apply::apply;
pub use rejection::NotInformal;
pub use state::{InformalConsultation, InformalEnd, InformalGiven};

use std::collections::BTreeSet;

use comity_calendar::Date;
use comity_rules::{Rules, Text};
use jiff::Timestamp;
use jiff::tz::Offset;

use crate::consultation::{
    Matter, NotConsulted, check_matter, check_paragraphs, check_received, check_words,
};
use crate::{
    Act, ActBody, ActId, Basis, Conference, Context, Name, Origin, Rejection, basis, note,
};

/// What somebody wants to be done in an informal consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Informally {
    /// The Presidency asks.
    Open(OpenInformal),
    /// A member answers.
    Answer(InformalAnswered),
    /// The Presidency says what came of it.
    Close(CloseInformal),
}

/// Something to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInformal {
    pub kind: InformalKind,
    pub topic: Text,
    pub text: Vec<Text>,
    pub matter: Matter,
    pub mandate: Option<String>,
    pub asked: InformalAsked,
    /// The days that a save-the-date asks about.
    pub first: Option<Date>,
    pub last: Option<Date>,
    pub helpful_by: Option<Date>,
    pub readers: InformalReaders,
    pub note: Option<Basis>,
}

/// Which members are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InformalAsked {
    /// All but the one that asks.
    All,
    These(BTreeSet<Name>),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseInformal {
    pub consultation: ActId,
    pub summary: Text,
    pub note: Option<Basis>,
}

/// The longest summary in one language, in characters.
const SUMMARY: usize = 4_000;
/// The longest name of an institution or post, in characters.
const FUNCTION: usize = 300;

impl Informally {
    /// Its name, for messages and logs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open(_) => "OpenInformal",
            Self::Answer(_) => "AnswerInformal",
            Self::Close(_) => "CloseInformal",
        }
    }
}

/// Whether it is in order, and the act that it makes.
pub(crate) fn decide(
    conference: &Conference,
    rules: Option<&Rules>,
    command: &Informally,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    let rules = rules.ok_or(Rejection::NoRulesAdopted)?;
    let body = match command {
        Informally::Open(asked) => open(conference, rules, asked, context.now)?.into(),
        Informally::Answer(asked) => answer(conference, asked, context.now)?.into(),
        Informally::Close(asked) => close(conference, asked, context.now)?.into(),
    };
    Ok(vec![Act {
        effective: None,
        origin: Origin::Enacted,
        body,
    }])
}

/// It is in order about an ordinary matter, or one of the closed door with the mandate: it is no way around what the written
/// consultation refuses.
fn open(
    conference: &Conference,
    rules: &Rules,
    asked: &OpenInformal,
    now: Timestamp,
) -> Result<InformalOpened, Rejection> {
    let presidency = presiding(conference, now)?;
    check_matter(asked.matter, asked.mandate.as_deref())?;
    basis::check(asked.note.as_ref())?;
    note::check_text(&asked.topic)?;
    check_paragraphs(&asked.text)?;
    if let Some(day) = asked.helpful_by.filter(|day| is_past_everywhere(*day, now)) {
        return Err(NotInformal::DayPast { day }.into());
    }
    let (first, last) = days::check(asked.kind, asked.first, asked.last, now)?;
    let members = conference.deciding_members(rules, now);
    let others = members.map(|member| &member.id);
    let others: BTreeSet<Name> = others.filter(|id| **id != presidency).cloned().collect();
    let parties = match &asked.asked {
        InformalAsked::All => others,
        InformalAsked::These(these) => {
            if let Some(party) = these.difference(&others).next() {
                let party = party.clone();
                return Err(NotInformal::NotToBeAsked { party }.into());
            }
            these.clone()
        }
    };
    if parties.is_empty() {
        return Err(NotInformal::NobodyAsked.into());
    }
    Ok(InformalOpened {
        kind: asked.kind,
        topic: asked.topic.clone(),
        text: asked.text.clone(),
        matter: asked.matter,
        mandate: asked.mandate.clone(),
        presidency,
        asked: parties,
        first,
        last,
        helpful_by: asked.helpful_by,
        readers: asked.readers,
        note: asked.note.clone(),
    })
}

/// An answer is in order from every member that was asked, until it is closed, whatever day was named. Of two that are given
/// at once the second is refused, so that whoever gives it sees the first: one state, one voice.
fn answer(
    conference: &Conference,
    asked: &InformalAnswered,
    now: Timestamp,
) -> Result<InformalAnswered, Rejection> {
    let consultation = open_one(conference, asked.consultation)?;
    if !consultation.opened.asked.contains(&asked.party) {
        let party = asked.party.clone();
        return Err(NotInformal::NotAsked { party }.into());
    }
    let standing = consultation.standing(&asked.party);
    if asked.in_place_of != standing.map(|given| given.act) {
        let standing = standing.map(|given| given.act);
        return Err(NotInformal::AnswerChanged { standing }.into());
    }
    check_reply(consultation.opened.kind, asked)?;
    check_received(asked.received.as_ref(), now)?;
    if let Some(given) = standing
        && given.answered.reply == asked.reply
        && given.answered.words == asked.words
    {
        return Err(NotInformal::AnswerStands { act: given.act }.into());
    }
    Ok(asked.clone())
}

fn check_reply(kind: InformalKind, asked: &InformalAnswered) -> Result<(), Rejection> {
    match (&asked.reply, kind) {
        (None, _) if asked.words.is_none() => return Err(NotInformal::NothingSaid.into()),
        (None, _) => {}
        (Some(InformalReply::Suits | InformalReply::DoesNotSuit), InformalKind::SaveTheDate) => {}
        (Some(InformalReply::Nominates { function }), InformalKind::Nominations) => {
            if function.trim().is_empty() || function.chars().any(char::is_control) {
                return Err(NotInformal::NothingSaid.into());
            }
            if function.chars().count() > FUNCTION {
                return Err(Rejection::TextTooLong { longest: FUNCTION });
            }
        }
        (Some(_), _) => return Err(NotInformal::ReplyUnfit.into()),
    }
    check_words(asked.words.as_deref())
}

/// It is closed once, by whoever presides then.
fn close(
    conference: &Conference,
    asked: &CloseInformal,
    now: Timestamp,
) -> Result<InformalClosed, Rejection> {
    open_one(conference, asked.consultation)?;
    let presidency = presiding(conference, now)?;
    basis::check(asked.note.as_ref())?;
    note::check_text_within(&asked.summary, SUMMARY)?;
    Ok(InformalClosed {
        consultation: asked.consultation,
        presidency,
        summary: asked.summary.clone(),
        note: asked.note.clone(),
    })
}

fn open_one(conference: &Conference, id: ActId) -> Result<&InformalConsultation, Rejection> {
    let found = conference.informals.get(&id).map(AsRef::as_ref);
    let consultation: &InformalConsultation = found.ok_or(NotInformal::NoSuchInformal)?;
    if let Some(end) = &consultation.closed {
        return Err(NotInformal::ClosedAlready { act: end.act }.into());
    }
    Ok(consultation)
}

/// Which member presides. Who acts for it is the policies' to say.
fn presiding(conference: &Conference, now: Timestamp) -> Result<Name, Rejection> {
    let held = conference.presidency_at(now);
    let party = held.map(|held| held.fact.party.clone());
    party.ok_or_else(|| NotConsulted::NotPresiding { party: None }.into())
}

/// The day is over even where days end last, so that no capital is told that its today is past.
fn is_past_everywhere(day: Date, now: Timestamp) -> bool {
    day < Offset::constant(-12).to_datetime(now).date()
}

/// Which act is made.
macro_rules! bodies {
    ($($kind:ident,)+) => {
        $(impl From<$kind> for ActBody {
            fn from(body: $kind) -> Self {
                Self::$kind(Box::new(body))
            }
        })+
    };
}

bodies! {
    InformalOpened,
    InformalAnswered,
    InformalClosed,
}
