//! Several whole registrars over one register in memory, in rough weather, by the clock of the simulation: delays, a register
//! that is away, commits of unknown outcome that come through late or never, nodes that are cut off and nodes that crash and
//! begin again. [`simulation`](../simulation.rs) drives the pure writer; here the driver around it runs too, with its tasks,
//! timers and channels. A seed is a history: `COMITY_SEED=n cargo test -p comity-registrar --test nodes` runs that one again.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use comity_record::{RecordFile, read};
use comity_register::{
    Appended, Commit, Error, Head, Indexed, MemoryRegister, Register, Sealed, Stored, Stretches,
    verify,
};
use comity_registrar::{
    ActId, Chance, Clock, Command, CommandId, Instants, OnDifference, Pace, Refusal, Registrar,
    Row, Seat, Standing,
};
use comity_rules::Rules;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");
/// Seeds of one run; `./check` takes more by `COMITY_SEEDS`.
const SEEDS: u64 = 20;
/// How many of the seeds of `./check` are run here: each takes longer than one of the pure writer.
const SEEDS_SHARE: u64 = 10;
const NODES: usize = 3;
const PARTIES: usize = 10;
/// How long the weather is rough, by the clock of the simulation.
const ROUGH: Duration = Duration::from_secs(40);

type Answer<'a, T> = BoxFuture<'a, Result<T, Error>>;

/// A small generator with a state that can be printed: SplitMix64.
#[derive(Debug)]
struct Dice(Mutex<u64>);

impl Dice {
    fn below(&self, end: u64) -> u64 {
        let mut state = self.0.lock().unwrap();
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }

    fn one_in(&self, chance: u64) -> bool {
        self.below(chance) == 0
    }
}

/// What all nodes share.
#[derive(Debug)]
struct World {
    disk: MemoryRegister,
    dice: Dice,
    rough: AtomicBool,
    ids: AtomicU64,
    began: Instant,
    /// By how much the clock is wrong, in milliseconds.
    wrong: AtomicI64,
    readers: Mutex<Vec<JoinHandle<()>>>,
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        let passed = i64::try_from(self.began.elapsed().as_millis()).unwrap();
        let now = 1_318_680_000_000 + passed + self.wrong.load(Ordering::Relaxed);
        Timestamp::from_millisecond(now).unwrap()
    }
}

impl Chance for World {
    fn bytes(&self) -> [u8; 16] {
        u128::from(self.ids.fetch_add(1, Ordering::Relaxed)).to_be_bytes()
    }
}

/// The register as one node reaches it.
#[derive(Debug, Clone)]
struct Way {
    world: Arc<World>,
    cut: Arc<AtomicBool>,
    /// The process is gone: whatever was on its way goes no further.
    dead: Arc<AtomicBool>,
}

fn away(doing: &'static str) -> Error {
    let source = "the register is away".into();
    Error::Store { doing, source }
}

impl Way {
    /// Lets time pass, and says whether the register was reached.
    async fn travel(&self, doing: &'static str) -> Result<(), Error> {
        let dice = &self.world.dice;
        if self.dead.load(Ordering::Relaxed) {
            return std::future::pending().await;
        }
        if self.world.rough.load(Ordering::Relaxed) {
            sleep(Duration::from_millis(dice.below(60))).await;
            if dice.one_in(14) {
                return Err(away(doing));
            }
        }
        if self.cut.load(Ordering::Relaxed) {
            return Err(away(doing));
        }
        Ok(())
    }

