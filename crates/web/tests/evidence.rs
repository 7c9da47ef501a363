//! What the site hands out for others to hold the register to, and what it keeps to itself.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

mod source;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use comity_web::{Configuration, Source, site};
use source::{HERE, Small, TODAY};
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(source: &Arc<Small>, target: &str) -> Answer {
    let source: Arc<dyn Source> = source.clone();
    let request = Request::builder().uri(target).body(Body::empty()).unwrap();
    let response = site(source, Configuration::default())
        .oneshot(request)
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes: to_bytes(body, 1 << 20).await.unwrap().to_vec(),
    }
}

async fn get(target: &str) -> Answer {
    ask(&Small::new(), target).await
}

#[tokio::test]
async fn the_checkpoint_is_exactly_the_note() {
    let answer = get("/checkpoint").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    let root = "cd".repeat(32);
    assert_eq!(
        answer.text(),
        format!("example/demo/x\n1000\n{root}\n\n— example/demo/x c2lnbmF0dXJl\n")
    );
}

#[tokio::test]
async fn without_a_key_both_languages_say_so() {
    let source = Small::new();
    source.unsigned.store(true, Ordering::SeqCst);
    for target in ["/checkpoint".to_owned(), format!("/proof?act={HERE}")] {
        let answer = ask(&source, &target).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{target}");
        let text = answer.text();
        assert!(
            text.contains("no hay clave") && text.contains("no key"),
            "{text}"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn proofs_and_records_are_files() {
    let record = get(&format!("/record?act={HERE}")).await;
    assert_eq!(
        record.text(),
        format!("{{\"act\":\"{HERE}\",\"name\":\"ñ\"}}")
    );
    assert_eq!(record.header("content-type"), "application/json");
    let name = format!("attachment; filename=\"{HERE}.json\"");
    assert_eq!(record.header("content-disposition"), name);
    let proof = get(&format!("/proof?act={HERE}")).await;
    assert_eq!(proof.text(), "a proof\n");
    let growth = get("/proof?old=1000").await;
    assert_eq!(growth.text(), "old 1000\n");
    assert_eq!(get("/proof?old=1001").await.status, StatusCode::NOT_FOUND);
}

/// An act that is closed and one that never was are told alike, to the last byte.
#[tokio::test]
async fn what_is_not_to_be_had_is_told_alike() {
    let mut told = Vec::new();
    for act in ["0000000000000000000closed0", "7zzzzzzzzzzzzzzzzzzzzzzzzz"] {
        for address in ["record", "proof"] {
            let answer = get(&format!("/{address}?act={act}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            told.push((answer.bytes, format!("{:?}", answer.headers)));
        }
    }
    told.dedup();
    assert_eq!(told.len(), 1);
}

#[tokio::test]
async fn an_act_of_today_is_proven_after_midnight() {
    let answer = get(&format!("/proof?act={TODAY}")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let text = answer.text();
    assert!(
        text.contains("medianoche") && text.contains("midnight"),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_not_asked_well_is_told_so() {
    for target in [
        "/proof".to_owned(),
        "/proof?position=1".to_owned(),
        "/proof?old=007".to_owned(),
        format!("/proof?act={HERE}&old=1"),
        "/record?old=1".to_owned(),
        "/record?act=%22%0d%0a".to_owned(),
    ] {
        let answer = get(&target).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{target}");
        let text = answer.text();
        assert!(text.contains("Escriba") && text.contains("Write"), "{text}");
    }
}

#[tokio::test]
async fn full_tiles_are_for_ever_and_entries_are_not_served() {
    let full = get("/tile/0/000").await;
    assert_eq!((full.status, full.bytes.len()), (StatusCode::OK, 32));
    assert_eq!(full.header("content-type"), "application/octet-stream");
    assert!(full.header("cache-control").contains("immutable"));
    let partial = get("/tile/0/003.p/232").await;
    assert_eq!(partial.header("cache-control"), "public, max-age=300");
    assert_eq!(get("/tile/0/x001/234").await.status, StatusCode::OK);
    for target in ["/tile/entries/000", "/tile/0/0", "/tile/0/004", "/tile/9"] {
        assert_eq!(get(target).await.status, StatusCode::NOT_FOUND, "{target}");
    }
}

/// Scripts run on the page that verifies, from here only, and on no other.
#[tokio::test]
async fn one_page_runs_a_script() {
    let page = get("/en/register/verify").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("script-src 'self'; connect-src 'self'"),
        "{policy}"
    );
    assert!(
        page.text()
            .contains("<script type=\"module\" src=\"/assets/verify.")
    );
    for target in [
        "/en",
        "/en/register/checkpoint",
        "/es/registro",
        "/en/nothing",
    ] {
        let other = get(target).await;
        assert!(
            !other
                .header("content-security-policy")
                .contains("script-src"),
            "{target}"
        );
        assert!(
            !other.text().contains("<script type=\"module\""),
            "{target}"
        );
    }
}

/// The footer is told what the public is told: where the register stands would betray a closed act.
#[tokio::test]
async fn what_is_told_of_the_size_is_the_public_size() {
    let source = Small::new();
    let before = [
        ask(&source, "/en").await.text(),
        ask(&source, "/en/nothing").await.text(),
    ];
    source.grow();
    let after = [
        ask(&source, "/en").await.text(),
        ask(&source, "/en/nothing").await.text(),
    ];
    assert_eq!(before, after);
    assert!(before[0].contains("1,000") && before[0].contains("cdcdcdcd…cdcdcdcd"));
    assert!(!before[0].contains("1,204"));
    // The figures, which move with every act, are no page of the site.
    let metrics = ask(&source, "/metrics").await;
    assert_eq!(metrics.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_second_verifier_is_handed_out_as_it_is() {
    let answer = get("/verify.py").await;
    assert_eq!(answer.bytes, include_bytes!("../../../tools/verify.py"));
}
