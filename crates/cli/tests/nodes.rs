//! Several nodes on one PostgreSQL: told of each other's acts, racing, cut off, moved to another server, and faced with
//! another history. Left out, with a line that says so, where `./check` has not set a server up.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod served;
mod wire;

use std::process::Command as Process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use comity_directory::Directory;
use comity_postgres::{Addresses, PostgresDirectory, PostgresRegister};
use comity_record::{RecordFile, read};
use comity_register::{Register, verify};
use comity_registrar::{
    Clock, Command, CommandId, HaltedBy, Instants, OnDifference, Pace, Refusal, Registrar,
    Rejection, Seat, Settled, Standing, SystemChance, SystemClock,
};
use comity_rules::Rules;
use served::{Served, Visit};
use wire::Wire;

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");

/// Longer than any test: what comes before it did not come by looking.
const NEVER: Duration = Duration::from_secs(3_600);
/// How long anything may take before it is said not to happen. No test waits for it.
const LIMIT: Duration = Duration::from_secs(60);

/// A database of its own for a test.
struct Database {
    /// Scheme, user and server.
    base: String,
    server: String,
    name: String,
}

impl Database {
    fn new() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
        let Ok(server) = std::env::var("COMITY_TEST_POSTGRES") else {
            println!("left out: no PostgreSQL is set up; ./check does it");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let database = Self {
            base: server.rsplit_once('/').unwrap().0.to_owned(),
            server,
            name: format!("comity_nodes_{}_{number}", std::process::id()),
        };
        database.execute(&format!("CREATE DATABASE {}", database.name));
        Some(database)
    }

    fn execute(&self, sql: &str) {
        let mut psql = Process::new("psql");
        let done = psql.args([&self.server, "-q", "-o", "/dev/null", "-c", sql]);
        assert!(done.status().unwrap().success(), "{sql}");
    }

    fn url(&self) -> String {
        format!("{}/{}", self.base, self.name)
    }

    /// Host and port.
    fn host(&self) -> &str {
        self.base.rsplit_once('@').unwrap().1
    }

    /// The address of the same database through a wire.
    fn through(&self, wire: &Wire) -> String {
        self.url().replace(self.host(), &wire.address().to_string())
    }

    /// Takes what the database holds now aside; nobody may be connected.
    fn copy(&self) -> String {
        let copy = format!("{}_copy", self.name);
        self.execute(&format!("CREATE DATABASE {copy} TEMPLATE {}", self.name));
        copy
    }

