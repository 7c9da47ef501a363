use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use cedar_policy::{
    Authorizer, Decision, Policy as Cedar, PolicyId, PolicySet, ValidationMode, Validator,
};
use comity_policy::{Action, Answer, Class, Effect, Judge, Near, Policy, Rights};
use comity_rules::Text;

use crate::document::Finder;
use crate::part::{Pair, Part, parts};
use crate::schema::{Words, first_line, offset};
use crate::translate::Names;
use crate::{Document, Faults};

/// The policies of a process, checked against their schema.
#[derive(Debug)]
pub struct Policies {
    pub(crate) words: Words,
    pub(crate) names: Names,
    authorizer: Authorizer,
    /// By the action and the kind of thing of which they speak.
    parts: BTreeMap<Pair, Part>,
    /// By id, with the place in the document: of several that decide alike, the first is named.
    known: BTreeMap<String, (usize, Arc<Policy>)>,
    denied: Arc<Policy>,
}

/// What every policy says of itself.
const ANNOTATIONS: [&str; 6] = ["id", "row", "lines", "es", "en", "assumption"];

impl Policies {
    /// Reads policies and schema, and checks them: every policy annotated, and well-typed in the strict sense.
    ///
    /// # Errors
    /// Every fault, each with its line and a remedy.
    pub fn parse(policies: &str, schema: &str) -> Result<Self, Faults> {
        Self::parsed(policies, Words::parse(schema)?, validate)
    }

    /// Reads policies that were checked when they were adopted.
    ///
    /// # Errors
    /// They cannot be read any more.
    pub fn read(policies: &str, schema: &str) -> Result<Self, Faults> {
        Self::parsed(policies, Words::read(schema)?, |_, _, _| {})
    }

    fn parsed(
        policies: &str,
        words: Words,
        validate: fn(&mut Finder<'_>, &Words, &PolicySet),
    ) -> Result<Self, Faults> {
        let read = read(policies)?;
        let mut finder = Finder::new(Document::Policies, policies);
        let mut set = PolicySet::new();
        let mut known = BTreeMap::new();
        for (place, policy) in read.iter().enumerate() {
            let described = described(&mut finder, policy);
            let id = described.id.clone();
            let renamed = policy.new_id(PolicyId::new(&id));
            if set.add(renamed).is_err() {
                let second = finder.text.match_indices(&quoted(&id)).nth(1);
                let offset = second.map_or(0, |(offset, _)| offset);
                finder.at(offset, &id, "the id stands twice", "give it one of its own");
            }
            known.insert(id, (place, Arc::new(described)));
        }
        validate(&mut finder, &words, &set);
        finder.end()?;
        let named: Vec<(Cedar, Arc<Policy>)> = read
            .into_iter()
            .filter_map(|cedar| {
                let (_, policy) = known.get(cedar.annotation("id")?)?;
                Some((cedar, Arc::clone(policy)))
            })
            .collect();
        let parts = parts(&words.schema, &named);
        Ok(Self {
            words,
            names: Names::new(),
            authorizer: Authorizer::new(),
            parts,
            known,
            denied: Arc::new(Policy::default_denial()),
        })
    }

    /// Every policy, in the order of the document.
    pub fn all(&self) -> Vec<Arc<Policy>> {
        let mut all: Vec<_> = self.known.values().collect();
        all.sort_by_key(|(place, _)| *place);
        all.into_iter()
            .map(|(_, policy)| Arc::clone(policy))
            .collect()
    }

    /// Whether an action applies to a kind of thing.
    pub fn applies(&self, action: Action, class: &Class) -> bool {
        self.part(action, class).is_some()
    }

    /// Whether a policy on that question looks at an attribute of the seat.
    pub(crate) fn asks(&self, action: Action, class: &Class, attribute: &str) -> bool {
        let part = self.part(action, class);
        part.is_some_and(|part| part.attributes.contains(attribute))
    }

    /// What fits neither the schema's shape nor its words about a question, if anything.
    pub(crate) fn misfit(&self, rights: &Rights, action: Action, class: &Class) -> Option<String> {
        let schema = Some(&self.words.schema);
        let misfit = self.names.question(rights, action, class, schema).err()?;
        let mut told = misfit.to_string();
        let mut cause = std::error::Error::source(&misfit);
        while let Some(deeper) = cause {
            told = format!("{told}: {deeper}");
            cause = deeper.source();
        }
        Some(told)
    }

    /// The policies that speak of an action on a kind of thing; `None` where it does not apply.
    fn part(&self, action: Action, class: &Class) -> Option<&Part> {
        let pair = (action.as_str().to_owned(), class.kind().as_str().to_owned());
        self.parts.get(&pair)
    }
}

impl Judge for Policies {
    fn may(&self, rights: &Rights, action: Action, class: &Class) -> Answer {
        let Some(part) = self.part(action, class) else {
            return self.denial();
        };
        // Without a schema: the shapes are checked once, by `Access::check`, and not at every question.
        let Ok(asked) = self.names.question(rights, action, class, None) else {
            return self.denial();
        };
        let response = self
            .authorizer
            .is_authorized(&asked.request, &part.set, &asked.entities);
        // A policy that cannot be evaluated opens nothing, whatever the others say.
        if response.diagnostics().errors().next().is_some() {
            return self.denial();
        }
        let first = response
            .diagnostics()
            .reason()
            .filter_map(|id| self.known.get(AsRef::<str>::as_ref(id)))
            .min_by_key(|(place, _)| *place);
        Answer {
            allowed: response.decision() == Decision::Allow,
            policy: Arc::clone(first.map_or(&self.denied, |(_, policy)| policy)),
        }
    }

