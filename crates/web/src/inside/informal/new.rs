//! The form with which the Presidency asks.

use askama::Template;
use axum::http::StatusCode;
use comity_view::{InformalKind, Inside};

use super::shown::kind_key;
use super::{begins, both};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::inside::consultation::text_of;
use crate::inside::draw::{below, frame, page, why_not};
use crate::inside::visit::{Call, Outcome};
use crate::inside::{Both, Informally, NotDone, Room, Visitor, Wish};

/// A member that may be asked: its id, its name, whether it is chosen.
struct Choice {
    id: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "inside/informal_new.html")]
struct NewInformal {
    frame: Frame,
    refused: Option<String>,
    on_a_note: bool,
    presiding: Option<String>,
    /// Name, key of its words, whether it is chosen.
    kinds: Vec<(&'static str, &'static str, bool)>,
    topic: Both,
    text: Both,
    matter: String,
    mandate: String,
    /// Only some are asked.
    some: bool,
    choices: Vec<Choice>,
    first: String,
    last: String,
    helpful_by: String,
    today: String,
    /// The answers are for the Presidency.
    kept: bool,
    note: String,
    /// The paper on which it is entered can come with it.
    papers: bool,
    unproven: bool,
    prove: bool,
    by_password: bool,
    own_address: bool,
    next_room: &'static str,
    sign_in: String,
    email: String,
    begin: String,
    finish: String,
}

/// The form for something to be asked.
pub(in crate::inside) async fn new(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    if !begins(&inside) {
        return Err(Fault::NotFound.into());
    }
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let mut refused = None;
    if call.form.is_some() {
        match opened(call, visitor, &inside).await? {
            Ok(act) => return Ok(call.go(&Room::Informal(act))),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("informal-new").into_owned();
    let framed = framed.titled(title);
    let up = framed.say("inside-consultations").into_owned();
    let framed = below(framed, up, Room::Consultations.path(call.language));
    let indoors = call.indoors()?;
    let password = indoors.password(visitor).await?;
    let kind = text("kind");
    page(
        status,
        &NewInformal {
            refused,
            on_a_note: !inside.may_consult_informally(),
            presiding: inside.presiding_party().map(|(_, label)| label),
            kinds: InformalKind::ALL
                .into_iter()
                .map(|of| (of.as_str(), kind_key(of), of.as_str() == kind))
                .collect(),
            topic: both(call, "topic"),
            text: text_of(call),
            matter: text("matter"),
            mandate: text("mandate"),
            some: call.sent("asked") == Some("these"),
            choices: choices(call, &inside),
            first: text("first"),
            last: text("last"),
            helpful_by: text("helpful_by"),
            today: call.site.source.today().to_string(),
            kept: call.sent("readers") == Some("presidency"),
            note: text("note"),
            papers: indoors.keeps_papers(),
            unproven: !visitor.proven,
            prove: !visitor.proven && indoors.has_passkeys(),
            by_password: !visitor.proven && password.is_some(),
            own_address: true,
            next_room: "informal-new",
            sign_in: Room::SignIn.path(call.language),
            email: String::new(),
            begin: Room::BeginShowing.path(call.language),
            finish: Room::FinishShowing.path(call.language),
            frame: framed,
        },
    )
}

fn choices(call: &Call, inside: &Inside) -> Vec<Choice> {
    let members = inside.informally_asked().into_iter();
    members
        .map(|(id, label)| Choice {
            chosen: call.sent(&format!("ask_{id}")).is_some(),
            id,
            label,
        })
        .collect()
}

async fn opened(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
) -> Result<Result<String, NotDone>, Outcome> {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let some = |name: &str| call.sent(name).map(str::to_owned);
    let asked = (call.sent("asked") == Some("these")).then(|| {
        let chosen = choices(call, inside).into_iter();
        let chosen = chosen.filter(|choice| choice.chosen);
        chosen.map(|choice| choice.id).collect()
    });
    let wish = Informally::Open {
        kind: text("kind"),
        topic: both(call, "topic"),
        text: text_of(call),
        matter: text("matter"),
        mandate: some("mandate"),
        asked,
        first: some("first"),
        last: some("last"),
        helpful_by: some("helpful_by"),
        readers: text("readers"),
        note: some("note"),
    };
    let paper = match call.upload() {
        Ok(paper) => paper,
        Err(not_done) => return Ok(Err(not_done)),
    };
    let wish = Wish::Informally(Box::new(wish), paper);
    Ok(call.indoors()?.wish(visitor, wish).await?)
}
