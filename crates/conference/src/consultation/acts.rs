//! What is done in a consultation, as the register keeps it.

use std::collections::BTreeMap;

use comity_calendar::{Date, Term};
use comity_rules::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ActId, Attached, Basis, Name};

/// What kind of matter it is (K-15, C.3-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// One that may be settled in writing.
    Ordinary,
    /// Another matter of the closed door: only with the mandate to do so in writing.
    ClosedDoor,
    /// Who is a member: never in writing.
    Membership,
    /// Who is an observer: never in writing.
    Observers,
}

/// The Presidency submits a course of action to the Troika for its preliminary reaction (C-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsultationSubmitted {
    pub topic: Text,
    /// Why it cannot wait for the next meeting (C-01).
    pub why_now: Text,
    /// Why a position agreed by all is needed (C-01).
    pub why_agreed: Text,
    pub matter: Matter,
    /// The mandate to settle a matter of the closed door in writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<String>,
    /// The course of action, paragraph by paragraph.
    pub text: Vec<Text>,
    /// The member that presides; its own consent is presumed.
    pub presidency: Name,
    /// The other members of the Troika, each once; the gate is their consent.
    pub troika: Vec<Name>,
    /// The Presidency's written instruction, where the Secretariat entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// The Presidency submits another text to the Troika, which reacts anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsultationResubmitted {
    pub consultation: ActId,
    pub text: Vec<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// What a member of the Troika says of the course of action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    Consents,
    DoesNotConsent,
}

/// A member of the Troika gives its preliminary reaction (C-03, C-04). A later one takes the place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TroikaReacted {
    pub consultation: ActId,
    pub party: Name,
    pub reaction: Reaction,
    /// The act by which the text was put forward that was seen: the submission, or the last one anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<ActId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// How it came, where the Secretariat entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// A member agrees that the matter is settled in writing; only some processes ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodConsented {
    pub consultation: ActId,
    pub party: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// A round opens: the text in every authentic language goes to all members, and the term of each begins (C-05, C-07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundOpened {
    pub consultation: ActId,
    /// Which party presides now and sends the text; its own consent to it is presumed.
    pub presidency: Name,
    /// From 1.
    pub round: u16,
    pub text: Vec<Text>,
    /// What changed, or why it opens anew with the same text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
    /// That of this act.
    pub opens_at: Timestamp,
    /// One for all: when the last term ends. Exclusive.
    pub closes_at: Timestamp,
    /// How many working days.
    pub days: u16,
    /// The term of each member, day by day, by the calendars as they were when the round opened.
    pub terms: BTreeMap<Name, Term>,
    /// The act by which those calendars were adopted.
    pub calendars: ActId,
    /// Members whom the letter may not reach, or whose contact data nobody confirmed lately; the Presidency sends knowing so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncertain: Vec<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// The running term is made longer, by full working days after its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermExtended {
    pub consultation: ActId,
    pub round: u16,
    pub closes_at: Timestamp,
    pub days: u16,
    pub terms: BTreeMap<Name, Term>,
    pub calendars: ActId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// A round is closed before its term is over: all have answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundClosedEarly {
    pub consultation: ActId,
    pub round: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// What a state answers (C.3-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// *Sin objeción*.
    NoObjection,
    Agrees,
    /// With a reservation or an interpretative statement.
    AgreesWithReservation,
    ProposesChange,
    RequestsTime,
    /// It does not join and does not stand in the way.
    StandsAside,
    Objects,
}

impl Answer {
    pub const ALL: [Self; 7] = [
        Self::NoObjection,
        Self::Agrees,
        Self::AgreesWithReservation,
        Self::ProposesChange,
        Self::RequestsTime,
        Self::StandsAside,
        Self::Objects,
    ];

    /// The answer as records name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoObjection => "no_objection",
            Self::Agrees => "agrees",
            Self::AgreesWithReservation => "agrees_with_reservation",
            Self::ProposesChange => "proposes_change",
            Self::RequestsTime => "requests_time",
            Self::StandsAside => "stands_aside",
            Self::Objects => "objects",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.as_str() == name)
    }

    /// By which an objection is taken back after the close: it asks nothing of the others. A reservation is how a state lets a
    /// text pass that it does not share in all (C.3-2).
    pub const fn withdraws_an_objection(self) -> bool {
        match self {
            Self::NoObjection | Self::Agrees | Self::AgreesWithReservation | Self::StandsAside => {
                true
            }
            Self::ProposesChange | Self::RequestsTime | Self::Objects => false,
        }
    }
}

