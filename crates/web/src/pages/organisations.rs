use askama::Template;
use comity_view::OrganizationLine;

use super::{Ask, render};
use crate::Address;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::sources;

#[derive(Template)]
#[template(path = "pages/organisations.html")]
struct Organisations {
    frame: Frame,
    /// "22 organisations · six of them are observers"
    count: String,
    rows: Vec<Organisation>,
    source: Option<String>,
}

struct Organisation {
    line: OrganizationLine,
    supports: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let lead = words.say("organisations-lead");
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .below(&Address::Members)
        .described(lead);
    let lines = ask.view.organizations();
    let observers = lines.iter().filter(|line| line.observer).count();
    let said = |key, count: usize| words.say_with(key, &[("count", count.into())]);
    let row = |line: OrganizationLine| Organisation {
        supports: said("organisations-supports", line.supports),
        line,
    };
    render(&Organisations {
        count: format!(
            "{}. {}.",
            said("organisations-count", lines.len()),
            said("organisations-observers", observers)
        ),
        source: sources::together(&frame, lines.iter().map(|line| &line.says)),
        rows: lines.into_iter().map(row).collect(),
        frame,
    })
}
