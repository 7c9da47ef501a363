//! Why, why not, and who: the answers that a page shows.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use comity_access::{Access, Documents, Relation};
use comity_policy::{
    Action, AgendaStage, Class, ConsultationStage, Door, Judge, Reach, Rights, Setting, Term,
    TextStage, Troika,
};
use comity_rules::{Language, Rules};

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const DOCUMENTS: Documents<'static> = Documents {
    schema: include_str!("../../../rules/rcm-2011/schema.cedarschema"),
    policies: include_str!("../../../rules/rcm-2011/policies.cedar"),
    seats: include_str!("../../../rules/rcm-2011/seats.toml"),
};

fn access() -> Access {
    Access::parse(DOCUMENTS).unwrap()
}

fn seat(access: &Access, id: &str, troika: Troika) -> Rights {
    let class = access.seats().iter().find(|seat| seat.id == id).unwrap();
    Rights::of(class, "honduras", troika)
}

fn closed_paper() -> Class {
    Class::Paper {
        setting: Setting::new("vice_ministerial", "vm", Door::Closed, "xvi"),
        reach: Reach::Closed,
        stage: TextStage::Circulated,
        text: "budget".into(),
    }
}

/// The table of `domain.md` A.4.1, cell by cell where it speaks of attendance.
#[test]
fn the_participation_matrix_of_the_source() {
    let access = access();
    let session =
        |forum: &str, body: &str, door| Class::Session(Setting::new(forum, body, door, "m"));
    let with_slot = |forum: &str, body: &str| {
        let mut setting = Setting::new(forum, body, Door::Open, "m");
        setting.slots = ["observer_organization".into(), "civil_society".into()].into();
        Class::Session(setting)
    };
    let plenary = session("vice_ministerial", "vm", Door::Open);
    let closed = session("vice_ministerial", "vm", Door::Closed);
    let rcgm = session("consultation_group", "rcgm", Door::Open);
    let network = session("network", "net-tip", Door::Open);
    let cases = [
        ("vice-minister", "", &plenary, true),
        ("vice-minister", "", &closed, true),
        ("high-ranking-official", "", &closed, true),
        ("speaker", "", &closed, false),
        ("liaison-officer-tip", "", &closed, false),
        ("immigration-director", "", &rcgm, true),
        ("liaison-officer-tip", "", &network, true),
        ("observer-state", "", &plenary, true),
        ("observer-state", "", &closed, false),
        ("observer-state", "", &rcgm, false),
        ("observer-state", "m", &rcgm, false),
        ("observer-state", "", &network, false),
        ("observer-state", "another", &network, false),
        ("observer-state", "m", &network, true),
        ("observer-organization", "", &plenary, true),
        ("observer-organization", "", &closed, false),
        ("observer-organization", "m", &closed, false),
        ("observer-organization", "", &rcgm, true),
        ("observer-organization", "", &network, false),
        ("observer-organization", "m", &network, true),
        ("civil-society", "", &plenary, false),
        ("civil-society", "m", &closed, false),
        ("guest", "", &plenary, false),
        ("guest", "m", &plenary, true),
        ("guest", "another", &plenary, false),
        ("guest", "m", &closed, false),
        ("coordinator", "", &rcgm, true),
        ("coordinator", "", &closed, false),
        ("public", "", &plenary, false),
    ];
    for (id, invited, class, expected) in cases {
        let mut rights = seat(&access, id, Troika::Outside);
        if !invited.is_empty() {
            rights.invited_to.insert(invited.into());
        }
        let answer = access.judge().may(&rights, Action::Attend, class);
        assert_eq!(
            answer.allowed, expected,
            "{id} {invited} {class:?}: {}",
            answer.policy.id
        );
    }
    for (forum, body) in [
        ("vice_ministerial", "vm"),
        ("consultation_group", "rcgm"),
        ("network", "net-cp"),
    ] {
        let rights = seat(&access, "civil-society", Troika::Outside);
        let answer = access
            .judge()
            .may(&rights, Action::Attend, &with_slot(forum, body));
        assert!(answer.allowed, "{body}");
    }
}

#[test]
fn the_presidency_admits_the_coordinator_and_nobody_else_of_the_secretariat() {
    let access = access();
    let offices = ["coordinator", "it-specialist", "assistant"];
    let mut setting = Setting::new("vice_ministerial", "vm", Door::Closed, "m");
    setting.admits = offices.map(Into::into).into();
    let attends = |id: &str, setting: &Setting| {
        let class = Class::Session(setting.clone());
        let rights = seat(&access, id, Troika::Outside);
        access.judge().may(&rights, Action::Attend, &class).allowed
    };
    assert_eq!(
        offices.map(|id| attends(id, &setting)),
        [true, false, false]
    );
    setting.on_secretariat = true;
    assert_eq!(
        offices.map(|id| attends(id, &setting)),
        [false, false, false]
    );
    setting.admits_expressly = offices.map(Into::into).into();
    assert_eq!(
        offices.map(|id| attends(id, &setting)),
        [true, false, false]
    );
}

