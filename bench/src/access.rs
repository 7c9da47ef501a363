//! Who may do what, by the policies that the program carries.
//!
//! `cargo run --release -p comity-bench -- access`. It asks realistic questions (a liaison officer who is invited to two meetings and
//! was given three texts; papers, sessions, people) of the policies themselves and through the memory that every node keeps,
//! and goes through a list of 2,000 documents as a page does that shows a seat what it may read.

use std::time::Instant;

use comity_access::{Access, Documents};
use comity_policy::{
    Action, Class, Door, Judge, Reach, Remembering, Rights, Setting, TextStage, Troika,
};

const DOCUMENTS: Documents<'static> = Documents {
    schema: include_str!("../../rules/rcm-2011/schema.cedarschema"),
    policies: include_str!("../../rules/rcm-2011/policies.cedar"),
    seats: include_str!("../../rules/rcm-2011/seats.toml"),
};

/// How many documents a list has.
const LISTED: usize = 2_000;

/// Processor time that a list may take.
const LIST_MAX_MS: f64 = 5.0;

/// Rounds; the one in the middle is told.
const ROUNDS: usize = 9;

pub fn run() {
    let Ok(access) = Access::parse(DOCUMENTS) else {
        eprintln!("the policies are not in order: run `comity rules check`");
        return;
    };
    let rights = rights();
    let papers = papers();
    let plain = middle(|| count(&access, &rights, &papers));
    let judge = Remembering::new(access);
    let first = Instant::now();
    let seen = count(&judge, &rights, &papers);
    let first = first.elapsed().as_secs_f64();
    let warm = middle(|| count(&judge, &rights, &papers));
    assert!(
        seen > 0 && seen < LISTED,
        "some are seen and some are not: {seen}"
    );
    let per_second = |seconds: f64| LISTED as f64 / seconds;
    println!("{:<44} {:>14} {:>10}", "decisions", "a second", "");
    println!("{:<44} {:>14.0}", "by the policies", per_second(plain));
    println!("{:<44} {:>14.0}", "remembered", per_second(warm));
    println!();
    println!(
        "{:<44} {:>14} {:>10}",
        "list of 2,000 documents, for a seat", "", "limit"
    );
    println!("{:<44} {:>11.2} ms", "for the first time", first * 1_000.0);
    let over = if warm * 1_000.0 > LIST_MAX_MS {
        "  over"
    } else {
        ""
    };
    println!(
        "{:<44} {:>11.2} ms {LIST_MAX_MS:>7.0} ms{over}",
        "from then on",
        warm * 1_000.0
    );
}

/// How many of them the seat may read.
fn count(judge: &dyn Judge, rights: &Rights, papers: &[Class]) -> usize {
    let seen = papers
        .iter()
        .filter(|paper| judge.may(rights, Action::Read, paper).allowed);
    seen.count()
}

fn middle(what: impl Fn() -> usize) -> f64 {
    let mut taken: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(what());
            begun.elapsed().as_secs_f64()
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    taken[ROUNDS / 2]
}

fn rights() -> Rights {
    let mut rights = Rights::new("honduras", "member", "liaison-officer");
    rights.bodies.insert("net-tip".into());
    rights.troika = Troika::Outside;
    rights
        .invited_to
        .extend(["net-tip-2011".into(), "vm-2011".into()]);
    rights
        .entrusted_with
        .extend(["a".into(), "b".into(), "c".into()]);
    rights
}

/// Papers of many meetings, each with a text of its own, as far as it reaches and at each stage.
fn papers() -> Vec<Class> {
    let bodies = [
        ("vice_ministerial", "vm"),
        ("consultation_group", "rcgm"),
        ("network", "net-tip"),
    ];
    let reaches = [
        Reach::Public,
        Reach::Participants,
        Reach::Members,
        Reach::Closed,
    ];
    let stages = [TextStage::Draft, TextStage::Circulated, TextStage::Adopted];
    (0..LISTED)
        .map(|number| {
            let (forum, body) = bodies[number % bodies.len()];
            let reach = reaches[number / 3 % reaches.len()];
            let door = if reach == Reach::Closed {
                Door::Closed
            } else {
                Door::Open
            };
            let meeting = format!("{body}-{}", 1996 + number % 16);
            Class::Paper {
                setting: Setting::new(forum, body, door, &meeting),
                reach,
                stage: stages[number / 12 % stages.len()],
                text: format!("text-{number}").as_str().into(),
            }
        })
        .collect()
}