/// A change that a state proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposedChange {
    /// The paragraph, from 1; 0 is the text as a whole.
    pub paragraph: u16,
    /// In the state's own words and language.
    pub words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What a state remarks on a paragraph without proposing a change. It stands against nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// The paragraph, from 1; 0 is the text as a whole.
    pub paragraph: u16,
    /// In the state's own words and language.
    pub words: String,
}

/// By which way an answer came that the Secretariat entered (C.3-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Mail,
    Note,
    Telephone,
}

/// How an answer came that the Secretariat entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    pub by: Channel,
    pub on: Date,
    /// The proof: the note's number, who telephoned from which office. No contact data.
    pub reference: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Attached>,
}

/// A state gives its position, or another in its place (C-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionStated {
    pub consultation: ActId,
    pub round: u16,
    pub party: Name,
    pub answer: Answer,
    /// The reservation, the statement, the reason; in the state's own words and language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ProposedChange>,
    /// Comments come with an answer of any kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// The answers of the same state that it takes the place of: all that stood when it was given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_place_of: Vec<ActId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Received>,
}

/// What became of a proposed change or of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    Taken,
    InPart,
    NotTaken,
}

/// The Presidency says what becomes of a proposed change or of a comment, and why. A later word takes the place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeDisposed {
    pub consultation: ActId,
    /// The answer that it came with.
    pub position: ActId,
    /// Its place among the changes and then the comments of that answer, from 0.
    pub change: u16,
    pub disposition: Disposition,
    pub why: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// The Presidency answers an objection that arrived after the close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionAnswered {
    pub consultation: ActId,
    pub objection: ActId,
    pub reply: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// What became of the notice of a round on its way to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// The mail server of one of its contacts took it.
    HandedOver,
    /// It was refused, or came back.
    Refused,
    /// The member says that it has it.
    Acknowledged,
    /// Another contact that the state named was asked, by telephone or note.
    Escalated,
}

impl Passage {
    /// In their own order.
    pub const ALL: [Self; 4] = [
        Self::HandedOver,
        Self::Refused,
        Self::Acknowledged,
        Self::Escalated,
    ];
}

/// What became of the notice of a round on its way to a member: the proof of circulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CirculationNoted {
    pub consultation: ActId,
    pub round: u16,
    pub party: Name,
    pub passage: Passage,
    /// How it is known, where the Secretariat entered it; no contact data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// How a member was reached, as far as the record knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// It said that it has the notice.
    Acknowledged,
    /// A contact's mail server took the notice.
    HandedOver,
    /// The notice was refused or came back, and nothing else is on record.
    Refused,
    /// The round was sent to it like to all others.
    Sent,
    /// It was sent knowing that it may not arrive.
    Uncertain,
}

/// What a member had said when the record was drawn up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum ReportedPosition {
    /// It answered; by this act.
    Answered { answer: Answer, act: ActId },
    /// It presides and submitted the text.
    Submitted,
    /// Two of its answers differ; neither counts.
    NotAtOne,
    /// Nothing came in this round, and its objection to the same text in a round before, this act, stands.
    ObjectedBefore { act: ActId },
    /// No communication was received.
    NoCommunication { reached: Reached },
}

/// The Presidency certifies under its name that there is consensus (C.3-1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsensusCertified {
    pub consultation: ActId,
    pub round: u16,
    /// The Presidency's own text.
    pub words: Text,
    /// Every member, silence included.
    pub positions: BTreeMap<Name, ReportedPosition>,
}

/// The Presidency launches the agreed action (C-08). Nothing changes afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionLaunched {
    pub consultation: ActId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Text>,
}

/// The Presidency refers the matter to the next meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsultationReferred {
    pub consultation: ActId,
    pub why: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// The Presidency withdraws the consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsultationWithdrawn {
    pub consultation: ActId,
    pub why: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// The Presidency reports on the result to all members, also where nothing was agreed (C-09, V-04).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultReported {
    pub consultation: ActId,
    pub words: Text,
    /// Every member, silence included; empty where no round was opened.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub positions: BTreeMap<Name, ReportedPosition>,
    /// Topic, text and result are for the public; the positions never are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub public: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Basis>,
}

/// How a consultation of which the public is told ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Launched,
    Referred,
    Withdrawn,
}

/// The public is told of the result, as the Presidency's report says: an open act that stands by itself and names no answer of a
/// member (K-28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultPublished {
    pub topic: Text,
    /// The text that was asked about last; it was agreed where the action was launched.
    pub text: Vec<Text>,
    pub outcome: Outcome,
    pub ended_at: Timestamp,
    /// The member that presided when it was launched, referred or withdrawn.
    pub presidency: Name,
    pub rounds: u16,
    /// How many members were asked.
    pub asked: u16,
    /// The words of the certificate, where consensus stood certified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Text>,
    /// Those of the report.
    pub words: Text,
}
