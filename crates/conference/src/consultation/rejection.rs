use std::fmt;

use comity_calendar::TermError;
use jiff::Timestamp;

use super::count::Against;
use crate::{ActId, Name};

/// Why a step of a consultation is not in order. Closed; codes are never reused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotConsulted {
    /// The rules of this process have no written consultation, or values that this program does not know.
    NotInThisProcess,
    /// Nobody presides, or another member does.
    NotPresiding {
        party: Option<Name>,
    },
    /// Such matters are never settled in writing (K-15).
    Reserved,
    /// A matter of the closed door, without the mandate to settle it in writing.
    MandateAbsent,
    /// A text without paragraphs, or with too many.
    Paragraphs {
        most: usize,
    },
    /// It is the text that stands.
    TextUnchanged,
    /// No consultation under this id.
    NoSuchConsultation,
    /// It was launched, referred or withdrawn, by this act.
    OverAlready {
        act: ActId,
    },
    /// It was not: there is nothing to report on.
    NotOver,
    ReportedAlready {
        act: ActId,
    },
    /// A round was opened: the Troika has spoken.
    RoundsBegun,
    /// The party is not of the Troika to which it was submitted.
    NotOfTheTroika {
        party: Name,
    },
    /// The consent of these members of the Troika is awaited (V-01).
    TroikaAwaited {
        parties: Vec<Name>,
    },
    /// These members have not agreed to decide in writing.
    MethodAwaited {
        parties: Vec<Name>,
    },
    /// No calendar was adopted, so that no working day can be counted.
    NoCalendar,
    /// There is no calendar of the capital of this party.
    NoCalendarOf {
        party: Name,
    },
    /// The term of this party cannot be counted.
    TermNotCounted {
        party: Name,
        why: TermError,
    },
    /// These members may not be reached, and it was not said that this is known.
    Uncertain {
        parties: Vec<Name>,
    },
    /// A running term ends first; a round opens anew during it only with the same text and the reason why.
    TermRuns {
        until: Timestamp,
    },
    /// The round opens anew with the same text, and no reason is given.
    ReasonAbsent,
    /// The rules set a limit to the rounds.
    NoMoreRounds {
        most: u16,
    },
    /// No round was opened.
    NoRound,
    /// The rules do not let a term be made longer, or it was.
    NotExtended,
    /// The rules do not let a round close early, or not all have answered.
    NotClosedEarly,
    /// The party was not asked.
    NotAsked {
        party: Name,
    },
    /// The term is over; until the launch only an objection is taken, or its withdrawal, which asks for nothing new.
    TermOver {
        since: Timestamp,
    },
    /// Other answers of the state stand than those that it would take the place of.
    AnswerChanged {
        standing: Vec<ActId>,
    },
    /// Another text is asked about than the one that was seen.
    TextChanged,
    /// The same answer stands, by this act.
    AnswerStands {
        act: ActId,
    },
    /// An answer of that kind needs words.
    WordsAbsent,
    WordsTooLong {
        longest: usize,
    },
    /// A change is proposed to no paragraph, or with an answer of another kind.
    ChangeMalformed,
    /// A comment on no paragraph, or too many of them.
    CommentMalformed,
    /// The rules do not let the public be told, the matter is one of the closed door, or nobody was asked.
    NotForThePublic,
    /// No answer in this round under this id, or no such change or comment in it.
    NoSuchAnswer,
    /// It is no objection that came after the close.
    NotALateObjection,
    /// Something stands against consensus (V-03).
    NoConsensus {
        against: Vec<Against>,
    },
    /// Nobody certified consensus (V-03).
    NotCertified,
    CertifiedAlready {
        act: ActId,
    },
    /// That is on record of the notice already.
    NotedAlready,
}

impl NotConsulted {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotInThisProcess => "E-0801",
            Self::NotPresiding { .. } => "E-0802",
            Self::Reserved => "E-0803",
            Self::MandateAbsent => "E-0804",
            Self::Paragraphs { .. } => "E-0805",
            Self::TextUnchanged => "E-0806",
            Self::NoSuchConsultation => "E-0807",
            Self::OverAlready { .. } => "E-0808",
            Self::NotOver => "E-0809",
            Self::ReportedAlready { .. } => "E-0810",
            Self::RoundsBegun => "E-0811",
            Self::NotOfTheTroika { .. } => "E-0812",
            Self::TroikaAwaited { .. } => "E-0813",
            Self::MethodAwaited { .. } => "E-0814",
            Self::NoCalendar => "E-0815",
            Self::NoCalendarOf { .. } => "E-0816",
            Self::TermNotCounted { .. } => "E-0817",
            Self::Uncertain { .. } => "E-0818",
            Self::TermRuns { .. } => "E-0819",
            Self::ReasonAbsent => "E-0820",
            Self::NoMoreRounds { .. } => "E-0821",
            Self::NoRound => "E-0822",
            Self::NotExtended => "E-0823",
            Self::NotClosedEarly => "E-0824",
            Self::NotAsked { .. } => "E-0825",
            Self::TermOver { .. } => "E-0826",
            Self::AnswerChanged { .. } => "E-0827",
            Self::TextChanged => "E-0856",
            Self::AnswerStands { .. } => "E-0828",
            Self::WordsAbsent => "E-0829",
            Self::WordsTooLong { .. } => "E-0830",
            Self::ChangeMalformed => "E-0831",
            Self::NoSuchAnswer => "E-0832",
            Self::NotALateObjection => "E-0833",
            Self::NoConsensus { .. } => "E-0834",
            Self::NotCertified => "E-0835",
            Self::CertifiedAlready { .. } => "E-0836",
            Self::NotedAlready => "E-0837",
            Self::CommentMalformed => "E-0838",
            Self::NotForThePublic => "E-0839",
        }
    }
}

