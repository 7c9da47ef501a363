use askama::Template;

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;

#[derive(Template)]
#[template(path = "pages/glossary.html")]
struct GlossaryPage {
    frame: Frame,
    /// Code of the language of the second column.
    other: &'static str,
    glossary: crate::Glossary,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let language = ask.view.language();
    let words = words(language);
    let frame = Frame::new(ask, words.say("glossary-title")).described(words.say("glossary-lead"));
    let glossary = ask.site.source.glossary(language);
    render(&GlossaryPage {
        frame,
        other: language.other().code(),
        glossary,
    })
}
