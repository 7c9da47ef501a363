//! What was entered on a note, in words.

use comity_view::EnteredLine;

use super::Room;
use super::applications::size;
use super::consultation::{Wall, moment};
use super::visit::Call;
use crate::frame::Frame;

pub(super) struct EnteredShown {
    /// What was done, and of whom it speaks.
    pub(super) what: String,
    pub(super) reference: String,
    pub(super) at: String,
    /// Where the paper is, with what it is.
    pub(super) file: Option<(String, String)>,
}

pub(super) fn entered(
    call: &Call,
    frame: &Frame,
    lines: &[EnteredLine],
    zone: &Wall,
) -> Vec<EnteredShown> {
    let in_words = lines.iter().map(|line| {
        let what = frame.say(&format!("act-kind-{}", line.kind)).into_owned();
        let file = line.file.as_ref().map(|file| {
            let href = Room::File(line.act.clone()).path(call.language);
            (href, size(&file.kind, file.bytes))
        });
        EnteredShown {
            what: match &line.party_label {
                Some(party) => format!("{what}: {party}"),
                None => what,
            },
            reference: line.reference.clone(),
            at: moment(frame, line.at, zone),
            file,
        }
    });
    in_words.collect()
}
