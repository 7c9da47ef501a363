use askama::Template;
use axum::http::StatusCode;
use comity_view::{
    AnswerLine, ClockDay, ConsultationLine, ConsultationPage, ConsultationRights, DayIs, End,
    Entry, Inside, MemberLine, Paragraph, Reached, ReportedPosition, RoundPage, SaidLine, Stage,
    Text, WaitsFor,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::consult::{Both, Change, Consult, Received};
use super::draw::{below, frame, page, why_not};
use super::visit::{Call, Outcome};
use super::{InWorkroom, NotDone, Room, Visitor, Wish};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::pictures::clock::{self, Clock};

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

/// What is waited for, for the desk.
pub(super) const fn waits_key(waits: WaitsFor) -> &'static str {
    match waits {
        WaitsFor::Reaction => "consult-waits-reaction",
        WaitsFor::Answer => "consult-waits-answer",
        WaitsFor::Round => "consult-waits-round",
        WaitsFor::Choice => "consult-waits-choice",
        WaitsFor::Launch => "consult-waits-launch",
        WaitsFor::Report => "consult-waits-report",
    }
}

fn stage(frame: &Frame, stage: Stage, round: u16) -> String {
    let key = match stage {
        Stage::Troika => "consult-stage-troika",
        Stage::Ready => "consult-stage-ready",
        Stage::Round => "consult-stage-round",
        Stage::Closed => "consult-stage-closed",
        Stage::Certified => "consult-stage-certified",
        Stage::Ended => "consult-stage-ended",
        Stage::Reported => "consult-stage-reported",
    };
    frame.say_one(key, "round", u64::from(round))
}

/// A clock with the name of its place.
pub(super) struct Wall {
    zone: TimeZone,
    place: String,
}

impl Wall {
    /// The clock of a time zone; without a name of its own it goes by the city with which names of the database end.
    fn of(zone: &str, place: Option<&str>) -> Self {
        let last = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
        Self {
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            place: place.map_or(last, str::to_owned),
        }
    }
}

/// By whose clock instants are written: the visitor's; where it is not known, that of the seat's capital.
fn wall_of(call: &Call, line: &ConsultationLine) -> Wall {
    let own = call
        .visitor
        .as_ref()
        .and_then(|visitor| visitor.card.zone.as_deref());
    match (own, &line.zone) {
        (Some(zone), _) => Wall::of(zone, None),
        (None, Some((zone, city))) => Wall::of(zone, Some(city)),
        (None, None) => Wall::of("UTC", None),
    }
}

/// "11 April 2012, 24:00 (Tegucigalpa)": midnight belongs to the day that it ends.
pub(super) fn moment(frame: &Frame, at: Timestamp, by: &Wall) -> String {
    let wall = by.zone.to_datetime(at);
    let name = &by.place;
    let midnight = (wall.hour(), wall.minute()) == (0, 0);
    if let (true, Ok(before)) = (midnight, wall.date().yesterday()) {
        return format!("{}, 24:00 ({name})", frame.words().day(before));
    }
    let day = frame.words().day(wall.date());
    format!("{day}, {:02}:{:02} ({name})", wall.hour(), wall.minute())
}

/// An answer in words.
struct Answered {
    said: String,
    mark: &'static str,
    words: Option<String>,
    at: String,
    late: bool,
    received: Option<String>,
}

/// A member with its clock.
struct Member {
    label: String,
    city: Option<String>,
    own: bool,
    clock: Clock,
    /// What it said; none where the seat may not see it.
    answers: Vec<Answered>,
    silent: Option<String>,
    not_at_one: bool,
    /// How it was reached, and whether somebody there opened the page; for whoever may see that.
    reached: Option<String>,
    left: String,
    ends: String,
    days: Vec<(String, String)>,
}

/// A paragraph, with what stood there before where that was another.
struct Side {
    number: usize,
    es: Vec<Part>,
    en: Vec<Part>,
}

