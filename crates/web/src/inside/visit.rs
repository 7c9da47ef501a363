use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use comity_view::{Inside, Language, View};

use super::network::network;
use super::{
    Indoors, NotDone, Room, Upload, Visitor, account, applications, calendar, clock, console,
    consultation, contacts, cookies, desk, doors, dossier, feed, files, gathering, induction,
    informal, list, live, openid, outbox, passkeys, password, people, presidency, rights, seat,
    trail,
};
use crate::answer::Script;
use crate::fault::Fault;
use crate::query::{Query, decode};
use crate::site::Site;
use crate::{SourceError, answer, language, visit as public};

/// The longest form that is read.
const FORM_BYTES: usize = 16 * 1024;

/// The longest form over the rows of a list.
const LIST_BYTES: usize = 1024 * 1024;

/// A list that is sent as a file, and what a browser puts around it.
const FILE_BYTES: usize = comity_contacts::SHEET_BYTES + 16 * 1024;

/// A paper that is sent with a form, and what a browser puts around it.
const PAPER_BYTES: usize = Upload::MOST_BYTES + 32 * 1024;

/// A long form with a paper.
const LIST_AND_PAPER_BYTES: usize = LIST_BYTES + PAPER_BYTES;

/// No request inside is longer.
pub(super) const MOST_BYTES: usize = if LIST_AND_PAPER_BYTES > FILE_BYTES {
    LIST_AND_PAPER_BYTES
} else {
    FILE_BYTES
} + 64 * 1024;

/// What a page inside is asked with.
pub(super) struct Call {
    pub site: Arc<Site>,
    pub language: Language,
    pub room: Room,
    pub query: Query,
    /// What a script sent.
    pub json: Option<String>,
    /// A file that a form sent.
    pub file: Option<Sent>,
    /// What a form sent; absent where a page is only looked at.
    pub form: Option<Query>,
    pub visitor: Option<Visitor>,
    pub agent: String,
    /// From where it comes, for limits.
    pub network: String,
    /// By which this browser is known, where somebody signed in with it before.
    pub device: Option<String>,
    /// What this browser kept while it was at a ministry's account.
    pub bound: Option<String>,
    /// Scheme and host as the browser has them, for a link to be handed on.
    pub origin: String,
}

/// A file that was sent.
pub(super) enum Sent {
    /// Its name, and what is in it.
    Whole(String, Bytes),
    TooLarge,
}

/// What comes of a call.
pub(super) enum Outcome {
    /// A page, with its status.
    Page(StatusCode, String),
    /// Go on there.
    Go(String),
    /// Go on there, signed in with this token.
    SignedIn(String, String),
    /// The same, in a browser that is known from now on by the second token.
    SignedInKnown(String, String, String),
    /// Away to another site's sign-in, with what the browser keeps until it comes back.
    Away {
        html: String,
        url: String,
        bound: String,
    },
    /// Back from there, to go on signed in with this token or as before.
    Back(String, Option<String>),
    /// A file to be kept: its kind, its name, and what is in it.
    File(&'static str, &'static str, Vec<u8>),
    /// Server-sent events.
    Events(String),
    /// A paper that somebody sent in, as it came: its kind, its name, and what is in it.
    Paper(&'static str, String, Bytes),
    /// An answer to a script, with the token of a session that began.
    Json(StatusCode, String, Option<String>),
    /// Go on there, signed out.
    SignedOut(String),
    Fault(Fault),
}

impl From<Fault> for Outcome {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<SourceError> for Outcome {
    fn from(error: SourceError) -> Self {
        tracing::error!(%error, "what is inside cannot be reached");
        Self::Fault(Fault::Failed)
    }
}

impl Call {
    pub fn indoors(&self) -> Result<&dyn Indoors, Outcome> {
        let indoors = self.site.indoors.as_deref();
        indoors.ok_or(Outcome::Fault(Fault::NotFound))
    }

    /// What is published, for the frame of a page.
    pub fn view(&self) -> View {
        let seat = comity_view::Seat::Public;
        self.site.source.view(seat, self.language, None)
    }

    pub fn go(&self, room: &Room) -> Outcome {
        Outcome::Go(room.path(self.language))
    }

    /// Who asks, or the way to the door.
    pub fn visitor(&self) -> Result<&Visitor, Outcome> {
        self.visitor.as_ref().ok_or_else(|| self.go(&Room::SignIn))
    }

    /// What the visitor sees from their seat, or the way to choose one.
    pub fn inside(&self) -> Result<(&Visitor, Inside), Outcome> {
        let visitor = self.visitor()?;
        let inside = self.indoors()?.inside(visitor, self.language);
        Ok((visitor, inside.ok_or_else(|| self.go(&Room::Desk))?))
    }