    async fn commit(&self, expected: Head, records: Vec<Sealed>) -> Result<Appended, Error> {
        self.travel("append").await?;
        let world = Arc::clone(&self.world);
        if !world.rough.load(Ordering::Relaxed) || !world.dice.one_in(6) {
            let outcome = world.disk.append_sealed(expected, records).await;
            self.travel("hear the answer")
                .await
                .map_err(|source| Error::OutcomeUnknown {
                    source: source.into(),
                })?;
            return outcome;
        }
        // The connection is cut in the middle: it is in the register, or never will be, or comes through later.
        match world.dice.below(3) {
            0 => drop(world.disk.append_sealed(expected, records).await),
            1 => {
                let late = Duration::from_millis(world.dice.below(3_000));
                tokio::spawn(async move {
                    sleep(late).await;
                    let _ = world.disk.append_sealed(expected, records).await;
                });
            }
            _ => {}
        }
        if self.world.dice.one_in(3) {
            self.cut.store(true, Ordering::Relaxed);
        }
        Err(Error::OutcomeUnknown {
            source: "the connection was cut".into(),
        })
    }
}

/// Each question travels first, and is then asked of the disk.
macro_rules! asked {
    ($self:ident, $doing:literal, $question:expr) => {
        Box::pin(async move {
            $self.travel($doing).await?;
            $question.await
        })
    };
}

impl Register for Way {
    fn head(&self) -> Answer<'_, Head> {
        asked!(self, "read the head", self.world.disk.head())
    }

    fn read(&self, from: u64, limit: usize) -> Answer<'_, Vec<Stored>> {
        asked!(self, "read", self.world.disk.read(from, limit))
    }

    fn read_indexed(&self, from: u64, limit: usize) -> Answer<'_, Vec<Indexed>> {
        asked!(self, "read", self.world.disk.read_indexed(from, limit))
    }

    fn append_sealed(&self, expected: Head, records: Vec<Sealed>) -> Answer<'_, Appended> {
        Box::pin(self.commit(expected, records))
    }

    fn fill<'a>(&'a self, history: &'a mut dyn Stretches) -> Answer<'a, Head> {
        self.world.disk.fill(history)
    }

    fn by_command<'a>(&'a self, command: &'a CommandId) -> Answer<'a, Vec<Stored>> {
        asked!(self, "look up", self.world.disk.by_command(command))
    }

    fn by_commands<'a>(&'a self, commands: &'a [CommandId]) -> Answer<'a, Vec<Vec<Stored>>> {
        asked!(self, "look up", self.world.disk.by_commands(commands))
    }

    fn by_act<'a>(&'a self, act: &'a comity_register::ActId) -> Answer<'a, Option<Stored>> {
        asked!(self, "look up", self.world.disk.by_act(act))
    }

    fn commits(&self, from_size: u64, limit: usize) -> Answer<'_, Vec<Commit>> {
        asked!(self, "read", self.world.disk.commits(from_size, limit))
    }

    fn grown_past(&self, size: u64) -> Answer<'_, Head> {
        asked!(self, "wait", self.world.disk.grown_past(size))
    }
}

/// A node that may crash and begin again.
struct Node {
    way: Way,
    registrar: Registrar,
}

impl Node {
    async fn begin(world: &Arc<World>) -> Self {
        let way = Way {
            world: Arc::clone(world),
            cut: Arc::default(),
            dead: Arc::default(),
        };
        let instants = Instants {
            conference: Arc::clone(world) as Arc<dyn Clock>,
            system: Arc::clone(world) as Arc<dyn Clock>,
        };
        let pace = Pace {
            look: Duration::from_millis(200),
        };
        // The program is started again until the register answers.
        loop {
            let register: Arc<dyn Register> = Arc::new(way.clone());
            let chance = Arc::clone(world) as Arc<dyn Chance>;
            let opened =
                Registrar::open_at(register, instants.clone(), chance, pace, |_, _| {}).await;
            if let Ok(registrar) = opened {
                let reader = tokio::spawn(follow(registrar.clone(), Arc::clone(world)));
                world.readers.lock().unwrap().push(reader);
                return Self { way, registrar };
            }
        }
    }
}

