//! What a rules file must hold together: every id defined once, every reference defined, every text in both languages.

use std::collections::BTreeSet;

use crate::{ChairModel, Model, Text};

/// A fault by its place in the tree of keys; the parser turns it into a line.
pub(crate) struct Found {
    pub path: Vec<String>,
    pub what: String,
    pub remedy: String,
}

pub(crate) fn faults(model: &Model) -> Vec<Found> {
    let mut check = Check { found: Vec::new() };
    check.process(model);
    check.ids(model);
    check.bodies(model);
    check.chair(model);
    check.references(model);
    check.words(model);
    check.assumptions(model);
    check.found
}

struct Check {
    found: Vec<Found>,
}

macro_rules! path {
    ($($part:expr),+) => { [$($part.to_string()),+] };
}

impl Check {
    fn fault(
        &mut self,
        path: impl Into<Vec<String>>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.found.push(Found {
            path: path.into(),
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    fn process(&mut self, model: &Model) {
        if model.process.names.is_empty() {
            self.fault(
                path!["process", "names"],
                "the process has no name",
                "give at least one name; the first is the masthead",
            );
        }
        if model.process.languages.is_empty() {
            self.fault(
                path!["process", "languages"],
                "no language is given",
                "list `es`, `en` or both",
            );
        }
        if model.process.go_live <= model.process.record_ends {
            self.fault(
                path!["process", "go_live"],
                format!(
                    "`{}` is not after the record's end `{}`",
                    model.process.go_live, model.process.record_ends
                ),
                "let the record end the day before enacted acts begin, or earlier",
            );
        }
    }

    fn ids(&mut self, model: &Model) {
        self.unique(
            "party_kind",
            model.party_kinds.iter().map(|kind| kind.id.as_str()),
        );
        self.unique(
            "branch",
            model.branches.iter().map(|branch| branch.id.as_str()),
        );
        self.unique(
            "body_kind",
            model.body_kinds.iter().map(|kind| kind.id.as_str()),
        );
        self.unique("body", model.bodies.iter().map(|body| body.id.as_str()));
        self.unique("list", model.lists.iter().map(|list| list.id.as_str()));
        self.unique("fund", model.funds.iter().map(|fund| fund.id.as_str()));
        self.unique(
            "visibility",
            model.visibilities.iter().map(|class| class.id.as_str()),
        );
        let collections = model
            .party_kinds
            .iter()
            .map(|kind| kind.collection.as_str());
        self.unique(
            "party_kind",
            collections.chain(
                model
                    .lists
                    .iter()
                    .filter_map(|list| list.collection.as_deref()),
            ),
        );
    }

    fn unique<'a>(&mut self, table: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            if id.trim().is_empty() {
                self.fault(
                    path![table, index, "id"],
                    "the id is empty",
                    "give it a short id of lower-case letters",
                );
            } else if !seen.insert(id) {
                self.fault(
                    path![table, index, "id"],
                    format!("`{id}` stands twice"),
                    "give each its own id",
                );
            }
        }
    }

    fn bodies(&mut self, model: &Model) {
        for (index, body) in model.bodies.iter().enumerate() {
            if model.body_kind(&body.kind).is_none() {
                self.fault(
                    path!["body", index, "kind"],
                    format!("`{}` is not a kind of body", body.kind),
                    known(model.body_kinds.iter().map(|kind| kind.id.as_str())),
                );
            }
            for (key, other) in [
                ("reports_to", &body.reports_to),
                ("first_with", &body.first_with),
                ("precedes", &body.precedes),
            ] {
                if let Some(other) = other {
                    self.body(model, path!["body", index, key], other);
                }
            }
            for (key, kinds) in [
                ("decides", &body.decides),
                ("attends", &body.attends),
                ("invited", &body.invited),
                ("slots", &body.slots),
            ] {
                self.party_kinds(model, &path!["body", index, key], kinds);
            }
            for (inner, session) in body.sessions.iter().enumerate() {
                self.party_kinds(
                    model,
                    &path!["body", index, "session", inner, "attends"],
                    &session.attends,
                );
                self.party_kinds(
                    model,
                    &path!["body", index, "session", inner, "slots"],
                    &session.slots,
                );
                self.text(
                    path!["body", index, "session", inner, "name"],
                    &session.name,
                );
            }
            if body.reports_to.as_deref() == Some(&body.id) {
                self.fault(
                    path!["body", index, "reports_to"],
                    format!("`{}` reports to itself", body.id),
                    "name another body or leave the key out",
                );
            }
        }
    }

    fn chair(&mut self, model: &Model) {
        self.body(model, path!["chair", "body"], &model.chair.body);
        self.party_kinds(model, &path!["chair", "holders"], &model.chair.holders);
        for (key, body) in [
            ("announce_in", &model.chair.announce_in),
            ("hosts", &model.chair.hosts),
        ] {
            if let Some(body) = body {
                self.body(model, path!["chair", key], body);
            }
        }
        if model.chair.model == ChairModel::Rotating && model.chair.term_years.is_none() {
            self.fault(
                path!["chair", "model"],
                "a rotating chair needs a term",
                "add `term_years`",
            );
        }
        if model.chair.model != ChairModel::Rotating && model.troika.is_some() {
            self.fault(
                path!["troika"],
                "a troika needs a rotating chair",
                "remove `[troika]` or set `chair.model = \"rotating\"`",
            );
        }
    }

