//! Written consultations from a seat: the list, one with all that the seat may do in it, and the form for a new one.

mod among;
mod asked;
mod deadline;
mod drafts;
mod drawn_up;
mod forms;
mod mailing;
mod new;
mod shown;
mod table;
mod terms;
mod words;

use std::borrow::Cow;

use askama::Template;
use axum::http::StatusCode;
use comity_view::{
    ChangeLine, ConsultationLine, ConsultationPage, ConsultationRights, Inside, Side, Stage, clean,
    sides,
};
use tokio::try_join;

pub(super) use asked::{both, text_of};
pub(super) use deadline::{close_of, deadline, entry_of};
pub(super) use drafts::{is_past, kept};
pub(super) use mailing::{ASKED_FOR, MailingShown, letters_stand, mailed, mailing, stand_open};
pub(super) use new::{begun_in_words, new};
pub(super) use shown::received_in_words;
pub(super) use table::table;
pub(super) use words::{Wall, moment, today, waits_key, wall, weekday_key};

use self::among::{Among, among, worked};
use self::asked::wished;
use self::drafts::{
    Waiting, drafted, kept_refused, not_shown_again, prepares, released, told, waiting,
};
use self::drawn_up::{CertificateShown, ReportShown, certificate, report};
use self::forms::{Forms, forms};
use self::shown::{Round, earlier, ended, lead, round_in_words, troika};
use self::words::{stage, until, wall_of};
use super::draw::{below, frame, page, page_about, why_not};
use super::entered::{EnteredShown, entered};
use super::informal::{self, InformalRow};
use super::live;
use super::visit::{Call, Outcome};
use super::{LettersOf, NotDone, Room, Wish};
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
    /// Courses of action that were begun and not submitted: the topic, who wrote it and when, where it is.
    drafts: Vec<(String, String, String)>,
    new: Option<String>,
    informals: Vec<InformalRow>,
    new_informal: Option<String>,
    feeds: String,
    live: String,
    mark: String,
}

