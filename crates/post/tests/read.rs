//! What another program makes of a letter with a deadline: the mail library of Python, and `icalendar`.

use std::io::Write;
use std::process::{Command, Stdio};

use comity_post::{Entry, Letter, Mailbox};

#[test]
fn a_letter_with_a_deadline_is_read_by_others_as_it_was_meant() {
    #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
    let Ok(python) = std::env::var("COMITY_TEST_MAIL_PYTHON") else {
        eprintln!("left out: COMITY_TEST_MAIL_PYTHON names no interpreter; ./check makes one");
        return;
    };
    let mailbox = |name: &str, address: &str| Mailbox {
        name: name.to_owned(),
        address: address.to_owned(),
    };
    let summary = "Consulta por escrito: fecha, sede; y «agenda»".to_owned();
    let letter = Letter {
        id: "round-1.person-2.consultation-round".to_owned(),
        from: mailbox("Secretaría Técnica", "st@conference.example"),
        to: mailbox("María Ficticia", "maria@ministry.example"),
        language: "es",
        subject: summary.clone(),
        text: "Su país puede responder hasta el 19 de octubre de 2011, 24:00 (America/Guatemala).".to_owned(),
        html: "<p>Su país puede responder.</p>".to_owned(),
        date: "2011-10-12T16:00:00Z".parse().unwrap(),
        thread: Some("consultation.1.person-2".to_owned()),
        entry: Some(Entry {
            name: "term.round-1.guatemala".to_owned(),
            sequence: 3,
            stamp: "2011-10-12T16:00:00Z".parse().unwrap(),
            at: "2011-10-20T06:00:00Z".parse().unwrap(),
            summary: summary.clone(),
            description: "19 de octubre de 2011, 24:00 (Guatemala)\\ y más, mucho más, hasta pasar de una línea".to_owned(),
            url: "https://conference.example/es/consultas/1".to_owned(),
        }),
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
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["defects"], serde_json::json!([]));
    assert_eq!(
        found["id"],
        "<round-1.person-2.consultation-round@conference.example>"
    );
    for key in ["references", "reply_to"] {
        assert_eq!(found[key], "<consultation.1.person-2@conference.example>");
    }
    assert_eq!(found["subject"], summary);
    assert_eq!(found["plain"].as_str().unwrap().trim_end(), letter.text);
    assert_eq!(
        found["events"],
        serde_json::json!([{
            "uid": "term.round-1.guatemala@conference.example",
            "sequence": 3,
            "end": "2011-10-20T06:00:00+00:00",
            "summary": summary,
            "description": letter.entry.as_ref().unwrap().description,
            "method": "PUBLISH",
            "errors": [],
        }])
    );
}
