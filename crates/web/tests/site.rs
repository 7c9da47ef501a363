//! The site through HTTP only, over a small source in memory.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

mod source;

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use comity_view::Language;
use comity_web::{Address, Configuration, Kind, counted_site};
use source::Small;
use tower::ServiceExt;

struct Visitor {
    source: Arc<Small>,
    site: Router,
    counters: comity_web::Counters,
}

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
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Visitor {
    fn new() -> Self {
        Self::with(Configuration::default())
    }

    fn with(configuration: Configuration) -> Self {
        let source = Small::new();
        let (site, counters) = counted_site(
            Arc::clone(&source) as Arc<dyn comity_web::Source>,
            None,
            configuration,
        );
        Self {
            site,
            counters,
            source,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.site.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, 1 << 20).await.unwrap().to_vec(),
        }
    }

    async fn asks(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn gets(&self, target: &str) -> Answer {
        self.asks("GET", target, &[]).await
    }
}

#[track_caller]
fn has(answer: &Answer, status: u16, fragments: &[&str]) {
    let text = answer.text();
    assert_eq!(answer.status.as_u16(), status, "{text}");
    for fragment in fragments {
        assert!(text.contains(fragment), "«{fragment}» is not in:\n{text}");
    }
}

#[tokio::test]
async fn the_first_address_leads_to_the_readers_language() {
    let visitor = Visitor::new();
    for (wish, home) in [("en-GB,es;q=0.5", "/en"), ("es", "/es"), ("fr", "/es")] {
        let answer = visitor.asks("GET", "/", &[("accept-language", wish)]).await;
        assert_eq!(
            (
                answer.status.as_u16(),
                answer.header("location"),
                answer.header("vary")
            ),
            (303, home, "accept-language")
        );
    }
}

#[tokio::test]
async fn a_page_stands_in_its_frame() {
    let visitor = Visitor::new();
    let answer = visitor.gets("/es/accesibilidad").await;
    let frame = [
        "<html lang=\"es\">",
        "<title>Accesibilidad – Diálogo de Ejemplo</title>",
        "Proceso &#60;Muestra&#62;, desde 1996",
        "<link rel=\"alternate\" hreflang=\"en\" href=\"/en/accessibility\">",
        "<a href=\"/en/accessibility\" lang=\"en\" hreflang=\"en\" rel=\"alternate\">English</a>",
        "Estado del registro: octubre de 2011",
        "1,000 actos en el registro",
        "Demostración: ",
        "href=\"/assets/site.",
    ];
    has(&answer, 200, &frame);
    has(
        &visitor.gets("/en/accessibility").await,
        200,
        &[
            "State of the record: October 2011",
            "1,000 acts in the register",
        ],
    );
}

