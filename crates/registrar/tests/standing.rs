//! How a node stands to its register: cut off, stopped before what only a later program knows, halted before another
//! history. In each it serves what it holds and takes no acts.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod gate;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use comity_record::{RecordFile, read};
use comity_register::{MemoryRegister, Record, Register, verify};
use comity_registrar::{
    Chance, Clock, Command, CommandId, HaltedBy, Instants, OnDifference, Pace, Refusal, Registrar,
    Seat, Standing, Unknown,
};
use comity_rules::Rules;
use gate::{Gate, Older};
use jiff::Timestamp;

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");

/// A clock that each look moves on by a second.
#[derive(Debug)]
struct Ticking(AtomicU64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        let seconds = self.0.fetch_add(1, Ordering::Relaxed);
        Timestamp::from_second(1_318_680_000 + i64::try_from(seconds).unwrap()).unwrap()
    }
}

#[derive(Debug)]
struct Counting(AtomicU64);

impl Chance for Counting {
    fn bytes(&self) -> [u8; 16] {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed)).to_be_bytes()
    }
}

async fn node(register: Arc<dyn Register>, first_id: u64) -> Registrar {
    let clock = Arc::new(Ticking(AtomicU64::new(0)));
    let instants = Instants {
        conference: clock.clone(),
        system: clock,
    };
    let chance = Arc::new(Counting(AtomicU64::new(first_id)));
    let pace = Pace {
        look: Duration::from_millis(5),
    };
    Registrar::open_at(register, instants, chance, pace, |_, _| {})
        .await
        .unwrap()
}

fn adopt() -> Command {
    Command::AdoptRules {
        rules: Arc::new(Rules::parse(RULES).unwrap()),
        documents: Default::default(),
        register: "test".into(),
        demo: false,
    }
}

/// A party, with the source that it needs.
fn party(party: &str) -> Command {
    let text = format!(
        r#"
[[source]]
id = "book"
lines = "1"
title = {{ en = "A", es = "A" }}
publisher = {{ en = "A", es = "A" }}
published = "2011"
summary = {{ en = "A", es = "A" }}
[[party]]
id = "{party}"
kind = "member"
lines = "1"
name = {{ en = "{party}", es = "{party}" }}
"#
    );
    let file = RecordFile {
        name: "rows.toml",
        text: &text,
    };
    let rows = read(&[file], "book").unwrap().into_iter();
    Command::RecordFacts {
        rows: rows.map(|row| row.row).collect(),
        on_difference: OnDifference::Refuse,
    }
}

fn id(text: &str) -> CommandId {
    text.parse().unwrap()
}

async fn enter(node: &Registrar, name: &str) -> Result<(), Refusal> {
    let entered = node.submit(Seat::Operator, id(name), party(name)).await;
    entered.map(|_| ())
}

/// A register with rules and one party.
async fn begun() -> Arc<MemoryRegister> {
    let register = Arc::new(MemoryRegister::new());
    let node = node(register.clone(), 0).await;
    node.submit(Seat::Operator, id("rules"), adopt())
        .await
        .unwrap();
    enter(&node, "honduras").await.unwrap();
    register
}

async fn until(node: &mut Registrar, wanted: impl Fn(&Standing) -> bool) -> Standing {
    loop {
        let standing = node.standing();
        if wanted(&standing) {
            return standing;
        }
        node.changed().await.unwrap();
    }
}

