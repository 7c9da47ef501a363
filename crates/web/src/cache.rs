use std::hash::{Hash, Hasher};

use comity_view::{Date, Seat};
use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};
use sha2::{Digest, Sha256};

use crate::answer::Page;
use crate::{Freshness, SnapshotKey};

/// Everything but the address on which a page depends: build, rules, visibility class, head, day, and whether that
/// is the register's. A change of any of
/// them makes every page that was kept unreachable; it goes as others come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Stamp([u8; 16]);

impl Stamp {
    pub(crate) fn new(
        build: &str,
        seat: Seat,
        day: Date,
        state: &SnapshotKey,
        freshness: Freshness,
    ) -> Self {
        let mut digest = Sha256::new();
        let freshness = freshness.stamp();
        for part in [
            build,
            seat.as_str(),
            &state.rules_hash,
            &state.root,
            &state.open,
            &freshness,
        ] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        digest.update(state.size.to_le_bytes());
        digest.update([
            u8::from(state.demo),
            day.month().unsigned_abs(),
            day.day().unsigned_abs(),
        ]);
        digest.update(day.year().to_le_bytes());
        let digest = digest.finalize();
        let mut stamp = [0; 16];
        stamp.copy_from_slice(&digest[..16]);
        Self(stamp)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    stamp: Stamp,
    /// Path and query as they were asked for; the path says the language.
    target: Box<str>,
}

/// A key that borrows its address, so that asking allocates nothing.
struct Asked<'a> {
    stamp: Stamp,
    target: &'a str,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Asked {
            stamp: self.stamp,
            target: &self.target,
        }
        .hash(state);
    }
}

impl Hash for Asked<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.stamp.hash(state);
        self.target.hash(state);
    }
}

impl Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.stamp == key.stamp && self.target == &*key.target
    }
}

#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<Key, Page> for Bytes {
    fn weight(&self, key: &Key, page: &Page) -> u64 {
        page.weight() + key.target.len() as u64 + 64
    }
}

/// The pages that were drawn, up to a number of bytes.
pub(crate) struct PageCache(Cache<Key, Page, Bytes>);

/// About what a page weighs, plain and compressed, for the cache's first allocation.
const TYPICAL_PAGE: u64 = 32 * 1024;

impl PageCache {
    /// A cache of that many bytes; `None` for none at all.
    pub(crate) fn new(bytes: u64) -> Option<Self> {
        if bytes == 0 {
            return None;
        }
        let pages = usize::try_from(bytes / TYPICAL_PAGE)
            .unwrap_or(usize::MAX)
            .max(16);
        Some(Self(Cache::with_weighter(pages, bytes, Bytes)))
    }

    pub(crate) fn get(&self, stamp: Stamp, target: &str) -> Option<Page> {
        self.0.get(&Asked { stamp, target })
    }

    pub(crate) fn keep(&self, stamp: Stamp, target: &str, page: Page) {
        self.0.insert(
            Key {
                stamp,
                target: target.into(),
            },
            page,
        );
    }
}

impl std::fmt::Debug for PageCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageCache")
            .field("bytes", &self.0.weight())
            .finish_non_exhaustive()
    }
}
