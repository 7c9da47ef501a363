//! What somebody does who holds the database: every case must be found, and told with its position, what it is, and
//! the last good head.
//!
//! An adapter writes an [`Attacked`] and one line, `comity_register::tampering!(ground())`, as for
//! [`conformance`](mod@crate::conformance). The attacker writes past every trigger and constraint, while the register
//! is open, and computes again whatever is computed without a key.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde_json::json;

use crate::conformance::{Ground, record};
use crate::merkle::{self, Frontier};
use crate::{
    Appended, Commit, Fault, Hash, Head, Index, Indexed, Object, Record, Register, against,
    against_leaves, verify,
};

/// A store whose content can be written past what guards it.
pub trait Attacked: Ground {
    /// Puts these rows and commits in the place of all that are stored.
    fn overwrite(&self, rows: Vec<Indexed>, commits: Vec<Commit>) -> BoxFuture<'_, ()>;

    /// Puts this row in the place of the one at its position.
    fn rewrite(&self, row: Indexed) -> BoxFuture<'_, ()>;
}

/// Makes one `#[tokio::test]` of each case. The argument gives a future of `Option<impl Attacked>`, once for each case.
#[macro_export]
macro_rules! tampering {
    ($ground:expr) => {
        $crate::tampering!($ground;
            an_untouched_register_is_sound
            every_flipped_byte_of_a_record_is_found
            every_flipped_byte_of_a_root_is_found
            a_deleted_record_is_found
            a_deleted_record_is_found_where_the_gap_was_closed
            an_inserted_record_is_found
            swapped_records_are_found
            a_doubled_record_is_found
            a_changed_column_is_found
            a_cut_end_is_found
            a_rewritten_end_is_found_by_an_older_head
            the_position_of_a_rewritten_record_is_found_by_older_leaves
        );
    };
    ($ground:expr; $($case:ident)+) => {
        $(
            #[tokio::test]
            async fn $case() {
                let Some(ground) = $ground.await else {
                    return;
                };
                $crate::tampering::$case(&ground).await;
                $crate::conformance::Ground::clear(ground).await;
            }
        )+
    };
}

/// Where the batches of the twelve records end.
const SIZES: [u64; 5] = [1, 4, 6, 9, 12];

type Change = fn(&mut Index);
type Rows = Vec<Indexed>;
type Commits = Vec<Commit>;

struct Scene<'a, G> {
    ground: &'a G,
    register: Arc<dyn Register>,
    rows: Rows,
    commits: Commits,
}

impl<'a, G: Attacked> Scene<'a, G> {
    async fn new(ground: &'a G) -> Self {
        let register = ground.open().await;
        let mut head = Head::empty();
        for size in SIZES {
            let batch = (head.size..size)
                .map(|position| record("a", position))
                .collect();
            let answer = register.append(head, batch).await.expect("an append");
            let Appended::Committed(committed) = answer else {
                panic!("nobody else writes")
            };
            head = committed;
        }
        let rows = register.read_indexed(0, 100).await.expect("all records");
        let commits = register.commits(0, 100).await.expect("all commits");
        Self {
            ground,
            register,
            rows,
            commits,
        }
    }

    /// The head that stood at one of [`SIZES`], or before them.
    fn head(&self, size: u64) -> Head {
        let commit = self.commits.iter().find(|commit| commit.size == size);
        commit.copied().unwrap_or_else(Head::empty)
    }

    /// The last head that covers nothing from this position on.
    fn before(&self, position: u64) -> Head {
        let size = SIZES.into_iter().rfind(|size| *size <= position);
        self.head(size.unwrap_or(0))
    }

    async fn tamper(&self, edit: impl FnOnce(&mut Rows, &mut Commits)) {
        let (mut rows, mut commits) = (self.rows.clone(), self.commits.clone());
        edit(&mut rows, &mut commits);
        self.ground.overwrite(rows, commits).await;
    }

