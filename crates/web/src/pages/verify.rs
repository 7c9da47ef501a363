use askama::Template;
use comity_view::{Link, Target, Words};
use comity_wording::{Value, Wording};

use super::{Ask, Evidence, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::{Address, Checkpoint};

/// The page that verifies in the reader's browser: an act, or two files.
#[derive(Template)]
#[template(path = "pages/verify.html")]
struct VerifyPage {
    frame: Frame,
    /// The act whose page it is; absent where the reader brings files.
    act: Option<Act>,
    checkpoint: Checkpoint,
    /// The key that signs now, as this site shows it.
    shown_key: String,
    /// What the script may have to say, by its own names.
    words: Vec<(&'static str, String)>,
}

/// What the script may have to say, with the names of what it puts in.
const WORDS: &[(&str, &[&str])] = &[
    ("checking", &[]),
    ("good-record", &["act", "at", "leaf"]),
    ("good-path", &["steps", "size", "root"]),
    ("good-signature", &["origin", "key"]),
    ("bad-form", &[]),
    ("bad-path", &[]),
    ("bad-signature", &["detail"]),
    ("bad-unsigned", &["detail"]),
    ("bad-key", &[]),
    ("bad-other-act", &["detail"]),
    ("bad-files", &[]),
    ("bad-fetch", &["detail"]),
    ("bad-pending", &[]),
    ("bad-unsure-signature", &[]),
    ("bad-failed", &["detail"]),
    ("proven", &[]),
    ("proven-text", &[]),
    ("agrees", &[]),
    ("agrees-text", &[]),
    ("refused", &[]),
    ("refused-text", &[]),
    ("unsure", &[]),
    ("unsure-text", &[]),
    ("insecure", &[]),
];

struct Act {
    link: Link,
    /// Where its record and its proof are had.
    record: String,
    proof: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let Evidence::Checkpoint(checkpoint) = &ask.evidence else {
        return Err(Fault::Failed);
    };
    let words = words(ask.view.language());
    let act = ask.address.id().map(|id| act(ask, id)).transpose()?;
    let title = words.say(super::name_key(ask.address.kind()));
    let mut frame = Frame::new(ask, title)
        .below(&Address::Register)
        .described(words.say("verify-lead"));
    if let Some(act) = &act {
        frame = frame.below_thing(&act.link);
    }
    render(&VerifyPage {
        shown_key: checkpoint.keys.first().cloned().unwrap_or_default(),
        checkpoint: checkpoint.clone(),
        words: WORDS
            .iter()
            .map(|(word, values)| (*word, said(words, word, values)))
            .collect(),
        act,
        frame,
    })
}

/// A word with its gaps left open, for the script to fill: `{act}`.
fn said(words: &Wording, word: &str, values: &[&str]) -> String {
    let gaps: Vec<String> = values.iter().map(|value| format!("{{{value}}}")).collect();
    let gaps: Vec<(&str, Value<'_>)> = values
        .iter()
        .zip(&gaps)
        .map(|(name, gap)| (*name, gap.as_str().into()))
        .collect();
    words.say_with(&format!("verify-{word}"), &gaps)
}

fn act(ask: &Ask, id: &str) -> Result<Act, Fault> {
    let line = ask.view.act_line(id).ok_or_else(|| ask.unknown())?;
    let kind = super::act::kind_name(words(ask.view.language()), line.kind);
    let name = match &line.about {
        Some(about) => format!("{kind}: {}", crate::rows::clipped(&about.label.text, 120)),
        None => kind,
    };
    Ok(Act {
        record: format!("/record?act={}", line.id),
        proof: format!("/proof?act={}", line.id),
        link: Link {
            to: Target::Act,
            id: line.id,
            label: Words {
                text: name,
                standing: None,
            },
        },
    })
}
