//! The facts of a conference: what a table of `record/` holds and what an act about it carries.
//!
//! One struct per kind. The same shape is a row of a record file, the body of an act and an entry of the state,
//! so that nothing is lost between the page of a source and the page of the site.

mod body;
mod document;
mod entry;
mod meeting;
mod money;
mod outreach;
mod party;
mod place;
mod plan;

pub use body::{BodyEstablished, PresidencyAgreed};
pub use document::{ActionRecorded, DocumentRecorded, Part, StepTaken, Subject};
pub use entry::{AcronymDefined, EntryListed, SourceRegistered};
pub use meeting::MeetingHeld;
pub use money::{BudgetItemListed, ContributionAssessed, ScaleAdopted};
pub use outreach::{
    ForumAttended, Match, Occurrence, OrganizationListed, SeminarListed, SeminarMatch, SupportGiven,
};
pub use party::{InstitutionDesignated, PartyAdmitted};
pub use place::Place;
pub use plan::{SectionEstablished, ThemeEstablished, TopicAddressed, TopicOpened};
