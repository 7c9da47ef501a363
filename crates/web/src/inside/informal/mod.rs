//! Informal consultations from a seat: their lines in the list, one with all that the seat may do in it, and the form for a
//! new one.

mod date;
mod new;
mod shown;

use askama::Template;
use axum::http::StatusCode;
use comity_view::{InformalPage, InformalReaders, InformalRights, InformalSaid, Paragraph};

pub use date::{DateAsked, date_entry, days_in_words};
pub(super) use date::{date, entries};
pub(super) use new::new;
pub(super) use shown::{InformalRow, begins, rows, waits_key};

use self::shown::{Among, Member, closed, kind_key, lead, members, readers_key};
use super::consultation::{
    ASKED_FOR, MailingShown, both, mailed, mailing, moment, stand_open, today, wall,
};
use super::draw::{below, frame, page, why_not};
use super::entered::{EnteredShown, entered};
use super::live;
use super::visit::{Call, Outcome};
use super::{Informally, LettersOf, NotDone, Received, Room, Wish};
use crate::fault::Fault;
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "inside/informal.html")]
struct Informal {
    frame: Frame,
    kicker: String,
    lead: String,
    /// Where a script asks whether the page is still as it was drawn.
    live: String,
    mark: String,
    demo: bool,
    /// What came of it, who said so and when.
    summary: Option<(String, String)>,
    /// The days that are asked about; where they are had for a calendar, while it is open.
    date: Option<(String, Option<String>)>,
    text: Vec<Paragraph>,
    members: Vec<Member>,
    answered: Option<String>,
    /// Of whom it is asked whose answers are not seen, and why not.
    unseen: Option<(String, &'static str)>,
    matter: &'static str,
    mandate: Option<String>,
    readers: &'static str,
    may: InformalRights,
    /// For whoever consults or enters.
    mailing: Option<MailingShown>,
    /// Where they are shown, where they are not.
    letters: Option<&'static str>,
    form: AnswerForm,
    entered: Vec<EnteredShown>,
    /// The paper on which something is entered can come with it.
    papers: bool,
    today: String,
    refused: Option<String>,
    /// Whoever acts for the Presidency shows first who they are.
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

/// What the form for an answer is made of.
struct AnswerForm {
    /// It asks whether a day suits.
    dates: bool,
    /// It asks for an institution or post.
    nominations: bool,
    /// The answer that stands.
    in_place_of: Option<String>,
    /// The answers that are seen standing, for whoever enters one.
    seen: Vec<String>,
    choice: String,
    function: String,
    words: String,
    summary_es: String,
    summary_en: String,
}

/// One informal consultation, and what the seat may do in it now.
pub(super) async fn one(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let seen = inside.informal(id).ok_or(Fault::NotFound)?;
    let letters_of = LettersOf::Informal(id);
    let mut refused = None;
    if call.form.is_some() {
        let done = match mailed(call, visitor, letters_of).await? {
            Some(done) => done,
            None => {
                let asked = call
                    .upload()
                    .and_then(|paper| Ok((wished(call, id, &seen)?, paper)));
                match asked {
                    Ok((wish, paper)) => {
                        let wish = Wish::Informally(Box::new(wish), paper);
                        call.indoors()?.wish(visitor, wish).await?.map(drop)
                    }
                    Err(not_done) => Err(not_done),
                }
            }
        };
        match done {
            Ok(()) => return Ok(call.go(&Room::Informal(id.to_owned()))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
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
    let indoors = call.indoors()?;
    let password = indoors.password(visitor).await?;
    let zone = wall(call, seen.line.zone.as_ref());
    // Nobody who conducts it looks for it where it was opened by a country that was asked.
    indoors.note_opened(visitor, id, &seen.own).await?;
    let among = match seen.may.sees_all {
        true => Some(Among {
            opened: indoors.opened(id).await?,
            reached: indoors.reached(id).await?,
        }),
        false => None,
    };
    let acts = seen.may.consults || seen.may.enters;
    let listed = match acts && stand_open(call, &inside, id, seen.line.since).await? {
        true => {
            indoors
                .mailing(visitor, letters_of, &[], call.language)
                .await?
        }
        false => None,
    };
    let mailing = mailing(call, visitor, letters_of, listed, &seen.own, &framed, &zone).await?;
    let mark = live::of_informal(call, &seen).await?;
    page(
        status,
        &Informal {
            kicker: framed.say(kind_key(seen.line.kind)).into_owned(),
            lead: lead(&framed, &seen, &zone),
            live: Room::LiveInformal(id.to_owned()).path(call.language),
            mark,
            demo: inside.is_demonstration(),
            summary: seen
                .summary
                .as_ref()
                .map(|(words, by)| (words.clone(), closed(&framed, &seen, by, &zone))),
            date: seen.line.days.map(|days| {
                let file = Room::InformalDate(id.to_owned()).path(call.language);
                let open = seen.line.closed.is_none();
                (shown::dated(&framed, days), open.then_some(file))
            }),
            members: members(&framed, &seen, &zone, among.as_ref()),
            answered: seen.answered.map(|count| {
                let values = [("count", count.into()), ("of", seen.members.len().into())];
                framed.words().say_with("informal-answered", &values)
            }),
            unseen: unseen(&framed, &seen),
            matter: match seen.matter {
                comity_view::Matter::ClosedDoor => "informal-matter-closed-door",
                _ => "informal-matter-ordinary",
            },
            mandate: seen.mandate.clone(),
            readers: readers_key(seen.readers),
            may: seen.may,
            letters: (acts && mailing.is_none()).then_some(ASKED_FOR),
            mailing,
            form: answer_form(call, &seen),
            entered: entered(call, &framed, &seen.entered, &zone),
            papers: seen.may.enters && indoors.keeps_papers(),
            today: today(call, &inside),
            refused,
            unproven: acts && !visitor.proven,
            prove: !visitor.proven && indoors.has_passkeys(),
            by_password: !visitor.proven && password.is_some(),
            own_address: true,
            next_room: format!("informal/{id}"),
            sign_in: Room::SignIn.path(call.language),
            email: String::new(),
            begin: Room::BeginShowing.path(call.language),
            finish: Room::FinishShowing.path(call.language),
            text: seen.text,
            frame: framed,
        },
    )
}

/// The countries whose answers are not seen, and why.
fn unseen(frame: &Frame, seen: &InformalPage) -> Option<(String, &'static str)> {
    let members = seen.members.iter();
    let hidden = members.filter(|member| member.said == InformalSaid::Hidden);
    let labels: Vec<String> = hidden.map(|member| member.label.clone()).collect();
    if labels.is_empty() {
        return None;
    }
    let asked = seen.members.iter().any(|member| member.own);
    let key = match seen.readers {
        InformalReaders::Presidency => "informal-hidden-presidency",
        InformalReaders::Members if asked => "informal-hidden-until-answered",
        InformalReaders::Members => "informal-hidden-until-closed",
    };
    let countries = frame.words().all_of(&labels);
    Some((
        frame.say_one("informal-unseen", "countries", countries),
        key,
    ))
}

fn answer_form(call: &Call, seen: &InformalPage) -> AnswerForm {
    let standing = seen.members.iter().filter_map(|member| match &member.said {
        InformalSaid::Answered(answer) => Some((member.own, answer)),
        InformalSaid::Hidden | InformalSaid::NoCommunication => None,
    });
    let own = standing.clone().find(|(own, _)| *own);
    let own = own.map(|(_, answer)| answer);
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let reply = own.and_then(|answer| answer.reply.as_ref());
    let (choice, function) = shown::reply_fields(reply);
    let kept = |name: &str, before: String| match call.form {
        Some(_) => text(name),
        None => before,
    };
    let summary = both(call, "summary");
    AnswerForm {
        dates: seen.line.kind == comity_view::InformalKind::SaveTheDate,
        nominations: seen.line.kind == comity_view::InformalKind::Nominations,
        in_place_of: own.map(|answer| answer.act.clone()),
        seen: standing.map(|(_, answer)| answer.act.clone()).collect(),
        choice: kept("choice", choice),
        function: kept("function", function),
        words: kept(
            "words",
            own.and_then(|answer| answer.words.clone())
                .unwrap_or_default(),
        ),
        summary_es: summary.es,
        summary_en: summary.en,
    }
}

/// What a form asks for.
fn wished(call: &Call, id: &str, seen: &InformalPage) -> Result<Informally, NotDone> {
    let id = id.to_owned();
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let some = |name: &str| call.sent(name).map(str::to_owned);
    match call.sent("do").unwrap_or_default() {
        "answer" => {
            let party = some("party").unwrap_or_else(|| seen.own.clone());
            let received = some("reference").map(|reference| Received {
                by: text("by"),
                on: text("on"),
                reference,
            });
            Ok(Informally::Answer {
                id,
                in_place_of: standing_seen(call, seen, &party),
                party,
                choice: some("choice"),
                function: some("function"),
                words: some("words"),
                received,
            })
        }
        "close" => Ok(Informally::Close {
            id,
            summary: both(call, "summary"),
            note: some("note"),
        }),
        _ => Err(NotDone::new(NotDone::UNAVAILABLE)),
    }
}

/// The answer of a member, where it stood on the page from which the form was sent: what came since is seen first.
fn standing_seen(call: &Call, seen: &InformalPage, party: &str) -> Option<String> {
    let member = seen.members.iter().find(|member| member.party == party)?;
    let InformalSaid::Answered(answer) = &member.said else {
        return None;
    };
    let sent = call.sent("seen").unwrap_or_default();
    let mut sent = sent.split_whitespace();
    sent.any(|act| act == answer.act)
        .then(|| answer.act.clone())
}
