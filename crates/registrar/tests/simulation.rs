//! Several nodes over one register, driven by a seeded scheduler through crashes, lost races, delayed tails, unknown
//! outcomes, nodes cut off and healed, and restarts. Nothing here runs at random: a seed is a history, and `COMITY_SEED=n cargo test -p comity-registrar --test
//! simulation` runs that one again.
//!
//! What must hold for every seed: one history, no gap, no act twice, every acknowledged act present, replay equals live,
//! what the tail saw is what a reader reads, no node takes its own register for another history, and a node that is cut
//! off answers at once and follows again when it can.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use comity_record::{RecordFile, read};
use comity_register::merkle::{Frontier, leaf};
use comity_register::{Appended, Head, Record, Sealed};
use comity_registrar::{
    AppendFailure, Chance, Command, CommandId, Effect, Event, OnDifference, Refusal, Request, Row,
    Seat, Standing, State, Tail, TailFailure, Ticket, World, Writer,
};
use comity_rules::Rules;

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");

/// Seeds of one run; `./check` takes more by `COMITY_SEEDS`.
const SEEDS: u64 = 200;
const NODES: usize = 3;
const STEPS: usize = 120;

/// A small generator with a state that can be printed: SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn one_in(&mut self, chance: usize) -> bool {
        self.below(chance) == 0
    }
}

#[derive(Debug)]
struct Ids(AtomicU64);

impl Chance for Ids {
    fn bytes(&self) -> [u8; 16] {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed)).to_be_bytes()
    }
}

/// The register: what is durable, and nothing else survives a crash.
#[derive(Default)]
struct Disk {
    blobs: Vec<Vec<u8>>,
    commits: Vec<Head>,
    frontier: Frontier,
}

impl Disk {
    fn append(&mut self, expected: Head, records: &[Sealed]) -> Appended {
        if self.frontier.head() != expected {
            return Appended::Moved(self.frontier.head());
        }
        for record in records {
            assert_eq!(
                record.record().position,
                self.blobs.len() as u64,
                "contiguous"
            );
            self.frontier.push(leaf(record.blob()));
            self.blobs.push(record.blob().to_vec());
        }
        self.commits.push(self.frontier.head());
        Appended::Committed(self.frontier.head())
    }

    fn tail(&self, position: u64) -> Tail {
        let next = self.commits.iter().find(|commit| commit.size >= position);
        Tail {
            head: self.frontier.head(),
            next: next.copied(),
            records: self.from(position),
        }
    }

    fn from(&self, position: u64) -> Vec<(Record, Vec<u8>)> {
        let blobs = &self.blobs[usize::try_from(position).unwrap().min(self.blobs.len())..];
        blobs
            .iter()
            .map(|blob| (Record::decode(blob).unwrap(), blob.clone()))
            .collect()
    }

    fn acts_of(&self, command: &CommandId) -> Vec<comity_registrar::ActId> {
        let records = self.from(0);
        let of = records
            .iter()
            .filter(|(record, _)| record.command == *command);
        of.map(|(record, _)| comity_registrar::ActId::new(&record.act.to_string()).unwrap())
            .collect()
    }
}

/// A node: its writer, what is under way, whom it has to answer, and whether the register is out of its reach.
struct Node {
    writer: Writer,
    under_way: VecDeque<Work>,
    asked: BTreeMap<Ticket, usize>,
    cut: bool,
}

/// Something to be carried out, or something that was and whose answer is late.
enum Work {
    Do(Effect),
    Arrive(Event),
}

impl Node {
    fn new(state: State, cut: bool) -> Self {
        Self {
            writer: Writer::new(state, Standing::Following),
            under_way: VecDeque::new(),
            asked: BTreeMap::new(),
            cut,
        }
    }
}

/// One command as its sender sees it.
struct Errand {
    id: CommandId,
    command: Command,
    acknowledged: Option<Vec<comity_registrar::ActId>>,
    /// How often it was sent and has not been answered.
    asked: u32,
    /// An answer said that it may be there, or was lost in a crash.
    in_doubt: bool,
}

impl Errand {
    const fn new(id: CommandId, command: Command) -> Self {
        Self {
            id,
            command,
            acknowledged: None,
            asked: 0,
            in_doubt: false,
        }
    }
}

