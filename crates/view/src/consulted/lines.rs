//! What a page says of a consultation.

use std::ops::Deref;

use comity_calendar::Date;
use comity_conference::{
    Answer as Said, Channel, Disposition, End, Matter, Reached, Reaction, Received,
    ReportedPosition, Stage,
};
use comity_rules::{Silence, Text, WhoseDays};
use jiff::Timestamp;

use super::Side;
use crate::{EnteredLine, Hashed};

/// A consultation in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ConsultationLine {
    /// The act that began it.
    pub id: String,
    pub topic: String,
    pub stage: Stage,
    /// The round that was opened last, from 1; 0 before the first.
    pub round: u16,
    pub since: Timestamp,
    /// When the last round closes, or did.
    pub closes_at: Option<Timestamp>,
    /// The time zone of the seat's capital, or of the Presidency's where it has none, by its IANA name; with the city.
    pub zone: Option<(String, String)>,
    /// What the seat may do now that is waited for.
    pub waits_for: Option<WaitsFor>,
    /// How many members of a running round have not answered, and of how many; for whoever may see who did.
    pub silent: Option<(usize, usize)>,
    /// A member of the Troika does not consent: no round can be opened on this text.
    pub refused: bool,
}

/// What is waited for from a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WaitsFor {
    /// The Troika's preliminary reaction.
    Reaction,
    /// The Presidency's choice after a member of the Troika did not consent.
    AnotherText,
    /// Its state's answer.
    Answer,
    /// A round to be opened.
    Round,
    /// The Presidency's choice after the close.
    Choice,
    Launch,
    Report,
}

/// A consultation with all that the seat may see of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ConsultationPage {
    pub line: ConsultationLine,
    pub why_now: String,
    pub why_agreed: String,
    pub matter: Matter,
    pub mandate: Option<String>,
    /// The course of action as it stands, each paragraph in both languages.
    pub text: Vec<Paragraph>,
    /// The act by which it went to the Troika.
    pub put_forward: String,
    /// The same with what is new in it and what is gone, where another text went to the Troika before.
    pub changed: Option<Vec<Paragraph>>,
    /// Name of the party that presides and submitted it.
    pub presidency: String,
    /// The others of the Troika with what they said.
    pub troika: Vec<TroikaLine>,
    /// The one that was opened last.
    pub round: Option<RoundPage>,
    /// Those before it, the last one first: each has a page of its own.
    pub earlier: Vec<EarlierRound>,
    pub pending: Pending,
    /// Late objections of those to which nobody replied yet, each with the number of its round.
    pub late_before: Vec<(u16, LateLine)>,
    pub certificate: Option<CertificatePage>,
    /// When certificates were made that hold no longer, because an answer came after them.
    pub lapsed: Vec<Timestamp>,
    pub end: Option<End>,
    pub end_words: Option<String>,
    pub reported: Option<Timestamp>,
    pub report: Option<ReportPage>,
    /// What the rules assume that the source leaves open, with the reason.
    pub assumptions: Vec<String>,
    /// The public may be told of the result, where the report says so.
    pub publishable: bool,
    /// Members that have not agreed to decide in writing, where the rules ask for that: the id and the name of each.
    pub method_awaited: Vec<(String, String)>,
    /// What was entered on a note, as far as the seat may see it; the last first.
    pub entered: Vec<EnteredLine>,
    /// Party of the seat.
    pub own: String,
    pub may: ConsultationRights,
}

/// Changes and comments of earlier rounds of which nobody said yet what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Pending {
    /// They are so many that they stand apart.
    pub many: bool,
    /// Each with the number of its round; none where they are many.
    pub lines: Vec<(u16, ChangeLine)>,
}

/// A round before the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EarlierRound {
    pub number: u16,
    pub opens_at: Timestamp,
    pub closes_at: Timestamp,
}

/// A paragraph in both languages, with what stood there in the round before where it stood otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Paragraph {
    /// From 1; 0 for one of the round before that is gone, which has no text.
    pub number: usize,
    pub es: String,
    pub en: String,
    pub before: Option<Text>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TroikaLine {
    pub party: String,
    pub label: String,
    pub reaction: Option<Reaction>,
    pub words: Option<String>,
    pub own: bool,
}

/// The certificate of consensus.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CertificatePage {
    pub at: Timestamp,
    /// Name of the party that presided then and certified.
    pub presidency: String,
    pub words: String,
    /// As in a report.
    pub positions: Vec<PositionLine>,
}

/// What a member had said when a certificate or a report was drawn up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PositionLine {
    pub party_label: String,
    pub said: ReportedPosition,
    /// The answer itself, where it gave one.
    pub answer: Option<AnswerLine>,
    /// Where nothing came, another contact was asked too.
    pub escalated: bool,
}

/// The report on the result.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReportPage {
    pub words: String,
    /// The public is told of it.
    pub public: bool,
    /// What every member said, silence included; none where only whoever presides hears who said what.
    pub positions: Vec<PositionLine>,
}

