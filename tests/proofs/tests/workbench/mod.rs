//! A claim about the policies, the solver that proves it, and its twins that must fail.

use std::io::Write;
use std::process::{Command, Stdio};
use std::str::FromStr;

use cedar_policy::{Authorizer, Decision, Policy, PolicyId, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::solver::LocalSolver;
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicy, CompiledPolicySet, Env};

const SCHEMA: &str = include_str!("../../../../rules/rcm-2011/schema.cedarschema");
const POLICIES: &str = include_str!("../../../../rules/rcm-2011/policies.cedar");

/// One way of spoiling the policies.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// A policy is left out.
    Without(&'static str),
    /// A policy loses one of its clauses, counted from 0.
    Loses(&'static str, usize),
    /// A policy is added.
    With(&'static str),
}

/// What must never be permitted, written as the `forbid` that would prevent it; and changes each of which lets it happen.
pub struct Claim {
    pub fence: &'static str,
    pub twins: &'static [&'static [Change]],
}

pub struct Bench {
    schema: Schema,
    compiler: CedarSymCompiler<LocalSolver>,
}

impl Bench {
    /// A bench with a solver; `None` where there is none, and it is said.
    ///
    /// # Panics
    /// `CVC5` names a program that does not run.
    pub fn open() -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "whoever runs the proofs says where the solver is"
        )]
        let named = std::env::var("CVC5").ok();
        let program = named.clone().unwrap_or_else(|| "cvc5".to_owned());
        let answers = Command::new(&program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !answers {
            assert!(named.is_none(), "CVC5 is `{program}`, which does not run");
            // Past the test harness, which keeps to itself what a passing test prints.
            let told = "SKIPPED, no cvc5: install it (Debian: `apt install cvc5`) or set CVC5\n";
            std::io::stderr()
                .write_all(told.as_bytes())
                .expect("a line on standard error");
            return None;
        }
        let solver = LocalSolver::cvc5().expect("it answered a moment ago");
        Some(Self {
            schema: Schema::from_str(SCHEMA).expect("the schema that ships is in order"),
            compiler: CedarSymCompiler::new(solver).expect("a solver that runs"),
        })
    }

    /// Proves a claim for the policies that ship, then that each twin breaks it.
    pub async fn holds(&mut self, claim: &Claim) {
        let fence = format!("permit (principal, action, resource);\n{}", claim.fence);
        let fence = PolicySet::from_str(&fence).expect("a fence is written in Cedar");
        let bounds = self.bounds(&fence).await;
        assert!(!bounds.is_empty(), "the claim is about nothing");
        if let Some((asked, found)) = self.first_breach(&policies(&[]), &bounds).await {
            panic!("the claim does not hold for {asked}:\n{}", case(&found));
        }
        for changes in claim.twins {
            let spoiled = policies(changes);
            let Some((asked, found)) = self.first_breach(&spoiled, &bounds).await else {
                panic!("nothing breaks the claim although {changes:?}: what does guard it?");
            };
            // The real authorizer agrees with the proof.
            let decide = |set| {
                Authorizer::new()
                    .is_authorized(&found.request, set, &found.entities)
                    .decision()
            };
            assert_eq!(decide(&spoiled), Decision::Allow, "{asked} {changes:?}");
            assert_eq!(decide(&fence), Decision::Deny, "{asked} {changes:?}");
        }
    }

    /// The kinds of request in which a fence keeps anything out; in the others there is nothing to prove.
    async fn bounds(&mut self, fence: &PolicySet) -> Vec<(RequestEnv, CompiledPolicySet)> {
        let mut bounds = Vec::new();
        let requests: Vec<RequestEnv> = self.schema.request_envs().collect();
        for asked in requests {
            let bound =
                CompiledPolicySet::compile(fence, &asked, &self.schema).expect("well-typed");
            let open = self.compiler.check_always_allows_opt(&bound).await;
            if !open.expect("the solver answers") {
                bounds.push((asked, bound));
            }
        }
        bounds
    }

    /// The first kind of request in which the policies permit what the fence does not.
    async fn first_breach(
        &mut self,
        set: &PolicySet,
        bounds: &[(RequestEnv, CompiledPolicySet)],
    ) -> Option<(String, Env)> {
        for (asked, bound) in bounds {
            let ours = CompiledPolicySet::compile(set, asked, &self.schema).expect("well-typed");
            let found = self
                .compiler
                .check_implies_with_counterexample_opt(&ours, bound)
                .await
                .expect("the solver answers");
            if let Some(found) = found {
                return Some((format!("{} on {}", asked.action(), asked.resource()), found));
            }
        }
        None
    }

    /// The policies that can fail in being evaluated.
    pub async fn failing(&mut self, changes: &[Change]) -> Vec<String> {
        let mut failing = Vec::new();
        let requests: Vec<RequestEnv> = self.schema.request_envs().collect();
        for policy in policies(changes).policies() {
            for asked in &requests {
                let compiled =
                    CompiledPolicy::compile(policy, asked, &self.schema).expect("well-typed");
                let safe = self.compiler.check_never_errors_opt(&compiled).await;
                if !safe.expect("the solver answers") {
                    failing.push(format!("{} on {}", policy.id(), asked.action()));
                }
            }
        }
        failing
    }
}

/// Seat and thing of a case; the solver lists every word of the schema beside them.
fn case(found: &Env) -> String {
    let told = found
        .entities
        .iter()
        .filter(|entity| entity.attrs().count() > 0);
    let json = told.map(|entity| entity.to_json_string().unwrap_or_default());
    json.collect::<Vec<_>>().join("\n")
}

/// The policies that ship, each under its own name, with changes.
fn policies(changes: &[Change]) -> PolicySet {
    let shipped = PolicySet::from_str(POLICIES).expect("the policies that ship are in order");
    let mut policies: Vec<Policy> = shipped
        .policies()
        .map(|policy| {
            let id = policy.annotation("id").expect("every policy has a name");
            policy.new_id(PolicyId::new(id))
        })
        .collect();
    for change in changes {
        apply(&mut policies, *change);
    }
    PolicySet::from_policies(policies).expect("no two have one name")
}

fn apply(policies: &mut Vec<Policy>, change: Change) {
    let place = |policies: &[Policy], id: &str| {
        let found = policies
            .iter()
            .position(|policy| policy.id() == &PolicyId::new(id));
        found.unwrap_or_else(|| panic!("there is no policy `{id}`"))
    };
    match change {
        Change::Without(id) => {
            let place = place(policies, id);
            policies.remove(place);
        }
        Change::Loses(id, clause) => {
            let place = place(policies, id);
            let mut json = policies[place]
                .to_json()
                .expect("what was parsed is also JSON");
            let clauses = json["conditions"]
                .as_array_mut()
                .expect("a list of clauses");
            clauses.remove(clause);
            policies[place] = Policy::from_json(Some(PolicyId::new(id)), json)
                .expect("a part of a policy is one");
        }
        Change::With(text) => {
            policies
                .push(Policy::parse(Some(PolicyId::new("added")), text).expect("written in Cedar"));
        }
    }
}
