//! A certificate and a report in words, with what members had said when they were drawn up.

use comity_view::{CertificatePage, ConsultationPage, PositionLine, ReportedPosition};

use super::shown::received_in_words;
use super::words::{Wall, answer_key, moment, nothing_key};
use crate::frame::Frame;

/// What a member had said, in words.
pub(super) struct PositionShown {
    pub(super) party: String,
    pub(super) said: String,
    pub(super) late: bool,
    pub(super) words: Option<String>,
    pub(super) besides: Vec<String>,
}

/// The certificate: when, in which words, and what each member had said.
pub(super) struct CertificateShown {
    pub(super) presidency: String,
    pub(super) at: String,
    pub(super) words: String,
    pub(super) positions: Vec<PositionShown>,
}

/// The report: when, in which words, and what each member said.
pub(super) struct ReportShown {
    pub(super) at: String,
    pub(super) words: String,
    pub(super) positions: Vec<PositionShown>,
    /// Where the public reads it, where it does.
    pub(super) public: Option<String>,
}

pub(super) fn report(frame: &Frame, seen: &ConsultationPage, zone: &Wall) -> Option<ReportShown> {
    let (at, report) = seen.reported.zip(seen.report.as_ref())?;
    let path = frame.of(&crate::Address::Written);
    Some(ReportShown {
        at: moment(frame, at, zone),
        words: report.words.clone(),
        positions: positions(frame, &report.positions),
        public: report.public.then_some(path),
    })
}

pub(super) fn certificate(frame: &Frame, seen: &CertificatePage, zone: &Wall) -> CertificateShown {
    CertificateShown {
        presidency: seen.presidency.clone(),
        at: moment(frame, seen.at, zone),
        words: seen.words.clone(),
        positions: positions(frame, &seen.positions),
    }
}

fn positions(frame: &Frame, lines: &[PositionLine]) -> Vec<PositionShown> {
    let shown = lines.iter().map(|line| {
        let key = match &line.said {
            ReportedPosition::Answered { answer, .. } => answer_key(*answer),
            ReportedPosition::Submitted => "consult-said-submitted",
            ReportedPosition::NotAtOne => "consult-said-not-at-one",
            ReportedPosition::ObjectedBefore { .. } => "consult-said-objected-before",
            ReportedPosition::NoCommunication { reached } => nothing_key(*reached),
        };
        let answer = line.answer.as_ref();
        let received = answer.and_then(|answer| answer.received.as_ref());
        let received = received.map(|received| received_in_words(frame, received));
        let escalated = line
            .escalated
            .then(|| frame.say("consult-reached-escalated").into_owned());
        PositionShown {
            party: line.party_label.clone(),
            said: frame.say(key).into_owned(),
            late: answer.is_some_and(|answer| answer.late),
            words: answer.and_then(|answer| answer.words.clone()),
            besides: received.into_iter().chain(escalated).collect(),
        }
    });
    shown.collect()
}