    async fn fault(&self) -> Fault {
        verify(&*self.register, |_| {})
            .await
            .expect_err("what was tampered with does not verify")
    }

    /// Tampers, and expects the fault at this position with the head before it.
    async fn found(&self, edit: impl FnOnce(&mut Rows, &mut Commits), position: u64, says: &str) {
        self.tamper(edit).await;
        let fault = self.fault().await;
        assert_eq!(fault.position, position, "{fault}");
        assert!(fault.flaw.to_string().starts_with(says), "{fault}");
        assert_eq!(fault.last_good, self.before(position), "{fault}");
    }

    /// Writes history anew from a record on, with every hash that follows.
    async fn rehash(&self, position: usize) {
        self.tamper(|rows, commits| {
            rows[position] = row(&changed(&rows[position]));
            recommit(rows, commits);
        })
        .await;
        verify(&*self.register, |_| {})
            .await
            .expect("a register that was written anew agrees with itself");
    }

    async fn against(&self, sizes: &[u64]) -> Result<Head, Fault> {
        let kept: Vec<_> = sizes.iter().map(|size| self.head(*size)).collect();
        against(&*self.register, &kept).await
    }
}

/// The record with columns that fit it.
fn row(record: &Record) -> Indexed {
    let blob = record.encode();
    Indexed {
        index: Index::of(record, &merkle::leaf(&blob)),
        stored: crate::Stored {
            position: record.position,
            blob,
        },
    }
}

fn decoded(row: &Indexed) -> Record {
    row.stored.decode().expect("a sound record")
}

/// The record as if it had said something else.
fn changed(row: &Indexed) -> Record {
    let body = Object::new(&json!({"session": 16, "place": "another"}));
    Record {
        body: body.expect("a value with a canonical form"),
        ..decoded(row)
    }
}

/// The record as if it had always stood at this position, and been recorded then.
fn moved(row: &Indexed, position: u64) -> Indexed {
    self::row(&Record {
        position,
        at: record("a", position).at,
        ..decoded(row)
    })
}

/// Gives each row the position of its place, in the column and nowhere else.
fn renumber(rows: &mut Rows) {
    for (position, row) in (0..).zip(rows) {
        row.stored.position = position;
    }
}

/// Computes the commits again at the sizes where they stand.
fn recommit(rows: &Rows, commits: &mut Commits) {
    let mut frontier = Frontier::new();
    let mut ahead = commits.iter_mut().peekable();
    for row in rows {
        frontier.push(merkle::leaf(&row.stored.blob));
        if let Some(commit) = ahead.next_if(|commit| commit.size == frontier.size()) {
            *commit = frontier.head();
        }
    }
}

pub async fn an_untouched_register_is_sound(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    scene.tamper(|_, _| {}).await;
    let verified = verify(&*scene.register, |_| {}).await;
    assert_eq!(
        verified.expect("a sound register").head,
        scene.before(u64::MAX)
    );
    let head = scene.against(&[0, 1, 4, 6, 9, 12]).await;
    assert_eq!(head.expect("a sound register"), scene.before(u64::MAX));
}

pub async fn every_flipped_byte_of_a_record_is_found(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    scene.tamper(|_, _| {}).await;
    for row in &scene.rows {
        for place in 0..row.stored.blob.len() {
            let mut flipped = row.clone();
            flipped.stored.blob[place] ^= 1 << (place % 8);
            ground.rewrite(flipped).await;
            let fault = scene.fault().await;
            assert_eq!(fault.position, row.stored.position, "byte {place}: {fault}");
            assert_eq!(fault.last_good, scene.before(row.stored.position));
        }
        ground.rewrite(row.clone()).await;
    }
    verify(&*scene.register, |_| {})
        .await
        .expect("every byte was put back");
}

