//! Replay with its hash check, and what an act weighs in memory: `Registrar::open` over synthetic registers in SQLite.
//!
//! `cargo run --release -p comity-bench -- replay` takes 10,000, 100,000 and 1,000,000 acts; `--acts N` takes one size.
//! Each replay runs in a process of its own, so that its memory is that of the state and of nothing else. One that
//! passes the limit of resident memory stops and says where.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use comity_registrar::{Instants, Registrar, SystemChance, SystemClock};
use comity_sqlite::SqliteRegister;

use crate::{machine, synthetic};

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
const PASSES: usize = 5;

/// The limits of the issue.
const ACTS_PER_SECOND_MIN: f64 = 300_000.0;
const BYTES_PER_ACT_MAX: f64 = 600.0;
const RESIDENT_MAX_KIB: u64 = 12 * 1_024 * 1_024;

/// Stops that a child tells its parent by.
const STOPPED: i32 = 3;

#[derive(Debug, Clone, Copy)]
struct Replayed {
    acts: u64,
    seconds: f64,
    /// Processor time of all threads.
    busy: f64,
    /// Resident, less what the process held before it opened the register.
    kib: u64,
    whole: bool,
}

/// Prints the table.
pub fn run(arguments: &[String]) {
    let sizes = match machine::option(arguments, "--acts") {
        Some(acts) => vec![acts],
        None => SIZES.to_vec(),
    };
    let folder = machine::Folder::new("replay", arguments);
    println!(
        "| acts | file, bytes an act | best of {PASSES}, acts/s | processor, µs an act | resident, MiB | bytes an act | of each act more |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|");
    let mut before = None;
    for acts in sizes {
        let file = folder.path().join("register.sqlite");
        machine::block_on(synthetic::in_file(&file, acts));
        let best = measure(&file, acts);
        row(&file, &best, before);
        if !best.whole {
            println!(
                "\nstopped at {} acts: {} KiB are resident",
                best.acts, best.kib
            );
            return;
        }
        before = Some(best);
    }
    println!("\nlimits: {ACTS_PER_SECOND_MIN} acts/s, {BYTES_PER_ACT_MAX} bytes an act");
}

fn measure(file: &Path, acts: u64) -> Replayed {
    let passes = if acts > 1_000_000 { 1 } else { PASSES };
    let mut all: Vec<Replayed> = (0..passes).map(|_| child(file)).collect();
    all.sort_by(|left, right| left.seconds.total_cmp(&right.seconds));
    // The fastest pass is the machine's least disturbed one; the heaviest one counts for memory.
    Replayed {
        kib: all
            .iter()
            .map(|replayed| replayed.kib)
            .max()
            .unwrap_or_default(),
        ..all[0]
    }
}

fn row(file: &Path, replayed: &Replayed, before: Option<Replayed>) {
    let bytes = std::fs::metadata(file).map_or(0, |file| file.len());
    let acts = replayed.acts as f64;
    let (before_acts, before_kib) = before.map_or((0, 0), |before| (before.acts, before.kib));
    let more = replayed.kib.saturating_sub(before_kib) as f64 * 1_024.0
        / (replayed.acts - before_acts) as f64;
    println!(
        "| {} | {:.0} | {:.0} | {:.2} | {:.1} | {:.0} | {more:.0} |",
        replayed.acts,
        bytes as f64 / acts,
        acts / replayed.seconds,
        replayed.busy * 1e6 / acts,
        replayed.kib as f64 / 1_024.0,
        replayed.kib as f64 * 1_024.0 / acts,
    );
}

fn child(file: &Path) -> Replayed {
    let output = Command::new(std::env::current_exe().expect("a program knows where it is"))
        .arg("replayed")
        .arg(file)
        .output()
        .expect("the bench can start itself");
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    let [acts, seconds, busy, kib] = numbers[..] else {
        panic!(
            "the replay said: {text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    Replayed {
        acts: acts as u64,
        seconds,
        busy,
        kib: kib as u64,
        whole: output.status.success(),
    }
}

/// The other side: one replay, told in four numbers.
pub fn replayed(file: &str) {
    machine::block_on(async {
        let (kib, busy, begun) = (machine::resident_kib(), machine::busy(), Instant::now());
        let tell = |acts: u64| {
            println!(
                "{acts} {} {} {}",
                begun.elapsed().as_secs_f64(),
                machine::busy() - busy,
                machine::resident_kib().saturating_sub(kib)
            );
        };
        let register = SqliteRegister::open_unchecked(PathBuf::from(file))
            .await
            .expect("the register that was made");
        let clock: Arc<dyn comity_registrar::Clock> = Arc::new(SystemClock);
        let instants = Instants {
            conference: Arc::clone(&clock),
            system: clock,
        };
        let progress = |done: u64, _| {
            if done.is_multiple_of(100_000) && machine::resident_kib() > RESIDENT_MAX_KIB {
                tell(done);
                std::process::exit(STOPPED);
            }
        };
        let registrar = Registrar::open(
            Arc::new(register),
            instants,
            Arc::new(SystemChance),
            progress,
        )
        .await
        .expect("a register that adds up");
        tell(registrar.state().head().size);
    });
}
