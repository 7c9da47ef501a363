//! How often somebody may try a door, on this node and since it started.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use sha2::{Digest, Sha256};

/// So many at once, and then one each time that this has passed.
struct Limit {
    burst: NonZeroU32,
    one_each: Duration,
}

/// From one network: a ministry behind one address signs in without noticing it.
const FROM_A_NETWORK: Limit = limit(60, Duration::from_secs(1));

/// Passwords for one address, from browsers in which its person never signed in.
const FOR_AN_ADDRESS: Limit = limit(10, Duration::from_secs(180));

/// Passwords from one browser that is known.
const FROM_A_BROWSER: Limit = limit(10, Duration::from_secs(180));

/// With so many lines, those that are full again are thrown away.
const MANY: usize = 10_000;

const fn limit(burst: u32, one_each: Duration) -> Limit {
    let Some(burst) = NonZeroU32::new(burst) else {
        panic!("a limit of nothing");
    };
    Limit { burst, one_each }
}

type Key = [u8; 32];
type Limiter<C> =
    RateLimiter<Key, HashMapStateStore<Key>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// What is counted. Who tried is kept as a hash only.
#[derive(Debug)]
pub struct Limits<C: Clock = DefaultClock> {
    networks: Limiter<C>,
    addresses: Limiter<C>,
    browsers: Limiter<C>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::by(&DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn by(clock: &C) -> Self {
        let limiter = |limit: Limit| {
            let quota = Quota::with_period(limit.one_each).expect("limits have a period");
            let quota = quota.allow_burst(limit.burst);
            RateLimiter::new(quota, HashMapStateStore::default(), clock.clone())
        };
        Self {
            networks: limiter(FROM_A_NETWORK),
            addresses: limiter(FOR_AN_ADDRESS),
            browsers: limiter(FROM_A_BROWSER),
        }
    }

    /// Whether a network may try a door once more.
    pub fn admits_network(&self, network: &str) -> bool {
        admits(&self.networks, network)
    }

    /// Whether a password may be tried for an address, from a browser that is known or from any other.
    pub fn admits_password(&self, email: &str, browser: Option<&str>) -> bool {
        match browser {
            Some(browser) => admits(&self.browsers, browser),
            None => admits(&self.addresses, &email.trim().to_lowercase()),
        }
    }
}

fn admits<C: Clock>(limiter: &Limiter<C>, key: &str) -> bool {
    if limiter.len() > MANY {
        limiter.retain_recent();
    }
    limiter
        .check_key(&Sha256::digest(key.as_bytes()).into())
        .is_ok()
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn ten_passwords_are_tried_and_the_next_after_three_minutes() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::by(&clock);
        let any = |email: &str| limits.admits_password(email, None);
        for _ in 0..10 {
            assert!(any("ana@ministry.example"));
        }
        assert!(!any("ana@ministry.example"));
        assert!(!any(" ANA@ministry.example"), "the same address");
        assert!(any("beto@ministry.example"), "and no other");
        clock.advance(Duration::from_secs(179));
        assert!(!any("ana@ministry.example"));
        clock.advance(Duration::from_secs(1));
        assert!(any("ana@ministry.example"));
        assert!(!any("ana@ministry.example"));
    }

    #[test]
    fn whoever_tries_elsewhere_does_not_lock_a_person_out() {
        let limits = Limits::by(&FakeRelativeClock::default());
        while limits.admits_password("ana@ministry.example", None) {}
        for _ in 0..10 {
            assert!(limits.admits_password("ana@ministry.example", Some("her browser")));
        }
        assert!(!limits.admits_password("ana@ministry.example", Some("her browser")));
    }

    #[test]
    fn a_network_tries_sixty_doors_and_then_one_a_second() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::by(&clock);
        for _ in 0..60 {
            assert!(limits.admits_network("192.0.2.1"));
        }
        assert!(!limits.admits_network("192.0.2.1"));
        assert!(limits.admits_network("192.0.2.2"));
        clock.advance(Duration::from_secs(1));
        assert!(limits.admits_network("192.0.2.1"));
        assert!(!limits.admits_network("192.0.2.1"));
    }
}
