//! What the public is told of consultations that ended: the open acts that the Presidency's reports made, and nothing of the others.

use comity_conference::Outcome;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::{Paragraph, paragraphs};
use crate::View;

/// A result of which the public is told.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedResult {
    /// The act that made it public.
    pub act: String,
    pub topic: String,
    /// Name of the party that presided.
    pub presidency: String,
    pub outcome: Outcome,
    pub ended_at: Timestamp,
    /// The text that was asked about last; it was agreed where the action was launched.
    pub text: Vec<Paragraph>,
    pub rounds: u16,
    /// How many members were asked.
    pub asked: u16,
    /// In the Presidency's own words, where consensus was certified.
    pub certificate: Option<String>,
    pub report: String,
    pub published_at: Timestamp,
}

impl View {
    /// The results that were made public, the last one first.
    pub fn published_results(&self) -> Vec<PublishedResult> {
        let all = self.conference().published.iter();
        // Only a day that is asked for holds back what came after it: today is past the state of the record.
        let until = |at: Timestamp| {
            let day = Offset::UTC.to_datetime(at).date();
            self.lens().on.is_none_or(|on| day <= on)
        };
        let seen = all.filter(|(_, (at, _))| until(*at));
        let mut found: Vec<_> = seen
            .map(|(act, (at, result))| PublishedResult {
                act: act.to_string(),
                topic: self.text(&result.topic),
                presidency: self.party_or_id(&result.presidency).label.text,
                outcome: result.outcome,
                ended_at: result.ended_at,
                text: paragraphs(&result.text, None),
                rounds: result.rounds,
                asked: result.asked,
                certificate: result.certificate.as_ref().map(|words| self.text(words)),
                report: self.text(&result.words),
                published_at: *at,
            })
            .collect();
        found.sort_by_key(|found| std::cmp::Reverse(found.published_at));
        found
    }
}
