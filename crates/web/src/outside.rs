use std::any::Any;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::answer::Script;
use crate::site::Site;
use crate::{Freshness, answer, api, fault, language, visit};

/// The instant, in universal time, as of which an answer is.
const AS_OF: HeaderName = HeaderName::from_static("as-of");

/// Styles, pictures and fonts from here, forms to here, nothing else; no script runs, and no text becomes one.
const CONTENT_POLICY: &str = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// On the page that verifies in the reader's browser, scripts from here run too, and fetch from here.
const CONTENT_POLICY_SCRIPT: &str = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A paper that somebody sent in: it is shown as if it came from nowhere, and fetches nothing.
const CONTENT_POLICY_PAPER: &str =
    "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Two years, for the hosts below this one as well: only where the site says that its address is https.
const TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// What every answer passes on its way out: the headers that browsers are asked to keep to, and the counters.
pub(crate) async fn outside(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    let language = language::of_path(request.uri().path());
    let open_data = request.uri().path().starts_with(api::ROOT);
    let freshness = site.source.freshness();
    let mut response = match visit::kept(&site, &request) {
        Some(kept) => kept,
        None => next.run(request).await,
    };
    // The time limit answers without words.
    if response.status() == StatusCode::SERVICE_UNAVAILABLE
        && !response.headers().contains_key(header::CONTENT_TYPE)
    {
        let language = language.unwrap_or(comity_view::Language::Es);
        response = answer::bare(
            &Method::GET,
            StatusCode::SERVICE_UNAVAILABLE,
            language,
            fault::plain(language, fault::Plain::Busy),
        );
    }
    let policy = match response.extensions().get() {
        Some(Script::Ours) => CONTENT_POLICY_SCRIPT,
        Some(Script::Paper) => CONTENT_POLICY_PAPER,
        Some(Script::None) | None => CONTENT_POLICY,
    };
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    let address = site.configuration.public_address.as_deref();
    if address.is_some_and(|address| address.starts_with("https://")) {
        let out = response.headers_mut();
        out.insert(header::STRICT_TRANSPORT_SECURITY, TRANSPORT);
    }
    for (name, value) in HEADERS {
        // What an answer says itself is stricter.
        response.headers_mut().entry(name).or_insert(value);
    }
    dated(&mut response, &site, freshness, open_data);
    site.metrics.answered(response.status());
    response
}

/// Says as of when an answer is: always in the open data, elsewhere where it is not current. What is not current is asked
/// for again each time.
fn dated(response: &mut Response, site: &Site, freshness: Freshness, open_data: bool) {
    let behind = match freshness {
        Freshness::Current => None,
        Freshness::AsOf { at, .. } => Some(at),
    };
    let at = behind.or_else(|| site.source.as_of().filter(|_| open_data));
    let out = response.headers_mut();
    if let Some(value) = at.and_then(|at| HeaderValue::try_from(format!("{at:.3}")).ok()) {
        out.insert(AS_OF, value);
    }
    let kept_for_a_while = out
        .get(header::CACHE_CONTROL)
        .is_some_and(|value| value.as_bytes().starts_with(b"public, max-age=300"));
    if behind.is_some() && kept_for_a_while {
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
}

/// What is answered where our own code broke outside the drawing of a page; the language is not known there.
pub(crate) fn broke(_: Box<dyn Any + Send + 'static>) -> Response {
    let [spanish, english] =
        comity_view::Language::ALL.map(|language| fault::plain(language, fault::Plain::Failed));
    answer::bare(
        &Method::GET,
        StatusCode::INTERNAL_SERVER_ERROR,
        comity_view::Language::Es,
        spanish + &english,
    )
}