struct Simulation {
    dice: Dice,
    ids: Ids,
    disk: Disk,
    nodes: Vec<Node>,
    errands: Vec<Errand>,
    next_ticket: u64,
    now: i64,
    /// Commits that reach the register after their sender has given them up.
    late: Vec<(Head, Vec<Sealed>)>,
}

fn replayed(disk: &Disk) -> State {
    let mut state = State::default();
    for (record, blob) in disk.from(0) {
        state.take(&record, leaf(&blob)).unwrap();
    }
    state
}

fn rows() -> Vec<Row> {
    let mut text = String::from(
        "[[source]]\nid = \"book\"\nlines = \"1\"\ntitle = { en = \"A\", es = \"A\" }\npublisher = { en = \"A\", es = \"A\" }\npublished = \"2011\"\nsummary = { en = \"A\", es = \"A\" }\n",
    );
    for letter in 'a'..='h' {
        text.push_str(&format!("[[party]]\nid = \"{letter}\"\nkind = \"member\"\nlines = \"1\"\nname = {{ en = \"{letter}\", es = \"{letter}\" }}\n"));
    }
    read(
        &[RecordFile {
            name: "rows.toml",
            text: &text,
        }],
        "book",
    )
    .unwrap()
    .into_iter()
    .map(|row| row.row)
    .collect()
}

impl Simulation {
    fn new(seed: u64, rules: &Arc<Rules>, rows: &[Row]) -> Self {
        let adopt = Command::AdoptRules {
            rules: Arc::clone(rules),
            documents: Default::default(),
            register: "simulated".into(),
            demo: false,
        };
        let mut errands = vec![Errand::new("rules".parse().unwrap(), adopt)];
        for (index, row) in rows.iter().enumerate() {
            // Each command enters the source too: whoever comes first makes that act, the others find it made.
            let rows = if index == 0 {
                vec![rows[0].clone()]
            } else {
                vec![rows[0].clone(), row.clone()]
            };
            let command = Command::RecordFacts {
                rows,
                on_difference: OnDifference::Refuse,
            };
            errands.push(Errand::new(
                format!("row-{index}").parse().unwrap(),
                command,
            ));
        }
        Self {
            dice: Dice(seed),
            ids: Ids(AtomicU64::new(1)),
            disk: Disk::default(),
            nodes: (0..NODES)
                .map(|_| Node::new(State::default(), false))
                .collect(),
            errands,
            next_ticket: 0,
            now: 1_318_680_000,
            late: Vec::new(),
        }
    }

    fn run(&mut self) {
        for _ in 0..STEPS {
            self.now += i64::try_from(self.dice.below(3)).unwrap() - 1;
            let node = self.dice.below(NODES);
            match self.dice.below(12) {
                0..=2 => self.send(node),
                3 if self.dice.one_in(3) => self.crash(node),
                4 => self.event(node, Event::Behind),
                5 if self.dice.one_in(2) => self.nodes[node].cut = !self.nodes[node].cut,
                6 => self.look(node, Weather::Rough),
                7 if self.dice.one_in(2) => self.arrive_late(),
                _ => self.progress(node),
            }
        }
        while !self.late.is_empty() {
            self.arrive_late();
        }
        for errand in 0..self.errands.len() {
            self.check_refused(errand);
        }
        for node in &mut self.nodes {
            node.cut = false;
        }
        for node in 0..NODES {
            self.settle(node);
        }
        // The weather clears: everybody is asked again until everything is acknowledged.
        for _ in 0..200 {
            if self
                .errands
                .iter()
                .all(|errand| errand.acknowledged.is_some())
            {
                break;
            }
            for node in 0..NODES {
                self.look(node, Weather::Clear);
                self.settle(node);
                self.send_pending(node);
                self.settle(node);
            }
        }
        for node in 0..NODES {
            self.look(node, Weather::Clear);
            self.settle(node);
        }
        self.check();
    }

    fn event(&mut self, node: usize, event: Event) {
        let now = jiff_timestamp(self.now);
        let effects = self.nodes[node].writer.step(
            event,
            &World {
                now,
                chance: &self.ids,
            },
        );
        self.nodes[node]
            .under_way
            .extend(effects.into_iter().map(Work::Do));
    }

    /// Asks where the register stands; the answer may be late.
    fn look(&mut self, node: usize, weather: Weather) {
        let event = Event::Looked(if self.nodes[node].cut {
            Err("the register is away".to_owned())
        } else {
            Ok(self.disk.frontier.head())
        });
        self.arrive(node, event, weather);
    }

