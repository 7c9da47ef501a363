use comity_view::{
    ActionLine, DocumentLine, Link, Partial, Place, SeminarTie, StepLine, SupportLine, Tie,
};
use comity_wording::Wording;

use crate::attribution::Attribution;
use crate::frame::Frame;
use crate::pages::Ask;
use crate::pictures::matrix::sign_class;

/// A title longer than this is no heading.
const HEADING: usize = 140;

/// A document or an action in a list: its name, what it is in a few words, and its summary.
#[derive(Debug)]
pub(crate) struct WorkRow {
    pub(crate) link: Link,
    /// "Guidelines · approved, 2007"
    pub(crate) meta: String,
    pub(crate) summary: String,
}

/// A step of a life.
#[derive(Debug)]
pub(crate) struct StepRow {
    pub(crate) when: String,
    pub(crate) what: String,
    /// A linked action that took place then.
    pub(crate) action: Option<Link>,
    pub(crate) text: Option<String>,
    pub(crate) by: Vec<Link>,
    pub(crate) body: Option<Link>,
    pub(crate) meeting: Option<Link>,
    pub(crate) place: Option<String>,
    pub(crate) uncertain: bool,
    /// The class of its sign: of the body that acted.
    pub(crate) sign: &'static str,
    pub(crate) attribution: Attribution,
}

/// What an organisation gave.
#[derive(Debug)]
pub(crate) struct SupportRow {
    pub(crate) organization: Link,
    pub(crate) text: String,
    pub(crate) things: Vec<Link>,
    pub(crate) attribution: Attribution,
}

/// A row of the list of seminars beside something else.
#[derive(Debug)]
pub(crate) struct SeminarRow {
    pub(crate) link: Link,
    pub(crate) meta: String,
    pub(crate) same: bool,
}

/// A title cut to a name, and the whole of it where it had to be cut.
pub(crate) fn shortened(title: &str) -> (String, Option<String>) {
    if title.chars().count() <= HEADING {
        return (title.to_owned(), None);
    }
    (clipped(title, HEADING), Some(title.to_owned()))
}