    fn near(&self, rights: &Rights, action: Action, class: &Class) -> Vec<Near> {
        let asked = self.names.question(rights, action, class, None);
        match (self.part(action, class), asked) {
            (Some(part), Ok(asked)) => part.near(&self.authorizer, &asked),
            (None, _) | (_, Err(_)) => Vec::new(),
        }
    }
}

impl Policies {
    fn denial(&self) -> Answer {
        Answer {
            allowed: false,
            policy: Arc::clone(&self.denied),
        }
    }
}

/// The policies as they stand, in their order.
fn read(text: &str) -> Result<Vec<Cedar>, Faults> {
    let set = PolicySet::from_str(text).map_err(|errors| {
        let mut finder = Finder::new(Document::Policies, text);
        for error in errors.iter() {
            let remedy = "mend the policy; see docs/rules.md, Policies";
            finder.at(offset(error), "policy", first_line(error), remedy);
        }
        Faults(finder.found)
    })?;
    if let Some(template) = set.templates().next() {
        let mut finder = Finder::new(Document::Policies, text);
        let id = template.annotation("id").unwrap_or("?").to_owned();
        let what = "a template with slots is no policy";
        finder.about(&quoted(&id), &id, what, "write out whom it is about");
        return Err(Faults(finder.found));
    }
    // Cedar names them `policy0`, `policy1` … as they come.
    let place = |policy: &Cedar| -> usize {
        let id: &str = policy.id().as_ref();
        let number = id
            .strip_prefix("policy")
            .and_then(|number| number.parse().ok());
        number.unwrap_or(usize::MAX)
    };
    let mut policies: Vec<Cedar> = set.policies().cloned().collect();
    policies.sort_by_key(place);
    Ok(policies)
}

fn quoted(id: &str) -> String {
    format!("@id(\"{id}\")")
}

/// What a policy says of itself, with what it fails to say.
fn described(finder: &mut Finder<'_>, policy: &Cedar) -> Policy {
    let get = |key: &str| policy.annotation(key).unwrap_or_default().to_owned();
    let id = get("id");
    let name = if id.is_empty() {
        policy.id().to_string()
    } else {
        id
    };
    let place = quoted(&name);
    for key in ["id", "row", "es", "en"] {
        if get(key).trim().is_empty() {
            let what = format!("the policy has no `@{key}`");
            finder.about(
                &place,
                &name,
                what,
                "write `@id`, `@row`, `@es` and `@en` above it",
            );
        }
    }
    let assumption = get("assumption") == "true";
    if get("lines").trim().is_empty() && !assumption {
        let what = "the policy gives neither lines nor an assumption";
        finder.about(
            &place,
            &name,
            what,
            "add `@lines(\"…\")` or `@assumption(\"true\")`",
        );
    }
    for (key, _) in policy.annotations() {
        if !ANNOTATIONS.contains(&key) {
            let what = format!("`@{key}` is not known");
            finder.about(
                &place,
                &name,
                what,
                "use `@id`, `@row`, `@lines`, `@assumption`, `@es`, `@en`",
            );
        }
    }
    Policy {
        id: name,
        effect: match policy.effect() {
            cedar_policy::Effect::Permit => Effect::Permit,
            cedar_policy::Effect::Forbid => Effect::Forbid,
        },
        row: get("row"),
        lines: policy.annotation("lines").map(str::to_owned),
        assumption,
        reason: Text::new(get("es"), get("en")),
    }
}

/// Cedar's own check, in its strict mode; a warning counts as a fault.
fn validate(finder: &mut Finder<'_>, words: &Words, set: &PolicySet) {
    let result = Validator::new(words.schema.clone()).validate(set, ValidationMode::Strict);
    for error in result.validation_errors() {
        let remedy = "compare with the schema: words, attributes, and what the action applies to";
        let id = error.policy_id().to_string();
        finder.at(offset(error), &id, first_line(error), remedy);
    }
    for warning in result.validation_warnings() {
        let id = warning.policy_id().to_string();
        let remedy = "a policy that can never hold says something else than it means";
        finder.at(offset(warning), &id, first_line(warning), remedy);
    }
}
