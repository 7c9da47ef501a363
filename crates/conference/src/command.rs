use std::sync::Arc;

use comity_rules::{Rules, Text};
use jiff::Timestamp;

use crate::{
    ActId, ApplicationDocumentReceived, ApplicationDocumentReturned, ApplicationReceived,
    ApplicationWithdrawn, CalendarAdopted, CalendarDayCorrected, CandidacyAnnounced,
    CandidacyWithdrawn, Consult, Fact, Informally, NonWorkingDayDeclared, PolicyDocuments,
    Provenance, SeatFilled, SeatVacated,
};

/// What somebody wants to be done.
#[derive(Debug, Clone)]
pub enum Command {
    /// Lays the rules under an empty register.
    AdoptRules {
        rules: Arc<Rules>,
        /// What says who may do what, in order in itself and with the rules: all documents or none.
        documents: PolicyDocuments,
        /// Random id of the register.
        register: String,
        /// True for a register made to be shown.
        demo: bool,
    },
    /// Puts other rules in the place of those in force.
    AmendRules {
        rules: Arc<Rules>,
        documents: PolicyDocuments,
        /// What changes.
        why: Text,
        /// The decision or note by which.
        note: String,
    },
    /// Takes a key into use for the signature of checkpoints.
    AdoptCheckpointKey {
        /// The verifier key, as text.
        key: String,
    },
    /// Forgets a person: the directory loses what it held, for good.
    ErasePerson {
        /// Its opaque id.
        person: String,
    },
    /// Seats a person.
    FillSeat {
        seat: Box<SeatFilled>,
        /// Whoever holds a seat for one leaves it.
        replace: bool,
    },
    /// Ends that somebody holds a seat.
    VacateSeat(SeatVacated),
    /// A member would preside.
    AnnounceCandidacy(CandidacyAnnounced),
    /// A member no longer would.
    WithdrawCandidacy(CandidacyWithdrawn),
    /// The members agreed on one of them.
    DesignatePresidency {
        /// The act that announced the candidacy.
        announced: ActId,
        note: Option<String>,
    },
    /// A Presidency chooses its theme.
    ChooseTheme {
        presidency: String,
        theme: Text,
        note: Option<String>,
    },
    /// An application came in.
    ReceiveApplication(ApplicationReceived),
    /// A document for it came in.
    ReceiveDocument(ApplicationDocumentReceived),
    /// A document is taken out of its file.
    ReturnDocument(ApplicationDocumentReturned),
    /// The applicant withdrew.
    WithdrawApplication(ApplicationWithdrawn),
    /// Hands the Presidency over to the one agreed to follow.
    HandOverPresidency {
        /// Id of the presidency that begins.
        presidency: String,
        /// From when on; at once where absent.
        from: Option<Timestamp>,
        /// The IANA time zone in which that is meant.
        zone: String,
    },
    /// Takes a table of the holidays of the capitals into use.
    AdoptCalendar(Box<CalendarAdopted>),
    /// A state declares that a day to come is none of its working days.
    DeclareDay(Box<NonWorkingDayDeclared>),
    /// A day to come of the table is corrected.
    CorrectDay(Box<CalendarDayCorrected>),
    /// A step of a written consultation.
    Consult(Box<Consult>),
    /// A step of an informal consultation.
    Informally(Box<Informally>),
    /// Enters facts of a source, all or none.
    RecordFacts {
        rows: Vec<Row>,
        on_difference: OnDifference,
    },
}

/// A fact with where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub fact: Fact,
    pub provenance: Provenance,
}

/// What to do with a row that differs from what the register holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDifference {
    /// Show the difference and enter nothing.
    Refuse,
    /// Enter a correction.
    Correct,
}

/// What a decision may know of the world.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The conference's clock.
    pub now: Timestamp,
}

impl Command {
    /// Its name, for messages and logs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AdoptRules { .. } => "AdoptRules",
            Self::AmendRules { .. } => "AmendRules",
            Self::AdoptCheckpointKey { .. } => "AdoptCheckpointKey",
            Self::ErasePerson { .. } => "ErasePerson",
            Self::FillSeat { .. } => "FillSeat",
            Self::VacateSeat(_) => "VacateSeat",
            Self::AnnounceCandidacy(_) => "AnnounceCandidacy",
            Self::WithdrawCandidacy(_) => "WithdrawCandidacy",
            Self::DesignatePresidency { .. } => "DesignatePresidency",
            Self::ChooseTheme { .. } => "ChooseTheme",
            Self::ReceiveApplication(_) => "ReceiveApplication",
            Self::ReceiveDocument(_) => "ReceiveDocument",
            Self::ReturnDocument(_) => "ReturnDocument",
            Self::WithdrawApplication(_) => "WithdrawApplication",
            Self::HandOverPresidency { .. } => "HandOverPresidency",
            Self::AdoptCalendar(_) => "AdoptCalendar",
            Self::DeclareDay(_) => "DeclareDay",
            Self::CorrectDay(_) => "CorrectDay",
            Self::Consult(step) => step.name(),
            Self::Informally(step) => step.name(),
            Self::RecordFacts { .. } => "RecordFacts",
        }
    }
}
