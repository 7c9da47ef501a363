use askama::Template;
use axum::http::StatusCode;

use super::draw::{frame, page};
use super::password::{self, NotEntered};
use super::visit::{Call, Outcome};
use super::{NotLetIn, Offer, Room, Welcome};
use crate::fault::Fault;
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "inside/sign_in.html")]
struct SignIn {
    frame: Frame,
    /// Why nobody came in: the keys of its title and its text.
    wrong: Option<(&'static str, &'static str)>,
    passkeys: bool,
    by_password: bool,
    own_address: bool,
    next: &'static str,
    sign_in: String,
    email: String,
    begin: String,
    finish: String,
    take_a_seat: Option<String>,
    /// The accounts of ministries: the name of each, and where its form goes.
    ministries: Vec<(String, String)>,
}

/// How one signs in. Whoever is in goes on to the desk, or proves again who they are.
pub(super) async fn sign_in(call: &Call) -> Result<Outcome, Outcome> {
    if call.form.is_some() {
        return match password::enter(call).await {
            Ok(entered) => Ok(entered),
            Err(NotEntered::Other(outcome)) => Err(outcome),
            Err(NotEntered::Door(NotLetIn::NotRight)) => {
                let wrong = ("sign-in-wrong-title", "sign-in-wrong");
                closed(call, StatusCode::FORBIDDEN, Some(wrong)).await
            }
            Err(NotEntered::Door(NotLetIn::TooOften)) => {
                let wrong = ("error-often-title", "sign-in-often");
                closed(call, StatusCode::TOO_MANY_REQUESTS, Some(wrong)).await
            }
        };
    }
    if call.visitor.is_some() {
        return Ok(call.go(&Room::Desk));
    }
    closed(call, StatusCode::OK, None).await
}

/// An account that said nobody, somebody else, or nothing that can be believed.
pub(super) const NOT_FROM_THERE: (&str, &str) = ("ministry-refused-title", "ministry-refused");
/// An account that cannot be reached.
pub(super) const UNREACHED: (&str, &str) = ("ministry-unreached-title", "ministry-unreached");

/// The door, with why nobody came in.
pub(super) async fn refused(
    call: &Call,
    wrong: (&'static str, &'static str),
) -> Result<Outcome, Outcome> {
    closed(call, StatusCode::FORBIDDEN, Some(wrong)).await
}

/// A link that lets nobody in any more.
const STALE: (&str, &str) = ("link-stale-title", "link-stale");

async fn closed(
    call: &Call,
    status: StatusCode,
    wrong: Option<(&'static str, &'static str)>,
) -> Result<Outcome, Outcome> {
    let indoors = call.indoors()?;
    let offers = indoors.offers(call.language).await?;
    let frame = frame(call, None, "");
    let title = frame.say("sign-in-title").into_owned();
    page(
        status,
        &SignIn {
            frame: frame.titled(title),
            wrong,
            passkeys: indoors.has_passkeys(),
            by_password: indoors.has_passwords(),
            own_address: false,
            next: "desk",
            sign_in: Room::SignIn.path(call.language),
            email: call.sent("email").unwrap_or_default().to_owned(),
            begin: Room::BeginShowing.path(call.language),
            finish: Room::FinishShowing.path(call.language),
            ministries: indoors
                .ministries(call.language)
                .into_iter()
                .map(|ministry| {
                    (
                        ministry.name,
                        Room::Ministry(ministry.id).path(call.language),
                    )
                })
                .collect(),
            take_a_seat: (!offers.is_empty()).then(|| Room::TakeASeat.path(call.language)),
        },
    )
}

#[derive(Template)]
#[template(path = "inside/link.html")]
struct LinkPage {
    frame: Frame,
    welcome: Welcome,
}

/// The page of a link: whom it lets in. Only the form on it uses it up, because mail scanners follow links.
pub(super) async fn link(call: &Call, link: &str) -> Result<Outcome, Outcome> {
    let indoors = call.indoors()?;
    if call.form.is_some() {
        let entered = indoors.enter(link, &call.agent).await?;
        return match entered {
            Some(token) => Ok(Outcome::SignedIn(Room::Desk.path(call.language), token)),
            None => closed(call, StatusCode::GONE, Some(STALE)).await,
        };
    }
    let Some(welcome) = indoors.knock(link).await? else {
        return closed(call, StatusCode::GONE, Some(STALE)).await;
    };
    let frame = frame(call, None, "");
    let title = frame.say_one("link-title", "name", welcome.name.as_str());
    let frame = frame.titled(title);
    page(StatusCode::OK, &LinkPage { frame, welcome })
}

#[derive(Template)]
#[template(path = "inside/take_a_seat.html")]
struct TakeASeat {
    frame: Frame,
    parties: Vec<(String, Vec<Offer>)>,
}

/// The way into a demonstration. Elsewhere there is no such page.
pub(super) async fn take_a_seat(call: &Call) -> Result<Outcome, Outcome> {
    let indoors = call.indoors()?;
    let offers = indoors.offers(call.language).await?;
    if offers.is_empty() {
        return Err(Fault::NotFound.into());
    }
    if call.form.is_some() {
        let offer = call.sent("seat").unwrap_or_default();
        if let Some(token) = indoors.take(offer, &call.agent).await? {
            return Ok(Outcome::SignedIn(Room::Desk.path(call.language), token));
        }
    }
    let mut parties: Vec<(String, Vec<Offer>)> = Vec::new();
    for offer in offers {
        match parties.last_mut() {
            Some((party, seats)) if *party == offer.party => seats.push(offer),
            _ => parties.push((offer.party.clone(), vec![offer])),
        }
    }
    let frame = frame(call, None, "");
    let title = frame.say("take-a-seat-title").into_owned();
    let frame = frame.titled(title);
    page(StatusCode::OK, &TakeASeat { frame, parties })
}

pub(super) async fn leave(call: &Call) -> Result<Outcome, Outcome> {
    if let Some(visitor) = &call.visitor {
        call.indoors()?.leave(&visitor.session).await?;
    }
    Ok(Outcome::SignedOut(Room::SignIn.path(call.language)))
}
