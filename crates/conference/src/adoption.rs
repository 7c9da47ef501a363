//! The rules of the process and who may do what under them. They stand in the register: no file on disk rules it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use comity_rules::Rules;
use serde::{Deserialize, Serialize};

use crate::{Act, ActBody, Conference, Origin, Rejection};

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