    /// The paper that came with a form; too long a one is answered so.
    pub fn upload(&self) -> Result<Option<Upload>, NotDone> {
        match &self.file {
            None => Ok(None),
            Some(Sent::TooLarge) => Err(NotDone::new(NotDone::FILE_TOO_LARGE)),
            Some(Sent::Whole(name, bytes)) => Ok(Some(Upload {
                name: name.clone(),
                bytes: bytes.clone(),
            })),
        }
    }

    pub fn sent(&self, name: &str) -> Option<&str> {
        self.form.as_ref()?.get(name)
    }
}

/// Every page inside passes here.
pub(super) async fn visit(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.uri.path().to_owned();
    let language = language::of_path(&asked).unwrap_or(Language::Es);
    let method = parts.method.clone();
    let call = match call(Arc::clone(&site), language, parts, body).await {
        Ok(call) => call,
        Err(fault) => return public::refused(site, language, fault, &method).await,
    };
    let secure = site
        .indoors
        .as_ref()
        .is_some_and(|indoors| indoors.is_secure());
    let outcome = match answer(&call).await {
        Ok(outcome) | Err(outcome) => outcome,
    };
    match outcome {
        Outcome::Page(status, html) => {
            let mut response = answer::bare(&method, status, language, html);
            // Where a passkey is shown or made, or the page asks whether it has changed.
            if matches!(
                call.room,
                Room::SignIn
                    | Room::Link(_)
                    | Room::Account
                    | Room::HandOver
                    | Room::Consultations
                    | Room::Consultation(_)
                    | Room::Informal(_)
                    | Room::NewInformal
            ) {
                response.extensions_mut().insert(Script::Ours);
            }
            // The address of a link is a secret, and so is what comes back from a ministry's account.
            if matches!(
                call.room,
                Room::Link(_) | Room::Returned | Room::Feeds | Room::Feed(_)
            ) {
                let out = response.headers_mut();
                out.insert(
                    header::REFERRER_POLICY,
                    HeaderValue::from_static("no-referrer"),
                );
            }
            response
        }
        Outcome::Json(status, text, token) => {
            let cookie = token.map(|token| cookies::session(&token, secure));
            scripted(status, text, cookie)
        }
        Outcome::File(kind, name, bytes) => file(kind, name, bytes),
        Outcome::Events(text) => events(text),
        Outcome::Paper(kind, name, bytes) => files::answer(kind, &name, bytes),
        Outcome::Go(to) => answer::redirect(StatusCode::SEE_OTHER, &to),
        Outcome::SignedIn(to, token) => with_cookies(&to, &[cookies::session(&token, secure)]),
        Outcome::SignedInKnown(to, token, device) => with_cookies(
            &to,
            &[
                cookies::session(&token, secure),
                cookies::device(&device, secure),
            ],
        ),
        Outcome::Away { html, url, bound } => {
            let mut response = answer::bare(&method, StatusCode::OK, language, html);
            let out = response.headers_mut();
            let headers = [
                (header::SET_COOKIE, cookies::bound(&bound, secure)),
                (header::REFRESH, format!("0; url={url}")),
            ];
            for (name, value) in headers {
                if let Ok(value) = HeaderValue::from_str(&value) {
                    out.insert(name, value);
                }
            }
            out.insert(
                header::REFERRER_POLICY,
                HeaderValue::from_static("no-referrer"),
            );
            response
        }
        Outcome::Back(to, token) => {
            let session = token.map(|token| cookies::session(&token, secure));
            let all: Vec<String> = [cookies::not_bound(secure)]
                .into_iter()
                .chain(session)
                .collect();
            with_cookies(&to, &all)
        }
        Outcome::SignedOut(to) => {
            let mut response = with_cookies(&to, &[cookies::no_session(secure)]);
            response.headers_mut().insert(
                "clear-site-data",
                HeaderValue::from_static("\"cache\", \"storage\""),
            );
            response
        }
        Outcome::Fault(fault) => public::refused(site, language, fault, &method).await,
    }
}

async fn call(
    site: Arc<Site>,
    language: Language,
    parts: axum::http::request::Parts,
    body: axum::body::Body,
) -> Result<Call, Fault> {
    let segments: Vec<String> = parts
        .uri
        .path()
        .split('/')
        .skip(2)
        .map(decode)
        .collect::<Result<_, _>>()
        .map_err(|_| Fault::Malformed)?;
    let room = Room::read(language, &segments).ok_or(Fault::NotFound)?;
    let query = Query::read(parts.uri.query().unwrap_or_default());
    let query = query.map_err(|_| Fault::Malformed)?;
    let sent = parts.headers.get(header::CONTENT_TYPE);
    let scripted = sent.is_some_and(|sent| sent.as_bytes().starts_with(b"application/json"));
    let mut json = None;
    let mut file = None;
    // An open page asks by itself: that nobody sits before it ends the session as ever.
    let asks_itself = matches!(
        room,
        Room::Live(_) | Room::LiveInformal(_) | Room::LiveConsultations
    );
    // Before anything long is read: only somebody who is in sends it.
    let visitor = match (cookies::read_session(&parts.headers), &site.indoors) {
        (Some(token), Some(indoors)) => {
            indoors
                .visitor(&token, !asks_itself)
                .await
                .map_err(|error| {
                    tracing::error!(%error, "who is signed in cannot be looked up");
                    Fault::Failed
                })?
        }
        _ => None,
    };
    let in_parts = sent.is_some_and(|sent| sent.as_bytes().starts_with(b"multipart/form-data"));
    let most = match room {
        Room::Import if visitor.is_some() => FILE_BYTES,
        Room::NewSeat(_) | Room::Application(_) if visitor.is_some() => PAPER_BYTES,
        Room::NewConsultation | Room::Consultation(_) | Room::NewInformal | Room::Informal(_)
            if visitor.is_some() && in_parts =>
        {
            LIST_AND_PAPER_BYTES
        }
        Room::Batch(_)
        | Room::NewConsultation
        | Room::Consultation(_)
        | Room::NewInformal
        | Room::Informal(_)
            if visitor.is_some() =>
        {
            LIST_BYTES
        }
        _ => FORM_BYTES,
    };
    let form = match parts.method {
        Method::GET | Method::HEAD => None,
        Method::POST => {
            let bytes = to_bytes(body, most).await;
            if in_parts {
                match bytes {
                    Ok(bytes) => {
                        let (fields, found) = sent_parts(sent, bytes).await?;
                        file = found;
                        Some(fields)
                    }
                    Err(_) => {
                        file = Some(Sent::TooLarge);
                        Some(Query::default())
                    }
                }
            } else if room == Room::Import {
                // A list is a file.
                return Err(Fault::Malformed);
            } else {
                let bytes = bytes.map_err(|_| Fault::TooLong)?;
                let text = std::str::from_utf8(&bytes).map_err(|_| Fault::Malformed)?;
                if scripted {
                    json = Some(text.to_owned());
                    Some(Query::default())
                } else {
                    Some(Query::read(text).map_err(|_| Fault::Malformed)?)
                }
            }
        }
        _ => return Err(Fault::Method),
    };
    let origin = origin(&site, &parts.headers);
    let agent = parts.headers.get(header::USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    let network = network(&site.configuration.proxies, &parts);
    let device = cookies::read_device(&parts.headers);
    let bound = cookies::read_bound(&parts.headers);
    Ok(Call {
        network,
        device,
        bound,
        language,
        room,
        query,
        json,
        file,
        form,
        visitor,
        agent: agent.unwrap_or_default().to_owned(),
        origin,
        site,
    })
}

async fn answer(call: &Call) -> Result<Outcome, Outcome> {
    // What only a form does has no page to look at.
    let only_sent = matches!(
        call.room,
        Room::Sit
            | Room::Leave
            | Room::EndSession
            | Room::Invite(_)
            | Room::BeginMaking
            | Room::FinishMaking
            | Room::BeginShowing
            | Room::FinishShowing
            | Room::DropPasskey
            | Room::DropPassword
            | Room::Ministry(_)
            | Room::Clock
    );
    if only_sent && call.form.is_none() {
        return Ok(call.go(&Room::Desk));
    }
    let is_a_door = matches!(
        call.room,
        Room::SignIn
            | Room::Link(_)
            | Room::Feed(_)
            | Room::BeginShowing
            | Room::FinishShowing
            | Room::Ministry(_)
            | Room::Returned
    );
    let tries = call.form.is_some() || matches!(call.room, Room::Returned | Room::Feed(_));
    if is_a_door && tries && !call.indoors()?.is_open_to(&call.network) {
        tracing::warn!("a door was tried too often from one network");
        return Err(Fault::TooOften.into());
    }
    match &call.room {
        Room::SignIn => doors::sign_in(call).await,
        Room::Link(link) => doors::link(call, link).await,
        Room::TakeASeat => doors::take_a_seat(call).await,
        Room::Leave => doors::leave(call).await,
        Room::Sit => desk::sit(call).await,
        Room::Desk => desk::desk(call).await,
        Room::People => people::parties(call).await,
        Room::Party(party) => people::party(call, party).await,
        Room::Trail(party) => trail::trail(call, party).await,
        Room::NewSeat(party) => seat::new(call, party).await,
        Room::Vacate(filled) => seat::vacate(call, filled).await,
        Room::Invite(filled) => seat::invite(call, filled).await,
        Room::Outbox => outbox::outbox(call).await,
        Room::Import => list::lists(call).await,
        Room::Batch(id) => list::batch(call, id).await,
        Room::Sheet | Room::Cards => contacts::contacts(call).await,
        Room::HandOver => presidency::hand_over(call).await,
        Room::Account => account::account(call).await,
        Room::EndSession => account::end(call).await,
        Room::BeginMaking => passkeys::begin_making(call).await,
        Room::FinishMaking => passkeys::finish_making(call).await,
        Room::BeginShowing => passkeys::begin_showing(call).await,
        Room::FinishShowing => passkeys::finish_showing(call).await,
        Room::DropPasskey => passkeys::drop(call).await,
        Room::Password => password::set(call).await,
        Room::DropPassword => password::drop(call).await,
        Room::Applications => applications::list(call).await,
        Room::Application(act) => applications::one(call, act).await,
        Room::File(act) => files::file(call, act).await,
        Room::Rights => rights::rights(call),
        Room::Welcome => induction::welcome(call).await,
        Room::Dossier => dossier::dossier(call),
        Room::Console => console::console(call).await,
        Room::Ministry(id) => openid::begin(call, id).await,
        Room::Returned => openid::returned(call).await,
        Room::Meetings => gathering::list(call),
        Room::Meeting(id) => gathering::one(call, id),
        Room::Clock => clock::put_forward(call),
        Room::Calendar => calendar::calendar(call).await,
        Room::Deadline(id) => consultation::deadline(call, id),
        Room::Live(id) => live::consultation(call, id).await,
        Room::LiveConsultations => live::list(call),
        Room::LiveInformal(id) => live::informal(call, id).await,
        Room::InformalDate(id) => informal::date(call, id),
        Room::Comments(id) => consultation::table(call, id),
        Room::Feeds => feed::feeds(call).await,
        Room::Feed(token) => feed::feed(call, token).await,
        Room::Consultations => consultation::list(call).await,
        Room::NewConsultation => consultation::new(call).await,
        Room::Consultation(id) => consultation::one(call, id).await,
        Room::NewInformal => informal::new(call).await,
        Room::Informal(id) => informal::one(call, id).await,
    }
}

/// The fields of a form in parts, and its file if one was chosen.
async fn sent_parts(
    kind: Option<&HeaderValue>,
    body: Bytes,
) -> Result<(Query, Option<Sent>), Fault> {
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| Fault::Malformed)?;
    let whole = futures_util::stream::once(async { Ok::<_, std::convert::Infallible>(body) });
    let mut parts = multer::Multipart::new(whole, boundary);
    let (mut fields, mut file) = (Query::default(), None);
    while let Some(part) = parts.next_field().await.map_err(|_| Fault::Malformed)? {
        let Some(name) = part.name().map(str::to_owned) else {
            continue;
        };
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            let value = part.text().await.map_err(|_| Fault::Malformed)?;
            // Of two values the first counts, as in other forms.
            if fields.pairs().all(|(known, _)| known != name) {
                fields = fields.with(&name, &value);
            }
            continue;
        };
        let bytes = part.bytes().await.map_err(|_| Fault::Malformed)?;
        // A field without a choice is sent empty and without a name.
        if name == "file" && !(file_name.is_empty() && bytes.is_empty()) {
            file = Some(Sent::Whole(file_name, bytes));
        }
    }
    Ok((fields, file))
}

/// Server-sent events: one, after which the browser asks again.
fn events(text: String) -> Response {
    let mut response = Response::new(axum::body::Body::from(text));
    let out = response.headers_mut();
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream"),
    );
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A file is never shown as a page, whatever is in it.
fn file(kind: &'static str, name: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(axum::body::Body::from(bytes));
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        out.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn origin(site: &Site, headers: &HeaderMap) -> String {
    if let Some(address) = &site.configuration.public_address {
        return address.clone();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    host.map_or_else(String::new, |host| format!("http://{host}"))
}

/// An answer to a script of ours.
fn scripted(status: StatusCode, text: String, cookie: Option<String>) -> Response {
    let mut response = Response::new(axum::body::Body::from(text));
    *response.status_mut() = status;
    let out = response.headers_mut();
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::try_from(cookie).ok()) {
        out.insert(header::SET_COOKIE, cookie);
    }
    response
}

fn with_cookies(to: &str, cookies: &[String]) -> Response {
    let mut response = answer::redirect(StatusCode::SEE_OTHER, to);
    let out = response.headers_mut();
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::from_str(cookie) {
            out.append(header::SET_COOKIE, cookie);
        }
    }
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
