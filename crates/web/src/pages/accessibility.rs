use askama::Template;

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;

#[derive(Template)]
#[template(path = "pages/accessibility.html")]
struct Accessibility {
    frame: Frame,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say("accessibility-title"))
        .described(words.say("accessibility-lead"));
    render(&Accessibility { frame })
}
