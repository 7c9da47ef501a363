//! Written consultations from a seat: the list, one with all that the seat may do in it, and the form for a new one.

mod among;
mod asked;
mod deadline;
mod forms;
mod mailing;
mod new;
mod shown;
mod words;

use askama::Template;
use axum::http::StatusCode;
use comity_view::{ConsultationLine, ConsultationRights, Inside, Stage};

pub(super) use deadline::{deadline, entry_of, host, live};
pub(super) use new::new;
pub(super) use words::{waits_key, weekday_key};

use self::among::{Among, among, worked};
use self::asked::wished;
use self::forms::{Forms, forms};
use self::mailing::{MailingShown, mailed, mailing};
use self::shown::{ReportShown, Round, Side, ended, lead, report, rounds, sides, troika};
use self::words::{moment, stage, wall_of};
use super::draw::{below, frame, page, why_not};
use super::visit::{Call, Outcome};
use super::{Room, Wish};
use crate::fault::Fault;
use crate::frame::Frame;

/// A consultation in a list, in words.
struct Line {
    line: ConsultationLine,
    stage: String,
    when: String,
    waits: Option<String>,
    href: String,
}

#[derive(Template)]
#[template(path = "inside/consultations.html")]
struct Consultations {
    frame: Frame,
    lines: Vec<Line>,
    new: Option<String>,
    feeds: String,
}

/// The consultations that the seat may see.
pub(super) fn list(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("consultations-title").into_owned();
    let framed = framed.titled(title);
    let lines = inside.consultations().into_iter();
    let new = begins(&inside).then(|| Room::NewConsultation.path(call.language));
    page(
        StatusCode::OK,
        &Consultations {
            lines: lines.map(|line| in_words(call, &framed, line)).collect(),
            new,
            feeds: Room::Feeds.path(call.language),
            frame: framed,
        },
    )
}

fn begins(inside: &Inside) -> bool {
    inside.may_consult().allowed || inside.enters_consultations()
}

fn in_words(call: &Call, frame: &Frame, line: ConsultationLine) -> Line {
    let zone = wall_of(call, &line);
    let day = |at| frame.words().day(zone.zone.to_datetime(at).date());
    let when = match (line.stage, line.closes_at) {
        (Stage::Round, Some(at)) => frame.say_one("consult-closes", "at", moment(frame, at, &zone)),
        (_, Some(at)) => frame.say_one("consult-closed", "at", moment(frame, at, &zone)),
        (_, None) => frame.say_one("consult-since", "day", day(line.since)),
    };
    Line {
        stage: stage(frame, line.stage, line.round),
        waits: line
            .waits_for
            .map(|waits| frame.say(waits_key(waits)).into_owned()),
        href: Room::Consultation(line.id.clone()).path(call.language),
        when,
        line,
    }
}

#[derive(Template)]
#[template(path = "inside/consultation.html")]
struct ConsultationDrawn {
    frame: Frame,
    kicker: String,
    lead: String,
    demo: bool,
    why_now: String,
    why_agreed: String,
    matter: String,
    mandate: Option<String>,
    presidency: String,
    troika: Vec<(String, String, Option<String>)>,
    text: Vec<Side>,
    rounds: Vec<Round>,
    certificate: Option<(String, String)>,
    end: Option<(String, Option<String>)>,
    report: Option<ReportShown>,
    assumptions: Vec<String>,
    /// Where a script asks whether the page is still as it was drawn.
    live: String,
    /// Where the own deadline is had as a file, while it runs.
    deadline: Option<String>,
    forms: Forms,
    /// For whoever works with a delegation.
    among: Option<Among>,
    /// For whoever conducts the consultation or enters for it.
    mailing: Option<MailingShown>,
    refused: Option<String>,
    /// Whoever speaks for a country or the Presidency shows first who they are.
    unproven: bool,
    prove: bool,
    by_password: bool,
    own_address: bool,
    next_room: String,
    sign_in: String,
    email: String,
    begin: String,
    finish: String,
}

