use askama::Template;

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::{Found, Kind};

/// More than anybody reads; the order is by how well each answers.
const MOST_RESULTS: usize = 60;

#[derive(Template)]
#[template(path = "pages/search.html")]
struct Search {
    frame: Frame,
    question: String,
    /// Something was asked.
    asked: bool,
    results: Vec<Found>,
    /// Where to go on from, where nothing was found: name and address.
    lists: Vec<(String, String)>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let question = ask.query.get("q").unwrap_or_default().to_owned();
    let asked = !question.is_empty();
    let mut results = if asked {
        ask.site
            .source
            .search(ask.view.language(), &question, MOST_RESULTS)
    } else {
        Vec::new()
    };
    let title = if asked {
        words
            .say_with(
                "search-results-for",
                &[("question", question.as_str().into())],
            )
            .into()
    } else {
        words.say("search-title")
    };
    let frame = Frame::new(ask, title).described(words.say("search-lead"));
    results.retain(|found| frame.leads(&found.link));
    let lists = [
        Kind::Documents,
        Kind::Meetings,
        Kind::Plan,
        Kind::Members,
        Kind::Glossary,
    ]
    .into_iter()
    .filter(|kind| super::exists(*kind))
    .filter_map(|kind| Some((frame.name_of(kind), frame.of(&kind.single()?))))
    .collect();
    render(&Search {
        frame,
        question,
        asked,
        results,
        lists,
    })
}
