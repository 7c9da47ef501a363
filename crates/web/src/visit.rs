use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use comity_view::{Date, Language, Seat};

use crate::addresses::Reading;
use crate::answer::{self, Listing, Page};
use crate::cache::Stamp;
use crate::fault::{self, Fault, Plain};
use crate::metrics::Came;
use crate::pages::{self, Ask, Evidence};
use crate::query::decode;
use crate::site::Site;
use crate::{Address, Freshness, Query, language};

/// Addresses beyond this are not read.
const LONGEST_TARGET: usize = 2_048;
/// Everybody who reads the site.
const SEAT: Seat = Seat::Public;

/// Where a request leads.
enum Route {
    Page(Visit),
    Redirect(StatusCode, String),
}

/// A page that was asked for.
#[derive(Debug, Clone)]
struct Visit {
    language: Language,
    address: Address,
    query: Query,
    on: Option<Date>,
}

/// A page that was drawn for somebody else and still holds. Asked before anything else is done with a request, time limit
/// and body limit included: nothing is read or drawn.
pub(crate) fn kept(site: &Site, request: &Request) -> Option<Response> {
    let method = request.method();
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    let cache = site.cache.as_ref()?;
    let page = cache.get(stamp(site), target(request.uri()))?;
    site.metrics.page(Came::Kept);
    Some(page.answer(method, request.headers()))
}

fn target(uri: &Uri) -> &str {
    uri.path_and_query()
        .map_or("/", axum::http::uri::PathAndQuery::as_str)
}

/// Every page that is not kept passes here.
pub(crate) async fn visit(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let (method, headers) = (&parts.method, &parts.headers);
    let target = target(&parts.uri);
    match route(&site, method, &parts.uri, headers) {
        Ok(Route::Page(visit)) => open(site, visit, target, method, headers).await,
        Ok(Route::Redirect(status, to)) => redirected(status, &to),
        Err(fault) => {
            let language =
                language::of_path(parts.uri.path()).unwrap_or_else(|| language::wished(headers));
            refused(site, language, fault, method).await
        }
    }
}

/// The stamp of the present state and day; hashed only when one of them has changed.
fn stamp(site: &Site) -> Stamp {
    let (day, state) = (site.source.today(), site.source.snapshot_key());
    let freshness = site.source.freshness();
    let known = site.stamp.read().ok().and_then(|known| {
        known
            .as_ref()
            .filter(|known| {
                known.day == day && known.state == state && known.freshness == freshness
            })
            .map(|known| known.stamp)
    });
    known.unwrap_or_else(|| {
        let stamp = Stamp::new(&site.configuration.build, SEAT, day, &state, freshness);
        if let Ok(mut known) = site.stamp.write() {
            *known = Some(Stamped {
                day,
                state,
                freshness,
                stamp,
            });
        }
        stamp
    })
}

/// The last stamp, with what it was made from.
#[derive(Debug)]
pub(crate) struct Stamped {
    day: Date,
    state: crate::SnapshotKey,
    freshness: Freshness,
    stamp: Stamp,
}

fn redirected(status: StatusCode, to: &str) -> Response {
    let mut response = answer::redirect(status, to);
    if status == StatusCode::SEE_OTHER {
        response
            .headers_mut()
            .insert(header::VARY, HeaderValue::from_static("accept-language"));
    }
    response
}

