//! Whoever entered something sees it, at whichever node they are next.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::Semaphore;

use super::cookies;
use crate::site::Site;

/// How long a page waits for what its reader entered at another node. After that it is drawn as the node knows it: one that
/// is cut off from its register says so.
const PATIENCE: Duration = Duration::from_secs(1);

/// So many wait at once; whoever comes beside them is shown what the node knows.
static WAITING: Semaphore = Semaphore::const_new(16);

/// Lets a node that is behind what this browser entered catch up first, for whatever page, and notes in the browser what it enters here.
pub(crate) async fn own(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let Some(indoors) = &site.indoors else {
        return next.run(request).await;
    };
    let before = indoors.held();
    let wanted = cookies::read_entered(request.headers());
    // Whoever makes a mark up asks the register for nothing more than these few do.
    if let Some(wanted) = wanted.filter(|wanted| *wanted != before)
        && let Ok(_place) = WAITING.try_acquire()
    {
        let _ = tokio::time::timeout(PATIENCE, indoors.until_held(wanted)).await;
    }
    let enters = request.method() == axum::http::Method::POST;
    let mut response = next.run(request).await;
    let held = indoors.held();
    // Others may have entered it: then the browser waits for theirs, which does no harm.
    if enters && held != before {
        let cookie = cookies::entered(&held, indoors.is_secure());
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}
