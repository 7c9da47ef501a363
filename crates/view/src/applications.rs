//! Applications from inside: what came in for which criterion, and what is pending. Nothing here says that a criterion is met.

use std::collections::BTreeMap;

use comity_calendar::Date;
use comity_conference::{ActId, Application, ApplicationDocument, Attached, Name};
use comity_policy::{Action, Answer, Class};
use jiff::Timestamp;

use crate::Inside;

/// An application in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationLine {
    /// The act that received it.
    pub act: String,
    pub applicant: String,
    /// The status for which, in the plural.
    pub kind_label: String,
    pub received: Date,
    pub note: Option<String>,
    /// For how many criteria a document came in, of how many.
    pub having: usize,
    pub of: usize,
    /// When it was withdrawn.
    pub withdrawn: Option<Timestamp>,
}

impl ApplicationLine {
    /// A document came in for each criterion. It makes nobody a party.
    pub const fn is_complete(&self) -> bool {
        self.having == self.of
    }
}

/// A criterion with what came in for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionLine {
    pub id: String,
    pub number: u16,
    pub text: String,
    pub documents: Vec<DocumentReceived>,
}

/// A document that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentReceived {
    /// The act that received it.
    pub act: String,
    pub note: String,
    pub received: Date,
    pub file: Option<Attached>,
}

/// An application with its criteria.
#[derive(Debug, Clone)]
pub struct ApplicationPage {
    pub line: ApplicationLine,
    pub criteria: Vec<CriterionLine>,
    pub may_manage: bool,
    /// Why this can be seen.
    pub why: Answer,
}

impl Inside {
    /// Whether applications are open to the seat, and by which policy.
    pub fn reads_applications(&self) -> Answer {
        self.may(Action::Read, &Class::Application)
    }

    pub fn manages_applications(&self) -> bool {
        self.may(Action::Manage, &Class::Application).allowed
    }

    /// The applications, those that stand first, the latest first; none where they may not be seen.
    pub fn applications(&self) -> Vec<ApplicationLine> {
        if !self.reads_applications().allowed {
            return Vec::new();
        }
        // The criteria of a kind are the same for all who apply for it.
        let mut criteria: BTreeMap<&Name, Vec<&Name>> = BTreeMap::new();
        let all = self.view.conference().applications.iter();
        let mut lines: Vec<ApplicationLine> = all
            .map(|(act, application)| {
                let kind = &application.received.kind;
                let criteria = criteria
                    .entry(kind)
                    .or_insert_with(|| self.criteria_ids(kind));
                self.application_line(*act, application, criteria)
            })
            .collect();
        lines.sort_by_key(|line| {
            let latest = std::cmp::Reverse(line.received);
            (line.withdrawn.is_some(), latest, line.act.clone())
        });
        lines
    }

    /// One of them.
    pub fn application(&self, act: &str) -> Option<ApplicationPage> {
        let why = self.reads_applications();
        let act = ActId::new(act).filter(|_| why.allowed)?;
        let application = self.view.conference().applications.get(&act)?;
        let criteria = self
            .view
            .conference()
            .criteria_for(&application.received.kind);
        let criteria = criteria.into_iter().map(|held| CriterionLine {
            id: held.fact.id.to_string(),
            number: held.fact.number,
            text: self.view.text(&held.fact.text),
            documents: application
                .documents_for(&held.fact.id)
                .map(|(act, document)| received(act, document))
                .collect(),
        });
        Some(ApplicationPage {
            line: self.application_line(
                act,
                application,
                &self.criteria_ids(&application.received.kind),
            ),
            criteria: criteria.collect(),
            may_manage: self.manages_applications() && application.withdrawn.is_none(),
            why,
        })
    }

    /// The kinds of party for which one can apply, with their names.
    pub fn statuses(&self) -> Vec<(String, String)> {
        let rules = self.view.rules().criteria.iter();
        rules
            .map(|rule| (rule.kind.clone(), self.kind_label(&rule.kind)))
            .collect()
    }

    /// The file that an act brought, where what it belongs to may be seen: by whom else it is read is not asked.
    pub fn file(&self, act: &str) -> Option<Attached> {
        let id = ActId::new(act)?;
        let conference = self.view.conference();
        if let Some(holding) = conference.seats.get(&id) {
            let file = holding.filled.file.clone()?;
            let seen = self
                .held(act)
                .is_some_and(|(_, power)| power != crate::Power::None);
            return Some(file).filter(|_| seen);
        }
        let mut all = conference.applications.iter();
        let Some(document) = all.find_map(|(_, application)| application.documents.get(&id)) else {
            return self.entered_file(id);
        };
        let file = document.received.file.clone();
        file.filter(|_| self.reads_applications().allowed)
    }

    fn criteria_ids(&self, kind: &str) -> Vec<&Name> {
        let criteria = self.view.conference().criteria_for(kind).into_iter();
        criteria.map(|held| &held.fact.id).collect()
    }

    fn application_line(
        &self,
        act: ActId,
        application: &Application,
        criteria: &[&Name],
    ) -> ApplicationLine {
        let received = &application.received;
        let having = criteria
            .iter()
            .filter(|id| application.documents_for(id).next().is_some());
        ApplicationLine {
            act: act.to_string(),
            applicant: self.view.text(&received.applicant),
            kind_label: self.kind_label(&received.kind),
            received: received.received,
            note: received.note.clone(),
            having: having.count(),
            of: criteria.len(),
            withdrawn: application.withdrawn.map(|(_, at)| at),
        }
    }
}

fn received(act: ActId, document: &ApplicationDocument) -> DocumentReceived {
    DocumentReceived {
        act: act.to_string(),
        note: document.received.note.clone(),
        received: document.received.received,
        file: document.received.file.clone(),
    }
}
