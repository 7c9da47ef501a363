use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::http::StatusCode;

use crate::Exposition;
use crate::site::Site;

/// What the program counts about itself, for a monitor to fetch.
#[derive(Debug)]
pub(crate) struct Metrics {
    /// Answers by the first digit of their status, from 1.
    answers: [AtomicU64; 5],
    hits: AtomicU64,
    misses: AtomicU64,
    started: Instant,
}

/// How a page came.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Came {
    Kept,
    Drawn,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self {
            answers: Default::default(),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            started: Instant::now(),
        }
    }

    pub(crate) fn answered(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(count) = self.answers.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn page(&self, came: Came) {
        let count = match came {
            Came::Kept => &self.hits,
            Came::Drawn => &self.misses,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    fn write(&self, out: &mut Exposition) {
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"].map(|class| format!("class=\"{class}\""));
        let answers: Vec<(&str, u64)> = classes
            .iter()
            .map(String::as_str)
            .zip(self.answers.iter().map(get))
            .collect();
        out.counter(
            "conference_answers_total",
            "Answers by class of status",
            &answers,
        );
        out.counter(
            "conference_pages_total",
            "Pages by how they came",
            &[
                ("came=\"kept\"", get(&self.hits)),
                ("came=\"drawn\"", get(&self.misses)),
            ],
        );
        out.gauge(
            "conference_uptime_seconds",
            "Seconds since the start",
            self.started.elapsed().as_secs(),
        );
        if let Some(bytes) = resident_bytes() {
            out.gauge("process_resident_memory_bytes", "Resident memory", bytes);
        }
    }
}

/// What a site counts about itself, to be read by whoever runs it; readers of the site cannot.
#[derive(Clone)]
pub struct Counters(pub(crate) Arc<Site>);

impl Counters {
    /// Adds the site's figures.
    pub fn write(&self, out: &mut Exposition) {
        self.0.metrics.write(out);
    }
}

impl std::fmt::Debug for Counters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Counters").field(&self.0.metrics).finish()
    }
}

/// From the kernel's own count; absent where there is no `/proc`. Pages are 4 KiB on the machines that are served.
fn resident_bytes() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4_096)
}