pub async fn every_flipped_byte_of_a_root_is_found(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    for place in 0..scene.commits.len() {
        for byte in 0..32 {
            let flip = |_: &mut Rows, commits: &mut Commits| {
                let mut root = *commits[place].root.as_bytes();
                root[byte] ^= 1 << (byte % 8);
                commits[place].root = Hash::from_bytes(root);
            };
            let size = SIZES[place];
            let says = format!("from here to size {size} the records do not give the root");
            scene.found(flip, scene.before(size - 1).size, &says).await;
        }
    }
}

pub async fn a_deleted_record_is_found(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    for position in 0..12 {
        let delete = |rows: &mut Rows, _: &mut Commits| drop(rows.remove(position as usize));
        scene.found(delete, position, "the record is missing").await;
    }
    let delete_all = |rows: &mut Rows, _: &mut Commits| rows.clear();
    scene.found(delete_all, 0, "the record is missing").await;
}

pub async fn a_deleted_record_is_found_where_the_gap_was_closed(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    for position in 0..11 {
        let close = |rows: &mut Rows, _: &mut Commits| {
            rows.remove(position as usize);
            renumber(rows);
        };
        let says = format!(
            "the record says that it stands at position {}",
            position + 1
        );
        scene.found(close, position, &says).await;
    }
    // With the positions inside changed too, the tree still has the old records.
    let close = |rows: &mut Rows, _: &mut Commits| {
        rows.remove(4);
        for (position, row) in (0..).zip(rows).skip(4) {
            *row = moved(row, position);
        }
    };
    scene.found(close, 4, "from here to size 6").await;
}

pub async fn an_inserted_record_is_found(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    let insert = |rows: &mut Rows, position: u64| {
        rows.insert(position as usize, row(&record("x", position)));
        renumber(rows);
    };
    scene
        .found(
            |rows, _| insert(rows, 6),
            7,
            "the record says that it stands at position 6",
        )
        .await;
    scene
        .found(|rows, _| insert(rows, 5), 4, "from here to size 6")
        .await;
    scene
        .found(
            |rows, _| insert(rows, 12),
            12,
            "the record is not covered by a commit",
        )
        .await;
}

pub async fn swapped_records_are_found(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    let swap = |rows: &mut Rows, _: &mut Commits| {
        rows.swap(7, 8);
        renumber(rows);
    };
    scene
        .found(swap, 7, "the record says that it stands at position 8")
        .await;
    let swap = |rows: &mut Rows, _: &mut Commits| {
        (rows[7], rows[8]) = (moved(&rows[8], 7), moved(&rows[7], 8));
    };
    scene.found(swap, 6, "from here to size 9").await;
}

pub async fn a_doubled_record_is_found(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    let in_place = |rows: &mut Rows, _: &mut Commits| rows.insert(5, rows[5].clone());
    scene.found(in_place, 5, "several records stand here").await;
    let in_next_place = |rows: &mut Rows, _: &mut Commits| {
        rows.insert(5, rows[5].clone());
        renumber(rows);
    };
    scene
        .found(
            in_next_place,
            6,
            "the record says that it stands at position 5",
        )
        .await;
    // At the end, in another guise and committed: only the act gives it away.
    let act = record("a", 5).act;
    let at_the_end = |rows: &mut Rows, commits: &mut Commits| {
        rows.push(moved(&rows[5], 12));
        commits.push(Head {
            size: 13,
            root: Hash::of(b""),
        });
        recommit(rows, commits);
    };
    let says = format!("act `{act}` stands at position 5 already");
    scene.found(at_the_end, 12, &says).await;
    let command = record("a", 5).command;
    let another_act = |rows: &mut Rows, commits: &mut Commits| {
        let record = Record {
            act: record("x", 12).act,
            ..decoded(&moved(&rows[5], 12))
        };
        rows.push(row(&record));
        commits.push(Head {
            size: 13,
            root: Hash::of(b""),
        });
        recommit(rows, commits);
    };
    let says = format!("command `{command}` has an act with ordinal 0 at position 5 already");
    scene.found(another_act, 12, &says).await;
}

