use std::collections::BTreeMap;
use std::sync::Arc;

use comity_conference::{Command, Context, Origin, Rejection, decide};
use comity_policy::{Action, Resource, Seat, may};
use comity_register::merkle::{inclusion_proof, leaf};
use comity_register::{Checkpoint, CommandId, Hash, Head, Register};
use comity_view::{Date, Language, Lens, Snapshot, View};
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};

use crate::driver::{Driver, InStep, PAGE, Pace, Published, Reply, tell};
use crate::{
    Chance, Error, Instants, Refusal, Request, Settled, Standing, State, Ticket, Writer, codec,
};

/// The live registrar of a node: hands commands to the writer, carries its effects out, and opens views.
#[derive(Debug, Clone)]
pub struct Registrar {
    register: Arc<dyn Register>,
    instants: Instants,
    commands: mpsc::Sender<(Request, Reply)>,
    published: watch::Receiver<Published>,
    in_step: InStep,
}

/// A record as its reader may take it away: the bytes and what vouches for them.
#[derive(Debug, Clone)]
pub struct SealedRecord {
    /// The record, byte for byte.
    pub blob: Vec<u8>,
    /// Its hash as a leaf of the tree.
    pub leaf: Hash,
    /// The proof that it is in the public tree; absent until the public checkpoint has moved past it.
    pub proof: Option<Proof>,
}

/// That a leaf is in a tree.
#[derive(Debug, Clone)]
pub struct Proof {
    pub position: u64,
    pub head: Head,
    pub path: Vec<Hash>,
}

impl Registrar {
    /// Replays the register, checks its root, and starts the writer.
    ///
    /// At a record that only a later program understands it stops, serves what comes before it, and takes no acts.
    ///
    /// # Errors
    /// A register that cannot be read, or whose records do not add up to its root.
    pub async fn open(
        register: Arc<dyn Register>,
        instants: Instants,
        chance: Arc<dyn Chance>,
        progress: impl FnMut(u64, u64),
    ) -> Result<Self, Error> {
        Self::open_at(register, instants, chance, Pace::default(), progress).await
    }

