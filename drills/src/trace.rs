//! The order of things as the shim saw it: for each acknowledgement, a sync lies between the log that holds its acts and
//! the telling.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::journal::{Event, Journal, Kind};

/// What the trace of a round shows.
#[derive(Debug, Default, Clone)]
pub struct Trace {
    /// Acknowledgements whose acts were found in the log, and synced before.
    pub synced: u64,
    /// Acknowledgements told before a sync.
    pub early: u64,
    /// Acknowledgements whose acts were not found in the log.
    pub untraced: u64,
    /// The syncs that the acknowledgements waited for: one of a batch is for all of it.
    pub syncs: BTreeSet<u64>,
}

impl Trace {
    pub fn add(&mut self, other: &Self) {
        self.synced += other.synced;
        self.early += other.early;
        self.untraced += other.untraced;
    }
}

/// The write-ahead log, of either database.
pub fn is_log(event: &Event) -> bool {
    let path = event.path.to_string_lossy();
    path.ends_with("-wal") || path.contains("/pg_wal/")
}

pub fn trace(journal: &Journal, round: u64) -> Result<Trace> {
    let first = first_writes(journal, round);
    let mut trace = Trace::default();
    for (told, line) in said(journal)? {
        let Some(id) = line
            .strip_prefix("ack ")
            .and_then(|rest| rest.split(' ').next())
        else {
            continue;
        };
        let Some(written) = first.get(id) else {
            trace.untraced += 1;
            continue;
        };
        match sync_after(journal, written).filter(|ended| *ended < told) {
            Some(ended) => {
                trace.synced += 1;
                trace.syncs.insert(ended);
            }
            None => trace.early += 1,
        }
    }
    Ok(trace)
}

/// How many reads were served while the log was being synced.
pub fn reads_during_syncs(journal: &Journal) -> Result<u64> {
    let mut reads: Vec<u64> = Vec::new();
    for (sequence, line) in said(journal)? {
        if line == "read" {
            reads.push(sequence);
        }
    }
    let syncs = journal
        .events
        .iter()
        .filter(|event| event.kind == Kind::SyncEnd && is_log(event));
    let during = |event: &Event| {
        reads
            .iter()
            .filter(|read| (event.offset..event.sequence).contains(read))
            .count() as u64
    };
    Ok(syncs.map(during).sum())
}

/// Each line that the writer said, with its place among everything that happened.
fn said(journal: &Journal) -> Result<Vec<(u64, &str)>> {
    let mut said = Vec::new();
    for event in &journal.events {
        if event.kind == Kind::Acknowledge {
            let lines = std::str::from_utf8(&event.new)?.lines();
            said.extend(lines.map(|line| (event.sequence, line)));
        }
    }
    Ok(said)
}

/// Where each command of the round first stands in the log. Later writes of the same page say it again.
fn first_writes(journal: &Journal, round: u64) -> BTreeMap<String, &Event> {
    let mut first = BTreeMap::new();
    let mark = format!("r{round}-w");
    let logged = journal
        .events
        .iter()
        .filter(|event| event.kind == Kind::Write && is_log(event));
    for event in logged {
        for id in names(&event.new, &mark) {
            first.entry(id).or_insert(event);
        }
    }
    first
}

/// The command ids in some bytes. A party of a drill is named by its command's id, a hyphen and a digit: with the hyphen
/// the id is whole, whatever stands next to it.
fn names(bytes: &[u8], mark: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest
        .windows(mark.len())
        .position(|window| window == mark.as_bytes())
    {
        let word: Vec<u8> = rest[at..]
            .iter()
            .copied()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
            .take(64)
            .collect();
        if let Some((id, _)) = String::from_utf8_lossy(&word).rsplit_once('-')
            && id.matches('-').count() == 2
        {
            found.push(id.to_owned());
        }
        rest = &rest[at + mark.len()..];
    }
    found
}

/// When the first sync ended that began after a write.
fn sync_after(journal: &Journal, written: &Event) -> Option<u64> {
    let covers = |event: &&Event| {
        event.kind == Kind::SyncEnd
            && event.inode == written.inode
            && event.offset > written.sequence
    };
    journal
        .events
        .iter()
        .find(covers)
        .map(|event| event.sequence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_known_by_its_parties_only() {
        let bytes = br#"xx"command":"r1-w2-n3"2026 {"id":"r1-w2-n3-0","en":"r1-w2-n30-1"}"#;
        assert_eq!(names(bytes, "r1-w"), ["r1-w2-n3", "r1-w2-n30"]);
        assert!(names(bytes, "r2-w").is_empty());
    }
}
