use std::collections::BTreeMap;
use std::future::{Future as _, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::Poll;
use std::time::Duration;

use comity_register::{Appended, CommandId, Head, Register, Sealed, Stored};
use comity_view::Snapshot;
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::measures::Counts;
use crate::writer::{AppendFailure, TailFailure};
use crate::{
    Chance, Effect, Error, Event, Instants, Refusal, Request, Settled, Standing, State, Tail,
    Ticket, World, Writer, codec,
};

/// How many records are read at once.
pub(crate) const PAGE: usize = 1_000;

/// How long a node lets the register be before it asks again whether it has grown: its own appends would have it ask
/// after each of them.
const LULL: Duration = Duration::from_millis(20);

/// What readers get, made once for each commit.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    pub(crate) state: Arc<State>,
    /// Absent before rules are adopted.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    pub(crate) standing: Standing,
}

impl Published {
    pub(crate) fn new(state: State, standing: Standing) -> Self {
        Self {
            snapshot: state.snapshot().map(Arc::new),
            state: Arc::new(state),
            standing,
        }
    }
}

/// How often a node looks whether it still follows.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two looks at the register when nothing happens; also how soon an append is seen that nobody told of.
    pub look: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            look: Duration::from_secs(1),
        }
    }
}

/// The instant at which the state was last known to be that of the register, shared with readers.
#[derive(Debug, Clone)]
pub(crate) struct InStep(Arc<AtomicI64>);

impl InStep {
    pub(crate) fn at(instant: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(instant.as_millisecond())))
    }

    pub(crate) fn instant(&self) -> Timestamp {
        let milliseconds = self.0.load(Ordering::Relaxed);
        Timestamp::from_millisecond(milliseconds).expect("it was an instant when it was stored")
    }

    /// Never back: the machine's clock may be.
    fn advance(&self, instant: Timestamp) {
        self.0
            .fetch_max(instant.as_millisecond(), Ordering::Relaxed);
    }
}

pub(crate) type Reply = oneshot::Sender<Result<Settled, Refusal>>;

/// What woke the driver.
enum Woken {
    By(Option<(Request, Reply)>),
    Appended(Result<Appended, AppendFailure>),
    Grown(Result<Head, comity_register::Error>),
    ToLook,
}

/// Carries the writer's effects out, one after another.
pub(crate) struct Driver {
    pub(crate) register: Arc<dyn Register>,
    pub(crate) instants: Instants,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) writer: Writer,
    pub(crate) publish: watch::Sender<Published>,
    pub(crate) replies: BTreeMap<Ticket, Reply>,
    pub(crate) next_ticket: u64,
    pub(crate) pace: Pace,
    pub(crate) in_step: InStep,
    pub(crate) counts: Arc<Counts>,
    pub(crate) appending: Option<Appending>,
}

/// A batch on its way to the register. It goes on while the next one is made.
pub(crate) struct Appending {
    asked_at: Timestamp,
    outcome: JoinHandle<Result<Appended, AppendFailure>>,
}

/// The question whether the register has grown; it is taken back when it is dropped.
struct Growing(JoinHandle<Result<Head, comity_register::Error>>);

impl Drop for Growing {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Growing {
    async fn ended(&mut self) -> Result<Head, comity_register::Error> {
        match done(&mut self.0).await {
            Some(outcome) => outcome,
            None => std::future::pending().await,
        }
    }
}

/// What a task ends with; nothing if the program is being ended.
async fn done<T>(task: &mut JoinHandle<T>) -> Option<T> {
    match task.await {
        Ok(outcome) => Some(outcome),
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => None,
        },
    }
}

/// The end of what is on its way; without end where nothing is.
async fn ended(appending: &mut Option<Appending>) -> Result<Appended, AppendFailure> {
    match appending {
        Some(appending) => {
            let outcome = done(&mut appending.outcome).await;
            outcome.unwrap_or(Err(AppendFailure::OutcomeUnknown))
        }
        None => std::future::pending().await,
    }
}

