use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::Freshness;
use crate::site::Site;

/// Whether the program answers at all; how it stands, in words.
pub(crate) async fn healthz(State(site): State<Arc<Site>>) -> Response {
    said(StatusCode::OK, site.source.freshness().line())
}

/// Whether readers should be sent here rather than to another node.
pub(crate) async fn readyz(State(site): State<Arc<Site>>) -> Response {
    let freshness = site.source.freshness();
    let status = if freshness == Freshness::Current {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    said(status, freshness.line())
}

fn said(status: StatusCode, line: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, line).into_response()
}

pub(crate) async fn robots(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let origin = origin(&site, &headers);
    let mut text = String::from(
        "User-agent: *\nDisallow: /*?on=\nDisallow: /*&on=\nDisallow: /record\nDisallow: /proof\nDisallow: /tile/\n",
    );
    writeln!(text, "Sitemap: {origin}/sitemap.xml").expect("a string takes any text");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// Scheme and host for what must be absolute: as configured, otherwise as the reader asked.
pub(crate) fn origin(site: &Site, headers: &HeaderMap) -> String {
    if let Some(address) = &site.configuration.public_address {
        return address.trim_end_matches('/').to_owned();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let plain = host
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    format!("http://{}", if plain { host } else { "localhost" })
}

/// A text that was made for this request and may be asked for again.
pub(crate) fn fresh(media_type: &'static str, text: String) -> Response {
    let mut response = (StatusCode::OK, text).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
