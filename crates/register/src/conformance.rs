//! What every register must do, as small cases that run on any of them.
//!
//! An adapter writes a [`Ground`] and one line, `comity_register::conformance!(ground())`, where `ground()` gives an
//! `Option` of one: `None` leaves the cases out, and says why. Each case becomes a test of its name. Each ends by
//! verifying the whole register, so that a case tests more than it says.
//!
//! It is compiled with the crate and not behind a feature: a feature would build the crate twice for every `cargo
//! test`, and what is not called is not linked.

mod fill;

pub use fill::*;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, join, join_all};
use serde_json::json;

use crate::{
    ActId, Appended, CommandId, Error, Hash, Head, Object, Record, RecordedAt, Register, Salt,
    merkle, verify,
};

/// Where the cases run.
pub trait Ground: Send + Sync {
    /// The register: new when it is opened first, with what it holds when it is opened again, as by a second
    /// process or after a restart. The cases open one after another, never two at once.
    fn open(&self) -> BoxFuture<'_, Arc<dyn Register>>;

    /// Puts away what the case left. Not called for a case that failed, so that one can look.
    fn clear(self) -> BoxFuture<'static, ()>
    where
        Self: Sized,
    {
        Box::pin(async {})
    }
}

/// Makes one `#[tokio::test]` of each case. The argument gives a future of `Option<impl Ground>`, once for each case.
#[macro_export]
macro_rules! conformance {
    ($ground:expr) => {
        $crate::conformance!($ground;
            a_new_register_is_empty
            what_is_appended_is_read
            an_empty_batch_is_refused
            a_misplaced_record_is_refused
            two_writers_and_one_loses
            many_writers_lose_nothing
            another_root_of_equal_size_is_refused
            a_known_act_is_refused
            a_known_ordinal_is_refused
            duplicates_within_a_batch_are_refused
            time_does_not_go_back
            a_batch_is_whole_or_absent
            a_read_is_paged
            commits_are_paged
            a_command_is_found_with_its_acts
            commands_are_found_together
            the_tail_wakes_up
            the_tail_of_another_handle_wakes_up
            reopening_keeps_everything
            a_thousand_records_are_one_batch
            hostile_strings_come_back_as_they_went
            a_history_fills_an_empty_register
            nothing_fills_a_register_with_nothing
            a_filled_register_is_written_on
            only_an_empty_register_is_filled
            a_filling_that_fails_leaves_nothing
            a_filling_that_is_dropped_leaves_nothing
            a_history_that_repeats_is_refused
            a_history_of_pieces_is_refused
        );
    };
    ($ground:expr; $($case:ident)+) => {
        $(
            #[tokio::test]
            async fn $case() {
                let Some(ground) = $ground.await else {
                    return;
                };
                $crate::conformance::$case(&ground).await;
                $crate::conformance::Ground::clear(ground).await;
            }
        )+
    };
}

/// A record that can stand at `position`: its ids come from `name`, its instant from the position.
pub fn record(name: &str, position: u64) -> Record {
    let bytes = |what: &str| {
        let hash = Hash::of(format!("{what} {name} {position}").as_bytes());
        <[u8; 16]>::try_from(&hash.as_bytes()[..16]).expect("16 bytes of 32")
    };
    let millisecond = 1_318_687_200_000 + i64::try_from(position).expect("few records");
    let instant = jiff::Timestamp::from_millisecond(millisecond).expect("a day of October 2011");
    let object =
        |value: serde_json::Value| Object::new(&value).expect("a value with a canonical form");
    Record {
        act: ActId::from_bytes(bytes("act")),
        command: ActId::from_bytes(bytes("command")).into(),
        ordinal: 0,
        position,
        at: RecordedAt::new(instant).expect("a day of October 2011"),
        effective: None,
        origin: object(json!({"enacted": {}})),
        actor: object(json!({"person": "p-1", "seat": "HN", "capacity": "delegate"})),
        rules: Hash::of(b"the rules"),
        kind: "StatementMade".parse().expect("a kind"),
        version: 1,
        salt: Salt::from_bytes(bytes("salt")),
        body: object(json!({"session": 16, "place": position})),
    }
}

