use std::sync::{Arc, RwLock};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::cache::PageCache;
use crate::inside::Indoors;
use crate::metrics::{Counters, Metrics};
use crate::{Source, api, assets, evidence, feed, inside, outside, roots, sitemap, visit};

/// Nothing that is served takes a body.
const BODY_BYTES: usize = 16 * 1024;
/// Pages drawn at once; more would only wait for the same processors, each with its compressor's memory.
const DRAWN_AT_ONCE: usize = 4;

/// What the program decides about the site.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// Scheme and host under which the site is reached from outside, without a slash at the end: for feeds, the site map and
    /// canonical addresses. Absent: from the request where it must be absolute, otherwise relative.
    pub public_address: Option<String>,
    /// Proxies that are ours besides those on this machine: what they say of where a request comes from is believed.
    pub proxies: Vec<std::net::IpAddr>,
    /// How much of the drawn pages to keep; 0 keeps none.
    pub cache_bytes: u64,
    /// What tells this build from another.
    pub build: String,
    /// How long an answer may take.
    pub patience: Duration,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            public_address: None,
            proxies: Vec::new(),
            cache_bytes: 8 * 1024 * 1024,
            build: env!("CARGO_PKG_VERSION").to_owned(),
            patience: Duration::from_secs(10),
        }
    }
}

/// What every request can reach.
pub(crate) struct Site {
    pub(crate) source: Arc<dyn Source>,
    /// The way in; absent where there are no seats.
    pub(crate) indoors: Option<Arc<dyn Indoors>>,
    pub(crate) configuration: Configuration,
    pub(crate) cache: Option<PageCache>,
    pub(crate) metrics: Metrics,
    pub(crate) drawing: Semaphore,
    /// The last stamp of the cache, so that a request does not hash it anew.
    pub(crate) stamp: RwLock<Option<visit::Stamped>>,
}

/// The site over a source, ready to be served.
pub fn site(source: Arc<dyn Source>, configuration: Configuration) -> Router {
    counted_site(source, None, configuration).0
}

/// The site with what it counts about itself. The figures are for whoever runs it and are served elsewhere: they move with
/// every act, closed ones too.
pub fn counted_site(
    source: Arc<dyn Source>,
    indoors: Option<Arc<dyn Indoors>>,
    configuration: Configuration,
) -> (Router, Counters) {
    let patience = configuration.patience;
    let site = Arc::new(Site {
        source,
        indoors,
        cache: PageCache::new(configuration.cache_bytes),
        configuration,
        metrics: Metrics::new(),
        drawing: Semaphore::new(DRAWN_AT_ONCE),
        stamp: RwLock::new(None),
    });
    let counters = Counters(Arc::clone(&site));
    let public = Router::new()
        .route("/healthz", get(roots::healthz))
        .route("/readyz", get(roots::readyz))
        .route("/robots.txt", get(roots::robots))
        .route("/sitemap.xml", get(sitemap::sitemap))
        .route("/checkpoint", get(evidence::checkpoint))
        .route("/tile/{*path}", get(evidence::tile))
        .route("/proof", get(evidence::proof))
        .route("/record", get(evidence::record))
        .route("/verify.py", get(evidence::verifier))
        .route("/favicon.ico", get(assets::favicon))
        .route("/assets/{name}", get(assets::serve))
        .route("/es/feed.atom", get(feed::spanish))
        .route("/en/feed.atom", get(feed::english))
        .merge(api::routes())
        .fallback(visit::visit)
        .layer(RequestBodyLimitLayer::new(BODY_BYTES));
    let router = public
        .merge(inside::routes(&site))
        .layer(from_fn_with_state(Arc::clone(&site), inside::own::own))
        .layer(CatchPanicLayer::custom(outside::broke))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            patience,
        ))
        .layer(from_fn_with_state(Arc::clone(&site), outside::outside))
        .with_state(site);
    (router, counters)
}
