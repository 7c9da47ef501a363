use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use comity_view::Language;

use crate::site::Site;
use crate::{Address, Kind, pages, roots};

/// Every page that search engines may list, in both languages, each with its other language.
pub(crate) async fn sitemap(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let origin = roots::origin(&site, &headers);
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for address in addresses(&site) {
        for language in Language::ALL {
            write!(text, "<url><loc>{origin}{}</loc>", address.path(language))
                .expect("a string takes any text");
            for other in Language::ALL {
                let (code, path) = (other.code(), address.path(other));
                write!(
                    text,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{origin}{path}\"/>"
                )
                .expect("a string takes any text");
            }
            text.push_str("</url>\n");
        }
    }
    text.push_str("</urlset>\n");
    roots::fresh("application/xml; charset=utf-8", text)
}

fn addresses(site: &Site) -> Vec<Address> {
    let single = Kind::ALL
        .iter()
        .filter_map(|kind| kind.single())
        .collect::<Vec<_>>();
    let things = site.source.things(Language::Es);
    let mut known = BTreeSet::new();
    let items = things
        .iter()
        .map(|thing| Address::of(&thing.link))
        .filter(|(_, place)| place.is_none())
        .map(|(address, _)| address);
    single
        .into_iter()
        .chain(items)
        .filter(|address| {
            pages::is_listed(address.kind()) && known.insert(address.path(Language::Es))
        })
        .collect()
}
