//! Letters over the real program: a link goes to its person only, once, and not before the outbox is opened.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod served;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use served::{Served, Visit, between};

struct Ground {
    folder: tempfile::TempDir,
    link: String,
}

impl Ground {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let output = Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(["init", "--data", data.to_str().unwrap()])
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let link = format!("/en/sign-in/{}", between(&printed, "/en/sign-in/", "\n"));
        Self { folder, link }
    }

    fn mail(&self) -> PathBuf {
        self.folder.path().join("letters")
    }

    fn serve(&self) -> Served {
        Served::start(&[
            "serve",
            "--data",
            self.folder.path().join("data").to_str().unwrap(),
            "--public-url",
            "https://conference.example/",
            "--mail",
            &format!("folder:{}", self.mail().display()),
            "--mail-from",
            "Secretaría Técnica <st@conference.example>",
        ])
    }
}

/// The letters in a folder, in the order in which they were written for.
fn letters(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "eml"));
    paths.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        text.replace("=\r\n", "")
    };
    paths.iter().map(read).collect()
}

/// Waits until there are so many.
fn wait_for(folder: &Path, count: usize) -> Vec<String> {
    for _ in 0..100 {
        let found = letters(folder);
        if found.len() >= count {
            return found;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{} letters, not {count}", letters(folder).len());
}

/// Two rounds of the postman and a bit.
fn some_rounds() {
    std::thread::sleep(Duration::from_millis(5_000));
}

fn enter<'a>(site: &'a Served, link: &str) -> Visit<'a> {
    let entered = site.ask("POST", link, "", "");
    assert_eq!(entered.status, 303, "{}", entered.body);
    assert!(["/en/desk", "/es/escritorio"].contains(&entered.to()));
    // The site says that it is reached over TLS, and its cookie is for that.
    let cookie = entered.cookie().unwrap();
    assert!(cookie.starts_with("__Host-session="), "{cookie}");
    Visit { site, cookie }
}

fn link_in(letter: &str) -> String {
    let token = between(letter, "https://conference.example/es/entrar/", "\r\n");
    format!("/es/entrar/{token}")
}

const SEAT: &str =
    "seat=assistant&person=new&name=Luisa+Ficticia&email=luisa%40st.example&language=es";

#[test]
fn a_link_goes_to_its_person_only_and_not_before_the_outbox_is_opened() {
    let ground = Ground::new();
    let site = ground.serve();
    let coordinator = enter(&site, &ground.link);
    // A few rounds, so that the postman knows where the past ends.
    some_rounds();
    let desk = coordinator.get("/en/desk").body;
    assert!(desk.contains("href=\"/en/letters\""), "{desk}");
    let filled = coordinator.post("/en/people/secretariat/new", SEAT);
    assert_eq!(filled.status, 200, "{}", filled.body);
    assert!(
        filled
            .body
            .contains("once the Technical Secretariat opens the sending")
    );
    assert!(!filled.body.contains("/en/sign-in/"), "{}", filled.body);
    some_rounds();
    assert_eq!(
        letters(&ground.mail()),
        [""; 0],
        "nothing before it is opened"
    );
    let outbox = coordinator.get("/en/letters").body;
    for part in [
        "Closed",
        "Luisa Ficticia",
        "Invitation to a seat",
        "one letter goes out",
    ] {
        assert!(outbox.contains(part), "{part}: {outbox}");
    }
    assert!(
        coordinator
            .get("/en/desk")
            .body
            .contains("one letter waits")
    );
    assert_eq!(coordinator.post("/en/letters", "open=yes").status, 303);
    let first = wait_for(&ground.mail(), 1);
    let letter = &first[0];
    for part in [
        "To: \"Luisa Ficticia\" <luisa@st.example>",
        "Content-Language: es",
        "Auto-Submitted: auto-generated",
        "@conference.example>",
    ] {
        assert!(letter.contains(part), "{part}: {letter}");
    }
    assert!(!letter.to_lowercase().contains("comity"), "{letter}");
    // The link is nowhere but in the letter.
    let link = link_in(letter);
    let token = link.rsplit('/').next().unwrap().to_owned();
    let outbox = coordinator.get("/en/letters").body;
    assert!(
        outbox.contains("Sent") && !outbox.contains(&token),
        "{outbox}"
    );
    for entry in std::fs::read_dir(ground.folder.path().join("data")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let held = bytes
                .windows(token.len())
                .any(|part| part == token.as_bytes());
            assert!(!held, "{}", path.display());
        }
    }
    // Started again, it sends nothing twice.
    let cookie = coordinator.cookie.clone();
    drop(site);
    let site = ground.serve();
    some_rounds();
    assert_eq!(letters(&ground.mail()), first);
    let coordinator = Visit {
        site: &site,
        cookie,
    };
    // A new one is asked for: the one before works no more.
    let people = coordinator.get("/en/people/secretariat").body;
    let row = people
        .split("<li>")
        .find(|row| row.contains("Luisa"))
        .unwrap();
    let invite = between(row, "action=\"", "\"");
    let again = coordinator.post(&invite, "");
    assert!(
        again.body.contains("goes by mail to Luisa Ficticia"),
        "{}",
        again.body
    );
    let both = wait_for(&ground.mail(), 2);
    assert_eq!(site.ask("GET", &link, "", "").status, 410);
    let second = both
        .iter()
        .map(|letter| link_in(letter))
        .find(|other| *other != link);
    let reached = "came in with a link sent to this address";
    assert!(
        !coordinator
            .get("/en/people/secretariat")
            .body
            .contains(reached)
    );
    let luisa = enter(&site, &second.unwrap());
    // By its use the address is known to be hers, until she writes another.
    let people = coordinator.get("/en/people/secretariat").body;
    assert_eq!(people.matches(reached).count(), 1, "{people}");
    let card = "name=Luisa+Ficticia&email=otra%40st.example&language=es";
    assert_eq!(luisa.post("/es/cuenta", card).status, 303);
    assert!(
        !coordinator
            .get("/en/people/secretariat")
            .body
            .contains(reached)
    );
    assert_eq!(
        luisa.get("/es/cartas").status,
        200,
        "the assistant looks after letters too"
    );
    assert_eq!(luisa.post("/es/cartas", "open=no").status, 303);
    assert!(coordinator.get("/en/letters").body.contains("Closed"));
    // Who asks for what is not theirs, gets nothing sent.
    assert_eq!(luisa.post("/es/cartas", "again=%21cursor").status, 303);
    assert_eq!(letters(&ground.mail()).len(), 2);
}