/// A reader at a node: what it is shown only grows, and is always the beginning of what is durable.
async fn follow(mut registrar: Registrar, world: Arc<World>) {
    let mut seen = Head::empty();
    loop {
        let head = registrar.state().head();
        assert!(head.size >= seen.size, "{head} after {seen}");
        if head.size > 0 {
            let commit = world.disk.commits(head.size, 1).await.unwrap();
            assert_eq!(commit, [head], "what is shown is durable");
        }
        let standing = registrar.standing();
        assert!(
            matches!(standing, Standing::Following | Standing::CutOff),
            "there is one history only: {standing}"
        );
        seen = head;
        if registrar.changed().await.is_err() {
            return;
        }
    }
}

/// A command as its sender sees it.
struct Errand {
    id: CommandId,
    command: Command,
    acknowledged: Option<Vec<ActId>>,
    /// Its sender was told that it may be there, or was not answered.
    in_doubt: bool,
    /// Its last sending was refused as one of which nothing was entered.
    refused: bool,
}

/// Whoever was told that nothing was entered has nothing in the register, also not later.
async fn check_refused(world: &World, errand: &Errand) {
    if errand.refused && errand.acknowledged.is_none() && !errand.in_doubt {
        let entered = acts_of(world, &errand.id).await;
        assert_eq!(entered, 0, "told that nothing was entered: {}", errand.id);
    }
}

fn errands() -> Vec<Errand> {
    let errand = |id: String, command| Errand {
        id: id.parse().unwrap(),
        command,
        acknowledged: None,
        in_doubt: false,
        refused: false,
    };
    let adopt = Command::AdoptRules {
        rules: Arc::new(Rules::parse(RULES).unwrap()),
        documents: Default::default(),
        register: "simulated".into(),
        demo: false,
    };
    let mut all = vec![errand("rules".to_owned(), adopt)];
    let mut text = String::from(
        "[[source]]\nid = \"book\"\nlines = \"1\"\ntitle = { en = \"A\", es = \"A\" }\npublisher = { en = \"A\", es = \"A\" }\npublished = \"2011\"\nsummary = { en = \"A\", es = \"A\" }\n",
    );
    for number in 0..PARTIES {
        text.push_str(&format!("[[party]]\nid = \"p{number}\"\nkind = \"member\"\nlines = \"1\"\nname = {{ en = \"{number}\", es = \"{number}\" }}\n"));
    }
    let file = RecordFile {
        name: "rows.toml",
        text: &text,
    };
    let rows: Vec<Row> = read(&[file], "book")
        .unwrap()
        .into_iter()
        .map(|row| row.row)
        .collect();
    for (number, row) in rows[1..].iter().enumerate() {
        // Each enters the source too: whoever comes first makes that act, the others find it made.
        let command = Command::RecordFacts {
            rows: vec![rows[0].clone(), row.clone()],
            on_difference: OnDifference::Refuse,
        };
        all.push(errand(format!("party-{number}"), command));
    }
    all
}

async fn acts_of(world: &World, id: &CommandId) -> usize {
    world.disk.by_command(id).await.unwrap().len()
}

/// Sends a command and takes its answer down.
async fn send(world: &World, errand: &mut Errand, registrar: &Registrar) {
    check_refused(world, errand).await;
    let patience = Duration::from_millis(50 + world.dice.below(20_000));
    let (id, command) = (errand.id.clone(), errand.command.clone());
    let sent = registrar.submit(Seat::Operator, id, command);
    match tokio::time::timeout(patience, sent).await {
        Err(_) | Ok(Err(Refusal::Unsettled(_))) => errand.in_doubt = true,
        Ok(Err(_)) => {
            errand.refused = true;
            check_refused(world, errand).await;
        }
        Ok(Ok(settled)) => {
            let before = errand
                .acknowledged
                .get_or_insert_with(|| settled.acts.clone());
            // A command that made no acts may be asked again; one that made some is answered with the same.
            if !before.is_empty() {
                assert_eq!(*before, settled.acts, "the same command, the same acts");
                assert_eq!(acts_of(world, &errand.id).await, settled.acts.len());
            }
        }
    }
}