    fn references(&mut self, model: &Model) {
        let sessions: BTreeSet<&str> = model
            .bodies
            .iter()
            .flat_map(|body| body.sessions.iter().map(|session| session.id.as_str()))
            .collect();
        for (index, matter) in model.reserved_matters.iter().enumerate() {
            self.session(
                &sessions,
                path!["reserved_matter", index, "session"],
                &matter.session,
            );
            self.text(path!["reserved_matter", index, "name"], &matter.name);
        }
        for (index, item) in model.minimum_items.iter().enumerate() {
            for body in &item.bodies {
                self.body(model, path!["minimum_item", index, "bodies"], body);
            }
            if let Some(session) = &item.session {
                self.session(&sessions, path!["minimum_item", index, "session"], session);
            }
            self.text(path!["minimum_item", index, "name"], &item.name);
        }
        if let Some(agenda) = &model.agenda {
            self.party_kinds(
                model,
                &path!["agenda", "circulate_to"],
                &agenda.circulate_to,
            );
        }
        for (index, link) in model.chains.iter().enumerate() {
            self.body(model, path!["chain", index, "from"], &link.from);
            if let Some(to) = &link.to {
                self.body(model, path!["chain", index, "to"], to);
            }
        }
        for (index, criteria) in model.criteria.iter().enumerate() {
            self.party_kinds(
                model,
                &path!["criteria", index, "kind"],
                std::slice::from_ref(&criteria.kind),
            );
            self.body(
                model,
                path!["criteria", index, "decided_by"],
                &criteria.decided_by,
            );
            self.session(
                &sessions,
                path!["criteria", index, "decided_in"],
                &criteria.decided_in,
            );
        }
        if let Some(exception) = &model.drafting_exception {
            self.party_kinds(
                model,
                &path!["drafting_exception", "kind"],
                std::slice::from_ref(&exception.kind),
            );
        }
        if let Some(contributions) = &model.contributions {
            self.party_kinds(
                model,
                &path!["contributions", "payers"],
                &contributions.payers,
            );
        }
        if let Some(numbering) = &model.numbering {
            self.body(model, path!["numbering", "body"], &numbering.body);
        }
        if let Some(budget) = &model.budget {
            self.body(model, path!["budget", "spender"], &budget.spender);
        }
        if let Some(plan) = &model.work_plan {
            self.body(model, path!["work_plan", "approved_by"], &plan.approved_by);
            self.body(
                model,
                path!["work_plan", "reviewed_with"],
                &plan.reviewed_with,
            );
        }
        if let Some(signature) = &model.signature {
            self.body(
                model,
                path!["signature", "after_approval_of"],
                &signature.after_approval_of,
            );
        }
        for (index, fund) in model.funds.iter().enumerate() {
            for overseer in &fund.overseers {
                self.body(model, path!["fund", index, "overseers"], overseer);
            }
        }
    }

    fn words(&mut self, model: &Model) {
        for (index, kind) in model.party_kinds.iter().enumerate() {
            self.text(path!["party_kind", index, "name"], &kind.name);
            self.text(path!["party_kind", index, "plural"], &kind.plural);
        }
        for (index, kind) in model.body_kinds.iter().enumerate() {
            self.text(path!["body_kind", index, "name"], &kind.name);
        }
        for (index, list) in model.lists.iter().enumerate() {
            self.text(path!["list", index, "name"], &list.name);
        }
        for (name, terms) in &model.vocabulary {
            for (id, words) in terms {
                self.text(path!["vocabulary", name, id], words);
            }
        }
        self.text(path!["process", "motto"], &model.process.motto);
        self.text(path!["process", "acronym"], &model.process.acronym);
        for (index, name) in model.process.names.iter().enumerate() {
            for language in name.missing() {
                self.fault(
                    path!["process", "names", index],
                    format!("the name has no `{}` version", language.code()),
                    "write it in both languages",
                );
            }
        }
    }

    fn assumptions(&mut self, model: &Model) {
        let Some(rule) = &model.consultation else {
            return;
        };
        for unknown in rule.procedure().err().unwrap_or_default() {
            self.fault(
                path!["consultation", unknown.key],
                format!("`{}` is not a value of it", unknown.value),
                unknown.known,
            );
        }
        for (key, choice) in rule.choices() {
            let key = key.trim_start_matches("consultation.");
            if choice.assumption && choice.why.is_none() {
                self.fault(
                    path!["consultation", key],
                    "an assumption gives no reason",
                    "add `why = { es = \"…\", en = \"…\" }`",
                );
            }
            if !choice.assumption && choice.lines.is_none() {
                self.fault(
                    path!["consultation", key],
                    "a rule gives neither lines nor an assumption",
                    "add `lines` or `assumption = true` with `why`",
                );
            }
        }
    }

    fn text(&mut self, path: impl AsRef<[String]>, text: &Text) {
        for language in text.missing() {
            self.fault(
                path.as_ref(),
                format!("no text in `{}`", language.code()),
                "write it in both languages",
            );
        }
    }

    fn body(&mut self, model: &Model, path: impl Into<Vec<String>>, id: &str) {
        if model.body(id).is_none() {
            self.fault(
                path,
                format!("`{id}` is not a body"),
                known(model.bodies.iter().map(|body| body.id.as_str())),
            );
        }
    }

    fn session(&mut self, sessions: &BTreeSet<&str>, path: impl Into<Vec<String>>, id: &str) {
        if !sessions.contains(id) {
            self.fault(
                path,
                format!("`{id}` is not a session"),
                known(sessions.iter().copied()),
            );
        }
    }

    fn party_kinds(&mut self, model: &Model, path: &[String], ids: &[String]) {
        for id in ids {
            if model.party_kind(id).is_none() {
                self.fault(
                    path.to_vec(),
                    format!("`{id}` is not a kind of party"),
                    known(model.party_kinds.iter().map(|kind| kind.id.as_str())),
                );
            }
        }
    }
}

fn known<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let ids: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
    if ids.is_empty() {
        "define it first".to_owned()
    } else {
        format!("use one of {} or define it", ids.join(", "))
    }
}