/// One consultation, and what the seat may do in it now.
pub(super) async fn one(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let seen = inside.consultation(id).ok_or(Fault::NotFound)?;
    let mut refused = None;
    let mut besides = worked(call, visitor, &inside, id, &seen.own).await?;
    if besides.is_none() {
        besides = mailed(call, visitor, id).await?;
    }
    if let Some(done) = besides {
        match done {
            Ok(()) => return Ok(call.go(&Room::Consultation(id.to_owned()))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    } else if call.form.is_some() {
        let done = match wished(call, id, &seen) {
            Ok(wish) => {
                call.indoors()?
                    .wish(visitor, Wish::Consult(Box::new(wish)))
                    .await?
            }
            Err(not_done) => Err(not_done),
        };
        match done {
            Ok(_) => return Ok(call.go(&Room::Consultation(id.to_owned()))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let framed = frame(call, Some(&inside), seen.line.topic.clone());
    let up = framed.say("consultations-title").into_owned();
    let framed = below(framed, up, Room::Consultations.path(call.language));
    let password = call.indoors()?.password(visitor).await?;
    let forms = forms(call, &framed, &inside, &seen).await?;
    let speaks = forms.may != ConsultationRights::default();
    let zone = wall_of(call, &seen.line);
    let among = among(call, visitor, &inside, id, &framed, &zone).await?;
    let consulted = inside.consulted_parties();
    let consulted: Vec<String> = consulted.into_iter().map(|(party, _)| party).collect();
    let mailing = mailing(call, visitor, id, &consulted, &seen.own, &framed, &zone).await?;
    let opened = match seen.rounds.first() {
        Some(round) => {
            let indoors = call.indoors()?;
            indoors.note_opened(visitor, &round.act, &seen.own).await?;
            indoors.opened(&round.act).await?
        }
        None => Vec::new(),
    };
    page(
        status,
        &ConsultationDrawn {
            kicker: stage(&framed, seen.line.stage, seen.line.round),
            lead: lead(&framed, &seen, &zone),
            demo: inside.is_demonstration(),
            why_now: seen.why_now.clone(),
            why_agreed: seen.why_agreed.clone(),
            matter: framed
                .say(match seen.matter {
                    comity_view::Matter::ClosedDoor => "consult-matter-closed-door",
                    _ => "consult-matter-ordinary",
                })
                .into_owned(),
            mandate: seen.mandate.clone(),
            presidency: seen.presidency.clone(),
            troika: troika(&framed, &seen),
            text: sides(&seen.text),
            rounds: rounds(&framed, &seen, &zone, &opened),
            certificate: seen
                .certified
                .zip(seen.certificate.clone())
                .map(|(at, words)| (moment(&framed, at, &zone), words)),
            end: seen
                .end
                .map(|end| (ended(&framed, end, &zone), seen.end_words.clone())),
            report: report(&framed, &seen, &zone),
            assumptions: seen.assumptions.clone(),
            live: Room::Live(id.to_owned()).path(call.language),
            deadline: seen
                .rounds
                .first()
                .filter(|_| seen.end.is_none())
                .filter(|round| {
                    round
                        .members
                        .iter()
                        .any(|member| member.own && !member.over)
                })
                .map(|_| Room::Deadline(id.to_owned()).path(call.language)),
            forms,
            among,
            mailing,
            refused,
            unproven: speaks && !visitor.proven,
            prove: !visitor.proven && call.indoors()?.has_passkeys(),
            by_password: !visitor.proven && password.is_some(),
            own_address: true,
            next_room: format!("consultation/{id}"),
            sign_in: Room::SignIn.path(call.language),
            email: String::new(),
            begin: Room::BeginShowing.path(call.language),
            finish: Room::FinishShowing.path(call.language),
            frame: framed,
        },
    )
}
