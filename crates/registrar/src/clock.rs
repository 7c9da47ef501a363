use std::cell::RefCell;
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// What time it is. The core takes instants as inputs; this is where they come from.
pub trait Clock: Send + Sync + Debug + 'static {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// Where random bytes come from.
pub trait Chance: Send + Sync + Debug + 'static {
    /// Sixteen fresh random bytes.
    fn bytes(&self) -> [u8; 16];
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A conference's clock that began at another instant and moves on with the machine's (a demonstration). It can be put
/// forward, never back; clones are the same clock.
#[derive(Debug, Clone)]
pub struct StartingClock {
    /// Milliseconds before the machine's clock, or behind it.
    ahead: Arc<AtomicI64>,
}

impl StartingClock {
    /// A clock that shows `start` now.
    pub fn at(start: Timestamp) -> Self {
        let ahead = start.as_millisecond() - SystemClock.now().as_millisecond();
        Self {
            ahead: Arc::new(AtomicI64::new(ahead)),
        }
    }

    /// Puts the clock forward to an instant, where that lies ahead.
    pub fn forward_to(&self, at: Timestamp) {
        let ahead = at.as_millisecond() - SystemClock.now().as_millisecond();
        self.ahead.fetch_max(ahead, Ordering::Relaxed);
    }
}

impl Clock for StartingClock {
    fn now(&self) -> Timestamp {
        SystemClock
            .now()
            .saturating_add(SignedDuration::from_millis(
                self.ahead.load(Ordering::Relaxed),
            ))
            .expect("a signed duration can always be added")
    }
}

/// So many are asked of the operating system at once: to ask for each takes longer than to decide on an act.
const AT_ONCE: usize = 64;

thread_local! {
    /// Each is given out once.
    static AHEAD: RefCell<Vec<[u8; 16]>> = const { RefCell::new(Vec::new()) };
}

/// The operating system's source of chance.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the system's chance is read"
    )]
    fn bytes(&self) -> [u8; 16] {
        AHEAD.with_borrow_mut(|ahead| {
            ahead.pop().unwrap_or_else(|| {
                let mut bytes = [[0; 16]; AT_ONCE];
                getrandom::fill(bytes.as_flattened_mut())
                    .expect("the operating system gives random bytes");
                ahead.extend(bytes);
                ahead.pop().expect("some were just put in")
            })
        })
    }
}

/// Two clocks: the conference's, by which acts are dated, and the machine's, for everything else.
#[derive(Debug, Clone)]
pub struct Instants {
    pub conference: Arc<dyn Clock>,
    pub system: Arc<dyn Clock>,
}

/// Noon of a day in universal time.
///
/// # Errors
/// A day at the very end of the calendar.
pub fn noon(day: comity_view::Date) -> Result<Timestamp, jiff::Error> {
    jiff::tz::Offset::UTC.to_timestamp(day.at(12, 0, 0, 0))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn chance_is_given_out_once_on_every_thread() {
        let draw = || {
            (0..3 * AT_ONCE)
                .map(|_| SystemChance.bytes())
                .collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(draw)).collect();
        let drawn = threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap());
        let all: Vec<[u8; 16]> = drawn.chain(draw()).collect();
        let different: BTreeSet<[u8; 16]> = all.iter().copied().collect();
        assert_eq!(different.len(), all.len());
    }
}