/// A piece of a paragraph: as it was, new, or gone.
struct Part {
    text: String,
    is: &'static str,
}

struct ChangeShown {
    position: String,
    change: u16,
    party: String,
    paragraph: String,
    words: String,
    why: Option<String>,
    disposition: Option<(String, String)>,
}

struct LateShown {
    act: String,
    party: String,
    words: Option<String>,
    reply: Option<String>,
}

struct Round {
    title: String,
    why: Option<String>,
    opened: String,
    closes: String,
    members: Vec<Member>,
    hidden: bool,
    answered: Option<String>,
    changes: Vec<ChangeShown>,
    late: Vec<LateShown>,
    against: Vec<String>,
    shows_against: bool,
    text: Vec<Side>,
    last: bool,
}

/// The report: when, in which words, and what each member said.
type ReportShown = (String, String, Vec<(String, String)>);

/// What the forms are made of.
struct Forms {
    may: ConsultationRights,
    /// The stage allows it now.
    reacts: bool,
    answers: bool,
    /// Only an objection or its withdrawal is taken.
    only_objections: bool,
    opens_first: bool,
    opens_again: bool,
    resubmits: bool,
    certifies: bool,
    launches: bool,
    ends: bool,
    reports: bool,
    enters: bool,
    acknowledges: bool,
    parties: Vec<(String, String)>,
    troika: Vec<(String, String)>,
    in_place_of: Vec<String>,
    uncertain: Vec<String>,
    text: Both,
    today: String,
    sent: Sent,
}

/// What a delegation says among itself, in words.
struct Among {
    until: String,
    remarks: Vec<(String, String, String, Option<String>)>,
}

