//! The program as its operator meets it: each command, its exit code, and what it says when something is wrong.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

fn comity(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .env_remove("COMITY_DATA")
        .env("COMITY_LOG", "error")
        .output()
        .unwrap()
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let output = comity(arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn fails(arguments: &[&str], code: i32) -> String {
    let output = comity(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn data(folder: &tempfile::TempDir) -> String {
    folder.path().join("data").to_str().unwrap().to_owned()
}

/// A served site, ended when dropped.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(arguments)
            .env("COMITY_PORT", "0")
            .env("COMITY_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let address = out
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_whitespace()
                    .find_map(|word| word.strip_prefix("http://").map(str::to_owned))
            })
            .expect("the program prints its address");
        Self {
            child,
            address: address.trim_end_matches('/').to_owned(),
        }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_register_is_made_filled_verified_and_served() {
    let folder = folder();
    let data = data(&folder);
    assert!(succeeds(&["init", "--data", &data]).contains("rcm-2011"));
    let said = succeeds(&["import", "--data", &data]);
    assert!(said.contains(" 0 already in the register"), "{said}");
    // A second import adds nothing.
    assert!(succeeds(&["import", "--data", &data]).contains("; 0 acts entered"));
    assert!(succeeds(&["verify", "--data", &data]).contains("are as they should be"));
    succeeds(&["doctor", "--data", &data]);
    let site = Served::start(&["serve", "--data", &data]);
    assert!(
        site.get("/es")
            .contains("Conferencia Regional sobre Migración")
    );
    assert!(site.get("/healthz").starts_with("HTTP/1.0 200"));
}

#[test]
fn the_demonstration_opens_in_october_2011_in_both_languages() {
    let site = Served::start(&["demo"]);
    let spanish = site.get("/es");
    assert!(
        spanish.contains("octubre de 2011"),
        "the state of the record is named"
    );
    assert!(site.get("/en").contains("October 2011"));
    assert!(
        spanish.contains("Migración y trabajo") || spanish.contains("Migración y Trabajo"),
        "the central theme of 2011"
    );
}

#[test]
fn another_process_opens_with_its_own_rules_and_no_code() {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/tests/river");
    let site = Served::start(&["demo", "--rules", rules]);
    let page = site.get("/en");
    assert!(page.contains("River Basin Forum"), "{page}");
    assert!(!page.contains("Regional Conference on Migration"));
    for path in [
        "/en/members",
        "/es/presidencias",
        "/en/about",
        "/en/finance",
        "/en/structure",
        "/en/meetings",
        "/en/documents",
        "/api/v1/riparians",
    ] {
        let page = site.get(path);
        assert!(
            page.starts_with("HTTP/1.0 200"),
            "{path}: {}",
            page.lines().next().unwrap_or_default()
        );
        assert!(!page.contains("Puebla"), "{path}");
    }
}

#[test]
fn init_never_touches_what_is_there() {
    let folder = folder();
    let data = data(&folder);
    succeeds(&["init", "--data", &data]);
    assert!(fails(&["init", "--data", &data], 1).contains("already"));
    assert!(succeeds(&["verify", "--data", &data]).contains("4 records"));
}

#[test]
fn a_folder_without_a_register_is_named_with_the_remedy() {
    let folder = folder();
    let said = fails(&["serve", "--data", folder.path().to_str().unwrap()], 1);
    assert!(
        said.contains("there is no register at")
            && said.contains("hint: make it with `comity init --data"),
        "{said}"
    );
}

#[test]
fn an_empty_register_cannot_be_served_without_rules_in_it() {
    let folder = folder();
    let said = fails(
        &[
            "import",
            "--data",
            folder.path().join("nowhere").to_str().unwrap(),
        ],
        1,
    );
    assert!(said.contains("comity init"), "{said}");
}

#[test]
fn a_foreign_database_and_another_file_are_left_alone() {
    let folder = folder();
    let file = folder.path().join("register.sqlite");
    std::fs::write(&file, "a letter, not a database").unwrap();
    let said = fails(&["verify", "--data", folder.path().to_str().unwrap()], 1);
    assert!(said.contains("is not an SQLite database"), "{said}");
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "a letter, not a database"
    );
}

#[test]
fn a_wrong_database_address_is_explained() {
    let said = fails(&["verify", "--database-url", "mysql://somewhere/else"], 1);
    assert!(said.contains("postgres://"), "{said}");
    let said = fails(
        &[
            "verify",
            "--database-url",
            "postgres://nobody@127.0.0.1:1/none",
        ],
        1,
    );
    assert!(
        said.contains("no server answers at") && said.contains("hint:"),
        "{said}"
    );
}

#[test]
fn a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = fails(&["demo", "--port", &port], 1);
    assert!(said.contains(&port) && said.contains("hint:"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let said = fails(&["init", "--data", "/proc/no/such/place"], 1);
    assert!(
        said.contains("/proc/no/such/place") && said.contains("hint:"),
        "{said}"
    );
}

#[test]
fn no_register_given_says_how_to_give_one() {
    assert!(fails(&["serve"], 1).contains("--data DIR"));
    fails(
        &["serve", "--data", "a", "--database-url", "postgres://b"],
        2,
    );
}

#[test]
fn a_record_with_faults_is_refused_whole_with_file_and_line() {
    let folder = folder();
    let data = data(&folder);
    succeeds(&["init", "--data", &data]);
    succeeds(&["import", "--data", &data]);
    let before = succeeds(&["verify", "--data", &data]);
    let record = folder.path().join("record");
    std::fs::create_dir(&record).unwrap();
    let text = "[[meeting]]\nid = \"vm-2030\"\nbody = \"senate\"\ndate = \"2004-13\"\nlines = \"1\"\n\n[[party]]\nid = \"new-land\"\nkind = \"member\"\nlines = \"1\"\nname = { en = \"New Land\", es = \"\" }\n";
    std::fs::write(record.join("wrong.toml"), text).unwrap();
    let said = fails(&["import", record.to_str().unwrap(), "--data", &data], 4);
    assert!(
        said.contains("wrong.toml:1") && said.contains("2004-13"),
        "{said}"
    );
    // With the date mended, the conference's own faults are told: unknown body, absent translation.
    std::fs::write(
        record.join("wrong.toml"),
        text.replace("2004-13", "2004-12"),
    )
    .unwrap();
    let said = fails(&["import", record.to_str().unwrap(), "--data", &data], 4);
    assert!(
        said.contains("wrong.toml:3: meeting `vm-2030`: `body` names `senate`")
            && said.contains("E-0105"),
        "{said}"
    );
    assert!(
        said.contains("wrong.toml:11: party `new-land`: `name` has no `es` version (E-0104)"),
        "{said}"
    );
    assert!(said.contains("nothing was entered"), "{said}");
    assert_eq!(succeeds(&["verify", "--data", &data]), before);
}

#[test]
fn a_record_is_not_entered_under_the_rules_of_another_process() {
    let folder = folder();
    let data = data(&folder);
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/tests/river");
    succeeds(&["init", "--rules", rules, "--data", &data]);
    let said = fails(&["import", "--data", &data], 1);
    assert!(
        said.contains("carries no record for the process `river-basin`"),
        "{said}"
    );
    succeeds(&[
        "import",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/tests/river/record"),
        "--data",
        &data,
    ]);
}

#[test]
fn rules_are_checked_with_file_and_line() {
    assert!(succeeds(&["rules", "check"]).contains("are in order"));
    let folder = folder();
    let file = folder.path().join("rules.toml");
    let river = include_str!("../../rules/tests/river/rules.toml");
    std::fs::write(
        &file,
        river.replacen("kind = \"assembly\"", "kind = \"senate\"", 1),
    )
    .unwrap();
    let said = fails(&["rules", "check", file.to_str().unwrap()], 4);
    assert!(
        said.contains("rules.toml:")
            && said.contains("`senate` is not a kind of body")
            && said.contains("hint:"),
        "{said}"
    );
}

#[test]
fn policies_are_checked_beside_the_rules() {
    assert!(succeeds(&["rules", "check"]).contains("classes of seat are in order"));
    let river = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/tests/river");
    assert!(succeeds(&["rules", "check", river]).contains("no policies beside the rules"));
    let folder = folder();
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/rcm-2011");
    for file in ["rules.toml", "policies.cedar", "schema.cedarschema"] {
        std::fs::copy(format!("{shipped}/{file}"), folder.path().join(file)).unwrap();
    }
    let place = folder.path().to_str().unwrap();
    let said = fails(&["rules", "check", place], 1);
    assert!(said.contains("has policies but no `seats.toml`"), "{said}");
    std::fs::copy(
        format!("{shipped}/seats.toml"),
        folder.path().join("seats.toml"),
    )
    .unwrap();
    succeeds(&["rules", "check", place]);
    let policies = include_str!("../../../rules/rcm-2011/policies.cedar");
    std::fs::write(
        folder.path().join("policies.cedar"),
        policies.replacen("PartyKind::\"host\"", "PartyKind::\"hots\"", 1),
    )
    .unwrap();
    let said = fails(&["rules", "check", place], 4);
    let line = policies
        .lines()
        .position(|line| line.contains("PartyKind::\"host\""))
        .unwrap()
        + 1;
    assert!(
        said.contains(&format!("policies.cedar:{line}: `operator-verifies`"))
            && said.contains("hint:"),
        "{said}"
    );
}

#[test]
fn a_register_takes_up_rules_and_policies_or_is_not_made() {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/rcm-2011");
    let names = [
        "policies.cedar",
        "rules.toml",
        "schema.cedarschema",
        "seats.toml",
    ];
    let folder = folder();
    let rules = folder.path().join("rules");
    std::fs::create_dir(&rules).unwrap();
    for name in names {
        std::fs::copy(format!("{shipped}/{name}"), rules.join(name)).unwrap();
    }
    let (data, out) = (data(&folder), folder.path().join("out"));
    let made = ["init", "--rules", rules.to_str().unwrap(), "--data", &data];

    // Whatever is wrong with one of them: nothing is made.
    let policies = std::fs::read_to_string(rules.join("policies.cedar")).unwrap();
    let wrong = policies.replacen("PartyKind::\"host\"", "PartyKind::\"hots\"", 1);
    std::fs::write(rules.join("policies.cedar"), wrong).unwrap();
    let said = fails(&made, 4);
    assert!(
        said.contains("policies.cedar:") && said.contains("nothing was changed"),
        "{said}"
    );
    assert!(!Path::new(&data).exists(), "no register came to be");
    std::fs::remove_file(rules.join("policies.cedar")).unwrap();
    assert!(fails(&made, 1).contains("has policies but no `policies.cedar`"));
    assert!(!Path::new(&data).exists(), "no register came to be");

    std::fs::write(rules.join("policies.cedar"), &policies).unwrap();
    succeeds(&made);
    // What stands in the register is what was adopted, whatever becomes of the files.
    std::fs::remove_dir_all(&rules).unwrap();
    succeeds(&["export", "--data", &data, "--out", out.to_str().unwrap()]);
    for name in names {
        let kept = std::fs::read(out.join("rules").join(name)).unwrap();
        let adopted = std::fs::read(format!("{shipped}/{name}")).unwrap();
        assert_eq!(kept, adopted, "{name}");
    }
    // As docs/record.md says it, for whoever computes the hash without this program.
    let mut hashed = Vec::new();
    for name in [
        "rules.toml",
        "policies.cedar",
        "schema.cedarschema",
        "seats.toml",
    ] {
        let text = std::fs::read(out.join("rules").join(name)).unwrap();
        hashed.extend(format!("{name} {}\n", text.len()).into_bytes());
        hashed.extend(text);
    }
    let acts = std::fs::read_to_string(out.join("acts.jsonl")).unwrap();
    let expected = format!("\"rules\":\"{}\"", comity_register::Hash::of(&hashed));
    assert_eq!(acts.lines().count(), 3, "rules, key and first seat");
    assert!(acts.lines().all(|act| act.contains(&expected)));
}

#[test]
fn the_documents_of_a_register_are_those_of_the_policies() {
    let mut names = comity_access::Document::ALL.map(comity_access::Document::file);
    names.sort_unstable();
    assert_eq!(names, comity_conference::RulesAdopted::DOCUMENTS);
}

#[test]
fn the_matrix_that_is_printed_is_the_one_that_was_reviewed() {
    assert_eq!(
        succeeds(&["rules", "matrix"]),
        include_str!("../../../rules/rcm-2011/matrix.csv")
    );
}

#[test]
fn a_collection_is_shown_as_json_and_csv() {
    let json = succeeds(&["show", "presidencies", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(rows["total"], 17, "{json}");
    let csv = succeeds(&["show", "presidencies", "--csv"]);
    assert_eq!(csv.lines().count(), 18);
    assert!(succeeds(&["show"]).contains("presidencies"));
    assert!(fails(&["show", "unicorns"], 1).contains("hint:"));
}

#[test]
fn configuration_comes_from_a_file_and_faults_are_named() {
    let folder = folder();
    let data = data(&folder);
    let file = folder.path().join("comity.toml");
    std::fs::write(&file, format!("data = {data:?}\n")).unwrap();
    let config = file.to_str().unwrap();
    succeeds(&["init", "--config", config]);
    assert!(succeeds(&["verify", "--config", config]).contains("4 records"));
    std::fs::write(&file, "data = \"x\"\nprot = 1\n").unwrap();
    let said = fails(&["verify", "--config", config], 1);
    assert!(
        said.contains("comity.toml:2") && said.contains("prot"),
        "{said}"
    );
    assert!(Path::new(&data).exists());
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_gracefully() {
    let mut site = Served::start(&["demo"]);
    let pid = site.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    assert!(site.child.wait().unwrap().success());
}

/// The same life on PostgreSQL; left out, with a line that says so, where `./check` has not set one up.
#[test]
fn a_register_in_postgresql_is_made_filled_verified_and_served() {
    #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
    let Ok(server) = std::env::var("COMITY_TEST_POSTGRES") else {
        println!("left out: no PostgreSQL is set up; ./check does it");
        return;
    };
    let name = format!("comity_program_{}", std::process::id());
    let psql = |sql: &str| {
        assert!(
            Command::new("psql")
                .args([&server, "-q", "-c", sql])
                .status()
                .unwrap()
                .success()
        );
    };
    psql(&format!("CREATE DATABASE {name}"));
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    let folder = folder();
    let keys = data(&folder);
    assert!(fails(&["init", "--database-url", &url], 1).contains("--keys DIR"));
    let init = ["init", "--database-url", &url, "--keys", &keys];
    assert!(succeeds(&init).contains("rcm-2011"));
    assert!(fails(&init, 1).contains("already holds a register"));
    succeeds(&["import", "--database-url", &url]);
    assert!(succeeds(&["import", "--database-url", &url]).contains("; 0 acts entered"));
    assert!(succeeds(&["verify", "--database-url", &url]).contains("are as they should be"));
    {
        let site = Served::start(&["serve", "--database-url", &url]);
        assert!(
            site.get("/es")
                .contains("Conferencia Regional sobre Migración")
        );
    }
    psql(&format!("DROP DATABASE {name} WITH (FORCE)"));
}

/// A term is counted out for whoever asks: in words, and for programs.
#[test]
fn a_term_is_explained_day_by_day() {
    let asked = ["calendar", "explain", "HN", "2012-04-02", "5"];
    let said = succeeds(&asked);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 12, "{said}");
    for (line, says) in [
        (0, "Tegucigalpa (America/Tegucigalpa)"),
        (1, "Mon 2 Apr 2012   the term begins; not counted"),
        (2, "Tue 3 Apr 2012   working day 1"),
        (4, "Thu 5 Apr 2012   Maundy Thursday, not counted"),
        (6, "Sat 7 Apr 2012   weekend, not counted"),
        (10, "Wed 11 Apr 2012  working day 5"),
        (
            11,
            "Last day counted: 2012-04-11; over when that day ends, at 2012-04-12T00:00:00-06:00",
        ),
    ] {
        assert!(lines[line].starts_with(says), "{}", lines[line]);
    }
    let json = succeeds(&[asked.as_slice(), &["--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    for (key, value) in [
        ("starts_on", "2012-04-02"),
        ("ends_on", "2012-04-11"),
        ("ends_at", "2012-04-12T00:00:00-06:00"),
        ("zone", "America/Tegucigalpa"),
    ] {
        assert_eq!(json[key], value, "{json}");
    }
    let days = json["days"].as_array().unwrap();
    assert_eq!(days.len(), 10);
    assert_eq!(days[0]["why"], "start");
    assert_eq!(days[1]["why"]["counted"], 1);
    assert_eq!(days[9]["why"]["counted"], 5);
    let off = days[3]["why"]["off"].to_string();
    assert!(off.contains("Maundy Thursday"), "{off}");
    // A country or a day that there is not, and no days at all, are told and counted as nothing.
    for wrong in [
        ["XX", "2012-04-02", "5"],
        ["HN", "2012-02-30", "5"],
        ["HN", "2012-04-02", "0"],
    ] {
        let arguments = [["calendar", "explain"].as_slice(), &wrong].concat();
        let output = comity(&arguments);
        assert!(
            !output.status.success() && output.stdout.is_empty(),
            "{wrong:?}"
        );
        assert!(!output.stderr.is_empty(), "{wrong:?}");
    }
}