fn records(name: &str, from: u64, count: u64) -> Vec<Record> {
    (from..from + count)
        .map(|position| record(name, position))
        .collect()
}

/// Appends and expects to win.
async fn append(register: &dyn Register, records: Vec<Record>) -> Head {
    let head = register.head().await.expect("the head");
    match register
        .append(head, records)
        .await
        .expect("an append that is in order")
    {
        Appended::Committed(head) => head,
        Appended::Moved(head) => panic!("nobody else writes, and the register moved to {head}"),
    }
}

async fn refused(register: &dyn Register, records: Vec<Record>, message: &str) {
    let head = register.head().await.expect("the head");
    let error = register.append(head, records).await.expect_err(message);
    assert_eq!(error.to_string(), message);
    assert_eq!(
        register.head().await.expect("the head"),
        head,
        "a refused batch leaves the register as it was"
    );
}

/// Verifies the whole register: that it holds exactly these records.
async fn holds(register: &dyn Register, expected: &[Record]) {
    let verified = verify(register, |_| {})
        .await
        .unwrap_or_else(|fault| panic!("{fault}"));
    let stored = register
        .read(0, expected.len() + 1)
        .await
        .expect("all records");
    let blobs: Vec<_> = stored.iter().map(|stored| stored.blob.clone()).collect();
    let encoded: Vec<_> = expected.iter().map(Record::encode).collect();
    assert_eq!(blobs, encoded, "the bytes as they were appended");
    let leaves: Vec<_> = encoded.iter().map(|blob| merkle::leaf(blob)).collect();
    assert_eq!(
        verified.head,
        Head {
            size: expected.len() as u64,
            root: merkle::root(&leaves)
        }
    );
    for (stored, record) in stored.iter().zip(expected) {
        assert_eq!(&stored.decode().expect("a record"), record);
        assert_eq!(
            register
                .by_act(&record.act)
                .await
                .expect("a look-up")
                .as_ref(),
            Some(stored)
        );
    }
}

async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .expect("an answer within 20 seconds")
}

pub async fn a_new_register_is_empty(ground: &impl Ground) {
    let register = ground.open().await;
    assert_eq!(register.head().await.expect("the head"), Head::empty());
    assert!(register.read(0, 10).await.expect("a page").is_empty());
    assert!(register.commits(0, 10).await.expect("a page").is_empty());
    assert!(
        register
            .by_act(&record("a", 0).act)
            .await
            .expect("a look-up")
            .is_none()
    );
    holds(&*register, &[]).await;
}

pub async fn what_is_appended_is_read(ground: &impl Ground) {
    let register = ground.open().await;
    let batch = records("a", 0, 3);
    let head = append(&*register, batch.clone()).await;
    assert_eq!(head.size, 3);
    assert_eq!(register.head().await.expect("the head"), head);
    holds(&*register, &batch).await;
}

pub async fn an_empty_batch_is_refused(ground: &impl Ground) {
    let register = ground.open().await;
    refused(&*register, Vec::new(), "the batch holds no record").await;
    holds(&*register, &[]).await;
}

pub async fn a_misplaced_record_is_refused(ground: &impl Ground) {
    let register = ground.open().await;
    refused(
        &*register,
        records("a", 1, 1),
        "a record stands at position 1 where 0 is next",
    )
    .await;
    let gap = vec![record("a", 0), record("a", 2)];
    refused(
        &*register,
        gap,
        "a record stands at position 2 where 1 is next",
    )
    .await;
    holds(&*register, &[]).await;
}

