use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::answer;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A built file as it is served: its name holds its hash, so it never changes.
struct Asset {
    media_type: &'static str,
    plain: Bytes,
    /// Absent where it would not be smaller.
    brotli: Option<Bytes>,
}

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let files = FILES.iter().filter(|(name, _)| *name != "manifest.json");
    files
        .map(|(name, bytes)| (*name, Asset::new(name, bytes)))
        .collect()
});

/// The served name of each file by the name under which templates know it.
static NAMES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let (_, manifest) = FILES
        .iter()
        .find(|(name, _)| *name == "manifest.json")
        .expect("the assets come with their manifest");
    let manifest: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_slice(manifest)
        .expect("the manifest of the assets is an object of objects");
    manifest
        .into_iter()
        .filter_map(|(name, mut entry)| Some((name, entry.remove("file")?)))
        .collect()
});

impl Asset {
    fn new(name: &str, bytes: &'static [u8]) -> Self {
        let media_type = match name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            Some("js") => "text/javascript; charset=utf-8",
            Some("png") => "image/png",
            Some("ico") => "image/x-icon",
            _ => "application/octet-stream",
        };
        let brotli = if media_type == "font/woff2" {
            None
        } else {
            Some(answer::squeezed(bytes, answer::BEST))
        };
        Self {
            media_type,
            plain: Bytes::from_static(bytes),
            brotli: brotli.filter(|small| small.len() < bytes.len()),
        }
    }
}

/// The address of a built file, by the name under which the manifest lists it.
pub(crate) fn address(name: &str) -> String {
    NAMES
        .get(name)
        .map_or_else(String::new, |file| format!("/assets/{file}"))
}

pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    ASSETS.get(name.as_str()).map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |asset| asset.answer(&headers),
    )
}

/// What browsers ask for without being told.
pub(crate) async fn favicon(headers: HeaderMap) -> Response {
    let file = NAMES
        .get("favicon.svg")
        .and_then(|file| ASSETS.get(file.as_str()));
    let mut response = file.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |asset| asset.answer(&headers),
    );
    // This address holds no hash: it may change.
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=86400"),
    );
    response
}

impl Asset {
    fn answer(&self, headers: &HeaderMap) -> Response {
        let small = self
            .brotli
            .as_ref()
            .filter(|_| answer::takes_brotli(headers));
        let mut response = small.unwrap_or(&self.plain).clone().into_response();
        let out = response.headers_mut();
        out.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.media_type),
        );
        out.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if small.is_some() {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_manifest_is_carried() {
        assert!(!NAMES.is_empty());
        for file in NAMES.values() {
            assert!(ASSETS.contains_key(file.as_str()), "{file}");
        }
    }

    #[test]
    fn the_layout_names_no_file_that_is_not_there() {
        for name in ["site.css", "favicon.svg", "source-sans-3.woff2"] {
            assert!(NAMES.contains_key(name), "{name}");
        }
    }
}
