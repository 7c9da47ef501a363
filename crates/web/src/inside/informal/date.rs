//! The days that a save-the-date asks about, as an entry for a calendar.

use comity_view::{Certainty, Date, Days, InformalPage, Inside, Matter, Partial};
use comity_wording::Wording;
use jiff::Timestamp;

use super::Room;
use super::{Call, Outcome};
use crate::fault::Fault;
use crate::inside::draw::frame;

/// What is asked about: by which act, since when, which days, and where it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateAsked<'a> {
    pub act: &'a str,
    pub since: Timestamp,
    pub days: (Date, Date),
    /// Absent where it is not told to a program of others.
    pub topic: Option<&'a str>,
    pub url: String,
}

/// The entry, the same from a page, in a feed and with a letter: a program that has the one takes the other for it.
pub fn date_entry(words: &Wording, asked: DateAsked<'_>) -> Days {
    let (first, last) = asked.days;
    let summary = match asked.topic {
        Some(topic) => words.say_with("informal-entry", &[("topic", topic.into())]),
        None => words.say("informal-entry-closed").into_owned(),
    };
    Days {
        name: format!("informal.{}", asked.act),
        stamp: asked.since,
        first,
        last,
        certainty: Certainty::AskedAbout,
        summary,
        description: Some(words.say("informal-entry-provisional").into_owned()),
        location: None,
        url: asked.url,
    }
}

/// "22 November 2011", "22–24 November 2011".
pub fn days_in_words(words: &Wording, (first, last): (Date, Date)) -> String {
    words.date(&Partial::days(first, last))
}

/// The entry of one that is open.
fn entry(call: &Call, words: &Wording, seen: &InformalPage) -> Option<Days> {
    let days = seen.line.days.filter(|_| seen.line.closed.is_none())?;
    let path = Room::Informal(seen.line.id.clone()).path(call.language);
    let asked = DateAsked {
        act: &seen.line.id,
        since: seen.line.since,
        days,
        topic: (seen.matter == Matter::Ordinary).then_some(seen.line.topic.as_str()),
        url: format!("{}{path}", call.origin),
    };
    Some(date_entry(words, asked))
}

/// Those of a seat whose state was asked, or that sees what all answer, for the calendar of its person.
pub(in crate::inside) fn entries(call: &Call, words: &Wording, inside: &Inside) -> Vec<Days> {
    let lines = inside.informals().into_iter();
    let dated = lines.filter(|line| line.days.is_some() && line.closed.is_none());
    dated
        .filter_map(|line| {
            let seen = inside.informal(&line.id)?;
            let concerned = seen.may.sees_all || seen.members.iter().any(|member| member.own);
            entry(call, words, &seen).filter(|_| concerned)
        })
        .collect()
}

/// The same as a file.
pub(in crate::inside) fn date(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let seen = inside.informal(id).ok_or(Fault::NotFound)?;
    let framed = frame(call, Some(&inside), "");
    let entry = entry(call, framed.words(), &seen).ok_or(Fault::NotFound)?;
    Ok(Outcome::File(
        "text/calendar; charset=utf-8",
        "date.ics",
        comity_view::feed(&[], &[entry]).into_bytes(),
    ))
}
