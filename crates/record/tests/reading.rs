//! Record files with faults of form: each is told with its file and line, and what was expected.

use comity_record::{RecordFile, read};

/// The faults of one file, one line each.
fn faults(text: &str) -> Vec<String> {
    match read(
        &[RecordFile {
            name: "test.toml",
            text,
        }],
        "book",
    ) {
        Ok(rows) => panic!("{} rows were read", rows.len()),
        Err(faults) => faults
            .iter()
            .map(|fault| format!("{fault} | {}", fault.hint))
            .collect(),
    }
}

const PARTY: &str = "[[party]]\nid = \"honduras\"\nkind = \"member\"\nlines = \"112\"\nname = { en = \"Honduras\", es = \"Honduras\" }\n";

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    let found = faults("[[party]]\nid = \"honduras\nkind = 1");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("test.toml:2: not TOML"), "{found:?}");
}

#[test]
fn an_unknown_table_is_told_with_the_known_ones() {
    let found = faults("\n[[partie]]\nid = \"x\"\n");
    assert!(
        found[0].starts_with(
            "test.toml:2: `partie` is not a table of a record | expected one of source, party,"
        ),
        "{found:?}"
    );
}

#[test]
fn a_table_that_stands_within_another_is_no_table_of_its_own() {
    let found = faults("[[step]]\nid = \"x\"\n");
    assert!(
        found[0].starts_with("test.toml:1: `step` is not a table of a record"),
        "{found:?}"
    );
}

#[test]
fn a_single_table_is_told_to_be_a_row() {
    let found = faults("[party]\nid = \"x\"\n");
    assert_eq!(
        found,
        ["test.toml:1: `party` is not a list of rows | begin each row with `[[party]]`"]
    );
}

#[test]
fn an_unknown_key_is_told_at_its_line() {
    let found = faults(&format!("{PARTY}nmae = 1\n"));
    assert!(
        found[0].starts_with("test.toml:6: party `honduras`: unknown field `nmae`"),
        "{found:?}"
    );
}

#[test]
fn an_absent_key_is_told_at_the_row() {
    let found = faults("# a comment\n\n[[party]]\nid = \"honduras\"\nlines = \"112\"\n");
    assert!(
        found[0].starts_with("test.toml:3: party `honduras`: missing field `kind`"),
        "{found:?}"
    );
}

#[test]
fn a_wrong_date_says_what_was_expected() {
    let found = faults(&format!("{PARTY}since = \"1996-31\"\n"));
    assert!(
        found[0].contains("`1996-31` is not a day of the calendar"),
        "{found:?}"
    );
    let found = faults(&format!("{PARTY}since = 1996\n"));
    assert!(found[0].contains("expected a date in quotes"), "{found:?}");
}

#[test]
fn an_absent_translation_is_told() {
    let found = faults(
        "[[party]]\nid = \"honduras\"\nkind = \"member\"\nlines = \"112\"\nname = { en = \"Honduras\" }\n",
    );
    assert!(found[0].contains("missing field `es`"), "{found:?}");
}

#[test]
fn every_fault_of_every_file_is_told_at_once() {
    let files = [
        RecordFile {
            name: "a.toml",
            text: "[[nothing]]\nx = 1\n",
        },
        RecordFile {
            name: "b.toml",
            text: "[[party]]\nid = \"x\"\n",
        },
    ];
    let found = read(&files, "book").unwrap_err();
    let places: Vec<_> = found
        .iter()
        .map(|fault| (fault.file.as_str(), fault.line))
        .collect();
    assert_eq!(places, [("a.toml", 1), ("b.toml", 1)]);
}

#[test]
fn rows_come_in_the_order_of_the_file_with_rows_within_rows_after_their_own() {
    let text = "[[meeting]]\nid = \"vm-2009\"\nbody = \"vm\"\ndate = \"2009\"\nlines = \"1\"\n\n[[document]]\nid = \"memo\"\nsection = \"mpm\"\nnumber = 1\nkind = \"memorandum\"\nlines = \"2\"\ntitle = { en = \"M\", es = \"M\" }\nsummary = { en = \"M\", es = \"M\" }\n[[document.step]]\nstep = \"signed\"\nlines = \"3\"\n[[document.step]]\nstep = \"renewed\"\nlines = \"4\"\n\n[[meeting]]\nid = \"vm-2010\"\nbody = \"vm\"\ndate = \"2010\"\nlines = \"5\"\n";
    let rows = read(
        &[RecordFile {
            name: "test.toml",
            text,
        }],
        "book",
    )
    .unwrap();
    let ids: Vec<&str> = rows.iter().map(|row| row.row.fact.id()).collect();
    assert_eq!(
        ids,
        [
            "vm-2009",
            "memo",
            "document/memo/1",
            "document/memo/2",
            "vm-2010"
        ]
    );
    assert_eq!(
        rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [1, 7, 15, 18, 22]
    );
    assert!(
        rows.iter()
            .all(|row| *row.row.provenance.source() == "book")
    );
}

#[test]
fn a_row_within_a_row_is_a_table() {
    let text = "[[topic]]\nid = \"asylum\"\nsection = \"mpm\"\nnumber = 4\nlines = \"1\"\naddressed = [\"1996\"]\ntitle = { en = \"A\", es = \"A\" }\nsummary = { en = \"A\", es = \"A\" }\n";
    assert_eq!(
        faults(text),
        ["test.toml:6: a row of `addressed` is not a table | begin it with [[…]]"]
    );
}
