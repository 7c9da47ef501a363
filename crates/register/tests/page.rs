//! `docs/record.md` is what others write their verifiers from: its example must be true to the last digit.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use comity_register::merkle::{self, Frontier};
use comity_register::{Checkpoint, Hash, Head, MemoryRegister, Record, Register, verify};

const PAGE: &str = include_str!("../../../docs/record.md");

/// The lines between the fence of this language and the next.
fn fenced(language: &str) -> String {
    let (_, after) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    after.split_once("```").unwrap().0.to_owned()
}

fn blobs() -> Vec<String> {
    fenced("json").lines().map(str::to_owned).collect()
}

fn says(row: &str) {
    assert!(
        PAGE.lines().any(|line| line == row),
        "the page should have the line: {row}"
    );
}

#[test]
fn the_records_are_canonical() {
    for (position, blob) in (0..).zip(blobs()) {
        let record = Record::decode_strictly(blob.as_bytes()).unwrap();
        assert_eq!(record.position, position);
        assert_eq!(record.encode(), blob.as_bytes());
    }
}

#[test]
fn leaves_and_roots_are_right() {
    let mut frontier = Frontier::new();
    says(&format!("| root at size 0 | `{}` |", frontier.root()));
    for (position, blob) in blobs().iter().enumerate() {
        let leaf = merkle::leaf(blob.as_bytes());
        says(&format!("| {position} | {} | `{leaf}` |", blob.len()));
        frontier.push(leaf);
        says(&format!(
            "| root at size {} | `{}` |",
            frontier.size(),
            frontier.root()
        ));
    }
    assert_eq!(frontier.size(), 3);
}

#[test]
fn proofs_are_right() {
    let leaves: Vec<Hash> = blobs()
        .iter()
        .map(|blob| merkle::leaf(blob.as_bytes()))
        .collect();
    assert_eq!(
        merkle::inclusion_proof(&leaves, 1).unwrap(),
        [leaves[0], leaves[2]]
    );
    assert_eq!(
        merkle::consistency_proof(&leaves, 1).unwrap(),
        [leaves[1], leaves[2]]
    );
}

#[tokio::test]
async fn checkpoint_and_checks_are_right() {
    let register = MemoryRegister::new();
    let mut records: Vec<Record> = blobs()
        .iter()
        .map(|blob| Record::decode(blob.as_bytes()).unwrap())
        .collect();
    let rest = records.split_off(1);
    let _ = register.append(Head::empty(), records).await.unwrap();
    let _ = register
        .append(register.head().await.unwrap(), rest)
        .await
        .unwrap();
    let head = verify(&register, |_| {}).await.unwrap().head;
    let checkpoint = Checkpoint::new("rcm.example/register", head).unwrap();
    assert_eq!(checkpoint.to_string(), fenced("text"));
    assert_eq!(fenced("text").parse::<Checkpoint>().unwrap(), checkpoint);
}
