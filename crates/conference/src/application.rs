//! Applications for a status: what came in for which criterion. Whether a criterion is met, and whether the applicant is
//! admitted, is for the Vice-Ministers; the program prepares a complete file (O-14).

use comity_calendar::Date;
use comity_rules::{Rules, Text};
use imbl::OrdMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fact::EntryListed;
use crate::{
    Act, ActBody, ActId, Attached, Conference, Context, Held, Name, Origin, Rejection, attached,
    note,
};

/// A state or an organisation applies (O-02…O-13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationReceived {
    /// For the status of which kind of party: `observer_state`.
    pub kind: Name,
    /// Who applies. A state or an organisation, never a person.
    pub applicant: Text,
    /// On which day it came in.
    pub received: Date,
    /// The note by which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A document came in for one of the criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationDocumentReceived {
    pub application: ActId,
    /// The criterion, as the list of the record names it.
    pub criterion: Name,
    /// On which day it came in.
    pub received: Date,
    /// Which document it is, in the applicant's own words.
    pub note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Attached>,
}

/// A document was taken out of the file: it was the wrong one, or the applicant took it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationDocumentReturned {
    pub application: ActId,
    /// The act that received it.
    pub document: ActId,
    /// Why.
    pub note: String,
}

/// The applicant withdrew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationWithdrawn {
    pub application: ActId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An application with what came in for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    pub received: ApplicationReceived,
    pub since: Timestamp,
    /// The act by which it was withdrawn, and when.
    pub withdrawn: Option<(ActId, Timestamp)>,
    /// By the act that received each.
    pub documents: OrdMap<ActId, ApplicationDocument>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationDocument {
    pub received: ApplicationDocumentReceived,
    pub since: Timestamp,
    /// The act by which it was returned, and when.
    pub returned: Option<(ActId, Timestamp)>,
}

/// The list of the record in which criteria stand.
const CRITERIA: &str = "criterion";

impl Conference {
    /// The criteria for a kind of party, in their order.
    pub fn criteria_for(&self, kind: &str) -> Vec<&Held<EntryListed>> {
        let mut all: Vec<_> = self
            .entries
            .iter()
            .filter(|held| *held.fact.list == *CRITERIA)
            .filter(|held| held.fact.holder.as_deref() == Some(kind))
            .collect();
        all.sort_by_key(|held| held.fact.number);
        all
    }
}

impl Application {
    /// The documents that stand for a criterion.
    pub fn documents_for<'a>(
        &'a self,
        criterion: &'a str,
    ) -> impl Iterator<Item = (ActId, &'a ApplicationDocument)> {
        let all = self
            .documents
            .iter()
            .map(|(act, document)| (*act, document));
        all.filter(move |(_, document)| {
            document.returned.is_none() && *document.received.criterion == *criterion
        })
    }
}

/// An application comes in for a kind of party that has criteria, of somebody who has none that is open.
pub(crate) fn receive(
    conference: &Conference,
    rules: Option<&Rules>,
    asked: &ApplicationReceived,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    let rules = rules.ok_or(Rejection::NoRulesAdopted)?;
    if !rules.criteria.iter().any(|rule| *rule.kind == *asked.kind) {
        return Err(Rejection::NoCriteriaFor {
            kind: asked.kind.to_string(),
        });
    }
    note::check_text(&asked.applicant)?;
    came_by(asked.received, context.now)?;
    note::check(asked.note.as_deref())?;
    let alike = conference.applications.iter().find(|(_, held)| {
        let same =
            |left: &str, right: &str| left.trim().to_lowercase() == right.trim().to_lowercase();
        held.withdrawn.is_none()
            && held.received.kind == asked.kind
            && (same(held.received.applicant.es(), asked.applicant.es())
                || same(held.received.applicant.en(), asked.applicant.en()))
    });
    if let Some((act, _)) = alike {
        return Err(Rejection::AppliedAlready { act: *act });
    }
    Ok(vec![enacted(ActBody::ApplicationReceived(Box::new(
        asked.clone(),
    )))])
}

/// A document comes in for a criterion of the application's kind, while the application stands.
pub(crate) fn receive_document(
    conference: &Conference,
    asked: &ApplicationDocumentReceived,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    let application = standing(conference, asked.application)?;
    let criteria = conference.criteria_for(&application.received.kind);
    if !criteria.iter().any(|held| held.fact.id == asked.criterion) {
        return Err(Rejection::UnknownCriterion {
            criterion: asked.criterion.to_string(),
        });
    }
    came_by(asked.received, context.now)?;
    note::check(Some(&asked.note))?;
    attached::check(asked.file.as_ref())?;
    Ok(vec![enacted(ActBody::ApplicationDocumentReceived(
        Box::new(asked.clone()),
    ))])
}

/// A document is returned once, while the application stands.
pub(crate) fn return_document(
    conference: &Conference,
    asked: &ApplicationDocumentReturned,
) -> Result<Vec<Act>, Rejection> {
    let application = standing(conference, asked.application)?;
    let document = application.documents.get(&asked.document);
    if document.is_none_or(|document| document.returned.is_some()) {
        return Err(Rejection::NoSuchDocument);
    }
    note::check(Some(&asked.note))?;
    Ok(vec![enacted(ActBody::ApplicationDocumentReturned(
        asked.clone(),
    ))])
}

/// An application is withdrawn once.
pub(crate) fn withdraw(
    conference: &Conference,
    asked: &ApplicationWithdrawn,
) -> Result<Vec<Act>, Rejection> {
    standing(conference, asked.application)?;
    note::check(asked.note.as_deref())?;
    Ok(vec![enacted(ActBody::ApplicationWithdrawn(asked.clone()))])
}

fn standing(conference: &Conference, act: ActId) -> Result<&Application, Rejection> {
    let application = conference.applications.get(&act);
    application
        .map(AsRef::as_ref)
        .filter(|application: &&Application| application.withdrawn.is_none())
        .ok_or(Rejection::NoSuchApplication)
}

pub(crate) fn came_by(day: Date, now: Timestamp) -> Result<(), Rejection> {
    // The day may have begun in the east of whoever enters it.
    let ahead = now + jiff::SignedDuration::from_hours(14);
    if day > jiff::tz::Offset::UTC.to_datetime(ahead).date() {
        return Err(Rejection::DayToCome { day });
    }
    Ok(())
}

fn enacted(body: ActBody) -> Act {
    Act {
        effective: None,
        origin: Origin::Enacted,
        body,
    }
}
