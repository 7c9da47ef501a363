//! One command: seat, may, decide, and the records of its acts.

use comity_conference::{ActId, Command, Context, Name, SeatFilled, decide, hashed};
use comity_policy::{Action, Class, DENY_BY_DEFAULT};
use comity_register::{Hash, RecordedAt, Sealed};
use jiff::Timestamp;

use crate::capacity::{Standpoint, people};
use crate::codec::{self, Seal};
use crate::consulting;
use crate::informal;
use crate::writer::{Request, World};
use crate::{Refusal, State};

/// Seat, may, decide, and the acts taken into the state of the batch.
pub(crate) fn settle_one(
    after: &mut State,
    request: &Request,
    world: &World<'_>,
    records: &mut Vec<Sealed>,
) -> Result<Vec<ActId>, Refusal> {
    let now = after
        .conference
        .last_at
        .map_or(world.now, |last| last.max(world.now));
    let standpoint = Standpoint::of(after, request.capacity, now).ok_or(Refusal::SeatNotHeld)?;
    permitted(after, &standpoint, &request.command, now)?;
    let acts = decide(
        &after.conference,
        after.rules.as_deref(),
        &request.command,
        &Context { now },
    )
    .map_err(Refusal::NotInOrder)?;
    let at = RecordedAt::new(now).map_err(|error| Refusal::Unavailable(error.to_string()))?;
    let actor = standpoint.actor;
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
        let record = Sealed::new(codec::seal(act, &seal));
        // The record that is stored says what was decided: it is read again, and that is what the state takes in.
        match after.take(record.record(), record.leaf()) {
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
        (None, _) => {
            unreachable!("`decide` admits nothing before the rules")
        }
    }
}

/// Whether somebody who stands there may do it, by the first of the questions that is answered so.
fn permitted(
    state: &State,
    standpoint: &Standpoint,
    command: &Command,
    now: Timestamp,
) -> Result<(), Refusal> {
    let mut policy = None;
    for (action, class) in questions(state, standpoint, command, now) {
        let answer = standpoint.may(state, action, &class);
        if answer.allowed {
            return Ok(());
        }
        policy.get_or_insert_with(|| answer.policy.id.clone());
    }
    Err(Refusal::NotPermitted {
        seat: standpoint.actor.seat.clone(),
        command: command.name(),
        policy: policy.unwrap_or_else(|| DENY_BY_DEFAULT.to_owned()),
    })
}

/// What has to be asked about a command. A seat is filled and vacated by who manages the party's people, or on a note from
/// the party by who may repair them; what a member does as such, by who speaks for this member, or on a note by who may
/// enter what was received.
fn questions(
    state: &State,
    standpoint: &Standpoint,
    command: &Command,
    now: Timestamp,
) -> Vec<(Action, Class)> {
    let received = |note: bool| note.then_some((Action::EnterReceived, Class::Presidency));
    // For another party nobody speaks, whatever the policies let its own people do.
    let speaks = |party: Option<&Name>, action| {
        let own = party.is_some_and(|party| **party == *standpoint.rights.party.as_str());
        own.then_some((action, Class::Presidency))
    };
    let of_member = |party: Option<&Name>, action, note: bool| {
        speaks(party, action)
            .into_iter()
            .chain(received(note))
            .collect()
    };
    let conference = &state.conference;
    match command {
        Command::AdoptRules { .. } | Command::AmendRules { .. } | Command::AdoptCalendar(_) => {
            vec![(Action::AdoptRules, Class::Register)]
        }
        Command::AdoptCheckpointKey { .. } => vec![(Action::AdoptCheckpointKey, Class::Register)],
        Command::ErasePerson { .. } => vec![(Action::ErasePerson, Class::Register)],
        Command::RecordFacts { .. } => vec![(Action::RecordFacts, Class::Register)],
        Command::HandOverPresidency { .. } => vec![(Action::HandOver, Class::Presidency)],
        Command::AnnounceCandidacy(asked) => {
            of_member(Some(&asked.party), Action::Announce, asked.note.is_some())
        }
        Command::WithdrawCandidacy(asked) => {
            let candidacy = conference.candidacies.get(&asked.announced);
            let party = candidacy.map(|candidacy| &candidacy.announced.party);
            of_member(party, Action::Announce, asked.note.is_some())
        }
        Command::DesignatePresidency { note, .. } => {
            let own = [(Action::Decide, Class::Presidency)];
            own.into_iter().chain(received(note.is_some())).collect()
        }
        Command::ChooseTheme {
            presidency, note, ..
        } => {
            let held = conference.presidencies.get(presidency);
            let party = held.map(|held| &held.fact.party);
            of_member(party, Action::ChooseTheme, note.is_some())
        }
        Command::ReceiveApplication(_)
        | Command::ReceiveDocument(_)
        | Command::ReturnDocument(_)
        | Command::WithdrawApplication(_) => vec![(Action::Manage, Class::Application)],
        Command::DeclareDay(asked) => {
            let of = || Class::Calendar {
                of: asked.party.as_str().into(),
            };
            let manage = (Action::Manage, of());
            let repair = asked.note.is_some().then(|| (Action::Repair, of()));
            [manage].into_iter().chain(repair).collect()
        }
        Command::CorrectDay(asked) => {
            let mut parties = conference.parties.iter();
            let party = parties.find(|held| held.fact.code.as_ref() == Some(&asked.country));
            let of = party.map(|held| held.fact.id.as_str().into());
            of.map(|of| (Action::Repair, Class::Calendar { of }))
                .into_iter()
                .collect()
        }
        Command::Consult(step) => consulting::questions(
            conference,
            state.rules.as_deref(),
            &standpoint.rights.party,
            step,
            now,
        ),
        Command::Informally(step) => informal::questions(&standpoint.rights.party, step),
        Command::FillSeat { seat, .. } => of_people(state, seat, seat.note.is_some()),
        Command::VacateSeat(vacated) => {
            let holding = conference.seats.get(&vacated.filled);
            let filled = holding.map(|holding| &holding.filled);
            filled.map_or_else(Vec::new, |filled| {
                of_people(state, filled, vacated.note.is_some())
            })
        }
    }
}

fn of_people(state: &State, seat: &SeatFilled, on_a_note: bool) -> Vec<(Action, Class)> {
    let Some(class) = people(state, &seat.party, &seat.seat) else {
        return Vec::new();
    };
    let repair = on_a_note.then(|| (Action::Repair, class.clone()));
    [(Action::Manage, class)]
        .into_iter()
        .chain(repair)
        .collect()
}
