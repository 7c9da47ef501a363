//! Who gets a copy of what the Secretariat entered (C.3-9): the state of which it speaks, or the Presidency whose step it is.

use comity_conference::{ActId, Consultation, Deed, Name};
use comity_directory::PersonId;
use comity_policy::{Action, Class, ConsultationStage};
use comity_post::Step;
use comity_registrar::Registrar;
use comity_view::Inside;

use super::{people, reads, speakers};

/// What was entered with an act, and for which member; none where it is the Presidency's step.
pub(super) fn copy_of(found: &Consultation, act: ActId) -> Option<(Step, Option<&Name>)> {
    let mut answers = found.rounds.iter().filter_map(|round| round.answer(act));
    if let Some(answer) = answers.next() {
        let entered = answer.stated.received.is_some();
        return entered.then_some((Step::Entered, Some(&answer.stated.party)));
    }
    let entered = found
        .entered
        .iter()
        .rev()
        .find(|entered| entered.act == act)?;
    let step = match entered.deed {
        Deed::TroikaReacted => Step::EnteredReaction,
        Deed::MethodConsented => Step::EnteredMethod,
        // That a notice came back, or that somebody else was asked, the state did not say.
        Deed::CirculationNoted => {
            let mut rounds = found.rounds.iter();
            let receipt = rounds.any(|round| {
                let mut noted = round.circulated.iter();
                noted.any(|((_, passage), (by, _))| {
                    *by == act && *passage == comity_conference::Passage::Acknowledged
                })
            });
            receipt.then_some(Step::EnteredReceipt)?
        }
        _ => return Some((Step::EnteredStep, None)),
    };
    Some((step, entered.party.as_ref()))
}

/// Whoever speaks for the member or conducts for the Presidency; where nobody does, whoever reads of the consultation there.
pub(super) fn to_whom(
    registrar: &Registrar,
    found: &Consultation,
    step: Step,
    party: Option<&Name>,
) -> anyhow::Result<Vec<PersonId>> {
    let id = found.act;
    let Some(party) = party else {
        return presidency(registrar, id);
    };
    if step != Step::EnteredReaction {
        return speakers(registrar, id, party);
    }
    let class = Class::Consultation(ConsultationStage::Troika);
    let react =
        |inside: &Inside, of: &str| **party == *of && inside.may(Action::React, &class).allowed;
    let react = people(registrar, &react)?;
    if !react.is_empty() {
        return Ok(react);
    }
    speakers(registrar, id, party)
}

/// Whoever conducts for the Presidency; where nobody does, whoever reads of the consultation there.
pub(super) fn presidency(registrar: &Registrar, id: ActId) -> anyhow::Result<Vec<PersonId>> {
    let draft = Class::Consultation(ConsultationStage::Draft);
    let conducts = |inside: &Inside, _: &str| inside.may(Action::Activate, &draft).allowed;
    let conduct = people(registrar, &conducts)?;
    if !conduct.is_empty() {
        return Ok(conduct);
    }
    let state = registrar.state();
    let presiding = state.conference.presidency_at(registrar.now());
    let presiding = presiding.map(|held| held.fact.party.clone());
    let read = |inside: &Inside, of: &str| {
        presiding.as_ref().is_some_and(|party| **party == *of) && reads(inside, registrar, id)
    };
    people(registrar, &read)
}
