//! Papers through the life of a register: into a backup and back, and out of the world with the person whom they name; and rules that
//! are amended in a register that lives.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::path::Path;
use std::process::{Command, Output};

mod served;

use served::{Served, Visit, between, send};

const NOTE: &str = "Nota verbal 114, de 3 de octubre de 2011.";

fn comity(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    command
        .args(arguments)
        .env("COMITY_LOG", "error")
        .output()
        .unwrap()
}

fn done(arguments: &[&str]) -> String {
    let output = comity(arguments);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

fn link(printed: &str) -> String {
    let link = printed
        .lines()
        .find_map(|line| line.trim().strip_prefix("/en/sign-in/"));
    link.unwrap().to_owned()
}

fn enter<'a>(site: &'a Served, link: &str) -> Visit<'a> {
    let answer = site.ask("POST", &format!("/en/sign-in/{link}"), "", "");
    assert_eq!(answer.status, 303, "{}", answer.body);
    Visit {
        site,
        cookie: answer.cookie().unwrap(),
    }
}

/// The files that lie under a folder.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(std::fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn papers_go_into_a_backup_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, copy, again) = (at("data"), at("copy"), at("again"));
    let first = link(&done(&["init", "--data", &data]));
    done(&["import", "--data", &data]);
    let site = Served::start(&["serve", "--data", &data]);
    let coordinator = enter(&site, &first);
    let apply = "kind=observer_state&es=Atl&en=Atlantis&received=2011-10-01";
    let path = coordinator.post("/en/applications", apply).to().to_owned();
    assert!(
        coordinator
            .get("/en/console")
            .body
            .contains("None is on record")
    );
    // How somebody wants their letters goes with them.
    let account = |visit: &Visit<'_>| visit.get("/en/account").body;
    const DAILY: &str = "value=\"yes\" checked";
    assert!(!account(&coordinator).contains(DAILY));
    assert_eq!(coordinator.post("/en/account", "daily=yes").status, 303);
    // A backup before there is a paper, and one after: it takes what is new.
    let said = done(&["backup", "--data", &data, "--to", &copy]);
    assert!(!said.contains("papers"), "{said}");
    let fields = [
        ("criterion", "criterion-observer-state-2"),
        ("received", "2011-10-02"),
        ("note", "DM-2"),
    ];
    assert_eq!(
        send(&coordinator, &path, &fields, "nota.txt", NOTE).status,
        303
    );
    let said = done(&["backup", "--data", &data, "--to", &copy]);
    assert!(said.contains("1 papers new in the backup"), "{said}");
    let said = done(&["backup", "--data", &data, "--to", &copy]);
    assert!(said.contains("0 papers new in the backup"), "{said}");
    let console = coordinator.get("/en/console").body;
    assert!(
        console.contains("Last backup") && !console.contains("None is on record"),
        "{console}"
    );
    drop(site);

    // A database has no place for papers by itself: said before anything is asked of it.
    let nowhere = [
        "restore",
        "--from",
        &copy,
        "--database-url",
        "postgres://nobody@127.0.0.1:1/none",
    ];
    let said = String::from_utf8(comity(&nowhere).stderr).unwrap();
    assert!(said.contains("there is no place for them"), "{said}");
    let said = done(&["restore", "--from", &copy, "--data", &again]);
    assert!(said.contains("1 papers restored"), "{said}");
    done(&["verify", "--data", &again]);
    let second = link(&done(&["invite", "--data", &again]));
    let site = Served::start(&["serve", "--data", &again]);
    let coordinator = enter(&site, &second);
    let page = coordinator.get(&path).body;
    let href = format!("/en/files/{}", between(&page, "href=\"/en/files/", "\""));
    assert_eq!(coordinator.get(&href).body, NOTE);
    assert!(account(&coordinator).contains(DAILY));
    // It has something to say of keys, which are in no backup.
    let doctor = String::from_utf8(comity(&["doctor", "--data", &again]).stdout).unwrap();
    assert!(
        doctor.contains("papers are written and read back"),
        "{doctor}"
    );
}

