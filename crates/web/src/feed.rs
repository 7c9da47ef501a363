use std::cmp::Reverse;
use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use comity_view::{Language, Seat, View};

use crate::language::words;
use crate::site::Site;
use crate::{Address, Thing, roots};

/// How many entries a reader gets.
const LATEST: usize = 40;

pub(crate) async fn spanish(state: State<Arc<Site>>, headers: HeaderMap) -> Response {
    feed(&state, &headers, Language::Es)
}

pub(crate) async fn english(state: State<Arc<Site>>, headers: HeaderMap) -> Response {
    feed(&state, &headers, Language::En)
}

/// The latest of the record, as Atom (RFC 4287).
fn feed(site: &Site, headers: &HeaderMap, language: Language) -> Response {
    let origin = roots::origin(site, headers);
    let view = site.source.view(Seat::Public, language, None);
    let mut things = site.source.things(language);
    things.sort_by_key(|thing| (Reverse(thing.entered_at), thing.link.id.clone()));
    things.truncate(LATEST);
    let head = Head {
        origin: &origin,
        authority: authority(&origin, &view),
        language,
        view: &view,
    };
    roots::fresh(
        "application/atom+xml; charset=utf-8",
        written(&head, &things),
    )
}

struct Head<'a> {
    origin: &'a str,
    /// Host and date of the `tag:` ids (RFC 4151).
    authority: String,
    language: Language,
    view: &'a View,
}

fn authority(origin: &str, view: &View) -> String {
    let host = origin
        .split("://")
        .last()
        .unwrap_or_default()
        .split(':')
        .next()
        .unwrap_or_default();
    format!("tag:{host},{}", view.rules().process.go_live)
}

fn written(head: &Head<'_>, things: &[Thing]) -> String {
    let Head {
        origin,
        authority,
        language,
        view,
    } = head;
    let title =
        escaped(&words(*language).say_with("feed-title", &[("name", view.masthead().into())]));
    let author = escaped(view.masthead());
    let code = language.code();
    // Atom asks for a time; a register without things was never updated.
    let updated = things.first().map_or_else(
        || "1970-01-01T00:00:00Z".to_owned(),
        |thing| thing.entered_at.to_string(),
    );
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{code}\">\n<id>{authority}:feed/{code}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n<author><name>{author}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{origin}/{code}/feed.atom\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{origin}/{code}\"/>\n"
    );
    for thing in things {
        entry(&mut text, head, thing);
    }
    text.push_str("</feed>\n");
    text
}

fn entry(text: &mut String, head: &Head<'_>, thing: &Thing) {
    let (address, place) = Address::of(&thing.link);
    let path =
        address.path(head.language) + &place.map(|place| format!("#{place}")).unwrap_or_default();
    let (title, path) = (escaped(&thing.link.label.text), escaped(&path));
    let Head {
        origin,
        authority,
        language,
        ..
    } = head;
    // The act is part of the id: a correction of the same thing is an entry of its own.
    write!(
        text,
        "<entry>\n<id>{authority}:act/{}/{}</id>\n<title>{title}</title>\n<updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{origin}{path}\"/>\n",
        escaped(&thing.act),
        language.code(),
        thing.entered_at,
    )
    .expect("a string takes any text");
    if let Some(summary) = &thing.summary {
        writeln!(text, "<summary>{}</summary>", escaped(summary)).expect("a string takes any text");
    }
    text.push_str("</entry>\n");
}

/// Text inside XML; characters that XML does not have are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}
