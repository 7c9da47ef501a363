//! The conference as a pure function of its acts.
//!
//! [`decide`] answers whether a command is in order and which acts it makes; [`Conference::apply`] records what an
//! act changes and never refuses; the state they add up to is a persistent value, cheap to hand to a reader. It must
//! not know clocks, chance, databases, pages or who may do what: time, ids and the actor are inputs.
//!
//! Start with [`Act`], then [`Conference`]; the facts of a record are in [`fact`].

mod act;
mod act_id;
mod adoption;
mod application;
mod attached;
mod basis;
mod calendars;
mod command;
mod computed;
mod conference;
mod consultation;
mod decide;
pub mod fact;
mod facts;
mod filed;
mod handover;
mod informal;
mod key;
mod line;
mod name;
mod note;
mod person;
mod presidency;
mod printed;
mod provenance;
mod rejection;
mod seat;
mod versions;

pub use act::{Act, ActBody, Actor, DecodeError, Deed, Entered, Origin, Written};
pub use act_id::ActId;
pub use adoption::{PolicyDocuments, RulesAdopted, RulesAmended, hashed};
pub use application::{
    Application, ApplicationDocument, ApplicationDocumentReceived, ApplicationDocumentReturned,
    ApplicationReceived, ApplicationWithdrawn,
};
pub use attached::Attached;
pub use basis::Basis;
pub use calendars::{
    AdoptedCalendar, CalendarAdopted, CalendarDayCorrected, DayChanged, NonWorkingDayDeclared,
};
pub use command::{Command, Context, OnDifference, Row};
pub use computed::{Counts, Seat, TopicLink, TroikaMember};
pub use conference::{Before, Conference, Held, Replaced, Shelf};
pub use consultation::{
    ActionLaunched, Against, Answer, Certify, ChangeDisposed, Channel, CirculationNoted, Comment,
    ConsensusCertified, Consult, Consultation, ConsultationReferred, ConsultationResubmitted,
    ConsultationSubmitted, ConsultationWithdrawn, Disposition, End, EnteredOn, Heard, Lapsed,
    Matter, MethodConsented, NotConsulted, ObjectionAnswered, OpenRound, Outcome, Passage,
    PositionStated, ProposedChange, Reached, Reacted, Reaction, Received, Report, ReportedPosition,
    ResultPublished, ResultReported, Round, RoundClosedEarly, RoundOpened, Stage, StatePosition,
    Stated, SubmitConsultation, TermExtended, TroikaReacted,
};
pub use decide::decide;
pub use facts::{Fact, Kind, RefKind, Reference};
pub use handover::{Beginning, HandOver, PresidencyHandedOver};
pub use informal::{
    CloseInformal, InformalAnswered, InformalAsked, InformalClosed, InformalConsultation,
    InformalEnd, InformalGiven, InformalKind, InformalOpened, InformalReaders, InformalReply,
    Informally, NotInformal, OpenInformal,
};
pub use key::{AdoptedKey, CheckpointKeyAdopted};
pub use line::ActLine;
pub use name::Name;
pub use person::{PersonErased, PersonId};
pub use presidency::{
    Candidacy, CandidacyAnnounced, CandidacyWithdrawn, PresidencyDesignated, ThemeChosen,
};
pub use printed::Printed;
pub use provenance::{Cited, Provenance};
pub use rejection::{Difference, FactFault, Rejection, RowFault};
pub use seat::{Holding, SeatFilled, SeatVacated};