#[test]
fn papers_go_out_with_the_people_whom_they_name_and_come_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let data = at("data");
    let first = link(&done(&["init", "--data", &data]));
    done(&["import", "--data", &data]);
    let site = Served::start(&["serve", "--data", &data]);
    let coordinator = enter(&site, &first);
    let fields = [
        ("seat", "speaker"),
        ("person", "new"),
        ("name", "Ana Ejemplo"),
        ("language", "es"),
        ("note", "Nota 1"),
    ];
    let filled = send(
        &coordinator,
        "/en/people/honduras/new",
        &fields,
        "nota.txt",
        NOTE,
    );
    assert_eq!(filled.status, 200, "{}", filled.body);
    done(&["export", "--data", &data, "--out", &at("none")]);
    assert!(
        !folder.path().join("none/files").exists(),
        "nobody asked for what names people"
    );
    document(&coordinator, DOCUMENT);
    drop(site);
    // A document of the conference goes out with its act; the note that seats somebody does not.
    done(&["export", "--data", &data, "--out", &at("plain")]);
    assert_eq!(
        files(&folder.path().join("plain/files")),
        [DOCUMENT.as_bytes()]
    );
    done(&[
        "export",
        "--data",
        &data,
        "--out",
        &at("whole"),
        "--with-directory",
    ]);
    let both = [NOTE.as_bytes(), DOCUMENT.as_bytes()];
    assert_eq!(sorted(&folder.path().join("whole/files")), both);
    let said = done(&["import", &at("whole"), "--data", &at("again")]);
    assert!(said.contains("2 papers entered"), "{said}");
    assert_eq!(sorted(&folder.path().join("again/files")), both);

    // A move takes them along, from folder to folder without being told.
    let said = done(&["move", "--data", &data, "--to-data", &at("moved")]);
    assert!(said.contains("2 papers copied"), "{said}");
    assert_eq!(sorted(&folder.path().join("moved/files")), both);
    // It leaves them where they are if that is a place of their own, and takes them to another.
    let own = at("moved/files");
    let aside = [
        "move",
        "--data",
        &at("moved"),
        "--files",
        &own,
        "--to-data",
        &at("aside"),
    ];
    let said = done(&aside);
    assert!(said.contains("stay where they are"), "{said}");
    assert!(!folder.path().join("aside/files").exists());
    let carried = [
        "move",
        "--data",
        &at("moved"),
        "--to-data",
        &at("carried"),
        "--to-files",
        &at("papers"),
    ];
    let said = done(&carried);
    assert!(said.contains("2 papers copied"), "{said}");
    assert_eq!(sorted(&folder.path().join("papers")), both);
    // A database has no place for them: that is said before anything is asked of it.
    let nowhere = [
        "move",
        "--data",
        &data,
        "--to-database-url",
        "postgres://nobody@127.0.0.1:1/none",
    ];
    let said = String::from_utf8(comity(&nowhere).stderr).unwrap();
    assert!(said.contains("no place for them"), "{said}");
}

/// A document of the conference.
const DOCUMENT: &str = "Nota verbal 115, de 4 de octubre de 2011.";

/// Files a document of an application.
fn document(coordinator: &Visit<'_>, content: &str) {
    let apply = "kind=observer_state&es=Atl&en=Atlantis&received=2011-10-01";
    let application = coordinator.post("/en/applications", apply).to().to_owned();
    let fields = [
        ("criterion", "criterion-observer-state-2"),
        ("received", "2011-10-02"),
        ("note", "Nota 115"),
    ];
    let filed = send(coordinator, &application, &fields, "nota.txt", content);
    assert_eq!(filed.status, 303, "{}", filed.body);
}

fn sorted(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = files(folder);
    found.sort();
    found
}

