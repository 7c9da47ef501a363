use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use comity_view::{Induction, SeatLine, SubjectPart, TermLine};

use super::dossier::href;
use super::draw::{frame, page};
use super::people::cards;
use super::visit::{Call, Outcome};
use super::{Card, Room};
use crate::frame::Frame;
use crate::rows::place;

struct Line {
    label: String,
    href: Option<String>,
    beside: String,
}

/// Somebody in a seat, as they are written to.
struct Person {
    seat: String,
    name: String,
    email: Option<String>,
}

struct Subject {
    label: String,
    documents: Vec<Line>,
    actions: Vec<Line>,
    proposals: Vec<Line>,
}

#[derive(Template)]
#[template(path = "inside/induction.html")]
struct Welcome {
    frame: Frame,
    seat: String,
    presidency: Vec<Line>,
    people: Vec<(String, Vec<Person>)>,
    meetings: Vec<Line>,
    open: Vec<Line>,
    subjects: Vec<(String, String, bool)>,
    subject: Option<Subject>,
    /// Where to go on.
    rights: String,
    account: String,
    all_people: String,
}

/// For somebody new in a seat: who is who, what is open, what was decided on their subject. It prints as a leaflet.
pub(super) async fn welcome(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let asked = call.query.get("subject");
    let found = inside.induction(asked);
    let found = found.ok_or_else(|| call.go(&Room::Desk))?;
    let seats: Vec<SeatLine> = found
        .people
        .iter()
        .flat_map(|(_, seats)| seats.iter().cloned())
        .collect();
    let cards = cards(call, &inside, &seats).await?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("welcome-title").into_owned();
    let framed = framed.titled(title);
    page(StatusCode::OK, &drawn(call, framed, found, &cards))
}

fn drawn(call: &Call, frame: Frame, found: Induction, cards: &BTreeMap<String, Card>) -> Welcome {
    let language = call.language;
    let term = |key: &str, line: Option<&TermLine>| {
        let line = line?;
        Some(Line {
            label: format!("{}: {}, {}", frame.say(key), line.party_label, line.term),
            href: Some(Room::HandOver.path(language)),
            beside: line.theme.clone().unwrap_or_default(),
        })
    };
    let presidency = [
        term("presidency-now-current", found.presidency.current.as_ref()),
        term("presidency-now-next", found.presidency.next.as_ref()),
    ];
    let people = found.people.into_iter().map(|(party, seats)| {
        let seats = seats.into_iter().map(|seat| person(&seat, cards));
        (party, seats.collect())
    });
    let meetings = found.meetings.into_iter().map(|line| Line {
        href: href(&frame, &line.link),
        label: line.link.label.text,
        beside: line
            .place
            .map(|found| place(frame.words(), &found))
            .unwrap_or_default(),
    });
    let open = found.candidacies.into_iter().map(|line| Line {
        label: frame.words().say_with(
            "welcome-candidacy",
            &[
                ("party", line.party_label.as_str().into()),
                ("term", line.term.as_str().into()),
            ],
        ),
        href: Some(Room::HandOver.path(language)),
        beside: line.meeting.map(|link| link.label.text).unwrap_or_default(),
    });
    let chosen = found.subject.as_ref().map(|subject| subject.id.clone());
    Welcome {
        seat: format!("{}, {}", found.seat.label, found.seat.party_label),
        presidency: presidency.into_iter().flatten().collect(),
        people: people.collect(),
        meetings: meetings.collect(),
        open: open.collect(),
        subjects: found
            .subjects
            .into_iter()
            .map(|(id, label)| (id.clone(), label, Some(id) == chosen))
            .collect(),
        subject: found.subject.map(|subject| on_subject(&frame, subject)),
        rights: Room::Rights.path(language),
        account: Room::Account.path(language),
        all_people: Room::People.path(language),
        frame,
    }
}

fn person(seat: &SeatLine, cards: &BTreeMap<String, Card>) -> Person {
    let card = cards.get(&seat.person).cloned().unwrap_or_default();
    let detail = seat.detail.as_ref();
    Person {
        seat: detail.map_or_else(
            || seat.label.clone(),
            |detail| format!("{}: {detail}", seat.label),
        ),
        name: card.name,
        email: card.email,
    }
}

fn on_subject(frame: &Frame, subject: SubjectPart) -> Subject {
    let action = |line: comity_view::ActionLine| Line {
        href: href(frame, &line.link),
        label: line.link.label.text,
        beside: line.status.name,
    };
    let documents = subject.documents.into_iter().map(|line| Line {
        href: href(frame, &line.link),
        label: line.link.label.text,
        beside: line
            .latest
            .map(|step| step.step.name)
            .unwrap_or_else(|| line.kind.name.clone()),
    });
    Subject {
        label: subject.label,
        documents: documents.collect(),
        actions: subject.actions.into_iter().map(action).collect(),
        proposals: subject.proposals.into_iter().map(action).collect(),
    }
}