/// The consultations that the seat may see.
pub(super) async fn list(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("inside-consultations").into_owned();
    let framed = framed.titled(title);
    let lines = inside.consultations().into_iter();
    let drafts = new::begun(call, visitor, &framed, &inside).await?;
    let new = begins(&inside).then(|| Room::NewConsultation.path(call.language));
    let asks = informal::begins(&inside);
    page(
        StatusCode::OK,
        &Consultations {
            lines: lines.map(|line| in_words(call, &framed, line)).collect(),
            drafts,
            new,
            informals: informal::rows(call, &framed, &inside),
            new_informal: asks.then(|| Room::NewInformal.path(call.language)),
            feeds: Room::Feeds.path(call.language),
            live: Room::LiveConsultations.path(call.language),
            mark: live::of_list(&inside),
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
        (Stage::Round, Some(at)) => frame.say_one("consult-closes", "at", until(frame, at, &zone)),
        (_, Some(at)) => frame.say_one("consult-closed", "at", until(frame, at, &zone)),
        (_, None) => frame.say_one("consult-since", "day", day(line.since)),
    };
    Line {
        stage: stage(frame, &line),
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
struct ConsultationDrawn<'a> {
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
    text: Cow<'a, [Side]>,
    round: Option<Round<'a>>,
    /// The rounds before: what each is called, when it was, where it is.
    earlier: Vec<(String, String, String)>,
    certificate: Option<CertificateShown>,
    /// Of each certificate that holds no longer.
    lapsed: Vec<String>,
    lapsed_at: Vec<String>,
    end: Option<(String, Option<String>)>,
    report: Option<ReportShown>,
    assumptions: Vec<String>,
    /// What silence means, for the certificate and the report.
    silence: Option<&'static str>,
    publishable: bool,
    /// Members that have not agreed to decide in writing, where the rules ask for that.
    method_awaited: Vec<(String, String)>,
    method_names: Vec<String>,
    /// Where a script asks whether the page is still as it was drawn.
    live: String,
    /// How it was.
    mark: String,
    /// Where the own deadline is had as a file, while it runs.
    deadline: Option<String>,
    /// Where the table of changes and comments is had as a file.
    comments: String,
    forms: Forms<'a>,
    /// What waits to be released.
    drafts: Vec<Waiting>,
    entered: Vec<EnteredShown>,
    /// For whoever works with a delegation.
    among: Option<Among>,
    /// For whoever conducts the consultation or enters for it.
    mailing: Option<MailingShown>,
    /// Where they are shown, where they are not.
    letters: Option<String>,
    refused: Option<String>,
    /// What was written into a form that was refused, and stands in none.
    lost: Vec<String>,
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

#[derive(Template)]
#[template(path = "inside/consultation_round.html")]
struct RoundDrawn<'a> {
    frame: Frame,
    topic: String,
    whole: String,
    round: Round<'a>,
}

/// A round before the last one, by itself.
fn round_alone(call: &Call, inside: &Inside, id: &str, number: &str) -> Result<Outcome, Outcome> {
    let line = inside.consultation_in_a_list(id).ok_or(Fault::NotFound)?;
    let number = number.parse().map_err(|_| Fault::NotFound)?;
    let round = inside.consultation_round(id, number);
    let round = round.ok_or(Fault::NotFound)?;
    let framed = frame(call, Some(inside), "");
    let zone = wall_of(call, &line);
    let round = round_in_words(&framed, &round, &zone, None);
    let whole = Room::Consultation(line.id).path(call.language);
    let framed = below(
        framed.titled(round.title.clone()),
        line.topic.clone(),
        whole.clone(),
    );
    page(
        StatusCode::OK,
        &RoundDrawn {
            topic: line.topic,
            whole,
            round,
            frame: framed,
        },
    )
}

/// What waits from earlier rounds and stands on the page: all of it where it is little or asked for, else what was chosen of it.
fn pending(call: &Call, inside: &Inside, seen: &ConsultationPage) -> Vec<(u16, ChangeLine)> {
    let id = &seen.line.id;
    if call.query.get("pending").is_some() {
        return inside.consultation_pending(id).unwrap_or_default();
    }
    if !seen.pending.lines.is_empty() {
        return seen.pending.lines.clone();
    }
    let chosen = call.query.get("change").and_then(|name| {
        let (position, place) = name.split_once('.')?;
        inside.consultation_change(id, position, place.parse().ok()?)
    });
    // One of the last round stands among its own.
    let chosen = chosen.filter(|(round, _)| *round < seen.line.round);
    chosen.into_iter().collect()
}

/// One consultation, and what the seat may do in it now.
pub(super) async fn one(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    if let (None, Some(number)) = (&call.form, call.query.get("round")) {
        return round_alone(call, &inside, id, number);
    }
    let seen = inside.consultation(id).ok_or(Fault::NotFound)?;
    let letters_of = LettersOf::Consultation(id);
    let mut refused = None;
    let mut lost = Vec::new();
    let mut besides = worked(call, visitor, &inside, id, &seen.own).await?;
    if besides.is_none() {
        besides = mailed(call, visitor, letters_of).await?;
    }
    if let Some(done) = besides {
        match done {
            Ok(()) => return Ok(call.go(&Room::Consultation(id.to_owned()))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    } else if let Some(done) = drafted(call, visitor, &inside, id, &seen).await? {
        match done {
            Ok(()) => return Ok(call.go(&Room::Consultation(id.to_owned()))),
            Err(not_done) => {
                lost = not_shown_again(call, &seen);
                refused = Some(why_not(call.language, &not_done));
            }
        }
    } else if call.form.is_some() {
        let asked = call
            .upload()
            .and_then(|paper| Ok((wished(call, id, &seen)?, paper)));
        let done = match asked {
            Ok((wish, paper)) => {
                let wish = Wish::Consult(Box::new(wish), paper);
                call.indoors()?.wish(visitor, wish).await?
            }
            Err(not_done) => Err(not_done),
        };
        match done {
            Ok(_) => {
                if prepares(seen.may) {
                    released(call, &inside, id).await?;
                }
                return Ok(call.go(&Room::Consultation(id.to_owned())));
            }
            Err(not_done) => {
                let mut why = why_not(call.language, &not_done);
                let kept = match not_done.code.as_str() {
                    NotDone::NOT_PERMITTED => None,
                    _ => kept_refused(call, visitor, &inside, id, &seen).await?,
                };
                match kept {
                    None => lost = not_shown_again(call, &seen),
                    Some(true) => {
                        let kept = frame(call, Some(&inside), "");
                        why = format!("{why} {}", kept.say("consult-kept-refused"));
                    }
                    Some(false) => {}
                }
                refused = Some(why);
            }
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let framed = frame(call, Some(&inside), seen.line.topic.clone());
    let up = framed.say("inside-consultations").into_owned();
    let framed = below(framed, up, Room::Consultations.path(call.language));
    let zone = wall_of(call, &seen.line);
    let indoors = call.indoors()?;
    // All that the page asks of the directory is asked at once.
    let password = async {
        match visitor.proven {
            // Whoever proved lately who they are is not asked how.
            true => Ok(None),
            false => Ok(indoors.password(visitor).await?),
        }
    };
    let opened = async {
        match seen.round.as_ref() {
            Some(round) => Ok(indoors.opened(&round.act).await?),
            None => Ok(Vec::new()),
        }
    };
    let (password, opened, stand, drafts, among, forms) = try_join!(
        password,
        opened,
        letters_stand(call, &inside, &seen),
        told(call, visitor, &inside),
        among(call, visitor, &inside, id, &framed, &zone),
        forms(call, &framed, &inside, &seen),
    )?;
    let opened = match seen.round.as_ref() {
        Some(round) if !opened.contains(&seen.own) => {
            indoors.note_opened(visitor, &round.act, &seen.own).await?;
            opened.into_iter().chain([seen.own.clone()]).collect()
        }
        _ => opened,
    };
    let speaks = forms.may != ConsultationRights::default();
    let drafts = waiting(drafts, &framed, &inside, &seen, &zone, &forms);
    // Whoever sent a form sees the letters too.
    let listed = match stand || (call.form.is_some() && prepares(seen.may)) {
        true => {
            let consulted = &forms.consulted;
            let listed = indoors.mailing(visitor, letters_of, consulted, call.language);
            listed.await?
        }
        false => None,
    };
    let marked = live::marked(listed.as_ref().filter(|_| stand));
    let mailing = mailing(call, visitor, letters_of, listed, &seen.own, &framed, &zone).await?;
    let letters =
        (forms.prepares && mailing.is_none() && seen.round.is_some()).then(|| ASKED_FOR.to_owned());
    let mark = live::of_consultation(&inside, &seen, opened.clone(), &marked);
    let disposes = forms.ends && (visitor.proven || !speaks);
    let pending = match disposes {
        true => pending(call, &inside, &seen),
        false => Vec::new(),
    };
    let last = seen.round.as_ref().map(|round| {
        let mut round = round_in_words(&framed, round, &zone, Some(&opened));
        round.put_before(&framed, &seen.late_before);
        if disposes {
            round.pending_apart = seen.pending.many && call.query.get("pending").is_none();
            round.ask_for_dispositions(call, &framed, &pending);
        }
        round
    });
    let lapsed_at: Vec<String> = (seen.lapsed.iter())
        .map(|at| moment(&framed, *at, &zone))
        .collect();
    let silence = last.as_ref().and_then(|round| round.silence);
    let bytes = last.as_ref().map_or(0, Round::bytes);
    page_about(
        status,
        &ConsultationDrawn {
            kicker: stage(&framed, &seen.line),
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
            text: match &seen.round {
                // What came of it is read as it stands.
                Some(round) if seen.end.is_some() => Cow::Owned(clean(&round.text)),
                Some(round) => Cow::Borrowed(round.sides.as_slice()),
                None => Cow::Owned(sides(seen.changed.as_deref().unwrap_or(&seen.text))),
            },
            round: last,
            earlier: earlier(call, &framed, &seen, &zone),
            certificate: seen
                .certificate
                .as_ref()
                .map(|seen| certificate(&framed, seen, &zone)),
            lapsed: (lapsed_at.iter())
                .map(|at| framed.say_one("consult-lapsed", "at", at.as_str()))
                .collect(),
            lapsed_at,
            end: seen
                .end
                .map(|end| (ended(&framed, end, &zone), seen.end_words.clone())),
            report: report(&framed, &seen, &zone),
            assumptions: seen.assumptions.clone(),
            silence,
            publishable: seen.publishable,
            method_names: (seen.method_awaited.iter())
                .map(|(_, label)| label.clone())
                .collect(),
            method_awaited: seen.method_awaited.clone(),
            comments: Room::Comments(id.to_owned()).path(call.language),
            live: Room::Live(id.to_owned()).path(call.language) + &call.query.written(),
            mark,
            deadline: seen
                .round
                .as_ref()
                .filter(|_| seen.end.is_none())
                .filter(|round| {
                    round
                        .members
                        .iter()
                        .any(|member| member.own && !member.term.over)
                })
                .map(|_| Room::Deadline(id.to_owned()).path(call.language)),
            entered: entered(call, &framed, &seen.entered, &zone),
            forms,
            drafts,
            among,
            mailing,
            letters,
            refused,
            lost,
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
        bytes,
    )
}
