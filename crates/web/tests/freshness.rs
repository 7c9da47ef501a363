//! What readers and monitors are told where the state is not the register's: through HTTP only.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

#[expect(dead_code, reason = "other tests use the rest of the source")]
mod source;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use comity_web::{Behind, Configuration, Freshness, site};
use source::{HERE, Small};
use tower::ServiceExt;

struct Visitor {
    source: Arc<Small>,
    site: Router,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Visitor {
    fn new() -> Self {
        let source = Small::new();
        let read = Arc::clone(&source) as Arc<dyn comity_web::Source>;
        Self {
            site: site(read, Configuration::default()),
            source,
        }
    }

    fn becomes(&self, freshness: Freshness) {
        *self.source.freshness.lock().unwrap() = freshness;
    }

    async fn gets(&self, target: &str) -> Answer {
        self.asks(target, "").await
    }

    async fn asks(&self, target: &str, known: &str) -> Answer {
        let request = Request::get(target).header("if-none-match", known);
        let request = request.body(Body::empty()).unwrap();
        let (parts, body) = self
            .site
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

fn behind(why: Behind) -> Freshness {
    Freshness::AsOf {
        at: "2026-11-25T14:05:59Z".parse().unwrap(),
        why,
    }
}

const ENGLISH: &str = "State of the register as of 25 November 2026, 14:05 UTC";
const SPANISH: &str = "Estado del registro al 25 de noviembre de 2026, 14:05 UTC";

#[tokio::test]
async fn every_page_says_as_of_when_it_is_only_where_it_is_not_current() {
    let visitor = Visitor::new();
    for (why, more) in [
        (Behind::CutOff, "new entries cannot be shown"),
        (Behind::Stopped, "new entries cannot be shown"),
        (Behind::Halted, "the state held before is shown"),
    ] {
        visitor.becomes(Freshness::Current);
        let current = visitor.gets("/en").await;
        assert!(!current.text.contains("as of 25 November"));
        assert_eq!(current.header("as-of"), "");

        visitor.becomes(behind(why));
        for (target, notice) in [("/en", ENGLISH), ("/es", SPANISH), ("/en/nowhere", ENGLISH)] {
            let page = visitor.gets(target).await;
            assert!(page.text.contains(notice), "{target}: {}", page.text);
            assert_eq!(page.header("as-of"), "2026-11-25T14:05:59.000Z");
        }
        let page = visitor.gets("/en").await;
        assert!(page.text.contains(more));
        assert_ne!(page.header("etag"), current.header("etag"));
    }
}

/// A page that was drawn under one standing is never given out under another, from the cache or by its tag.
#[tokio::test]
async fn what_was_kept_under_one_standing_is_not_served_under_another() {
    let visitor = Visitor::new();
    let current = visitor.gets("/en").await;
    let tag = current.header("etag").to_owned();
    assert_eq!(visitor.asks("/en", &tag).await.status, 304);
    visitor.becomes(behind(Behind::CutOff));
    let behind = visitor.asks("/en", &tag).await;
    assert_eq!(behind.status, 200);
    assert!(behind.text.contains(ENGLISH));
    visitor.becomes(Freshness::Current);
    let again = visitor.asks("/en", behind.header("etag")).await;
    assert_eq!(again.status, 200);
    assert!(!again.text.contains(ENGLISH));
    assert_eq!(again.header("etag"), tag);
}

#[tokio::test]
async fn monitors_are_told_how_the_node_stands() {
    let visitor = Visitor::new();
    assert_eq!(visitor.gets("/healthz").await.text, "ok\n");
    assert_eq!(visitor.gets("/readyz").await.status, 200);
    for (why, word) in [
        (Behind::CutOff, "cut off"),
        (Behind::Stopped, "upgrade this node"),
        (Behind::Halted, "HALTED"),
    ] {
        visitor.becomes(behind(why));
        let (health, ready) = (
            visitor.gets("/healthz").await,
            visitor.gets("/readyz").await,
        );
        assert_eq!((health.status.as_u16(), ready.status.as_u16()), (200, 503));
        for answer in [health, ready] {
            assert!(answer.text.contains(word), "{}", answer.text);
            assert!(answer.text.contains("2026-11-25T14:05:59Z"));
        }
    }
}

#[tokio::test]
async fn open_data_says_as_of_when_it_is_and_is_not_kept_where_that_is_past() {
    let visitor = Visitor::new();
    let current = visitor.gets("/api/v1/members").await;
    assert_eq!(current.header("as-of"), "2026-11-25T14:05:59.000Z");
    assert_eq!(current.header("cache-control"), "public, max-age=300");
    visitor.becomes(behind(Behind::CutOff));
    let behind = visitor.gets("/api/v1/members").await;
    assert_eq!(behind.status, 200);
    assert_eq!(behind.header("as-of"), "2026-11-25T14:05:59.000Z");
    assert_eq!(behind.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn a_record_is_not_asked_of_a_register_that_is_out_of_reach() {
    let visitor = Visitor::new();
    let target = format!("/record?act={HERE}");
    assert_eq!(visitor.gets(&target).await.status, 200);
    visitor.becomes(behind(Behind::Halted));
    let away = visitor.gets(&target).await;
    assert_eq!(away.status, 503);
    assert!(
        away.text
            .contains("The register cannot be read at the moment")
    );
}
