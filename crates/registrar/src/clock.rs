use std::fmt::Debug;

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

/// A conference's clock that began at another instant and moves on with the machine's (a demonstration).
#[derive(Debug, Clone, Copy)]
pub struct StartingClock {
    ahead: SignedDuration,
}

impl StartingClock {
    /// A clock that shows `start` now.
    pub fn at(start: Timestamp) -> Self {
        Self {
            ahead: start.duration_since(SystemClock.now()),
        }
    }
}

impl Clock for StartingClock {
    fn now(&self) -> Timestamp {
        SystemClock
            .now()
            .saturating_add(self.ahead)
            .expect("a signed duration can always be added")
    }
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
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }
}

/// Two clocks: the conference's, by which acts are dated, and the machine's, for everything else.
#[derive(Debug, Clone)]
pub struct Instants {
    pub conference: std::sync::Arc<dyn Clock>,
    pub system: std::sync::Arc<dyn Clock>,
}

/// Noon of a day in universal time.
///
/// # Errors
/// A day at the very end of the calendar.
pub fn noon(day: comity_view::Date) -> Result<Timestamp, jiff::Error> {
    jiff::tz::Offset::UTC.to_timestamp(day.at(12, 0, 0, 0))
}