    /// Puts another database in its place, under those who are connected.
    fn replace_by(&self, other: &str) {
        let name = &self.name;
        self.execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
        self.execute(&format!("ALTER DATABASE {other} RENAME TO {name}"));
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

/// A node that looks for itself only seldom: it must be told.
async fn told(url: &str) -> Registrar {
    node(Addresses::new([url]).polled_every(NEVER), NEVER).await
}

/// A node that looks often whether it still follows.
async fn watchful(addresses: Addresses) -> Registrar {
    node(
        addresses.polled_every(Duration::from_millis(100)),
        Duration::from_millis(100),
    )
    .await
}

async fn node(addresses: Addresses, look: Duration) -> Registrar {
    let register: Arc<dyn Register> = Arc::new(PostgresRegister::connect(addresses).await.unwrap());
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let instants = Instants {
        // Before the day from which acts are enacted and no longer recorded.
        conference: Arc::new(comity_registrar::StartingClock::at(
            "2011-10-15T12:00:00Z".parse().unwrap(),
        )),
        system: clock,
    };
    let pace = Pace { look };
    Registrar::open_at(register, instants, Arc::new(SystemChance), pace, |_, _| {})
        .await
        .unwrap()
}

async fn begun(url: &str) -> Registrar {
    let node = told(url).await;
    let adopt = Command::AdoptRules {
        rules: Arc::new(Rules::parse(RULES).unwrap()),
        documents: Default::default(),
        register: "test".into(),
        demo: false,
    };
    let id = "rules".parse().unwrap();
    node.submit(Seat::Operator, id, adopt).await.unwrap();
    node
}

/// A party under a name, with the source that it needs.
fn party(party: &str, name: &str) -> Command {
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
name = {{ en = "{name}", es = "{name}" }}
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

async fn enter(node: &Registrar, name: &str) -> Result<Settled, Refusal> {
    node.submit(Seat::Operator, id(name), party(name, name))
        .await
}

/// Waits until it holds of the node; a test in which it never does fails.
async fn until(node: &Registrar, wanted: impl Fn(&Registrar) -> bool) {
    let mut node = node.clone();
    let waited = tokio::time::timeout(LIMIT, async {
        while !wanted(&node) {
            node.changed().await.unwrap();
        }
    });
    assert!(
        waited.await.is_ok(),
        "the node stands so: {}",
        node.standing()
    );
}

fn holds(node: &Registrar, party: &str) -> bool {
    node.state().conference.parties.contains(party)
}

async fn check_register(database: &Database) {
    let register = PostgresRegister::connect(&database.url()).await.unwrap();
    verify(&register, |_| {}).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_is_told_to_the_other_node_and_read_at_once_where_it_was_written() {
    let Some(database) = Database::new() else {
        return;
    };
    let left = begun(&database.url()).await;
    let right = told(&database.url()).await;
    let mut took: Vec<Duration> = Vec::new();
    for number in 0..100 {
        let name = format!("party-{number}");
        enter(&left, &name).await.unwrap();
        let answered = Instant::now();
        assert!(holds(&left, &name), "who wrote it reads it");
        until(&right, |right| holds(right, &name)).await;
        took.push(answered.elapsed());
    }
    took.sort();
    println!(
        "from the answer at one node to the state of the other, 100 acts: median {:?}, 95 of 100 {:?}, longest {:?}",
        took[49], took[94], took[99]
    );
    assert_eq!(left.state().head(), right.state().head());
    check_register(&database).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_nodes_that_enter_the_same_fact_otherwise_one_enters_it_and_the_other_is_shown_the_difference()
 {
    let Some(database) = Database::new() else {
        return;
    };
    let left = begun(&database.url()).await;
    let right = told(&database.url()).await;
    let mut won = [0, 0];
    for number in 0..30 {
        let name = format!("party-{number}");
        let (ids, names) = (
            [format!("l-{number}"), format!("r-{number}")],
            ["one", "two"],
        );
        let (one, two) = tokio::join!(
            left.submit(Seat::Operator, id(&ids[0]), party(&name, names[0])),
            right.submit(Seat::Operator, id(&ids[1]), party(&name, names[1])),
        );
        let (winner, refusal) = match (one, two) {
            (Ok(_), Err(refusal)) => (0, refusal),
            (Err(refusal), Ok(_)) => (1, refusal),
            other => panic!("{other:?}"),
        };
        won[winner] += 1;
        let Some(Rejection::RowsNotInOrder(faults)) = refusal.rejection() else {
            panic!("{refusal}")
        };
        assert_eq!(faults[0].fault.code(), "E-0103", "a difference");
        until(&left, |left| {
            left.state().head() == right.state().head() || holds(left, &name)
        })
        .await;
        let state = left.state();
        let held = state.conference.parties.get(name.as_str()).unwrap();
        assert_eq!(held.fact.name.en(), names[winner]);
    }
    println!(
        "of 30 races {} were won by one node and {} by the other",
        won[0], won[1]
    );
    check_register(&database).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_network_cuts_a_node_off_and_it_comes_back_by_itself() {
    let Some(database) = Database::new() else {
        return;
    };
    let other = begun(&database.url()).await;
    let wire = Wire::to(database.host()).await;
    let node = watchful(Addresses::new([database.through(&wire)])).await;
    enter(&node, "honduras").await.unwrap();
    let before = Instant::now();
    wire.silence();
    until(&node, |node| node.standing() == Standing::CutOff).await;
    println!("a silent network was noticed after {:?}", before.elapsed());
    let asked = Instant::now();
    let refusal = enter(&node, "mexico").await.unwrap_err();
    assert!(matches!(refusal, Refusal::NotFollowing { .. }), "{refusal}");
    assert!(asked.elapsed() < Duration::from_secs(2), "refused at once");
    assert!(holds(&node, "honduras"));
    enter(&other, "panama").await.unwrap();
    wire.mend();
    until(&node, |node| holds(node, "panama")).await;
    until(&node, |node| node.standing() == Standing::Following).await;
    enter(&node, "mexico").await.unwrap();
    check_register(&database).await;
}

/// What somebody enters at one node they see at the other with their next page, however soon they ask.
#[test]
fn who_enters_something_sees_it_at_whichever_node_they_are_next() {
    let Some(database) = Database::new() else {
        return;
    };
    let (url, keys) = (database.url(), tempfile::tempdir().unwrap());
    let of = [
        "--database-url",
        &url,
        "--keys",
        keys.path().to_str().unwrap(),
    ];
    let with = |task: &'static str| [&[task][..], &of].concat();
    let made = Process::new(env!("CARGO_BIN_EXE_comity"))
        .args(with("init"))
        .output()
        .unwrap();
    let made = String::from_utf8(made.stdout).unwrap();
    let link = made
        .lines()
        .find_map(|line| line.trim().strip_prefix("/en/sign-in/"));
    let nodes = [Served::start(&with("serve")), Served::start(&with("serve"))];
    let entered = nodes[0].ask("POST", &format!("/en/sign-in/{}", link.unwrap()), "", "");
    let session = entered.cookie().unwrap();
    for round in 0..20 {
        let (here, there) = (&nodes[round % 2], &nodes[(round + 1) % 2]);
        let visit = Visit {
            site: here,
            cookie: session.clone(),
        };
        let form =
            format!("kind=observer_state&es=Atl{round}&en=Atlantis{round}&received=2011-10-01");
        let answer = visit.post("/en/applications", &form);
        assert_eq!(answer.status, 303, "{}", answer.body);
        let mark = answer
            .head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find_map(|(_, value)| value.strip_prefix("entered="))
            .map(|value| value.split(';').next().unwrap().to_owned())
            .unwrap();
        let next = Visit {
            site: there,
            cookie: format!("{session}; entered={mark}"),
        };
        let page = next.get(answer.to());
        assert_eq!(page.status, 200, "round {round}");
        assert!(page.body.contains(&format!("Atlantis{round}")));
        assert!(!page.head.contains("entered="), "reading enters nothing");
    }
    // A mark that no node ever reaches keeps nobody out.
    let lost = Visit {
        site: &nodes[0],
        cookie: format!("{session}; entered={}", "f".repeat(32)),
    };
    assert_eq!(lost.get("/en/applications").status, 200);
}

/// The commit of a restore reaches the server, its answer does not come back: the command finds out, and what it brought stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_whose_end_was_not_heard_finds_out_and_keeps_its_people() {
    let Some(database) = Database::new() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let run = |arguments: &[&str]| {
        let mut command = Process::new(env!("CARGO_BIN_EXE_comity"));
        command.args(arguments);
        command
    };
    let (data, copy) = (at("data"), at("copy"));
    assert!(
        run(&["init", "--data", &data])
            .output()
            .unwrap()
            .status
            .success()
    );
    let saved = run(&["backup", "--data", &data, "--to", &copy]).output();
    assert!(saved.unwrap().status.success());
    let wire = Wire::to(database.host()).await;
    wire.silence_after_all(&["INSERT INTO comity.commits", "COMMIT"]);
    let through = database.through(&wire);
    let mut restore = run(&["restore", "--from", &copy, "--database-url", &through])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    wire.silent().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    wire.cut();
    tokio::time::sleep(Duration::from_millis(50)).await;
    wire.mend();
    let status =
        tokio::task::spawn_blocking(move || restore.wait().map(|status| (status, restore)));
    let (status, mut restore) = status.await.unwrap().unwrap();
    let mut said = String::new();
    std::io::Read::read_to_string(restore.stderr.as_mut().unwrap(), &mut said).unwrap();
    assert!(status.success(), "{said}");
    let register = PostgresRegister::open(&database.url()).await.unwrap();
    let held = verify(&register, |_| {}).await.unwrap().head.size;
    assert!(held > 0);
    let directory = PostgresDirectory::open(&database.url()).await.unwrap();
    assert_eq!(
        directory.list(None, 10).await.unwrap().len(),
        1,
        "the first seat's"
    );
}

/// A node that vanishes after it took the lock for writing and before it commits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_vanishes_while_it_writes_holds_the_others_up_for_seconds_only() {
    let Some(database) = Database::new() else {
        return;
    };
    let other = begun(&database.url()).await;
    let wire = Wire::to(database.host()).await;
    let node = watchful(Addresses::new([database.through(&wire)])).await;
    // Whoever did not append last goes step by step, with the lock in its hand.
    enter(&other, "honduras").await.unwrap();
    until(&node, |node| holds(node, "honduras")).await;
    wire.silence_after("pg_notify");
    let lost = tokio::spawn(async move { enter(&node, "mexico").await });
    wire.silent().await;
    let began = Instant::now();
    while let Err(refusal) = enter(&other, "panama").await {
        assert!(matches!(refusal, Refusal::Unavailable(_)), "{refusal}");
        assert!(began.elapsed() < LIMIT, "the lock is not let go");
    }
    println!(
        "the lock of a vanished node was free after {:?}",
        began.elapsed()
    );
    let refusal = lost.await.unwrap().unwrap_err();
    println!("the vanished node answered: {refusal}");
    assert!(!holds(&other, "mexico"));
    check_register(&database).await;
}

/// The commit reaches the server, its answer does not come back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_whose_commit_was_not_answered_is_answered_when_it_is_sent_again() {
    let Some(database) = Database::new() else {
        return;
    };
    let other = begun(&database.url()).await;
    let wire = Wire::to(database.host()).await;
    let node = watchful(Addresses::new([database.through(&wire)])).await;
    // The name of the channel as a value with its length: in the message that appends, and in no other.
    wire.silence_after("\0\0\0\u{f}comity_register");
    let refusal = enter(&node, "mexico").await.unwrap_err();
    assert!(matches!(refusal, Refusal::Unsettled(_)), "{refusal}");
    until(&other, |other| holds(other, "mexico")).await;
    wire.mend();
    until(&node, |node| node.standing() == Standing::Following).await;
    let settled = enter(&node, "mexico").await.unwrap();
    assert_eq!(
        settled.acts.len(),
        2,
        "the acts that it made the first time"
    );
    assert_eq!(node.state().head(), other.state().head());
    check_register(&database).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_goes_over_to_another_address_with_its_listener() {
    let Some(database) = Database::new() else {
        return;
    };
    let other = begun(&database.url()).await;
    let wires = [
        Wire::to(database.host()).await,
        Wire::to(database.host()).await,
    ];
    let addresses = Addresses::new(wires.each_ref().map(|wire| database.through(wire)));
    // It looks once a second whether it follows, but for appends it listens only.
    let node = node(addresses.polled_every(NEVER), Duration::from_secs(1)).await;
    enter(&node, "honduras").await.unwrap();
    for (round, wire) in wires.iter().enumerate() {
        wire.cut();
        let name = format!("party-{round}");
        let began = Instant::now();
        while enter(&node, &name).await.is_err() {
            assert!(began.elapsed() < LIMIT, "it found no other address");
        }
        enter(&other, &format!("other-{round}")).await.unwrap();
        until(&node, |node| holds(node, &format!("other-{round}"))).await;
        wire.mend();
    }
    check_register(&database).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_halts_before_a_database_with_another_history() {
    let Some(database) = Database::new() else {
        return;
    };
    drop(begun(&database.url()).await);
    database.execute(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
        database.name
    ));
    let copy = database.copy();
    let node = watchful(Addresses::new([database.url()])).await;
    enter(&node, "honduras").await.unwrap();
    let own = node.state().head();

    database.replace_by(&copy);
    until(&node, |node| matches!(node.standing(), Standing::Halted(_))).await;
    let Standing::Halted(halt) = node.standing() else {
        unreachable!("waited for it")
    };
    assert_eq!(halt.why, HaltedBy::Shorter { own });

    // Somebody goes on from the earlier state, past what the node holds.
    let elsewhere = told(&database.url()).await;
    for name in ["mexico", "panama", "belize"] {
        enter(&elsewhere, name).await.unwrap();
    }
    let other = |node: &Registrar| matches!(node.standing(), Standing::Halted(halt) if halt.why == HaltedBy::OtherHistory { own });
    until(&node, other).await;
    let refusal = enter(&node, "canada").await.unwrap_err();
    assert!(matches!(refusal, Refusal::NotFollowing { .. }), "{refusal}");
    assert_eq!(node.state().head(), own, "it keeps what it holds");
    assert!(!holds(&node, "mexico"));
    assert!(!holds(&elsewhere, "canada"));
    check_register(&database).await;
}
