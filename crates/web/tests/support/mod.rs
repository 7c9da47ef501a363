//! The site over the record that ships, and over another process.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

#[path = "../../../view/tests/given/mod.rs"]
#[expect(dead_code, reason = "other tests use the rest of what is given")]
mod given;

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use comity_view::{ActFilter, Date, Language, Lens, Seat, Snapshot, View};
use comity_web::{
    Answering, Checkpoint, Configuration, Found, Given, Glossary, Inclusion, PublicHead,
    RecordProof, SnapshotKey, Source, Thing, site,
};
use tower::ServiceExt;

/// A conference held in memory.
struct Held(Arc<Snapshot>);

/// The site of a conference.
pub struct Place {
    site: Router,
    snapshot: Arc<Snapshot>,
}

/// What a page answered.
pub struct Page {
    pub status: StatusCode,
    pub text: String,
}

impl Page {
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(
            self.text.contains(text),
            "nothing says «{text}» in:\n{}",
            self.main()
        );
        self
    }

    #[track_caller]
    pub fn says_not(&self, text: &str) -> &Self {
        assert!(
            !self.text.contains(text),
            "«{text}» is said in:\n{}",
            self.main()
        );
        self
    }

    pub fn main(&self) -> &str {
        let from = self.text.find("<main").unwrap_or(0);
        &self.text[from..self.text.find("</main>").unwrap_or(self.text.len())]
    }

    pub fn count(&self, text: &str) -> usize {
        self.main().matches(text).count()
    }
}

impl Place {
    /// The record that ships.
    pub fn shipped() -> Self {
        static SHIPPED: OnceLock<Arc<Snapshot>> = OnceLock::new();
        Self::of(Arc::clone(SHIPPED.get_or_init(given::shipped)))
    }

    /// A process with co-chairs, without plan, money or a second body.
    pub fn river() -> Self {
        Self::of(given::river())
    }

    fn of(snapshot: Arc<Snapshot>) -> Self {
        let source: Arc<dyn Source> = Arc::new(Held(Arc::clone(&snapshot)));
        Self {
            site: site(source, Configuration::default()),
            snapshot,
        }
    }

    pub fn view(&self, language: Language) -> View {
        Held(Arc::clone(&self.snapshot)).view(Seat::Public, language, None)
    }

    /// The id of the latest act.
    pub fn latest_act(&self) -> String {
        self.view(Language::En).acts(&ActFilter::default(), 1).acts[0]
            .id
            .clone()
    }

    pub async fn get(&self, target: &str) -> Page {
        let (status, bytes) = self.ask(target, "identity").await;
        Page {
            status,
            text: String::from_utf8(bytes).unwrap(),
        }
    }

    /// How many bytes a page has on the wire.
    pub async fn weight(&self, target: &str) -> usize {
        self.ask(target, "br").await.1.len()
    }

    async fn ask(&self, target: &str, encoding: &str) -> (StatusCode, Vec<u8>) {
        let request = Request::builder()
            .uri(target)
            .header(header::ACCEPT_ENCODING, encoding);
        let response = self
            .site
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        (
            parts.status,
            to_bytes(body, 1 << 22).await.unwrap().to_vec(),
        )
    }
}

impl Source for Held {
    fn view(&self, seat: Seat, language: Language, on: Option<Date>) -> View {
        View::open(
            Arc::clone(&self.0),
            Lens {
                seat,
                language,
                today: self.today(),
                on,
            },
        )
    }

    fn today(&self) -> Date {
        Date::constant(2011, 10, 31)
    }

    fn snapshot_key(&self) -> SnapshotKey {
        SnapshotKey {
            size: self.0.size,
            root: self.0.root.clone(),
            open: self.0.open.clone(),
            rules_hash: self.0.rules_hash.clone(),
            demo: self.0.demo,
        }
    }

    /// A made-up proof of three steps for every act that there is.
    fn record<'a>(&'a self, act: &'a str) -> Answering<'a, Option<RecordProof>> {
        let known = self
            .0
            .conference
            .acts
            .iter()
            .any(|line| line.id.to_string() == act);
        let path = ["aa", "bb", "cc"].map(|byte| byte.repeat(32)).into();
        let inclusion = Inclusion {
            position: 4,
            size: 7,
            root: "dd".repeat(32),
            path,
        };
        let proof = RecordProof {
            text: format!("{{\"act\":\"{act}\",\"name\":\"<Ñ>\"}}"),
            leaf: "ee".repeat(32),
            inclusion: Some(inclusion),
        };
        Box::pin(async move { Ok(known.then_some(proof)) })
    }

    fn public_head(&self) -> PublicHead {
        PublicHead {
            size: self.0.size,
            root: self.0.root.clone(),
        }
    }

    fn act_proof<'a>(&'a self, _: &'a str) -> Answering<'a, Given> {
        Box::pin(async { Ok(Given::Unsigned) })
    }

    fn growth_proof(&self, _: u64) -> Answering<'_, Given> {
        Box::pin(async { Ok(Given::Unsigned) })
    }

    fn tile<'a>(&'a self, _: &'a str) -> Answering<'a, Option<Vec<u8>>> {
        Box::pin(async { Ok(None) })
    }

    fn checkpoint(&self) -> Answering<'_, Checkpoint> {
        let root = "dd".repeat(32);
        let text = format!("example/demo/x\n7\n{root}\n");
        Box::pin(async move {
            Ok(Checkpoint {
                origin: "example/demo/x".to_owned(),
                size: 7,
                root,
                note: Some(format!("{text}\n— example/demo/x c2lnbmF0dXJl\n")),
                keys: vec!["example/demo/x+00000000+KEY".to_owned()],
                text,
            })
        })
    }

    fn search(&self, _: Language, _: &str, _: usize) -> Vec<Found> {
        Vec::new()
    }

    fn things(&self, _: Language) -> Vec<Thing> {
        Vec::new()
    }

    fn glossary(&self, _: Language) -> Glossary {
        Glossary::default()
    }
}
