//! `decide` and `apply`: rows in and out of order, and what holds for any rows.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;

use comity_conference::fact::*;
use comity_conference::{
    Act, ActBody, ActId, Actor, Command, Conference, Context, Entered, Fact, FactFault, Kind,
    OnDifference, Origin, Provenance, RefKind, Rejection, Row, Seat, decide,
};
use comity_rules::{Rules, Text, Title};
use proptest::prelude::*;

const RCM: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const RIVER: &str = include_str!("../../rules/tests/river/rules.toml");

fn rules() -> Rules {
    Rules::parse(RCM).unwrap()
}

fn context() -> Context {
    Context {
        now: "2011-10-15T12:00:00Z".parse().unwrap(),
    }
}

fn title(text: &str) -> Title {
    serde_json::from_value(serde_json::json!({ "es": text, "en": text })).unwrap()
}

fn provenance() -> Provenance {
    Provenance::at("book", "112")
}

fn row(fact: Fact) -> Row {
    Row {
        fact,
        provenance: provenance(),
    }
}

fn source() -> Row {
    row(Fact::SourceRegistered(SourceRegistered {
        id: "book".into(),
        title: title("A book"),
        publisher: title("Somebody"),
        published: "2011-10".parse().unwrap(),
        summary: Text::new("Un libro.", "A book."),
    }))
}

fn party(id: &str) -> PartyAdmitted {
    PartyAdmitted {
        id: id.into(),
        kind: "member".into(),
        name: title(if id.is_empty() { "Sin nombre" } else { id }),
        full_name: None,
        acronym: None,
        code: None,
        since: Some("1996".parse().unwrap()),
        until: None,
        website: None,
        summary: None,
    }
}

fn presidency(party: &str, year: i16) -> Fact {
    Fact::PresidencyAgreed(PresidencyAgreed {
        id: format!("ppt-{year}").into(),
        party: party.into(),
        term: comity_calendar::Partial::year(year),
        theme: None,
        agreed: None,
    })
}

fn entered(act: &Act, position: u64) -> Entered {
    Entered {
        id: ActId::new(&format!("{position:026}")).unwrap(),
        position,
        recorded_at: "2011-10-15T12:00:00Z".parse().unwrap(),
        actor: Arc::new(Actor {
            person: None,
            seat: "operator".into(),
            capacity: "operator".into(),
            for_party: None,
            mandate: None,
        }),
        act: act.clone(),
    }
}

fn enter(conference: &mut Conference, acts: &[Act]) {
    for act in acts {
        let position = conference.acts.len() as u64;
        conference.apply(entered(act, position));
    }
}

/// A conference with its rules and the acts of these rows.
fn given(rules: &Rules, rows: Vec<Row>) -> Conference {
    let mut conference = Conference::default();
    let adopt = Command::AdoptRules {
        rules: Arc::new(rules.clone()),
        documents: Default::default(),
        register: "test".into(),
        demo: false,
    };
    let first = decide(&conference, None, &adopt, &context()).unwrap();
    enter(&mut conference, &first);
    let acts = when(&conference, rules, rows, OnDifference::Refuse).unwrap();
    enter(&mut conference, &acts);
    conference
}

fn when(
    conference: &Conference,
    rules: &Rules,
    rows: Vec<Row>,
    on_difference: OnDifference,
) -> Result<Vec<Act>, Rejection> {
    decide(
        conference,
        Some(rules),
        &Command::RecordFacts {
            rows,
            on_difference,
        },
        &context(),
    )
}

/// The fault of the one row that is not in order.
fn fault(rows: Vec<Row>) -> FactFault {
    let rules = rules();
    let conference = given(&rules, vec![source()]);
    match when(&conference, &rules, rows, OnDifference::Refuse) {
        Err(Rejection::RowsNotInOrder(mut faults)) if faults.len() == 1 => faults.remove(0).fault,
        other => panic!("{other:#?}"),
    }
}

#[test]
fn a_row_that_names_an_unknown_party_is_not_in_order() {
    let expected = FactFault::UnknownReference {
        field: "party",
        id: "atlantis".into(),
        expected: RefKind::Party,
    };
    assert_eq!(fault(vec![row(presidency("atlantis", 2008))]), expected);
}