/// What was written into a form that was refused.
#[derive(Default)]
struct Sent {
    answer: String,
    words: String,
    /// For the whole text and each paragraph: its name, the proposed words, the reason.
    changes: Vec<(String, String, String)>,
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
    if let Some(done) = worked(call, visitor, &inside, id, &seen.own).await? {
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
                .filter(|round| {
                    round
                        .members
                        .iter()
                        .any(|member| member.own && !member.over)
                })
                .map(|_| Room::Deadline(id.to_owned()).path(call.language)),
            forms,
            among,
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

/// Does what a form of the workroom asks for; nothing where it is of another kind.
async fn worked(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    id: &str,
    own: &str,
) -> Result<Option<Result<(), NotDone>>, Outcome> {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let what = match call.sent("do") {
        Some("say") => InWorkroom::Say(text("remark")),
        Some("take-back") => InWorkroom::TakeBack(text("key")),
        Some("until") => InWorkroom::Until(call.sent("until").map(str::to_owned)),
        _ => return Ok(None),
    };
    if !inside.works_among_itself() {
        return Ok(Some(Err(NotDone::new(NotDone::NOT_PERMITTED))));
    }
    let done = call.indoors()?.in_workroom(visitor, id, own, what).await?;
    Ok(Some(done))
}

async fn among(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    id: &str,
    frame: &Frame,
    zone: &Wall,
) -> Result<Option<Among>, Outcome> {
    if !inside.works_among_itself() {
        return Ok(None);
    }
    let found = call
        .indoors()?
        .workroom(visitor, id, inside.party())
        .await?;
    let remarks = found.remarks.into_iter().map(|remark| {
        let at = moment(frame, remark.at, zone);
        (
            remark.name,
            remark.text,
            at,
            remark.own.then_some(remark.key),
        )
    });
    Ok(Some(Among {
        until: found.until.map(|day| day.to_string()).unwrap_or_default(),
        remarks: remarks.collect(),
    }))
}

fn lead(frame: &Frame, seen: &ConsultationPage, zone: &Wall) -> String {
    let Some(round) = seen.rounds.first() else {
        return frame.say_one(
            "consult-lead-troika",
            "presidency",
            seen.presidency.as_str(),
        );
    };
    let values = [
        ("at", moment(frame, round.closes_at, zone).into()),
        ("opened", moment(frame, round.opens_at, zone).into()),
        ("days", u64::from(round.days).into()),
    ];
    let key = if seen.end.is_some() {
        "consult-lead-ended"
    } else if round.over {
        "consult-lead-over"
    } else {
        "consult-lead-runs"
    };
    frame.words().say_with(key, &values)
}

fn troika(frame: &Frame, seen: &ConsultationPage) -> Vec<(String, String, Option<String>)> {
    let lines = seen.troika.iter();
    lines
        .map(|line| {
            let key = match line.reaction {
                Some(comity_view::Reaction::Consents) => "consult-troika-consents",
                Some(comity_view::Reaction::DoesNotConsent) => "consult-troika-does-not",
                None => "consult-troika-awaited",
            };
            (
                line.label.clone(),
                frame.say(key).into_owned(),
                line.words.clone(),
            )
        })
        .collect()
}

fn ended(frame: &Frame, end: End, zone: &Wall) -> String {
    let key = match end {
        End::Launched { .. } => "consult-launched",
        End::Referred { .. } => "consult-referred",
        End::Withdrawn { .. } => "consult-withdrawn",
    };
    frame.say_one(key, "at", moment(frame, end.at(), zone))
}

fn report(frame: &Frame, seen: &ConsultationPage, zone: &Wall) -> Option<ReportShown> {
    let (at, report) = seen.reported.zip(seen.report.as_ref())?;
    let positions = report.positions.iter().map(|(party, said)| {
        let key = match said {
            ReportedPosition::Answered { answer, .. } => answer_key(*answer),
            ReportedPosition::Submitted => "consult-said-submitted",
            ReportedPosition::NotAtOne => "consult-said-not-at-one",
            ReportedPosition::NoCommunication { reached } => nothing_key(*reached),
        };
        (party.clone(), frame.say(key).into_owned())
    });
    Some((
        moment(frame, at, zone),
        report.words.clone(),
        positions.collect(),
    ))
}

fn rounds(frame: &Frame, seen: &ConsultationPage, zone: &Wall, opened: &[String]) -> Vec<Round> {
    let rounds = seen.rounds.iter().enumerate();
    // Who opened the page is known of the round that was opened last.
    let opened = |place| if place == 0 { opened } else { &[] };
    rounds
        .map(|(place, round)| round_in_words(frame, round, zone, place == 0, opened(place)))
        .collect()
}

fn round_in_words(
    frame: &Frame,
    round: &RoundPage,
    zone: &Wall,
    last: bool,
    opened: &[String],
) -> Round {
    let number = u64::from(round.number);
    let closes = if round.over {
        "consult-closed"
    } else {
        "consult-closes"
    };
    Round {
        title: frame.say_one("consult-round-title", "round", number),
        why: round.why.clone(),
        opened: frame.say_one("consult-opened", "at", moment(frame, round.opens_at, zone)),
        closes: frame.say_one(closes, "at", moment(frame, round.closes_at, zone)),
        hidden: round
            .members
            .iter()
            .any(|member| member.said == SaidLine::Hidden),
        answered: round.answered.map(|count| {
            let values = [("count", count.into()), ("of", round.members.len().into())];
            frame.words().say_with("consult-answered", &values)
        }),
        members: round
            .members
            .iter()
            .map(|member| member_in_words(frame, member, opened))
            .collect(),
        changes: round
            .changes
            .iter()
            .map(|change| ChangeShown {
                position: change.position.clone(),
                change: change.change,
                party: change.party_label.clone(),
                paragraph: paragraph(frame, change.paragraph),
                words: change.words.clone(),
                why: change.why.clone(),
                disposition: change.disposition.as_ref().map(|(disposition, why)| {
                    let key = match disposition {
                        comity_view::Disposition::Taken => "consult-taken",
                        comity_view::Disposition::InPart => "consult-in-part",
                        comity_view::Disposition::NotTaken => "consult-not-taken",
                    };
                    (frame.say(key).into_owned(), why.clone())
                }),
            })
            .collect(),
        late: round
            .late
            .iter()
            .map(|late| LateShown {
                act: late.act.clone(),
                party: late.party_label.clone(),
                words: late.words.clone(),
                reply: late.reply.clone(),
            })
            .collect(),
        shows_against: round.against.is_some(),
        against: round
            .against
            .iter()
            .flatten()
            .map(|against| {
                let key = format!("consult-against-{}", against.what);
                frame.say_one(
                    &key,
                    "party",
                    against.party_label.as_deref().unwrap_or_default(),
                )
            })
            .collect(),
        text: sides(&round.text),
        last,
    }
}

fn paragraph(frame: &Frame, number: u16) -> String {
    if number == 0 {
        return frame.say("consult-whole-text").into_owned();
    }
    frame.say_one("consult-paragraph", "number", u64::from(number))
}

/// "Acknowledged · opened".
fn reached(frame: &Frame, member: &MemberLine, opened: &[String]) -> Option<String> {
    let mut words = vec![frame.say(reached_key(member.reached?)).into_owned()];
    if member.escalated {
        words.push(frame.say("consult-reached-escalated").into_owned());
    }
    let key = if opened.contains(&member.party) {
        "consult-opened-there"
    } else {
        "consult-not-opened"
    };
    words.push(frame.say(key).into_owned());
    Some(words.join(" · "))
}

fn member_in_words(frame: &Frame, member: &MemberLine, opened: &[String]) -> Member {
    let (answers, silent, not_at_one) = match &member.said {
        SaidLine::Hidden => (Vec::new(), None, false),
        SaidLine::NoCommunication(reached) => {
            let key = match (member.over, reached) {
                (false, _) => "consult-said-nothing-yet",
                (true, reached) => nothing_key(*reached),
            };
            (Vec::new(), Some(frame.say(key).into_owned()), false)
        }
        SaidLine::Submitted => {
            let said = frame.say("consult-said-submitted").into_owned();
            (Vec::new(), Some(said), false)
        }
        SaidLine::One(answer) => (vec![answered(frame, answer, member)], None, false),
        SaidLine::NotAtOne(all) => {
            let all = all.iter().map(|answer| answered(frame, answer, member));
            (all.collect(), None, true)
        }
    };
    let zone = TimeZone::get(&member.term.zone).unwrap_or(TimeZone::UTC);
    let wall = zone.to_datetime(member.term.ends_at);
    let ends = if (wall.hour(), wall.minute()) == (0, 0) {
        format!("{}, 24:00", frame.words().day(member.term.ends_on))
    } else {
        let day = frame.words().day(wall.date());
        format!("{day}, {:02}:{:02}", wall.hour(), wall.minute())
    };
    Member {
        label: member.label.clone(),
        city: member.city.clone(),
        own: member.own,
        clock: clock::lay_out(&member.clock, title(frame, member)),
        answers,
        silent,
        not_at_one,
        reached: reached(frame, member, opened),
        left: if member.over {
            frame.say("consult-left-none").into_owned()
        } else {
            frame.say_one("consult-left", "count", member.left)
        },
        ends: frame.say_one("consult-ends-local", "at", ends),
        days: member
            .clock
            .iter()
            .map(|day| day_in_words(frame, day))
            .collect(),
    }
}

fn title(frame: &Frame, member: &MemberLine) -> String {
    frame.words().say_with(
        "consult-clock-title",
        &[
            ("party", member.label.as_str().into()),
            ("left", member.left.into()),
        ],
    )
}

/// The word for the day of the week.
pub(super) fn weekday_key(day: jiff::civil::Date) -> &'static str {
    match day.weekday() {
        jiff::civil::Weekday::Monday => "weekday-1",
        jiff::civil::Weekday::Tuesday => "weekday-2",
        jiff::civil::Weekday::Wednesday => "weekday-3",
        jiff::civil::Weekday::Thursday => "weekday-4",
        jiff::civil::Weekday::Friday => "weekday-5",
        jiff::civil::Weekday::Saturday => "weekday-6",
        jiff::civil::Weekday::Sunday => "weekday-7",
    }
}

/// "Thu 5 April 2012", "Holy Thursday, not counted".
fn day_in_words(frame: &Frame, day: &ClockDay) -> (String, String) {
    let weekday = frame.say(weekday_key(day.date));
    let date = format!("{weekday} {}", frame.words().day(day.date));
    let why = match (day.number, &day.holiday) {
        (Some(number), _) => frame.say_one("consult-day-counted", "number", u64::from(number)),
        (None, Some(name)) => frame.say_one("consult-day-holiday", "name", name.as_str()),
        (None, None) if day.start => frame.say("consult-day-start").into_owned(),
        (None, None) => frame.say("consult-day-weekend").into_owned(),
    };
    let why = if day.when == DayIs::Today {
        format!("{why} · {}", frame.say("consult-day-today"))
    } else {
        why
    };
    (date, why)
}

const fn answer_key(answer: comity_view::Said) -> &'static str {
    use comity_view::Said;
    match answer {
        Said::NoObjection => "consult-answer-no_objection",
        Said::Agrees => "consult-answer-agrees",
        Said::AgreesWithReservation => "consult-answer-agrees_with_reservation",
        Said::ProposesChange => "consult-answer-proposes_change",
        Said::RequestsTime => "consult-answer-requests_time",
        Said::StandsAside => "consult-answer-stands_aside",
        Said::Objects => "consult-answer-objects",
    }
}

