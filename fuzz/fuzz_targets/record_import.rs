//! Whatever bytes a record file holds: rows or faults with a line of the file, never a panic, and what `decide` answers
//! names rows that exist.
#![no_main]

use std::sync::LazyLock;

use comity_conference::{Command, Conference, Context, OnDifference, Rejection, decide};
use comity_record::{RecordFile, locate, read};
use comity_rules::Rules;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::parse(include_str!("../../rules/rcm-2011/rules.toml")).expect("the rules are in order"));

fuzz_target!(|text: &str| {
    let lines = text.lines().count().max(1) + 1;
    let rows = match read(&[RecordFile { name: "fuzz.toml", text }], "rcm-15-years") {
        Ok(rows) => rows,
        Err(faults) => {
            assert!(!faults.is_empty());
            assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)));
            return;
        }
    };
    let command = Command::RecordFacts { rows: rows.iter().map(|row| row.row.clone()).collect(), on_difference: OnDifference::Refuse };
    let context = Context { now: "2011-10-15T12:00:00Z".parse().expect("an instant") };
    match decide(&Conference::default(), Some(&RULES), &command, &context) {
        Ok(acts) => assert_eq!(acts.len(), rows.len()),
        Err(Rejection::RowsNotInOrder(faults)) => {
            assert_eq!(locate(&faults, &rows).len(), faults.len());
            assert!(faults.iter().all(|fault| fault.row < rows.len()));
        }
        Err(other) => panic!("{other}"),
    }
});
