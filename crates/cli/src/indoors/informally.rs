//! What is done from a seat in an informal consultation.

use comity_conference::{
    ActId, Attached, CloseInformal, InformalAnswered, InformalAsked, InformalKind, InformalReaders,
    InformalReply, Informally, OpenInformal,
};
use comity_registrar::Command;
use comity_web::inside::{self as asked, NotDone};

use jiff::civil::Date;

use super::consult::{Paper, matter, paragraphs, received, text};

/// The command of a step; what is wrong with a field is answered, not assumed.
pub(super) fn command(
    step: asked::Informally,
    paper: Option<Attached>,
) -> Result<Command, NotDone> {
    let mut paper = Paper(paper);
    use asked::Informally as Asked;
    let step = match step {
        Asked::Open {
            kind,
            topic,
            text: body,
            matter: of,
            mandate,
            asked,
            first,
            last,
            helpful_by,
            readers,
            note,
        } => Informally::Open(OpenInformal {
            kind: InformalKind::from_name(&kind).ok_or_else(|| NotDone::new("no-informal-kind"))?,
            topic: text(&topic),
            text: paragraphs(&body)?,
            // Whoever asks says which it is: nothing is ordinary for want of a word.
            matter: Some(of.as_str())
                .filter(|of| !of.is_empty())
                .map(matter)
                .ok_or_else(|| NotDone::new("no-matter"))?,
            mandate,
            asked: match asked {
                None => InformalAsked::All,
                Some(parties) => {
                    let parties = parties.iter().map(|party| party.as_str().into());
                    InformalAsked::These(parties.collect())
                }
            },
            first: day(first)?,
            last: day(last)?,
            helpful_by: day(helpful_by)?,
            readers: match readers.as_str() {
                "presidency" => InformalReaders::Presidency,
                _ => InformalReaders::Members,
            },
            note: paper.of(note),
        }),
        Asked::Answer {
            id,
            party,
            choice,
            function,
            words,
            in_place_of,
            received: by,
        } => Informally::Answer(InformalAnswered {
            consultation: act(&id)?,
            party: party.as_str().into(),
            reply: reply(choice.as_deref(), function),
            words: words.map(|words| words.replace("\r\n", "\n")),
            in_place_of: in_place_of.map(|id| act(&id)).transpose()?,
            received: by.map(|by| received(by, &mut paper)).transpose()?,
        }),
        Asked::Close { id, summary, note } => Informally::Close(CloseInformal {
            consultation: act(&id)?,
            summary: text(&summary),
            note: paper.of(note),
        }),
    };
    paper.taken()?;
    Ok(Command::Informally(Box::new(step)))
}

fn day(written: Option<String>) -> Result<Option<Date>, NotDone> {
    let read = written.map(|day| day.parse().map_err(|_| NotDone::new(NotDone::NO_DAY)));
    read.transpose()
}

fn act(id: &str) -> Result<ActId, NotDone> {
    ActId::new(id).ok_or_else(|| NotDone::new("E-0841"))
}

fn reply(choice: Option<&str>, function: Option<String>) -> Option<InformalReply> {
    match choice {
        Some("suits") => Some(InformalReply::Suits),
        Some("does_not_suit") => Some(InformalReply::DoesNotSuit),
        _ => function.map(|function| InformalReply::Nominates {
            function: function.trim().to_owned(),
        }),
    }
}
