use askama::Template;
use comity_view::View;

use super::render;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::inside::Room;
use crate::{Address, Freshness, PublicHead, language};

#[derive(Template)]
#[template(path = "pages/error.html")]
struct ErrorPage {
    frame: Frame,
    text: String,
    /// What a search for it starts with; absent where searching does not help.
    question: Option<String>,
    /// The form for another day is offered.
    asks_for_day: bool,
}

/// The page that says what happened and what to do; with the way in, where there is a `door`.
pub(crate) fn draw(
    view: &View,
    (head, freshness): (PublicHead, Freshness),
    fault: &Fault,
    longest: usize,
    door: bool,
) -> Result<String, Fault> {
    let words = language::words(view.language());
    let (title, text) = fault.keys();
    let today = words.day(view.lens().today);
    let text = match fault {
        Fault::Unknown { id } => words.say_with(text, &[("id", id.as_str().into())]),
        Fault::Day { asked } => words.say_with(
            text,
            &[("day", asked.as_str().into()), ("today", today.into())],
        ),
        Fault::TooLong => words.say_with(text, &[("limit", longest.into())]),
        Fault::NotFound | Fault::Malformed | Fault::Method | Fault::TooOften | Fault::Failed => {
            words.say(text).into_owned()
        }
    };
    let question = match fault {
        Fault::NotFound | Fault::Malformed => Some(String::new()),
        // Ids are words with hyphens: as words they are a fair question.
        Fault::Unknown { id } => Some(id.replace(['-', '/'], " ")),
        Fault::Day { .. } | Fault::TooLong | Fault::Method | Fault::TooOften | Fault::Failed => {
            None
        }
    };
    let asks_for_day = matches!(fault, Fault::Day { .. });
    let mut frame = Frame::around(view, head, words.say(title).into_owned()).noticed(freshness);
    frame.door = door.then(|| Room::SignIn.path(view.language()));
    render(&ErrorPage {
        frame,
        text,
        question,
        asks_for_day,
    })
}