/// A text cut between words, with an ellipsis where something is left out.
pub(crate) fn clipped(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + 1 + word.chars().count() >= letters {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short.trim_end_matches([',', ';', ':']).to_owned() + "…"
}

/// A day was asked for: only then does it matter that it lies within the margin of a date.
pub(crate) fn is_past(ask: &Ask) -> bool {
    ask.view.lens().on.is_some()
}

/// "San José, Costa Rica"
pub(crate) fn place(words: &Wording, place: &Place) -> String {
    let code = place.country.as_deref();
    let country = place
        .party
        .as_ref()
        .map(|party| party.label.text.clone())
        .or_else(|| code.map(|code| words.country(code).unwrap_or(code).to_owned()));
    let parts: Vec<String> = place.city.clone().into_iter().chain(country).collect();
    parts.join(", ")
}

/// "San Salvador, El Salvador; Tegucigalpa, Honduras"
pub(crate) fn places(words: &Wording, places: &[Place]) -> String {
    places
        .iter()
        .map(|found| place(words, found))
        .collect::<Vec<_>>()
        .join("; ")
}

pub(crate) fn date(words: &Wording, date: Option<Partial>) -> Option<String> {
    date.map(|date| words.date(&date))
}

fn dotted(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let said = |part: &String| !part.is_empty();
    parts
        .into_iter()
        .flatten()
        .filter(said)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// "Approved, 2007"
pub(crate) fn latest(words: &Wording, line: &DocumentLine) -> Option<String> {
    let latest = line.latest.as_ref()?;
    let parts: Vec<String> = [Some(latest.step.name.clone()), date(words, latest.date)]
        .into_iter()
        .flatten()
        .collect();
    Some(parts.join(", "))
}

pub(crate) fn document(words: &Wording, line: DocumentLine) -> WorkRow {
    let meta = dotted([Some(line.kind.name.clone()), latest(words, &line)]);
    WorkRow {
        link: line.link,
        meta,
        summary: line.summary,
    }
}

pub(crate) fn documents(words: &Wording, lines: Vec<DocumentLine>) -> Vec<WorkRow> {
    lines
        .into_iter()
        .map(|line| document(words, line))
        .collect()
}

pub(crate) fn action(words: &Wording, line: ActionLine) -> WorkRow {
    let proposal = line
        .proposal
        .then(|| words.say("actions-proposal").into_owned());
    let meta = dotted([
        Some(line.kind.name),
        Some(line.status.name),
        date(words, line.date),
        Some(places(words, &line.places)),
        proposal,
    ]);
    WorkRow {
        link: line.link,
        meta,
        summary: line.summary,
    }
}

pub(crate) fn actions(words: &Wording, lines: Vec<ActionLine>) -> Vec<WorkRow> {
    lines.into_iter().map(|line| action(words, line)).collect()
}

/// Steps in their order; `about` names the thing for those who hear a link out of its row.
pub(crate) fn steps(ask: &Ask, frame: &Frame, lines: Vec<StepLine>, about: &str) -> Vec<StepRow> {
    let legend = ask.view.matrix(Some("")).legend;
    let of_body = |id: &str| {
        legend
            .iter()
            .find(|line| line.bodies.iter().any(|body| body.id == id))
            .map(|line| line.mark)
    };
    let of_meeting = |id: &str| ask.view.meeting(id).and_then(|page| page.line.body_mark);
    let mark = |line: &StepLine| {
        let body = line.body.as_ref().and_then(|body| of_body(&body.id));
        body.or_else(|| {
            line.meeting
                .as_ref()
                .and_then(|meeting| of_meeting(&meeting.id))
        })
    };
    let drawn = |line: StepLine| {
        let sign = mark(&line).map_or("is-open", sign_class);
        let uncertain = line.uncertain && is_past(ask);
        StepRow {
            uncertain,
            ..step(frame, line, sign, about)
        }
    };
    lines.into_iter().map(drawn).collect()
}

fn step(frame: &Frame, line: StepLine, sign: &'static str, about: &str) -> StepRow {
    let words = frame.words();
    let when = date(words, line.date).unwrap_or_else(|| frame.say("steps-undated").into_owned());
    let attribution = Attribution::new(
        frame,
        &line.says,
        &format!("{about}: {}, {when}", line.step.name),
    );
    StepRow {
        sign,
        when,
        what: line.step.name,
        action: line.about.filter(|_| line.of_linked_action),
        text: line.text,
        by: line.by,
        body: line.body,
        meeting: line.meeting,
        place: line.place.map(|found| place(words, &found)),
        uncertain: false,
        attribution,
    }
}

pub(crate) fn supports(frame: &Frame, lines: Vec<SupportLine>) -> Vec<SupportRow> {
    let row = |line: SupportLine| SupportRow {
        attribution: Attribution::new(frame, &line.says, &line.text),
        organization: line.organization,
        text: line.text,
        things: line
            .documents
            .into_iter()
            .chain(line.actions)
            .chain(line.topics)
            .collect(),
    };
    lines.into_iter().map(row).collect()
}

pub(crate) fn seminars(words: &Wording, ties: Vec<SeminarTie>) -> Vec<SeminarRow> {
    let row = |tie: SeminarTie| SeminarRow {
        link: tie.link,
        meta: dotted([
            date(words, tie.date),
            tie.place.map(|found| place(words, &found)),
        ]),
        same: tie.tie == Tie::Same,
    };
    ties.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_cut_between_words() {
        assert_eq!(
            clipped("Memorandum of understanding, signed", 30),
            "Memorandum of understanding…"
        );
        assert_eq!(clipped("Short", 30), "Short");
        let long = "word ".repeat(60);
        let (heading, whole) = shortened(long.trim());
        assert!(heading.chars().count() <= HEADING && heading.ends_with('…'));
        assert_eq!(whole.as_deref(), Some(long.trim()));
    }
}
