//! The written consultation between meetings: the Troika's preliminary reaction, rounds of working days, answers, the
//! Presidency's choice, the launch, the report (C-01…C-13; K-11…K-16).
//!
//! An act carries every value that was resolved when it was made: the text, the members, each one's term day by day, the
//! instant of closing. What it means that a term is over is asked for an instant; no job closes a round.
//!
//! Start with [`Consultation`], then `submit`, `round`, `answer` and `outcome`, in the order in which things happen.

mod acts;
mod answer;
mod apply;
mod count;
mod outcome;
mod rejection;
mod round;
mod state;
mod submit;
mod terms;

pub use acts::{
    ActionLaunched, Answer, ChangeDisposed, Channel, CirculationNoted, Comment, ConsensusCertified,
    ConsultationReferred, ConsultationResubmitted, ConsultationSubmitted, ConsultationWithdrawn,
    Disposition, Matter, MethodConsented, ObjectionAnswered, Outcome, Passage, PositionStated,
    ProposedChange, Reached, Reaction, Received, ReportedPosition, ResultPublished, ResultReported,
    RoundClosedEarly, RoundOpened, TermExtended, TroikaReacted,
};
pub(crate) use answer::check_received;
pub(crate) use apply::apply;
pub use count::{Against, Heard};
pub use rejection::NotConsulted;
pub use state::{Consultation, End, EnteredOn, Lapsed, Reacted, Round, Stage, Stated};
pub(crate) use submit::{check_matter, check_paragraphs, check_words};

use comity_rules::Rules;

use crate::{Act, ActBody, ActId, Basis, Conference, Context, Origin, Rejection};

/// What somebody wants to be done in a consultation.
#[derive(Debug, Clone, PartialEq)]
pub enum Consult {
    /// The Presidency submits a course of action to the Troika.
    Submit(submit::Submit),
    /// It submits another text, after what the Troika said.
    Resubmit(ConsultationResubmitted),
    /// A member of the Troika reacts.
    React(TroikaReacted),
    /// A member agrees that the matter is decided in writing, where the rules ask for that.
    ConsentToMethod(MethodConsented),
    /// The Presidency opens a round.
    Open(round::Open),
    /// It makes the running term longer, where the rules let it.
    Extend {
        consultation: ActId,
        note: Option<Basis>,
    },
    /// It closes the round before its term is over, where the rules let it.
    CloseEarly {
        consultation: ActId,
        note: Option<Basis>,
    },
    /// A state answers.
    State(answer::State),
    /// The Presidency says what becomes of a proposed change.
    Dispose(ChangeDisposed),
    /// It answers an objection that came after the close.
    AnswerObjection(ObjectionAnswered),
    /// What became of the notice to a member is put on record.
    Note(CirculationNoted),
    /// It certifies that there is consensus.
    Certify(outcome::Certify),
    /// It launches the agreed action.
    Launch(ActionLaunched),
    Refer(ConsultationReferred),
    Withdraw(ConsultationWithdrawn),
    /// It reports on the result to all.
    Report(outcome::Report),
}

pub use answer::State as StatePosition;
pub use outcome::{Certify, Report};
pub use round::Open as OpenRound;
pub use submit::Submit as SubmitConsultation;

impl Consult {
    /// Its name, for messages and logs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Submit(_) => "SubmitConsultation",
            Self::Resubmit(_) => "ResubmitConsultation",
            Self::React(_) => "React",
            Self::ConsentToMethod(_) => "ConsentToMethod",
            Self::Open(_) => "OpenRound",
            Self::Extend { .. } => "ExtendTerm",
            Self::CloseEarly { .. } => "CloseRoundEarly",
            Self::State(_) => "StatePosition",
            Self::Dispose(_) => "DisposeOfChange",
            Self::AnswerObjection(_) => "AnswerObjection",
            Self::Note(_) => "NoteCirculation",
            Self::Certify(_) => "CertifyConsensus",
            Self::Launch(_) => "LaunchAction",
            Self::Refer(_) => "ReferConsultation",
            Self::Withdraw(_) => "WithdrawConsultation",
            Self::Report(_) => "ReportResult",
        }
    }

    /// The consultation that it is about; none where it begins one.
    pub const fn consultation(&self) -> Option<ActId> {
        Some(match self {
            Self::Submit(_) => return None,
            Self::Resubmit(asked) => asked.consultation,
            Self::React(asked) => asked.consultation,
            Self::ConsentToMethod(asked) => asked.consultation,
            Self::Open(asked) => asked.consultation,
            Self::Extend { consultation, .. } | Self::CloseEarly { consultation, .. } => {
                *consultation
            }
            Self::State(asked) => asked.consultation,
            Self::Dispose(asked) => asked.consultation,
            Self::AnswerObjection(asked) => asked.consultation,
            Self::Note(asked) => asked.consultation,
            Self::Certify(asked) => asked.consultation,
            Self::Launch(asked) => asked.consultation,
            Self::Refer(asked) => asked.consultation,
            Self::Withdraw(asked) => asked.consultation,
            Self::Report(asked) => asked.consultation,
        })
    }
}

