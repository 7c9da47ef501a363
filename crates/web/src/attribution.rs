use comity_view::{Link, Says, Target, Words};

use crate::frame::Frame;

/// Who says so: the line of the source, the act, and how the reading differs from print.
#[derive(Debug, Clone)]
pub(crate) struct Attribution {
    /// "Source: …, lines 519–541."
    pub(crate) source: String,
    /// "Lines 519–541", for rows of a list whose source stands below it.
    pub(crate) lines: String,
    pub(crate) act: Link,
    /// What the link to the act says to those who hear it out of its row.
    pub(crate) act_of: String,
    /// What stands in print, the reason of a difference, corrections: quiet notes.
    pub(crate) notes: Vec<String>,
}

impl Attribution {
    /// Of a thing whose name is `thing`; `work` is the title of the source.
    pub(crate) fn new(frame: &Frame, says: &Says, thing: &str) -> Self {
        let words = frame.words();
        let (source, lines) = match &says.lines {
            Some(lines) => {
                let count = if lines.bytes().all(|byte| byte.is_ascii_digit()) {
                    1
                } else {
                    2
                };
                let lines = dashed(lines);
                let source = [
                    ("work", frame.work().into()),
                    ("lines", lines.as_str().into()),
                    ("count", count.into()),
                ];
                (
                    words.say_with("says-source", &source),
                    words.say_with("says-lines", &source[1..]),
                )
            }
            None => (
                frame.say("says-enacted").into_owned(),
                frame.say("says-enacted").into_owned(),
            ),
        };
        Self {
            source,
            lines,
            act: Link {
                to: Target::Act,
                id: says.act.clone(),
                label: Words {
                    text: frame.say("says-act").into_owned(),
                    standing: None,
                },
            },
            act_of: frame.say_one("says-act-of", "thing", thing),
            notes: notes(frame, says),
        }
    }
}

fn notes(frame: &Frame, says: &Says) -> Vec<String> {
    let mut notes = Vec::new();
    if !says.printed.is_empty() {
        let mut values: Vec<String> = says
            .printed
            .iter()
            .map(|(_, value)| frame.say_one("says-printed-one", "value", value.as_str()))
            .collect();
        values.dedup();
        notes.push(frame.say_one("says-printed", "values", values.join("; ")));
    }
    notes.extend(says.note.clone());
    if says.inferred {
        notes.push(frame.say("says-inferred").into_owned());
    }
    if says.corrections > 0 {
        notes.push(frame.say_one("says-corrected", "count", says.corrections));
    }
    notes
}

/// A span of lines with the dash of print.
pub(crate) fn dashed(lines: &str) -> String {
    lines.replace('-', "–")
}
