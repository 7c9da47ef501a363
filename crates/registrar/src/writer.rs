//! The one writer: a pure step from events to effects, the same live and in a simulation.
//!
//! A batch goes: look up the commands that the register may hold, settle each on the state including the batch so far,
//! append with one compare-and-swap, and only after the commit publish and answer. While a batch is on its way the next
//! one is settled on it. A lost race drops both, catches up, and settles every command again, permission included.

use std::collections::VecDeque;

use comity_conference::{ActId, Command};
use comity_register::{Appended, CommandId, Head, Sealed};
use jiff::Timestamp;

use crate::settle::settle_one;
use crate::standing::{Halt, HaltedBy, Standing};
use crate::tail::{Followed, Tail};
use crate::{Capacity, Chance, Refusal, State};

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
    pub capacity: Capacity,
    pub id: CommandId,
    pub command: Command,
    /// How many lost races it has been through.
    pub attempts: u32,
    /// Where the register stood when a batch with it was appended whose outcome nobody knows. It may be in the register
    /// until this node has seen what stands at that position instead.
    pub in_doubt: Option<u64>,
}

impl Request {
    /// One that was never tried.
    pub const fn new(ticket: Ticket, capacity: Capacity, id: CommandId, command: Command) -> Self {
        Self {
            ticket,
            capacity,
            id,
            command,
            attempts: 0,
            in_doubt: None,
        }
    }

    /// What its sender is told where the register did not take it.
    fn not_taken(&self, why: String) -> Refusal {
        if self.in_doubt.is_some() {
            Refusal::Unsettled(why)
        } else {
            Refusal::Unavailable(why)
        }
    }
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
    /// Whoever waits was submitted: the next batch can be made.
    Gathered,
    /// The acts that each of the commands asked for made before, in the order asked; empty where it is unknown.
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
    /// Answer with [`Event::Gathered`] once everything that waits was submitted.
    Gather,
    /// Ask what these commands made before.
    LookUp(Vec<CommandId>),
    Append {
        expected: Head,
        records: Vec<Sealed>,
    },
    /// Read everything from this position on.
    CatchUp { from: u64 },
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
    /// What waits is about to be made a batch of.
    gathering: bool,
    /// Settled on the batch that is on its way, to follow it when it is durable. Nobody hears of it before.
    next: Option<Box<Batch>>,
}

#[derive(Debug)]
enum Phase {
    Idle,
    LookingUp(Vec<Request>),
    Appending(Box<Batch>),
    CatchingUp,
}

/// Commands settled together, one after another. The state after them is published only when it is durable.
#[derive(Debug)]
struct Batch {
    requests: Vec<Request>,
    /// What is to be appended.
    records: Vec<Sealed>,
    after: State,
    outcomes: Vec<(Ticket, Result<Vec<ActId>, Refusal>)>,
}

impl Batch {
    /// One that follows this state.
    fn on(state: &State) -> Self {
        Self {
            requests: Vec::new(),
            records: Vec::new(),
            after: state.clone(),
            outcomes: Vec::new(),
        }
    }

    fn may_hold(&self, request: &Request) -> bool {
        self.after.commands.may_hold(request.id.as_str())
    }

    /// Decides commands, each on the state including those before it. One that comes twice makes its acts once.
    fn settle(&mut self, requests: Vec<Request>, world: &World<'_>) {
        let mut known: Vec<(CommandId, Vec<ActId>)> = Vec::new();
        for request in requests {
            let twin = known.iter().find(|(id, _)| *id == request.id);
            let outcome = match twin {
                Some((_, acts)) => Ok(acts.clone()),
                None => settle_one(&mut self.after, &request, world, &mut self.records),
            };
            // A rule that refuses it now does not say what became of it before.
            let outcome = outcome.map_err(|refusal| match request.in_doubt {
                Some(_) => Refusal::Unsettled(refusal.to_string()),
                None => refusal,
            });
            if let Ok(acts) = &outcome {
                known.push((request.id.clone(), acts.clone()));
            }
            self.outcomes.push((request.ticket, outcome));
            self.requests.push(request);
        }
    }