/// That nothing came, and how the member was reached.
const fn nothing_key(reached: Reached) -> &'static str {
    match reached {
        Reached::Acknowledged => "consult-said-nothing-acknowledged",
        Reached::HandedOver => "consult-said-nothing-handed-over",
        Reached::Refused => "consult-said-nothing-refused",
        Reached::Uncertain => "consult-said-nothing-uncertain",
        Reached::Sent => "consult-said-nothing",
    }
}

const fn reached_key(reached: Reached) -> &'static str {
    match reached {
        Reached::Acknowledged => "consult-reached-acknowledged",
        Reached::HandedOver => "consult-reached-handed-over",
        Reached::Refused => "consult-reached-refused",
        Reached::Uncertain => "consult-reached-uncertain",
        Reached::Sent => "consult-reached-sent",
    }
}

/// A shape beside the word: never a colour alone.
const fn answer_mark(answer: comity_view::Said) -> &'static str {
    use comity_view::Said;
    match answer {
        Said::NoObjection | Said::Agrees | Said::AgreesWithReservation => "✓",
        Said::ProposesChange => "✎",
        Said::RequestsTime => "…",
        Said::StandsAside => "○",
        Said::Objects => "■",
    }
}

fn answered(frame: &Frame, answer: &AnswerLine, member: &MemberLine) -> Answered {
    let zone = Wall::of(&member.term.zone, member.city.as_deref());
    let at = moment(frame, answer.at, &zone);
    Answered {
        said: frame.say(answer_key(answer.answer)).into_owned(),
        mark: answer_mark(answer.answer),
        words: answer.words.clone(),
        at,
        late: answer.late,
        received: answer
            .received
            .as_deref()
            .map(|reference| frame.say_one("consult-received", "reference", reference)),
    }
}

