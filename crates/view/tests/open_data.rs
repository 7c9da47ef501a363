//! The open data of the record as it ships: complete, in both languages, and true to what was printed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use comity_conference::{Act, ActBody, ActId, Actor, Conference, Entered, Origin, Row};
use comity_record::{RecordFile, read};
use comity_rules::Rules;
use comity_view::table::{Cell, Constraint, Field, FieldKind, Table, render};
use comity_view::{Date, Language, Lens, Seat, Snapshot, View};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn rules() -> Rules {
    let text = std::fs::read_to_string(root().join("rules/rcm-2011/rules.toml")).unwrap();
    Rules::parse(&text).unwrap()
}

fn rows(rules: &Rules) -> Vec<Row> {
    let files = std::fs::read_dir(root().join("record/rcm-1996-2012")).unwrap();
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
    rows.into_iter().map(|located| located.row).collect()
}

/// An act about a row; its id tells nothing of its place.
fn entered(position: usize, row: Row) -> Entered {
    Entered {
        id: ActId::new(&format!("{:026}", (position * 7919) % 100_003)).unwrap(),
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

fn snapshot(rows: Vec<Row>) -> Arc<Snapshot> {
    let mut conference = Conference::default();
    for (position, row) in rows.into_iter().enumerate() {
        conference.apply(entered(position, row));
    }
    Arc::new(Snapshot {
        conference,
        rules: Arc::new(rules()),
        rules_hash: String::new(),
        size: 0,
        root: String::new(),
        open: String::new(),
        demo: false,
        memo: std::sync::Arc::default(),
    })
}

static SHIPPED: LazyLock<Arc<Snapshot>> = LazyLock::new(|| snapshot(rows(&rules())));

fn view_on(on: Option<Date>) -> View {
    let lens = Lens {
        seat: Seat::Public,
        language: Language::Es,
        today: Date::constant(2011, 10, 15),
        on,
    };
    View::open(Arc::clone(&SHIPPED), lens)
}

fn view() -> View {
    view_on(None)
}

fn tables(view: &View) -> Vec<Table> {
    view.collection_names()
        .iter()
        .map(|name| view.table(name).unwrap())
        .collect()
}

#[test]
fn the_collections_are_those_of_the_rules_and_those_of_the_program() {
    let names: BTreeSet<String> = view().collection_names().into_iter().collect();
    let expected = "members observer-states observer-organizations civil-society focal-institutions presidencies \
        meetings bodies contributions budget-items themes topics documents actions organizations fora seminars \
        acronyms criteria commitments functions acts";
    assert_eq!(
        names,
        expected.split_whitespace().map(str::to_owned).collect()
    );
    assert!(view().table("quorums").is_none());
}

#[test]
fn every_row_has_a_key_of_its_own_and_every_required_cell() {
    for table in tables(&view()) {
        assert!(!table.rows.is_empty(), "{}", table.name);
        let keys: BTreeSet<&str> = table.items().map(|item| item.id()).collect();
        assert_eq!(keys.len(), table.rows.len(), "{}", table.name);
        assert!(!keys.contains(""), "{}", table.name);
        for item in table.items() {
            assert_eq!(item.row.0.len(), table.fields.len(), "{}", table.name);
            for (field, cell) in table.fields.iter().zip(&item.row.0) {
                assert!(
                    !field.required || *cell != Cell::Empty,
                    "{}.{} of {}",
                    table.name,
                    field.name,
                    item.id()
                );
            }
        }
    }
}

#[test]
fn what_is_a_fact_is_a_row() {
    let (view, rows) = (view(), rows(&rules()));
    let of = |table: &str| {
        rows.iter()
            .filter(|row| row.fact.kind().table() == table)
            .count()
    };
    let count = |name: &str| view.table(name).unwrap().rows.len();
    let parties = [
        "members",
        "observer-states",
        "observer-organizations",
        "civil-society",
    ];
    assert_eq!(parties.map(count).iter().sum::<usize>(), of("party"));
    for (name, table) in [
        ("focal-institutions", "institution"),
        ("presidencies", "presidency"),
        ("meetings", "meeting"),
        ("bodies", "body"),
        ("contributions", "share"),
        ("budget-items", "budget_item"),
        ("themes", "theme"),
        ("topics", "topic"),
        ("documents", "document"),
        ("actions", "action"),
        ("organizations", "organization"),
        ("fora", "forum"),
        ("seminars", "seminar"),
        ("acronyms", "acronym"),
    ] {
        assert_eq!(count(name), of(table), "{name}");
    }
    assert_eq!(count("acts"), rows.len());
    for (name, field, table) in [
        ("themes", "sections", "section"),
        ("topics", "addressed", "addressed"),
        ("organizations", "support", "support"),
    ] {
        assert_eq!(within(&view, name, field), of(table), "{name}.{field}");
    }
    let steps = ["bodies", "documents", "actions"].map(|name| within(&view, name, "steps"));
    assert_eq!(steps.iter().sum::<usize>(), of("step"));
}

/// How many rows stand within the rows of a collection.
fn within(view: &View, name: &str, field: &str) -> usize {
    let table = view.table(name).unwrap();
    let count = |cell: &Cell| match cell {
        Cell::List(rows) => rows.len(),
        other => panic!("{other:?}"),
    };
    table
        .items()
        .map(|item| count(item.get(field).unwrap()))
        .sum()
}

fn has_both_languages(fields: &[Field], of: &str) {
    for field in fields {
        let other = match field.name.rsplit_once('_') {
            Some((name, "en")) => format!("{name}_es"),
            Some((name, "es")) => format!("{name}_en"),
            _ => field.name.clone(),
        };
        assert!(
            fields.iter().any(|field| field.name == other),
            "{of}.{} has no {other}",
            field.name
        );
        assert!(
            !field.title.es().is_empty() && !field.title.en().is_empty(),
            "{of}.{}",
            field.name
        );
        if let FieldKind::Rows(inner) = &field.kind {
            has_both_languages(inner, &format!("{of}.{}", field.name));
        }
    }
}

#[test]
fn every_text_stands_in_both_languages() {
    for table in tables(&view()) {
        has_both_languages(&table.fields, &table.name);
        for item in table.items() {
            for field in table
                .fields
                .iter()
                .filter(|field| field.name.ends_with("_es"))
            {
                let english = format!("{}_en", field.name.trim_end_matches("_es"));
                let (spanish, english) =
                    (item.get(&field.name).unwrap(), item.get(&english).unwrap());
                assert_eq!(
                    *spanish == Cell::Empty,
                    *english == Cell::Empty,
                    "{} {}",
                    table.name,
                    item.id()
                );
            }
        }
    }
}

#[test]
fn what_names_another_row_names_one_that_is_there() {
    let tables = tables(&view());
    let keys: BTreeSet<(&str, &str)> = tables
        .iter()
        .flat_map(|table| table.items().map(|item| (table.name.as_str(), item.id())))
        .collect();
    for table in &tables {
        for (index, field) in table.fields.iter().enumerate() {
            let Some(Constraint::Key(collections)) = &field.constraint else {
                continue;
            };
            for key in table.rows.iter().flat_map(|row| named(&row.0[index])) {
                let known = |name: &String| keys.contains(&(name.as_str(), key.as_str()));
                assert!(
                    collections.iter().any(known),
                    "{}.{}: {key}",
                    table.name,
                    field.name
                );
            }
        }
    }
}

/// The keys that a cell names.
fn named(cell: &Cell) -> Vec<String> {
    match cell {
        Cell::Empty => Vec::new(),
        Cell::List(keys) => keys.iter().map(render::plain).collect(),
        other => vec![render::plain(other)],
    }
}

/// V-22: the amounts add up, the printed shares are reproduced by rounding, and their sum is not forced to a hundred.
#[test]
fn contributions_add_up_and_reproduce_the_printed_shares() {
    let table = view().table("contributions").unwrap();
    let (mut amounts, mut shares) = (0, 0);
    for item in table.items() {
        let (Some(Cell::Integer(amount)), Some(Cell::Percentage(share))) =
            (item.get("amount"), item.get("share"))
        else {
            panic!("{}", item.id());
        };
        amounts += amount;
        shares += share;
        let printed = render::plain(item.get("share_printed").unwrap());
        assert_eq!(
            printed.trim_end_matches(['%', ' ']),
            render::plain(item.get("share").unwrap()),
            "{}",
            item.id()
        );
    }
    assert_eq!((amounts, shares), (282_724, 10_001));
}

#[test]
fn on_a_past_day_only_what_stood_then_is_a_row() {
    let count = |year, name: &str| {
        view_on(Some(Date::constant(year, 6, 30)))
            .table(name)
            .unwrap()
            .rows
            .len()
    };
    assert_eq!(count(2004, "contributions"), 0);
    assert_eq!(count(2006, "contributions"), 11);
    for name in [
        "meetings",
        "presidencies",
        "topics",
        "documents",
        "actions",
        "seminars",
        "fora",
        "acts",
    ] {
        let (before, after, whole) = (
            count(1999, name),
            count(2008, name),
            view().table(name).unwrap().rows.len(),
        );
        assert!(
            before < after && after <= whole,
            "{name}: {before}, {after}, {whole}"
        );
    }
}

/// Who counts on a page and who counts rows comes to the same on every day.
#[test]
fn as_many_rows_as_the_pages_count() {
    let days = [1997, 2000, 2003, 2006, 2009].map(|year| Some(Date::constant(year, 6, 30)));
    for on in days.into_iter().chain([None]) {
        let view = view_on(on);
        let counts = view.home().counts;
        let rows = |name: &str| view.table(name).unwrap().rows.len();
        for (name, count) in [
            ("meetings", counts.meetings),
            ("themes", counts.themes),
            ("topics", counts.topics),
            ("documents", counts.documents),
            ("actions", counts.actions + counts.proposals),
            ("organizations", counts.organizations),
            ("fora", counts.fora),
            ("seminars", counts.seminars),
        ] {
            assert_eq!(rows(name), count, "{name} on {on:?}");
        }
        for party in &counts.parties {
            assert_eq!(
                rows(&party.collection),
                party.count,
                "{} on {on:?}",
                party.kind
            );
        }
    }
}

#[test]
fn on_a_past_day_nothing_later_stands_within_a_row() {
    let table = view_on(Some(Date::constant(1999, 6, 30)))
        .table("topics")
        .unwrap();
    for item in table.items() {
        let text = render::plain(item.get("addressed").unwrap());
        let rows: serde_json::Value = serde_json::from_str(&text).unwrap();
        for row in rows.as_array().unwrap() {
            let years = row["years"]
                .as_array()
                .unwrap()
                .iter()
                .chain(row.get("since"));
            assert!(
                years
                    .filter_map(serde_json::Value::as_i64)
                    .all(|year| year <= 1999),
                "{row}"
            );
        }
    }
}

/// What a reader gets does not depend on the order in which the facts came in, so it cannot tell that order.
#[test]
fn no_table_tells_the_order_of_the_register() {
    let rows = rows(&rules());
    let lens = view().lens();
    let forward = View::open(snapshot(rows.clone()), lens);
    let backward = View::open(snapshot(rows.into_iter().rev().collect()), lens);
    for name in forward
        .collection_names()
        .iter()
        .filter(|name| *name != "acts")
    {
        let keys = |view: &View| {
            view.table(name)
                .unwrap()
                .items()
                .map(|item| item.id().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(&forward), keys(&backward), "{name}");
    }
    let acts = forward.table("acts").unwrap();
    assert!(
        acts.fields
            .iter()
            .all(|field| field.name != "position" && field.name != "order")
    );
    let effective =
        |item: &comity_view::table::Item<'_>| render::plain(item.get("effective").unwrap());
    let dates: Vec<String> = acts
        .items()
        .map(|item| effective(&item))
        .filter(|date| date.len() == 4)
        .collect();
    assert!(
        dates.is_sorted(),
        "acts of one instant stand by the date from which they have effect"
    );
}

#[test]
fn a_terminal_shows_key_and_name_aligned_and_cut_to_its_width() {
    let table = view().table("members").unwrap();
    let shown = render::text(&table, Language::Es, 60);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), table.rows.len() + 1);
    assert!(
        lines[0].starts_with("id") && lines[0].contains("name_es"),
        "{shown}"
    );
    assert!(
        lines.iter().all(|line| line.chars().count() <= 60),
        "{shown}"
    );
    let column = lines[0].find("name_es").unwrap();
    for (line, item) in lines[1..].iter().zip(table.items()) {
        let name = render::plain(item.get("name_es").unwrap());
        let rest: String = line.chars().skip(column).collect();
        assert!(
            rest.starts_with(&name.chars().take(8).collect::<String>()),
            "{line}"
        );
    }
    let honduras = render::item(table.item("honduras").unwrap(), Language::En);
    assert!(honduras.contains("Identifier: honduras\n"), "{honduras}");
}
