//! Filling an empty register with a whole history.

use std::collections::VecDeque;

use futures_util::future::BoxFuture;

use super::{Ground, append, holds, record, records, soon};
use crate::merkle::{self, Frontier};
use crate::{Appended, Commit, Error, Head, History, Record, Register, Stretch, Stretches};

/// Where the batches of the nine records end.
const SIZES: [u64; 4] = [1, 4, 6, 9];

/// A history that was laid out beforehand.
struct Laid(VecDeque<Result<Stretch, Error>>);

impl Stretches for Laid {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Stretch>, Error>> {
        Box::pin(async { self.0.pop_front().transpose() })
    }
}

impl Laid {
    /// Stretches of `length` records each, whatever the batches.
    fn new(records: &[Record], sizes: &[u64], length: usize) -> Self {
        let (mut history, mut commits) = (
            History::new(),
            commits(records, sizes).into_iter().peekable(),
        );
        let stretches = records.chunks(length).map(|chunk| {
            let end = chunk.last().map_or(0, |record| record.position + 1);
            let within: Vec<_> =
                std::iter::from_fn(|| commits.next_if(|commit| commit.size <= end)).collect();
            let blobs = chunk.iter().map(Record::encode).collect();
            Ok(history.follow(blobs, within).expect("a history in order"))
        });
        Self(stretches.collect())
    }
}

fn commits(records: &[Record], sizes: &[u64]) -> Vec<Commit> {
    let mut frontier = Frontier::new();
    let mut commits = Vec::new();
    for record in records {
        frontier.push(merkle::leaf(&record.encode()));
        commits.extend(sizes.contains(&frontier.size()).then(|| frontier.head()));
    }
    commits
}

async fn refused(register: &dyn Register, laid: &mut Laid, message: &str) {
    let before = register.head().await.expect("the head");
    let error = soon(register.fill(laid)).await.expect_err(message);
    assert_eq!(error.to_string(), message);
    assert_eq!(register.head().await.expect("the head"), before);
}

pub async fn a_history_fills_an_empty_register(ground: &impl Ground) {
    let register = ground.open().await;
    let all = records("a", 0, 9);
    let expected = commits(&all, &SIZES);
    let head = soon(register.fill(&mut Laid::new(&all, &SIZES, 2)))
        .await
        .expect("a filling");
    assert_eq!(Some(&head), expected.last());
    assert_eq!(
        register.commits(0, 10).await.expect("the commits"),
        expected
    );
    holds(&*register, &all).await;
    holds(&*ground.open().await, &all).await;
}

pub async fn nothing_fills_a_register_with_nothing(ground: &impl Ground) {
    let register = ground.open().await;
    let head = register
        .fill(&mut Laid(VecDeque::new()))
        .await
        .expect("a filling");
    assert_eq!(head, Head::empty());
    holds(&*register, &[]).await;
}

pub async fn a_filled_register_is_written_on(ground: &impl Ground) {
    let register = ground.open().await;
    let mut all = records("a", 0, 9);
    register
        .fill(&mut Laid::new(&all, &SIZES, 4))
        .await
        .expect("a filling");
    assert_eq!(
        soon(register.grown_past(8)).await.expect("the head").size,
        9
    );
    let more = records("b", 9, 2);
    append(&*register, more.clone()).await;
    all.extend(more);
    holds(&*register, &all).await;
}

pub async fn only_an_empty_register_is_filled(ground: &impl Ground) {
    let register = ground.open().await;
    let all = records("a", 0, 1);
    append(&*register, all.clone()).await;
    let mut laid = Laid::new(&records("b", 0, 9), &SIZES, 9);
    refused(
        &*register,
        &mut laid,
        "the register holds 1 records already",
    )
    .await;
    holds(&*register, &all).await;
}

pub async fn a_filling_that_fails_leaves_nothing(ground: &impl Ground) {
    let register = ground.open().await;
    let all = records("a", 0, 9);
    let mut laid = Laid::new(&all, &SIZES, 4);
    laid.0[2] = Err(Error::History {
        source: "the third page is torn".into(),
    });
    refused(
        &*register,
        &mut laid,
        "the history that was to fill the register is refused",
    )
    .await;
    holds(&*register, &[]).await;
    register
        .fill(&mut Laid::new(&all, &SIZES, 9))
        .await
        .expect("a filling after one that failed");
    holds(&*register, &all).await;
}

pub async fn a_filling_that_is_dropped_leaves_nothing(ground: &impl Ground) {
    /// One stretch, and then nothing ever.
    struct Stuck(Laid);
    impl Stretches for Stuck {
        fn next(&mut self) -> BoxFuture<'_, Result<Option<Stretch>, Error>> {
            if self.0.0.len() == 1 {
                return Box::pin(std::future::pending());
            }
            self.0.next()
        }
    }
    let register = ground.open().await;
    let all = records("a", 0, 9);
    let mut stuck = Stuck(Laid::new(&all, &SIZES, 3));
    let limit = std::time::Duration::from_millis(200);
    assert!(
        tokio::time::timeout(limit, register.fill(&mut stuck))
            .await
            .is_err()
    );
    let other = ground.open().await;
    append(&*other, records("b", 0, 1)).await;
    holds(&*register, &records("b", 0, 1)).await;
}

pub async fn a_history_that_repeats_is_refused(ground: &impl Ground) {
    let register = ground.open().await;
    let mut all = records("a", 0, 9);
    all[7].act = all[2].act;
    let message = format!("act `{}` is in the register already", all[2].act);
    refused(&*register, &mut Laid::new(&all, &SIZES, 2), &message).await;
    let mut all = records("a", 0, 9);
    all[7].command = all[2].command.clone();
    let message = format!(
        "command `{}` has an act with ordinal 0 already",
        all[2].command
    );
    refused(&*register, &mut Laid::new(&all, &SIZES, 2), &message).await;
    holds(&*register, &[]).await;
}

pub async fn a_history_of_pieces_is_refused(ground: &impl Ground) {
    let register = ground.open().await;
    let all = records("a", 0, 9);
    let mut cut = Laid::new(&all, &SIZES, 2);
    cut.0.truncate(4);
    refused(
        &*register,
        &mut cut,
        "a record stands at position 8 where 6 is next",
    )
    .await;
    let mut gap = Laid::new(&all, &SIZES, 3);
    gap.0.remove(1);
    refused(
        &*register,
        &mut gap,
        "a record stands at position 6 where 3 is next",
    )
    .await;
    holds(&*register, &[]).await;
    assert!(matches!(
        register
            .append(Head::empty(), vec![record("a", 0)])
            .await
            .expect("an append"),
        Appended::Committed(_)
    ));
}
