//! A small source in memory, over the rules of an invented process.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use comity_rules::Rules;
use comity_view::{Date, Language, Lens, Link, Seat, Snapshot, Standing, Target, View, Words};
use comity_web::{
    Acronym, Answering, Checkpoint, Found, Freshness, Given, Glossary, PublicHead, RecordProof,
    SnapshotKey, Source, Term, Thing,
};

const RULES: &str = r#"
[process]
id = "example"
row = "K-01"
names = [{ es = "Diálogo de Ejemplo", en = "Example Dialogue" }, { es = "Proceso <Muestra>", en = "Sample & Process" }]
acronym = { es = "DE", en = "ED" }
motto = { es = "Un diálogo inventado.", en = "An invented dialogue." }
languages = ["es", "en"]
since = "1996-02"
go_live = "2011-11-01"
record_ends = "2011-10-31"
source = "nothing"
[decision]
row = "K-17"
method = "consensus"
binding = false
[[body_kind]]
id = "office"
name = { es = "Oficina", en = "Office" }
[[party_kind]]
id = "member"
row = "K-02"
collection = "members"
name = { es = "Miembro", en = "Member" }
plural = { es = "Miembros", en = "Members" }
state = true
[[body]]
id = "chair"
kind = "office"
row = "K-04"
order = 1
[chair]
row = "K-09"
model = "rotating"
body = "chair"
holders = ["member"]
term_years = 1
"#;

/// A state that grows by one act when told to, and a search that breaks when asked for `panic`.
pub struct Small {
    rules: Arc<Rules>,
    size: AtomicU64,
    /// Whether the state is the register's.
    pub freshness: Mutex<Freshness>,
    /// No key is at hand.
    pub unsigned: AtomicBool,
    /// How many views were opened: what the cache saves.
    pub opened: AtomicU64,
    pub asked: Mutex<Vec<String>>,
}

impl Small {
    pub fn new() -> Arc<Self> {
        let rules = Rules::parse(RULES).unwrap_or_else(|faults| panic!("{faults}"));
        Arc::new(Self {
            rules: Arc::new(rules),
            size: AtomicU64::new(1204),
            freshness: Mutex::default(),
            unsigned: AtomicBool::new(false),
            opened: AtomicU64::new(0),
            asked: Mutex::default(),
        })
    }

    pub fn grow(&self) {
        self.size.fetch_add(1, Ordering::SeqCst);
    }

    fn root(&self) -> String {
        format!("{:064x}", self.size.load(Ordering::SeqCst))
    }
}

fn link(to: Target, id: &str, label: &str) -> Link {
    Link {
        to,
        id: id.to_owned(),
        label: Words {
            text: label.to_owned(),
            standing: Some(Standing::Translation),
        },
    }
}

/// An act that is there.
pub const HERE: &str = "0000000000000000000000here";
/// One that is there and that the public checkpoint has not moved past.
pub const TODAY: &str = "000000000000000000000today";
/// What the public is told, whatever the size.
pub const PUBLIC_SIZE: u64 = 1_000;

impl Source for Small {
    fn view(&self, seat: Seat, language: Language, on: Option<Date>) -> View {
        self.opened.fetch_add(1, Ordering::SeqCst);
        let snapshot = Snapshot {
            conference: Default::default(),
            rules: Arc::clone(&self.rules),
            rules_hash: "ab".repeat(32),
            size: self.size.load(Ordering::SeqCst),
            root: self.root(),
            open: self.root(),
            demo: true,
            memo: std::sync::Arc::default(),
        };
        View::open(
            Arc::new(snapshot),
            Lens {
                seat,
                language,
                today: self.today(),
                on,
            },
        )
    }

    fn freshness(&self) -> Freshness {
        *self.freshness.lock().unwrap()
    }

    fn as_of(&self) -> Option<jiff::Timestamp> {
        Some("2026-11-25T14:05:59Z".parse().unwrap())
    }

