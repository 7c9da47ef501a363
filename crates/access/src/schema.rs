use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{Schema, SchemaFragment};
use comity_policy::{Action, Kind};
use miette::Diagnostic;

use crate::document::Finder;
use crate::{Document, Faults};

/// The schema, and the words that it enumerates.
#[derive(Debug)]
pub(crate) struct Words {
    pub schema: Schema,
    enumerations: BTreeMap<String, Vec<String>>,
}

/// The process's own enumerations: seats and rules are written in these words.
pub(crate) const PARTY_KIND: &str = "PartyKind";
pub(crate) const OFFICE: &str = "Office";
pub(crate) const FORUM: &str = "Forum";

impl Words {
    /// Reads a schema. One that was in order when it was adopted may lack what later programs do, or have what they do no
    /// more: nobody may do that then.
    pub fn read(text: &str) -> Result<Self, Faults> {
        Self::parsed(text, |_, _| {})
    }

    /// As [`read`](Self::read), and program and schema speak of the same actions.
    pub fn parse(text: &str) -> Result<Self, Faults> {
        Self::parsed(text, program_words)
    }

    fn parsed(text: &str, check: fn(&mut Finder<'_>, &Schema)) -> Result<Self, Faults> {
        let mut finder = Finder::new(Document::Schema, text);
        let parsed = Schema::from_cedarschema_str(text);
        let (schema, warnings) = match parsed {
            Ok((schema, warnings)) => (schema, warnings),
            Err(error) => {
                let what = first_line(&error);
                finder.at(
                    offset(&error),
                    "schema",
                    what,
                    "mend the declaration; see docs/rules.md, Policies",
                );
                return Err(Faults(finder.found));
            }
        };
        for warning in warnings {
            finder.at(
                offset(&warning),
                "schema",
                warning.to_string(),
                "give the word another name",
            );
        }
        let fragment = SchemaFragment::from_cedarschema_str(text)
            .expect("it was parsed a moment ago")
            .0;
        let json = fragment
            .to_json_value()
            .expect("a schema that parses is also JSON");
        let enumerations = enumerations(&json);
        check(&mut finder, &schema);
        for name in [PARTY_KIND, OFFICE, FORUM] {
            if !enumerations.contains_key(name) {
                finder.at(
                    0,
                    name,
                    "the enumeration is missing",
                    "declare it: `entity Name enum [\"…\"];`",
                );
            }
        }
        finder.end()?;
        Ok(Self {
            schema,
            enumerations,
        })
    }

    /// The members of an enumeration.
    pub fn of(&self, enumeration: &str) -> &[String] {
        self.enumerations
            .get(enumeration)
            .map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, enumeration: &str, word: &str) -> bool {
        self.of(enumeration).iter().any(|known| known == word)
    }
}

fn enumerations(json: &serde_json::Value) -> BTreeMap<String, Vec<String>> {
    let types = json[""]["entityTypes"].as_object();
    types
        .into_iter()
        .flatten()
        .filter_map(|(name, declared)| {
            let members = declared.get("enum")?.as_array()?;
            let members = members.iter().filter_map(|word| word.as_str());
            Some((name.clone(), members.map(str::to_owned).collect()))
        })
        .collect()
}

/// The program and the schema speak of the same actions and the same kinds of thing.
fn program_words(finder: &mut Finder<'_>, schema: &Schema) {
    let groups: BTreeSet<&str> = schema
        .action_groups()
        .map(|id| id.id().unescaped())
        .collect();
    let declared: BTreeSet<&str> = schema
        .actions()
        .map(|id| id.id().unescaped())
        .filter(|name| !groups.contains(name))
        .collect();
    let known: BTreeSet<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
    for &name in declared.difference(&known) {
        let what = "the program knows no such action";
        finder.about(&format!("\"{name}\""), name, what, "remove it");
    }
    for &name in known.difference(&declared) {
        let what = "the action is missing";
        finder.at(0, name, what, "declare it, and to what it applies");
    }
    let types: BTreeSet<String> = schema
        .request_envs()
        .map(|asked| asked.resource().to_string())
        .collect();
    for kind in Kind::ALL {
        if !types.contains(kind.as_str()) {
            let what = "no action applies to this kind of thing";
            finder.at(0, kind.as_str(), what, "declare it, and what applies to it");
        }
    }
}

/// Where a fault that Cedar tells stands in the text.
pub(crate) fn offset(error: &dyn Diagnostic) -> usize {
    error
        .labels()
        .and_then(|mut labels| labels.next())
        .map_or(0, |label| label.offset())
}

/// What Cedar says, in one line.
pub(crate) fn first_line(error: &dyn Diagnostic) -> String {
    let mut text = error.to_string();
    if let Some(labels) = error.labels() {
        for label in labels.filter_map(|label| label.label().map(str::to_owned)) {
            text.push_str("; ");
            text.push_str(&label);
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
