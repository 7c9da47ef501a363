use askama::Template;
use axum::http::StatusCode;

use super::draw::{frame, page, why_not};
use super::form::card;
use super::visit::{Call, Outcome};
use super::{Card, Room};
use crate::frame::Frame;

struct Line {
    handle: String,
    agent: String,
    begun: String,
    seen: String,
    own: bool,
}

#[derive(Template)]
#[template(path = "inside/account.html")]
struct Account {
    frame: Frame,
    card: Card,
    confirmed: Option<String>,
    sessions: Vec<Line>,
    passkeys_possible: bool,
    passwords_possible: bool,
    /// When the password was set, and how many codes of recovery are left.
    password: Option<(String, usize)>,
    set_password: String,
    drop_password: String,
    by_password: bool,
    own_address: bool,
    next: &'static str,
    sign_in: String,
    email: String,
    passkeys: Vec<Line>,
    proven: bool,
    make: String,
    keep: String,
    begin: String,
    finish: String,
    remove: String,
    /// Accounts of ministries that are bound, and those that may be.
    bound: Vec<Line>,
    ministries: Vec<(String, String)>,
    untie: String,
    end: String,
    /// Whether one letter a day was chosen; absent where no letters are sent.
    daily: Option<bool>,
    refused: Option<String>,
    faults: Vec<(String, String)>,
}

/// One's own data, to be confirmed, and where one is signed in.
pub(super) async fn account(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    let indoors = call.indoors()?;
    let inside = indoors.inside(visitor, call.language);
    let mut refused = None;
    let mut shown = visitor.card.clone();
    let mut wrong = Vec::new();
    if let Some(id) = call.sent("untie") {
        indoors.unbind(visitor, id).await?;
        return Ok(call.go(&Room::Account));
    }
    if let Some(chosen) = call.sent("daily") {
        indoors.set_daily(visitor, chosen == "yes").await?;
        return Ok(call.go(&Room::Account));
    }
    if call.form.is_some() {
        let (given, found) = card(call);
        if found.is_empty() {
            match indoors.confirm(visitor, given.clone()).await? {
                Ok(()) => return Ok(call.go(&Room::Account)),
                Err(not_done) => refused = Some(why_not(call.language, &not_done)),
            }
        }
        wrong = found;
        shown = Card {
            confirmed_at: shown.confirmed_at,
            ..given
        };
    }
    let status = if refused.is_some() || !wrong.is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let framed = frame(call, inside.as_ref(), "");
    let title = framed.say("account-title").into_owned();
    let framed = framed.titled(title);
    let when = |at: jiff::Timestamp| {
        let wall = jiff::tz::Offset::UTC.to_datetime(at);
        let day = framed.words().day(wall.date());
        format!("{day}, {:02}:{:02} UTC", wall.hour(), wall.minute())
    };
    let sessions = indoors.sessions(visitor).await?.into_iter();
    let sessions = sessions.map(|row| Line {
        begun: when(row.begun_at),
        seen: when(row.seen_at),
        handle: row.handle,
        agent: row.agent,
        own: row.own,
    });
    let passkeys = indoors.passkeys(visitor).await?.into_iter();
    let passkeys = passkeys.map(|row| Line {
        begun: when(row.made_at),
        seen: String::new(),
        handle: row.id,
        agent: row.agent,
        own: false,
    });
    let bound = indoors.bound(visitor, call.language).await?.into_iter();
    let bound = bound.map(|row| Line {
        begun: when(row.made_at),
        seen: String::new(),
        handle: row.id,
        agent: row.name,
        own: false,
    });
    let ministries = indoors.may_bind(visitor, call.language).into_iter();
    let ministries = ministries.map(|ministry| {
        (
            ministry.name,
            Room::Ministry(ministry.id).path(call.language),
        )
    });
    let password = indoors.password(visitor).await?;
    let page_of = Account {
        passwords_possible: indoors.has_passwords(),
        by_password: indoors.has_passwords() && password.is_some(),
        own_address: true,
        password: password.map(|row| (when(row.made_at), row.recovery_left)),
        set_password: Room::Password.path(call.language),
        drop_password: Room::DropPassword.path(call.language),
        next: "account",
        sign_in: Room::SignIn.path(call.language),
        email: String::new(),
        passkeys_possible: indoors.has_passkeys(),
        passkeys: passkeys.collect(),
        proven: visitor.proven,
        make: Room::BeginMaking.path(call.language),
        keep: Room::FinishMaking.path(call.language),
        begin: Room::BeginShowing.path(call.language),
        finish: Room::FinishShowing.path(call.language),
        remove: Room::DropPasskey.path(call.language),
        confirmed: shown.confirmed_at.map(when),
        sessions: sessions.collect(),
        bound: bound.collect(),
        ministries: ministries.collect(),
        untie: Room::Account.path(call.language),
        end: Room::EndSession.path(call.language),
        daily: indoors.is_daily(visitor).await?,
        refused,
        faults: wrong
            .iter()
            .map(|wrong| (wrong.field.to_owned(), framed.say(wrong.says).into_owned()))
            .collect(),
        card: shown,
        frame: framed,
    };
    page(status, &page_of)
}

/// Ends a session somewhere else.
pub(super) async fn end(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    let handle = call.sent("session").unwrap_or_default();
    call.indoors()?.end(visitor, handle).await?;
    Ok(call.go(&Room::Account))
}
