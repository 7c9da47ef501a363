//! Durable appends a second through the registrar, beside raw inserts of the same rows with the same commit grouping
//! into the same kind of database in the same run.
//!
//! `cargo run --release -p comity-bench -- appends`, for one row of the table `--database sqlite --writers 16`. A writer hands a command in, waits until it is durable, and hands
//! the next in; each command enters one row of a source. The raw peer then gets what the register holds: the same bytes
//! and columns into a table with the same unique columns, one transaction for each batch that the registrar made. It decides, hashes,
//! encodes and looks up nothing. The limit is for the plain way of it, a transaction around its inserts; beside it stands the lean
//! way, in as few statements as the adapters use, on PostgreSQL one message.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use comity_postgres::{Addresses, PostgresRegister};
use comity_record::{RecordFile, read};
use comity_register::{Indexed, Register};
use comity_registrar::{
    Clock, Command, CommandId, Instants, OnDifference, Registrar, Row, Seat, SystemChance,
    SystemClock,
};
use comity_rules::Rules;
use comity_sqlite::SqliteRegister;

use crate::raw::{RawPostgres, RawSqlite, Way};
use crate::server::Server;
use crate::{machine, raw};

/// How many writers, and how many commands each of them hands in.
const WRITERS: [(u64, u64); 3] = [(1, 3_000), (16, 750), (128, 200)];

/// Rounds by turns; the one in the middle by its ratio is told.
const ROUNDS: usize = 5;

const PAGE: usize = 1_000;

/// The limit of the issue.
const RATIO_MIN: f64 = 0.8;

#[derive(Debug, Clone, Copy)]
struct Round {
    acts: u64,
    batches: usize,
    ours: Duration,
    raw: Duration,
    lean: Duration,
}

impl Round {
    fn ratio(&self) -> f64 {
        self.raw.as_secs_f64() / self.ours.as_secs_f64()
    }

    fn lean_ratio(&self) -> f64 {
        self.lean.as_secs_f64() / self.ours.as_secs_f64()
    }
}

