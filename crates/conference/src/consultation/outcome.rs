//! The Presidency's choice after the close: certify and launch, refer, withdraw; and the report.

use comity_rules::{Published, Text};

use super::acts::{
    ActionLaunched, Answer, ChangeDisposed, ConsensusCertified, ConsultationReferred,
    ConsultationWithdrawn, Matter, ObjectionAnswered, Outcome, ResultPublished, ResultReported,
};
use super::rejection::NotConsulted;
use super::state::{Consultation, End, Round};
use super::{Room, made};
use crate::{ActBody, ActId, Basis, Conference, Rejection, basis, note};

/// A certificate of consensus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certify {
    pub consultation: ActId,
    /// The act that opened the round whose answers were seen; none where no page was looked at.
    pub seen: Option<ActId>,
    /// The Presidency's own text.
    pub words: Text,
}

/// A report on the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub consultation: ActId,
    pub words: Text,
    /// The public is told of the result, where the rules let it.
    pub public: bool,
    pub note: Option<Basis>,
}

/// The longest words of the Presidency in one language, in characters.
const WORDS: usize = 4_000;

/// What becomes of a change or of a comment is said as long as the consultation is open, also of one of an earlier round: the text
/// that went out after it need not say why something was not taken.
pub(super) fn dispose(room: &Room<'_>, asked: &ChangeDisposed) -> Result<ActBody, Rejection> {
    let (consultation, _) = room.in_round(asked.consultation)?;
    basis::check(asked.note.as_ref())?;
    note::check_text_within(&asked.why, WORDS)?;
    let mut rounds = consultation.rounds.iter().rev();
    let found = rounds.find_map(|round| round.answer(asked.position));
    let said = found.map_or(0, |stated| {
        stated.stated.changes.len() + stated.stated.comments.len()
    });
    if usize::from(asked.change) >= said {
        return Err(NotConsulted::NoSuchAnswer.into());
    }
    made(asked.clone())
}

/// An objection that came after the close of any round is answered; the state may withdraw it thereupon, or not.
pub(super) fn answer_objection(
    room: &Room<'_>,
    asked: &ObjectionAnswered,
) -> Result<ActBody, Rejection> {
    let (consultation, _) = room.in_round(asked.consultation)?;
    basis::check(asked.note.as_ref())?;
    note::check_text_within(&asked.reply, WORDS)?;
    let mut rounds = consultation.rounds.iter();
    let late = rounds
        .find_map(|round| round.answer(asked.objection))
        .is_some_and(|stated| stated.late && stated.stated.answer == Answer::Objects);
    if !late {
        return Err(NotConsulted::NotALateObjection.into());
    }
    made(asked.clone())
}

/// Consensus is certified after the close, where nothing stands against it (V-03). Silence is listed and never read as consent
/// unless the rules of the process say so.
pub(super) fn certify(room: &Room<'_>, asked: &Certify) -> Result<ActBody, Rejection> {
    let (consultation, round) = room.after_close(asked.consultation)?;
    consultation.check_seen(asked.seen)?;
    if let Some((act, _)) = consultation.certified {
        return Err(NotConsulted::CertifiedAlready { act }.into());
    }
    note::check_text_within(&asked.words, WORDS)?;
    consensus(room, consultation, round)?;
    made(ConsensusCertified {
        consultation: asked.consultation,
        round: round.opened.round,
        words: asked.words.clone(),
        positions: consultation.positions(round),
    })
}

/// An action is launched once consensus was certified, and still stands: an objection that arrived since, or its withdrawal, asks
/// for another certificate (V-03, C.3-2).
pub(super) fn launch(room: &Room<'_>, asked: &ActionLaunched) -> Result<ActBody, Rejection> {
    let (consultation, round) = room.after_close(asked.consultation)?;
    if let Some(words) = &asked.words {
        note::check_text_within(words, WORDS)?;
    }
    consensus(room, consultation, round)?;
    // What stands against it is told first: it is why the certificate holds no longer.
    if consultation.certified.is_none() {
        return Err(NotConsulted::NotCertified.into());
    }
    made(asked.clone())
}

fn consensus(room: &Room<'_>, consultation: &Consultation, round: &Round) -> Result<(), Rejection> {
    let against = consultation.against(round, &room.procedure);
    if against.is_empty() {
        return Ok(());
    }
    Err(NotConsulted::NoConsensus { against }.into())
}

/// The matter is referred to the next meeting at any time before the launch.
pub(super) fn refer(room: &Room<'_>, asked: &ConsultationReferred) -> Result<ActBody, Rejection> {
    leave(room, asked.consultation, &asked.why, asked.note.as_ref())?;
    made(asked.clone())
}

/// A consultation is withdrawn at any time before the launch.
pub(super) fn withdraw(
    room: &Room<'_>,
    asked: &ConsultationWithdrawn,
) -> Result<ActBody, Rejection> {
    leave(room, asked.consultation, &asked.why, asked.note.as_ref())?;
    made(asked.clone())
}

fn leave(room: &Room<'_>, id: ActId, why: &Text, note: Option<&Basis>) -> Result<(), Rejection> {
    room.open(id)?;
    basis::check(note)?;
    note::check_text_within(why, WORDS)
}

/// The result is reported once, when the consultation is over, however it ended (V-04).
pub(super) fn report(room: &Room<'_>, asked: &Report) -> Result<ActBody, Rejection> {
    let found = room.conference.consultations.get(&asked.consultation);
    let consultation = found.ok_or(NotConsulted::NoSuchConsultation)?;
    if let Some((act, _)) = consultation.reported {
        return Err(NotConsulted::ReportedAlready { act }.into());
    }
    if consultation.end.is_none() {
        return Err(NotConsulted::NotOver.into());
    }
    basis::check(asked.note.as_ref())?;
    note::check_text_within(&asked.words, WORDS)?;
    let told = room.procedure.published == Published::ByReport
        && consultation.submitted.matter == Matter::Ordinary
        && consultation.last_round().is_some();
    if asked.public && !told {
        return Err(NotConsulted::NotForThePublic.into());
    }
    let positions = consultation
        .last_round()
        .map(|round| consultation.positions(round))
        .unwrap_or_default();
    made(ResultReported {
        consultation: asked.consultation,
        words: asked.words.clone(),
        positions,
        public: asked.public,
        note: asked.note.clone(),
    })
}

/// What the public is told, where a report is for it.
pub(super) fn published(conference: &Conference, body: &ActBody) -> Option<ResultPublished> {
    let ActBody::ResultReported(report) = body else {
        return None;
    };
    let found = conference.consultations.get(&report.consultation);
    let found = found.filter(|_| report.public)?;
    let (round, end) = (found.last_round()?, found.end?);
    let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let certificate = found.certificate.as_ref();
    let concluded_by = conference.presidency_at(end.at());
    let concluded_by = concluded_by.map(|held| held.fact.party.clone());
    Some(ResultPublished {
        topic: found.submitted.topic.clone(),
        text: round.opened.text.clone(),
        outcome: match end {
            End::Launched { .. } => Outcome::Launched,
            End::Referred { .. } => Outcome::Referred,
            End::Withdrawn { .. } => Outcome::Withdrawn,
        },
        ended_at: end.at(),
        presidency: concluded_by.unwrap_or_else(|| round.opened.presidency.clone()),
        rounds: count(found.rounds.len()),
        asked: count(round.opened.terms.len()),
        certificate: certificate.map(|certificate| certificate.words.clone()),
        words: report.words.clone(),
    })
}