    /// As [`open`](Self::open), at another pace.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_at(
        register: Arc<dyn Register>,
        instants: Instants,
        chance: Arc<dyn Chance>,
        pace: Pace,
        progress: impl FnMut(u64, u64),
    ) -> Result<Self, Error> {
        let asked_at = instants.system.now();
        let (state, standing) = replay(register.as_ref(), progress).await?;
        // A state that stopped is as of its last act: when the next one was entered, nobody needs to know.
        let as_of = match standing {
            Standing::Following => asked_at,
            _ => state.conference.last_at.unwrap_or(asked_at),
        };
        let in_step = InStep::at(as_of);
        let (commands, inbox) = mpsc::channel(1_024);
        let (publish, published) = watch::channel(Published::new(state.clone(), standing.clone()));
        let driver = Driver {
            register: Arc::clone(&register),
            instants: instants.clone(),
            chance,
            writer: Writer::new(state, standing),
            publish,
            replies: BTreeMap::new(),
            next_ticket: 0,
            pace,
            in_step: in_step.clone(),
        };
        tokio::spawn(driver.run(inbox));
        Ok(Self {
            register,
            instants,
            commands,
            published,
            in_step,
        })
    }

    /// Hands in a command and waits until it is durable or refused. Sent again under the same id, it is answered with
    /// the acts that it made.
    ///
    /// # Errors
    /// Not permitted, not in order, or the register could not take it.
    pub async fn submit(
        &self,
        seat: Seat,
        id: CommandId,
        command: Command,
    ) -> Result<Settled, Refusal> {
        let (reply, answer) = oneshot::channel();
        let request = Request {
            ticket: Ticket(0),
            seat,
            id,
            command,
            attempts: 0,
        };
        let stopped = || Refusal::Unavailable("the writer has stopped".to_owned());
        self.commands
            .send((request, reply))
            .await
            .map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// How many acts a command would make on the present state. Nothing is entered.
    ///
    /// # Errors
    /// It is not in order.
    pub fn rehearse(&self, command: &Command) -> Result<usize, Rejection> {
        let state = self.state();
        let context = Context {
            now: self.instants.conference.now(),
        };
        decide(&state.conference, state.rules.as_deref(), command, &context).map(|acts| acts.len())
    }

    /// The state as of the last commit.
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.published.borrow().state)
    }

    /// What readers see as of the last commit; absent before rules are adopted.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.published.borrow().snapshot.clone()
    }

    /// How the node stands to its register.
    pub fn standing(&self) -> Standing {
        self.published.borrow().standing.clone()
    }

    /// The last instant, by the machine's clock, at which the state was known to be that of the register.
    pub fn as_of(&self) -> Timestamp {
        self.in_step.instant()
    }

    /// How long ago that was.
    pub fn tail_lag(&self) -> std::time::Duration {
        let lag = self.instants.system.now().duration_since(self.as_of());
        lag.try_into().unwrap_or_default()
    }

    /// Waits for the next published state or standing.
    pub async fn changed(&mut self) -> Result<(), Error> {
        self.published.changed().await.map_err(|_| Error::Stopped)
    }

    /// The conference's today, in universal time.
    pub fn today(&self) -> Date {
        jiff::tz::Offset::UTC
            .to_datetime(self.instants.conference.now())
            .date()
    }

    /// What a seat sees. `None` before rules are adopted.
    pub fn view(&self, seat: Seat, language: Language, on: Option<Date>) -> Option<View> {
        Some(View::open(
            self.snapshot()?,
            Lens {
                seat,
                language,
                today: self.today(),
                on,
            },
        ))
    }

    /// The record of an act, for a seat that may see that act.
    ///
    /// # Errors
    /// A register that cannot be read.
    pub async fn record(&self, seat: Seat, act: &str) -> Result<Option<SealedRecord>, Error> {
        let Ok(id) = act.parse() else { return Ok(None) };
        let Some(stored) = self.register.by_act(&id).await? else {
            return Ok(None);
        };
        let entered = codec::open(&stored.decode()?)?;
        // What was recorded from a published source, and the rules, are published; an enacted act's class comes with
        // the acts that are enacted.
        let class = match (&entered.act.origin, entered.position) {
            (Origin::Recorded(_), _) | (Origin::Enacted, 0) => Resource::Published,
            (Origin::Enacted, _) => Resource::Register,
        };
        if !may(seat, Action::Read, class).allowed {
            return Ok(None);
        }
        let proof = self.proof(stored.position).await?;
        Ok(Some(SealedRecord {
            leaf: leaf(&stored.blob),
            blob: stored.blob,
            proof,
        }))
    }

    /// The checkpoint that the public gets: it moves once a day, at midnight by the conference's clock, so that its
    /// movement does not betray an act. Until the first midnight it stands after the acts with which the register began.
    ///
    /// # Errors
    /// A register that cannot be read.
    pub async fn public_checkpoint(&self) -> Result<Checkpoint, Error> {
        let state = self.state();
        let size = public_size(&state, self.today());
        let leaves = self.leaves(size).await?;
        let head = Head {
            size,
            root: comity_register::merkle::root(&leaves),
        };
        let register = state
            .conference
            .rules
            .as_ref()
            .map_or("", |(_, rules)| rules.register.as_str());
        let process = state
            .rules
            .as_ref()
            .map_or("", |rules| rules.process.id.as_str());
        let kind = if state.demo { "demo" } else { "register" };
        Checkpoint::new(&format!("{process}/{kind}/{register}"), head).map_err(|error| {
            Error::Form {
                position: 0,
                what: error.to_string(),
            }
        })
    }

    async fn proof(&self, position: u64) -> Result<Option<Proof>, Error> {
        let size = public_size(&self.state(), self.today());
        if position >= size {
            return Ok(None);
        }
        let leaves = self.leaves(size).await?;
        let head = Head {
            size,
            root: comity_register::merkle::root(&leaves),
        };
        Ok(inclusion_proof(&leaves, position).map(|path| Proof {
            position,
            head,
            path,
        }))
    }

    async fn leaves(&self, size: u64) -> Result<Vec<Hash>, Error> {
        let mut leaves = Vec::new();
        while (leaves.len() as u64) < size {
            let page = self.register.read(leaves.len() as u64, PAGE).await?;
            if page.is_empty() {
                return Err(Error::Root { size });
            }
            leaves.extend(page.iter().map(|stored| leaf(&stored.blob)));
        }
        leaves.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(leaves)
    }
}

/// The state that a register adds up to, as far as this program understands it.
async fn replay(
    register: &dyn Register,
    mut progress: impl FnMut(u64, u64),
) -> Result<(State, Standing), Error> {
    let head = register.head().await?;
    let mut state = State::default();
    while state.head().size < head.size {
        for stored in register.read(state.head().size, PAGE).await? {
            if let Err(error) = state.take(&stored.decode()?, &stored.blob) {
                let standing = Standing::Stopped(error.unknown().ok_or(error)?);
                tell(&standing);
                return Ok((state, standing));
            }
        }
        progress(state.head().size, head.size);
    }
    // Others may have appended meanwhile: the root of the size that was asked for is what must agree, and a longer
    // state is compared when the tail catches up.
    if state.head().size == head.size && state.head() != head {
        return Err(Error::Root { size: head.size });
    }
    Ok((state, Standing::Following))
}

/// How many acts the public checkpoint covers on a day.
fn public_size(state: &State, today: Date) -> u64 {
    let midnight = jiff::tz::Offset::UTC
        .to_timestamp(today.at(0, 0, 0, 0))
        .expect("a day of the conference is within the calendar");
    let acts = &state.conference.acts;
    let before = acts
        .iter()
        .take_while(|line| line.recorded_at < midnight)
        .count();
    let began = acts
        .iter()
        .enumerate()
        .take_while(|(index, line)| *index == 0 || line.provenance.is_some())
        .count();
    // From the first midnight on only a midnight moves it, whatever is entered meanwhile.
    let size = if before > 0 { before } else { began };
    size as u64
}