struct List<'a>(&'a [Name]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, name) in self.0.iter().enumerate() {
            let before = if place == 0 { "" } else { ", " };
            write!(f, "{before}`{}`", name.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Display for NotConsulted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInThisProcess => f.write_str("this process consults nobody in writing"),
            Self::NotPresiding { party: Some(party) } => {
                write!(f, "`{}` presides", party.as_str())
            }
            Self::NotPresiding { party: None } => f.write_str("nobody presides"),
            Self::Reserved => f.write_str("who takes part is never settled in writing"),
            Self::MandateAbsent => {
                f.write_str("a matter of the closed door needs the mandate to settle it in writing")
            }
            Self::Paragraphs { most } => write!(f, "a text has 1 to {most} paragraphs"),
            Self::TextUnchanged => f.write_str("the text is the one that stands"),
            Self::NoSuchConsultation => f.write_str("there is no such consultation"),
            Self::OverAlready { act } => write!(f, "the consultation is over, by act `{act}`"),
            Self::NotOver => f.write_str("the consultation is not over"),
            Self::ReportedAlready { act } => write!(f, "it was reported on, by act `{act}`"),
            Self::RoundsBegun => f.write_str("the rounds have begun"),
            Self::NotOfTheTroika { party } => {
                write!(
                    f,
                    "`{}` is not of the Troika that was asked",
                    party.as_str()
                )
            }
            Self::TroikaAwaited { parties } => {
                write!(f, "the consent of {} is awaited", List(parties))
            }
            Self::MethodAwaited { parties } => {
                write!(f, "{} have not agreed to decide in writing", List(parties))
            }
            Self::NoCalendar => f.write_str("no calendar was adopted"),
            Self::NoCalendarOf { party } => write!(f, "no calendar of `{}`", party.as_str()),
            Self::TermNotCounted { party, why } => {
                write!(
                    f,
                    "the term of `{}` cannot be counted: {why}",
                    party.as_str()
                )
            }
            Self::Uncertain { parties } => write!(f, "{} may not be reached", List(parties)),
            Self::TermRuns { until } => write!(f, "the term runs until {until}"),
            Self::ReasonAbsent => f.write_str("a round opens anew with a reason"),
            Self::NoMoreRounds { most } => write!(f, "there are at most {most} rounds"),
            Self::NoRound => f.write_str("no round was opened"),
            Self::NotExtended => f.write_str("the term is not made longer"),
            Self::NotClosedEarly => f.write_str("the round is not closed early"),
            Self::NotAsked { party } => write!(f, "`{}` was not asked", party.as_str()),
            Self::TermOver { since } => write!(f, "the term is over since {since}"),
            Self::AnswerChanged { standing } => {
                write!(f, "{} other answer(s) of the state stand", standing.len())
            }
            Self::TextChanged => {
                f.write_str("another text is asked about than the one that was seen")
            }
            Self::AnswerStands { act } => write!(f, "the same answer stands, by act `{act}`"),
            Self::WordsAbsent => f.write_str("such an answer needs words"),
            Self::WordsTooLong { longest } => write!(f, "words have at most {longest} characters"),
            Self::ChangeMalformed => f.write_str("a change names a paragraph and has words"),
            Self::CommentMalformed => f.write_str("a comment names a paragraph and has words"),
            Self::NotForThePublic => f.write_str("this result is not for the public"),
            Self::NoSuchAnswer => f.write_str("there is no such answer"),
            Self::NotALateObjection => f.write_str("it is no objection after the close"),
            Self::NoConsensus { against } => {
                write!(f, "{} thing(s) stand against consensus", against.len())
            }
            Self::NotCertified => f.write_str("nobody certified consensus"),
            Self::NotedAlready => f.write_str("that is on record of the notice already"),
            Self::CertifiedAlready { act } => write!(f, "consensus was certified, by act `{act}`"),
        }
    }
}
