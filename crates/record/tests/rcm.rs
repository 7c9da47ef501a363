//! The record of the Regional Conference on Migration, as it ships: it loads without a fault, and every count of the
//! inventory (domain A.16) is the number of rows that it holds.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::path::Path;

use comity_conference::{
    Act, ActBody, ActId, Actor, Command, Conference, Context, Entered, OnDifference, Rejection,
    decide,
};
use comity_record::{LocatedRow, RecordFile, locate, read};
use comity_rules::Rules;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn rules() -> Rules {
    let text = std::fs::read_to_string(root().join("rules/rcm-2011/rules.toml")).unwrap();
    Rules::parse(&text).unwrap_or_else(|faults| panic!("{:#?}", faults.0))
}

fn files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(root().join("record/rcm-1996-2012"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

fn rows(rules: &Rules) -> Vec<LocatedRow> {
    let files = files();
    let files: Vec<RecordFile<'_>> = files
        .iter()
        .map(|(name, text)| RecordFile { name, text })
        .collect();
    read(&files, &rules.process.source).unwrap_or_else(|faults| {
        panic!(
            "{}",
            faults
                .iter()
                .map(|fault| format!("{fault} ({})\n", fault.hint))
                .collect::<String>()
        )
    })
}

fn enter(conference: &mut Conference, acts: Vec<Act>) {
    for act in acts {
        let position = conference.acts.len() as u64;
        let entered = Entered {
            id: ActId::new(&format!("{position:026}")).unwrap(),
            position,
            recorded_at: "2011-10-15T12:00:00Z".parse().unwrap(),
            actor: std::sync::Arc::new(Actor {
                person: None,
                seat: "operator".into(),
                capacity: "operator".into(),
                for_party: None,
                mandate: None,
            }),
            act,
        };
        conference.apply(entered);
    }
}

fn loaded() -> (Rules, Conference) {
    let rules = rules();
    let rows = rows(&rules);
    let mut conference = Conference::default();
    let context = Context {
        now: "2011-10-15T12:00:00Z".parse().unwrap(),
    };
    let adopt = Command::AdoptRules {
        rules: std::sync::Arc::new(rules.clone()),
        documents: Default::default(),
        register: "test".into(),
        demo: false,
    };
    enter(
        &mut conference,
        decide(&Conference::default(), None, &adopt, &context).unwrap(),
    );
    let command = Command::RecordFacts {
        rows: rows.iter().map(|row| row.row.clone()).collect(),
        on_difference: OnDifference::Refuse,
    };
    match decide(&conference, Some(&rules), &command, &context) {
        Ok(acts) => enter(&mut conference, acts),
        Err(Rejection::RowsNotInOrder(faults)) => {
            panic!(
                "{}",
                locate(&faults, &rows)
                    .iter()
                    .map(|fault| format!("{fault} ({})\n", fault.hint))
                    .collect::<String>()
            )
        }
        Err(other) => panic!("{other}"),
    }
    (rules, conference)
}

#[test]
fn every_count_of_the_inventory_is_the_number_of_rows() {
    let (_, conference) = loaded();
    let parties = |kind: &str| {
        conference
            .parties
            .iter()
            .filter(|held| held.fact.kind == kind)
            .count()
    };
    let topics = |section: &str| {
        conference
            .topics
            .iter()
            .filter(|held| held.fact.section == section)
            .count()
    };
    let documents = |section: &str| {
        conference
            .documents
            .iter()
            .filter(|held| held.fact.section == section)
            .count()
    };
    let actions = |section: &str, proposal: bool| {
        conference
            .actions
            .iter()
            .filter(|held| held.fact.section == section && held.fact.proposal == proposal)
            .count()
    };
    let entries = |list: &str| {
        conference
            .entries
            .iter()
            .filter(|held| held.fact.list == list)
            .count()
    };
    let held_by = |list: &str, holder: &str| {
        conference
            .entries
            .iter()
            .filter(|held| held.fact.list == list && held.fact.holder.as_deref() == Some(holder))
            .count()
    };
    let supports = |organization: &str| {
        conference
            .supports
            .iter()
            .filter(|held| held.fact.organization == organization)
            .count()
    };
    let mut by_number: Vec<_> = conference
        .organizations
        .iter()
        .map(|held| (held.fact.number, supports(&held.fact.id)))
        .collect();
    by_number.sort_unstable();
    let by_number: Vec<usize> = by_number.into_iter().map(|(_, count)| count).collect();
    let contents = entries("contents");
    for (list, expected, found) in [
        ("L-01 members", 11, parties("member")),
        ("L-02 observer states", 5, parties("observer_state")),
        (
            "L-03 observer organisations",
            8,
            parties("observer_organization"),
        ),
        ("civil society", 1, parties("civil_society")),
        ("L-04 commitments", 4, entries("commitment")),
        (
            "L-05 criteria, states",
            9,
            held_by("criterion", "observer_state"),
        ),
        (
            "L-06 criteria, organisations",
            3,
            held_by("criterion", "observer_organization"),
        ),
        ("L-07 conditions", 2, entries("condition")),
        ("L-08 focal institutions", 33, conference.institutions.len()),
        ("L-09 presidencies", 17, conference.presidencies.len()),
        ("L-10 mechanisms", 5, entries("mechanism")),
        ("L-11 parts of the meeting", 2, entries("session_part")),
        ("L-12 consultation steps", 4, entries("consultation_step")),
        (
            "L-13 functions of the presidency",
            9,
            held_by("function", "ppt"),
        ),
        (
            "L-14 roles of the consultation group",
            3,
            held_by("function", "rcgm"),
        ),
        (
            "L-15 functions of the secretariat",
            8,
            held_by("function", "ts"),
        ),
        ("L-16 posts", 3, entries("post")),
        ("L-17 contributions", 11, conference.contributions.len()),
        ("L-18 budget items", 6, conference.budget_items.len()),
        (
            "L-19 follow-up mechanisms",
            4,
            entries("follow_up_mechanism"),
        ),
        ("L-20 topics mpm", 6, topics("mpm")),
        ("L-21 topics tip", 8, topics("tip")),
        ("L-22 topics cp", 8, topics("cp")),
        ("L-23 topics cwv", 10, topics("cwv")),
        ("L-24 topics md", 10, topics("md")),
        ("L-25 topics", 42, conference.topics.len()),
        ("L-26 documents mpm", 7, documents("mpm")),
        ("L-27 documents tip", 6, documents("tip")),
        ("L-28 documents cp", 4, documents("cp")),
        ("L-29 documents cwv", 4, documents("cwv")),
        ("L-30 documents md", 1, documents("md")),
        ("L-31 documents", 22, conference.documents.len()),
        ("L-32 actions mpm", 14, actions("mpm", false)),
        ("L-32 proposals mpm", 1, actions("mpm", true)),
        ("L-33 actions tip", 14, actions("tip", false)),
        ("L-34 actions cp", 7, actions("cp", false)),
        ("L-34 proposals cp", 1, actions("cp", true)),
        ("L-35 actions cwv", 12, actions("cwv", false)),
        ("L-36 actions md", 10, actions("md", false)),
        ("L-37 actions and proposals", 59, conference.actions.len()),
        ("L-38 organisations", 22, conference.organizations.len()),
        (
            "L-39 contributions of organisations",
            83,
            conference.supports.len(),
        ),
        ("L-40 fora", 18, conference.fora.len()),
        ("L-41 seminars", 35, conference.seminars.len()),
        (
            "L-41 seminars with a year",
            33,
            conference
                .seminars
                .iter()
                .filter(|held| held.fact.date.is_some())
                .count(),
        ),
        ("L-42 dimensions", 3, entries("dimension")),
        (
            "L-43 acronyms",
            30,
            conference
                .acronyms
                .iter()
                .filter(|held| held.fact.listed)
                .count(),
        ),
        ("L-44 table of contents", 26, contents),
        (
            "L-45 groups of subtopics",
            5,
            entries("introduced_subtopic"),
        ),
        ("L-46 tenets", 2, entries("tenet")),
        ("L-47 captions", 13, entries("caption")),
        ("L-48 credits", 6, entries("credit")),
    ] {
        assert_eq!(found, expected, "{list}");
    }
    assert_eq!(
        by_number,
        [
            9, 26, 4, 1, 2, 3, 7, 5, 1, 2, 1, 2, 4, 4, 1, 1, 1, 1, 2, 1, 3, 2
        ],
        "L-39 by row"
    );
}

#[test]
fn contributions_add_up_to_the_printed_total() {
    let (_, conference) = loaded();
    assert_eq!(
        conference
            .contributions
            .iter()
            .map(|held| held.fact.amount)
            .sum::<u64>(),
        282_724
    );
}

#[test]
fn the_troika_of_october_2011_is_mexico_the_dominican_republic_and_panama() {
    let (rules, conference) = loaded();
    let troika = conference.troika_on(&rules, "2011-10-15".parse().unwrap());
    let parties: Vec<&str> = troika
        .iter()
        .map(|member| member.presidency.fact.party.as_str())
        .collect();
    assert_eq!(parties, ["mexico", "dominican-republic", "panama"]);
}

#[test]
fn the_number_of_a_conference_is_its_year_less_1995() {
    let (_, conference) = loaded();
    let numbered: Vec<_> = conference
        .meetings
        .iter()
        .filter_map(|held| Some((held.fact.number?, held.fact.date.earliest().year())))
        .collect();
    assert_eq!(numbered.len(), 16);
    for (number, year) in numbered {
        assert_eq!(i32::from(number), i32::from(year) - 1995);
    }
}

#[test]
fn presidencies_count_by_country_however_its_name_is_printed() {
    let (_, conference) = loaded();
    let count = |party: &str| {
        conference
            .presidencies
            .iter()
            .filter(|held| held.fact.party == party)
            .count()
    };
    for (party, expected) in [
        ("mexico", 3),
        ("panama", 3),
        ("canada", 2),
        ("el-salvador", 2),
        ("united-states", 2),
        ("guatemala", 2),
        ("costa-rica", 1),
        ("honduras", 1),
        ("dominican-republic", 1),
        ("belize", 0),
        ("nicaragua", 0),
    ] {
        assert_eq!(count(party), expected, "{party}");
    }
}

#[test]
fn replaying_the_register_gives_the_state_reached_live_and_a_second_import_adds_nothing() {
    let (rules, conference) = loaded();
    let rows: Vec<_> = rows(&rules).into_iter().map(|row| row.row).collect();
    let again = Command::RecordFacts {
        rows,
        on_difference: OnDifference::Refuse,
    };
    let context = Context {
        now: "2011-10-16T12:00:00Z".parse().unwrap(),
    };
    assert_eq!(
        decide(&conference, Some(&rules), &again, &context).unwrap(),
        Vec::new()
    );
    // Every act survives its record: what is read back is what was decided.
    for line in &conference.acts {
        let Some((kind, id)) = line.about() else {
            continue;
        };
        let (fact, ..) = conference.held(kind, id).unwrap();
        let act = Act {
            effective: line.effective(),
            origin: comity_conference::Origin::Enacted,
            body: ActBody::Fact(fact),
        };
        let json = act.to_json().to_string();
        let read = Act::from_json(
            act.kind(),
            act.version(),
            act.effective,
            act.origin.clone(),
            &json,
        )
        .unwrap();
        assert_eq!(read, act);
    }
}

/// Every row's lines lie within the source of 1,070 lines.
#[test]
fn every_row_names_lines_of_the_source() {
    for row in rows(&rules()) {
        for part in row.row.provenance.lines().split(", ") {
            let ends: Vec<usize> = part
                .split('-')
                .map(|end| {
                    end.parse()
                        .unwrap_or_else(|_| panic!("{}:{}: `{part}`", row.file, row.line))
                })
                .collect();
            assert!(
                ends.len() <= 2
                    && ends.is_sorted()
                    && ends.iter().all(|line| (1..=1070).contains(line)),
                "{}:{}: `{part}`",
                row.file,
                row.line
            );
        }
    }
}