/// Without an address the link is shown, because no letter could bring it.
#[test]
fn who_has_no_address_gets_the_link_by_hand() {
    let ground = Ground::new();
    let site = ground.serve();
    let coordinator = enter(&site, &ground.link);
    let form = "seat=assistant&person=new&name=Luisa+Ficticia&language=es";
    let filled = coordinator.post("/en/people/secretariat/new", form);
    assert!(filled.body.contains("/en/sign-in/"), "{}", filled.body);
}

#[test]
fn a_mail_server_that_cannot_be_spoken_to_safely_is_refused_at_the_start() {
    let ground = Ground::new();
    let data = ground.folder.path().join("data");
    let base = ["serve", "--port", "0", "--data", data.to_str().unwrap()];
    let public = ["--public-url", "https://conference.example"];
    let from = ["--mail-from", "st@conference.example"];
    for (more, says) in [
        (
            vec!["--mail", "smtp://mail.example"],
            "the site's own address",
        ),
        (
            [&["--mail", "smtp://mail.example"][..], &public].concat(),
            "need a sender",
        ),
        (
            [
                &["--mail", "smtp://st:secret@mail.example"][..],
                &public,
                &from,
            ]
            .concat(),
            "no password",
        ),
        (
            [
                &["--mail", "smtp+plain://mail.example:25"][..],
                &public,
                &from,
            ]
            .concat(),
            "on this machine",
        ),
        (
            [
                &["--mail", "smtp://mail.example", "--mail-from", "nobody"][..],
                &public,
            ]
            .concat(),
            "no address",
        ),
    ] {
        // Whoever asks the doctor with the same options is told the same.
        for task in ["serve", "doctor"] {
            let output = Command::new(env!("CARGO_BIN_EXE_comity"))
                .arg(task)
                .args(&base[1..])
                .args(&more)
                .output()
                .unwrap();
            assert!(!output.status.success());
            let told = [output.stderr, output.stdout].concat();
            let told = String::from_utf8_lossy(&told).into_owned();
            assert!(told.contains(says), "{task} {more:?}: {told}");
            assert!(!told.contains("secret"), "{told}");
        }
    }
}

/// The doctor tries the way that letters take, as far as that goes without one.
#[test]
fn the_doctor_looks_at_the_mail() {
    let ground = Ground::new();
    let data = ground.folder.path().join("data");
    let letters = format!("folder:{}", ground.folder.path().display());
    let doctor = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(["doctor", "--data", data.to_str().unwrap()])
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let given = |mail: &str| {
        doctor(&[
            "--mail",
            mail,
            "--mail-from",
            "st@conference.example",
            "--public-url",
            "https://conference.example",
        ])
    };
    let said = doctor(&[]);
    assert!(said.contains("care  no mail server is given"), "{said}");
    let said = given(&letters);
    assert!(said.contains("ok    letters become files"), "{said}");
    // Port 1 is nobody's.
    let said = given("smtps://127.0.0.1:1");
    assert!(
        said.contains(
            "bad   the mail server takes no letter from `st@conference.example`: not now"
        ),
        "{said}"
    );
}
