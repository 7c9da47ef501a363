use std::io::Write;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use comity_view::Language;
use sha2::{Digest, Sha256};

/// Brotli's slowest setting, for what is compressed once in the life of the program.
pub(crate) const BEST: i32 = 11;
/// For pages, which are compressed whenever the record changes: most of the gain at a tenth of the time.
const PAGE: i32 = 6;
/// As many headers as an answer leaves with.
const HEADERS: usize = 16;
/// 128 KiB: longer than any page, and small enough that several fills at once stay within the memory of the program.
const WINDOW: i32 = 17;

/// Whether search engines may list a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listing {
    Open,
    /// Results, and pages of a past day.
    Closed,
}

/// Whether a page runs a script. The content policy that goes with it is put on the answer on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    None,
    /// One that is served from here.
    Ours,
    /// It is no page of ours.
    Paper,
}

/// A drawn page, ready to be sent to anybody.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    plain: Bytes,
    brotli: Bytes,
    plain_tag: HeaderValue,
    brotli_tag: HeaderValue,
    language: Language,
    listing: Listing,
    script: Script,
}

impl Page {
    pub(crate) fn new(html: String, language: Language, listing: Listing, script: Script) -> Self {
        let brotli = squeezed(html.as_bytes(), PAGE);
        let digest = hex::encode(&Sha256::digest(&html)[..12]);
        let tag = |suffix| {
            HeaderValue::from_str(&format!("\"{digest}{suffix}\""))
                .expect("hexadecimal digits can stand in a header")
        };
        // The two encodings are different bytes, so a strong tag must tell them apart.
        Self {
            plain: Bytes::from(html),
            brotli,
            plain_tag: tag(""),
            brotli_tag: tag("-br"),
            language,
            listing,
            script,
        }
    }

    /// How much memory it takes.
    pub(crate) fn weight(&self) -> u64 {
        (self.plain.len() + self.brotli.len() + 256) as u64
    }

    pub(crate) fn answer(&self, method: &Method, headers: &HeaderMap) -> Response {
        let brotli = takes_brotli(headers);
        let (body, tag) = if brotli {
            (&self.brotli, &self.brotli_tag)
        } else {
            (&self.plain, &self.plain_tag)
        };
        let mut response = if knows(headers, tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = html(method, body.clone());
            if brotli {
                response
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            }
            response
        };
        response.extensions_mut().insert(self.script);
        let out = response.headers_mut();
        out.insert(header::ETAG, tag.clone());
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        out.insert(
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(self.language.code()),
        );
        if self.listing == Listing::Closed {
            out.insert("x-robots-tag", HeaderValue::from_static("noindex"));
        }
        response
    }
}

/// A page as it is, without a tag: for faults.
pub(crate) fn bare(
    method: &Method,
    status: StatusCode,
    language: Language,
    text: String,
) -> Response {
    let mut response = html(method, Bytes::from(text));
    *response.status_mut() = status;
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(language.code()),
    );
    out.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

fn html(method: &Method, body: Bytes) -> Response {
    let length = HeaderValue::from(body.len());
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        Body::from(body)
    };
    let mut response = Response::new(body);
    let out = response.headers_mut();
    // All headers of an answer, so that the map does not grow on its way out.
    out.reserve(HEADERS);
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    out.insert(header::CONTENT_LENGTH, length);
    response
}

/// Sends the reader to another address.
pub(crate) fn redirect(status: StatusCode, to: &str) -> Response {
    let mut response = status.into_response();
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    response
}

/// Whether the reader holds what has this tag.
fn knows(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let Some(known) = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok())
    else {
        return false;
    };
    known
        .split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// Whether the reader takes brotli.
pub(crate) fn takes_brotli(headers: &HeaderMap) -> bool {
    let Some(accepted) = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|accepted| accepted.to_str().ok())
    else {
        return false;
    };
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let refused = weight
            .trim()
            .trim_start_matches("q=")
            .parse::<f32>()
            .is_ok_and(|weight| weight == 0.0);
        name.trim().eq_ignore_ascii_case("br") && !refused
    })
}

/// The bytes in brotli.
pub(crate) fn squeezed(bytes: &[u8], quality: i32) -> Bytes {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let mut writer = brotli::CompressorWriter::with_params(&mut out, 4_096, &parameters);
    writer
        .write_all(bytes)
        .and_then(|()| writer.flush())
        .expect("a vector takes any bytes");
    drop(writer);
    Bytes::from(out)
}
