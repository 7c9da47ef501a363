//! The dossier of the Presidency: the business that is open when it passes on (H-13, H-21).

use comity_policy::{Answer, Troika};

use crate::{
    ActionLine, ApplicationLine, CandidacyLine, Inside, PartyLine, PresidencyNow, TroikaSeat,
};

/// What the next Presidency finds.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub presidency: PresidencyNow,
    pub troika: Vec<TroikaSeat>,
    /// The former Presidency, whose report on its management is due at the next meeting.
    pub report_due_from: Option<String>,
    pub candidacies: Vec<CandidacyLine>,
    /// Those that stand; none where they may not be seen.
    pub applications: Vec<ApplicationLine>,
    /// What was proposed under the plan and not taken up yet.
    pub proposals: Vec<ActionLine>,
    /// What was agreed and takes place after the day shown.
    pub ahead: Vec<ActionLine>,
    /// Parties with a seat for one that nobody holds.
    pub vacant: Vec<PartyLine>,
    /// Where the asker stands to the Presidency.
    pub own: Troika,
    /// Why this can be seen.
    pub why: Answer,
}

impl Inside {
    /// The dossier; `None` where it is not open to the seat.
    pub fn dossier(&self) -> Option<Dossier> {
        let why = self.reads_dossier();
        if !why.allowed {
            return None;
        }
        let troika = self.view.troika();
        let former = troika
            .iter()
            .find(|member| member.seat == crate::TroikaPlace::Former);
        let mut applications = self.applications();
        applications.retain(|line| line.withdrawn.is_none());
        let actions = self.view.action_lines(|_| true);
        let (proposals, actions): (Vec<_>, Vec<_>) =
            actions.into_iter().partition(|line| line.proposal);
        let mut vacant = self.parties();
        vacant.retain(|line| line.vacant > 0);
        Some(Dossier {
            presidency: self.presidency(),
            report_due_from: former.map(|member| member.party.label.text.clone()),
            troika,
            candidacies: self.candidacies(),
            applications,
            proposals,
            ahead: actions.into_iter().filter(|line| line.ahead).collect(),
            vacant,
            own: self.troika(),
            why,
        })
    }
}