fn sides(text: &[Paragraph]) -> Vec<Side> {
    let sides = text.iter().map(|paragraph| {
        let before = paragraph.before.as_ref();
        Side {
            number: paragraph.number,
            es: parts(before.map(Text::es), &paragraph.es),
            en: parts(before.map(Text::en), &paragraph.en),
        }
    });
    sides.collect()
}

/// What is new and what is gone, word by word.
fn parts(before: Option<&str>, now: &str) -> Vec<Part> {
    let Some(before) = before else {
        return vec![Part {
            text: now.to_owned(),
            is: "same",
        }];
    };
    let diff = similar::TextDiff::from_words(before, now);
    let mut parts: Vec<Part> = Vec::new();
    for change in diff.iter_all_changes() {
        let is = match change.tag() {
            similar::ChangeTag::Equal => "same",
            similar::ChangeTag::Insert => "new",
            similar::ChangeTag::Delete => "gone",
        };
        match parts.last_mut() {
            Some(last) if last.is == is => last.text.push_str(change.value()),
            _ => parts.push(Part {
                text: change.value().to_owned(),
                is,
            }),
        }
    }
    parts
}

async fn forms(
    call: &Call,
    frame: &Frame,
    inside: &Inside,
    seen: &ConsultationPage,
) -> Result<Forms, Outcome> {
    let may = seen.may;
    let stage = seen.line.stage;
    let over = seen.rounds.first().is_some_and(|round| round.over);
    let conducts = may.conducts || (may.enters && seen.end.is_none());
    let own = seen
        .rounds
        .first()
        .and_then(|round| round.members.iter().find(|member| member.party == seen.own));
    let standing = match own.map(|member| &member.said) {
        Some(SaidLine::One(answer)) => vec![answer.act.clone()],
        Some(SaidLine::NotAtOne(all)) => all.iter().map(|answer| answer.act.clone()).collect(),
        _ => Vec::new(),
    };
    let opens_first = conducts && stage == Stage::Ready;
    let opens_again = conducts && matches!(stage, Stage::Closed | Stage::Certified);
    let uncertain = if opens_first || opens_again {
        let parties = inside.consulted_parties();
        let ids: Vec<String> = parties.iter().map(|(id, _)| id.clone()).collect();
        let unreached = call.indoors()?.unreached(&ids).await?;
        let labels = parties.into_iter().filter(|(id, _)| unreached.contains(id));
        labels.map(|(_, label)| label).collect()
    } else {
        Vec::new()
    };
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    Ok(Forms {
        reacts: may.reacts && stage == Stage::Troika,
        answers: may.states && matches!(stage, Stage::Round | Stage::Closed | Stage::Certified),
        only_objections: over && !may.objected_before,
        opens_first,
        opens_again,
        resubmits: conducts && matches!(stage, Stage::Troika | Stage::Ready),
        certifies: may.launches && stage == Stage::Closed,
        launches: may.launches && stage == Stage::Certified,
        ends: conducts,
        reports: (may.reports || may.enters) && stage == Stage::Ended,
        enters: may.enters && seen.end.is_none(),
        acknowledges: may.acknowledges && standing.is_empty(),
        parties: seen
            .rounds
            .first()
            .map(|round| {
                let members = round.members.iter();
                members
                    .map(|member| (member.party.clone(), member.label.clone()))
                    .collect()
            })
            .unwrap_or_default(),
        troika: seen
            .troika
            .iter()
            .map(|line| (line.party.clone(), line.label.clone()))
            .collect(),
        in_place_of: standing,
        uncertain,
        text: Both {
            es: joined(&seen.text, |paragraph| &paragraph.es),
            en: joined(&seen.text, |paragraph| &paragraph.en),
        },
        today: call.site.source.today().to_string(),
        sent: Sent {
            answer: text("answer"),
            words: text("words"),
            changes: (0..=u16::try_from(seen.text.len()).unwrap_or(u16::MAX))
                .map(|number| {
                    let sent = |name: &str| text(&format!("{name}_{number}"));
                    (paragraph(frame, number), sent("change"), sent("change_why"))
                })
                .collect(),
        },
        may,
    })
}

