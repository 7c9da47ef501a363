use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::http::StatusCode;

use crate::PublicHead;

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

    /// In Prometheus' text format.
    pub(crate) fn text(&self, public: &PublicHead) -> String {
        let mut out = String::new();
        head(
            &mut out,
            "conference_answers_total",
            "counter",
            "Answers by class of status",
        );
        for (index, count) in self.answers.iter().enumerate() {
            let count = count.load(Ordering::Relaxed);
            writeln!(
                out,
                "conference_answers_total{{class=\"{}xx\"}} {count}",
                index + 1
            )
            .expect("a string takes any text");
        }
        let hits = self.hits.load(Ordering::Relaxed);
        let misses = self.misses.load(Ordering::Relaxed);
        head(
            &mut out,
            "conference_pages_total",
            "counter",
            "Pages by how they came",
        );
        writeln!(out, "conference_pages_total{{came=\"kept\"}} {hits}\nconference_pages_total{{came=\"drawn\"}} {misses}")
            .expect("a string takes any text");
        gauge(
            &mut out,
            "conference_register_size",
            "Acts that the public checkpoint covers",
            public.size,
        );
        gauge(
            &mut out,
            "conference_uptime_seconds",
            "Seconds since the start",
            self.started.elapsed().as_secs(),
        );
        if let Some(bytes) = resident_bytes() {
            gauge(
                &mut out,
                "process_resident_memory_bytes",
                "Resident memory",
                bytes,
            );
        }
        out
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}").expect("a string takes any text");
}

fn gauge(out: &mut String, name: &str, help: &str, value: u64) {
    head(out, name, "gauge", help);
    writeln!(out, "{name} {value}").expect("a string takes any text");
}

/// From the kernel's own count; absent where there is no `/proc`. Pages are 4 KiB on the machines that are served.
fn resident_bytes() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4_096)
}
