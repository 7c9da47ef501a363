//! What another program makes of a letter with a deadline, or with a date that is asked about: the mail library of Python, and `icalendar`.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::io::Write;
use std::process::{Command, Stdio};

use comity_post::{Certainty, Days, Enclosed, Entry, Letter, Mailbox};
use serde_json::{Value, json};

/// What the library of Python reads of a letter; nothing where no interpreter is named.
fn read(letter: &Letter) -> Option<Value> {
    #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
    let Ok(python) = std::env::var("COMITY_TEST_MAIL_PYTHON") else {
        eprintln!("left out: COMITY_TEST_MAIL_PYTHON names no interpreter; ./check makes one");
        return None;
    };
    let mut child = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/read.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let wire = letter.message().unwrap().formatted();
    child.stdin.take().unwrap().write_all(&wire).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["defects"], json!([]));
    assert_eq!(found["subject"], letter.subject);
    assert_eq!(found["plain"].as_str().unwrap().trim_end(), letter.text);
    Some(found)
}

fn letter(subject: &str, entry: Enclosed) -> Letter {
    let mailbox = |name: &str, address: &str| Mailbox {
        name: name.to_owned(),
        address: address.to_owned(),
    };
    Letter {
        id: "round-1.person-2.consultation-round".to_owned(),
        // Letters may go out from another host than that of the site: names in a calendar end with the site's.
        from: mailbox("Secretaría Técnica", "st@mail.example"),
        to: mailbox("María Ficticia", "maria@ministry.example"),
        language: "es",
        subject: subject.to_owned(),
        text: "Su país puede responder hasta el 19 de octubre de 2011, 24:00 (America/Guatemala)."
            .to_owned(),
        html: "<p>Su país puede responder.</p>".to_owned(),
        date: "2011-10-12T16:00:00Z".parse().unwrap(),
        thread: Some("consultation.1.person-2".to_owned()),
        entry: Some(entry),
    }
}

#[test]
fn a_letter_with_a_deadline_is_read_by_others_as_it_was_meant() {
    let summary = "Consulta por escrito: fecha, sede; y «agenda»";
    let description =
        "19 de octubre de 2011, 24:00 (Guatemala)\\ y más, mucho más, hasta pasar de una línea";
    let entry = Entry {
        name: "term.round-1.guatemala".to_owned(),
        sequence: 3,
        stamp: "2011-10-12T16:00:00Z".parse().unwrap(),
        at: "2011-10-20T06:00:00Z".parse().unwrap(),
        cancelled: false,
        summary: summary.to_owned(),
        description: description.to_owned(),
        url: "https://conference.example/es/consultas/1".to_owned(),
    };
    let Some(found) = read(&letter(summary, Enclosed::Deadline(entry))) else {
        return;
    };
    assert_eq!(
        found["id"],
        "<round-1.person-2.consultation-round@mail.example>"
    );
    for key in ["references", "reply_to"] {
        assert_eq!(found[key], "<consultation.1.person-2@mail.example>");
    }
    assert_eq!(
        found["events"],
        json!([{
            "file": "deadline.ics",
            "uid": "term.round-1.guatemala@conference.example",
            "sequence": 3,
            "status": null,
            "start": "2011-10-20T05:00:00+00:00",
            "end": "2011-10-20T06:00:00+00:00",
            "summary": summary,
            "description": description,
            "method": "PUBLISH",
            "errors": [],
        }])
    );
}

#[test]
fn a_letter_with_a_date_that_is_asked_about_is_read_by_others_as_it_was_meant() {
    let summary = "Por confirmar: videoconferencia, con agenda; y «sede»";
    let description = "Fecha provisional. La Presidencia Pro-Témpore consulta si conviene; no es una convocatoria.";
    let entry = Days {
        name: "informal.1".to_owned(),
        stamp: "2011-10-12T16:00:00Z".parse().unwrap(),
        first: jiff::civil::date(2011, 11, 29),
        last: jiff::civil::date(2011, 11, 30),
        certainty: Certainty::AskedAbout,
        summary: summary.to_owned(),
        description: Some(description.to_owned()),
        location: None,
        url: "https://conference.example/es/consultas-informales/1".to_owned(),
    };
    let Some(found) = read(&letter(summary, Enclosed::Days(entry))) else {
        return;
    };
    assert_eq!(
        found["events"],
        json!([{
            "file": "date.ics",
            "uid": "informal.1@conference.example",
            "sequence": null,
            "status": "TENTATIVE",
            // Whole days: they have no hour, and the end is the day after the last one.
            "start": "2011-11-29",
            "end": "2011-12-01",
            "summary": summary,
            "description": description,
            "method": "PUBLISH",
            "errors": [],
        }])
    );
}
