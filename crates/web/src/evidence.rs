//! What others hold the register to, at addresses without a language: checkpoint, tiles, proofs and records.
//!
//! Whatever cannot be had is answered in both languages, and alike whether it is closed or was never there.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_view::Language;

use crate::language::words;
use crate::site::Site;
use crate::{Freshness, Given, SourceError, roots};

const PLAIN: &str = "text/plain; charset=utf-8";
/// A full tile never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A partial one does not either, but is of no use once the next is there.
const FOR_A_WHILE: &str = "public, max-age=300";

/// The verifier that stands in the documents, as it is.
const VERIFIER: &str = include_str!("../../../tools/verify.py");

/// Why there is nothing to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    /// The question is not one of those that are answered.
    Question,
    Unknown,
    Pending,
    Beyond,
    Unsigned,
    /// The node does not follow its register.
    Away,
    Failed,
}

impl Lack {
    const fn status(self) -> StatusCode {
        match self {
            Self::Question => StatusCode::BAD_REQUEST,
            Self::Unknown | Self::Pending | Self::Beyond => StatusCode::NOT_FOUND,
            Self::Unsigned | Self::Away => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Question => "evidence-question",
            Self::Unknown => "evidence-unknown",
            Self::Pending => "evidence-pending",
            Self::Beyond => "evidence-beyond",
            Self::Unsigned => "evidence-unsigned",
            Self::Away => "evidence-away",
            Self::Failed => "error-failed-text",
        }
    }
}

impl From<SourceError> for Lack {
    fn from(error: SourceError) -> Self {
        tracing::error!(%error, "what was asked for could not be made");
        Self::Failed
    }
}

impl IntoResponse for Lack {
    fn into_response(self) -> Response {
        let said = Language::ALL.map(|language| words(language).say(self.key()));
        let mut response = roots::fresh(PLAIN, said.join("\n") + "\n");
        *response.status_mut() = self.status();
        let out = response.headers_mut();
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// What stands in the register only is not asked for where it is out of reach or another.
fn within_reach(site: &Site) -> Result<(), Lack> {
    match site.source.freshness() {
        Freshness::Current => Ok(()),
        Freshness::AsOf { .. } => Err(Lack::Away),
    }
}

/// The signed public checkpoint, exactly the note.
pub(crate) async fn checkpoint(State(site): State<Arc<Site>>) -> Result<Response, Lack> {
    let checkpoint = site.source.checkpoint().await?;
    let note = checkpoint.note.ok_or(Lack::Unsigned)?;
    Ok(roots::fresh(PLAIN, note))
}

/// A hash tile. Entries are not served: a record goes only to who may see its act.
pub(crate) async fn tile(
    State(site): State<Arc<Site>>,
    Path(path): Path<String>,
) -> Result<Response, Lack> {
    within_reach(&site)?;
    let bytes = site.source.tile(&format!("tile/{path}")).await?;
    let bytes = bytes.ok_or(Lack::Unknown)?;
    let keep = if path.contains(".p/") {
        FOR_A_WHILE
    } else {
        FOR_EVER
    };
    let mut response = bytes.into_response();
    let out = response.headers_mut();
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(response)
}

/// The proof that an act is in the register (`?act=`), or that the register only grew (`?old=`).
pub(crate) async fn proof(
    State(site): State<Arc<Site>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Lack> {
    let asked = asked(query.as_deref()).ok_or(Lack::Question)?;
    within_reach(&site)?;
    match asked {
        Asked::Act(act) => {
            let text = given(site.source.act_proof(&act).await?, Lack::Unknown)?;
            Ok(named(
                roots::fresh(PLAIN, text),
                &format!("{act}.proof.txt"),
            ))
        }
        Asked::Old(size) => {
            let text = given(site.source.growth_proof(size).await?, Lack::Beyond)?;
            Ok(named(
                roots::fresh(PLAIN, text),
                &format!("from-{size}.proof.txt"),
            ))
        }
    }
}

fn given(given: Given, absent: Lack) -> Result<String, Lack> {
    match given {
        Given::Text(text) => Ok(text),
        Given::Absent => Err(absent),
        Given::Pending => Err(Lack::Pending),
        Given::Unsigned => Err(Lack::Unsigned),
    }
}

/// The record of an act, byte for byte.
pub(crate) async fn record(
    State(site): State<Arc<Site>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Lack> {
    let Some(Asked::Act(act)) = asked(query.as_deref()) else {
        return Err(Lack::Question);
    };
    within_reach(&site)?;
    let record = site.source.record(&act).await?.ok_or(Lack::Unknown)?;
    Ok(named(
        roots::fresh("application/json", record.text),
        &format!("{act}.json"),
    ))
}

/// The second verifier, for whoever wants to verify without a browser.
pub(crate) async fn verifier() -> Response {
    named(
        roots::fresh("text/x-python; charset=utf-8", VERIFIER.to_owned()),
        "verify.py",
    )
}

/// What is asked for: exactly one thing.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Act(String),
    Old(u64),
}

/// Read as it came: neither an id nor a size has a letter that an address writes in two ways.
fn asked(query: Option<&str>) -> Option<Asked> {
    match query?.split_once('=')? {
        ("act", act) if is_act(act) => Some(Asked::Act(act.to_owned())),
        ("old", size) => {
            let number: u64 = size.parse().ok()?;
            (number.to_string() == size).then_some(Asked::Old(number))
        }
        _ => None,
    }
}

/// Whether it is written as ids of acts are, so that it can name a file.
fn is_act(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The answer as a file of that name.
fn named(mut response: Response, name: &str) -> Response {
    let value = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .expect("names are made of letters, digits, dots and hyphens");
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, value);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_asked_for_and_in_one_way() {
        let act = "7zzzzzzzzzzzzzzzzzzzzzzzzz";
        assert_eq!(
            asked(Some(&format!("act={act}"))),
            Some(Asked::Act(act.to_owned()))
        );
        assert_eq!(asked(Some("old=0")), Some(Asked::Old(0)));
        assert_eq!(
            asked(Some("old=18446744073709551615")),
            Some(Asked::Old(u64::MAX))
        );
        for wrong in [
            "",
            "act=",
            "act=short",
            "act=7zzzzzzzzzzzzzzzzzzzzzzzz%22",
            "old=",
            "old=-1",
            "old=+1",
            "old=007",
            "old=18446744073709551616",
            "old=1&old=2",
            "old=1&act=7zzzzzzzzzzzzzzzzzzzzzzzzz",
            "position=1",
        ] {
            assert_eq!(asked(Some(wrong)), None, "{wrong}");
        }
        assert_eq!(asked(None), None);
    }
}