fn joined(text: &[Paragraph], side: impl Fn(&Paragraph) -> &String) -> String {
    let all: Vec<&str> = text
        .iter()
        .map(|paragraph| side(paragraph).as_str())
        .collect();
    all.join("\n\n")
}

fn both(call: &Call, name: &str) -> Both {
    let text = |language: &str| {
        let name = format!("{name}_{language}");
        one_line(call.sent(&name).unwrap_or_default())
    };
    Both {
        es: text("es"),
        en: text("en"),
    }
}

/// What a person writes on several lines stands on one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of(call: &Call) -> Both {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    Both {
        es: text("text_es"),
        en: text("text_en"),
    }
}

fn wished(call: &Call, id: &str, seen: &ConsultationPage) -> Result<Consult, NotDone> {
    let id = id.to_owned();
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let some = |name: &str| call.sent(name).map(str::to_owned);
    let note = some("note");
    Ok(match call.sent("do").unwrap_or_default() {
        "resubmit" => Consult::Resubmit {
            id,
            text: text_of(call),
            note,
        },
        "react" => Consult::React {
            id,
            party: some("party").unwrap_or_else(|| seen.own.clone()),
            consents: call.sent("reaction") == Some("consents"),
            words: some("words"),
            note,
        },
        "open" => {
            let sent = text_of(call);
            let why = both(call, "why");
            Consult::Open {
                id,
                text: Some(sent).filter(|sent| !sent.es.is_empty() || !sent.en.is_empty()),
                why: Some(why).filter(|why| !why.es.is_empty() || !why.en.is_empty()),
                knowingly: call.sent("knowingly").is_some(),
                note,
            }
        }
        "extend" => Consult::Extend { id, note },
        "close-early" => Consult::CloseEarly { id, note },
        "state" => {
            let received = some("reference").map(|reference| Received {
                by: text("by"),
                on: text("on"),
                reference,
            });
            Consult::State {
                id,
                party: some("party").unwrap_or_else(|| seen.own.clone()),
                answer: text("answer"),
                words: some("words"),
                changes: changes(call, seen.text.len())?,
                in_place_of: text("in_place_of")
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
                received,
            }
        }
        "dispose" => Consult::Dispose {
            id,
            position: text("position"),
            change: text("change"),
            disposition: text("disposition"),
            why: both(call, "why"),
            note,
        },
        "reply" => Consult::AnswerObjection {
            id,
            objection: text("objection"),
            reply: both(call, "why"),
            note,
        },
        "note" => Consult::Note {
            id,
            round: seen.line.round,
            party: some("party").unwrap_or_else(|| seen.own.clone()),
            passage: text("passage"),
            note,
        },
        "certify" => Consult::Certify {
            id,
            words: both(call, "why"),
        },
        "launch" => Consult::Launch { id },
        "refer" => Consult::Refer {
            id,
            why: both(call, "why"),
            note,
        },
        "withdraw" => Consult::Withdraw {
            id,
            why: both(call, "why"),
            note,
        },
        "report" => Consult::Report {
            id,
            words: both(call, "why"),
            note,
        },
        _ => return Err(NotDone::new(NotDone::UNAVAILABLE)),
    })
}