pub async fn two_writers_and_one_loses(ground: &impl Ground) {
    let (one, other) = (ground.open().await, ground.open().await);
    let expected = one.head().await.expect("the head");
    let (mine, yours) = (records("mine", 0, 2), records("yours", 0, 3));
    let (first, second) = join(
        one.append(expected, mine.clone()),
        other.append(expected, yours.clone()),
    )
    .await;
    let winner = match (
        first.expect("a lost race is a value"),
        second.expect("a lost race is a value"),
    ) {
        (Appended::Committed(won), Appended::Moved(seen)) => {
            assert_eq!(won, seen, "the loser is told the head that won");
            mine
        }
        (Appended::Moved(seen), Appended::Committed(won)) => {
            assert_eq!(won, seen, "the loser is told the head that won");
            yours
        }
        both => panic!("one of two must win: {both:?}"),
    };
    holds(&*one, &winner).await;
    holds(&*other, &winner).await;
}

pub async fn many_writers_lose_nothing(ground: &impl Ground) {
    const WRITERS: u64 = 4;
    const BATCHES: u64 = 5;
    let mut handles = Vec::new();
    for _ in 0..WRITERS {
        handles.push(ground.open().await);
    }
    let writers = handles
        .iter()
        .enumerate()
        .map(|(writer, register)| async move {
            for batch in 0..BATCHES {
                let mut expected = register.head().await.expect("the head");
                let name = format!("{writer}/{batch}");
                while let Appended::Moved(head) = register
                    .append(expected, records(&name, expected.size, 2))
                    .await
                    .expect("a lost race is a value")
                {
                    expected = head;
                }
            }
        });
    soon(join_all(writers)).await;
    let verified = verify(&*handles[0], |_| {})
        .await
        .unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(verified.head.size, WRITERS * BATCHES * 2);
    assert_eq!(verified.commits, WRITERS * BATCHES);
}

pub async fn another_root_of_equal_size_is_refused(ground: &impl Ground) {
    let register = ground.open().await;
    let batch = records("a", 0, 2);
    let head = append(&*register, batch.clone()).await;
    let other = Head {
        size: head.size,
        root: Hash::of(b"another history"),
    };
    let answer = register
        .append(other, records("a", 2, 1))
        .await
        .expect("a lost race is a value");
    assert_eq!(answer, Appended::Moved(head));
    holds(&*register, &batch).await;
}

pub async fn a_known_act_is_refused(ground: &impl Ground) {
    let register = ground.open().await;
    let batch = records("a", 0, 2);
    append(&*register, batch.clone()).await;
    let again = Record {
        act: batch[0].act,
        ..record("b", 3)
    };
    let message = format!("act `{}` is in the register already", again.act);
    refused(&*register, vec![record("b", 2), again], &message).await;
    holds(&*register, &batch).await;
}

pub async fn a_known_ordinal_is_refused(ground: &impl Ground) {
    let register = ground.open().await;
    let batch = records("a", 0, 2);
    append(&*register, batch.clone()).await;
    let again = Record {
        command: batch[1].command.clone(),
        ..record("b", 2)
    };
    let message = format!(
        "command `{}` has an act with ordinal 0 already",
        again.command
    );
    refused(&*register, vec![again], &message).await;
    holds(&*register, &batch).await;
}

pub async fn duplicates_within_a_batch_are_refused(ground: &impl Ground) {
    let register = ground.open().await;
    let first = record("a", 0);
    let act = Record {
        act: first.act,
        ..record("a", 1)
    };
    refused(
        &*register,
        vec![first.clone(), act],
        &format!("act `{}` is in the register already", first.act),
    )
    .await;
    let ordinal = Record {
        command: first.command.clone(),
        ..record("a", 1)
    };
    let message = format!(
        "command `{}` has an act with ordinal 0 already",
        first.command
    );
    refused(&*register, vec![first, ordinal], &message).await;
    holds(&*register, &[]).await;
}

pub async fn time_does_not_go_back(ground: &impl Ground) {
    let register = ground.open().await;
    let batch = records("a", 0, 2);
    append(&*register, batch.clone()).await;
    let early = Record {
        at: batch[0].at,
        ..record("a", 2)
    };
    let message = "the record at position 2 was recorded at 2011-10-15T14:00:00.000Z, before 2011-10-15T14:00:00.001Z";
    refused(&*register, vec![early], message).await;
    let same = Record {
        at: batch[1].at,
        ..record("a", 2)
    };
    append(&*register, vec![same.clone()]).await;
    holds(&*register, &[batch, vec![same]].concat()).await;
}