fn route(site: &Site, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Route, Fault> {
    if uri
        .path_and_query()
        .is_some_and(|target| target.as_str().len() > LONGEST_TARGET)
    {
        return Err(Fault::TooLong);
    }
    if method != Method::GET && method != Method::HEAD {
        return Err(Fault::Method);
    }
    let segments: Vec<String> = uri
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .map(decode)
        .collect::<Result<_, _>>()
        .map_err(|_| Fault::Malformed)?;
    let Some((code, rest)) = segments.split_first() else {
        let home = Address::Home.path(language::wished(headers));
        return Ok(Route::Redirect(StatusCode::SEE_OTHER, home));
    };
    let language = Language::from_code(code).ok_or(Fault::NotFound)?;
    let query = Query::read(uri.query().unwrap_or_default()).map_err(|_| Fault::Malformed)?;
    let tail = uri
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    let moved = |address: &Address| {
        Ok(Route::Redirect(
            StatusCode::MOVED_PERMANENTLY,
            address.path(language) + &tail,
        ))
    };
    match Address::read(language, rest) {
        Reading::Nothing => Err(Fault::NotFound),
        Reading::OtherLanguage(address) => moved(&address),
        // A slash at the end, or two in a row.
        Reading::Page(address) if uri.path().split('/').count() != segments.len() + 1 => {
            moved(&address)
        }
        Reading::Page(address) => {
            let on = query.get("on").map(|day| read_day(site, day)).transpose()?;
            let query = query.keep(pages::parameters(address.kind()));
            Ok(Route::Page(Visit {
                language,
                address,
                query,
                on,
            }))
        }
    }
}

/// A day that can be shown: year, month and day, up to the conference's today.
fn read_day(site: &Site, text: &str) -> Result<Date, Fault> {
    // Jiff reads more forms than a citation should have.
    let plain = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = text
        .parse::<Date>()
        .ok()
        .filter(|day| plain && *day <= site.source.today());
    day.ok_or_else(|| Fault::Day {
        asked: text.chars().take(40).collect(),
    })
}

async fn open(
    site: Arc<Site>,
    visit: Visit,
    target: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Response {
    let language = visit.language;
    let evidence = match pages::gather(site.source.as_ref(), &visit.address).await {
        Ok(evidence) => evidence,
        Err(error) => {
            tracing::error!(%error, "a page could not be drawn");
            return refused(site, language, Fault::Failed, method).await;
        }
    };
    // A key that is put in its place later changes no state: what lacks it must not be kept.
    let whole = !matches!(&evidence, Evidence::Checkpoint(checkpoint) if checkpoint.note.is_none());
    match drawn(Arc::clone(&site), visit, evidence).await {
        Ok((stamp, page)) => {
            site.metrics.page(Came::Drawn);
            let response = page.answer(method, headers);
            if let Some(cache) = site.cache.as_ref().filter(|_| whole) {
                cache.keep(stamp, target, page);
            }
            response
        }
        Err(fault) => refused(site, language, fault, method).await,
    }
}

/// Draws a page and says under which stamp it may be kept: that of the state from which it was drawn.
async fn drawn(site: Arc<Site>, visit: Visit, evidence: Evidence) -> Result<(Stamp, Page), Fault> {
    away(Arc::clone(&site), move || {
        // Before the view: a state that is newer than it says is in order, an older one is not.
        let freshness = site.source.freshness();
        let view = site.source.view(SEAT, visit.language, visit.on);
        let state = crate::SnapshotKey {
            size: view.snapshot().size,
            root: view.snapshot().root.clone(),
            open: view.snapshot().open.clone(),
            rules_hash: view.snapshot().rules_hash.clone(),
            demo: view.snapshot().demo,
        };
        let build = &site.configuration.build;
        let stamp = Stamp::new(build, SEAT, view.lens().today, &state, freshness);
        let listing = if visit.on.is_none() {
            pages::listing(visit.address.kind())
        } else {
            Listing::Closed
        };
        let script = pages::script(visit.address.kind());
        let ask = Ask {
            address: visit.address,
            query: visit.query,
            view,
            evidence,
            freshness,
            site: Arc::clone(&site),
        };
        let html = pages::draw(&ask)?;
        let page = Page::new(html, visit.language, listing, script);
        Ok((stamp, page))
    })
    .await
    .unwrap_or(Err(Fault::Failed))
}

/// The page that says why there is none.
pub(crate) async fn refused(
    site: Arc<Site>,
    language: Language,
    fault: Fault,
    method: &Method,
) -> Response {
    let status = fault.status();
    let drawn = away(Arc::clone(&site), move || {
        let view = site.source.view(SEAT, language, None);
        let source = &site.source;
        pages::draw_fault(
            &view,
            (source.public_head(), source.freshness()),
            &fault,
            LONGEST_TARGET,
            site.indoors.is_some(),
        )
    })
    .await;
    let text = drawn
        .and_then(Result::ok)
        .unwrap_or_else(|| fault::plain(language, Plain::Failed));
    let mut response = answer::bare(method, status, language, text);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// Does work that keeps a processor busy away from the threads that answer; `None` where it broke.
async fn away<T: Send + 'static>(
    site: Arc<Site>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let _turn = site.drawing.acquire().await.ok()?;
    tokio::task::spawn_blocking(work)
        .await
        .inspect_err(|error| tracing::error!(%error, "the drawing of a page broke"))
        .ok()
}
