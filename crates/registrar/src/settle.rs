//! One command: seat, may, decide, and the records of its acts.

use comity_conference::{ActId, Actor, Command, Context, decide, hashed};
use comity_policy::{Action, Resource, may};
use comity_register::{Hash, Record, RecordedAt};

use crate::codec::{self, Seal};
use crate::writer::{Request, World};
use crate::{Refusal, State};

/// Seat, may, decide, and the acts taken into the state of the batch.
pub(crate) fn settle_one(
    after: &mut State,
    request: &Request,
    world: &World<'_>,
    records: &mut Vec<Record>,
) -> Result<Vec<ActId>, Refusal> {
    let decision = may(request.seat, action(&request.command), Resource::Register);
    if !decision.allowed {
        let (seat, command) = (request.seat.as_str(), request.command.name());
        return Err(Refusal::NotPermitted {
            seat,
            command,
            policy: decision.policy,
        });
    }
    let now = after
        .conference
        .last_at
        .map_or(world.now, |last| last.max(world.now));
    let acts = decide(
        &after.conference,
        after.rules.as_deref(),
        &request.command,
        &Context { now },
    )
    .map_err(Refusal::NotInOrder)?;
    let at = RecordedAt::new(now).map_err(|error| Refusal::Unavailable(error.to_string()))?;
    let actor = Actor {
        person: None,
        seat: request.seat.as_str().to_owned(),
        capacity: request.seat.as_str().to_owned(),
        for_party: None,
        mandate: None,
    };
    // One act is taken in or changes nothing; only behind several is there something to go back to.
    let before = (acts.len() > 1).then(|| after.clone());
    let mut made = Vec::with_capacity(acts.len());
    let mut sealed = Vec::with_capacity(acts.len());
    for (ordinal, act) in (0_u32..).zip(&acts) {
        let rules = rules_for(after, &request.command);
        let seal = Seal {
            id: world.chance.bytes(),
            salt: world.chance.bytes(),
            command: &request.id,
            ordinal,
            position: after.size(),
            at,
            actor: &actor,
            rules,
        };
        let record = codec::seal(act, &seal);
        let blob = record.encode();
        // The record that is stored says what was decided: it is read again, and that is what the state takes in.
        match after.take(&record, &blob) {
            Ok(act) => made.push(act),
            Err(error) => {
                if let Some(before) = before {
                    *after = before;
                }
                return Err(Refusal::Unavailable(error.to_string()));
            }
        }
        sealed.push(record);
    }
    records.append(&mut sealed);
    Ok(made)
}

/// The hash of the rules in force; the first act carries that of the rules that it adopts.
fn rules_for(state: &State, command: &Command) -> Hash {
    match (state.rules_hash, command) {
        (Some(hash), _) => hash,
        (
            None,
            Command::AdoptRules {
                rules, documents, ..
            },
        ) => Hash::of(&hashed(&rules.text, documents)),
        (
            None,
            Command::AdoptCheckpointKey { .. }
            | Command::ErasePerson { .. }
            | Command::RecordFacts { .. },
        ) => {
            unreachable!("`decide` admits nothing before the rules")
        }
    }
}

const fn action(command: &Command) -> Action {
    match command {
        Command::AdoptRules { .. } => Action::AdoptRules,
        Command::AdoptCheckpointKey { .. } => Action::AdoptCheckpointKey,
        Command::ErasePerson { .. } => Action::ErasePerson,
        Command::RecordFacts { .. } => Action::RecordFacts,
    }
}