pub async fn a_batch_is_whole_or_absent(ground: &impl Ground) {
    let register = ground.open().await;
    let batch = records("a", 0, 3);
    append(&*register, batch.clone()).await;
    // The last of ten is refused by the store, after it was given nine.
    let mut bad = records("b", 3, 10);
    bad[9].act = batch[2].act;
    let head = register.head().await.expect("the head");
    let error = register
        .append(head, bad.clone())
        .await
        .expect_err("a known act");
    assert!(
        matches!(error, Error::DuplicateAct { act } if act == batch[2].act),
        "{error}"
    );
    assert!(
        register
            .by_act(&bad[0].act)
            .await
            .expect("a look-up")
            .is_none(),
        "none of the ten"
    );
    holds(&*register, &batch).await;
    // And the register goes on from there.
    append(&*register, records("c", 3, 1)).await;
    holds(&*register, &[batch, records("c", 3, 1)].concat()).await;
}

pub async fn a_read_is_paged(ground: &impl Ground) {
    let register = ground.open().await;
    let batch = records("a", 0, 10);
    append(&*register, batch.clone()).await;
    for (from, limit, expected) in [
        (0, 4, 0..4),
        (4, 4, 4..8),
        (8, 4, 8..10),
        (10, 4, 10..10),
        (99, 4, 10..10),
        (0, 0, 0..0),
    ] {
        let page = register.read(from, limit).await.expect("a page");
        let positions: Vec<_> = page.iter().map(|stored| stored.position).collect();
        assert_eq!(
            positions,
            expected.collect::<Vec<_>>(),
            "{limit} from {from}"
        );
    }
    assert_eq!(
        register.read(u64::MAX, usize::MAX).await.expect("a page"),
        []
    );
    assert_eq!(
        register.read(0, usize::MAX).await.expect("a page").len(),
        10
    );
    holds(&*register, &batch).await;
}

pub async fn commits_are_paged(ground: &impl Ground) {
    let register = ground.open().await;
    let mut heads = Vec::new();
    for (from, count) in [(0, 1), (1, 3), (4, 2)] {
        heads.push(append(&*register, records("a", from, count)).await);
    }
    assert_eq!(register.commits(0, 10).await.expect("a page"), heads);
    assert_eq!(register.commits(1, 2).await.expect("a page"), heads[..2]);
    assert_eq!(register.commits(2, 2).await.expect("a page"), heads[1..]);
    assert_eq!(register.commits(7, 2).await.expect("a page"), []);
    holds(&*register, &records("a", 0, 6)).await;
}

pub async fn a_command_is_found_with_its_acts(ground: &impl Ground) {
    let register = ground.open().await;
    let command: CommandId = "import-2011-0001".parse().expect("a command id");
    let mut batch = records("a", 0, 4);
    for (place, ordinal) in [(1, 1), (2, 0), (3, 2)] {
        batch[place].command = command.clone();
        batch[place].ordinal = ordinal;
    }
    append(&*register, batch.clone()).await;
    let found = register.by_command(&command).await.expect("a look-up");
    let positions: Vec<_> = found.iter().map(|stored| stored.position).collect();
    assert_eq!(positions, [2, 1, 3], "by ordinal");
    assert_eq!(found[0].blob, batch[2].encode());
    let unknown = "import-2011-000".parse().expect("a command id");
    assert_eq!(register.by_command(&unknown).await.expect("a look-up"), []);
    holds(&*register, &batch).await;
}