/// The changes that are proposed: a field for the whole text and for each paragraph, or the one of a form that has no more.
fn changes(call: &Call, paragraphs: usize) -> Result<Vec<Change>, NotDone> {
    if call.sent("answer") != Some("proposes_change") {
        return Ok(Vec::new());
    }
    let of = |paragraph: u16, suffix: &str| {
        let words = call.sent(&format!("change{suffix}"))?.trim().to_owned();
        (!words.is_empty()).then(|| Change {
            paragraph,
            words,
            why: call.sent(&format!("change_why{suffix}")).map(str::to_owned),
        })
    };
    let last = u16::try_from(paragraphs).unwrap_or(u16::MAX);
    let several = (0..=last).filter_map(|number| of(number, &format!("_{number}")));
    let changes: Vec<Change> = of(0, "").into_iter().chain(several).collect();
    if changes.is_empty() {
        return Err(NotDone::new("E-0831"));
    }
    Ok(changes)
}

/// Milliseconds after which a browser asks again.
const ASK_AGAIN: u32 = 5_000;

/// A mark of all that the seat sees of a consultation: another one as soon as any of it is another. The connection ends with it, so
/// that a thousand readers hold none open.
pub(super) fn live(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let seen = inside.consultation(id).ok_or(Fault::NotFound)?;
    let mark = hex::encode(&Sha256::digest(format!("{seen:?}"))[..12]);
    Ok(Outcome::Events(format!(
        "retry: {ASK_AGAIN}\ndata: {mark}\n\n"
    )))
}

