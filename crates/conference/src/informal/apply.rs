//! What the acts of an informal consultation change. Nothing refuses here: what stands in the register has happened.

use std::sync::Arc;

use imbl::OrdMap;
use jiff::Timestamp;

use super::state::InformalConsultation;
use crate::line::What;
use crate::{ActBody, ActId, Actor, Deed};

/// Takes up an act of an informal consultation, and says what line stands for it.
pub(crate) fn apply(
    all: &mut OrdMap<ActId, Arc<InformalConsultation>>,
    act: ActId,
    at: Timestamp,
    actor: &Actor,
    body: ActBody,
) -> What {
    let deed = body.deed().unwrap_or(Deed::InformalOpened);
    let mut of = |id: ActId, change: &mut dyn FnMut(&mut InformalConsultation)| {
        if let Some(consultation) = all.get_mut(&id) {
            change(Arc::make_mut(consultation));
        }
        id
    };
    let about = match body {
        ActBody::InformalOpened(opened) => {
            let consultation = InformalConsultation::new(act, *opened, at);
            all.insert(act, Arc::new(consultation));
            act
        }
        ActBody::InformalAnswered(answered) => of(answered.consultation, &mut |found| {
            found.answer(act, at, actor, (*answered).clone());
        }),
        ActBody::InformalClosed(closed) => of(closed.consultation, &mut |found| {
            found.close(act, at, (*closed).clone());
        }),
        _ => act,
    };
    What::OfInformal(deed, Box::new(about))
}