#[test]
fn a_row_may_name_what_stands_after_it() {
    let rules = rules();
    let conference = given(&rules, vec![source()]);
    let rows = vec![
        row(presidency("honduras", 2008)),
        row(Fact::PartyAdmitted(party("honduras"))),
    ];
    assert_eq!(
        when(&conference, &rules, rows, OnDifference::Refuse)
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn an_id_stands_once() {
    let rows = vec![
        row(Fact::PartyAdmitted(party("honduras"))),
        row(Fact::PartyAdmitted(party("honduras"))),
    ];
    assert_eq!(fault(rows), FactFault::Doubled { first_row: 0 });
}

#[test]
fn ids_are_words_with_hyphens() {
    for id in [
        "",
        "Honduras",
        "hon duras",
        "-honduras",
        "honduras-",
        "hon--duras",
        "honduras/",
        "ñandú",
    ] {
        assert_eq!(
            fault(vec![row(Fact::PartyAdmitted(party(id)))]).code(),
            "E-0101",
            "{id}"
        );
    }
}

#[test]
fn a_kind_that_the_rules_do_not_know_is_named() {
    let wrong = PartyAdmitted {
        kind: "emperor".into(),
        ..party("honduras")
    };
    let expected = FactFault::UnknownTerm {
        field: "kind",
        term: "emperor".into(),
        vocabulary: "party_kind",
    };
    assert_eq!(fault(vec![row(Fact::PartyAdmitted(wrong))]), expected);
}

#[test]
fn a_text_in_one_language_only_is_not_in_order() {
    let mut wrong = party("honduras");
    wrong.name = Title::translated("  ", "honduras");
    assert_eq!(
        fault(vec![row(Fact::PartyAdmitted(wrong))]),
        FactFault::TranslationAbsent {
            field: "name".into(),
            language: "es"
        }
    );
}

#[test]
fn a_row_without_source_lines_is_not_in_order() {
    let mut wrong = row(Fact::PartyAdmitted(party("honduras")));
    wrong.provenance = Provenance::at("book", "");
    assert_eq!(fault(vec![wrong]), FactFault::SourceAbsent);
}

/// The go-live date is the first day of enacted acts: the day before is recorded, the day itself is not.
#[test]
fn the_go_live_date_has_two_sides() {
    let on = |date: &str| PartyAdmitted {
        since: Some(date.parse().unwrap()),
        ..party("honduras")
    };
    assert_eq!(
        fault(vec![row(Fact::PartyAdmitted(on("2011-11-01")))]).code(),
        "E-0107"
    );
    let rules = rules();
    let conference = given(&rules, vec![source()]);
    let acts = when(
        &conference,
        &rules,
        vec![row(Fact::PartyAdmitted(on("2011-10-31")))],
        OnDifference::Refuse,
    )
    .unwrap();
    assert_eq!(acts.len(), 1);
}

#[test]
fn every_fault_of_every_row_is_told_at_once() {
    let rules = rules();
    let conference = given(&rules, vec![source()]);
    let rows = vec![
        row(presidency("atlantis", 2008)),
        row(Fact::PartyAdmitted(party("Honduras"))),
        row(Fact::PartyAdmitted(party("canada"))),
    ];
    let Err(Rejection::RowsNotInOrder(faults)) =
        when(&conference, &rules, rows, OnDifference::Refuse)
    else {
        panic!()
    };
    let found: Vec<(usize, &str)> = faults
        .iter()
        .map(|fault| (fault.row, fault.fault.code()))
        .collect();
    assert_eq!(found, [(0, "E-0105"), (1, "E-0101")]);
}

#[test]
fn years_stand_once_and_in_order() {
    let rules = rules();
    let conference = given(&rules, vec![source()]);
    let addressed = |years: Vec<i16>, since: Option<i16>| {
        row(Fact::TopicAddressed(TopicAddressed {
            id: "asylum/1".into(),
            topic: "asylum".into(),
            bodies: ["rcgm".into()].into(),
            years: years.into(),
            since,
            occasion: None,
            meeting: None,
        }))
    };
    for (years, since) in [
        (vec![2005, 2002], None),
        (vec![2005, 2005], None),
        (vec![], None),
        (vec![2005], Some(2006)),
    ] {
        let Err(Rejection::RowsNotInOrder(faults)) = when(
            &conference,
            &rules,
            vec![addressed(years.clone(), since)],
            OnDifference::Refuse,
        ) else {
            panic!("{years:?}")
        };
        assert!(
            faults.iter().any(|fault| fault.fault.code() == "E-0108"),
            "{years:?} {since:?}"
        );
    }
}

#[test]
fn a_correction_replaces_and_remembers() {
    let rules = rules();
    let mut conference = given(
        &rules,
        vec![source(), row(Fact::PartyAdmitted(party("honduras")))],
    );
    let first = conference.says(conference.parties.get("honduras").unwrap());
    let mut changed = party("honduras");
    changed.name = Title::translated("República de Honduras", changed.name.en());
    let rows = vec![row(Fact::PartyAdmitted(changed))];
    let Err(Rejection::RowsNotInOrder(faults)) =
        when(&conference, &rules, rows.clone(), OnDifference::Refuse)
    else {
        panic!()
    };
    let FactFault::Differs(differences) = &faults[0].fault else {
        panic!()
    };
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0].field, "name");
    let acts = when(&conference, &rules, rows, OnDifference::Correct).unwrap();
    assert!(
        matches!(&acts[..], [Act { body: ActBody::FactCorrected { replaces, .. }, .. }] if *replaces == first)
    );
    enter(&mut conference, &acts);
    let held = conference.parties.get("honduras").unwrap();
    let replaced: Vec<ActId> = held.before.iter().map(|replaced| replaced.act).collect();
    assert_eq!(
        (held.fact.name.es(), replaced),
        ("República de Honduras", vec![first])
    );
    let lines: Vec<_> = conference
        .acts
        .iter()
        .filter(|line| line.about().is_some_and(|(_, id)| *id == "honduras"))
        .map(|line| (line.kind(), conference.provenance(line).is_some()))
        .collect();
    assert_eq!(
        lines,
        [("PartyAdmitted", true), ("FactCorrected", true)],
        "the act that was replaced keeps its place in the source"
    );
}