impl Driver {
    pub(crate) async fn run(mut self, mut inbox: mpsc::Receiver<(Request, Reply)>) {
        // A fixed instant, not a pause: commands that keep coming must not put the next look off.
        let mut look_at = Instant::now() + self.pace.look;
        // One question that stays, not one for each command: a question that is given up costs a connection.
        let mut grown = self.grown();
        let mut open = true;
        while open || self.appending.is_some() {
            let mut asked_at = self.instants.system.now();
            let takes_acts = self.writer.standing().takes_acts();
            if !takes_acts {
                // Nothing of an old question may be held while nobody waits for its answer.
                grown = self.grown();
            }
            // In this order, not by chance, so that a simulated history can be told again; what comes often stands last.
            let woken = tokio::select! {
                biased;
                outcome = ended(&mut self.appending) => Woken::Appended(outcome),
                () = tokio::time::sleep_until(look_at) => Woken::ToLook,
                grown = grown.ended(), if takes_acts => Woken::Grown(grown),
                received = inbox.recv(), if open => Woken::By(received),
            };
            let event = match woken {
                Woken::By(Some((request, reply))) => self.submitted(request, reply),
                Woken::By(None) => {
                    open = false;
                    continue;
                }
                Woken::Appended(outcome) => {
                    asked_at = self
                        .appending
                        .take()
                        .map_or(asked_at, |ended| ended.asked_at);
                    Event::Appended(outcome)
                }
                Woken::Grown(found) => {
                    let own = self.writer.state().size();
                    grown = self.grown();
                    match found {
                        // By what this node appended itself since the question was put.
                        Ok(head) if head.size <= own => continue,
                        Ok(_) => Event::Behind,
                        Err(error) => Event::Looked(Err(in_words(&error))),
                    }
                }
                Woken::ToLook => {
                    let event = self.look().await;
                    look_at = Instant::now() + self.pace.look;
                    event
                }
            };
            // Whatever else waits goes into the same batch.
            let mut events = vec![event];
            while let Ok((request, reply)) = inbox.try_recv() {
                events.push(self.submitted(request, reply));
            }
            self.drive(events, asked_at).await;
        }
    }

    /// Waits until the register holds more than this node does now. It is a task of its own: whatever a store holds for
    /// it while it answers must not wait for a driver that waits for the same store.
    fn grown(&self) -> Growing {
        let register = Arc::clone(&self.register);
        let known = self.writer.state().size();
        Growing(tokio::spawn(async move {
            tokio::time::sleep(LULL).await;
            register.grown_past(known).await
        }))
    }

    async fn look(&self) -> Event {
        Event::Looked(self.register.head().await.map_err(|error| in_words(&error)))
    }

    fn submitted(&mut self, mut request: Request, reply: Reply) -> Event {
        request.ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        self.replies.insert(request.ticket, reply);
        Event::Submitted(request)
    }

    /// Steps the writer until it wants nothing more. Events that came together are all stepped before anything is
    /// carried out, so that commands that waited share a batch.
    ///
    /// `asked_at` is an instant before anything was asked of the register: whatever turns out to be in step was so then.
    async fn drive(&mut self, mut events: Vec<Event>, asked_at: Timestamp) {
        while !events.is_empty() {
            let mut effects = Vec::new();
            let tells = events.iter().any(says_in_step);
            for event in events.drain(..) {
                if self.writer.standing().takes_acts() {
                    tell_trouble(&event);
                }
                let world = World {
                    now: self.instants.conference.now(),
                    chance: self.chance.as_ref(),
                };
                effects.extend(self.writer.step(event, &world));
            }
            if tells && self.writer.standing().takes_acts() {
                self.in_step.advance(asked_at);
            }
            for effect in effects {
                events.extend(self.carry_out(effect).await);
            }
        }
    }