#[tokio::test]
async fn every_kind_of_page_is_written_in_both_languages() {
    let visitor = Visitor::new();
    for kind in Kind::ALL {
        let Some(address) = kind.single() else {
            continue;
        };
        for language in Language::ALL {
            let answer = visitor.gets(&address.path(language)).await;
            assert_eq!(answer.status, StatusCode::OK, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn addresses_written_otherwise_lead_to_the_one_address() {
    let visitor = Visitor::new();
    for (asked, address) in [
        ("/en/glosario", "/en/glossary"),
        ("/en/glosario?on=2005-06-30", "/en/glossary?on=2005-06-30"),
        ("/es/glosario/", "/es/glosario"),
        ("/es//glosario", "/es/glosario"),
        ("//es/glosario", "/es/glosario"),
        ("/en/documentos/a%2Fb", "/en/documents/a%2Fb"),
        ("/es/", "/es"),
    ] {
        let answer = visitor.gets(asked).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("location")),
            (301, address),
            "{asked}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_answered_is_explained_in_the_readers_language() {
    let visitor = Visitor::new();
    let long = format!("/es/buscar?q={}", "a".repeat(4_000));
    for (asked, status, words) in [
        ("/es/nada", 404, "Página no encontrada"),
        ("/en/nothing/at/all", 404, "Page not found"),
        ("/en/documents/nothing-like-it", 404, "name=\"q\""),
        ("/fr/documents", 404, "Página no encontrada"),
        ("/es/%zz", 400, "La dirección no puede leerse"),
        ("/en/%ff", 400, "The address cannot be read"),
        ("/en/search?q=%C3", 400, "The address cannot be read"),
        (
            "/en/glossary?on=2005-13-01",
            400,
            "is not a day that can be shown",
        ),
        ("/en/glossary?on=yesterday", 400, "type=\"date\" id=\"day\""),
        (
            "/es/glosario?on=2020-01-01",
            400,
            "hasta el 15 de octubre de 2011",
        ),
        ("/es/glosario?on=%3Cscript%3E", 400, "&#60;script&#62;"),
        (&long, 414, "hasta 2,048 caracteres"),
    ] {
        has(&visitor.gets(asked).await, status, &[words, "<main"]);
    }
    let answer = visitor.asks("POST", "/en/glossary", &[]).await;
    has(&answer, 405, &["This is for reading only"]);
    assert_eq!(answer.header("allow"), "GET, HEAD");
}

#[tokio::test]
async fn a_break_in_a_page_is_a_plain_page_in_the_readers_language() {
    let visitor = Visitor::new();
    has(
        &visitor.gets("/es/buscar?q=panic").await,
        500,
        &["Algo falló de nuestro lado", "lang=\"es\""],
    );
    has(
        &visitor.gets("/en/search?q=panic").await,
        500,
        &["Something went wrong on our side"],
    );
    has(&visitor.gets("/en/glossary").await, 200, &[]);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up_with_words() {
    let patience = std::time::Duration::from_millis(20);
    let visitor = Visitor::with(Configuration {
        patience,
        ..Configuration::default()
    });
    has(
        &visitor.gets("/en/register/acts/never").await,
        503,
        &["The answer took too long", "lang=\"en\""],
    );
    has(
        &visitor.gets("/es/registro/actos/never").await,
        503,
        &["La respuesta tardó demasiado"],
    );
}

#[tokio::test]
async fn a_past_day_is_shown_kept_on_links_and_not_listed() {
    let visitor = Visitor::new();
    let answer = visitor.gets("/en/search?q=zzz&on=2005-06-30").await;
    let kept = [
        "The conference is shown as it stood on 30 June 2005.",
        "href=\"/en/glossary?on=2005-06-30\"",
        "href=\"/es/buscar?q=zzz&#38;on=2005-06-30\"",
        "<input type=\"hidden\" name=\"q\" value=\"zzz\">",
        "<a href=\"/en/search?q=zzz\">Back to the present state</a>",
    ];
    has(&answer, 200, &kept);
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    assert!(!answer.text().contains("State of the record"));
    assert_eq!(
        visitor.gets("/en/glossary").await.header("x-robots-tag"),
        ""
    );
}

#[tokio::test]
async fn a_search_finds_nothing_politely_and_never_runs_what_was_typed() {
    let visitor = Visitor::new();
    has(
        &visitor.gets("/es/buscar").await,
        200,
        &["Se puede escribir sin tildes", "type=\"search\""],
    );
    let answer = visitor
        .gets("/es/buscar?q=%3Cscript%3Ealert(1)%3C/script%3E")
        .await;
    has(
        &answer,
        200,
        &[
            "Nada en el registro responde a «&#60;script&#62;",
            "href=\"/es/glosario\"",
        ],
    );
    assert!(!answer.text().contains("<script>"));
    assert_eq!(
        visitor.source.asked.lock().unwrap().as_slice(),
        ["<script>alert(1)</script>"]
    );
}

#[tokio::test]
async fn a_kept_page_is_not_drawn_again_until_the_record_grows() {
    let visitor = Visitor::new();
    let opened = || visitor.source.opened.load(Ordering::SeqCst);
    let first = visitor.gets("/es/glosario").await;
    assert_eq!(opened(), 1);
    let second = visitor.gets("/es/glosario").await;
    assert_eq!((opened(), &first.bytes), (1, &second.bytes));
    visitor.source.grow();
    let third = visitor.gets("/es/glosario").await;
    assert_eq!(opened(), 2);
    // What is told of the register moves at midnight only: nothing here betrays that an act was entered.
    has(&third, 200, &["1,000 actos"]);
    assert_eq!(first.header("etag"), third.header("etag"));
}

#[tokio::test]
async fn without_a_cache_every_page_is_drawn() {
    let visitor = Visitor::with(Configuration {
        cache_bytes: 0,
        ..Configuration::default()
    });
    visitor.gets("/es/glosario").await;
    visitor.gets("/es/glosario").await;
    assert_eq!(visitor.source.opened.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_reader_who_has_the_page_is_told_so_and_one_who_takes_brotli_gets_it() {
    let visitor = Visitor::new();
    for _ in ["drawn", "kept"] {
        let plain = visitor.gets("/es/glosario").await;
        let small = visitor
            .asks("GET", "/es/glosario", &[("accept-encoding", "gzip, br")])
            .await;
        assert_eq!(
            (small.header("content-encoding"), small.header("vary")),
            ("br", "accept-encoding")
        );
        let mut text = Vec::new();
        brotli::Decompressor::new(small.bytes.as_slice(), 4_096)
            .read_to_end(&mut text)
            .unwrap();
        assert_eq!(text, plain.bytes);
        assert_ne!(plain.header("etag"), small.header("etag"));
        assert_eq!(plain.header("cache-control"), "no-cache");
        let tag = plain.header("etag").to_owned();
        for known in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"x\", {tag}"),
            "*".to_owned(),
        ] {
            let again = visitor
                .asks("GET", "/es/glosario", &[("if-none-match", &known)])
                .await;
            assert_eq!(
                (
                    again.status.as_u16(),
                    again.bytes.len(),
                    again.header("etag")
                ),
                (304, 0, tag.as_str())
            );
        }
        let other = visitor
            .asks(
                "GET",
                "/es/glosario",
                &[("if-none-match", &tag), ("accept-encoding", "br")],
            )
            .await;
        assert_eq!(other.status, StatusCode::OK);
        let refused = visitor
            .asks("GET", "/es/glosario", &[("accept-encoding", "br;q=0")])
            .await;
        assert_eq!(refused.header("content-encoding"), "");
    }
}

#[tokio::test]
async fn the_head_of_a_page_comes_without_its_body() {
    let visitor = Visitor::new();
    let whole = visitor.gets("/es/glosario").await;
    let head = visitor.asks("HEAD", "/es/glosario", &[]).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("content-length"), whole.bytes.len().to_string());
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_readers_safe() {
    let visitor = Visitor::new();
    for target in [
        "/",
        "/es/glosario",
        "/es/nada",
        "/healthz",
        "/api/v1/nothing",
        "/assets/nothing",
        "/es/buscar?q=panic",
    ] {
        let answer = visitor.gets(target).await;
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; style-src 'self'"),
            "{target}"
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{target}"
        );
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{target}");
        assert_eq!(answer.header("strict-transport-security"), "", "{target}");
    }
}

/// Only a site whose own address is https says that it is never asked otherwise.
#[tokio::test]
async fn a_site_over_tls_is_never_asked_without() {
    for (address, says) in [
        (
            "https://dialogue.example",
            "max-age=63072000; includeSubDomains",
        ),
        ("http://localhost:8080", ""),
    ] {
        let visitor = Visitor::with(Configuration {
            public_address: Some(address.to_owned()),
            ..Configuration::default()
        });
        for target in ["/es/glosario", "/es/nada", "/healthz"] {
            let answer = visitor.gets(target).await;
            assert_eq!(
                answer.header("strict-transport-security"),
                says,
                "{address} {target}"
            );
        }
    }
}

#[tokio::test]
async fn the_style_sheet_is_served_for_good() {
    let visitor = Visitor::new();
    let page = visitor.gets("/es/glosario").await.text();
    let from = page.find("/assets/site.").unwrap();
    let address = &page[from..from + page[from..].find('"').unwrap()];
    let sheet = visitor
        .asks("GET", address, &[("accept-encoding", "br")])
        .await;
    assert_eq!(
        (sheet.status, sheet.header("content-encoding")),
        (StatusCode::OK, "br")
    );
    assert!(sheet.header("cache-control").contains("immutable"));
    assert!(
        sheet.bytes.len() <= 12 * 1024,
        "the style sheet weighs {} bytes",
        sheet.bytes.len()
    );
    assert_eq!(
        visitor.gets("/favicon.ico").await.header("content-type"),
        "image/svg+xml"
    );
}

#[tokio::test]
async fn machines_find_the_site_map_the_feed_and_the_counters() {
    let visitor = Visitor::with(Configuration {
        public_address: Some("https://dialogue.example".to_owned()),
        ..Configuration::default()
    });
    let map = visitor.gets("/sitemap.xml").await;
    has(
        &map,
        200,
        &[
            "<loc>https://dialogue.example/es/glosario</loc>",
            "hreflang=\"en\" href=\"https://dialogue.example/en/glossary\"",
        ],
    );
    assert!(!map.text().contains("/search"), "results are not listed");
    let feed = visitor.gets("/es/feed.atom").await;
    has(
        &feed,
        200,
        &[
            "<title>Un &amp; dos &lt;tres&gt;</title>",
            "<id>tag:dialogue.example,2011-11-01:act/",
            "xml:lang=\"es\"",
        ],
    );
    has(
        &visitor.gets("/robots.txt").await,
        200,
        &["Sitemap: https://dialogue.example/sitemap.xml"],
    );
    has(&visitor.gets("/healthz").await, 200, &["ok"]);
    visitor.gets("/es/glosario").await;
    visitor.gets("/es/glosario").await;
    let counters = [
        "conference_pages_total{came=\"kept\"} 1",
        "conference_pages_total{came=\"drawn\"} 1",
        "conference_answers_total{class=\"2xx\"} 6",
    ];
    let mut figures = comity_web::Exposition::default();
    visitor.counters.write(&mut figures);
    let figures = figures.into_text();
    for counter in counters {
        assert!(figures.contains(counter), "{counter} in {figures}");
    }
    // They move with every act, closed ones too: no reader of the site gets them.
    has(&visitor.gets("/metrics").await, 404, &[]);
}

#[tokio::test]
async fn a_forged_host_gets_into_no_answer() {
    let visitor = Visitor::new();
    let answer = visitor
        .asks("GET", "/robots.txt", &[("host", "a\"><b")])
        .await;
    has(&answer, 200, &["Sitemap: http://localhost/sitemap.xml"]);
}

#[tokio::test]
async fn a_link_leads_to_its_page_in_the_language() {
    let address = Address::Document("test/1".to_owned());
    assert_eq!(address.path(Language::Es), "/es/documentos/test%2F1");
    assert_eq!(address.path(Language::En), "/en/documents/test%2F1");
}
