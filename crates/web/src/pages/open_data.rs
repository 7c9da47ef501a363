use askama::Template;

use super::{Ask, render};
use crate::Address;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;

#[derive(Template)]
#[template(path = "pages/open_data.html")]
struct OpenData {
    frame: Frame,
    rows: Vec<Row>,
    feed: String,
    /// Absent until that page is there.
    checkpoint: Option<String>,
}

struct Row {
    title: String,
    count: String,
    json: String,
    csv: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let language = ask.view.language();
    let words = words(language);
    let frame =
        Frame::new(ask, words.say("open-data-title")).described(words.say("open-data-lead"));
    let collections = ask.view.collections();
    let rows = collections
        .into_iter()
        .map(|collection| Row {
            count: words.number(collection.rows),
            json: format!("/api/v1/{}", collection.name),
            csv: format!("/api/v1/{}.csv", collection.name),
            title: collection.title.get(language).to_owned(),
        })
        .collect();
    let checkpoint = super::exists(crate::Kind::Checkpoint).then(|| frame.of(&Address::Checkpoint));
    render(&OpenData {
        rows,
        feed: format!("/{}/feed.atom", language.code()),
        checkpoint,
        frame,
    })
}