/// Who is erased is gone from the next backup with the note that names them, and does not come back from an older one; what
/// is lost at its source stays in the copy.
#[test]
fn a_backup_forgets_with_the_register_and_keeps_what_was_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, copy, old) = (at("data"), at("copy"), at("old"));
    let first = link(&done(&["init", "--data", &data]));
    done(&["import", "--data", &data]);
    let site = Served::start(&["serve", "--data", &data]);
    let coordinator = enter(&site, &first);
    let fields = [
        ("seat", "speaker"),
        ("person", "new"),
        ("name", "Ana Ejemplo"),
        ("language", "es"),
        ("note", "Nota 1"),
    ];
    let new = "/en/people/honduras/new";
    let filled = send(&coordinator, new, &fields, "nota.txt", NOTE);
    assert_eq!(filled.status, 200, "{}", filled.body);
    document(&coordinator, DOCUMENT);
    let form = coordinator.get("/en/people/honduras/new?seat=deputy").body;
    let before = form.split("\">Ana Ejemplo").next().unwrap();
    let ana = before.rsplit("value=\"").next().unwrap().to_owned();
    drop(site);
    let both = [NOTE.as_bytes(), DOCUMENT.as_bytes()];
    for to in [&copy, &old] {
        done(&["backup", "--data", &data, "--to", to]);
        assert_eq!(sorted(&Path::new(to).join("files")), both);
    }
    done(&["forget", "--data", &data, "--person", &ana]);
    let said = done(&["backup", "--data", &data, "--to", &copy]);
    assert!(said.contains("1 papers of people who are erased"), "{said}");
    let kept = Path::new(&copy).join("files");
    assert_eq!(sorted(&kept), [DOCUMENT.as_bytes()]);

    // Somebody puts the papers of before beside the acts of now.
    std::fs::remove_dir_all(&kept).unwrap();
    std::fs::rename(Path::new(&old).join("files"), &kept).unwrap();
    let said = done(&["restore", "--from", &copy, "--data", &at("again")]);
    assert!(
        said.contains("2 papers restored") && said.contains("1 of them of people who are erased"),
        "{said}"
    );
    let again = folder.path().join("again/files");
    assert_eq!(sorted(&again), [DOCUMENT.as_bytes()]);

    // One that is damaged in the copy is told before anything stands, and healed by the next backup.
    let inner = |folder: &Path| {
        let mut path = folder.to_owned();
        while path.is_dir() {
            let mut entries = std::fs::read_dir(&path)
                .unwrap()
                .map(|entry| entry.unwrap().path());
            path = entries.find(|path| !path.ends_with("new")).unwrap();
        }
        path
    };
    let damaged = inner(&kept);
    std::fs::write(&damaged, "a letter").unwrap();
    let elsewhere = at("elsewhere");
    let output = comity(&["restore", "--from", &copy, "--data", &elsewhere]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && said.contains("damaged"),
        "{said}"
    );
    assert!(!Path::new(&elsewhere).join("register.sqlite").exists());
    done(&["backup", "--data", &data, "--to", &copy]);
    done(&["restore", "--from", &copy, "--data", &elsewhere]);
    // One that is not in the copy is missed.
    let without = at("without");
    std::fs::create_dir(&without).unwrap();
    for entry in std::fs::read_dir(&copy).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, Path::new(&without).join(path.file_name().unwrap())).unwrap();
        }
    }
    let said = done(&["restore", "--from", &without, "--data", &at("poorer")]);
    assert!(
        said.contains("1 papers that acts name did not come"),
        "{said}"
    );

    // A disk is lost with its papers; a backup after it takes none away.
    std::fs::remove_dir_all(&again).unwrap();
    let output = comity(&["backup", "--data", &at("again"), "--to", &copy]);
    assert!(output.status.success());
    assert!(sorted(&kept).contains(&DOCUMENT.as_bytes().to_vec()));
}

