use askama::Template;
use comity_view::{ChairModel, Link, PresidencyLine, Target, Term, Words};

use super::{Ask, render};
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::pictures::timeline::{Timeline, timeline};
use crate::{Address, Kind, sources};

#[derive(Template)]
#[template(path = "pages/presidencies.html")]
struct Presidencies {
    frame: Frame,
    lead: String,
    /// The body that the office is.
    office: Option<Link>,
    timeline: Option<Timeline>,
    rows: Vec<Presidency>,
    /// Quiet notes on rows, each under the term it is about.
    notes: Vec<(String, String)>,
    source: Option<String>,
}

struct Presidency {
    term: Link,
    party: Link,
    theme: Option<Words>,
    meetings: Vec<Link>,
    now: bool,
    /// "in office", "upcoming"; empty for the past.
    state: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let lines = view.presidencies();
    let words = crate::language::words(view.language());
    let frame =
        Frame::new(ask, words.say(super::name_key(Kind::Presidencies))).below(&Address::About);
    let office = view.body(&view.rules().chair.body).map(|body| body.line);
    let empty = lines
        .is_empty()
        .then(|| frame.say("presidencies-lead-empty").into_owned());
    let lead = empty
        .or_else(|| office.as_ref().map(|office| office.summary.clone()))
        .unwrap_or_default();
    let frame = frame.described(lead.as_str());
    let noted = lines.iter().rev().flat_map(|line| {
        Attribution::new(&frame, &line.says, &line.id)
            .notes
            .into_iter()
            .map(|note| (term(&frame, line), note))
    });
    render(&Presidencies {
        timeline: timeline(frame.words(), &lines)
            .filter(|_| view.chair_model() == ChairModel::Rotating),
        rows: lines.iter().rev().map(|line| row(&frame, line)).collect(),
        notes: noted.collect(),
        source: sources::together(&frame, lines.iter().map(|line| &line.says)),
        office: office.map(|office| office.link),
        lead,
        frame,
    })
}

fn term(frame: &Frame, line: &PresidencyLine) -> String {
    frame.words().date(&line.term)
}

fn row(frame: &Frame, line: &PresidencyLine) -> Presidency {
    Presidency {
        term: Link {
            to: Target::Presidency,
            id: line.id.clone(),
            label: Words {
                text: term(frame, line),
                standing: None,
            },
        },
        party: line.party.clone(),
        theme: line.theme.clone(),
        meetings: line.meetings.to_vec(),
        now: line.state == Term::InOffice,
        state: state(frame, line.state),
    }
}

/// "in office", "upcoming"; nothing for the past.
pub(super) fn state(frame: &Frame, term: Term) -> String {
    match term {
        Term::Past => String::new(),
        Term::InOffice => frame.say("timeline-in-office").into_owned(),
        Term::Upcoming => frame.say("presidencies-upcoming").into_owned(),
    }
}
