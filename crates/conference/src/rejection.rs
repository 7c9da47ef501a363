use std::fmt;

use comity_calendar::{Date, Partial, TableFaults};
use comity_rules::Language;
use jiff::Timestamp;

use crate::consultation::NotConsulted;
use crate::informal::NotInformal;
use crate::{ActId, Kind, PersonId, RefKind, RulesAdopted};

/// Why a command is not in order. Closed; codes are never reused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// The register already has rules; an amendment is another act.
    RulesAlreadyAdopted,
    /// Nothing can be entered before the rules.
    NoRulesAdopted,
    /// Some of the documents that say who may do what are there and some are not, or there is another one.
    DocumentsNotTogether { found: Vec<String> },
    /// The rules are those of another process.
    RulesOfAnotherProcess { process: String },
    /// Nothing would change.
    RulesUnchanged,
    /// They no longer have a word or a seat that is in use.
    RulesForget { what: &'static str, id: String },
    /// A text that has to stand in both languages does not.
    TextAbsent { language: Language },
    /// A text is longer than a line or two.
    TextTooLong { longest: usize },
    /// A file is not named as files are.
    FileMalformed,
    /// The key is not written as verifier keys are.
    KeyMalformed { key: String },
    /// The key has another name than the register.
    KeyOfAnotherRegister { name: String, origin: String },
    /// The key was adopted before; one that was succeeded does not come back.
    KeyAdoptedAlready { key: String },
    /// The id of a person is not written as such ids are.
    PersonIdMalformed { person: String },
    /// The person was erased before, by this act.
    PersonErasedAlready { person: PersonId, act: ActId },
    /// The rules have no such seat to fill.
    UnknownSeat { seat: String },
    /// The party has no such seats, or takes no part.
    SeatOfAnotherParty { seat: String, party: String },
    /// Something has to be said when such a seat is filled.
    SeatDetailAbsent { what: &'static str },
    /// Something was said that such a seat does not ask for.
    SeatDetailNotAsked { what: &'static str },
    /// It names something that is not there.
    SeatDetailUnknown { what: &'static str, id: String },
    /// Its last day is over already.
    SeatEndedBefore { until: Date },
    /// It would outlast the meeting to which it belongs (V-26).
    SeatOutlastsMeeting { until: Date, last: Date },
    /// The reference to a note is longer than one line.
    NoteTooLong { longest: usize },
    /// The person holds this very seat, by this act.
    SeatHeldAlready { filled: ActId },
    /// A seat for one is held by somebody else, by this act.
    SeatTaken { filled: ActId },
    /// No act filled a seat under this id.
    UnknownHolding,
    /// Nobody holds the seat any more.
    SeatNotHeld { vacated: Option<ActId> },
    /// The chair of this process does not rotate.
    NothingToHandOver,
    /// Nobody agreed on such a presidency.
    UnknownPresidency { presidency: String },
    /// It does not follow the one in office.
    NotNextInOffice { presidency: String },
    /// The hand-over stands already, by this act.
    HandedOverAlready { act: ActId },
    /// A hand-over begins now or later.
    HandOverInThePast { from: Timestamp },
    /// It is not the name of a time zone.
    ZoneMalformed { zone: String },
    /// The party may not hold the office.
    NotAHolder { party: String },
    /// It is not a year for which somebody can be agreed on still.
    TermNotOpen { term: String },
    /// It is no meeting before which a candidacy is announced, or none that has begun.
    NotAnnouncedThere { meeting: String },
    /// The party has announced it for this term, by this act.
    AnnouncedAlready { act: ActId },
    /// No candidacy stands under this id.
    NoSuchCandidacy,
    /// Nobody is designated for a term before the one that precedes it.
    TermNotNext { term: String },
    /// The presidency is over.
    PresidencyOver { presidency: String },
    /// It is the theme already.
    ThemeStands,
    /// There are no criteria for such a status.
    NoCriteriaFor { kind: String },
    /// An application of theirs stands, by this act.
    AppliedAlready { act: ActId },
    /// No application stands under this id.
    NoSuchApplication,
    /// It is no criterion for this status.
    UnknownCriterion { criterion: String },
    /// No document stands under this id.
    NoSuchDocument,
    /// What came in did not come in on a day to come.
    DayToCome { day: Date },
    /// The table of holidays cannot be read.
    CalendarMalformed(TableFaults),
    /// It is the table in force.
    CalendarUnchanged,
    /// There is no calendar of this country, or it is not that of the party.
    NoCalendarOf { country: String },
    /// The day is what it would be made already.
    DayStands { day: Date },
    /// The day has begun in the capital, or lies outside the table: a term that has begun keeps its days.
    DayNotAhead { day: Date },
    /// A step of a consultation is not in order.
    Consulted(NotConsulted),
    /// A step of an informal consultation is not in order.
    Informal(NotInformal),
    /// Rows of a record are not in order; nothing was entered.
    RowsNotInOrder(Vec<RowFault>),
}

impl Rejection {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RulesAlreadyAdopted => "E-0001",
            Self::NoRulesAdopted => "E-0002",
            Self::DocumentsNotTogether { .. } => "E-0003",
            Self::RulesOfAnotherProcess { .. } => "E-0004",
            Self::RulesUnchanged => "E-0005",
            Self::RulesForget { .. } => "E-0006",
            Self::TextAbsent { .. } => "E-0010",
            Self::TextTooLong { .. } => "E-0011",
            Self::FileMalformed => "E-0012",
            Self::RowsNotInOrder(_) => "E-0100",
            Self::KeyMalformed { .. } => "E-0201",
            Self::KeyOfAnotherRegister { .. } => "E-0202",
            Self::KeyAdoptedAlready { .. } => "E-0203",
            Self::PersonIdMalformed { .. } => "E-0301",
            Self::PersonErasedAlready { .. } => "E-0302",
            Self::UnknownSeat { .. } => "E-0401",
            Self::SeatOfAnotherParty { .. } => "E-0402",
            Self::SeatDetailAbsent { .. } => "E-0403",
            Self::SeatDetailNotAsked { .. } => "E-0404",
            Self::SeatDetailUnknown { .. } => "E-0405",
            Self::SeatEndedBefore { .. } => "E-0406",
            Self::NoteTooLong { .. } => "E-0407",
            Self::SeatHeldAlready { .. } => "E-0408",
            Self::SeatTaken { .. } => "E-0409",
            Self::UnknownHolding => "E-0410",
            Self::SeatNotHeld { .. } => "E-0411",
            Self::SeatOutlastsMeeting { .. } => "E-0412",
            Self::NothingToHandOver => "E-0501",
            Self::UnknownPresidency { .. } => "E-0502",
            Self::NotNextInOffice { .. } => "E-0503",
            Self::HandedOverAlready { .. } => "E-0504",
            Self::HandOverInThePast { .. } => "E-0505",
            Self::ZoneMalformed { .. } => "E-0506",
            Self::NotAHolder { .. } => "E-0507",
            Self::TermNotOpen { .. } => "E-0508",
            Self::NotAnnouncedThere { .. } => "E-0509",
            Self::AnnouncedAlready { .. } => "E-0510",
            Self::NoSuchCandidacy => "E-0511",
            Self::TermNotNext { .. } => "E-0512",
            Self::PresidencyOver { .. } => "E-0513",
            Self::ThemeStands => "E-0514",
            Self::NoCriteriaFor { .. } => "E-0601",
            Self::AppliedAlready { .. } => "E-0602",
            Self::NoSuchApplication => "E-0603",
            Self::UnknownCriterion { .. } => "E-0604",
            Self::NoSuchDocument => "E-0605",
            Self::DayToCome { .. } => "E-0606",
            Self::CalendarMalformed(_) => "E-0701",
            Self::CalendarUnchanged => "E-0702",
            Self::NoCalendarOf { .. } => "E-0703",
            Self::DayStands { .. } => "E-0704",
            Self::DayNotAhead { .. } => "E-0705",
            Self::Consulted(why) => why.code(),
            Self::Informal(why) => why.code(),
        }
    }
}

impl From<NotInformal> for Rejection {
    fn from(why: NotInformal) -> Self {
        Self::Informal(why)
    }
}

impl From<NotConsulted> for Rejection {
    fn from(why: NotConsulted) -> Self {
        Self::Consulted(why)
    }
}

/// What is not in order about one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The row's place in the command, from 0.
    pub row: usize,
    pub kind: Kind,
    pub id: String,
    pub fault: FactFault,
}

