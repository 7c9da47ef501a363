use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cedar_policy::{Authorizer, Decision, Policy as Cedar, PolicyId, PolicySet, Schema};
use comity_policy::{Near, Policy};
use serde_json::{Value, json};

use crate::translate::Question;

/// The policies that speak of one action on one kind of thing: few of the whole, so that few are evaluated.
#[derive(Debug)]
pub(crate) struct Part {
    pub set: PolicySet,
    /// The attributes at which its policies look.
    pub attributes: BTreeSet<String>,
    permits: Vec<Clauses>,
}

/// A permit taken apart: each of its clauses as a policy of its own.
#[derive(Debug)]
struct Clauses {
    policy: Arc<Policy>,
    clauses: Vec<(String, PolicySet)>,
}

/// Action and kind of thing, by their names.
pub(crate) type Pair = (String, String);

/// The policies by what they speak of: each pair to which the schema lets them apply.
pub(crate) fn parts(schema: &Schema, policies: &[(Cedar, Arc<Policy>)]) -> BTreeMap<Pair, Part> {
    let whole: Vec<(Value, &Arc<Policy>)> = policies
        .iter()
        .map(|(cedar, policy)| {
            (
                cedar.to_json().expect("what was parsed is also JSON"),
                policy,
            )
        })
        .collect();
    let groups = groups(schema);
    let mut parts = BTreeMap::new();
    for asked in schema.request_envs() {
        let action = asked.action().id().unescaped().to_owned();
        let kind = asked.resource().to_string();
        let names: BTreeSet<&str> = groups
            .get(&action)
            .into_iter()
            .flatten()
            .map(String::as_str)
            .chain([action.as_str()])
            .collect();
        let mut part = Part {
            set: PolicySet::new(),
            attributes: BTreeSet::new(),
            permits: Vec::new(),
        };
        for (json, policy) in &whole {
            if speaks_of(json, &names, &kind) {
                part.take(json, policy);
            }
        }
        parts.insert((action, kind), part);
    }
    parts
}

/// The groups of each action.
fn groups(schema: &Schema) -> BTreeMap<String, Vec<String>> {
    let entities = schema
        .action_entities()
        .expect("actions of a schema that parses");
    schema
        .actions()
        .map(|action| {
            let above = entities.ancestors(action).into_iter().flatten();
            let above = above.map(|group| group.id().unescaped().to_owned());
            (action.id().unescaped().to_owned(), above.collect())
        })
        .collect()
}

/// Whether the scope of a policy takes in this action (or a group of it) and this kind of thing.
fn speaks_of(json: &Value, names: &BTreeSet<&str>, kind: &str) -> bool {
    let scope = &json["action"];
    let named = |entity: &Value| entity["id"].as_str().is_some_and(|id| names.contains(id));
    let action = match scope["op"].as_str() {
        Some("All") => true,
        _ => {
            let several = scope["entities"].as_array();
            named(&scope["entity"]) || several.is_some_and(|entities| entities.iter().any(named))
        }
    };
    let of = json["resource"]["entity_type"].as_str();
    action && of.is_none_or(|of| of == kind)
}

impl Part {
    /// Takes in a policy that speaks of the pair; its action need not be asked for again.
    fn take(&mut self, json: &Value, policy: &Arc<Policy>) {
        let mut json = json.clone();
        json["action"] = json!({"op": "All"});
        attributes(&json["conditions"], &mut self.attributes);
        let whole = from_json(&policy.id, json.clone());
        self.set.add(whole).expect("ids stand once");
        if policy.effect == comity_policy::Effect::Permit {
            self.permits.push(Clauses::of(&json, Arc::clone(policy)));
        }
    }

    /// The permits that do not hold, with what they lack, nearest first. What a seat cannot become weighs more than what
    /// can still be given to it.
    pub fn near(&self, authorizer: &Authorizer, asked: &Question) -> Vec<Near> {
        let mut near: Vec<Near> = self
            .permits
            .iter()
            .filter_map(|permit| permit.unmet(authorizer, asked))
            .collect();
        near.sort_by_key(|near| {
            let kinds = near
                .unmet
                .iter()
                .filter(|clause| clause.contains("principal.kind"));
            (kinds.count(), near.unmet.len())
        });
        near
    }
}

/// Every `{".": {"left": …, "attr": name}}` of an expression.
fn attributes(expression: &Value, found: &mut BTreeSet<String>) {
    match expression {
        Value::Object(fields) => {
            found.extend(
                fields
                    .get("attr")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            for inner in fields.values() {
                attributes(inner, found);
            }
        }
        Value::Array(items) => {
            for inner in items {
                attributes(inner, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl Clauses {
    fn of(json: &Value, policy: Arc<Policy>) -> Self {
        let conditions = json["conditions"].as_array().cloned().unwrap_or_default();
        let clauses = conditions
            .into_iter()
            .map(|condition| {
                let mut alone = json.clone();
                alone["conditions"] = json!([condition]);
                alone["annotations"] = json!({});
                let alone = from_json(&policy.id, alone);
                let set = PolicySet::from_policies([alone.clone()]);
                (
                    clause_text(&alone),
                    set.expect("one policy has no other's id"),
                )
            })
            .collect();
        Self { policy, clauses }
    }

    /// The clauses that do not hold; nothing where all do, or where the permit is about another kind of thing.
    fn unmet(&self, authorizer: &Authorizer, asked: &Question) -> Option<Near> {
        let holds = |set: &PolicySet| {
            let response = authorizer.is_authorized(&asked.request, set, &asked.entities);
            response.decision() == Decision::Allow
        };
        let clauses = self.clauses.iter().filter(|(_, clause)| !holds(clause));
        let unmet: Vec<String> = clauses.map(|(text, _)| text.clone()).collect();
        if unmet.is_empty() || unmet.iter().any(|text| text.contains("resource is ")) {
            return None;
        }
        Some(Near {
            policy: Arc::clone(&self.policy),
            unmet,
        })
    }
}

fn from_json(id: &str, json: Value) -> Cedar {
    Cedar::from_json(Some(PolicyId::new(id)), json).expect("a part of a policy is a policy")
}

/// The clause as it is written, on one line.
fn clause_text(alone: &Cedar) -> String {
    let text = alone.to_cedar().unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let body = ["when", "unless"]
        .iter()
        .filter_map(|word| line.find(&format!(") {word} {{")).map(|at| at + 2))
        .min()
        .map_or(line.as_str(), |at| &line[at..]);
    body.trim_end_matches(';').to_owned()
}
