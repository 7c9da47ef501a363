//! The one writer: a pure step from events to effects, the same live and in a simulation.
//!
//! A batch goes: look the commands up, settle each on the state including the batch so far, append with one
//! compare-and-swap, and only after the commit publish and answer. A lost race drops the batch, catches up, and
//! settles every command again, permission included.

use std::collections::VecDeque;

use comity_conference::{ActId, Actor, Command, Context, decide};
use comity_policy::{Action, Resource, Seat, may};
use comity_register::{Appended, CommandId, Hash, Head, Record, RecordedAt};
use jiff::Timestamp;

use crate::codec::{self, Seal};
use crate::standing::{Halt, HaltedBy, Standing};
use crate::tail::{Followed, Tail};
use crate::{Chance, Refusal, State};

/// How many commands one batch takes at most; bounds the memory of a batch, not the queue.
const BATCH_COMMANDS_MAX: usize = 256;

/// How many lost races a command is settled again after, before its sender is told to try later.
const ATTEMPTS_MAX: u32 = 16;

/// The number by which the driver knows whom to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// A command on its way.
#[derive(Debug, Clone)]
pub struct Request {
    pub ticket: Ticket,
    pub seat: Seat,
    pub id: CommandId,
    pub command: Command,
    /// How many lost races it has been through.
    pub attempts: u32,
}

/// What came of a command: the acts that it made, and where the register stood after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub acts: Vec<ActId>,
    pub head: Head,
}

/// What happens to the writer.
#[derive(Debug)]
pub enum Event {
    Submitted(Request),
    /// The acts that each command of the batch made before, in the order asked; empty where it is unknown.
    LookedUp(Result<Vec<Vec<ActId>>, String>),
    Appended(Result<Appended, AppendFailure>),
    /// What the register holds from the state's size on.
    CaughtUp(Result<Tail, TailFailure>),
    /// Another node has appended.
    Behind,
    /// Where the register stands, or why it cannot be reached.
    Looked(Result<Head, String>),
}

/// Why the tail of the register could not be read.
#[derive(Debug, Clone)]
pub enum TailFailure {
    /// The register cannot be reached.
    Away(String),
    /// What stands at a position is no record.
    Unreadable {
        head: Head,
        position: u64,
        what: String,
    },
}

/// How an append failed.
#[derive(Debug)]
pub enum AppendFailure {
    /// Nothing was written.
    Refused(String),
    /// It may be in the register; the command ids will tell.
    OutcomeUnknown,
}

/// What the writer wants done.
#[derive(Debug)]
pub enum Effect {
    LookUp(Vec<CommandId>),
    Append {
        expected: Head,
        records: Vec<Record>,
    },
    /// Read everything from this position on.
    CatchUp {
        from: u64,
    },
    /// The state has changed: hand it to readers.
    Publish(Box<State>),
    /// The node stands otherwise to its register than before.
    Stand(Standing),
    Answer {
        ticket: Ticket,
        outcome: Result<Settled, Refusal>,
    },
}

/// Time and chance, as inputs.
#[derive(Debug)]
pub struct World<'a> {
    /// The conference's clock.
    pub now: Timestamp,
    pub chance: &'a dyn Chance,
}

/// The one writer of a node.
#[derive(Debug)]
pub struct Writer {
    state: State,
    standing: Standing,
    waiting: VecDeque<Request>,
    phase: Phase,
}

#[derive(Debug)]
enum Phase {
    Idle,
    LookingUp(Vec<Request>),
    Appending(Box<Batch>),
    CatchingUp,
}

/// A batch on its way to the register. The state after it is published only when it is durable.
#[derive(Debug)]
struct Batch {
    requests: Vec<Request>,
    after: State,
    answers: Vec<(Ticket, Result<Settled, Refusal>)>,
}

impl Writer {
    /// A writer that starts from a replayed state and stands so to the register.
    pub const fn new(state: State, standing: Standing) -> Self {
        Self {
            state,
            standing,
            waiting: VecDeque::new(),
            phase: Phase::Idle,
        }
    }

    /// The state as of the last commit that this writer knows.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// How this node stands to its register, as far as this writer knows.
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Takes one event and says what is to be done.
    pub fn step(&mut self, event: Event, world: &World<'_>) -> Vec<Effect> {
        match event {
            Event::Submitted(request) => self.submitted(request),
            Event::LookedUp(found) => self.settle(found, world),
            Event::Appended(outcome) => self.appended(outcome),
            Event::CaughtUp(records) => self.caught_up(records),
            Event::Behind => self.behind(),
            Event::Looked(head) => self.looked(head),
        }
    }

    fn submitted(&mut self, request: Request) -> Vec<Effect> {
        // At once, not after the time that asking a database takes that does not answer.
        if !self.standing.takes_acts() {
            return vec![self.refused(&request)];
        }
        self.waiting.push_back(request);
        self.start()
    }

