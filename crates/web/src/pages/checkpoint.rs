use askama::Template;

use super::{Ask, Evidence, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::{Address, Checkpoint};

#[derive(Template)]
#[template(path = "pages/checkpoint.html")]
struct CheckpointPage {
    frame: Frame,
    checkpoint: Checkpoint,
    size: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let Evidence::Checkpoint(checkpoint) = &ask.evidence else {
        return Err(Fault::Failed);
    };
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .below(&Address::Register)
        .described(words.say("checkpoint-lead"));
    render(&CheckpointPage {
        size: words.number(checkpoint.size),
        checkpoint: checkpoint.clone(),
        frame,
    })
}
