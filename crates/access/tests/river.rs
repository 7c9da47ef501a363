//! Another process: other kinds of party, other offices, two chairs, and no line of code changed for it.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use comity_access::{Access, Documents, matrix};
use comity_policy::{Action, Class, Door, Judge, Reach, Rights, Setting, TextStage, Troika};
use comity_rules::Rules;

const RULES: &str = include_str!("../../rules/tests/river/rules.toml");
const POLICIES: &str = include_str!("river/policies.cedar");
const SEATS: &str = include_str!("river/seats.toml");

/// The words of the process before the words of the program, which are those of every process.
fn schema() -> String {
    let shared = include_str!("../../../rules/rcm-2011/schema.cedarschema");
    let program = shared.find("// Where the seat's party stands").unwrap();
    let words = "entity PartyKind enum [\"riparian\", \"agency\", \"public\", \"host\"];\n\
                 entity Office enum [\"envoy\", \"anybody\", \"operator\"];\n\
                 entity Forum enum [\"assembly\", \"chair\"];\n";
    format!("{words}{}", &shared[program..])
}

#[test]
fn agencies_decide_and_either_chair_convenes() {
    let (schema, rules) = (schema(), Rules::parse(RULES).unwrap());
    let documents = Documents {
        schema: &schema,
        policies: POLICIES,
        seats: SEATS,
    };
    let access = Access::parse(documents).unwrap_or_else(|faults| panic!("{faults}"));
    access
        .check(documents, &rules)
        .unwrap_or_else(|faults| panic!("{faults}"));
    let rights = |id: &str, troika| {
        let class = access.seats().iter().find(|seat| seat.id == id).unwrap();
        Rights::of(class, id, troika)
    };
    let setting = Setting::new("assembly", "assembly", Door::Open, "m");
    let paper = Class::Paper {
        setting: setting.clone(),
        reach: Reach::Participants,
        stage: TextStage::Draft,
        text: "t".into(),
    };
    let decides = |id: &str| {
        let rights = rights(id, Troika::Outside);
        access.judge().may(&rights, Action::Decide, &paper).allowed
    };
    assert!(decides("agency") && decides("state"));
    assert!(!decides("public"));
    let convenes = |troika| {
        let rights = rights("state", troika);
        let session = Class::Session(setting.clone());
        access
            .judge()
            .may(&rights, Action::Convene, &session)
            .allowed
    };
    assert!(convenes(Troika::Current) && !convenes(Troika::Outside));
    assert!(matrix(&access, &rules).len() > 100);
}
