use askama::Template;
use axum::http::StatusCode;
use comity_view::{Action, ApplicationLine, ApplicationPage, Class, CriterionLine, Inside, Whose};

use super::audience::{Audiences, audience};
use super::draw::{below, frame, page, why_not};
use super::visit::{Call, Outcome};
use super::{NotDone, Room, Wish};
use crate::fault::Fault;
use crate::frame::Frame;

struct Line {
    line: ApplicationLine,
    received: String,
    withdrawn: Option<String>,
    /// For how many criteria a document came in, in words.
    having: String,
    href: String,
}

#[derive(Template)]
#[template(path = "inside/applications.html")]
struct Applications {
    frame: Frame,
    lines: Vec<Line>,
    may_manage: bool,
    statuses: Vec<(String, String)>,
    today: String,
    refused: Option<String>,
    /// What was written into the form.
    kind: String,
    es: String,
    en: String,
    received: String,
    note: String,
    audience: Audiences,
    why: String,
    policy: String,
}

/// The applications, and the form for one that came in.
pub(super) async fn list(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let why = inside.reads_applications();
    if !why.allowed {
        return Err(Fault::NotFound.into());
    }
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let mut refused = None;
    if call.form.is_some() {
        let wish = Wish::Apply {
            kind: text("kind"),
            es: text("es"),
            en: text("en"),
            received: text("received"),
            note: call.sent("note").map(str::to_owned),
        };
        match call.indoors()?.wish(visitor, wish).await? {
            Ok(act) => return Ok(call.go(&Room::Application(act))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = status(refused.is_some());
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("applications-title").into_owned();
    let framed = framed.titled(title);
    let lines = inside.applications().into_iter();
    let lines = lines.map(|line| in_words(call, &framed, line)).collect();
    let today = call.site.source.today().to_string();
    page(
        status,
        &Applications {
            lines,
            may_manage: inside.manages_applications(),
            statuses: inside.statuses(),
            refused,
            kind: text("kind"),
            es: text("es"),
            en: text("en"),
            received: call.sent("received").unwrap_or(&today).to_owned(),
            note: text("note"),
            today,
            audience: of_applications(&inside),
            why: why.policy.reason.get(call.language).to_owned(),
            policy: why.policy.id.clone(),
            frame: framed,
        },
    )
}

/// Who can see applications, for whoever keeps their files.
fn of_applications(inside: &Inside) -> Audiences {
    if inside.manages_applications() {
        audience(inside, Action::Read, &Class::Application)
    } else {
        Audiences::default()
    }
}

fn in_words(call: &Call, frame: &Frame, line: ApplicationLine) -> Line {
    let withdrawn = line.withdrawn.map(|at| {
        let day = jiff::tz::Offset::UTC.to_datetime(at).date();
        frame.words().day(day)
    });
    Line {
        received: frame.words().day(line.received),
        having: frame.words().say_with(
            "application-having",
            &[("having", line.having.into()), ("of", line.of.into())],
        ),
        withdrawn,
        href: Room::Application(line.act.clone()).path(call.language),
        line,
    }
}

/// A document that came in, in words.
struct Paper {
    act: String,
    note: String,
    received: String,
    /// Where its file is, with what it is.
    file: Option<(String, String)>,
}

struct Criterion {
    id: String,
    number: u16,
    text: String,
    papers: Vec<Paper>,
}

#[derive(Template)]
#[template(path = "inside/application.html")]
struct Application {
    frame: Frame,
    line: Line,
    criteria: Vec<Criterion>,
    may_manage: bool,
    keeps_papers: bool,
    today: String,
    refused: Option<String>,
    /// The criterion, the day and the note that were written into the form.
    criterion: String,
    received: String,
    note: String,
    audience: Audiences,
    why: String,
    policy: String,
}

/// One application with its criteria: for each a document was received, or is pending.
pub(super) async fn one(call: &Call, act: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let ApplicationPage {
        line,
        criteria,
        may_manage,
        why,
    } = inside.application(act).ok_or(Fault::NotFound)?;
    let mut refused = None;
    if call.form.is_some() {
        let done = match wished(call, act) {
            Ok(wish) => call.indoors()?.wish(visitor, wish).await?,
            Err(not_done) => Err(not_done),
        };
        match done {
            Ok(_) => return Ok(call.go(&Room::Application(act.to_owned()))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let framed = frame(call, Some(&inside), line.applicant.clone());
    let up = framed.say("applications-title").into_owned();
    let framed = below(framed, up, Room::Applications.path(call.language));
    let today = call.site.source.today().to_string();
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let criteria = criteria.into_iter();
    page(
        status(refused.is_some()),
        &Application {
            criteria: criteria
                .map(|criterion| criterion_in_words(call, &framed, criterion))
                .collect(),
            line: in_words(call, &framed, line),
            may_manage,
            keeps_papers: call.indoors()?.keeps_papers(),
            refused,
            criterion: text("criterion"),
            received: call.sent("received").unwrap_or(&today).to_owned(),
            note: text("note"),
            today,
            audience: of_applications(&inside),
            why: why.policy.reason.get(call.language).to_owned(),
            policy: why.policy.id.clone(),
            frame: framed,
        },
    )
}

fn wished(call: &Call, act: &str) -> Result<Wish, NotDone> {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let note = call.sent("note").map(str::to_owned);
    Ok(match call.sent("do") {
        Some("return") => Wish::ReturnDocument {
            application: act.to_owned(),
            document: text("document"),
            note: text("note"),
        },
        Some("withdraw") => Wish::WithdrawApplication {
            application: act.to_owned(),
            note,
        },
        _ => Wish::Document {
            application: act.to_owned(),
            criterion: text("criterion"),
            received: text("received"),
            note: text("note"),
            file: call.upload()?,
        },
    })
}

fn criterion_in_words(call: &Call, frame: &Frame, criterion: CriterionLine) -> Criterion {
    let papers = criterion.documents.into_iter().map(|document| Paper {
        received: frame.words().day(document.received),
        file: document.file.map(|file| {
            let href = Room::File(document.act.clone()).path(call.language);
            (href, size(&file.kind, file.bytes))
        }),
        act: document.act,
        note: document.note,
    });
    Criterion {
        papers: papers.collect(),
        id: criterion.id,
        number: criterion.number,
        text: criterion.text,
    }
}

/// "PDF, 48 kB".
pub(super) fn size(kind: &str, bytes: u64) -> String {
    let kind = kind.to_uppercase();
    match bytes {
        0..=999 => format!("{kind}, {bytes} B"),
        1_000..=999_999 => format!("{kind}, {} kB", bytes.div_ceil(1_000)),
        _ => format!("{kind}, {} MB", bytes.div_ceil(1_000_000)),
    }
}

const fn status(refused: bool) -> StatusCode {
    if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}
