//! The write path over the register in memory: permission, order, durability, idempotence, races.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use comity_record::{RecordFile, read};
use comity_register::{MemoryRegister, Register, verify};
use comity_registrar::{
    Chance, Clock, Command, CommandId, Instants, OnDifference, Refusal, Registrar, Rejection, Row,
    Seat,
};
use comity_rules::Rules;
use jiff::Timestamp;

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");

#[derive(Debug)]
struct FixedClock(Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

#[derive(Debug, Default)]
struct Counting(AtomicU64);

impl Chance for Counting {
    fn bytes(&self) -> [u8; 16] {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed)).to_be_bytes()
    }
}

fn instants(now: &str) -> Instants {
    let clock = Arc::new(FixedClock(now.parse().unwrap()));
    Instants {
        conference: clock.clone(),
        system: clock,
    }
}

async fn node(register: &Arc<MemoryRegister>, first_id: u64) -> Registrar {
    let register: Arc<dyn Register> = register.clone();
    Registrar::open(
        register,
        instants("2011-10-15T12:00:00Z"),
        Arc::new(Counting(AtomicU64::new(first_id))),
        |_, _| {},
    )
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

fn rows(text: &str) -> Vec<Row> {
    let source = r#"
[[source]]
id = "rcm-15-years"
lines = "1"
title = { en = "RCM", es = "CRM" }
publisher = { en = "TS", es = "ST" }
published = "2011-10"
summary = { en = "A book.", es = "Un libro." }
"#;
    let files = [
        RecordFile {
            name: "source.toml",
            text: source,
        },
        RecordFile {
            name: "test.toml",
            text,
        },
    ];
    read(&files, "rcm-15-years")
        .unwrap()
        .into_iter()
        .map(|row| row.row)
        .collect()
}

const HONDURAS: &str = r#"
[[party]]
id = "honduras"
kind = "member"
lines = "112"
name = { en = "Honduras", es = "Honduras" }
"#;

fn record(text: &str) -> Command {
    Command::RecordFacts {
        rows: rows(text),
        on_difference: OnDifference::Refuse,
    }
}

fn id(text: &str) -> CommandId {
    text.parse().unwrap()
}

async fn begun(register: &Arc<MemoryRegister>) -> Registrar {
    let registrar = node(register, 0).await;
    registrar
        .submit(Seat::Operator, id("rules"), adopt())
        .await
        .unwrap();
    registrar
}

async fn check_register(register: &Arc<MemoryRegister>) {
    verify(register.as_ref(), |_| {}).await.unwrap();
}

#[tokio::test]
async fn the_public_may_not_write() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = node(&register, 0).await;
    let refusal = registrar
        .submit(Seat::Public, id("rules"), adopt())
        .await
        .unwrap_err();
    assert!(
        matches!(&refusal, Refusal::NotPermitted { policy, .. } if policy == "deny-by-default"),
        "{refusal}"
    );
    assert_eq!(registrar.state().head().size, 0);
}

#[tokio::test]
async fn nothing_is_entered_before_the_rules_and_rules_are_adopted_once() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = node(&register, 0).await;
    let refusal = registrar
        .submit(Seat::Operator, id("early"), record(HONDURAS))
        .await
        .unwrap_err();
    assert_eq!(refusal.rejection(), Some(&Rejection::NoRulesAdopted));
    registrar
        .submit(Seat::Operator, id("rules"), adopt())
        .await
        .unwrap();
    let refusal = registrar
        .submit(Seat::Operator, id("rules-again"), adopt())
        .await
        .unwrap_err();
    assert_eq!(refusal.rejection(), Some(&Rejection::RulesAlreadyAdopted));
    check_register(&register).await;
}

#[tokio::test]
async fn an_answer_comes_after_the_commit_and_a_reader_sees_what_was_answered() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register).await;
    let settled = registrar
        .submit(Seat::Operator, id("honduras"), record(HONDURAS))
        .await
        .unwrap();
    assert_eq!(settled.acts.len(), 2);
    assert_eq!(register.head().await.unwrap(), settled.head);
    assert!(registrar.state().conference.parties.contains("honduras"));
    check_register(&register).await;
}

#[tokio::test]
async fn a_command_sent_twice_is_answered_with_the_acts_that_it_made() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register).await;
    let first = registrar
        .submit(Seat::Operator, id("honduras"), record(HONDURAS))
        .await
        .unwrap();
    let again = registrar
        .submit(Seat::Operator, id("honduras"), record(HONDURAS))
        .await
        .unwrap();
    assert_eq!(again.acts, first.acts);
    assert_eq!(registrar.state().head().size, 3);
    // The same after a restart: the register knows, not the process.
    let restarted = node(&register, 1_000).await;
    assert_eq!(
        restarted
            .submit(Seat::Operator, id("honduras"), record(HONDURAS))
            .await
            .unwrap()
            .acts,
        first.acts
    );
    check_register(&register).await;
}

#[tokio::test]
async fn a_batch_with_one_wrong_row_enters_nothing() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register).await;
    let wrong = format!(
        "{HONDURAS}\n[[presidency]]\nid = \"ppt-2008\"\nlines = \"304\"\nparty = \"atlantis\"\nterm = \"2008\"\n"
    );
    let refusal = registrar
        .submit(Seat::Operator, id("wrong"), record(&wrong))
        .await
        .unwrap_err();
    let Some(Rejection::RowsNotInOrder(faults)) = refusal.rejection() else {
        panic!("{refusal}")
    };
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].fault.code(), "E-0105");
    assert_eq!(registrar.state().head().size, 1);
    check_register(&register).await;
}

