//! The open-data interface: every collection and item as JSON and CSV, with the descriptions that machines read.
//!
//! All of it is drawn from `comity_view::table`: what a field is called and what it holds is said there, once. It must
//! not know where views come from (whoever mounts it says so), nor hold a page or a word of the site.
//!
//! Start with [`routes`]; [`json`], [`csv`], [`openapi`] and [`datapackage`] are pure.

mod ask;
mod csv;
mod datapackage;
mod json;
mod openapi;
mod problem;
mod reply;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trial;

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRef, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use comity_view::table::Table;
use comity_view::{Date, Language, Seat, View};

use crate::site::Site;
use ask::{Ask, Form};
use problem::Problem;
use reply::Reply;

pub use csv::csv;
pub use datapackage::datapackage;
use json::Page;
pub use json::{index, item, json};
pub use openapi::openapi;

/// Where everything of the interface stands.
pub const ROOT: &str = "/api/v1";
/// As many rows as one answer holds.
pub const ROWS_MAX: usize = 10_000;

/// Opens what the public sees, in a language and on a day.
#[derive(Clone)]
pub(crate) struct Open(Arc<dyn Fn(Language, Option<Date>) -> View + Send + Sync>);

impl Open {
    pub fn new(open: impl Fn(Language, Option<Date>) -> View + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }
}

impl FromRef<Arc<Site>> for Open {
    fn from_ref(site: &Arc<Site>) -> Self {
        let site = Arc::clone(site);
        Self::new(move |language, on| site.source.view(Seat::Public, language, on))
    }
}

type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// The addresses of the interface, to be merged into the site's.
pub(crate) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Open: FromRef<S>,
{
    Router::new()
        .route("/api/v1", get(root))
        .route("/api/v1/", get(root))
        .route("/api/v1/openapi.json", get(description))
        .route("/api/v1/datapackage.json", get(package))
        .route("/api/v1/{collection}", get(collection))
        .route("/api/v1/{collection}/{*id}", get(one))
}

async fn root(State(open): State<Open>, headers: HeaderMap, pairs: Pairs) -> Response {
    whole(&open, &headers, pairs, index)
}

async fn description(State(open): State<Open>, headers: HeaderMap, pairs: Pairs) -> Response {
    whole(&open, &headers, pairs, openapi)
}

async fn package(State(open): State<Open>, headers: HeaderMap, pairs: Pairs) -> Response {
    whole(&open, &headers, pairs, datapackage)
}

/// Answers with something that is made of the whole view.
fn whole(open: &Open, headers: &HeaderMap, pairs: Pairs, make: fn(&View) -> String) -> Response {
    let language = ask::language_of(headers);
    let reply = Ask::read(pairs, &["lang"], language)
        .map(|ask| Reply::json(make(&(open.0)(ask.language, None))));
    reply::send(reply, headers)
}

async fn collection(
    State(open): State<Open>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Response {
    let language = ask::language_of(&headers);
    let named = path.map_or_else(|_| String::new(), |Path(name)| name);
    let reply = Ask::read(pairs, &["lang", "on", "limit", "offset"], language).and_then(|ask| {
        let (name, form) = match named.strip_suffix(".csv") {
            Some(name) => (name, Form::Csv),
            None => (named.as_str(), ask::form_of(&headers)),
        };
        let (view, table) = table(&open, &ask, name)?;
        let page = Page {
            limit: ask.limit,
            offset: ask.offset,
        };
        Ok(match form {
            Form::Json => Reply::json(json::page(&table, &view, page)),
            Form::Csv => Reply::csv(csv::csv_page(&table, page), &table.name),
        })
    });
    reply::send(reply, &headers)
}

async fn one(
    State(open): State<Open>,
    path: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Response {
    let language = ask::language_of(&headers);
    let (name, id) = path.map_or_else(|_| (String::new(), String::new()), |Path(named)| named);
    let reply = Ask::read(pairs, &["lang", "on"], language).and_then(|ask| {
        let (view, table) = table(&open, &ask, &name)?;
        let body = item(&table, &view, &id).ok_or_else(|| {
            Problem::UnknownItem {
                collection: name.clone(),
                id: id.clone(),
            }
            .told_in(ask.language)
        })?;
        Ok(Reply::json(body))
    });
    reply::send(reply, &headers)
}

/// The collection that is asked for, on the day that is asked for.
fn table(open: &Open, ask: &Ask, name: &str) -> Result<(View, Table), problem::Told> {
    let view = (open.0)(ask.language, ask.on);
    let table = view
        .table(name)
        .ok_or_else(|| Problem::UnknownCollection(name.to_owned()).told_in(ask.language))?;
    Ok((view, table))
}
