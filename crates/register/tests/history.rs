//! What a history that comes in is held to, each edge from both sides.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use comity_register::conformance::record;
use comity_register::merkle::{Frontier, leaf};
use comity_register::{Commit, Fault, Hash, History, Record, Step};

fn blobs(count: u64) -> Vec<Vec<u8>> {
    (0..count)
        .map(|position| record("a", position).encode())
        .collect()
}

fn commit(size: usize) -> Commit {
    let mut frontier = Frontier::new();
    frontier.extend(blobs(5).iter().take(size).map(|blob| leaf(blob)));
    frontier.head()
}

fn fault(blobs: Vec<Vec<u8>>, commits: &[Commit]) -> String {
    let mut history = History::new();
    let followed = history.follow(blobs, commits.iter().copied());
    followed
        .map(|_| history.end())
        .and_then(|end| end)
        .map(|_| ())
        .unwrap_err()
        .to_string()
}

fn words(fault: &str) -> &str {
    fault.split_once("; the last good head").unwrap().0
}

#[test]
fn a_history_in_order_is_followed_however_it_is_cut() {
    let all = [commit(2), commit(3), commit(5)];
    for length in 1..=5 {
        let mut history = History::new();
        let (mut records, mut commits) = (0, Vec::new());
        let mut given = all.iter().copied();
        for chunk in blobs(5).chunks(length) {
            // A commit may be given long before it is reached.
            let stretch = history.follow(chunk.to_vec(), given.by_ref()).unwrap();
            for step in stretch.steps() {
                match step {
                    Step::Record(row) => {
                        assert_eq!(row.stored.position, records);
                        records += 1;
                    }
                    Step::Commit(commit) => {
                        assert_eq!(
                            commit.size, records,
                            "a commit stands after its last record"
                        );
                        commits.push(commit);
                    }
                }
            }
        }
        assert_eq!(commits, all);
        assert_eq!(history.end().unwrap(), commit(5));
    }
}

#[test]
fn records_that_are_not_as_they_should_be_are_named() {
    let (whole, commits) = (blobs(5), [commit(2), commit(5)]);
    assert!(History::new().follow(whole.clone(), commits).is_ok());
    let mut swapped = whole.clone();
    swapped.swap(2, 3);
    assert_eq!(
        words(&fault(swapped, &commits)),
        "position 2: the record says that it stands at position 3"
    );
    let mut other = whole.clone();
    other[4] = record("b", 4).encode();
    assert_eq!(
        words(&fault(other, &commits)),
        format!(
            "position 2: from here to size 5 the records do not give the root of the commit, {}",
            commit(5).root
        )
    );
    let mut spaced = whole.clone();
    spaced[3].push(b' ');
    assert!(
        fault(spaced, &commits)
            .starts_with("position 3: the bytes are not a record in canonical form")
    );
    let earlier = Record {
        at: record("a", 0).at,
        ..record("a", 2)
    };
    let mut back = whole;
    back[2] = earlier.encode();
    assert!(words(&fault(back, &commits)).starts_with("position 2: the record says "));
}

#[test]
fn commits_that_are_not_as_they_should_be_are_named() {
    let whole = || blobs(5);
    let wrong = Commit {
        size: 2,
        root: Hash::of(b""),
    };
    assert!(fault(whole(), &[wrong, commit(5)]).starts_with("position 0: from here to size 2"));
    assert_eq!(
        words(&fault(whole(), &[commit(2)])),
        "position 2: the record is not covered by a commit"
    );
    let beyond = Commit {
        size: 6,
        root: Hash::of(b""),
    };
    assert_eq!(
        words(&fault(whole(), &[commit(5), beyond])),
        "position 5: the record is missing"
    );
    for twice in [[commit(2), commit(2)], [commit(5), commit(2)]] {
        let said = fault(whole(), &twice);
        assert_eq!(
            words(&said),
            "position 0: the commit of size 2 does not follow the one before it"
        );
    }
    let nothing = Commit {
        size: 0,
        root: Hash::of(b""),
    };
    assert_eq!(
        words(&fault(whole(), &[nothing])),
        "position 0: the commit of size 0 does not follow the one before it"
    );
    // Given after its record was passed.
    let mut history = History::new();
    history.follow(blobs(3), []).unwrap();
    let late: Result<_, Fault> = history.follow(blobs(5).split_off(3), [commit(2)]);
    assert_eq!(
        words(&late.unwrap_err().to_string()),
        "position 3: the commit of size 2 does not follow the one before it"
    );
}

#[test]
fn an_edge_is_taken_up_where_it_was_left() {
    let mut whole = Frontier::new();
    whole.extend(blobs(5).iter().map(|blob| leaf(blob)));
    let mut left = Frontier::new();
    left.extend(blobs(3).iter().map(|blob| leaf(blob)));
    let mut again = Frontier::of_peaks(left.size(), left.peaks().to_vec()).unwrap();
    assert_eq!(again, left);
    again.extend(blobs(5).iter().skip(3).map(|blob| leaf(blob)));
    assert_eq!(again, whole);
    assert!(Frontier::of_peaks(4, left.peaks().to_vec()).is_none());
}
