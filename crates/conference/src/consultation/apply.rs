//! What the acts of a consultation change. Nothing refuses here: what stands in the register has happened.

use std::sync::Arc;

use imbl::OrdMap;
use jiff::Timestamp;

use super::acts::{ChangeDisposed, ConsultationSubmitted, ObjectionAnswered, PositionStated};
use super::state::{Consultation, End, EnteredOn};
use crate::line::What;
use crate::{ActBody, ActId, Actor, Basis, Deed, Name};

type Consultations = OrdMap<ActId, Arc<Consultation>>;

/// Takes up an act of a consultation, and says what line stands for it.
pub(crate) fn apply(
    all: &mut Consultations,
    act: ActId,
    at: Timestamp,
    actor: &Actor,
    body: ActBody,
) -> What {
    let deed = body.deed().unwrap_or(Deed::ConsultationSubmitted);
    let entered = basis(&body).map(|(party, basis)| EnteredOn {
        act,
        at,
        deed,
        party: party.cloned(),
        basis: basis.clone(),
    });
    // A consultation is known by the act that began it.
    let about = change(all, act, at, actor, body).unwrap_or(act);
    if let (Some(entered), Some(consultation)) = (entered, all.get_mut(&about)) {
        Arc::make_mut(consultation).entered.push(entered);
    }
    What::OfConsultation(deed, Box::new(about))
}

/// On what an act was entered, and the member of which it speaks. An answer says how it came in words of its own.
fn basis(body: &ActBody) -> Option<(Option<&Name>, &Basis)> {
    let (party, basis) = match body {
        ActBody::ConsultationSubmitted(body) => (None, &body.note),
        ActBody::ConsultationResubmitted(body) => (None, &body.note),
        ActBody::TroikaReacted(body) => (Some(&body.party), &body.note),
        ActBody::MethodConsented(body) => (Some(&body.party), &body.note),
        ActBody::RoundOpened(body) => (None, &body.note),
        ActBody::TermExtended(body) => (None, &body.note),
        ActBody::RoundClosedEarly(body) => (None, &body.note),
        ActBody::ChangeDisposed(body) => (None, &body.note),
        ActBody::ObjectionAnswered(body) => (None, &body.note),
        ActBody::CirculationNoted(body) => (Some(&body.party), &body.note),
        ActBody::ConsultationReferred(body) => (None, &body.note),
        ActBody::ConsultationWithdrawn(body) => (None, &body.note),
        ActBody::ResultReported(body) => (None, &body.note),
        _ => return None,
    };
    Some((party, basis.as_ref()?))
}

fn change(
    all: &mut Consultations,
    act: ActId,
    at: Timestamp,
    actor: &Actor,
    body: ActBody,
) -> Option<ActId> {
    let mut of = |id: ActId, change: &mut dyn FnMut(&mut Consultation)| {
        if let Some(consultation) = all.get_mut(&id) {
            change(Arc::make_mut(consultation));
        }
        Some(id)
    };
    match body {
        ActBody::ConsultationSubmitted(submitted) => {
            let submitted: ConsultationSubmitted = *submitted;
            all.insert(act, Arc::new(Consultation::new(act, submitted, at)));
            None
        }
        ActBody::ConsultationResubmitted(body) => of(body.consultation, &mut |found| {
            found.resubmit(act, body.text.clone());
        }),
        ActBody::TroikaReacted(body) => of(body.consultation, &mut |found| {
            found.react(act, at, (*body).clone());
        }),
        ActBody::MethodConsented(body) => of(body.consultation, &mut |found| {
            found.method.insert(body.party.clone(), act);
        }),
        ActBody::RoundOpened(body) => of(body.consultation, &mut |found| {
            found.open(act, (*body).clone());
        }),
        ActBody::TermExtended(body) => of(body.consultation, &mut |found| {
            found.extend(act, &body);
        }),
        ActBody::RoundClosedEarly(body) => of(body.consultation, &mut |found| {
            found.in_round(body.round, |round| round.closed_early = Some((act, at)));
        }),
        ActBody::PositionStated(body) => {
            let stated: PositionStated = *body;
            of(stated.consultation, &mut |found| {
                found.state(act, at, actor, stated.clone());
            })
        }
        ActBody::ChangeDisposed(body) => {
            let disposed: ChangeDisposed = *body;
            of(disposed.consultation, &mut |found| {
                let of_change = (disposed.position, disposed.change);
                found.round_of(disposed.position, |round| {
                    round.disposed.insert(of_change, (act, disposed.clone()));
                });
            })
        }
        ActBody::ObjectionAnswered(body) => {
            let answered: ObjectionAnswered = *body;
            of(answered.consultation, &mut |found| {
                found.round_of(answered.objection, |round| {
                    round
                        .replies
                        .insert(answered.objection, (act, answered.clone()));
                });
            })
        }
        ActBody::CirculationNoted(body) => of(body.consultation, &mut |found| {
            found.in_round(body.round, |round| {
                let of_party = (body.party.clone(), body.passage);
                round.circulated.entry(of_party).or_insert((act, at));
            });
        }),
        ActBody::ConsensusCertified(body) => of(body.consultation, &mut |found| {
            found.certified = Some((act, at));
            found.certificate = Some(Arc::new((*body).clone()));
        }),
        ActBody::ActionLaunched(body) => of(body.consultation, &mut |found| {
            found.end = Some(End::Launched { act, at });
            found.end_words.clone_from(&body.words);
        }),
        ActBody::ConsultationReferred(body) => of(body.consultation, &mut |found| {
            found.end = Some(End::Referred { act, at });
            found.end_words = Some(body.why.clone());
        }),
        ActBody::ConsultationWithdrawn(body) => of(body.consultation, &mut |found| {
            found.end = Some(End::Withdrawn { act, at });
            found.end_words = Some(body.why.clone());
        }),
        ActBody::ResultReported(body) => of(body.consultation, &mut |found| {
            found.reported = Some((act, at));
            found.report = Some(Arc::new((*body).clone()));
        }),
        _ => None,
    }
}

/// The acts of a consultation are bodies of acts.
macro_rules! bodies {
    ($($kind:ident,)+) => {
        $(impl From<super::acts::$kind> for ActBody {
            fn from(body: super::acts::$kind) -> Self {
                Self::$kind(body.into())
            }
        })+
    };
}

bodies! {
    ConsultationSubmitted,
    ConsultationResubmitted,
    TroikaReacted,
    MethodConsented,
    RoundOpened,
    TermExtended,
    RoundClosedEarly,
    PositionStated,
    ChangeDisposed,
    ObjectionAnswered,
    CirculationNoted,
    ConsensusCertified,
    ActionLaunched,
    ConsultationReferred,
    ConsultationWithdrawn,
    ResultReported,
    ResultPublished,
}
