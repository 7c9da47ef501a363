use askama::Template;
use comity_view::{Outcome, Paragraph, PublishedResult};
use jiff::tz::Offset;

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::{Address, Kind};

#[derive(Template)]
#[template(path = "pages/written.html")]
struct Written {
    frame: Frame,
    rows: Vec<Concluded>,
}

/// A consultation that ended, in words.
struct Concluded {
    id: String,
    /// The act in the register.
    proof: String,
    topic: String,
    /// "The agreed action was launched on 2 November 2011."
    end: String,
    /// Who presided, in how many rounds, how many were asked.
    how: String,
    agreed: bool,
    text: Vec<Paragraph>,
    certificate: Option<String>,
    report: String,
    reported: String,
}

/// Results of written consultations that the Presidency's reports tell the public: never what a country answered.
pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = crate::language::words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(Kind::Written)))
        .below(&Address::Meetings)
        .described(words.say("written-lead"));
    let rows = ask.view.published_results().into_iter();
    render(&Written {
        rows: rows.map(|found| in_words(&frame, found)).collect(),
        frame,
    })
}

fn in_words(frame: &Frame, found: PublishedResult) -> Concluded {
    let day = |at| frame.words().day(Offset::UTC.to_datetime(at).date());
    let end = match found.outcome {
        Outcome::Launched => "written-launched",
        Outcome::Referred => "written-referred",
        Outcome::Withdrawn => "written-withdrawn",
    };
    let how = [
        ("presidency", found.presidency.as_str().into()),
        ("rounds", u64::from(found.rounds).into()),
        ("asked", u64::from(found.asked).into()),
    ];
    Concluded {
        end: frame.say_one(end, "day", day(found.ended_at)),
        how: frame.words().say_with("written-how", &how),
        agreed: found.outcome == Outcome::Launched,
        reported: frame.say_one("written-reported", "day", day(found.published_at)),
        proof: frame.of(&Address::Act(found.act.clone())),
        id: found.act,
        topic: found.topic,
        text: found.text,
        certificate: found.certificate,
        report: found.report,
    }
}
