//! What a drill says: one line of counts.

use crate::checker::Findings;

/// A drill that held.
#[derive(Debug)]
pub struct Report {
    drill: &'static str,
    variant: String,
    counts: Vec<(&'static str, u64)>,
}

impl Report {
    pub fn new(drill: &'static str, variant: impl Into<String>) -> Self {
        Self {
            drill,
            variant: variant.into(),
            counts: Vec::new(),
        }
    }

    /// Adds to a count; one that is new comes last.
    pub fn count(&mut self, name: &'static str, number: u64) {
        match self.counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += number,
            None => self.counts.push((name, number)),
        }
    }

    pub fn findings(&mut self, found: &Findings) {
        self.count("acknowledged and there", found.acknowledged);
        self.count("lost", found.lost);
        self.count("unanswered: whole", found.whole);
        self.count("absent", found.absent);
        self.count("in part", found.torn);
        self.count("sent again", found.resent);
        self.count("twice", found.doubled);
    }

    pub fn line(&self) -> String {
        let counts: Vec<String> = self
            .counts
            .iter()
            .map(|(name, number)| format!("{name} {number}"))
            .collect();
        format!(
            "{:<17} {:<28} {}",
            self.drill,
            self.variant,
            counts.join(", ")
        )
    }
}