    /// An answer comes in, now or later.
    fn arrive(&mut self, node: usize, event: Event, weather: Weather) {
        if weather == Weather::Rough && self.dice.one_in(3) {
            self.nodes[node].under_way.push_back(Work::Arrive(event));
        } else {
            self.event(node, event);
        }
    }

    fn send(&mut self, node: usize) {
        let errand = self.dice.below(self.errands.len());
        self.submit(node, errand);
    }

    fn send_pending(&mut self, node: usize) {
        let pending: Vec<usize> = (0..self.errands.len())
            .filter(|index| self.errands[*index].acknowledged.is_none())
            .collect();
        for errand in pending {
            self.submit(node, errand);
            self.settle(node);
        }
    }

    /// A commit of which nobody heard any more comes through, if it still can.
    fn arrive_late(&mut self) {
        if self.late.is_empty() {
            return;
        }
        let one = self.dice.below(self.late.len());
        let (expected, records) = self.late.swap_remove(one);
        let _ = self.disk.append(expected, &records);
    }

    /// A command whose every sending was refused as one of which nothing was entered is not in the register.
    fn check_refused(&self, errand: usize) {
        let errand = &self.errands[errand];
        if errand.asked == 0 && !errand.in_doubt && errand.acknowledged.is_none() {
            let entered = self.disk.acts_of(&errand.id);
            assert!(
                entered.is_empty(),
                "told that nothing was entered: {}",
                errand.id
            );
        }
    }

    fn submit(&mut self, node: usize, errand: usize) {
        self.check_refused(errand);
        self.errands[errand].asked += 1;
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        self.nodes[node].asked.insert(ticket, errand);
        let Errand { id, command, .. } = &self.errands[errand];
        let request = Request::new(ticket, Seat::Operator.into(), id.clone(), command.clone());
        let (follows, waits) = {
            let node = &self.nodes[node];
            (node.writer.standing().takes_acts(), node.under_way.len())
        };
        self.event(node, Event::Submitted(request));
        if !follows {
            let last = self.nodes[node].under_way.back();
            let refused = matches!(
                last,
                Some(Work::Do(Effect::Answer {
                    outcome: Err(Refusal::NotFollowing { .. }),
                    ..
                }))
            );
            let now = self.nodes[node].under_way.len();
            assert!(
                refused && now == waits + 1,
                "refused at once, and nothing asked of the register"
            );
        }
    }

    /// A crash loses the process: its state, its queue, its effects under way. The disk stays.
    fn crash(&mut self, node: usize) {
        let cut = self.nodes[node].cut;
        for errand in self.nodes[node].asked.values() {
            self.errands[*errand].in_doubt = true;
        }
        self.nodes[node] = Node::new(replayed(&self.disk), cut);
    }

    fn settle(&mut self, node: usize) {
        while !self.nodes[node].under_way.is_empty() {
            self.carry_out(node, Weather::Clear);
        }
    }

    fn progress(&mut self, node: usize) {
        if !self.nodes[node].under_way.is_empty() {
            self.carry_out(node, Weather::Rough);
        }
    }

