//! The rules of the process and who may do what under them. They stand in the register: no file on disk rules it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use comity_rules::{Rules, Text};
use serde::{Deserialize, Serialize};

use crate::decide::knows;
use crate::{Act, ActBody, ActLine, Conference, Origin, Rejection, note};

/// The rules in force from now on, whole. The first act of every register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesAdopted {
    /// Id of the process.
    pub process: String,
    /// The rules file, byte for byte.
    pub text: String,
    /// Random id of the register, in the origin of its checkpoints.
    pub register: String,
    /// A register made to be shown: marked as such wherever it appears.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
    /// What says who may do what. A register without it knows no seats.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: PolicyDocuments,
}

/// The rules change, by a decision (O-16): these, whole, take the place of those in force. What stands in the register stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesAmended {
    /// The rules file, byte for byte.
    pub text: String,
    /// All of the documents, or none where the register has none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: PolicyDocuments,
    /// What changes, for everybody to read.
    pub why: Text,
    /// The decision or note by which.
    pub note: String,
}

impl RulesAmended {
    /// The rules in force after it.
    pub fn after(self, before: &RulesAdopted) -> RulesAdopted {
        RulesAdopted {
            process: before.process.clone(),
            text: self.text,
            register: before.register.clone(),
            demo: before.demo,
            documents: self.documents,
        }
    }
}

/// The documents beside the text of the rules that say who may do what: each by its name, byte for byte.
pub type PolicyDocuments = BTreeMap<String, String>;

impl RulesAdopted {
    /// The names of the documents. They go together: a register has all of them or none.
    pub const DOCUMENTS: [&str; 3] = ["policies.cedar", "schema.cedarschema", "seats.toml"];

    /// What the hash of these rules is taken of.
    pub fn hashed(&self) -> Cow<'_, [u8]> {
        hashed(&self.text, &self.documents)
    }
}

/// What the hash of rules is taken of: their text; with documents, all of it one after another, the rules first and then
/// the documents in the order of their names, each behind a line with its name and its length in bytes.
pub fn hashed<'a>(rules: &'a str, documents: &PolicyDocuments) -> Cow<'a, [u8]> {
    if documents.is_empty() {
        return Cow::Borrowed(rules.as_bytes());
    }
    let documents = documents.iter().map(|(name, text)| (&**name, &**text));
    let mut all = String::new();
    for (name, text) in std::iter::once(("rules.toml", rules)).chain(documents) {
        all.push_str(&format!("{name} {}\n{text}", text.len()));
    }
    Cow::Owned(all.into_bytes())
}

/// Rules are adopted in order once, with all of the documents or none. Whether the documents are in order in themselves
/// has been settled before: this crate cannot read them.
pub(crate) fn adopt(
    conference: &Conference,
    rules: &Rules,
    documents: &PolicyDocuments,
    register: &str,
    demo: bool,
) -> Result<Vec<Act>, Rejection> {
    if conference.rules.is_some() {
        return Err(Rejection::RulesAlreadyAdopted);
    }
    if !documents.is_empty() && !documents.keys().eq(RulesAdopted::DOCUMENTS) {
        return Err(Rejection::DocumentsNotTogether {
            found: documents.keys().cloned().collect(),
        });
    }
    let adopted = RulesAdopted {
        process: rules.process.id.clone(),
        text: rules.text.clone(),
        register: register.to_owned(),
        demo,
        documents: documents.clone(),
    };
    Ok(vec![Act {
        effective: None,
        origin: Origin::Enacted,
        body: ActBody::RulesAdopted(adopted),
    }])
}

/// Rules are amended in order to others of the same process that know every word and every seat in use.
pub(crate) fn amend(
    conference: &Conference,
    rules: &Rules,
    documents: &PolicyDocuments,
    why: &Text,
    by_note: &str,
) -> Result<Vec<Act>, Rejection> {
    let Some((_, before)) = &conference.rules else {
        return Err(Rejection::NoRulesAdopted);
    };
    if before.process != rules.process.id {
        return Err(Rejection::RulesOfAnotherProcess {
            process: rules.process.id.clone(),
        });
    }
    // A register whose seats are held keeps what says what they may.
    let together = documents.keys().eq(RulesAdopted::DOCUMENTS)
        || (documents.is_empty() && before.documents.is_empty());
    if !together {
        return Err(Rejection::DocumentsNotTogether {
            found: documents.keys().cloned().collect(),
        });
    }
    if before.text == rules.text && before.documents == *documents {
        return Err(Rejection::RulesUnchanged);
    }
    note::check_text(why)?;
    note::check(Some(by_note))?;
    forgets_no_word(conference, rules)?;
    forgets_no_seat(conference, rules)?;
    Ok(vec![Act {
        effective: None,
        origin: Origin::Enacted,
        body: ActBody::RulesAmended(Box::new(RulesAmended {
            text: rules.text.clone(),
            documents: documents.clone(),
            why: why.clone(),
            note: by_note.to_owned(),
        })),
    }])
}

/// The facts of the register must be readable under the new rules as well.
fn forgets_no_word(conference: &Conference, rules: &Rules) -> Result<(), Rejection> {
    for (kind, id) in conference.acts.iter().filter_map(ActLine::about) {
        let Some((fact, _, _)) = conference.held(kind, id) else {
            continue;
        };
        let names = fact.names();
        let unknown = names
            .terms
            .iter()
            .find(|(_, vocabulary, term)| !knows(rules, vocabulary, term));
        if let Some((_, vocabulary, term)) = unknown {
            return Err(Rejection::RulesForget {
                what: vocabulary,
                id: (*term).to_owned(),
            });
        }
    }
    let kinds = conference.applications.iter();
    for (_, application) in kinds.filter(|(_, application)| application.withdrawn.is_none()) {
        let kind = &application.received.kind;
        if !rules.criteria.iter().any(|rule| *rule.kind == **kind) {
            return Err(Rejection::RulesForget {
                what: "criteria",
                id: kind.to_string(),
            });
        }
    }
    Ok(())
}

/// Whoever sits keeps a seat that the rules know.
fn forgets_no_seat(conference: &Conference, rules: &Rules) -> Result<(), Rejection> {
    let held = conference.seats.iter();
    for (_, holding) in held.filter(|(_, holding)| holding.vacated.is_none()) {
        let seat = &holding.filled.seat;
        if rules.seat(seat).is_none_or(|class| class.unseated) {
            return Err(Rejection::RulesForget {
                what: "seat",
                id: seat.to_string(),
            });
        }
    }
    Ok(())
}