pub async fn commands_are_found_together(ground: &impl Ground) {
    let register = ground.open().await;
    let [first, second, unknown]: [CommandId; 3] =
        ["one", "two", "three"].map(|name| name.parse().expect("a command id"));
    let mut batch = records("a", 0, 5);
    for (place, command, ordinal) in [(0, &second, 0), (2, &first, 1), (4, &first, 0)] {
        batch[place].command = command.clone();
        batch[place].ordinal = ordinal;
    }
    append(&*register, batch.clone()).await;
    let asked = [first.clone(), unknown, second, first];
    let found = register.by_commands(&asked).await.expect("a look-up");
    let positions: Vec<Vec<u64>> = found
        .iter()
        .map(|made| made.iter().map(|stored| stored.position).collect())
        .collect();
    let one: &[u64] = &[4, 2];
    assert_eq!(positions, [one, &[], &[0], one], "as asked, by ordinal");
    assert_eq!(found[0][0].blob, batch[4].encode());
    assert_eq!(
        register.by_commands(&[]).await.expect("a look-up"),
        Vec::<Vec<_>>::new()
    );
    holds(&*register, &batch).await;
}

pub async fn the_tail_wakes_up(ground: &impl Ground) {
    let register = ground.open().await;
    tail(&*register, &*register).await;
}

pub async fn the_tail_of_another_handle_wakes_up(ground: &impl Ground) {
    let (writer, reader) = (ground.open().await, ground.open().await);
    tail(&*writer, &*reader).await;
}

async fn tail(writer: &dyn Register, reader: &dyn Register) {
    let (seen, first) = soon(join(
        reader.grown_past(0),
        append(writer, records("a", 0, 2)),
    ))
    .await;
    assert_eq!(seen.expect("the head"), first);
    assert_eq!(
        soon(reader.grown_past(1)).await.expect("the head"),
        first,
        "it stands past 1 already"
    );
    let (seen, second) = soon(join(
        reader.grown_past(2),
        append(writer, records("a", 2, 1)),
    ))
    .await;
    assert_eq!(seen.expect("the head"), second);
    holds(reader, &records("a", 0, 3)).await;
}

pub async fn reopening_keeps_everything(ground: &impl Ground) {
    let register = ground.open().await;
    append(&*register, records("a", 0, 2)).await;
    append(&*register, records("a", 2, 3)).await;
    drop(register);
    let register = ground.open().await;
    holds(&*register, &records("a", 0, 5)).await;
    append(&*register, records("a", 5, 2)).await;
    drop(register);
    let register = ground.open().await;
    assert_eq!(register.commits(0, 10).await.expect("a page").len(), 3);
    holds(&*register, &records("a", 0, 7)).await;
}

pub async fn a_thousand_records_are_one_batch(ground: &impl Ground) {
    let register = ground.open().await;
    append(&*register, records("a", 0, 1)).await;
    append(&*register, records("a", 1, 1_000)).await;
    assert_eq!(register.commits(0, 10).await.expect("a page").len(), 2);
    let mut progress = Vec::new();
    verify(&*register, |checked| progress.push(checked))
        .await
        .unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(progress, [1_000, 1_001]);
    holds(&*register, &records("a", 0, 1_001)).await;
}

pub async fn hostile_strings_come_back_as_they_went(ground: &impl Ground) {
    let register = ground.open().await;
    let texts = [
        "'; DROP TABLE records; --",
        "\"\\\u{0}\u{1f}\u{7f}",
        "🕊️👩‍👩‍👧‍👦🇭🇳",
        "\u{202e}مرحبا\u{202c} \u{2066}שלום\u{2069}",
        "e\u{301} é \u{feff}\u{fffd}\u{10ffff}",
        "$1 ? :name %s {} <script> &amp;",
        "",
    ];
    let batch: Vec<_> = (0..)
        .zip(texts)
        .map(|(position, text)| {
            let body = Object::new(&json!({"text": text, "'\"\u{0}": [text]}))
                .expect("a value with a canonical form");
            Record {
                body,
                effective: Some("2011-10?/..".parse().expect("a date")),
                ..record("a", position)
            }
        })
        .collect();
    append(&*register, batch.clone()).await;
    for (stored, text) in register
        .read(0, 10)
        .await
        .expect("a page")
        .iter()
        .zip(texts)
    {
        let body: serde_json::Value = stored
            .decode()
            .expect("a record")
            .body
            .parse()
            .expect("a value");
        assert_eq!(body["text"], text);
    }
    holds(&*register, &batch).await;
}
