use std::collections::BTreeMap;
use std::sync::Arc;

use comity_register::{CommandId, Head, Record, Register, Stored};
use comity_view::Snapshot;
use tokio::sync::{mpsc, oneshot, watch};

use crate::writer::AppendFailure;
use crate::{
    Chance, Effect, Error, Event, Instants, Refusal, Request, Settled, State, Ticket, World,
    Writer, codec,
};

/// How many records are read at once.
pub(crate) const PAGE: usize = 1_000;

/// What readers get, made once for each commit.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    pub(crate) state: Arc<State>,
    /// Absent before rules are adopted.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
}

impl Published {
    pub(crate) fn new(state: State) -> Self {
        Self {
            snapshot: state.snapshot().map(Arc::new),
            state: Arc::new(state),
        }
    }
}

pub(crate) type Reply = oneshot::Sender<Result<Settled, Refusal>>;

/// Carries the writer's effects out, one after another.
pub(crate) struct Driver {
    pub(crate) register: Arc<dyn Register>,
    pub(crate) instants: Instants,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) writer: Writer,
    pub(crate) publish: watch::Sender<Published>,
    pub(crate) replies: BTreeMap<Ticket, Reply>,
    pub(crate) next_ticket: u64,
}

impl Driver {
    pub(crate) async fn run(mut self, mut inbox: mpsc::Receiver<(Request, Reply)>) {
        loop {
            let known = self.writer.state().head().size;
            let event = tokio::select! {
                received = inbox.recv() => match received {
                    Some((request, reply)) => self.submitted(request, reply),
                    None => return,
                },
                grown = self.register.grown_past(known) => match grown {
                    Ok(_) => Event::Behind,
                    Err(error) => {
                        tracing::warn!(%error, "the register cannot be followed; trying again");
                        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                        continue;
                    }
                },
            };
            // Whatever else waits goes into the same batch.
            let mut events = vec![event];
            while let Ok((request, reply)) = inbox.try_recv() {
                events.push(self.submitted(request, reply));
            }
            self.drive(events).await;
        }
    }

    fn submitted(&mut self, mut request: Request, reply: Reply) -> Event {
        request.ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        self.replies.insert(request.ticket, reply);
        Event::Submitted(request)
    }

    /// Steps the writer until it wants nothing more. Events that came together are all stepped before anything is
    /// carried out, so that commands that waited share a batch.
    async fn drive(&mut self, mut events: Vec<Event>) {
        while !events.is_empty() {
            let mut effects = Vec::new();
            for event in events.drain(..) {
                let world = World {
                    now: self.instants.conference.now(),
                    chance: self.chance.as_ref(),
                };
                effects.extend(self.writer.step(event, &world));
            }
            for effect in effects {
                events.extend(self.carry_out(effect).await);
            }
        }
    }

    async fn carry_out(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::LookUp(ids) => Some(Event::LookedUp(self.look_up(&ids).await)),
            Effect::Append { expected, records } => {
                Some(Event::Appended(self.append(expected, records).await))
            }
            Effect::CatchUp { from } => Some(Event::CaughtUp(
                self.read_on(from).await.map_err(|error| error.to_string()),
            )),
            Effect::Publish(state) => {
                self.publish.send_replace(Published::new(*state));
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
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let records = self
                .register
                .by_command(id)
                .await
                .map_err(|error| error.to_string())?;
            let acts = records
                .iter()
                .map(|stored| Ok(codec::open(&stored.decode()?)?.id))
                .collect::<Result<_, Error>>();
            found.push(acts.map_err(|error| error.to_string())?);
        }
        Ok(found)
    }

    async fn append(
        &self,
        expected: Head,
        records: Vec<Record>,
    ) -> Result<comity_register::Appended, AppendFailure> {
        self.register
            .append(expected, records)
            .await
            .map_err(|error| match error {
                comity_register::Error::OutcomeUnknown { .. } => AppendFailure::OutcomeUnknown,
                other => AppendFailure::Refused(other.to_string()),
            })
    }

    async fn read_on(&self, from: u64) -> Result<Vec<(Record, Vec<u8>)>, Error> {
        let mut records: Vec<(Record, Vec<u8>)> = Vec::new();
        loop {
            let page: Vec<Stored> = self
                .register
                .read(from + records.len() as u64, PAGE)
                .await?;
            if page.is_empty() {
                return Ok(records);
            }
            for stored in page {
                records.push((stored.decode()?, stored.blob));
            }
        }
    }
}
