//! What whoever runs the program may know of it, at an address of its own: readers of the site never reach it, since the
//! figures move with every act, closed ones too.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use comity_registrar::{APPEND_MS, Registrar, Standing};
use comity_web::{Counters, Exposition};

struct Watched {
    registrar: Registrar,
    site: Counters,
}

/// The address under which a monitor fetches the figures: `/metrics`.
pub fn router(registrar: Registrar, site: Counters) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .with_state(Arc::new(Watched { registrar, site }))
}

/// Where the figures are served, for the log.
pub fn address(address: SocketAddr) -> String {
    format!("http://{address}/metrics")
}

async fn metrics(State(watched): State<Arc<Watched>>) -> Response {
    let mut out = Exposition::default();
    register(&watched.registrar, &mut out);
    watched.site.write(&mut out);
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, out.into_text()).into_response()
}

fn register(registrar: &Registrar, out: &mut Exposition) {
    let measures = registrar.measures();
    out.gauge(
        "conference_register_size",
        "Acts that this node has taken in",
        registrar.state().head().size,
    );
    let standing = registrar.standing();
    let standings =
        Standing::NAMES.map(|name| (format!("standing=\"{name}\""), name == standing.name()));
    out.states(
        "conference_standing",
        "How the node stands to its register: 1 where it stands so",
        &standings,
    );
    out.gauge(
        "conference_tail_lag_seconds",
        "How long ago this node was last known to hold all of the register",
        registrar.tail_lag().as_secs_f64(),
    );
    out.counter(
        "conference_appended_acts_total",
        "Acts that this node has entered",
        &[("", measures.acts)],
    );
    out.counter(
        "conference_appends_total",
        "Batches that this node has handed to the register, by what came of them",
        &[
            ("outcome=\"committed\"", measures.appends),
            ("outcome=\"conflict\"", measures.conflicts),
            ("outcome=\"failed\"", measures.failures),
            ("outcome=\"unknown\"", measures.unknown),
        ],
    );
    out.histogram(
        "conference_append_seconds",
        "How long it took until a batch was on disk",
        &APPEND_MS.map(|edge| f64::from(u32::try_from(edge).unwrap_or(u32::MAX)) / 1_000.0),
        &measures.append_classes,
        measures.append_time.as_secs_f64(),
    );
}
