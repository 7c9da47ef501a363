//! What every store of files must do, as small cases that run on any of them.
//!
//! An adapter writes a [`Ground`] and one line, `comity_files::conformance!(ground())`, as for the register.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::{BoxFuture, join_all};

use crate::{Files, Hash};

/// Where the cases run.
pub trait Ground: Send + Sync {
    /// The store: new when it is opened first, with what it holds when it is opened again.
    fn open(&self) -> BoxFuture<'_, Arc<dyn Files>>;

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
            a_new_store_holds_nothing
            what_is_put_is_found_by_its_hash
            a_content_is_kept_once
            any_bytes_come_back_as_they_went
            files_are_listed_page_by_page
            what_is_removed_is_gone_and_may_come_again
            several_may_put_one_content_at_a_time
            a_check_leaves_nothing
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

async fn put(files: &dyn Files, content: &[u8]) -> Hash {
    let put = files.put(Bytes::copy_from_slice(content)).await;
    put.expect("a file is kept")
}

async fn get(files: &dyn Files, hash: &Hash) -> Option<Bytes> {
    files.get(hash).await.expect("a look")
}

async fn has(files: &dyn Files, hash: &Hash) -> bool {
    files.has(hash).await.expect("a look")
}

async fn all(files: &dyn Files) -> Vec<Hash> {
    files.list(None, 1000).await.expect("a list")
}

pub async fn a_new_store_holds_nothing(ground: &impl Ground) {
    let files = ground.open().await;
    let hash = Hash::of(b"a note");
    assert!(all(&*files).await.is_empty());
    assert_eq!(get(&*files, &hash).await, None);
    assert!(!has(&*files, &hash).await);
}

pub async fn what_is_put_is_found_by_its_hash(ground: &impl Ground) {
    let files = ground.open().await;
    let hash = put(&*files, b"a note").await;
    assert_eq!(hash, Hash::of(b"a note"));
    let again = ground.open().await;
    assert_eq!(get(&*again, &hash).await.as_deref(), Some(&b"a note"[..]));
    assert!(has(&*again, &hash).await);
    assert_eq!(all(&*again).await, [hash]);
    assert_eq!(get(&*again, &Hash::of(b"another")).await, None);
    assert!(!has(&*again, &Hash::of(b"another")).await);
}

pub async fn a_content_is_kept_once(ground: &impl Ground) {
    let files = ground.open().await;
    let hash = put(&*files, b"a note").await;
    assert_eq!(put(&*files, b"a note").await, hash);
    assert_eq!(put(&*ground.open().await, b"a note").await, hash);
    assert_eq!(all(&*files).await, [hash]);
}

pub async fn any_bytes_come_back_as_they_went(ground: &impl Ground) {
    let files = ground.open().await;
    let large: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    for content in [b"".as_slice(), b"\0", b"<Code>NoSuchBucket</Code>", &large] {
        let hash = put(&*files, content).await;
        assert_eq!(get(&*files, &hash).await.as_deref(), Some(content));
    }
}

pub async fn files_are_listed_page_by_page(ground: &impl Ground) {
    let files = ground.open().await;
    let mut hashes = Vec::new();
    for number in 0..7 {
        hashes.push(put(&*files, &[number]).await);
    }
    hashes.sort();
    let mut found: Vec<Hash> = Vec::new();
    loop {
        let page = files.list(found.last().copied(), 3).await.expect("a page");
        assert!(page.len() <= 3);
        if page.is_empty() {
            break;
        }
        found.extend(page);
    }
    assert_eq!(found, hashes);
    assert!(files.list(None, 0).await.expect("a page").is_empty());
    // What it begins after need not be there.
    let before = Hash::from_bytes([0; 32]);
    let page = files.list(Some(before), 1).await.expect("a page");
    assert_eq!(page, hashes[..1]);
    let beyond = Hash::from_bytes([0xff; 32]);
    assert!(
        files
            .list(Some(beyond), 9)
            .await
            .expect("a page")
            .is_empty()
    );
}

pub async fn what_is_removed_is_gone_and_may_come_again(ground: &impl Ground) {
    let files = ground.open().await;
    let stays = put(&*files, b"a note").await;
    let goes = put(&*files, b"another").await;
    for _ in 0..2 {
        files.remove(&goes).await.expect("it is removed");
        assert_eq!(get(&*files, &goes).await, None);
        assert!(!has(&*files, &goes).await);
        assert_eq!(all(&*ground.open().await).await, [stays]);
    }
    assert_eq!(put(&*files, b"another").await, goes);
    assert!(has(&*files, &goes).await);
}

pub async fn several_may_put_one_content_at_a_time(ground: &impl Ground) {
    let (one, other) = (ground.open().await, ground.open().await);
    let puts = (0..8).map(|number| {
        let files = if number % 2 == 0 { &one } else { &other };
        put(&**files, b"a note")
    });
    let hashes = join_all(puts).await;
    assert_eq!(hashes, [Hash::of(b"a note"); 8]);
    assert_eq!(all(&*one).await, hashes[..1]);
    assert_eq!(
        get(&*other, &hashes[0]).await.as_deref(),
        Some(&b"a note"[..])
    );
}

pub async fn a_check_leaves_nothing(ground: &impl Ground) {
    let files = ground.open().await;
    for _ in 0..2 {
        files.check().await.expect("it is in order");
    }
    assert!(all(&*files).await.is_empty());
}
