//! For somebody new in a seat: who is who, what is open, what was decided on their subject (P-15, S-12).

use crate::{
    ActionLine, CandidacyLine, DocumentLine, Inside, MeetingLine, PresidencyNow, SeatLine,
    TroikaSeat,
};

/// What somebody new should know.
#[derive(Debug, Clone)]
pub struct Induction {
    pub seat: SeatLine,
    pub presidency: PresidencyNow,
    pub troika: Vec<TroikaSeat>,
    /// Who sits for the own party, and for those that look after the process: each party with its seats.
    pub people: Vec<(String, Vec<SeatLine>)>,
    /// The last meetings that carry a number of the conference.
    pub meetings: Vec<MeetingLine>,
    pub candidacies: Vec<CandidacyLine>,
    /// The subjects to choose from: sections of the plan, by id with their names.
    pub subjects: Vec<(String, String)>,
    /// The one chosen, with what was decided and done under it.
    pub subject: Option<SubjectPart>,
}

/// What the record holds on a subject.
#[derive(Debug, Clone)]
pub struct SubjectPart {
    pub id: String,
    pub label: String,
    /// The latest first.
    pub documents: Vec<DocumentLine>,
    pub actions: Vec<ActionLine>,
    /// What was proposed and not taken up yet.
    pub proposals: Vec<ActionLine>,
}

impl Inside {
    /// The pack for whoever asks; of a subject, if one is chosen that there is.
    pub fn induction(&self, subject: Option<&str>) -> Option<Induction> {
        let seat = self.seat()?;
        let view = &self.view;
        let mut meetings = view.meeting_lines(|meeting| meeting.number.is_some());
        meetings.truncate(3);
        let sections = view.sections_in_order();
        let subjects: Vec<(String, String)> = sections
            .iter()
            .map(|held| view.section_or_id(&held.fact.id))
            .map(|link| (link.id, link.label.text))
            .collect();
        let chosen = subjects.iter().find(|(id, _)| Some(id.as_str()) == subject);
        Some(Induction {
            presidency: self.presidency(),
            troika: view.troika(),
            people: self.colleagues(),
            meetings,
            candidacies: self.candidacies(),
            subject: chosen.map(|(id, label)| self.on_subject(id, label)),
            subjects,
            seat,
        })
    }

    fn on_subject(&self, id: &str, label: &str) -> SubjectPart {
        let mut documents = self.view.document_lines(|fact| fact.section == id);
        documents.sort_by_key(|line| {
            let latest = line.latest.as_ref().and_then(|step| step.date);
            std::cmp::Reverse(latest.or(line.first).map(|date| date.earliest()))
        });
        let actions = self.view.action_lines(|fact| fact.section == id);
        let (proposals, actions) = actions.into_iter().partition(|line| line.proposal);
        SubjectPart {
            id: id.to_owned(),
            label: label.to_owned(),
            documents,
            actions,
            proposals,
        }
    }

    /// The people of the own party, and of the parties of the process that are no party to it: the Secretariat.
    fn colleagues(&self) -> Vec<(String, Vec<SeatLine>)> {
        let rules = self.view.rules();
        let parties = self.parties().into_iter();
        let near = parties.filter(|line| line.own || rules.body_kind(&line.kind).is_some());
        near.map(|line| (line.label, self.seats_of(&line.id)))
            .filter(|(_, seats)| !seats.is_empty())
            .collect()
    }
}