/// Whether it is in order, and the act that it makes.
pub(crate) fn decide(
    conference: &Conference,
    rules: Option<&Rules>,
    command: &Consult,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    let rules = rules.ok_or(Rejection::NoRulesAdopted)?;
    let rule = rules
        .consultation
        .as_ref()
        .ok_or(NotConsulted::NotInThisProcess)?;
    let procedure = rule
        .procedure()
        .map_err(|_| NotConsulted::NotInThisProcess)?;
    let room = Room {
        conference,
        rules,
        procedure,
        now: context.now,
    };
    let body = match command {
        Consult::Submit(asked) => submit::submit(&room, asked),
        Consult::Resubmit(asked) => submit::resubmit(&room, asked),
        Consult::React(asked) => submit::react(&room, asked),
        Consult::ConsentToMethod(asked) => submit::consent_to_method(&room, asked),
        Consult::Open(asked) => round::open(&room, asked),
        Consult::Extend { consultation, note } => {
            round::extend(&room, *consultation, note.as_ref())
        }
        Consult::CloseEarly { consultation, note } => {
            round::close_early(&room, *consultation, note.as_ref())
        }
        Consult::State(asked) => answer::state(&room, asked),
        Consult::Dispose(asked) => outcome::dispose(&room, asked),
        Consult::AnswerObjection(asked) => outcome::answer_objection(&room, asked),
        Consult::Note(asked) => round::note_circulation(&room, asked),
        Consult::Certify(asked) => outcome::certify(&room, asked),
        Consult::Launch(asked) => outcome::launch(&room, asked),
        Consult::Refer(asked) => outcome::refer(&room, asked),
        Consult::Withdraw(asked) => outcome::withdraw(&room, asked),
        Consult::Report(asked) => outcome::report(&room, asked),
    }?;
    let published = outcome::published(conference, &body);
    let bodies = std::iter::once(body).chain(published.map(ActBody::from));
    let acts = bodies.map(|body| Act {
        effective: None,
        origin: Origin::Enacted,
        body,
    });
    Ok(acts.collect())
}

/// What every step is decided from.
pub(crate) struct Room<'a> {
    pub conference: &'a Conference,
    pub rules: &'a Rules,
    pub procedure: comity_rules::Procedure,
    pub now: jiff::Timestamp,
}

impl<'a> Room<'a> {
    /// The consultation under an id that has not ended.
    fn open(&self, id: ActId) -> Result<&'a Consultation, Rejection> {
        let found = self.conference.consultations.get(&id).map(AsRef::as_ref);
        let consultation = found.ok_or(NotConsulted::NoSuchConsultation)?;
        if let Some(end) = consultation.end {
            return Err(NotConsulted::OverAlready { act: end.act() }.into());
        }
        Ok(consultation)
    }

    /// The same, with the round that was opened last.
    fn in_round(&self, id: ActId) -> Result<(&'a Consultation, &'a Round), Rejection> {
        let consultation = self.open(id)?;
        let round = consultation.last_round().ok_or(NotConsulted::NoRound)?;
        Ok((consultation, round))
    }

    /// The same, once its term is over.
    fn after_close(&self, id: ActId) -> Result<(&'a Consultation, &'a Round), Rejection> {
        let (consultation, round) = self.in_round(id)?;
        if !round.is_over(self.now) {
            return Err(NotConsulted::TermRuns {
                until: round.closes_at(),
            }
            .into());
        }
        Ok((consultation, round))
    }

    /// The members that decide, in the order of their ids.
    fn members(&self) -> Vec<&'a crate::fact::PartyAdmitted> {
        let members = self.conference.deciding_members(self.rules, self.now);
        members.collect()
    }
}

fn made(body: impl Into<ActBody>) -> Result<ActBody, Rejection> {
    Ok(body.into())
}
