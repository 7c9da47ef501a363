//! Faults that others had, as tests of the policies: named after what went wrong there.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use comity_access::{Access, Documents};
use comity_policy::{
    Action, AgendaStage, Class, Door, Judge, Reach, Rights, Setting, TextStage, Troika,
};
use comity_rules::SeatClass;

const DOCUMENTS: Documents<'static> = Documents {
    schema: include_str!("../../../rules/rcm-2011/schema.cedarschema"),
    policies: include_str!("../../../rules/rcm-2011/policies.cedar"),
    seats: include_str!("../../../rules/rcm-2011/seats.toml"),
};

fn access() -> Access {
    Access::parse(DOCUMENTS).unwrap()
}

/// Every class of seat, of another party than any thing here, wherever it may stand in the Troika.
fn everybody(access: &Access) -> Vec<(&SeatClass, Rights)> {
    let places = [
        Troika::Outside,
        Troika::Former,
        Troika::Current,
        Troika::Upcoming,
    ];
    let classes = access.seats().iter();
    classes
        .flat_map(|class| {
            let places = if class.kind == "member" {
                &places[..]
            } else {
                &places[..1]
            };
            places
                .iter()
                .map(move |place| (class, Rights::of(class, "another", *place)))
        })
        .collect()
}

/// The administrator of one committee granted rights in another.
#[test]
fn whoever_manages_one_countrys_people_manages_no_others() {
    let access = access();
    let people = |of: &str| Class::People {
        of: of.into(),
        of_kind: "member".into(),
    };
    let mut own = 0;
    for (class, rights) in everybody(&access) {
        let there = access.may(&rights, Action::Manage, &people("honduras"));
        assert!(!there.allowed, "{}: {}", class.id, there.policy.id);
        let here = access.may(&rights, Action::Manage, &people("another"));
        own += usize::from(here.allowed);
    }
    assert!(own > 0, "some manage their own");
}

/// An editor published what nobody had approved.
#[test]
fn only_the_presidency_publishes_and_no_draft() {
    let access = access();
    let paper = |stage| Class::Paper {
        setting: Setting::new("vice_ministerial", "vm", Door::Open, "m"),
        reach: Reach::Members,
        stage,
        text: "t".into(),
    };
    let mut publish = 0;
    for (class, rights) in everybody(&access) {
        for stage in [TextStage::Draft, TextStage::Circulated] {
            let may = access.may(&rights, Action::Publish, &paper(stage));
            assert!(!may.allowed, "{} publishes what is not adopted", class.id);
        }
        let may = access
            .may(&rights, Action::Publish, &paper(TextStage::Adopted))
            .allowed;
        assert!(!may || rights.troika == Troika::Current, "{}", class.id);
        publish += usize::from(may);
    }
    assert!(publish > 0);
}

/// An agenda was seen before it might be.
#[test]
fn a_preliminary_agenda_is_seen_by_those_whom_the_rules_name() {
    let access = access();
    let agenda = |forum: &str, body: &str| Class::Agenda {
        setting: Setting::new(forum, body, Door::Open, "m"),
        stage: AgendaStage::Preliminary,
        text: "t".into(),
    };
    let (main, group) = (
        agenda("vice_ministerial", "vm"),
        agenda("consultation_group", "rcgm"),
    );
    for (class, rights) in everybody(&access) {
        let inner = ["member", "secretariat"].contains(&class.kind.as_str());
        let seen = access.may(&rights, Action::Read, &main).allowed;
        let may = inner || class.kind == "observer_organization";
        assert!(!seen || may, "{}", class.id);
        let seen = access.may(&rights, Action::Read, &group).allowed;
        assert!(!seen || inner, "{}", class.id);
    }
}

/// Anybody who had signed in read what was another body's.
#[test]
fn to_be_signed_in_opens_nothing_by_itself() {
    let access = access();
    // Seats that grant one thing and nothing else.
    for id in ["fund-manager", "translator", "interpreter", "guest"] {
        let class = access.seats().iter().find(|class| class.id == id).unwrap();
        let rights = Rights::of(class, "another", Troika::Outside);
        let setting = |door| Setting::new("network", "net-tip", door, "m");
        for class in [
            Class::Session(setting(Door::Open)),
            Class::Paper {
                setting: setting(Door::Open),
                reach: Reach::Participants,
                stage: TextStage::Circulated,
                text: "t".into(),
            },
            Class::Application,
            Class::Budget,
            Class::Presidency,
            Class::Outbox,
            Class::Console,
            Class::People {
                of: "honduras".into(),
                of_kind: "member".into(),
            },
        ] {
            let may = access.may(&rights, Action::Read, &class);
            assert!(!may.allowed, "{id}: {class:?} by {}", may.policy.id);
        }
    }
}
