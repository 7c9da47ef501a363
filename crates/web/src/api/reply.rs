//! How an answer leaves: open to every origin, kept briefly, and not sent again to whoever has it.

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_DISPOSITION,
    CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use sha2::{Digest, Sha256};

use super::problem::Told;

/// A body with what it is.
#[derive(Debug)]
pub(super) struct Reply {
    body: String,
    content_type: &'static str,
    /// The name under which it is kept.
    file: Option<String>,
}

impl Reply {
    pub const fn json(body: String) -> Self {
        Self {
            body,
            content_type: "application/json",
            file: None,
        }
    }

    pub fn csv(body: String, name: &str) -> Self {
        Self {
            body,
            content_type: "text/csv; charset=utf-8; header=present",
            file: Some(format!("{name}.csv")),
        }
    }

    /// A digest of the body and nothing else: a head of the register in it would tell of acts that are closed.
    fn tag(&self) -> String {
        format!("\"{}\"", hex::encode(&Sha256::digest(&self.body)[..16]))
    }
}

/// The answer to a request, or to why there is none.
pub(super) fn send(reply: Result<Reply, Told>, headers: &HeaderMap) -> Response {
    let mut response = match reply {
        Ok(reply) => answer(reply, headers),
        Err(told) => refusal(&told),
    };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag, Content-Disposition, As-Of"),
    );
    headers.append(VARY, HeaderValue::from_static("Accept, Accept-Language"));
    response
}

fn answer(reply: Reply, asked: &HeaderMap) -> Response {
    let tag = reply.tag();
    let known = asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let unchanged = known
        .flat_map(|value| value.split(','))
        .map(|value| value.trim().trim_start_matches("W/"))
        .any(|value| value == tag || value == "*");
    let mut response = Response::new(if unchanged {
        Body::empty()
    } else {
        Body::from(reply.body)
    });
    let headers = response.headers_mut();
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    headers.insert(
        ETAG,
        HeaderValue::try_from(tag).expect("hexadecimal digits in quotes"),
    );
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    // A name that is no header value, which the rules could in principle give, only costs the suggestion of a file name.
    let file = reply
        .file
        .and_then(|file| HeaderValue::try_from(format!("attachment; filename=\"{file}\"")).ok());
    if let Some(file) = file {
        headers.insert(CONTENT_DISPOSITION, file);
    }
    response
}

fn refusal(told: &Told) -> Response {
    let mut response = Response::new(Body::from(told.body()));
    *response.status_mut() = told.problem.status();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(
        CONTENT_LANGUAGE,
        HeaderValue::from_static(told.language.code()),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