/// The host of the site, as names of deadlines end with it.
pub(super) fn host(call: &Call) -> &str {
    let host = call.origin.split("://").nth(1).unwrap_or(&call.origin);
    host.split(':').next().unwrap_or(host)
}

/// The deadline of the seat's country in the round that was opened last, as an entry for a calendar.
pub(super) fn entry_of(call: &Call, frame: &Frame, inside: &Inside, id: &str) -> Option<Entry> {
    let seen = inside.consultation(id)?;
    let round = seen.rounds.first()?;
    let own = round.members.iter().find(|member| member.own)?;
    let wall = Wall::of(&own.term.zone, own.city.as_deref());
    let path = Room::Consultation(id.to_owned()).path(call.language);
    Some(Entry {
        // The same name as in the letter: a program that has the one takes the other for it.
        name: format!("term.{}.{}", round.act, own.party),
        sequence: 0,
        stamp: round.opens_at,
        at: own.term.ends_at,
        summary: frame.say_one("consult-entry", "topic", seen.line.topic.as_str()),
        description: moment(frame, own.term.ends_at, &wall),
        url: format!("{}{path}", call.origin),
    })
}

/// The same as a file.
pub(super) fn deadline(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let framed = frame(call, Some(&inside), "");
    let entry = entry_of(call, &framed, &inside, id).ok_or(Fault::NotFound)?;
    let file = entry.written(host(call)).into_bytes();
    Ok(Outcome::File(
        "text/calendar; charset=utf-8",
        "deadline.ics",
        file,
    ))
}

#[derive(Template)]
#[template(path = "inside/consultation_new.html")]
struct NewConsultation {
    frame: Frame,
    refused: Option<String>,
    parties: Vec<(String, String)>,
    on_a_note: bool,
    topic: Both,
    why_now: Both,
    why_agreed: Both,
    text: Both,
    matter: String,
    mandate: String,
    note: String,
}

/// The form for a course of action.
pub(super) async fn new(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    if !begins(&inside) {
        return Err(Fault::NotFound.into());
    }
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let mut refused = None;
    if call.form.is_some() {
        match submitted(call, visitor).await? {
            Ok(act) => return Ok(call.go(&Room::Consultation(act))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("consult-new").into_owned();
    let framed = framed.titled(title);
    let up = framed.say("consultations-title").into_owned();
    let framed = below(framed, up, Room::Consultations.path(call.language));
    page(
        status,
        &NewConsultation {
            refused,
            parties: inside.presiding_party().into_iter().collect(),
            on_a_note: !inside.may_consult().allowed,
            topic: both(call, "topic"),
            why_now: both(call, "now"),
            why_agreed: both(call, "agreed"),
            text: text_of(call),
            matter: text("matter"),
            mandate: text("mandate"),
            note: text("note"),
            frame: framed,
        },
    )
}

async fn submitted(call: &Call, visitor: &Visitor) -> Result<Result<String, NotDone>, Outcome> {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let wish = Consult::Submit {
        party: text("party"),
        topic: both(call, "topic"),
        why_now: both(call, "now"),
        why_agreed: both(call, "agreed"),
        matter: text("matter"),
        mandate: call.sent("mandate").map(str::to_owned),
        text: text_of(call),
        note: call.sent("note").map(str::to_owned),
    };
    Ok(call
        .indoors()?
        .wish(visitor, Wish::Consult(Box::new(wish)))
        .await?)
}