async fn history(seed: u64) {
    let world = Arc::new(World {
        disk: MemoryRegister::new(),
        dice: Dice(Mutex::new(seed)),
        rough: AtomicBool::new(true),
        ids: AtomicU64::new(1),
        began: Instant::now(),
        wrong: AtomicI64::new(0),
        readers: Mutex::default(),
    });
    let mut nodes = Vec::new();
    for _ in 0..NODES {
        nodes.push(Node::begin(&world).await);
    }
    let mut errands = errands();
    let dice = &world.dice;
    while world.began.elapsed() < ROUGH {
        let node = dice.below(NODES as u64) as usize;
        match dice.below(10) {
            // The process is gone with whatever was on its way; those who waited are not answered.
            0 if dice.one_in(3) => {
                nodes[node].way.dead.store(true, Ordering::Relaxed);
                nodes[node] = Node::begin(&world).await;
            }
            1 => {
                let cut = &nodes[node].way.cut;
                cut.fetch_not(Ordering::Relaxed);
            }
            2 => {
                let wrong = i64::try_from(dice.below(20_000)).unwrap() - 10_000;
                world.wrong.store(wrong, Ordering::Relaxed);
            }
            _ => {
                // Two senders at two nodes at once.
                let other = dice.below(NODES as u64) as usize;
                let one = dice.below(errands.len() as u64) as usize;
                let two = (one + 1) % errands.len();
                let (low, high) = errands.split_at_mut(one.max(two));
                let (first, second) = (&mut low[one.min(two)], &mut high[0]);
                tokio::join!(
                    send(&world, first, &nodes[node].registrar),
                    send(&world, second, &nodes[other].registrar)
                );
            }
        }
        sleep(Duration::from_millis(dice.below(300))).await;
    }
    // The weather clears: what can come late has come, and everybody is asked again until everything is acknowledged.
    world.rough.store(false, Ordering::Relaxed);
    for node in &nodes {
        node.way.cut.store(false, Ordering::Relaxed);
    }
    sleep(Duration::from_secs(5)).await;
    for errand in &mut errands {
        let node = &nodes[world.dice.below(NODES as u64) as usize];
        for _ in 0..100 {
            let settled = errand.acknowledged.is_some();
            send(&world, errand, &node.registrar).await;
            if settled {
                break;
            }
            sleep(Duration::from_millis(100)).await;
        }
        assert!(errand.acknowledged.is_some(), "{}", errand.id);
    }
    sleep(Duration::from_secs(2)).await;
    let head = verify(&world.disk, |_| {}).await.unwrap().head;
    // The rules, the source once, and each party once.
    assert_eq!(head.size as usize, 2 + PARTIES);
    let readers = std::mem::take(&mut *world.readers.lock().unwrap());
    for reader in readers.into_iter().filter(JoinHandle::is_finished) {
        reader.await.unwrap();
    }
    for node in &nodes {
        assert_eq!(node.registrar.state().head(), head, "every node holds it");
        assert_eq!(node.registrar.standing(), Standing::Following);
    }
}

fn number(name: &str) -> Option<u64> {
    #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
    let text = std::env::var(name).ok()?;
    text.parse().ok()
}

#[test]
fn every_seed_gives_one_history_at_whole_nodes() {
    let many = number("COMITY_SEEDS").map_or(SEEDS, |seeds| seeds / SEEDS_SHARE);
    let seeds = number("COMITY_SEED").map_or(0..many, |seed| seed..seed + 1);
    let mut run = 0;
    for seed in seeds {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            runtime.block_on(history(seed));
        }));
        assert!(
            outcome.is_ok(),
            "seed {seed} fails; run it again with COMITY_SEED={seed} cargo test -p comity-registrar --test nodes"
        );
        run += 1;
    }
    println!(
        "{run} seeds, {NODES} nodes, {} s of rough weather each",
        ROUGH.as_secs()
    );
}