    fn today(&self) -> Date {
        Date::constant(2011, 10, 15)
    }

    fn snapshot_key(&self) -> SnapshotKey {
        SnapshotKey {
            size: self.size.load(Ordering::SeqCst),
            root: self.root(),
            open: self.root(),
            rules_hash: "ab".repeat(32),
            demo: true,
        }
    }

    fn record<'a>(&'a self, act: &'a str) -> Answering<'a, Option<RecordProof>> {
        Box::pin(async move {
            if act == "never" {
                return std::future::pending().await;
            }
            Ok((act == HERE).then(|| RecordProof {
                text: format!("{{\"act\":\"{HERE}\",\"name\":\"ñ\"}}"),
                leaf: "ee".repeat(32),
                inclusion: None,
            }))
        })
    }

    fn checkpoint(&self) -> Answering<'_, Checkpoint> {
        let (size, root) = (PUBLIC_SIZE, "cd".repeat(32));
        let text = format!("example/demo/x\n{size}\n{root}\n");
        let signed = !self.unsigned.load(Ordering::SeqCst);
        Box::pin(async move {
            Ok(Checkpoint {
                origin: "example/demo/x".to_owned(),
                size,
                root,
                note: signed.then(|| format!("{text}\n— example/demo/x c2lnbmF0dXJl\n")),
                keys: vec!["example/demo/x+00000000+KEY".to_owned()],
                text,
            })
        })
    }

    fn public_head(&self) -> PublicHead {
        PublicHead {
            size: PUBLIC_SIZE,
            root: "cd".repeat(32),
        }
    }

    fn act_proof<'a>(&'a self, act: &'a str) -> Answering<'a, Given> {
        let unsigned = self.unsigned.load(Ordering::SeqCst);
        Box::pin(async move {
            Ok(match act {
                HERE if unsigned => Given::Unsigned,
                HERE => Given::Text("a proof\n".to_owned()),
                TODAY => Given::Pending,
                _ => Given::Absent,
            })
        })
    }

    fn growth_proof(&self, old_size: u64) -> Answering<'_, Given> {
        Box::pin(async move {
            Ok(if old_size > PUBLIC_SIZE {
                Given::Absent
            } else {
                Given::Text(format!("old {old_size}\n"))
            })
        })
    }

    fn tile<'a>(&'a self, path: &'a str) -> Answering<'a, Option<Vec<u8>>> {
        let there = ["tile/0/000", "tile/0/003.p/232", "tile/0/x001/234"].contains(&path);
        Box::pin(async move { Ok(there.then(|| vec![0xff; 32])) })
    }

    fn search(&self, language: Language, question: &str, _: usize) -> Vec<Found> {
        assert_ne!(question, "panic", "asked to break");
        self.asked.lock().unwrap().push(question.to_owned());
        if !question.starts_with("glos") {
            return Vec::new();
        }
        let label = match language {
            Language::Es => "Documento <b>de prueba</b>",
            Language::En => "Test <b>document</b>",
        };
        vec![Found {
            link: link(Target::Document, "test/1", label),
            about: Some("& más".to_owned()),
        }]
    }

    fn things(&self, _: Language) -> Vec<Thing> {
        vec![Thing {
            link: link(Target::Document, "test/1", "Un & dos <tres>\u{1}"),
            summary: Some("resumen".to_owned()),
            act: "A".repeat(26),
            entered_at: "2011-10-15T12:00:00Z".parse().unwrap(),
        }]
    }

    fn glossary(&self, language: Language) -> Glossary {
        let (acronym, other) = match language {
            Language::Es => ("DE", "ED"),
            Language::En => ("ED", "DE"),
        };
        Glossary {
            acronyms: vec![Acronym {
                acronym: acronym.into(),
                meaning: "x".into(),
                other: other.into(),
                other_meaning: "y".into(),
            }],
            terms: vec![Term {
                term: "miembro".into(),
                other: "member".into(),
            }],
        }
    }
}
