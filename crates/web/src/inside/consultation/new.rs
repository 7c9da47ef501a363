//! The form for a course of action.

use askama::Template;
use axum::http::StatusCode;

use comity_view::{Inside, Language};

use super::asked::{both, text_of};
use super::begins;
use super::drafts::{at_of, done_with, draft_of, keep, throw, told};
use super::words::{moment, wall_of_seat};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::inside::consult::{Both, Consult};
use crate::inside::draw::{below, frame, page, why_not};
use crate::inside::visit::{Call, Outcome};
use crate::inside::{Draft, NotDone, Room, Visitor, Wish};
use crate::query::Query;

#[derive(Template)]
#[template(path = "inside/consultation_new.html")]
struct NewConsultation {
    frame: Frame,
    refused: Option<String>,
    parties: Vec<(String, String)>,
    on_a_note: bool,
    /// Why it is to be read again before it is submitted.
    read_again: Option<&'static str>,
    /// When the draft was kept, as its form says it.
    draft_at: String,
    /// The seat may submit it; otherwise it is read and thrown away.
    submits: bool,
    /// The key of the draft with which somebody goes on; empty otherwise.
    draft: String,
    topic: Both,
    why_now: Both,
    why_agreed: Both,
    text: Both,
    matter: String,
    mandate: String,
    note: String,
    /// The paper on which it is entered can come with it.
    papers: bool,
    /// What the rules assume of it.
    assumptions: Vec<String>,
}

/// The form for a course of action: empty, as it was begun, or as it was sent and refused.
pub(in crate::inside) async fn new(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let submits = begins(&inside);
    // Whoever began one while their country presided still reads it.
    if !submits && call.form.is_none() && call.query.get("draft").is_none() {
        return Err(Fault::NotFound.into());
    }
    let mut refused = None;
    if call.form.is_some() {
        match sent(call, visitor, &inside).await? {
            Ok(room) => return Ok(call.go(&room)),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let draft = match (&call.form, call.query.get("draft")) {
        (None, Some(key)) => {
            let all = told(call, visitor, &inside).await?;
            let own = |draft: &Draft| draft.about.is_none() && draft.key == key;
            Some(all.into_iter().find(own).ok_or(Fault::NotFound)?)
        }
        (Some(_), _) => Some(draft_of(call, None)),
        (None, None) => None,
    };
    let text = |name: &str| {
        let draft = draft.as_ref();
        draft.map_or_else(String::new, |draft| draft.field(name).to_owned())
    };
    let both = |name: &str| Both {
        es: text(&format!("{name}_es")),
        en: text(&format!("{name}_en")),
    };
    let stored = draft.as_ref().filter(|_| call.form.is_none());
    let handed_over = stored.is_some_and(|draft| inside.handed_over_since(draft.at));
    let read_again = (submits && handed_over).then_some("consult-draft-other-presidency");
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("consult-new").into_owned();
    let framed = framed.titled(title);
    let up = framed.say("inside-consultations").into_owned();
    let framed = below(framed, up, Room::Consultations.path(call.language));
    page(
        status,
        &NewConsultation {
            refused,
            parties: inside
                .presiding_party()
                .into_iter()
                .filter(|_| submits)
                .collect(),
            on_a_note: submits && !inside.may_consult().allowed,
            read_again,
            draft_at: draft.as_ref().map(at_of).unwrap_or_default(),
            submits,
            draft: draft
                .as_ref()
                .map(|draft| draft.key.clone())
                .unwrap_or_default(),
            topic: both("topic"),
            why_now: both("now"),
            why_agreed: both("agreed"),
            text: both("text"),
            matter: text("matter"),
            mandate: text("mandate"),
            // Another Presidency's instruction is none of this one.
            note: match read_again {
                Some(_) => String::new(),
                None => text("note"),
            },
            papers: call.indoors()?.keeps_papers(),
            assumptions: inside.consultation_assumptions(),
            frame: framed,
        },
    )
}

/// What was begun and not submitted, for whoever may go on with it or began it.
pub(super) async fn begun(
    call: &Call,
    visitor: &Visitor,
    frame: &Frame,
    inside: &Inside,
) -> Result<Vec<(String, String, String)>, Outcome> {
    let zone = wall_of_seat(call, inside);
    let all = told(call, visitor, inside).await?;
    let own = all.into_iter().filter(|draft| draft.about.is_none());
    let lines = own.map(|draft| {
        let (topic, href) = begun_in_words(call, frame, &draft);
        let by = format!("{} · {}", draft.name, moment(frame, draft.at, &zone));
        (topic, by, href)
    });
    Ok(lines.collect())
}

/// The topic of what was begun, and where one goes on with it.
pub(in crate::inside) fn begun_in_words(
    call: &Call,
    frame: &Frame,
    draft: &Draft,
) -> (String, String) {
    let (es, en) = (draft.field("topic_es"), draft.field("topic_en"));
    let (first, second) = match call.language {
        Language::Es => (es, en),
        Language::En => (en, es),
    };
    let topic = [first, second].into_iter().find(|topic| !topic.is_empty());
    let topic = topic.map_or_else(|| frame.say("consult-no-topic").into_owned(), str::to_owned);
    let query = Query::default().with("draft", &draft.key).written();
    let path = Room::NewConsultation.path(call.language);
    (topic, format!("{path}{query}"))
}

/// Submits, keeps as a draft or throws away; answers with where to go on.
async fn sent(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
) -> Result<Result<Room, NotDone>, Outcome> {
    if call.sent("prepare").is_some() && begins(inside) {
        let kept = keep(call, visitor, inside, draft_of(call, None)).await?;
        return Ok(kept.map(|()| Room::Consultations));
    }
    if call.sent("do") == Some("drop-draft") {
        let thrown = throw(call, visitor, inside).await?;
        return Ok(thrown.map(|()| Room::Consultations));
    }
    if !begins(inside) {
        return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
    }
    match submitted(call, visitor).await? {
        Ok(act) => {
            done_with(call, inside).await?;
            Ok(Ok(Room::Consultation(act)))
        }
        Err(not_done) => Ok(Err(not_done)),
    }
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
    let paper = match call.upload() {
        Ok(paper) => paper,
        Err(not_done) => return Ok(Err(not_done)),
    };
    let wish = Wish::Consult(Box::new(wish), paper);
    Ok(call.indoors()?.wish(visitor, wish).await?)
}