    async fn carry_out(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Gather => Some(Event::Gathered),
            Effect::LookUp(ids) => Some(Event::LookedUp(self.look_up(&ids).await)),
            Effect::Append { expected, records } => {
                self.appending = Some(self.append(expected, records).await);
                None
            }
            Effect::CatchUp { from } => Some(Event::CaughtUp(self.read_on(from).await)),
            Effect::Publish(state) => {
                let standing = self.publish.borrow().standing.clone();
                self.publish.send_replace(Published::new(*state, standing));
                None
            }
            Effect::Stand(standing) => {
                tell(&standing);
                self.publish
                    .send_modify(|published| published.standing = standing);
                None
            }
            Effect::Answer { ticket, outcome } => {
                if let Some(reply) = self.replies.remove(&ticket) {
                    // The sender may have gone; the acts stand all the same.
                    let _ = reply.send(outcome);
                }
                None
            }
        }
    }

    async fn look_up(
        &self,
        ids: &[CommandId],
    ) -> Result<Vec<Vec<comity_conference::ActId>>, String> {
        let found = self
            .register
            .by_commands(ids)
            .await
            .map_err(|error| error.to_string())?;
        let acts = |made: &Vec<Stored>| {
            made.iter()
                .map(|stored| Ok(codec::open(&stored.decode()?)?.id))
                .collect::<Result<_, Error>>()
        };
        found
            .iter()
            .map(|made| acts(made).map_err(|error| error.to_string()))
            .collect()
    }

    async fn append(&self, expected: Head, records: Vec<Sealed>) -> Appending {
        let (register, counts) = (Arc::clone(&self.register), Arc::clone(&self.counts));
        let asked_at = self.instants.system.now();
        let mut outcome = Box::pin(async move {
            let acts = records.len() as u64;
            let started = Instant::now();
            let outcome = register.append_sealed(expected, records).await;
            counts.appended(&outcome, acts, started.elapsed());
            outcome.map_err(|error| match error {
                comity_register::Error::OutcomeUnknown { .. } => AppendFailure::OutcomeUnknown,
                other => AppendFailure::Refused(in_words(&other)),
            })
        });
        // So far that the store is at it, before anybody is answered: a task that is only spawned waits for its turn, and the
        // store with it.
        let begun = poll_fn(|context| Poll::Ready(outcome.as_mut().poll(context))).await;
        let outcome = match begun {
            Poll::Ready(outcome) => tokio::spawn(std::future::ready(outcome)),
            Poll::Pending => tokio::spawn(outcome),
        };
        Appending { asked_at, outcome }
    }

    async fn read_on(&self, from: u64) -> Result<Tail, TailFailure> {
        let away = |error: comity_register::Error| TailFailure::Away(in_words(&error));
        let head = self.register.head().await.map_err(away)?;
        let next = self.register.commits(from, 1).await.map_err(away)?;
        let mut tail = Tail {
            head,
            next: next.first().copied(),
            records: Vec::new(),
        };
        if tail.contradicts(self.writer.state().head()).is_some() {
            return Ok(tail);
        }
        let mut position = from;
        // Exactly to the head that was asked for: only there is a root to compare with.
        while position < head.size {
            let room = usize::try_from(head.size - position).unwrap_or(PAGE);
            let page = self.register.read(position, room.min(PAGE)).await;
            let page = page.map_err(away)?;
            let unreadable = |what: String| TailFailure::Unreadable {
                head,
                position,
                what,
            };
            if page.is_empty() {
                return Err(unreadable("it is missing".to_owned()));
            }
            for stored in page {
                let record = stored
                    .decode()
                    .map_err(|error| unreadable(error.to_string()))?;
                tail.records.push((record, stored.blob));
            }
            position = from + tail.records.len() as u64;
        }
        Ok(tail)
    }
}

/// Says in the log why the register is about to be lost.
fn tell_trouble(event: &Event) {
    match event {
        Event::Looked(Err(why))
        | Event::LookedUp(Err(why))
        | Event::CaughtUp(Err(TailFailure::Away(why))) => {
            tracing::warn!("the register does not answer: {why}");
        }
        _ => {}
    }
}

/// An error of the store with its cause, for the one line that an operator reads.
fn in_words(error: &comity_register::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// Whether an event, where the writer still follows after it, shows that the state is the register's.
fn says_in_step(event: &Event) -> bool {
    matches!(
        event,
        Event::Looked(Ok(_)) | Event::CaughtUp(Ok(_)) | Event::Appended(Ok(Appended::Committed(_)))
    )
}

/// Says in the log how the node stands now.
pub(crate) fn tell(standing: &Standing) {
    let hint = standing.hint().unwrap_or_default();
    match standing {
        Standing::Following => tracing::warn!("the node follows the register again"),
        Standing::CutOff => tracing::warn!(
            hint,
            "the node is cut off from the register; it serves what it holds and takes no acts"
        ),
        Standing::Stopped(why) => {
            tracing::error!(hint, "the node stopped and takes no acts: {why}");
        }
        Standing::Halted(why) => tracing::error!(hint, "the node halted and takes no acts: {why}"),
    }
}
