use axum::http::StatusCode;
use comity_view::{Action, Class, Inside, Language};

use super::consultation::{moment, wall};
use super::visit::{Call, Outcome};
use super::{NotDone, Room, Visitor};
use crate::frame::{Frame, Step, Version, Way};
use crate::language::words;
use crate::pages::render_about;

/// Who is signed in and in which seat they act, for the strip above a page.
#[derive(Debug, Clone)]
pub(crate) struct Badge {
    pub(crate) person: String,
    /// "Designated speaker, Honduras".
    pub(crate) seat: Option<String>,
    /// It acts as the Presidency in office.
    pub(crate) presides: bool,
    pub(crate) leave: String,
    ways: Vec<(&'static str, String, bool)>,
}

impl Badge {
    fn new(call: &Call, visitor: &Visitor, inside: Option<&Inside>) -> Self {
        let seat = inside.and_then(Inside::seat);
        let mut rooms = vec![("inside-desk", Room::Desk)];
        if let Some(inside) = inside {
            rooms.push(("inside-people", Room::People));
            rooms.push(("inside-meetings", Room::Meetings));
            if inside.hears_consultations() {
                rooms.push(("inside-consultations", Room::Consultations));
            }
            if inside.reads_calendar() {
                rooms.push(("inside-calendar", Room::Calendar));
            }
            rooms.push(("inside-presidency", Room::HandOver));
            if inside.reads_applications().allowed {
                rooms.push(("inside-applications", Room::Applications));
            }
            if inside.may(Action::Read, &Class::Console).allowed {
                rooms.push(("inside-console", Room::Console));
            }
            if inside.may(Action::Read, &Class::Outbox).allowed {
                rooms.push(("inside-letters", Room::Outbox));
            }
        }
        rooms.push(("inside-account", Room::Account));
        let under_people = matches!(
            call.room,
            Room::Party(_) | Room::NewSeat(_) | Room::Vacate(_) | Room::Invite(_)
        );
        Self {
            person: visitor.card.name.clone(),
            seat: seat.map(|seat| format!("{}, {}", seat.label, seat.party_label)),
            presides: inside.is_some_and(|inside| inside.troika().as_str() == "current"),
            leave: Room::Leave.path(call.language),
            ways: rooms
                .iter()
                .map(|(key, room)| {
                    let here = *room == call.room
                        || (*room == Room::People && under_people)
                        || (*room == Room::Meetings && matches!(call.room, Room::Meeting(_)))
                        || (*room == Room::Consultations
                            && matches!(
                                call.room,
                                Room::Consultation(_)
                                    | Room::NewConsultation
                                    | Room::Informal(_)
                                    | Room::NewInformal
                            ))
                        || (*room == Room::HandOver && call.room == Room::Dossier)
                        || (*room == Room::Applications
                            && matches!(call.room, Room::Application(_)));
                    (*key, room.path(call.language), here)
                })
                .collect(),
        }
    }

    pub(crate) fn ways(&self, frame: &Frame) -> Vec<Way> {
        let way = |(key, href, here): &(&'static str, String, bool)| Way {
            label: frame.say(key).into_owned(),
            href: href.clone(),
            current: if *here { "page" } else { "" },
        };
        self.ways.iter().map(way).collect()
    }
}

/// The frame of a page inside: with the seat, without a day to show.
pub(super) fn frame(call: &Call, inside: Option<&Inside>, title: impl Into<String>) -> Frame {
    let source = &call.site.source;
    let mut frame = Frame::around(&call.view(), source.public_head(), title.into());
    frame = frame.noticed(source.freshness());
    frame.badge = call
        .visitor
        .as_ref()
        .map(|visitor| Badge::new(call, visitor, inside));
    frame.inside = true;
    frame.clock_shows = inside.map(|inside| {
        let wall = wall(call, inside.zone().as_ref());
        moment(&frame, inside.now(), &wall)
    });
    frame.versions = Language::ALL
        .into_iter()
        .map(|language| Version {
            code: language.code(),
            name: words(language).say("language-name"),
            href: match call.room {
                // What came back from a ministry's account goes nowhere else.
                Room::Returned => Room::SignIn.path(language),
                _ => call.room.path(language) + &call.query.written(),
            },
            current: language == call.language,
        })
        .collect();
    frame
}

/// A step of the way to a page inside.
pub(super) fn below(mut frame: Frame, label: impl Into<String>, href: String) -> Frame {
    frame.crumbs.push(Step {
        label: label.into(),
        href,
    });
    frame
}

/// A page, drawn.
pub(super) fn page<T: askama::Template>(
    status: StatusCode,
    template: &T,
) -> Result<Outcome, Outcome> {
    page_about(status, template, 0)
}

/// The same, of a page that is known to be large: about so many bytes.
pub(super) fn page_about<T: askama::Template>(
    status: StatusCode,
    template: &T,
    bytes: usize,
) -> Result<Outcome, Outcome> {
    Ok(Outcome::Page(status, render_about(template, bytes)?))
}

/// Why nothing was done, in words.
pub(super) fn why_not(language: Language, not_done: &NotDone) -> String {
    let key = format!("not-done-{}", not_done.code);
    let words = words(language);
    let known = words.knows(&key);
    words
        .say(if known { &key } else { "not-done-other" })
        .into_owned()
}
