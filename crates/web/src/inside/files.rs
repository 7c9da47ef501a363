use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::visit::{Call, Outcome};
use crate::answer::Script;
use crate::fault::Fault;

/// The paper that an act brought. One that may not be seen is not there.
pub(super) async fn file(call: &Call, act: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let file = inside.file(act).ok_or(Fault::NotFound)?;
    let paper = call.indoors()?.paper(&file).await?;
    let Some((kind, bytes)) = paper else {
        // Taken out since: somebody's data were erased.
        return Err(Fault::NotFound.into());
    };
    // Named by what it is: the name that it came with may be somebody's.
    let short: String = file.sha256.chars().take(12).collect();
    let name = format!("{short}.{}", file.kind);
    Ok(Outcome::Paper(kind, name, bytes))
}

/// A paper as it came, to be kept: whatever is in it, a browser shows and runs nothing of it.
pub(super) fn answer(kind: &'static str, name: &str, bytes: Bytes) -> Response {
    let mut response = Response::new(Body::from(bytes));
    response.extensions_mut().insert(Script::Paper);
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        out.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