    fn carry_out(&mut self, node: usize, weather: Weather) {
        let effect = match self.nodes[node].under_way.pop_front() {
            None => return,
            Some(Work::Arrive(event)) => return self.event(node, event),
            Some(Work::Do(effect)) => effect,
        };
        let rough =
            |dice: &mut Dice, chance: usize| weather == Weather::Rough && dice.one_in(chance);
        let cut = self.nodes[node].cut;
        match effect {
            Effect::Gather => self.arrive(node, Event::Gathered, weather),
            Effect::LookUp(ids) => {
                let found = if cut || rough(&mut self.dice, 12) {
                    Err("the store is away".to_owned())
                } else {
                    Ok(ids.iter().map(|id| self.disk.acts_of(id)).collect())
                };
                self.event(node, Event::LookedUp(found));
            }
            Effect::Append { expected, records } => {
                let outcome = if cut {
                    Err(AppendFailure::Refused("the register is away".to_owned()))
                } else if rough(&mut self.dice, 12) {
                    Err(AppendFailure::Refused("the disk is full".to_owned()))
                } else if rough(&mut self.dice, 6) {
                    // The connection is cut in the middle of the commit: it is whole in the register, or not at all.
                    // Or it comes through later.
                    match self.dice.below(3) {
                        0 => drop(self.disk.append(expected, &records)),
                        1 => self.late.push((expected, records)),
                        _ => {}
                    }
                    // Often because the way to the register is gone, and stays so.
                    self.nodes[node].cut = self.dice.one_in(2);
                    Err(AppendFailure::OutcomeUnknown)
                } else {
                    Ok(self.disk.append(expected, &records))
                };
                // A crash between the commit and its answer.
                if rough(&mut self.dice, 10) {
                    self.crash(node);
                } else {
                    self.event(node, Event::Appended(outcome));
                }
            }
            Effect::CatchUp { from } => {
                let tail = if cut || rough(&mut self.dice, 12) {
                    Err(TailFailure::Away("the store is away".to_owned()))
                } else {
                    Ok(self.disk.tail(from))
                };
                self.arrive(node, Event::CaughtUp(tail), weather);
            }
            Effect::Publish(state) => {
                let head = state.head();
                let mut prefix = Frontier::new();
                prefix.extend(
                    self.disk
                        .blobs
                        .iter()
                        .take(usize::try_from(head.size).unwrap())
                        .map(|blob| leaf(blob)),
                );
                assert_eq!(
                    prefix.head(),
                    head,
                    "what is published is a prefix of what is durable"
                );
            }
            Effect::Stand(standing) => assert!(
                matches!(standing, Standing::Following | Standing::CutOff),
                "there is one history only: {standing}"
            ),
            Effect::Answer { ticket, outcome } => {
                let Some(errand) = self.nodes[node].asked.remove(&ticket) else {
                    return;
                };
                self.errands[errand].asked -= 1;
                let settled = match outcome {
                    Ok(settled) => settled,
                    Err(refusal) => {
                        let unsettled = matches!(refusal, Refusal::Unsettled(_));
                        self.errands[errand].in_doubt |= unsettled;
                        return;
                    }
                };
                for act in &settled.acts {
                    assert!(
                        self.disk.acts_of(&self.errands[errand].id).contains(act),
                        "acknowledged means on disk"
                    );
                }
                let before = self.errands[errand]
                    .acknowledged
                    .get_or_insert_with(|| settled.acts.clone());
                // A command that made no acts may be asked again; one that made some is answered with the same.
                if !before.is_empty() {
                    assert_eq!(*before, settled.acts, "the same command id, the same acts");
                }
            }
        }
    }

    fn check(&self) {
        let records = self.disk.from(0);
        let acts: BTreeSet<String> = records
            .iter()
            .map(|(record, _)| record.act.to_string())
            .collect();
        assert_eq!(acts.len(), records.len(), "no act twice");
        let at: Vec<_> = records.iter().map(|(record, _)| record.at).collect();
        assert!(at.is_sorted(), "recorded_at never goes back");
        let facts: Vec<String> = records
            .iter()
            .map(|(record, _)| format!("{} {}", record.kind, record.body.as_str()))
            .collect();
        assert_eq!(
            facts.iter().collect::<BTreeSet<_>>().len(),
            facts.len(),
            "no fact is entered twice"
        );
        assert_eq!(records.len(), 10, "rules, source and eight parties");
        let state = replayed(&self.disk);
        for node in &self.nodes {
            assert_eq!(node.writer.state().head(), state.head(), "one history");
            assert_eq!(*node.writer.standing(), Standing::Following, "healed");
            assert!(
                node.writer.state().conference.same_as(&state.conference),
                "replay equals live"
            );
        }
        for errand in &self.errands {
            for act in errand.acknowledged.iter().flatten() {
                assert!(
                    acts.contains(&act.to_string()),
                    "acknowledged, and not there"
                );
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weather {
    Rough,
    Clear,
}

fn jiff_timestamp(second: i64) -> comity_registrar::Timestamp {
    comity_registrar::Timestamp::from_second(second).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn every_seed_gives_one_history() {
    let rules = Arc::new(Rules::parse(RULES).unwrap());
    let rows = rows();
    let seeds = number("COMITY_SEED").map_or(0..number("COMITY_SEEDS").unwrap_or(SEEDS), |seed| {
        seed..seed + 1
    });
    let mut run = 0;
    for seed in seeds {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            Simulation::new(seed, &rules, &rows).run();
        }));
        assert!(
            outcome.is_ok(),
            "seed {seed} fails; run it again with COMITY_SEED={seed} cargo test -p comity-registrar --test simulation"
        );
        run += 1;
    }
    println!("{run} seeds, {NODES} nodes, {STEPS} steps each");
}
