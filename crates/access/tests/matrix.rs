//! The whole matrix of a process, as a file whose every change is seen.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use comity_access::{Access, Documents, Relation, Row, matrix, to_csv};
use comity_policy::{Action, Class, Judge, Kind, Resource, Rights, Seat, may};
use comity_rules::Rules;

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const DOCUMENTS: Documents<'static> = Documents {
    schema: include_str!("../../../rules/rcm-2011/schema.cedarschema"),
    policies: include_str!("../../../rules/rcm-2011/policies.cedar"),
    seats: include_str!("../../../rules/rcm-2011/seats.toml"),
};

fn rules() -> Rules {
    Rules::parse(RULES).unwrap()
}

/// The matrix takes seconds to work out: once for all tests.
fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| matrix(&access(), &rules()))
}

fn access() -> Access {
    let access = Access::parse(DOCUMENTS).unwrap_or_else(|faults| panic!("{faults}"));
    access
        .check(DOCUMENTS, &rules())
        .unwrap_or_else(|faults| panic!("{faults}"));
    access
}

/// `COMITY_UPDATE=1 cargo test -p comity-access --test matrix` writes the file anew; read the difference before you keep it.
#[test]
fn the_matrix_is_the_one_that_was_reviewed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/rcm-2011/matrix.csv");
    let now = to_csv(rows());
    #[expect(
        clippy::disallowed_methods,
        reason = "whoever runs the test says whether to keep what changed"
    )]
    if std::env::var_os("COMITY_UPDATE").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(&file).unwrap();
    let reviewed: BTreeSet<&str> = reviewed.lines().collect();
    let now: BTreeSet<&str> = now.lines().collect();
    let gone: Vec<_> = reviewed.difference(&now).take(20).collect();
    let new: Vec<_> = now.difference(&reviewed).take(20).collect();
    assert!(
        gone.is_empty() && new.is_empty(),
        "the matrix changed; were: {gone:#?}\nare: {new:#?}\n\
         read the difference after `COMITY_UPDATE=1 cargo test -p comity-access --test matrix`"
    );
}

/// Every class of seat meets every action on every class of thing to which it applies.
#[test]
fn nothing_is_missing_from_the_matrix() {
    let (access, rules) = (access(), rules());
    let rows = rows();
    let mut plain: BTreeMap<(&str, Action, &str), usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.relation == Relation::None) {
        *plain
            .entry((&row.seat, row.action, &row.subject))
            .or_default() += 1;
    }
    let subjects = access.subjects(&rules);
    let mut asked = 0;
    for seat in access.seats() {
        for &action in Action::ALL {
            for subject in &subjects {
                if !access.policies().applies(action, &subject.class) {
                    continue;
                }
                asked += 1;
                let question = (seat.id.as_str(), action, subject.name.as_str());
                assert_eq!(plain.get(&question), Some(&1), "{question:?}");
            }
        }
    }
    assert_eq!(plain.len(), asked, "rows of what nobody asks");
    let kinds: BTreeSet<Kind> = subjects
        .iter()
        .map(|subject| subject.class.kind())
        .collect();
    assert_eq!(kinds, Kind::ALL.iter().copied().collect(), "kinds of thing");
    for &action in Action::ALL {
        let applies = subjects
            .iter()
            .any(|subject| access.policies().applies(action, &subject.class));
        assert!(applies, "`{}` applies to nothing", action.as_str());
    }
}

/// Every policy decides somewhere: one that never does guards nothing.
#[test]
fn every_policy_decides_some_row() {
    let access = access();
    let mut deciding = BTreeSet::new();
    for row in rows() {
        for cell in [&row.ordinary].into_iter().chain(&row.places) {
            deciding.extend(cell.split(": ").nth(1).map(str::to_owned));
        }
    }
    let idle: Vec<String> = access
        .policies()
        .all()
        .iter()
        .map(|policy| policy.id.clone())
        .filter(|id| !deciding.contains(id))
        .collect();
    assert!(idle.is_empty(), "policies that decide nothing: {idle:?}");
}

/// What holds before any rules, holds under them, and by the same policy.
#[test]
fn the_policies_answer_as_the_floor_does() {
    let access = access();
    let mut compared = 0;
    for seat in Seat::ALL {
        for &action in Action::ALL {
            for resource in Resource::ALL {
                let floor = may(seat, action, resource);
                let class = Class::from(resource);
                if !access.policies().applies(action, &class) {
                    assert!(!floor.allowed, "{seat:?} {action:?} {resource:?}");
                    continue;
                }
                let answer = access.judge().may(&Rights::from(seat), action, &class);
                let of_policies = (answer.allowed, answer.policy.id.as_str());
                assert_eq!(
                    (floor.allowed, floor.policy),
                    of_policies,
                    "{seat:?} {action:?} {resource:?}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 10);
}

/// The program's list of acts that speak for a country is the schema's group.
#[test]
fn the_acts_that_speak_for_a_country_are_one_list() {
    let group = DOCUMENTS
        .schema
        .lines()
        .filter(|line| line.contains("in [\"speak-for\"]"))
        .flat_map(|line| {
            line.split(" in [")
                .next()
                .unwrap()
                .split('"')
                .skip(1)
                .step_by(2)
        });
    let group: BTreeSet<&str> = group.collect();
    let ours = Action::ALL.iter().filter(|action| action.speaks_for());
    assert_eq!(group, ours.map(|action| action.as_str()).collect());
}