/// What is not in order about a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactFault {
    /// The id is not made of lower-case letters, digits, hyphens and, within it, slashes.
    IdMalformed,
    /// Another row of the same kind has the same id.
    Doubled { first_row: usize },
    /// The register holds another version of it.
    Differs(Vec<Difference>),
    /// A text stands in one language only.
    TranslationAbsent {
        field: String,
        language: &'static str,
    },
    /// It names something that is in neither the register nor the rows.
    UnknownReference {
        field: &'static str,
        id: String,
        expected: RefKind,
    },
    /// It uses a word that the rules' vocabulary does not have.
    UnknownTerm {
        field: &'static str,
        term: String,
        vocabulary: &'static str,
    },
    /// It took effect when acts were already enacted here.
    AfterGoLive { effective: Partial, go_live: Date },
    /// A field does not have the shape that it needs.
    OutOfShape {
        field: &'static str,
        expected: &'static str,
    },
    /// The row does not say where in the source it stands.
    SourceAbsent,
}

impl FactFault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::IdMalformed => "E-0101",
            Self::Doubled { .. } => "E-0102",
            Self::Differs(_) => "E-0103",
            Self::TranslationAbsent { .. } => "E-0104",
            Self::UnknownReference { .. } => "E-0105",
            Self::UnknownTerm { .. } => "E-0106",
            Self::AfterGoLive { .. } => "E-0107",
            Self::OutOfShape { .. } => "E-0108",
            Self::SourceAbsent => "E-0109",
        }
    }

    /// What would put it in order.
    pub fn hint(&self) -> String {
        match self {
            Self::IdMalformed => {
                "use words of a-z and 0-9 with hyphens between them, such as `regional-guidelines`"
                    .to_owned()
            }
            Self::Doubled { .. } => "give each row its own id, or remove one".to_owned(),
            Self::Differs(_) => {
                "enter the change as a correction with `--correct`, or restore the row".to_owned()
            }
            Self::TranslationAbsent { language, .. } => format!("write the `{language}` version"),
            Self::UnknownReference { expected, .. } => {
                format!("expected the id of {expected}; add it to the record or mend the id")
            }
            Self::UnknownTerm { vocabulary, .. } => {
                format!(
                    "use a word of `{}` in the rules, or add it there",
                    table(vocabulary)
                )
            }
            Self::AfterGoLive { .. } => {
                "what happened since then is enacted here, not recorded from a source".to_owned()
            }
            Self::OutOfShape { expected, .. } => format!("expected {expected}"),
            Self::SourceAbsent => "add `lines = \"…\"` with the lines of the source".to_owned(),
        }
    }
}