/// A table of the Troika: each day with who sits in it (V-21, Q-62).
#[test]
fn the_troika_is_the_former_the_current_and_the_upcoming_presidency() {
    let rules = rules();
    let mut rows = vec![source()];
    rows.extend(["mexico", "panama", "canada"].map(|id| row(Fact::PartyAdmitted(party(id)))));
    rows.extend(
        [
            ("mexico", 1996),
            ("panama", 1997),
            ("canada", 1998),
            ("canada", 1999),
        ]
        .map(|(id, year)| row(presidency(id, year))),
    );
    let conference = given(&rules, rows);
    for (day, expected) in [
        ("1995-12-31", vec![]),
        (
            "1996-01-01",
            vec![(Seat::Current, "mexico"), (Seat::Upcoming, "panama")],
        ),
        (
            "1996-12-31",
            vec![(Seat::Current, "mexico"), (Seat::Upcoming, "panama")],
        ),
        (
            "1997-01-01",
            vec![
                (Seat::Former, "mexico"),
                (Seat::Current, "panama"),
                (Seat::Upcoming, "canada"),
            ],
        ),
        // Canada presides twice in a row: a party sits once.
        (
            "1998-07-01",
            vec![(Seat::Former, "panama"), (Seat::Current, "canada")],
        ),
        ("1999-07-01", vec![(Seat::Former, "canada")]),
        ("2000-01-01", vec![]),
    ] {
        let troika = conference.troika_on(&rules, day.parse().unwrap());
        let found: Vec<_> = troika
            .iter()
            .map(|member| (member.seat, member.presidency.fact.party.as_str()))
            .collect();
        assert_eq!(found, expected, "{day}");
    }
}

