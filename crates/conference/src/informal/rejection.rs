use std::fmt;

use comity_calendar::Date;

use crate::{ActId, Name};

/// Why a step of an informal consultation is not in order. Closed; codes are never reused. What it shares with the written
/// consultation (who presides, matters, paragraphs, words) is refused under the codes of that one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotInformal {
    /// No informal consultation under this id.
    NoSuchInformal,
    /// It was closed, by this act: nothing follows.
    ClosedAlready {
        act: ActId,
    },
    /// Nobody is asked.
    NobodyAsked,
    /// The party is no member that decides, or the one that asks.
    NotToBeAsked {
        party: Name,
    },
    /// The day by which an answer would be helpful is past.
    DayPast {
        day: Date,
    },
    /// The party was not asked.
    NotAsked {
        party: Name,
    },
    /// Another answer of the member stands than the one that this would take the place of.
    AnswerChanged {
        standing: Option<ActId>,
    },
    /// The same answer stands, by this act.
    AnswerStands {
        act: ActId,
    },
    /// Neither a choice nor words.
    NothingSaid,
    /// A choice of another kind of consultation.
    ReplyUnfit,
    /// A save-the-date asks about no day.
    NoDays,
    DaysReversed {
        first: Date,
        last: Date,
    },
    /// The day that is asked about is past.
    DateGone {
        first: Date,
    },
    /// Days, of a consultation that asks about none.
    DaysUnfit,
    TooManyDays {
        days: i32,
        most: i32,
    },
}

impl NotInformal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchInformal => "E-0841",
            Self::ClosedAlready { .. } => "E-0842",
            Self::NobodyAsked => "E-0843",
            Self::NotToBeAsked { .. } => "E-0844",
            Self::DayPast { .. } => "E-0845",
            Self::NotAsked { .. } => "E-0846",
            Self::AnswerChanged { .. } => "E-0847",
            Self::AnswerStands { .. } => "E-0848",
            Self::NothingSaid => "E-0849",
            Self::ReplyUnfit => "E-0850",
            Self::NoDays => "E-0851",
            Self::DaysReversed { .. } => "E-0852",
            Self::DateGone { .. } => "E-0853",
            Self::DaysUnfit => "E-0854",
            Self::TooManyDays { .. } => "E-0855",
        }
    }
}

impl fmt::Display for NotInformal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchInformal => f.write_str("there is no such informal consultation"),
            Self::ClosedAlready { act } => {
                write!(f, "the informal consultation is closed, by act `{act}`")
            }
            Self::NobodyAsked => f.write_str("nobody is asked"),
            Self::NotToBeAsked { party } => {
                write!(
                    f,
                    "`{}` is no other member that could be asked",
                    party.as_str()
                )
            }
            Self::DayPast { day } => write!(f, "{day} is past"),
            Self::NotAsked { party } => write!(f, "`{}` was not asked", party.as_str()),
            Self::AnswerChanged { standing: None } => {
                f.write_str("the answer that it would take the place of does not stand")
            }
            Self::AnswerChanged {
                standing: Some(act),
            } => write!(f, "another answer of the member stands, by act `{act}`"),
            Self::AnswerStands { act } => write!(f, "the same answer stands, by act `{act}`"),
            Self::NothingSaid => f.write_str("an answer has a choice or words"),
            Self::ReplyUnfit => f.write_str("the choice is of another kind of consultation"),
            Self::NoDays => f.write_str("no day is asked about"),
            Self::DaysReversed { first, last } => write!(f, "{last} is before {first}"),
            Self::DateGone { first } => write!(f, "{first} is past"),
            Self::DaysUnfit => f.write_str("days are asked about by a save-the-date alone"),
            Self::TooManyDays { days, most } => write!(f, "{days} days are more than {most}"),
        }
    }
}
