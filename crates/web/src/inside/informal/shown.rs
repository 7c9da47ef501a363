//! An informal consultation in words.

use std::collections::BTreeMap;

use comity_view::{
    Date, InformalAnswerLine, InformalKind, InformalMember, InformalPage, InformalReaders,
    InformalReply, InformalSaid, InformalWaits, Inside,
};

use super::super::ByLetter;
use super::super::consultation::{Wall, received_in_words, weekday_key};
use super::super::visit::Call;
use super::date::days_in_words;
use super::{Room, moment, wall};
use crate::frame::Frame;

/// A line of the list, in words.
pub(in crate::inside) struct InformalRow {
    pub(in crate::inside) topic: String,
    pub(in crate::inside) kind: String,
    pub(in crate::inside) when: String,
    pub(in crate::inside) waits: Option<String>,
    pub(in crate::inside) href: String,
}

/// A member that was asked, in words.
pub(super) struct Member {
    pub(super) party: String,
    pub(super) label: String,
    /// Nothing came.
    pub(super) silent: bool,
    /// What it chose, with a shape beside the word.
    pub(super) reply: Option<(&'static str, String)>,
    pub(super) words: Option<String>,
    pub(super) at: Option<String>,
    pub(super) received: Option<String>,
    /// How the country was reached by letter, for whoever sees all.
    pub(super) reached: Option<&'static str>,
    /// Whether somebody there opened the page, for them too.
    pub(super) opened: Option<&'static str>,
}

/// What became of the asking, by party.
pub(super) struct Among {
    pub(super) opened: Vec<String>,
    pub(super) reached: BTreeMap<String, ByLetter>,
}

/// Whether the seat may ask for the Presidency, or enter that it does.
pub(in crate::inside) fn begins(inside: &Inside) -> bool {
    inside.may_consult_informally() || inside.enters_informals()
}

/// The informal consultations that the seat may see.
pub(in crate::inside) fn rows(call: &Call, frame: &Frame, inside: &Inside) -> Vec<InformalRow> {
    let lines = inside.informals().into_iter();
    lines
        .map(|line| {
            let zone = wall(call, line.zone.as_ref());
            let when = match (line.closed, line.helpful_by) {
                (Some(at), _) => frame.say_one("informal-closed", "at", moment(frame, at, &zone)),
                (None, Some(day)) => {
                    frame.say_one("informal-helpful", "day", frame.words().day(day))
                }
                (None, None) => frame.say_one(
                    "informal-open-since",
                    "day",
                    frame.words().day(zone.day(line.since)),
                ),
            };
            InformalRow {
                kind: match line.days {
                    Some(days) => {
                        let days = days_in_words(frame.words(), days);
                        frame.say_one("informal-kind-dated", "days", days)
                    }
                    None => frame.say(kind_key(line.kind)).into_owned(),
                },
                waits: line
                    .waits_for
                    .map(|waits| frame.say(waits_key(waits)).into_owned()),
                href: Room::Informal(line.id).path(call.language),
                topic: line.topic,
                when,
            }
        })
        .collect()
}

/// What is waited for, for the desk.
pub(in crate::inside) const fn waits_key(waits: InformalWaits) -> &'static str {
    match waits {
        InformalWaits::Answer => "informal-waits-answer",
        InformalWaits::Summary => "informal-waits-summary",
    }
}

pub(super) const fn kind_key(kind: InformalKind) -> &'static str {
    match kind {
        InformalKind::SaveTheDate => "informal-kind-save_the_date",
        InformalKind::Comments => "informal-kind-comments",
        InformalKind::Nominations => "informal-kind-nominations",
        InformalKind::Other => "informal-kind-other",
    }
}

pub(super) const fn readers_key(readers: InformalReaders) -> &'static str {
    match readers {
        InformalReaders::Members => "informal-readers-members",
        InformalReaders::Presidency => "informal-readers-presidency",
    }
}