#[test]
fn another_process_has_no_troika_and_its_own_kinds() {
    let rules = Rules::parse(RIVER).unwrap();
    let book = source();
    let upper = PartyAdmitted {
        kind: "riparian".into(),
        ..party("upper")
    };
    let conference = given(
        &rules,
        vec![
            book,
            row(Fact::PartyAdmitted(upper)),
            row(presidency("upper", 2001)),
        ],
    );
    assert!(
        conference
            .troika_on(&rules, "2001-06-01".parse().unwrap())
            .is_empty()
    );
    assert_eq!(conference.counts().parties.get("riparian"), Some(&1));
}

#[test]
fn an_act_of_a_newer_program_is_not_guessed_at() {
    for (kind, version) in [("MinutesSealed", 1), ("PartyAdmitted", 2)] {
        let error = Act::from_json(kind, version, None, Origin::Enacted, "{}").unwrap_err();
        assert!(
            error.to_string().contains("is not known to this program"),
            "{error}"
        );
    }
}

fn any_id() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]", "[a-zA-Z0-9/-]{0,6}"]
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "\\PC{1,12}",
        Just("\u{0}\u{202e}\"\\".to_owned())
    ]
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let parties =
        (any_id(), any_text(), any_text(), 1990i16..2020).prop_map(|(id, es, en, year)| {
            let mut fact = PartyAdmitted {
                since: Some(comity_calendar::Partial::year(year)),
                ..party(&id)
            };
            fact.name = Title::translated(es, en);
            Fact::PartyAdmitted(fact)
        });
    let presidencies = (any_id(), 1990i16..2020).prop_map(|(id, year)| presidency(&id, year));
    let entries = (any_id(), any_text(), 0u16..9).prop_map(|(id, text, number)| {
        Fact::EntryListed(EntryListed {
            id: id.into(),
            list: "tenet".into(),
            number,
            holder: None,
            text: Text::new(&text, &text),
            names: Box::default(),
            date: None,
            meeting: None,
            since: None,
            page: None,
        })
    });
    prop_oneof![parties, presidencies, entries]
}

proptest! {
    /// Whatever `decide` emits, `apply` takes; what is applied live is what a replay gives; the same rows again make
    /// nothing; and each act survives its record.
    #[test]
    fn deciding_applying_and_replaying_agree(facts in prop::collection::vec(any_fact(), 0..12), correct in any::<bool>()) {
        let rules = rules();
        let mut conference = given(&rules, vec![source(), row(Fact::PartyAdmitted(party("a")))]);
        let mut history: Vec<Act> = Vec::new();
        for line in &conference.acts {
            if let Some((kind, id)) = line.about() {
                let (fact, _, provenance) = conference.held(kind, id).unwrap();
                history.push(Act { effective: line.effective(), origin: Origin::Recorded(provenance.unwrap()), body: ActBody::Fact(fact) });
            }
        }
        let on_difference = if correct { OnDifference::Correct } else { OnDifference::Refuse };
        for fact in facts {
            let rows = vec![row(fact)];
            let once = when(&conference, &rules, rows.clone(), on_difference);
            prop_assert_eq!(&once, &when(&conference, &rules, rows.clone(), on_difference), "the same input gives the same output");
            let Ok(acts) = once else { continue };
            for act in &acts {
                let json = act.to_json().to_string();
                prop_assert_eq!(&Act::from_json(act.kind(), act.version(), act.effective, act.origin.clone(), &json).unwrap(), act);
            }
            enter(&mut conference, &acts);
            history.extend(acts);
            prop_assert_eq!(when(&conference, &rules, rows, OnDifference::Refuse), Ok(Vec::new()), "a second import adds nothing");
        }
        let mut replayed = Conference::default();
        let adopt = Command::AdoptRules { rules: Arc::new(rules.clone()), documents: Default::default(), register: "test".into(), demo: false };
        let first = decide(&replayed, None, &adopt, &context()).unwrap();
        enter(&mut replayed, &first);
        enter(&mut replayed, &history);
        prop_assert!(replayed.same_as(&conference));
        prop_assert_eq!(Kind::ALL.iter().filter_map(|kind| conference.held(*kind, "nowhere")).count(), 0);
    }
}