#[test]
fn a_note_goes_with_the_person_whom_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let first = link(&done(&["init", "--data", data]));
    done(&["import", "--data", data]);
    let site = Served::start(&["serve", "--data", data]);
    let coordinator = enter(&site, &first);
    let seat = |class: &str, name: &str, note: &str| {
        let fields = [
            ("seat", class),
            ("person", "new"),
            ("name", name),
            ("language", "es"),
            ("note", "Nota 1"),
        ];
        let done = send(
            &coordinator,
            "/en/people/honduras/new",
            &fields,
            "nota.txt",
            note,
        );
        assert_eq!(done.status, 200, "{}", done.body);
    };
    // One note names two, another names one.
    seat("speaker", "Ana Ejemplo", NOTE);
    seat("deputy", "Luis Ejemplo", NOTE);
    seat(
        "vice-minister",
        "Eva Ejemplo",
        "Nota 115, que nombra a Eva Ejemplo.",
    );
    // A third names one and is a document of an application too.
    let shared = "Nota 116, que nombra a Rosa Ejemplo.";
    seat("immigration-director", "Rosa Ejemplo", shared);
    let apply = "kind=observer_state&es=Atl&en=Atlantis&received=2011-10-01";
    let application = coordinator.post("/en/applications", apply).to().to_owned();
    let fields = [
        ("criterion", "criterion-observer-state-2"),
        ("received", "2011-10-02"),
        ("note", "Nota 116"),
    ];
    let filed = send(&coordinator, &application, &fields, "nota.txt", shared);
    assert_eq!(filed.status, 303, "{}", filed.body);
    let kept = Path::new(data).join("files");
    assert_eq!(files(&kept).len(), 3);
    let ids = |site: &Visit<'_>, name: &str| {
        // The id of a person stands where they are chosen for another seat.
        let form = site.get("/en/people/honduras/new?seat=deputy").body;
        let before = form.split(&format!("\">{name}")).next().unwrap().to_owned();
        before.rsplit("value=\"").next().unwrap().to_owned()
    };
    let [ana, eva, rosa] =
        ["Ana Ejemplo", "Eva Ejemplo", "Rosa Ejemplo"].map(|name| ids(&coordinator, name));
    drop(site);
    done(&["forget", "--data", data, "--person", &eva]);
    let left = || {
        let mut left = files(&kept);
        left.sort();
        left
    };
    let both = [shared.as_bytes(), NOTE.as_bytes()];
    assert_eq!(left(), both, "the note that names Eva alone is gone");
    done(&["forget", "--data", data, "--person", &ana]);
    assert_eq!(left(), both, "it names Luis too");
    done(&["forget", "--data", data, "--person", &rosa]);
    assert_eq!(left(), both, "it is a document of an application");
}

/// A folder of rules like the program's own, with something changed in one document.
fn changed(folder: &Path, document: &str, from: &str, to: &str) -> String {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/rcm-2011");
    std::fs::create_dir_all(folder).unwrap();
    for name in [
        "rules.toml",
        "policies.cedar",
        "schema.cedarschema",
        "seats.toml",
    ] {
        let text = std::fs::read_to_string(format!("{own}/{name}")).unwrap();
        let text = if name == document {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        } else {
            text
        };
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

#[test]
fn rules_are_amended_in_a_register_that_lives() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let first = link(&done(&["init", "--data", data]));
    done(&["import", "--data", data]);
    let amend = |rules: &str| {
        comity(&[
            "rules",
            "amend",
            rules,
            "--data",
            data,
            "--why-es",
            "La Secretaría no ve las cartas",
            "--why-en",
            "The Secretariat does not see the letters",
            "--note",
            "Decisión 4",
        ])
    };
    let told = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let same = changed(&folder.path().join("same"), "", "", "");
    let refused = amend(&same);
    assert!(
        !refused.status.success() && told(&refused).contains("the rules in force"),
        "{}",
        told(&refused)
    );
    let broken = changed(
        &folder.path().join("broken"),
        "policies.cedar",
        "permit (",
        "permit (((",
    );
    let refused = amend(&broken);
    assert_eq!(refused.status.code(), Some(4), "{}", told(&refused));
    let seat = changed(
        &folder.path().join("seat"),
        "seats.toml",
        "id = \"coordinator\"",
        "id = \"co-ordinator\"",
    );
    let refused = amend(&seat);
    assert!(
        !refused.status.success() && told(&refused).contains("in use"),
        "{}",
        told(&refused)
    );

    // Without this policy nobody looks after the outbox.
    let policies = changed(
        &folder.path().join("policies"),
        "policies.cedar",
        "permit (principal, action in [Action::\"read\", Action::\"manage\"], resource is Outbox)\nwhen { principal.kind == PartyKind::\"secretariat\" };",
        "permit (principal, action in [Action::\"read\", Action::\"manage\"], resource is Outbox)\nwhen { principal.kind == PartyKind::\"host\" };",
    );
    let output = amend(&policies);
    assert!(output.status.success(), "{}", told(&output));
    done(&["verify", "--data", data]);
    let site = Served::start(&["serve", "--data", data]);
    let coordinator = enter(&site, &first);
    assert_eq!(coordinator.get("/en/desk").status, 200);
    assert_eq!(coordinator.get("/en/letters").status, 404);
    // Everybody reads that they were amended.
    let register = site
        .ask("GET", "/en/register?kind=RulesAmended", "", "")
        .body;
    assert!(register.contains("Rules amended"), "{register}");
}
