use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use comity_conference::{ActId, Command, Context, Rejection, decide};
use comity_policy::{Action, Seat, may};
use comity_register::merkle::leaf;
use comity_register::{CommandId, Hash, Head, Register, Stored};
use comity_view::{Date, Inside, Language, Lens, Snapshot, View};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, oneshot, watch};

use crate::capacity::Standpoint;
use crate::driver::{Driver, InStep, Pace, Published, Reply};
use crate::evidence::Signed;
use crate::keys::Keyring;
use crate::measures::{Counts, Measures};
use crate::replay::replay;
use crate::state::class;
use crate::{
    Capacity, Chance, Courts, Error, Instants, Refusal, Request, Settled, Standing, State, Ticket,
    Writer, codec,
};

/// How many digits of a root are a mark.
const MARK_DIGITS: usize = 32;

/// How many acts back a mark is looked for: a browser keeps one for seconds.
const MARK_ACTS: u64 = 2_000;

/// A node that follows looked at its register less than this long ago.
const SETTLES_IN: SignedDuration = SignedDuration::from_secs(10);

/// The live registrar of a node: hands commands to the writer, carries its effects out, and opens views.
#[derive(Debug, Clone)]
pub struct Registrar {
    pub(crate) register: Arc<dyn Register>,
    pub(crate) instants: Instants,
    commands: mpsc::Sender<(Request, Reply)>,
    published: watch::Receiver<Published>,
    in_step: InStep,
    pub(crate) keyring: Arc<dyn Keyring>,
    pub(crate) signed: Arc<Mutex<Option<Signed>>>,
    counts: Arc<Counts>,
}

/// How a registrar is opened.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    pub pace: Pace,
    /// What reads policies; without it only the floor holds, and nobody has a seat.
    pub courts: Option<Arc<dyn Courts>>,
}