    /// Begins the next batch if none is on its way.
    fn start(&mut self) -> Vec<Effect> {
        if !matches!(self.phase, Phase::Idle) || self.waiting.is_empty() {
            return Vec::new();
        }
        let count = self.waiting.len().min(BATCH_COMMANDS_MAX);
        let requests: Vec<Request> = self.waiting.drain(..count).collect();
        let ids = requests.iter().map(|request| request.id.clone()).collect();
        self.phase = Phase::LookingUp(requests);
        vec![Effect::LookUp(ids)]
    }

    fn settle(&mut self, found: Result<Vec<Vec<ActId>>, String>, world: &World<'_>) -> Vec<Effect> {
        let Phase::LookingUp(requests) = std::mem::replace(&mut self.phase, Phase::Idle) else {
            return Vec::new();
        };
        let Ok(found) = found else {
            self.again_later(requests);
            return self.stand(Standing::CutOff);
        };
        let mut after = self.state.clone();
        let mut records = Vec::new();
        let mut answers = Vec::new();
        let mut in_batch: Vec<(CommandId, Vec<ActId>)> = Vec::new();
        for (request, known) in requests.iter().zip(found) {
            let twin = in_batch
                .iter()
                .find(|(id, _)| *id == request.id)
                .map(|(_, acts)| acts.clone());
            let known = twin.or((!known.is_empty()).then_some(known));
            let outcome = match known {
                Some(acts) => Ok(acts),
                None => settle_one(&mut after, request, world, &mut records),
            };
            if let Ok(acts) = &outcome {
                in_batch.push((request.id.clone(), acts.clone()));
            }
            answers.push((request.ticket, outcome));
        }
        let head = after.head();
        let answers = answers
            .into_iter()
            .map(|(ticket, outcome)| (ticket, outcome.map(|acts| Settled { acts, head })))
            .collect();
        if records.is_empty() {
            let mut effects = answer(answers);
            effects.extend(self.start());
            return effects;
        }
        let expected = self.state.head();
        self.phase = Phase::Appending(Box::new(Batch {
            requests,
            after,
            answers,
        }));
        vec![Effect::Append { expected, records }]
    }

    fn appended(&mut self, outcome: Result<Appended, AppendFailure>) -> Vec<Effect> {
        let Phase::Appending(batch) = std::mem::replace(&mut self.phase, Phase::Idle) else {
            return Vec::new();
        };
        match outcome {
            // Commit point. A crash before this line leaves the batch in the register and nobody answered: the senders
            // ask again under the same command ids and are told the acts.
            Ok(Appended::Committed(_)) => {
                self.state = batch.after;
                let mut effects = vec![Effect::Publish(Box::new(self.state.clone()))];
                effects.extend(answer(batch.answers));
                effects.extend(self.start());
                effects
            }
            Ok(Appended::Moved(_)) => {
                self.again(batch.requests, "others were first each time it was tried")
            }
            // The state is brought up to the register before anything else is decided, and the ids then tell.
            Err(AppendFailure::OutcomeUnknown) => self.again(
                batch.requests,
                "what became of it is not known; it may be in the register or not",
            ),
            Err(AppendFailure::Refused(what)) => self.refuse_all(batch.requests, &what),
        }
    }

    /// Puts the commands of a dropped batch back to the front and reads what others wrote.
    fn again(&mut self, requests: Vec<Request>, why: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for mut request in requests.into_iter().rev() {
            request.attempts += 1;
            if request.attempts > ATTEMPTS_MAX {
                let refusal = Refusal::Unavailable(why.to_owned());
                effects.push(Effect::Answer {
                    ticket: request.ticket,
                    outcome: Err(refusal),
                });
            } else {
                self.waiting.push_front(request);
            }
        }
        self.phase = Phase::CatchingUp;
        effects.push(Effect::CatchUp {
            from: self.state.head().size,
        });
        effects
    }

    fn caught_up(&mut self, tail: Result<Tail, TailFailure>) -> Vec<Effect> {
        if !matches!(self.phase, Phase::CatchingUp) {
            return Vec::new();
        }
        self.phase = Phase::Idle;
        let followed = match tail {
            Ok(tail) => tail.follow(&self.state),
            Err(TailFailure::Away(_)) => return self.stand(Standing::CutOff),
            Err(TailFailure::Unreadable {
                head: found,
                position,
                what,
            }) => Followed::Halted(Halt {
                found,
                why: HaltedBy::Unreadable { position, what },
            }),
        };
        let mut effects = Vec::new();
        match followed {
            Followed::InStep(state) => {
                effects.extend(self.publish(state));
                effects.extend(self.stand(Standing::Following));
                effects.extend(self.start());
            }
            Followed::Stopped(state, unknown) => {
                effects.extend(self.publish(state));
                effects.extend(self.stand(Standing::Stopped(unknown)));
            }
            Followed::Halted(halt) => effects.extend(self.stand(Standing::Halted(halt))),
        }
        effects
    }