/// The days that are asked about; of one, on which day of the week.
pub(super) fn dated(frame: &Frame, days: (Date, Date)) -> String {
    let in_words = days_in_words(frame.words(), days);
    let (first, last) = days;
    if first != last {
        return in_words;
    }
    let weekday = frame.say(weekday_key(first)).into_owned();
    let values = [("weekday", weekday.into()), ("day", in_words.into())];
    frame.words().say_with("informal-date-weekday", &values)
}

/// Who asks, since when, and by which day an answer is helpful.
pub(super) fn lead(frame: &Frame, seen: &InformalPage, zone: &Wall) -> String {
    let since = frame.words().day(zone.day(seen.line.since));
    let values = [
        ("presidency", seen.presidency.as_str().into()),
        ("since", since.into()),
        (
            "day",
            seen.line
                .helpful_by
                .map(|day| frame.words().day(day))
                .unwrap_or_default()
                .into(),
        ),
    ];
    let key = match (seen.line.closed, seen.line.helpful_by) {
        (Some(_), _) => "informal-lead-closed",
        (None, Some(_)) => "informal-lead-day",
        (None, None) => "informal-lead",
    };
    frame.words().say_with(key, &values)
}

/// Who closed it, and when.
pub(super) fn closed(frame: &Frame, seen: &InformalPage, by: &str, zone: &Wall) -> String {
    let at = seen.line.closed.map(|at| moment(frame, at, zone));
    let values = [("party", by.into()), ("at", at.unwrap_or_default().into())];
    frame.words().say_with("informal-closed-by", &values)
}

pub(super) fn members(
    frame: &Frame,
    seen: &InformalPage,
    zone: &Wall,
    among: Option<&Among>,
) -> Vec<Member> {
    let members = seen.members.iter();
    let shown = members.filter(|member| member.said != InformalSaid::Hidden);
    shown
        .map(|member| in_words(frame, member, zone, among))
        .collect()
}

fn in_words(frame: &Frame, member: &InformalMember, zone: &Wall, among: Option<&Among>) -> Member {
    let answer = match &member.said {
        InformalSaid::Hidden | InformalSaid::NoCommunication => None,
        InformalSaid::Answered(answer) => Some(answer),
    };
    Member {
        party: member.party.clone(),
        label: member.label.clone(),
        silent: answer.is_none(),
        reply: answer.and_then(|answer| reply(frame, answer)),
        words: answer.and_then(|answer| answer.words.clone()),
        at: answer.map(|answer| moment(frame, answer.at, zone)),
        received: answer
            .and_then(|answer| answer.received.as_ref())
            .map(|received| received_in_words(frame, received)),
        reached: among
            .and_then(|among| among.reached.get(&member.party))
            .map(|reached| reached_key(*reached)),
        opened: among.map(|among| {
            if among.opened.contains(&member.party) {
                "informal-opened-there"
            } else {
                "informal-not-opened"
            }
        }),
    }
}

const fn reached_key(reached: ByLetter) -> &'static str {
    match reached {
        ByLetter::None => "informal-reached-none",
        ByLetter::Refused => "informal-reached-refused",
        ByLetter::Waiting => "informal-reached-waiting",
        ByLetter::Stopped => "informal-reached-stopped",
        ByLetter::Uncertain => "informal-reached-uncertain",
        ByLetter::Sent => "informal-reached-sent",
    }
}

fn reply(frame: &Frame, answer: &InformalAnswerLine) -> Option<(&'static str, String)> {
    Some(match answer.reply.as_ref()? {
        InformalReply::Suits => ("✓", frame.say("informal-suits").into_owned()),
        InformalReply::DoesNotSuit => ("○", frame.say("informal-does-not-suit").into_owned()),
        InformalReply::Nominates { function } => (
            "▸",
            frame.say_one("informal-nominates", "function", function.as_str()),
        ),
    })
}

/// A reply as the fields of the form have it.
pub(super) fn reply_fields(reply: Option<&InformalReply>) -> (String, String) {
    let (choice, function) = match reply {
        Some(InformalReply::Suits) => ("suits", ""),
        Some(InformalReply::DoesNotSuit) => ("does_not_suit", ""),
        Some(InformalReply::Nominates { function }) => ("", function.as_str()),
        None => ("", ""),
    };
    (choice.to_owned(), function.to_owned())
}