/// Prints the table.
pub fn run(arguments: &[String]) {
    println!(
        "| database | writers | acts a commit | registrar, acts/s | raw, acts/s | ratio (limit ≥ {RATIO_MIN}) | lean, acts/s | to lean |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    let folder = machine::Folder::new("appends", arguments);
    let only = machine::option(arguments, "--writers");
    let counts = WRITERS
        .into_iter()
        .filter(|(writers, _)| only.is_none_or(|only| only == *writers));
    let counts: Vec<(u64, u64)> = counts.collect();
    let in_database =
        |name: &str| machine::word(arguments, "--database").is_none_or(|only| only == name);
    machine::block_on(async {
        for (writers, commands) in counts.iter().copied().filter(|_| in_database("sqlite")) {
            let mut rounds = Vec::new();
            for round in 0..ROUNDS {
                let place = folder.path().join(format!("{writers}-{round}"));
                std::fs::create_dir(&place).expect("the folder for temporary files can be written");
                rounds.push(in_sqlite(&place, writers, commands).await);
            }
            row("SQLite", writers, rounds);
        }
        if !in_database("postgres") {
            return;
        }
        let Some(server) = Server::start() else {
            println!("\nPostgreSQL is not installed");
            return;
        };
        for (writers, commands) in counts {
            let mut rounds = Vec::new();
            for _ in 0..ROUNDS {
                rounds.push(in_postgres(&server.url(), writers, commands).await);
            }
            row("PostgreSQL", writers, rounds);
        }
    });
}

fn row(database: &str, writers: u64, mut rounds: Vec<Round>) {
    rounds.sort_by(|left, right| left.ratio().total_cmp(&right.ratio()));
    let middle = rounds[ROUNDS / 2];
    let per_second = |took: Duration| middle.acts as f64 / took.as_secs_f64();
    println!(
        "| {database} | {writers} | {:.1} | {:.0} | {:.0} | {:.2} | {:.0} | {:.2} |",
        middle.acts as f64 / middle.batches as f64,
        per_second(middle.ours),
        per_second(middle.raw),
        middle.ratio(),
        per_second(middle.lean),
        middle.lean_ratio()
    );
}

async fn in_sqlite(place: &Path, writers: u64, commands: u64) -> Round {
    let register = SqliteRegister::create(place.join("register.sqlite")).await;
    let register: Arc<dyn Register> = Arc::new(register.expect("a new register"));
    let ours = ours(Arc::clone(&register), writers, commands).await;
    let batches = batches(register.as_ref()).await;
    let mut raw = [Duration::ZERO; 2];
    for (took, way) in raw.iter_mut().zip([Way::Plain, Way::Lean]) {
        let path = place.join(format!("{way:?}.sqlite"));
        let mut peer = RawSqlite::create(&path).await;
        let begun = Instant::now();
        for batch in &batches {
            peer.insert(batch, way).await;
        }
        *took = begun.elapsed();
    }
    round(&batches, ours, raw)
}

async fn in_postgres(url: &str, writers: u64, commands: u64) -> Round {
    raw::forget_schema(url).await;
    let register = PostgresRegister::connect(Addresses::new([url])).await;
    let register: Arc<dyn Register> = Arc::new(register.expect("a new register"));
    let ours = ours(Arc::clone(&register), writers, commands).await;
    let batches = batches(register.as_ref()).await;
    let mut raw = [Duration::ZERO; 2];
    for (took, way) in raw.iter_mut().zip([Way::Plain, Way::Lean]) {
        let mut peer = RawPostgres::create(url).await;
        let begun = Instant::now();
        for batch in &batches {
            peer.insert(batch, way).await;
        }
        *took = begun.elapsed();
    }
    round(&batches, ours, raw)
}

fn round(batches: &[Vec<Indexed>], ours: Duration, [raw, lean]: [Duration; 2]) -> Round {
    Round {
        acts: batches.iter().map(|batch| batch.len() as u64).sum(),
        batches: batches.len(),
        ours,
        raw,
        lean,
    }
}

/// How long it takes until every command of every writer is durable.
async fn ours(register: Arc<dyn Register>, writers: u64, commands: u64) -> Duration {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let instants = Instants {
        conference: Arc::clone(&clock),
        system: clock,
    };
    let registrar = Registrar::open(register, instants, Arc::new(SystemChance), |_, _| {})
        .await
        .expect("a new register");
    prepare(&registrar).await;
    let all: Vec<Vec<(CommandId, Command)>> = (0..writers)
        .map(|writer| {
            (0..commands)
                .map(|number| command(writer, number, commands))
                .collect()
        })
        .collect();
    let begun = Instant::now();
    let running: Vec<_> = all
        .into_iter()
        .map(|commands| {
            let registrar = registrar.clone();
            tokio::spawn(async move {
                for (id, command) in commands {
                    let settled = registrar.submit(Seat::Operator, id, command).await;
                    settled.expect("a command in order");
                }
            })
        })
        .collect();
    for writer in running {
        writer.await.expect("a writer does not panic");
    }
    begun.elapsed()
}

/// The rules and the source that every command rests on.
async fn prepare(registrar: &Registrar) {
    let project = machine::project();
    let text = |name: &str| {
        std::fs::read_to_string(project.join(name)).expect("a file of the project's source")
    };
    let rules = Rules::parse(&text("rules/rcm-2011/rules.toml")).expect("the rules that ship");
    let adopt = Command::AdoptRules {
        rules: Arc::new(rules),
        documents: Default::default(),
        register: "bench".to_owned(),
        demo: false,
    };
    let source = facts(&text("record/rcm-1996-2012/source.toml"));
    for (id, command) in [("rules", adopt), ("source", source)] {
        let settled = registrar.submit(Seat::Operator, id.parse().expect("a word"), command);
        settled.await.expect("a command in order");
    }
}

fn command(writer: u64, number: u64, commands: u64) -> (CommandId, Command) {
    let id = format!("w{writer}-n{number}");
    let command = facts(&format!(
        "[[seminar]]\nid = \"seminar-{id}\"\nnumber = {}\n\
         title = {{ en = \"Seminar {id} on Human Rights of Migrants\", es = \"Seminario {id} sobre los derechos humanos de las personas migrantes\" }}\n\
         kind = \"seminar\"\ndate = \"1998\"\nplace = {{ country = \"US\" }}\nlines = \"956\"\n",
        writer * commands + number + 1
    ));
    (id.parse().expect("a word"), command)
}

fn facts(text: &str) -> Command {
    let file = RecordFile {
        name: "bench.toml",
        text,
    };
    let rows = read(&[file], "rcm-15-years").expect("rows of the form that records have");
    let rows: Vec<Row> = rows.into_iter().map(|row| row.row).collect();
    Command::RecordFacts {
        rows,
        on_difference: OnDifference::Refuse,
    }
}

/// What the writers' commands became, batch by batch.
async fn batches(register: &dyn Register) -> Vec<Vec<Indexed>> {
    let head = register.head().await.expect("the register answers");
    let mut rows = Vec::new();
    while (rows.len() as u64) < head.size {
        let page = register.read_indexed(rows.len() as u64, PAGE).await;
        rows.extend(page.expect("a page"));
    }
    let limit = rows.len();
    let commits = register.commits(0, limit).await.expect("the commits");
    let mut rows = rows.into_iter();
    let mut batches: Vec<Vec<Indexed>> = Vec::new();
    let mut from = 0;
    for commit in commits {
        let count = usize::try_from(commit.size - from).expect("a short batch");
        batches.push((&mut rows).take(count).collect());
        from = commit.size;
    }
    // The first two made the register ready, before the clock ran.
    batches.split_off(2)
}
