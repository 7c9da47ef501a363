use askama::Template;
use comity_view::{Link, PresidencyPage, Words};

use super::{Ask, presidencies, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::gatherings::{self, Deed, MeetingRow};
use crate::rows::{self, WorkRow};

#[derive(Template)]
#[template(path = "pages/presidency.html")]
struct Presidency {
    frame: Frame,
    kicker: String,
    lead: String,
    theme: Option<Words>,
    party: Link,
    /// "in office", "upcoming", "ended".
    state: String,
    term: String,
    conferences: Vec<Link>,
    /// The names of meetings held in the country of the presidency.
    hosted: Option<String>,
    meetings: Vec<MeetingRow>,
    topics: Vec<Link>,
    documents: Vec<Deed>,
    actions: Vec<WorkRow>,
    /// The term has begun: what is not on record can be said to be so.
    begun: bool,
    previous: Option<Link>,
    next: Option<Link>,
    attribution: Attribution,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let page = view.presidency(ask.id()?).ok_or_else(|| ask.unknown())?;
    let words = crate::language::words(view.language());
    let title = format!("{}, {}", page.line.party.label, words.date(&page.line.term));
    let lead = match &page.line.theme {
        Some(theme) => words.say_with(
            "presidency-lead-theme",
            &[("theme", theme.text.as_str().into())],
        ),
        None => words.say("presidency-lead-none").into_owned(),
    };
    let frame = Frame::new(ask, title.as_str())
        .described(lead.as_str())
        .below(&Address::About)
        .below(&Address::Presidencies);
    let office = view.body(&view.rules().chair.body).map_or_else(
        || page.line.party.label.text.clone(),
        |body| body.line.link.label.text,
    );
    let term = words.date(&page.line.term);
    render(&Presidency {
        kicker: words.say_with(
            "presidency-kicker",
            &[("office", office.into()), ("term", term.as_str().into())],
        ),
        state: state(&frame, &page),
        hosted: hosted(&frame, &page),
        begun: page.line.state != comity_view::Term::Upcoming,
        meetings: gatherings::meetings(&frame, &page.meetings),
        attribution: Attribution::new(&frame, &page.line.says, &title),
        theme: page.line.theme,
        party: page.line.party,
        conferences: page.line.meetings.to_vec(),
        topics: page.topics,
        documents: page
            .document_steps
            .into_iter()
            .map(|step| gatherings::deed(&frame, step))
            .collect(),
        actions: rows::actions(words, page.actions),
        previous: page.previous,
        next: page.next,
        lead,
        term,
        frame,
    })
}

fn state(frame: &Frame, page: &PresidencyPage) -> String {
    let state = presidencies::state(frame, page.line.state);
    if state.is_empty() {
        frame.say("presidency-state-past").into_owned()
    } else {
        state
    }
}

fn hosted(frame: &Frame, page: &PresidencyPage) -> Option<String> {
    let names: Vec<&str> = page
        .hosted
        .iter()
        .map(|line| line.link.label.text.as_str())
        .collect();
    (!names.is_empty()).then(|| {
        frame.say_one(
            "presidency-hosted-note",
            "meetings",
            frame.words().all_of(&names),
        )
    })
}