/// A round with its members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RoundPage {
    /// The act that opened it.
    pub act: String,
    pub number: u16,
    pub why: Option<String>,
    pub text: Hashed<Vec<Paragraph>>,
    /// The same word by word.
    pub sides: Hashed<Vec<Side>>,
    pub opens_at: Timestamp,
    pub closes_at: Timestamp,
    pub over: bool,
    /// The consultation ended before the round was over: nothing is awaited in it any more.
    pub cut: bool,
    /// The very same text runs in a round that was opened since.
    pub runs_on: bool,
    /// In whose working days the rules count the terms.
    pub whose: Option<WhoseDays>,
    /// What silence means by the rules.
    pub silence: Option<Silence>,
    pub days: u16,
    /// The terms were made longer.
    pub extended: bool,
    pub members: Vec<MemberLine>,
    pub changes: Vec<Hashed<ChangeLine>>,
    /// Objections that came after the close, with the Presidency's reply.
    pub late: Vec<LateLine>,
    /// What stands against consensus; only for whoever conducts the consultation.
    pub against: Option<Hashed<Vec<AgainstLine>>>,
    /// How many answered; untold while the term runs to whoever may not see who said what.
    pub answered: Option<usize>,
}

/// A member in a round. What does not depend on who looks is read as if it stood here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MemberLine {
    pub of: Hashed<MemberOf>,
    /// Its own term; one for all members whose term is the same.
    pub term: Hashed<TermShown>,
    /// What it said; hidden where the seat may not see it.
    pub said: Hashed<SaidLine>,
    /// How it was reached; for those who may see that, and for itself.
    pub reached: Option<Reached>,
    pub escalated: bool,
    pub own: bool,
    /// Nobody may state its position now; for those who see how it was reached.
    pub unspoken: bool,
}

/// What a member in a round is for whoever looks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MemberOf {
    pub party: String,
    pub label: String,
    /// The code of its country.
    pub code: String,
    pub city: Option<String>,
    /// Its term is counted by the clock of its capital.
    pub own_clock: bool,
}

impl Deref for MemberLine {
    type Target = MemberOf;

    fn deref(&self) -> &MemberOf {
        &self.of
    }
}

/// A term, as it stands now in the capital.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TermShown {
    /// The time zone by whose clock it is counted.
    pub zone: String,
    /// The last day counted.
    pub ends_on: Date,
    pub ends_at: Timestamp,
    pub days: Vec<ClockDay>,
    /// How many working days are left, today among them.
    pub left: usize,
    pub over: bool,
}

/// A day of a term, as it stands now in the capital.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClockDay {
    pub date: Date,
    pub when: DayIs,
    /// Its number among the working days.
    pub number: Option<u16>,
    /// The name of the holiday, in the language of the page; absent for weekends, working days and the day of sending.
    pub holiday: Option<String>,
    pub weekend: bool,
    pub start: bool,
}

/// Where a day lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayIs {
    Passed,
    Today,
    ToCome,
}

/// What a member said.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SaidLine {
    Hidden,
    NoCommunication(Reached),
    Submitted,
    One(AnswerLine),
    NotAtOne(Vec<AnswerLine>),
    /// Nothing in this round; its objection to the same text in a round before stands.
    ObjectedBefore(AnswerLine),
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AnswerLine {
    pub act: String,
    pub answer: Said,
    pub words: Option<String>,
    pub at: Timestamp,
    pub late: bool,
    /// How it came, where the Secretariat entered it.
    pub received: Option<ReceivedLine>,
}

/// How an answer came that the Secretariat entered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReceivedLine {
    pub by: Channel,
    pub on: Date,
    pub reference: String,
}

impl ReceivedLine {
    pub(crate) fn of(received: &Received) -> Self {
        Self {
            by: received.by,
            on: received.on,
            reference: received.reference.clone(),
        }
    }
}

/// A change that was proposed, or a comment, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChangeLine {
    pub position: String,
    /// Its place among the changes and then the comments of the answer.
    pub change: u16,
    /// It proposes nothing.
    pub comment: bool,
    pub party_label: String,
    /// From 1; 0 is the text as a whole.
    pub paragraph: u16,
    pub words: String,
    pub why: Option<String>,
    pub disposition: Option<(Disposition, String)>,
}

/// An objection that came after the close.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LateLine {
    pub act: String,
    /// Why it stands no more, if it does not.
    pub fell: Option<Fell>,
    pub party_label: String,
    pub words: Option<String>,
    pub reply: Option<String>,
}

impl ConsultationPage {
    /// The act by which the text that is asked about was put forward: to all in the last round, to the Troika before.
    pub fn text_act(&self) -> &str {
        let round = self.round.as_ref();
        round.map_or(&self.put_forward, |round| &round.act)
    }
}

/// How a late objection came to stand no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fell {
    /// Another answer of the member took its place, in its round or in one that was opened since.
    Replaced,
    /// Another text is asked about than the one to which it was made.
    WithItsText,
}

/// Something that stands against consensus.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AgainstLine {
    pub what: &'static str,
    pub party_label: Option<String>,
}

/// What the seat may do, by the policies and at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ConsultationRights {
    /// It conducts the consultation.
    pub conducts: bool,
    pub launches: bool,
    pub reports: bool,
    /// A member of the Troika that was asked, and may react.
    pub reacts: bool,
    /// It states its country's position.
    pub states: bool,
    /// It enters what was received.
    pub enters: bool,
    /// An objection of its country to this very text stands from a round before: another answer takes it back at any time.
    pub objected_before: bool,
    /// It may say that its country has the notice of the round.
    pub acknowledges: bool,
    /// It agrees for its country to decide in writing, where the rules ask for that.
    pub consents: bool,
    /// The rules let the running term be made longer.
    pub extends: bool,
    /// The rules let the round close before its term is over: every member has answered.
    pub closes_early: bool,
}