#[test]
fn the_powers_of_the_presidency_come_and_go_with_it() {
    let access = access();
    let round = Class::Consultation(ConsultationStage::Round);
    for troika in Troika::ALL {
        let rights = seat(&access, "speaker", *troika);
        let answer = access.judge().may(&rights, Action::Launch, &round);
        assert_eq!(answer.allowed, *troika == Troika::Current);
        let reads = access
            .judge()
            .may(&rights, Action::Read, &Class::Presidency);
        assert_eq!(reads.allowed, *troika != Troika::Outside);
    }
    let unmandated = seat(&access, "deputy-without-mandate", Troika::Current);
    let answer = access.judge().may(&unmandated, Action::Launch, &round);
    assert_eq!(answer.policy.id, "a-deputy-acts-on-a-mandate");
}

#[test]
fn one_voice_states_the_position_of_its_own_state_only() {
    let access = access();
    let position = |of: &str| Class::Position {
        of: of.into(),
        stage: ConsultationStage::Round,
        term: Term::Running,
    };
    let may = |id: &str, of: &str| {
        let rights = seat(&access, id, Troika::Outside);
        access
            .judge()
            .may(&rights, Action::State, &position(of))
            .allowed
    };
    assert!(may("speaker", "honduras"));
    assert!(may("deputy", "honduras"));
    assert!(!may("speaker", "panama"));
    assert!(!may("deputy-without-mandate", "honduras"));
    assert!(!may("focal-point", "honduras"));
    assert!(!may("vice-minister", "honduras"));
    assert!(!may("coordinator", "honduras"));
}

#[test]
fn a_refusal_names_its_policy_in_both_languages() {
    let access = access();
    let rights = seat(&access, "observer-organization", Troika::Outside);
    let answer = access.judge().may(&rights, Action::Read, &closed_paper());
    assert!(!answer.allowed);
    assert_eq!(answer.policy.id, "closed-door-is-for-members");
    assert_eq!(answer.policy.lines.as_deref(), Some("327"));
    assert!(
        answer
            .policy
            .reason
            .get(Language::Es)
            .contains("exclusivos de los miembros")
    );
    assert!(
        answer
            .policy
            .reason
            .get(Language::En)
            .contains("for members only")
    );
}

#[test]
fn why_not_names_the_clause_that_did_not_hold() {
    let access = access();
    let rights = seat(&access, "guest", Troika::Outside);
    let session = Class::Session(Setting::new("network", "net-tip", Door::Open, "m"));
    let near = access.judge().near(&rights, Action::Attend, &session);
    let nearest = near.first().unwrap();
    assert_eq!(nearest.policy.id, "the-invited-take-part-in-that-meeting");
    assert_eq!(
        nearest.unmet,
        ["when { principal.invited_to.contains(resource.setting.meeting) }"]
    );
    let agenda = Class::Agenda {
        setting: Setting::new("vice_ministerial", "vm", Door::Open, "m"),
        stage: AgendaStage::Issued,
        text: "a".into(),
    };
    let speaker = seat(&access, "speaker", Troika::Former);
    let near = access.judge().near(&speaker, Action::Issue, &agenda);
    assert_eq!(near.len(), 1);
    assert_eq!(
        near[0].unmet,
        ["when { principal.troika == Troika::\"current\" }"]
    );
}

#[test]
fn who_can_says_on_which_footing() {
    let access = access();
    let rules = Rules::parse(RULES).unwrap();
    let told = |action, class: &Class| -> Vec<String> {
        access
            .who_can(action, class, &rules)
            .iter()
            .map(|holder| {
                let footing = match (holder.troika, holder.relation) {
                    (Troika::Outside, Relation::None) => String::new(),
                    (troika, relation) => format!(" {} {}", troika.as_str(), relation.as_str()),
                };
                format!("{}{footing}", holder.seat)
            })
            .collect()
    };
    assert_eq!(
        told(Action::Read, &closed_paper()),
        [
            "speaker",
            "deputy",
            "vice-minister",
            "high-ranking-official"
        ]
    );
    assert_eq!(
        told(
            Action::Launch,
            &Class::Consultation(ConsultationStage::Settled)
        ),
        [
            "speaker current ",
            "deputy current ",
            "vice-minister current "
        ]
    );
    let workroom = Class::Workroom {
        of: "panama".into(),
    };
    let members = told(Action::Read, &workroom);
    assert!(
        members
            .iter()
            .all(|holder| holder.ends_with(" outside own")),
        "{members:?}"
    );
    assert!(
        !members
            .iter()
            .any(|holder| holder.starts_with("coordinator"))
    );
}