    fn publish(&mut self, state: State) -> Option<Effect> {
        let grown = state.head() != self.state.head();
        self.state = state;
        grown.then(|| Effect::Publish(Box::new(self.state.clone())))
    }

    fn behind(&mut self) -> Vec<Effect> {
        // A batch on its way will lose its race and catch up by itself.
        if !matches!(self.phase, Phase::Idle) {
            return Vec::new();
        }
        self.phase = Phase::CatchingUp;
        vec![Effect::CatchUp {
            from: self.state.head().size,
        }]
    }

    /// Compares where the register stands with what this node holds.
    fn looked(&mut self, head: Result<Head, String>) -> Vec<Effect> {
        // What is under way will find out for itself.
        if !matches!(self.phase, Phase::Idle) {
            return Vec::new();
        }
        let own = self.state.head();
        match (&self.standing, head) {
            (_, Err(_)) => self.stand(Standing::CutOff),
            (_, Ok(head)) if head == own => self.stand(Standing::Following),
            // Nothing has come that could change what was found.
            (Standing::Halted(halt), Ok(head)) if halt.found == head => Vec::new(),
            (Standing::Stopped(_), Ok(head)) if head.size > own.size => Vec::new(),
            (_, Ok(_)) => self.behind(),
        }
    }

    /// Takes a standing on. Whoever waits is refused where no acts are taken any longer.
    fn stand(&mut self, standing: Standing) -> Vec<Effect> {
        // A node that stopped or halted does so for good reason, which a database that is away does not mend.
        let sticks = matches!(self.standing, Standing::Stopped(_) | Standing::Halted(_));
        if standing == self.standing || sticks && standing == Standing::CutOff {
            return Vec::new();
        }
        self.standing = standing;
        let mut effects = vec![Effect::Stand(self.standing.clone())];
        if !self.standing.takes_acts() {
            let waiting: Vec<Request> = self.waiting.drain(..).collect();
            effects.extend(waiting.iter().map(|request| self.refused(request)));
        }
        effects
    }

    fn refused(&self, request: &Request) -> Effect {
        let refusal = if request.attempts > 0 {
            // It may have been part of a batch whose outcome nobody knows.
            Refusal::Unavailable(format!(
                "it was on its way when the node lost the register, and may be in it or not ({})",
                self.standing
            ))
        } else {
            Refusal::NotFollowing {
                standing: self.standing.clone(),
            }
        };
        Effect::Answer {
            ticket: request.ticket,
            outcome: Err(refusal),
        }
    }

    /// Puts commands of which nothing was written back to the front, as they were.
    fn again_later(&mut self, requests: Vec<Request>) {
        for request in requests.into_iter().rev() {
            self.waiting.push_front(request);
        }
    }

    fn refuse_all(&mut self, requests: Vec<Request>, what: &str) -> Vec<Effect> {
        let refuse = |request: Request| Effect::Answer {
            ticket: request.ticket,
            outcome: Err(Refusal::Unavailable(what.to_owned())),
        };
        let mut effects: Vec<Effect> = requests.into_iter().map(refuse).collect();
        effects.extend(self.start());
        effects
    }
}

fn answer(answers: Vec<(Ticket, Result<Settled, Refusal>)>) -> Vec<Effect> {
    answers
        .into_iter()
        .map(|(ticket, outcome)| Effect::Answer { ticket, outcome })
        .collect()
}

/// Seat, may, decide, and the acts taken into the state of the batch.
fn settle_one(
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
    let mut trial = after.clone();
    let mut made = Vec::with_capacity(acts.len());
    let mut sealed = Vec::with_capacity(acts.len());
    for (ordinal, act) in (0_u32..).zip(&acts) {
        let rules = rules_for(&trial, &request.command);
        let seal = Seal {
            id: world.chance.bytes(),
            salt: world.chance.bytes(),
            command: &request.id,
            ordinal,
            position: trial.head().size,
            at,
            actor: &actor,
            rules,
        };
        let record = codec::seal(act, &seal);
        let blob = record.encode();
        let act = trial
            .take(&record, &blob)
            .map_err(|error| Refusal::Unavailable(error.to_string()))?;
        made.push(act);
        sealed.push(record);
    }
    *after = trial;
    records.append(&mut sealed);
    Ok(made)
}

/// The hash of the rules in force; the first act carries that of the rules that it adopts.
fn rules_for(state: &State, command: &Command) -> Hash {
    match (state.rules_hash, command) {
        (Some(hash), _) => hash,
        (None, Command::AdoptRules { rules, .. }) => Hash::of(rules.text.as_bytes()),
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
