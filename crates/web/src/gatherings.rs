use comity_view::{Link, MeetingLine, Says, StepLine, Words};

use crate::attribution::dashed;
use crate::frame::Frame;
use crate::rows;

/// A meeting in a list.
#[derive(Debug)]
pub(crate) struct MeetingRow {
    /// "June 2011"
    pub(crate) when: String,
    /// "Santo Domingo, Dominican Republic"; empty where it is not known.
    pub(crate) place: String,
    /// The body, where its name does not say it already, and the place.
    pub(crate) about: String,
    pub(crate) link: Link,
    pub(crate) body: Link,
    /// The class of its sign; empty for a body without one.
    pub(crate) sign: &'static str,
    pub(crate) presidency: Option<Link>,
    /// "inferred", "date not exact"
    pub(crate) marks: Vec<String>,
}

/// Something that happened to something.
#[derive(Debug)]
pub(crate) struct Deed {
    /// Empty where the source gives no date.
    pub(crate) when: String,
    pub(crate) about: Option<Link>,
    pub(crate) what: String,
    pub(crate) text: Option<String>,
    pub(crate) meeting: Option<Link>,
    pub(crate) by: Vec<Link>,
    /// "lines 519–541"; empty for an enacted act.
    pub(crate) lines: String,
    pub(crate) marks: Vec<String>,
}

pub(crate) fn meeting(frame: &Frame, line: &MeetingLine) -> MeetingRow {
    let words = frame.words();
    let place = line
        .place
        .as_ref()
        .map(|place| rows::place(words, place))
        .unwrap_or_default();
    let body = line.body.label.text.as_str();
    let named = line.link.label.text.starts_with(body);
    let about = [if named { "" } else { body }, place.as_str()];
    MeetingRow {
        when: words.date(&line.date),
        about: about
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        place,
        link: line.link.clone(),
        body: line.body.clone(),
        sign: sign(line.body_mark),
        presidency: line
            .presidency
            .as_ref()
            .map(|presidency| presidency.link.clone()),
        marks: marks(frame, line.inferred, line.uncertain),
    }
}

pub(crate) fn meetings(frame: &Frame, lines: &[MeetingLine]) -> Vec<MeetingRow> {
    lines.iter().map(|line| meeting(frame, line)).collect()
}

/// "XVI RCM, Vice-Ministerial Meeting": the meeting's link under its name and its body's.
pub(crate) fn named_with_body(frame: &Frame, line: &MeetingLine) -> Link {
    let values = [
        ("name", line.link.label.text.as_str().into()),
        ("body", line.body.label.text.as_str().into()),
    ];
    // A meeting that is called by its body's full name says already whose it is.
    let called = line.link.label.text.starts_with(&line.body.label.text);
    let text = if line.title.is_some() || called {
        line.link.label.text.clone()
    } else {
        frame.words().say_with("meeting-with-body", &values)
    };
    Link {
        label: Words {
            text,
            standing: line.link.label.standing,
        },
        ..line.link.clone()
    }
}

pub(crate) fn deed(frame: &Frame, line: StepLine) -> Deed {
    Deed {
        when: rows::date(frame.words(), line.date).unwrap_or_default(),
        lines: lines(frame, &line.says),
        marks: marks(frame, line.says.inferred, line.uncertain),
        about: line.about,
        what: line.step.name,
        text: line.text,
        meeting: line.meeting,
        by: line.by,
    }
}

/// "lines 519–541"
pub(crate) fn lines(frame: &Frame, says: &Says) -> String {
    let Some(lines) = &says.lines else {
        return String::new();
    };
    let count = if lines.bytes().all(|byte| byte.is_ascii_digit()) {
        1
    } else {
        2
    };
    frame.words().say_with(
        "sources-lines",
        &[("count", count.into()), ("lines", dashed(lines).into())],
    )
}

/// Words for what is inferred and for what the day shown leaves open.
pub(crate) fn marks(frame: &Frame, inferred: bool, uncertain: bool) -> Vec<String> {
    let said = [
        (inferred, "says-inferred-mark"),
        (uncertain, "says-uncertain-mark"),
    ];
    said.into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, key)| frame.say(key).into_owned())
        .collect()
}

/// The class of the sign of a body's kind; empty for a kind without one.
pub(crate) fn sign(mark: Option<&str>) -> &'static str {
    match mark {
        Some("circle") => "is-vm",
        Some("square") => "is-cg",
        Some("triangle") => "is-nw",
        _ => "",
    }
}
