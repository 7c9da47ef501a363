//! Sending to a real mail server, which speaks TLS as it should and as it should not.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::io::{BufRead, BufReader, Lines};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use std::sync::Arc;

use comity_directory::{Directory, MemoryDirectory, PersonId};
use comity_post::{
    Carrier, Letter, Mailbox, Matter, NotCarried, Notice, Outbox, Smtp, State, Step,
};
use jiff::Timestamp;

struct Server {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u64,
    folder: tempfile::TempDir,
}

impl Server {
    /// `None` where no Python with aiosmtpd and trustme is named.
    fn start(how: &str) -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
        let Ok(python) = std::env::var("COMITY_TEST_MAIL_PYTHON") else {
            eprintln!("left out: COMITY_TEST_MAIL_PYTHON names no interpreter; ./check makes one");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server.py"))
            .arg(folder.path())
            .arg(how)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        let port = said["port"].as_u64().unwrap();
        Some(Self {
            child,
            lines,
            port,
            folder,
        })
    }

    fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    fn smtp(&self, address: &str) -> Smtp {
        let setting = address.replace("PORT", &self.port.to_string());
        let path = self.folder.path().join("password");
        std::fs::write(&path, "a secret\n").unwrap();
        let password = setting.contains('@').then_some(path.as_path());
        let setting = setting.parse().unwrap();
        Smtp::new(setting, password, Some(&self.authority())).unwrap()
    }

    /// Only the authorities that everybody knows are trusted.
    fn smtp_without_authority(&self) -> Smtp {
        let setting = format!("smtps://localhost:{}", self.port);
        Smtp::new(setting.parse().unwrap(), None, None).unwrap()
    }

