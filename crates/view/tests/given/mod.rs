//! The conferences of the tests: a small one, one of another process, and the record that ships.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::path::Path;
use std::sync::Arc;

use comity_conference::{
    Act, ActId, Actor, Command, Conference, Context, Entered, OnDifference, Row, decide,
};
use comity_record::{RecordFile, read};
use comity_rules::Rules;
use comity_view::{Language, Lens, Link, Seat, Snapshot, Target, View};

const RCM: &str = include_str!("../../../../rules/rcm-2011/rules.toml");
const RIVER: &str = include_str!("../../../rules/tests/river/rules.toml");
const FACTS: &str = include_str!("facts.toml");

const RIVER_FACTS: &str = r#"
[[source]]
id = "minutes"
title = { es = "Actas", en = "Minutes" }
publisher = { es = "El Foro", en = "The Forum" }
published = "2019"
summary = { es = "Actas.", en = "Minutes." }
lines = "1"

[[party]]
id = "alta"
kind = "riparian"
name = { es = "Alta", en = "Alta" }
lines = "2"

[[party]]
id = "baja"
kind = "riparian"
name = { es = "Baja", en = "Baja" }
lines = "3"

[[body]]
id = "assembly"
kind = "assembly"
name = { es = "Asamblea", en = "Assembly" }
summary = { es = "Reúne a todos.", en = "It brings all together." }
lines = "4"

[[presidency]]
id = "chair-alta"
party = "alta"
term = "2001/.."
lines = "5"

[[presidency]]
id = "chair-baja"
party = "baja"
term = "2001/.."
lines = "5"

[[meeting]]
id = "assembly-2003"
body = "assembly"
number = 3
date = "2003"
lines = "6"
"#;

const CORRECTION: &str = r#"
[[meeting]]
id = "vm-2009"
body = "vm"
number = 14
date = "2009-07"
place = { country = "GT" }
lines = "305"
"#;

/// The small conference of `facts.toml` under the rules of 2011.
pub fn conference() -> Arc<Snapshot> {
    snapshot(RCM, &[FACTS])
}

/// The same with one row entered again and different.
pub fn corrected() -> Arc<Snapshot> {
    snapshot(RCM, &[FACTS, CORRECTION])
}

/// A process with co-chairs.
pub fn river() -> Arc<Snapshot> {
    snapshot(RIVER, &[RIVER_FACTS])
}

/// The record that ships with the program.
pub fn shipped() -> Arc<Snapshot> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../record/rcm-1996-2012");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    entering(RCM, &[&texts])
}

fn snapshot(rules: &str, texts: &[&str]) -> Arc<Snapshot> {
    let batches: Vec<&[&str]> = texts.iter().map(std::slice::from_ref).collect();
    entering(rules, &batches)
}

/// Enters one batch of files after the other; a row that differs from what is held corrects it.
fn entering(rules: &str, batches: &[&[&str]]) -> Arc<Snapshot> {
    let rules = Arc::new(Rules::parse(rules).unwrap());
    let mut conference = Conference::default();
    let adopt = Command::AdoptRules {
        rules: Arc::clone(&rules),
        documents: Default::default(),
        register: "test".into(),
        demo: false,
    };
    settle(&mut conference, None, &adopt);
    for texts in batches {
        let files: Vec<RecordFile<'_>> = texts
            .iter()
            .map(|text| RecordFile {
                name: "facts.toml",
                text,
            })
            .collect();
        let rows: Vec<Row> = read(&files, &rules.process.source)
            .unwrap()
            .into_iter()
            .map(|located| located.row)
            .collect();
        settle(
            &mut conference,
            Some(&rules),
            &Command::RecordFacts {
                rows,
                on_difference: OnDifference::Correct,
            },
        );
    }
    let size = conference.acts.len() as u64;
    Arc::new(Snapshot {
        conference,
        rules,
        rules_hash: String::new(),
        size,
        root: String::new(),
        open: String::new(),
        demo: false,
        memo: std::sync::Arc::default(),
    })
}

fn settle(conference: &mut Conference, rules: Option<&Rules>, command: &Command) {
    let context = Context {
        now: "2011-10-15T12:00:00Z".parse().unwrap(),
    };
    let acts = decide(conference, rules, command, &context).unwrap();
    for act in &acts {
        let position = conference.acts.len() as u64;
        conference.apply(entered(act, position));
    }
}

fn entered(act: &Act, position: u64) -> Entered {
    let actor = Actor {
        person: None,
        seat: "operator".into(),
        capacity: "operator".into(),
        for_party: None,
        mandate: None,
    };
    Entered {
        id: ActId::new(&format!("{position:026}")).unwrap(),
        position,
        recorded_at: "2011-10-15T12:00:00Z".parse().unwrap(),
        actor: Arc::new(actor),
        act: act.clone(),
    }
}

/// What the public sees in October 2011.
pub fn view(snapshot: &Arc<Snapshot>, language: Language) -> View {
    today(snapshot, language, "2011-10-15")
}

pub fn view_as(snapshot: &Arc<Snapshot>, language: Language, seat: Seat) -> View {
    View::open(
        Arc::clone(snapshot),
        Lens {
            seat,
            language,
            today: "2011-10-15".parse().unwrap(),
            on: None,
        },
    )
}

/// The same on another today.
pub fn today(snapshot: &Arc<Snapshot>, language: Language, today: &str) -> View {
    View::open(
        Arc::clone(snapshot),
        Lens {
            seat: Seat::Public,
            language,
            today: today.parse().unwrap(),
            on: None,
        },
    )
}

/// The same as of a day in the past.
pub fn on(snapshot: &Arc<Snapshot>, language: Language, on: &str) -> View {
    let on = Some(on.parse().unwrap());
    View::open(
        Arc::clone(snapshot),
        Lens {
            seat: Seat::Public,
            language,
            today: "2011-10-15".parse().unwrap(),
            on,
        },
    )
}

/// Whether the page that a link leads to is there.
pub fn opens(view: &View, link: &Link) -> bool {
    let id = link.id.as_str();
    match link.to {
        Target::Country | Target::Party => view.country(id).is_some(),
        Target::Organization => view.organization(id).is_some(),
        Target::Body => view.body(id).is_some(),
        Target::Meeting => view.meeting(id).is_some(),
        Target::Presidency => view.presidency(id).is_some(),
        Target::Theme => view.theme(id).is_some(),
        Target::Section => view.section(id).is_some(),
        Target::Topic => view.topic(id).is_some(),
        Target::Document => view.document(id).is_some(),
        Target::Action => view.action(id).is_some(),
        Target::Forum => view.forum(id).is_some(),
        Target::Seminar => view.seminar(id).is_some(),
        Target::Act => view.act_line(id).is_some(),
    }
}