impl fmt::Display for FactFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IdMalformed => f.write_str("the id is malformed"),
            Self::Doubled { first_row } => {
                write!(f, "the id already stands in row {}", first_row + 1)
            }
            Self::Differs(differences) => {
                f.write_str("the register holds another version")?;
                for difference in differences {
                    write!(
                        f,
                        "; `{}` was `{}`, now `{}`",
                        difference.field, difference.held, difference.offered
                    )?;
                }
                Ok(())
            }
            Self::TranslationAbsent { field, language } => {
                write!(f, "`{field}` has no `{language}` version")
            }
            Self::UnknownReference { field, id, .. } => {
                write!(f, "`{field}` names `{id}`, which is not in the record")
            }
            Self::UnknownTerm { field, term, .. } => {
                write!(f, "`{field}` is `{term}`, which the rules do not know")
            }
            Self::AfterGoLive { effective, go_live } => write!(
                f,
                "it took effect on `{effective}`, after the go-live date `{go_live}`"
            ),
            Self::OutOfShape { field, .. } => write!(f, "`{field}` is out of shape"),
            Self::SourceAbsent => f.write_str("the row gives no source lines"),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RulesAlreadyAdopted => f.write_str("the register already has its rules"),
            Self::NoRulesAdopted => f.write_str("the register has no rules yet"),
            Self::DocumentsNotTogether { found } => write!(
                f,
                "the rules come with `{}`; they need `{}`, or none of them",
                found.join("`, `"),
                RulesAdopted::DOCUMENTS.join("`, `")
            ),
            Self::KeyMalformed { key } => write!(f, "`{key}` is not a verifier key"),
            Self::KeyOfAnotherRegister { name, origin } => {
                write!(f, "the key is of `{name}` and the register is `{origin}`")
            }
            Self::PersonIdMalformed { person } => write!(f, "`{person}` is not the id of a person"),
            Self::PersonErasedAlready { person, act } => {
                write!(f, "`{person}` was erased already, by act `{act}`")
            }
            Self::UnknownSeat { seat } => write!(f, "the rules have no seat `{seat}` to fill"),
            Self::SeatOfAnotherParty { seat, party } => {
                write!(f, "`{party}` is no party with a seat `{seat}`")
            }
            Self::SeatDetailAbsent { what } => write!(f, "the seat asks for `{what}`"),
            Self::SeatDetailNotAsked { what } => write!(f, "the seat does not ask for `{what}`"),
            Self::SeatDetailUnknown { what, id } => {
                write!(f, "`{what}` is `{id}`, which is not known")
            }
            Self::SeatEndedBefore { until } => write!(f, "its last day, {until}, is over"),
            Self::SeatOutlastsMeeting { until, last } => {
                write!(f, "{until} is after the meeting, which ends by {last}")
            }
            Self::NoteTooLong { longest } => {
                write!(
                    f,
                    "the reference to the note has more than {longest} characters"
                )
            }
            Self::SeatHeldAlready { filled } => {
                write!(f, "the person holds this seat already, by act `{filled}`")
            }
            Self::SeatTaken { filled } => {
                write!(f, "somebody else holds this seat, by act `{filled}`")
            }
            Self::UnknownHolding => f.write_str("no act filled a seat under this id"),
            Self::SeatNotHeld { vacated: Some(act) } => {
                write!(f, "the seat was vacated already, by act `{act}`")
            }
            Self::SeatNotHeld { vacated: None } => f.write_str("nobody holds the seat any more"),
            Self::NothingToHandOver => f.write_str("the chair of this process does not rotate"),
            Self::UnknownPresidency { presidency } => {
                write!(f, "nobody agreed on a presidency `{presidency}`")
            }
            Self::NotNextInOffice { presidency } => {
                write!(f, "`{presidency}` does not follow the presidency in office")
            }
            Self::HandedOverAlready { act } => {
                write!(f, "the presidency was handed over already, by act `{act}`")
            }
            Self::HandOverInThePast { from } => write!(f, "`{from}` is in the past"),
            Self::ZoneMalformed { zone } => write!(f, "`{zone}` is not the name of a time zone"),
            Self::RulesOfAnotherProcess { process } => {
                write!(f, "these are the rules of another process, `{process}`")
            }
            Self::RulesUnchanged => f.write_str("these are the rules in force"),
            Self::RulesForget { what, id } => {
                write!(f, "these rules have no {what} `{id}`, which is in use")
            }
            Self::TextAbsent { language } => {
                write!(f, "the text has no `{}` version", language.code())
            }
            Self::TextTooLong { longest } => {
                write!(f, "the text has more than {longest} characters")
            }
            Self::FileMalformed => f.write_str("the file is not named by its content"),
            Self::NotAHolder { party } => {
                write!(f, "`{party}` is no party that may hold the office")
            }
            Self::TermNotOpen { term } => {
                write!(f, "`{term}` is no year for which somebody can be agreed on")
            }
            Self::NotAnnouncedThere { meeting } => {
                write!(f, "a candidacy is not announced at `{meeting}`")
            }
            Self::AnnouncedAlready { act } => {
                write!(f, "the candidacy was announced already, by act `{act}`")
            }
            Self::NoSuchCandidacy => f.write_str("no candidacy stands under this id"),
            Self::TermNotNext { term } => {
                write!(f, "`{term}` does not follow the last term agreed")
            }
            Self::PresidencyOver { presidency } => write!(f, "`{presidency}` is over"),
            Self::ThemeStands => f.write_str("it is the theme already"),
            Self::NoCriteriaFor { kind } => {
                write!(f, "the rules have no criteria for `{kind}`")
            }
            Self::AppliedAlready { act } => {
                write!(f, "an application of theirs stands, by act `{act}`")
            }
            Self::NoSuchApplication => f.write_str("no application stands under this id"),
            Self::UnknownCriterion { criterion } => {
                write!(f, "`{criterion}` is no criterion for this status")
            }
            Self::NoSuchDocument => f.write_str("no document stands under this id"),
            Self::DayToCome { day } => write!(f, "{day} is still to come"),
            Self::CalendarMalformed(faults) => {
                write!(f, "the table of holidays has faults:\n{faults}")
            }
            Self::CalendarUnchanged => f.write_str("it is the table in force"),
            Self::NoCalendarOf { country } => {
                write!(f, "there is no such calendar as of `{country}`")
            }
            Self::DayStands { day } => write!(f, "{day} is so already"),
            Self::DayNotAhead { day } => {
                write!(
                    f,
                    "{day} has begun in the capital, or lies outside the table"
                )
            }
            Self::Consulted(why) => why.fmt(f),
            Self::Informal(why) => why.fmt(f),
            Self::KeyAdoptedAlready { key } => {
                write!(f, "the key `{key}` was adopted before")
            }
            Self::RowsNotInOrder(faults) => {
                write!(f, "{} row(s) of the record are not in order", faults.len())
            }
        }
    }
}

/// Where the rules keep the words of a vocabulary.
fn table(vocabulary: &str) -> String {
    match vocabulary {
        "party_kind" | "branch" | "body_kind" | "list" => format!("[[{vocabulary}]]"),
        _ => format!("[vocabulary.{vocabulary}]"),
    }
}

/// One field in which two versions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: String,
    /// What the register holds.
    pub held: String,
    /// What the row says.
    pub offered: String,
}