    /// What the server was given next.
    fn given(&mut self) -> serde_json::Value {
        let line = self.lines.next().unwrap().unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// What it was given in all, once it is ended.
    fn rest(&mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.lines.by_ref().map_while(Result::ok).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn letter(to: &str) -> Letter {
    Letter {
        id: "act.person.invitation".to_owned(),
        from: Mailbox {
            name: "Secretaría Técnica".to_owned(),
            address: "st@conference.example".to_owned(),
        },
        to: Mailbox {
            name: "María Ficticia".to_owned(),
            address: to.to_owned(),
        },
        language: "es",
        subject: "Invitación: su puesto en la Conferencia".to_owned(),
        // A dot alone on a line ends a letter on the wire.
        text: "Buenos días\n.\n.. y adiós".to_owned(),
        html: "<p>Buenos días</p>".to_owned(),
        date: "2012-02-01T15:00:00Z".parse().unwrap(),
        thread: None,
        entry: None,
    }
}

#[tokio::test]
async fn a_letter_goes_out_over_tls_from_the_first_byte() {
    let Some(mut server) = Server::start("tls") else {
        return;
    };
    let smtp = server.smtp("smtps://st@localhost:PORT");
    smtp.carry(&letter("maria@ministry.example")).await.unwrap();
    assert_eq!(server.given()["login"], "st");
    let given = server.given();
    assert_eq!(given["to"][0], "maria@ministry.example");
    assert_eq!(given["user"], "st");
    let text = given["text"].as_str().unwrap();
    for part in [
        "Message-ID: <act.person.invitation@conference.example>",
        "multipart/alternative",
        "Content-Language: es",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let read = &given["read"];
    assert_eq!(read["subject"], "Invitación: su puesto en la Conferencia");
    let from = "Secretaría Técnica <st@conference.example>";
    assert_eq!(read["from"], from);
    assert_eq!(read["to"], "María Ficticia <maria@ministry.example>");
    assert_eq!(
        read["parts"],
        serde_json::json!([
            ["text/plain", "Buenos días\n.\n.. y adiós"],
            ["text/html", "<p>Buenos días</p>"]
        ])
    );
    assert!(!format!("{smtp:?}").contains("a secret"));
}

#[tokio::test]
async fn a_letter_goes_out_once_the_connection_was_made_safe() {
    let Some(mut server) = Server::start("starttls") else {
        return;
    };
    let smtp = server.smtp("smtp://st@localhost:PORT");
    smtp.carry(&letter("maria@ministry.example")).await.unwrap();
    let login = server.given();
    assert_eq!(
        (&login["login"], &login["tls"]),
        (&"st".into(), &true.into())
    );
    let given = server.given();
    assert_eq!(
        (&given["tls"], &given["user"]),
        (&true.into(), &"st".into())
    );
}

/// A server of another name, of an authority that is not known, or without TLS gets neither letter nor password.
#[tokio::test]
async fn a_server_that_cannot_show_who_it_is_gets_nothing() {
    for (how, address) in [
        ("tls/name", "smtps://st@localhost:PORT"),
        ("tls/authority", "smtps://st@localhost:PORT"),
        ("starttls/name", "smtp://st@localhost:PORT"),
        ("starttls/authority", "smtp://st@localhost:PORT"),
        ("plain", "smtp://st@localhost:PORT"),
        ("plain", "smtps://st@localhost:PORT"),
    ] {
        let Some(mut server) = Server::start(how) else {
            return;
        };
        let smtp = server.smtp(address);
        let refused = smtp.carry(&letter("maria@ministry.example")).await;
        assert!(
            matches!(refused, Err(NotCarried::Later { .. })),
            "{how} {address}: {refused:?}"
        );
        assert_eq!(server.rest(), [""; 0], "{how} {address}");
    }
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_where_it_is_given() {
    let Some(mut server) = Server::start("tls") else {
        return;
    };
    let smtp = server.smtp_without_authority();
    let refused = smtp.carry(&letter("maria@ministry.example")).await;
    assert!(
        matches!(&refused, Err(NotCarried::Later { why }) if why.contains("UnknownIssuer")),
        "{refused:?}"
    );
    assert_eq!(server.rest(), [""; 0]);
}

/// Whoever only looks signs in and names the sender, and leaves no letter.
#[tokio::test]
async fn a_server_is_looked_at_without_a_letter() {
    let Some(mut server) = Server::start("tls") else {
        return;
    };
    let from = letter("maria@ministry.example").from;
    let smtp = server.smtp("smtps://st@localhost:PORT");
    assert_eq!(smtp.check(&from).await, Ok(()));
    let nobody = Mailbox {
        address: "nobody".to_owned(),
        ..from.clone()
    };
    let refused = smtp.check(&nobody).await;
    assert!(matches!(refused, Err(NotCarried::Refused { .. })));
    let unknown = server.smtp_without_authority().check(&from).await;
    assert!(
        matches!(&unknown, Err(NotCarried::Later { why }) if why.contains("UnknownIssuer")),
        "{unknown:?}"
    );
    assert_eq!(server.given()["login"], "st");
    assert_eq!(server.rest(), [""; 0], "no letter");
    let gone = smtp.check(&from).await;
    assert!(matches!(gone, Err(NotCarried::Later { .. })), "{gone:?}");
}

#[tokio::test]
async fn a_password_that_is_wrong_is_no_fault_of_the_address() {
    let Some(mut server) = Server::start("tls") else {
        return;
    };
    let password = server.folder.path().join("wrong");
    std::fs::write(&password, "not the secret\n").unwrap();
    let setting = format!("smtps://st@localhost:{}", server.port);
    let authority = server.authority();
    let smtp = Smtp::new(setting.parse().unwrap(), Some(&password), Some(&authority)).unwrap();
    let looked = smtp.check(&letter("maria@ministry.example").from).await;
    assert!(
        matches!(&looked, Err(NotCarried::Later { why }) if why.contains("535") && !why.contains("secret")),
        "{looked:?}"
    );
    let refused = smtp.carry(&letter("maria@ministry.example")).await;
    assert!(
        matches!(&refused, Err(NotCarried::Later { why }) if why.contains("535") && !why.contains("secret")),
        "{refused:?}"
    );
    assert_eq!(server.rest().len(), 2, "two logins, and no letter");
}

#[tokio::test]
async fn what_a_server_answers_is_told_apart() {
    let Some(server) = Server::start("plain") else {
        return;
    };
    let smtp = server.smtp("smtp+plain://127.0.0.1:PORT");
    let carry = async |to: &str| smtp.carry(&letter(to)).await;
    assert_eq!(carry("maria@ministry.example").await, Ok(()));
    let refused = carry("unknown@ministry.example").await.unwrap_err();
    assert!(
        matches!(&refused, NotCarried::Refused { why } if why.contains("no such user")),
        "{refused}"
    );
    let later = carry("busy@ministry.example").await.unwrap_err();
    assert!(
        matches!(&later, NotCarried::Later { why } if why.contains("come back later")),
        "{later}"
    );
    let unknown = carry("lost@ministry.example").await.unwrap_err();
    assert!(matches!(unknown, NotCarried::Unknown { .. }), "{unknown}");
    drop(server);
    let gone = carry("maria@ministry.example").await.unwrap_err();
    assert!(matches!(gone, NotCarried::Later { .. }), "{gone}");
}

/// A letter in the outbox that goes to a server until it is settled, by the instants at which it is due.
async fn until_settled(smtp: &Smtp, to: &str) -> (Vec<Notice>, Vec<i64>) {
    let directory: Arc<dyn Directory> = Arc::new(MemoryDirectory::new());
    let outbox = Outbox::new(directory);
    let (of, what) = ("act".to_owned(), Step::Reminder);
    let about = Matter::Consultation { of, what };
    let begin: Timestamp = "2012-02-01T15:00:00Z".parse().unwrap();
    let mut notice = Notice::new("act", PersonId::from_bytes([1; 16]), about, begin);
    outbox.put(&notice).await.unwrap();
    let (mut stood, mut minutes) = (Vec::new(), Vec::new());
    while let State::Waiting { next, .. } = notice.now {
        assert!(outbox.turn(&notice, next).await.unwrap());
        minutes.push(next.duration_since(begin).as_mins());
        let letter = Letter {
            id: notice.letter_id(),
            ..letter(to)
        };
        let outcome = smtp.carry(&letter).await;
        notice = outbox.done(notice, outcome, next).await.unwrap();
        stood.push(notice.clone());
    }
    (stood, minutes)
}

fn message_id(given: &serde_json::Value) -> String {
    let text = given["text"].as_str().unwrap();
    let line = text.lines().find(|line| line.starts_with("Message-ID: "));
    line.unwrap().to_owned()
}

#[tokio::test]
async fn a_server_that_greylists_has_the_letter_a_minute_later() {
    let Some(mut server) = Server::start("plain") else {
        return;
    };
    let smtp = server.smtp("smtp+plain://127.0.0.1:PORT");
    let (stood, minutes) = until_settled(&smtp, "grey@ministry.example").await;
    assert_eq!(minutes, [0, 1]);
    assert!(stood[0].is_waiting() && !stood[0].may_have_arrived);
    assert!(stood[0].why.as_deref().unwrap().contains("greylisted"));
    assert!(matches!(stood[1].now, State::Sent { .. }) && stood[1].why.is_none());
    assert_eq!(server.given()["to"][0], "grey@ministry.example");
    assert_eq!(server.rest(), [""; 0], "once");
}

#[tokio::test]
async fn a_server_that_takes_its_time_has_the_letter_once() {
    let Some(mut server) = Server::start("plain") else {
        return;
    };
    let smtp = server.smtp("smtp+plain://127.0.0.1:PORT");
    let (stood, _) = until_settled(&smtp, "slow@ministry.example").await;
    assert_eq!(stood.len(), 1);
    assert!(matches!(stood[0].now, State::Sent { .. }));
    server.given();
    assert_eq!(server.rest(), [""; 0]);
}

/// In the middle of the letter, and after its end: either way nobody knows, and it goes again under the same name.
#[tokio::test]
async fn a_server_that_breaks_off_is_sent_the_letter_again_under_the_same_name() {
    for (to, given) in [
        ("broken@ministry.example", 1),
        ("once-lost@ministry.example", 2),
    ] {
        let Some(mut server) = Server::start("plain") else {
            return;
        };
        let smtp = server.smtp("smtp+plain://127.0.0.1:PORT");
        let (stood, minutes) = until_settled(&smtp, to).await;
        assert_eq!(minutes, [0, 1], "{to}");
        assert!(stood[0].is_waiting(), "{to}");
        assert!(
            stood[0].may_have_arrived,
            "{to}: it says so as long as nobody knows"
        );
        assert!(matches!(stood[1].now, State::Sent { .. }), "{to}");
        assert!(!stood[1].may_have_arrived);
        assert_eq!(stood[0].letter_id(), stood[1].letter_id());
        if given == 1 {
            let line = server.given();
            assert!(line["broken"].is_string(), "{line}");
        }
        let names: Vec<String> = (0..given).map(|_| message_id(&server.given())).collect();
        assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
        println!("{to}: taken {given} times, under one Message-ID");
        assert_eq!(server.rest(), [""; 0]);
    }
}

#[tokio::test]
async fn a_server_that_refuses_is_asked_once() {
    let Some(mut server) = Server::start("plain") else {
        return;
    };
    let smtp = server.smtp("smtp+plain://127.0.0.1:PORT");
    let (stood, _) = until_settled(&smtp, "unknown@ministry.example").await;
    assert_eq!(stood.len(), 1);
    assert!(matches!(stood[0].now, State::Returned { .. }));
    assert_eq!(server.rest(), [""; 0]);
}