impl From<Pace> for Opening {
    fn from(pace: Pace) -> Self {
        Self { pace, courts: None }
    }
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
        opening: impl Into<Opening>,
        progress: impl FnMut(u64, u64),
    ) -> Result<Self, Error> {
        let counts = Arc::new(Counts::default());
        let asked_at = instants.system.now();
        let Opening { pace, courts } = opening.into();
        let begun = State {
            courts,
            ..State::default()
        };
        let (state, standing) = replay(Arc::clone(&register), begun, progress).await?;
        // A state that stopped is as of its last act that anybody may see: when another was entered, nobody needs to know.
        let as_of = match standing {
            Standing::Following => asked_at,
            _ => state.open_at.unwrap_or(asked_at),
        };
        let in_step = InStep::at(as_of);
        let (commands, inbox) = mpsc::channel(1_024);
        let (publish, published) = watch::channel(Published::new(state.clone(), standing.clone()));
        let driver = Driver {
            register: Arc::clone(&register),
            counts: Arc::clone(&counts),
            instants: instants.clone(),
            chance,
            writer: Writer::new(state, standing),
            publish,
            replies: BTreeMap::new(),
            next_ticket: 0,
            pace,
            in_step: in_step.clone(),
            appending: None,
        };
        tokio::spawn(driver.run(inbox));
        Ok(Self {
            register,
            instants,
            commands,
            published,
            in_step,
            keyring: Arc::new(Vec::new()),
            signed: Arc::default(),
            counts,
        })
    }

    /// Hands in a command and waits until it is durable or refused. Sent again under the same id, it is answered with
    /// the acts that it made.
    ///
    /// # Errors
    /// Not permitted, not in order, or the register could not take it.
    pub async fn submit(
        &self,
        capacity: impl Into<Capacity>,
        id: CommandId,
        command: Command,
    ) -> Result<Settled, Refusal> {
        // Before the queue: the driver may be waiting for a database that does not answer.
        let standing = self.standing();
        if !standing.takes_acts() {
            return Err(Refusal::NotFollowing { standing });
        }
        let (reply, answer) = oneshot::channel();
        let request = Request::new(Ticket(0), capacity.into(), id, command);
        let stopped = || "the writer has stopped".to_owned();
        self.commands
            .send((request, reply))
            .await
            .map_err(|_| Refusal::Unavailable(stopped()))?;
        // It may have been on its way.
        answer.await.map_err(|_| Refusal::Unsettled(stopped()))?
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

    /// As of when whoever follows may say that it is: in whole minutes, and moved by the clock alone. The instant itself moves
    /// with each act, also with one that not everybody may know of.
    pub fn as_of_told(&self) -> Timestamp {
        let settled = self.instants.system.now() - SETTLES_IN;
        let told = self.as_of().min(settled).as_second().div_euclid(60) * 60;
        Timestamp::from_second(told).unwrap_or(settled)
    }

    /// How long ago the state was last known to be that of the register.
    pub fn tail_lag(&self) -> std::time::Duration {
        let lag = self.instants.system.now().duration_since(self.as_of());
        lag.try_into().unwrap_or_default()
    }

    /// What was counted of the register since the start, for a monitor.
    pub fn measures(&self) -> Measures {
        self.counts.read()
    }

    /// A mark of the state: part of its root. It does not tell how many acts there are, closed ones among them.
    pub fn mark(&self) -> String {
        let mut root = self.state().head().root.to_string();
        root.truncate(MARK_DIGITS);
        root
    }

    /// Whether this node has come past the state that a mark was made of, at this node or another, not long ago.
    ///
    /// # Errors
    /// The register cannot be read.
    pub async fn has_passed(&self, mark: &str) -> Result<bool, Error> {
        if mark.len() != MARK_DIGITS {
            return Ok(true);
        }
        let size = self.state().head().size;
        let from = size.saturating_sub(MARK_ACTS);
        let commits = self.register.commits(from, MARK_ACTS as usize).await?;
        let mut held = commits.iter().filter(|commit| commit.size <= size);
        Ok(held.any(|commit| commit.root.to_string().starts_with(mark)))
    }

    /// Waits for the next published state or standing.
    pub async fn changed(&mut self) -> Result<(), Error> {
        self.published.changed().await.map_err(|_| Error::Stopped)
    }

    /// What the conference's clock shows.
    pub fn now(&self) -> Timestamp {
        self.instants.conference.now()
    }

    /// The conference's today, in universal time.
    pub fn today(&self) -> Date {
        jiff::tz::Offset::UTC
            .to_datetime(self.instants.conference.now())
            .date()
    }

    /// What a seat sees. `None` before rules are adopted.
    pub fn view(&self, seat: Seat, language: Language, on: Option<Date>) -> Option<View> {
        Some(self.view_of(self.snapshot()?, seat, language, on))
    }

    fn view_of(
        &self,
        mut snapshot: Arc<Snapshot>,
        seat: Seat,
        language: Language,
        on: Option<Date>,
    ) -> View {
        if seat == Seat::Public {
            // Where the register stands now would betray a closed act.
            let Head { size, root } = self.public_head();
            let told = Snapshot::clone(&snapshot);
            let root = root.to_string();
            snapshot = Arc::new(Snapshot { size, root, ..told });
        }
        View::open(
            snapshot,
            Lens {
                seat,
                language,
                today: self.today(),
                on,
            },
        )
    }

    /// What somebody sees from a seat that they hold, at this instant. `None` where nobody holds it, or there are no policies.
    pub fn inside(&self, filled: ActId, language: Language) -> Option<Inside> {
        // Both of one commit: what is seen and by which rights.
        let (state, snapshot) = {
            let published = self.published.borrow();
            (Arc::clone(&published.state), published.snapshot.clone()?)
        };
        let now = self.instants.conference.now();
        let standpoint = Standpoint::of(&state, filled.into(), now)?;
        let judge = Arc::clone(state.judge.as_ref()?);
        let view = self.view_of(snapshot, Seat::Public, language, None);
        Some(Inside::open(view, filled, standpoint.rights, judge, now))
    }

    /// The seats that a person holds at this instant, each by the act that filled it.
    pub fn seats_of(&self, person: &str) -> Vec<ActId> {
        let state = self.state();
        let now = self.instants.conference.now();
        let held = state.conference.held_seats(now);
        held.filter(|(_, holding)| holding.filled.person.as_str() == person)
            .map(|(act, _)| act)
            .collect()
    }

    /// The record of an act, for a seat that may see that act.
    ///
    /// # Errors
    /// A register that cannot be read.
    pub async fn record(&self, seat: Seat, act: &str) -> Result<Option<SealedRecord>, Error> {
        let Some(stored) = self.visible(seat, act).await? else {
            return Ok(None);
        };
        let head = self.public_head();
        let proof = if stored.position < head.size {
            Some(Proof {
                position: stored.position,
                head,
                path: self.path(stored.position, head).await?,
            })
        } else {
            None
        };
        Ok(Some(SealedRecord {
            leaf: leaf(&stored.blob),
            blob: stored.blob,
            proof,
        }))
    }

    /// The record of an act, if the seat may see that act.
    pub(crate) async fn visible(&self, seat: Seat, act: &str) -> Result<Option<Stored>, Error> {
        let Ok(id) = act.parse() else { return Ok(None) };
        // Out of reach, or perhaps of another history.
        if !self.standing().takes_acts() {
            return Err(Error::NotFollowing);
        }
        let Some(stored) = self.register.by_act(&id).await? else {
            return Ok(None);
        };
        let entered = codec::open(&stored.decode()?)?;
        let allowed = may(seat, Action::Read, class(&entered.act)).allowed;
        Ok(allowed.then_some(stored))
    }
}