    /// Tells everybody what came of it.
    fn answered(self) -> Vec<Effect> {
        let head = self.after.head();
        let answer = |(ticket, outcome): (Ticket, Result<Vec<ActId>, Refusal>)| {
            let outcome = outcome.map(|acts| Settled { acts, head });
            Effect::Answer { ticket, outcome }
        };
        self.outcomes.into_iter().map(answer).collect()
    }
}

impl Writer {
    /// A writer that starts from a replayed state and stands so to the register.
    pub const fn new(state: State, standing: Standing) -> Self {
        Self {
            state,
            standing,
            waiting: VecDeque::new(),
            phase: Phase::Idle,
            gathering: false,
            next: None,
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
            Event::Gathered => self.gathered(world),
            Event::LookedUp(found) => self.looked_up(found, world),
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

    /// Begins to make a batch if somebody waits and one can be made: of what waits alone, or behind the batch that is on
    /// its way.
    fn start(&mut self) -> Vec<Effect> {
        let room = match &self.phase {
            Phase::Idle => true,
            Phase::Appending(_) => self.next_count() < BATCH_COMMANDS_MAX,
            Phase::LookingUp(_) | Phase::CatchingUp => false,
        };
        if self.gathering || !room || self.waiting.is_empty() {
            return Vec::new();
        }
        self.gathering = true;
        vec![Effect::Gather]
    }

    fn next_count(&self) -> usize {
        self.next.as_ref().map_or(0, |next| next.requests.len())
    }

    /// Takes a batch from those who wait. Nobody asks the store for a command that the state knows it does not hold:
    /// either the state is the register's, or the append loses its race and everything is settled again.
    fn gathered(&mut self, world: &World<'_>) -> Vec<Effect> {
        if !std::mem::take(&mut self.gathering) {
            return Vec::new();
        }
        match &self.phase {
            Phase::Idle => {
                let count = self.waiting.len().min(BATCH_COMMANDS_MAX);
                let requests: Vec<Request> = self.waiting.drain(..count).collect();
                let ids: Vec<CommandId> = self.to_ask(&requests).cloned().collect();
                if ids.is_empty() {
                    return self.settle(requests, &[], world);
                }
                self.phase = Phase::LookingUp(requests);
                vec![Effect::LookUp(ids)]
            }
            Phase::Appending(batch) => {
                let mut next = match self.next.take() {
                    Some(next) => next,
                    None => Box::new(Batch::on(&batch.after)),
                };
                let room = BATCH_COMMANDS_MAX.saturating_sub(next.requests.len());
                let count = self.waiting.len().min(room);
                let mut requests: Vec<Request> = self.waiting.drain(..count).collect();
                // What the register may hold is asked for when nothing is on its way; so is what comes after it.
                let held = requests.iter().position(|request| next.may_hold(request));
                let later = requests.split_off(held.unwrap_or(requests.len()));
                self.again_later(later);
                next.settle(requests, world);
                self.next = Some(next);
                Vec::new()
            }
            Phase::LookingUp(_) | Phase::CatchingUp => Vec::new(),
        }
    }

    /// The commands of a batch that the register may hold.
    fn to_ask<'a>(&'a self, requests: &'a [Request]) -> impl Iterator<Item = &'a CommandId> {
        let ids = requests.iter().map(|request| &request.id);
        ids.filter(|id| self.state.commands.may_hold(id.as_str()))
    }

    fn looked_up(
        &mut self,
        found: Result<Vec<Vec<ActId>>, String>,
        world: &World<'_>,
    ) -> Vec<Effect> {
        let Phase::LookingUp(requests) = std::mem::replace(&mut self.phase, Phase::Idle) else {
            return Vec::new();
        };
        let Ok(found) = found else {
            self.again_later(requests);
            return self.stand(Standing::CutOff);
        };
        let known = self.to_ask(&requests).cloned().zip(found);
        let known: Vec<(CommandId, Vec<ActId>)> =
            known.filter(|(_, acts)| !acts.is_empty()).collect();
        self.settle(requests, &known, world)
    }

    /// Settles a batch on the state and sends it off. `known` are commands that were settled before: what they made is
    /// durable, and they are told so whatever becomes of this batch.
    fn settle(
        &mut self,
        requests: Vec<Request>,
        known: &[(CommandId, Vec<ActId>)],
        world: &World<'_>,
    ) -> Vec<Effect> {
        let head = self.state.head();
        let (mut effects, mut unknown) = (Vec::new(), Vec::new());
        for mut request in requests {
            if let Some((_, acts)) = known.iter().find(|(id, _)| *id == request.id) {
                let acts = acts.clone();
                effects.push(Effect::Answer {
                    ticket: request.ticket,
                    outcome: Ok(Settled { acts, head }),
                });
                continue;
            }
            // What took the place of its batch was seen, and the register asked: it is not in it, and will not be.
            request.in_doubt = request.in_doubt.filter(|at| *at >= head.size);
            unknown.push(request);
        }
        let mut batch = Box::new(Batch::on(&self.state));
        batch.settle(unknown, world);
        effects.extend(self.send(batch));
        effects
    }

    /// Appends a batch that was settled on the state. One without acts is answered at once.
    fn send(&mut self, mut batch: Box<Batch>) -> Vec<Effect> {
        if batch.records.is_empty() {
            let mut effects = batch.answered();
            effects.extend(self.start());
            return effects;
        }
        let records = std::mem::take(&mut batch.records);
        let expected = self.state.head();
        self.phase = Phase::Appending(batch);
        let mut effects = vec![Effect::Append { expected, records }];
        effects.extend(self.start());
        effects
    }

    fn appended(&mut self, outcome: Result<Appended, AppendFailure>) -> Vec<Effect> {
        let Phase::Appending(batch) = std::mem::replace(&mut self.phase, Phase::Idle) else {
            return Vec::new();
        };
        let next = self.next.take();
        if let Ok(Appended::Committed(_)) = outcome {
            // Commit point. A crash before this line leaves the batch in the register and nobody answered: the senders
            // ask again under the same command ids and are told the acts.
            self.state = batch.after.clone();
            let mut effects = match next {
                Some(next) => self.send(next),
                None => self.start(),
            };
            effects.push(Effect::Publish(Box::new(self.state.clone())));
            effects.extend(batch.answered());
            return effects;
        }
        // What was settled on the batch was settled on something that is not there.
        if let Some(next) = next {
            self.again_later(next.requests);
        }
        match outcome {
            Ok(Appended::Moved(_) | Appended::Committed(_)) => {
                self.again(batch.requests, "others were first each time it was tried")
            }
            // The state is brought up to the register before anything else is decided, and the ids then tell.
            Err(AppendFailure::OutcomeUnknown) => {
                let mut requests = batch.requests;
                for request in &mut requests {
                    request.in_doubt = Some(self.state.size());
                }
                self.again(requests, "what became of it is not known")
            }
            Err(AppendFailure::Refused(what)) => self.refuse_all(batch.requests, &what),
        }
    }

    /// Puts the commands of a dropped batch back to the front and reads what others wrote.
    fn again(&mut self, requests: Vec<Request>, why: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for mut request in requests.into_iter().rev() {
            request.attempts += 1;
            if request.attempts > ATTEMPTS_MAX {
                let refusal = request.not_taken(why.to_owned());
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
            from: self.state.size(),
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
            from: self.state.size(),
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
        let refusal = if request.in_doubt.is_some() {
            Refusal::Unsettled(format!(
                "it was on its way when the node lost the register ({})",
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
            outcome: Err(request.not_taken(what.to_owned())),
        };
        let mut effects: Vec<Effect> = requests.into_iter().map(refuse).collect();
        // The disk may be full or the register gone: whoever waits is served or refused by what reading it says.
        self.phase = Phase::CatchingUp;
        effects.push(Effect::CatchUp {
            from: self.state.size(),
        });
        effects
    }
}