#[track_caller]
fn not_following(outcome: Result<(), Refusal>) -> Standing {
    match outcome {
        Err(Refusal::NotFollowing { standing }) => standing,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_node_that_is_cut_off_serves_refuses_and_catches_up_by_itself() {
    let register = begun().await;
    let gate = Gate::before(register.clone());
    let mut node = node(gate.clone(), 1_000).await;
    let other = self::node(register.clone(), 2_000).await;
    assert_eq!(node.standing(), Standing::Following);

    gate.close();
    until(&mut node, |standing| *standing == Standing::CutOff).await;
    let as_of = node.as_of();
    assert_eq!(
        not_following(enter(&node, "mexico").await),
        Standing::CutOff
    );
    enter(&other, "panama").await.unwrap();
    let held = node.state();
    assert!(held.conference.parties.contains("honduras"));
    assert!(!held.conference.parties.contains("panama"));
    assert_eq!(node.as_of(), as_of, "the instant stands still");

    gate.open();
    until(&mut node, |standing| *standing == Standing::Following).await;
    while node.state().head() != other.state().head() {
        node.changed().await.unwrap();
    }
    assert!(node.as_of() > as_of);
    enter(&node, "mexico").await.unwrap();
    verify(register.as_ref(), |_| {}).await.unwrap();
}

#[tokio::test]
async fn what_is_told_of_the_instant_says_nothing_of_an_act() {
    let register = begun().await;
    let node = node(register.clone(), 1_000).await;
    let before = (node.as_of(), node.as_of_told());
    enter(&node, "mexico").await.unwrap();
    let after = (node.as_of(), node.as_of_told());
    assert!(after.0 > before.0, "an act moves the instant itself");
    for told in [before.1, after.1] {
        assert_eq!(told.as_millisecond() % 60_000, 0, "{told}");
        let ago = after.0.duration_since(told).as_secs();
        assert!((9..71).contains(&ago), "{ago} s");
    }
}

#[tokio::test]
async fn who_waits_when_the_register_goes_is_told_and_may_send_again() {
    let register = begun().await;
    let gate = Gate::before(register.clone());
    let mut node = node(gate.clone(), 1_000).await;
    gate.close();
    // Before the node has looked: the append finds the gate closed, and from then on the node knows.
    let refusal = enter(&node, "mexico").await.unwrap_err();
    assert!(
        matches!(&refusal, Refusal::Unavailable(why) if why.contains("closed")),
        "{refusal:?}"
    );
    until(&mut node, |standing| *standing == Standing::CutOff).await;
    assert_eq!(
        not_following(enter(&node, "mexico").await),
        Standing::CutOff
    );
    gate.open();
    until(&mut node, |standing| *standing == Standing::Following).await;
    enter(&node, "mexico").await.unwrap();
    enter(&node, "mexico").await.unwrap();
    let parties = &node.state().conference.parties;
    assert!(parties.contains("mexico"));
    verify(register.as_ref(), |_| {}).await.unwrap();
}

/// A copy of the last record, as a later program would write one.
async fn of_the_future(register: &dyn Register, kind: &str, version: u32) -> Record {
    let head = register.head().await.unwrap();
    let last = register.read(head.size - 1, 1).await.unwrap();
    let mut record = last[0].decode().unwrap();
    record.position = head.size;
    record.act = comity_register::ActId::from_bytes([0xfe; 16]);
    record.command = id("from-the-future");
    record.kind = kind.parse().unwrap();
    record.version = version;
    // What it says of its actor and origin may be new as well.
    record.actor = comity_register::Object::new(&serde_json::json!({"quorum": "seven"})).unwrap();
    record
}

#[tokio::test]
async fn a_node_stops_before_an_act_that_it_does_not_know() {
    for (kind, version) in [("PartyRecorded", 99), ("SomethingUnheardOf", 1)] {
        let register = begun().await;
        let last = register.read(2, 1).await.unwrap()[0].decode().unwrap();
        let kind = if version == 99 {
            last.kind.as_str()
        } else {
            kind
        };
        let mut live = node(register.clone(), 1_000).await;
        let before = live.state().head();
        let record = of_the_future(register.as_ref(), kind, version).await;
        let unknown = Standing::Stopped(Unknown {
            position: before.size,
            kind: kind.to_owned(),
            version,
        });
        let _ = register.append(before, vec![record]).await.unwrap();

        // The one that runs, and one that starts.
        until(&mut live, |standing| *standing == unknown).await;
        let started = node(register.clone(), 2_000).await;
        for node in [&live, &started] {
            assert_eq!(node.standing(), unknown);
            assert_eq!(node.state().head(), before);
            assert!(node.state().conference.parties.contains("honduras"));
            let refused = not_following(enter(node, "mexico").await);
            assert_eq!(refused, unknown);
            assert!(refused.to_string().contains(kind), "{refused}");
        }
        assert_eq!(register.head().await.unwrap().size, before.size + 1);
        verify(register.as_ref(), |_| {}).await.unwrap();
    }
}

#[tokio::test]
async fn a_stopped_node_goes_on_once_its_program_knows_the_act() {
    let register = begun().await;
    let size = register.head().await.unwrap().size;
    let mut old = node(Older::new(register.clone(), size), 1_000).await;
    assert_eq!(old.standing(), Standing::Following);
    let new = node(register.clone(), 2_000).await;
    enter(&new, "panama").await.unwrap();
    let stopped = until(&mut old, |standing| *standing != Standing::Following).await;
    assert!(
        matches!(&stopped, Standing::Stopped(unknown) if (unknown.position, unknown.version) == (size, 99)),
        "{stopped}"
    );
    assert_eq!(old.state().head().size, size);
    drop(old);
    // The same node with the later program: it replays from the same register and takes acts.
    let upgraded = node(register.clone(), 3_000).await;
    assert_eq!(upgraded.state().head(), new.state().head());
    enter(&upgraded, "mexico").await.unwrap();
    verify(register.as_ref(), |_| {}).await.unwrap();
}

#[tokio::test]
async fn a_node_never_takes_another_history_in() {
    let register = begun().await;
    let gate = Gate::before(register.clone());
    let mut node = node(gate.clone(), 1_000).await;
    enter(&node, "mexico").await.unwrap();
    let own = node.state().head();

    // Of the same length, longer, and shorter.
    for (parties, short) in [(1, false), (3, false), (0, true)] {
        let other = begun().await;
        let elsewhere = self::node(other.clone(), 50_000).await;
        for party in ["panama", "belize", "canada"].into_iter().take(parties) {
            enter(&elsewhere, party).await.unwrap();
        }
        gate.replace(other.clone());
        let halted = until(&mut node, |standing| {
            matches!(standing, Standing::Halted(_))
        })
        .await;
        let Standing::Halted(halt) = halted else {
            unreachable!("waited for it")
        };
        let shorter = matches!(halt.why, HaltedBy::Shorter { .. });
        assert_eq!(shorter, short, "{halt}");
        assert_eq!(halt.found, other.head().await.unwrap());
        not_following(enter(&node, "guatemala").await);
        assert_eq!(node.state().head(), own);
        assert!(node.state().conference.parties.contains("mexico"));
        assert_eq!(other.head().await.unwrap(), elsewhere.state().head());

        // Its own history again, and further.
        gate.replace(register.clone());
        until(&mut node, |standing| *standing == Standing::Following).await;
    }
    enter(&node, "guatemala").await.unwrap();
    verify(register.as_ref(), |_| {}).await.unwrap();
}