pub async fn a_changed_column_is_found(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    let changes: [(&str, Change); 6] = [
        ("act", |index| index.act = "0".repeat(26)),
        ("command", |index| index.command.push('0')),
        ("ordinal", |index| index.ordinal = -1),
        ("at", |index| {
            index.at = "2011-10-15T14:00:00.999Z".to_owned();
        }),
        ("kind", |index| index.kind = "Other".to_owned()),
        ("leaf", |index| index.leaf[31] ^= 1),
    ];
    for position in [0, 7, 11] {
        for (column, change) in changes {
            let says = format!("the index column `{column}` says `");
            let edit = |rows: &mut Rows, _: &mut Commits| {
                change(&mut rows[position as usize].index);
            };
            scene.found(edit, position, &says).await;
        }
    }
    let shorten = |rows: &mut Rows, _: &mut Commits| rows[7].index.leaf.truncate(31);
    scene.found(shorten, 7, "the index column `leaf`").await;
}

pub async fn a_cut_end_is_found(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    for size in [9, 10] {
        let cut = |rows: &mut Rows, _: &mut Commits| rows.truncate(size as usize);
        scene.found(cut, size, "the record is missing").await;
    }
    let uncommit = |_: &mut Rows, commits: &mut Commits| commits.truncate(4);
    scene
        .found(uncommit, 9, "the record is not covered by a commit")
        .await;

    // Cut where a batch ended, the register agrees with itself: what was kept elsewhere tells.
    scene
        .tamper(|rows, commits| {
            rows.truncate(9);
            commits.truncate(4);
        })
        .await;
    let verified = verify(&*scene.register, |_| {}).await;
    assert_eq!(
        verified.expect("a register that was shorter once").head,
        scene.head(9)
    );
    let fault = scene.against(&[12, 6]).await.expect_err("a cut end");
    assert_eq!(
        fault.to_string(),
        format!(
            "position 9: the register ends here, and a head was kept of size 12; the last good head is {}",
            scene.head(6)
        )
    );
    let leaves: Vec<_> = scene
        .rows
        .iter()
        .map(|row| merkle::leaf(&row.stored.blob))
        .collect();
    let fault = against_leaves(&*scene.register, &leaves)
        .await
        .expect_err("a cut end");
    assert_eq!((fault.position, fault.last_good), (9, scene.head(9)));
}

pub async fn a_rewritten_end_is_found_by_an_older_head(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    scene.rehash(7).await;
    let fault = scene.against(&[12, 4]).await.expect_err("another history");
    let says = "from here to size 12 the records do not give the root that was kept";
    assert!(fault.flaw.to_string().starts_with(says), "{fault}");
    assert_eq!((fault.position, fault.last_good), (4, scene.head(4)));
    // Each head that was kept besides narrows it.
    let fault = scene
        .against(&[1, 4, 6, 9])
        .await
        .expect_err("another history");
    assert_eq!((fault.position, fault.last_good), (6, scene.head(6)));
    // And heads from before the change cannot tell.
    let head = scene.against(&[1, 6]).await.expect("the same beginning");
    assert_ne!(head, scene.head(12));
    assert_eq!(head, scene.register.head().await.expect("the head"));
}

pub async fn the_position_of_a_rewritten_record_is_found_by_older_leaves(ground: &impl Attacked) {
    let scene = Scene::new(ground).await;
    let leaves: Vec<_> = scene
        .rows
        .iter()
        .map(|row| merkle::leaf(&row.stored.blob))
        .collect();
    let sound = against_leaves(&*scene.register, &leaves[..5]).await;
    assert_eq!(sound.expect("the same beginning"), scene.head(12));
    for position in [0, 7, 11] {
        scene.rehash(position).await;
        let fault = against_leaves(&*scene.register, &leaves)
            .await
            .expect_err("another history");
        assert_eq!(fault.position, position as u64, "{fault}");
        assert!(
            fault
                .flaw
                .to_string()
                .starts_with("the leaf of the record is")
        );
    }
}