#[tokio::test]
async fn two_nodes_race_and_both_are_decided_on_the_true_state() {
    let register = Arc::new(MemoryRegister::new());
    let left = begun(&register).await;
    let right = node(&register, 5_000).await;
    // Both enter the same party under different command ids: one makes the acts, the other finds them made.
    let (one, two) = tokio::join!(
        left.submit(Seat::Operator, id("left"), record(HONDURAS)),
        right.submit(Seat::Operator, id("right"), record(HONDURAS)),
    );
    let made = [one.unwrap().acts.len(), two.unwrap().acts.len()];
    assert!(made == [2, 0] || made == [0, 2], "{made:?}");
    assert_eq!(register.head().await.unwrap().size, 3);
    check_register(&register).await;
}

#[tokio::test]
async fn an_act_at_one_node_becomes_visible_at_the_other() {
    let register = Arc::new(MemoryRegister::new());
    let left = begun(&register).await;
    let mut right = node(&register, 5_000).await;
    left.submit(Seat::Operator, id("left"), record(HONDURAS))
        .await
        .unwrap();
    while right.state().head() != left.state().head() {
        right.changed().await.unwrap();
    }
    assert!(right.state().conference.same_as(&left.state().conference));
}

#[tokio::test]
async fn a_replayed_register_gives_the_state_reached_live() {
    let register = Arc::new(MemoryRegister::new());
    let live = begun(&register).await;
    live.submit(Seat::Operator, id("honduras"), record(HONDURAS))
        .await
        .unwrap();
    let changed = HONDURAS.replace("lines = \"112\"", "lines = \"112-113\"");
    let correct = Command::RecordFacts {
        rows: rows(&changed),
        on_difference: OnDifference::Correct,
    };
    live.submit(Seat::Operator, id("correct"), correct)
        .await
        .unwrap();
    let replayed = node(&register, 9_000).await;
    assert!(
        replayed
            .state()
            .conference
            .same_as(&live.state().conference)
    );
    assert_eq!(replayed.state().head(), live.state().head());
    check_register(&register).await;
}

#[tokio::test]
async fn a_changed_row_is_shown_as_a_difference_and_corrected_only_on_request() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register).await;
    registrar
        .submit(Seat::Operator, id("honduras"), record(HONDURAS))
        .await
        .unwrap();
    let changed = HONDURAS.replace("es = \"Honduras\"", "es = \"República de Honduras\"");
    let refusal = registrar
        .submit(Seat::Operator, id("changed"), record(&changed))
        .await
        .unwrap_err();
    let Some(Rejection::RowsNotInOrder(faults)) = refusal.rejection() else {
        panic!("{refusal}")
    };
    assert_eq!(faults[0].fault.code(), "E-0103");
    assert_eq!(registrar.state().head().size, 3);
    let correct = Command::RecordFacts {
        rows: rows(&changed),
        on_difference: OnDifference::Correct,
    };
    assert_eq!(
        registrar
            .submit(Seat::Operator, id("correct"), correct)
            .await
            .unwrap()
            .acts
            .len(),
        1
    );
    let state = registrar.state();
    let held = state.conference.parties.get("honduras").unwrap();
    assert_eq!(held.fact.name.es(), "República de Honduras");
    assert_eq!(held.before.len(), 1);
}

#[tokio::test]
async fn a_published_act_is_handed_out_with_a_proof_that_holds() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register).await;
    let settled = registrar
        .submit(Seat::Operator, id("honduras"), record(HONDURAS))
        .await
        .unwrap();
    let sealed = registrar
        .record(Seat::Public, &settled.acts[1].to_string())
        .await
        .unwrap()
        .unwrap();
    let proof = sealed.proof.unwrap();
    assert!(comity_register::merkle::verify_inclusion(
        &sealed.leaf,
        proof.position,
        &proof.head,
        &proof.path
    ));
    assert_eq!(registrar.public_checkpoint().unwrap().head(), proof.head);
    assert!(
        registrar
            .record(Seat::Public, "nonsense")
            .await
            .unwrap()
            .is_none()
    );
}

/// The public checkpoint on both sides of a midnight: what is entered during a day moves it only when the day is over.
#[tokio::test]
async fn the_public_checkpoint_moves_at_midnight_only() {
    let register = Arc::new(MemoryRegister::new());
    let at = async |now: &str, first_id: u64| {
        let register: Arc<dyn Register> = register.clone();
        let chance = Arc::new(Counting(AtomicU64::new(first_id)));
        Registrar::open(register, instants(now), chance, |_, _| {})
            .await
            .unwrap()
    };
    let size = |registrar: &Registrar| registrar.public_checkpoint().unwrap().head().size;
    let first = at("2011-10-15T12:00:00Z", 0).await;
    first
        .submit(Seat::Operator, id("rules"), adopt())
        .await
        .unwrap();
    assert_eq!(
        size(&first),
        1,
        "a register stands after the acts with which it began"
    );
    let second = at("2011-10-16T08:00:00Z", 1_000).await;
    let settled = second
        .submit(Seat::Operator, id("honduras"), record(HONDURAS))
        .await
        .unwrap();
    assert_eq!(size(&second), 1, "the day is not over");
    let sealed = second
        .record(Seat::Public, &settled.acts[0].to_string())
        .await
        .unwrap()
        .unwrap();
    assert!(
        sealed.proof.is_none(),
        "no proof runs ahead of the checkpoint"
    );
    assert_eq!(
        size(&at("2011-10-16T23:59:59Z", 2_000).await),
        1,
        "a second before midnight"
    );
    assert_eq!(
        size(&at("2011-10-17T00:00:00Z", 3_000).await),
        3,
        "at midnight"
    );
}
