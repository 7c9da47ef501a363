//! A certificate and a report, with what members had said when they were drawn up.

use std::collections::BTreeMap;

use comity_conference::{Consultation, Name, Passage, ReportedPosition, ResultReported};

use super::{CertificatePage, PositionLine, ReportPage, members};
use crate::Inside;

impl Inside {
    pub(super) fn report_page(&self, found: &Consultation, report: &ResultReported) -> ReportPage {
        ReportPage {
            words: self.view.text(&report.words),
            public: report.public,
            positions: self.positions(found, &report.positions),
        }
    }

    pub(super) fn certificate_page(&self, found: &Consultation) -> Option<CertificatePage> {
        let (_, at) = found.certified?;
        let certificate = found.certificate.as_ref()?;
        Some(CertificatePage {
            at,
            presidency: match self.view.conference().presidency_at(at) {
                Some(held) => self.view.party_or_id(&held.fact.party).label.text,
                None => String::new(),
            },
            words: self.view.text(&certificate.words),
            positions: self.positions(found, &certificate.positions),
        })
    }

    /// What members had said when a record was drawn up, as far as the seat may see it; by the name of each.
    fn positions(
        &self,
        found: &Consultation,
        positions: &BTreeMap<Name, ReportedPosition>,
    ) -> Vec<PositionLine> {
        let Some(last) = found.last_round() else {
            return Vec::new();
        };
        let sees = self.sight(found, last);
        let seen = positions.iter().filter(|(party, _)| sees.has(party));
        let mut lines: Vec<PositionLine> = seen
            .map(|(party, said)| {
                let act = match said {
                    ReportedPosition::Answered { act, .. }
                    | ReportedPosition::ObjectedBefore { act } => Some(*act),
                    ReportedPosition::Submitted
                    | ReportedPosition::NotAtOne
                    | ReportedPosition::NoCommunication { .. } => None,
                };
                let mut rounds = found.rounds.iter();
                let answer = act.and_then(|act| rounds.find_map(|round| round.answer(act)));
                let silent = matches!(said, ReportedPosition::NoCommunication { .. });
                PositionLine {
                    party_label: self.view.party_or_id(party).label.text,
                    said: said.clone(),
                    answer: answer.map(members::answer_line),
                    escalated: silent && last.is_noted(party, Passage::Escalated),
                }
            })
            .collect();
        lines.sort_by(|one, other| one.party_label.cmp(&other.party_label));
        lines
    }
}
