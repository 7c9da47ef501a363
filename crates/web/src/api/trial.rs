//! The shipped record as the public sees it, for the tests of this interface.

use std::path::Path;
use std::sync::Arc;

use comity_conference::{Act, ActBody, ActId, Actor, Conference, Entered, Origin};
use comity_record::{RecordFile, read};
use comity_rules::Rules;
use comity_view::{Date, Language, Lens, Seat, Snapshot, View};

use super::Open;

/// Opens the record as the public sees it in October 2011.
pub fn open() -> Open {
    let snapshot = Arc::new(snapshot());
    Open::new(move |language: Language, on: Option<Date>| {
        let lens = Lens {
            seat: Seat::Public,
            language,
            today: Date::constant(2011, 10, 15),
            on,
        };
        View::open(Arc::clone(&snapshot), lens)
    })
}

fn snapshot() -> Snapshot {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let text = std::fs::read_to_string(root.join("rules/rcm-2011/rules.toml")).unwrap();
    let rules = Rules::parse(&text).unwrap();
    let files = std::fs::read_dir(root.join("record/rcm-1996-2012")).unwrap();
    let mut paths: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let files: Vec<RecordFile<'_>> = texts
        .iter()
        .map(|text| RecordFile {
            name: "record",
            text,
        })
        .collect();
    let rows = read(&files, &rules.process.source).unwrap();
    let mut conference = Conference::default();
    for (position, located) in rows.into_iter().enumerate() {
        conference.apply(entered(position, located.row));
    }
    Snapshot {
        conference,
        rules: Arc::new(rules),
        rules_hash: String::new(),
        size: 0,
        root: String::new(),
        open: String::new(),
        demo: false,
        memo: std::sync::Arc::default(),
    }
}

fn entered(position: usize, row: comity_conference::Row) -> Entered {
    Entered {
        id: ActId::new(&format!("{position:026}")).unwrap(),
        position: position as u64,
        recorded_at: "2011-10-15T12:00:00Z".parse().unwrap(),
        actor: Arc::new(Actor {
            person: None,
            seat: "operator".into(),
            capacity: "operator".into(),
            for_party: None,
            mandate: None,
        }),
        act: Act {
            effective: row.fact.effective(),
            origin: Origin::Recorded(row.provenance),
            body: ActBody::Fact(row.fact),
        },
    }
}
