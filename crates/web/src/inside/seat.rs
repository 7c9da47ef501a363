use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use comity_view::{Ask, Inside, PeoplePage, Power, SeatOffer};

use super::draw::{below, frame, page, why_not};
use super::form::{Wrong, card};
use super::people::{Row, cards, row};
use super::visit::{Call, Outcome};
use super::{Card, Filled, Filling, Mailed, Room};
use crate::fault::Fault;
use crate::frame::Frame;

/// A field of the form, with what was written into it.
struct Field {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    kind: &'static str,
    wrong: String,
    /// What a browser may fill in; empty for nothing.
    autocomplete: &'static str,
    required: bool,
}

/// A choice, with its words.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "inside/new_seat.html")]
struct NewSeat {
    frame: Frame,
    offers: Vec<Choice>,
    /// The seat that was chosen; the form follows it.
    chosen: Option<SeatOffer>,
    people: Vec<Choice>,
    branches: Vec<Choice>,
    meetings: Vec<Choice>,
    fields: Vec<Field>,
    languages: Vec<Choice>,
    /// Whoever holds the seat now, and would leave it.
    holder: Option<String>,
    on_a_note: bool,
    keeps_papers: bool,
    refused: Option<String>,
    faults: Vec<(String, String)>,
}

/// Fills a seat: which, then who.
pub(super) async fn new(call: &Call, party: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let people = inside.people(party).ok_or(Fault::NotFound)?;
    if people.power == Power::None {
        return Err(Fault::NotFound.into());
    }
    let asked = call.sent("seat").or_else(|| call.query.get("seat"));
    let offer = people
        .offers
        .iter()
        .find(|offer| Some(offer.seat.as_str()) == asked)
        .cloned();
    let (Some(offer), Some(_)) = (&offer, &call.form) else {
        let status = StatusCode::OK;
        return form(call, &inside, &people, offer, status, None, Vec::new()).await;
    };
    let (mut filling, wrong) = filling(call, party, offer);
    let too_large = match call.upload() {
        Ok(file) => {
            filling.file = file;
            None
        }
        Err(not_done) => Some(why_not(call.language, &not_done)),
    };
    if let Some(refused) = too_large {
        let (status, offer) = (StatusCode::UNPROCESSABLE_ENTITY, Some(offer.clone()));
        return form(call, &inside, &people, offer, status, Some(refused), wrong).await;
    }
    if !wrong.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return form(
            call,
            &inside,
            &people,
            Some(offer.clone()),
            status,
            None,
            wrong,
        )
        .await;
    }
    match call.indoors()?.fill(visitor, filling).await? {
        Ok(filled) => invited(call, &inside, &people, filled),
        Err(not_done) => {
            let refused = Some(why_not(call.language, &not_done));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            form(
                call,
                &inside,
                &people,
                Some(offer.clone()),
                status,
                refused,
                Vec::new(),
            )
            .await
        }
    }
}

fn filling(call: &Call, party: &str, offer: &SeatOffer) -> (Filling, Vec<Wrong>) {
    let person = call.sent("person").filter(|person| *person != "new");
    let (card, mut wrong) = match person {
        Some(_) => (Card::default(), Vec::new()),
        None => card(call),
    };
    let text = |name: &str| call.sent(name).map(str::to_owned);
    let purpose = (text("purpose_es"), text("purpose_en"));
    let purpose = match purpose {
        (Some(es), Some(en)) => Some((es, en)),
        _ => None,
    };
    if offer.asks.contains(&Ask::Purpose) && purpose.is_none() {
        wrong.push(Wrong {
            field: "purpose_es",
            says: "wrong-purpose",
        });
    }
    if offer.mandate && text("note").is_none() {
        wrong.push(Wrong {
            field: "note",
            says: "wrong-mandate",
        });
    }
    if text("until").is_some_and(|day| day.parse::<comity_view::Date>().is_err()) {
        wrong.push(Wrong {
            field: "until",
            says: "wrong-day",
        });
    }
    let filling = Filling {
        party: party.to_owned(),
        seat: offer.seat.clone(),
        person: person.map(str::to_owned),
        card,
        branch: text("branch"),
        purpose,
        meeting: text("meeting"),
        until: text("until"),
        note: text("note"),
        file: None,
        // Whoever sat there when the form was drawn leaves, and nobody who came since.
        replace: offer.held_by.is_some() && text("replaces") == offer.held_by,
        quiet: false,
    };
    (filling, wrong)
}

async fn form(
    call: &Call,
    inside: &Inside,
    people: &PeoplePage,
    chosen: Option<SeatOffer>,
    status: StatusCode,
    refused: Option<String>,
    wrong: Vec<Wrong>,
) -> Result<Outcome, Outcome> {
    let cards = cards(call, inside, &people.seats).await?;
    let framed = frame(call, Some(inside), "");
    let title = framed.say_one("new-seat-title", "party", people.line.label.as_str());
    let party = Room::Party(people.line.id.clone()).path(call.language);
    let framed = below(framed.titled(title), people.line.label.clone(), party);
    let on_a_note = people.power == Power::OnANote;
    let holder = chosen.as_ref().and_then(|offer| {
        let held = offer.held_by.as_deref()?;
        let seat = people.seats.iter().find(|seat| seat.filled == held)?;
        cards.get(&seat.person).map(|card| card.name.clone())
    });
    let fields = chosen
        .as_ref()
        .map(|offer| fields(call, &framed, offer, on_a_note, &wrong))
        .unwrap_or_default();
    let faults = wrong
        .iter()
        .map(|wrong| (wrong.field.to_owned(), framed.say(wrong.says).into_owned()))
        .collect();
    let seat = chosen.as_ref().map(|offer| offer.seat.as_str());
    let choice = |value: &str, label: &str, chosen: Option<&str>| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: chosen == Some(value),
    };
    let asks = |ask| {
        chosen
            .as_ref()
            .is_some_and(|offer| offer.asks.contains(&ask))
    };
    let branches = if asks(Ask::Branch) {
        let branches = inside.branches();
        branches
            .iter()
            .map(|(id, label)| choice(id, label, call.sent("branch")))
            .collect()
    } else {
        Vec::new()
    };
    let meetings = if asks(Ask::Invitation) || asks(Ask::Service) {
        let meetings = inside.meetings();
        meetings
            .iter()
            .map(|(id, label)| choice(id, label, call.sent("meeting")))
            .collect()
    } else {
        Vec::new()
    };
    let language = call.sent("language").unwrap_or(call.language.code());
    let page_of = NewSeat {
        offers: people
            .offers
            .iter()
            .map(|offer| choice(&offer.seat, &offer.label, seat))
            .collect(),
        people: known(&framed, people, &cards, call.sent("person")),
        branches,
        meetings,
        fields,
        languages: framed
            .languages()
            .iter()
            .map(|version| choice(version.code, &version.name, Some(language)))
            .collect(),
        holder,
        on_a_note,
        keeps_papers: call.indoors()?.keeps_papers(),
        refused,
        faults,
        chosen,
        frame: framed,
    };
    page(status, &page_of)
}

/// Those whom the party has seated already, each once; somebody new stands first.
fn known(
    frame: &Frame,
    people: &PeoplePage,
    cards: &BTreeMap<String, Card>,
    asked: Option<&str>,
) -> Vec<Choice> {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for seat in &people.seats {
        if let Some(card) = cards.get(&seat.person) {
            names.insert(&seat.person, &card.name);
        }
    }
    let new = Choice {
        value: "new".to_owned(),
        label: frame.say("new-seat-somebody-new").into_owned(),
        chosen: asked.is_none_or(|asked| asked == "new"),
    };
    let known = names.into_iter().map(|(id, name)| Choice {
        value: id.to_owned(),
        label: name.to_owned(),
        chosen: asked == Some(id),
    });
    std::iter::once(new).chain(known).collect()
}

fn fields(
    call: &Call,
    frame: &Frame,
    offer: &SeatOffer,
    on_a_note: bool,
    wrong: &[Wrong],
) -> Vec<Field> {
    let field = |name: &'static str, kind: &'static str, autocomplete: &'static str, required| {
        let says = wrong.iter().find(|wrong| wrong.field == name);
        let says = says.map(|wrong| frame.say(wrong.says).into_owned());
        let hint = format!("field-{name}-hint").replace('_', "-");
        Field {
            name,
            label: frame
                .say(&format!("field-{name}").replace('_', "-"))
                .into_owned(),
            hint: if frame.words().knows(&hint) {
                frame.say(&hint).into_owned()
            } else {
                String::new()
            },
            value: call.sent(name).unwrap_or_default().to_owned(),
            kind,
            wrong: says.unwrap_or_default(),
            autocomplete,
            required,
        }
    };
    let mut fields = vec![
        field("name", "text", "off", false),
        field("email", "email", "off", false),
    ];
    if offer.asks.contains(&Ask::Purpose) {
        fields.push(field("purpose_es", "text", "off", true));
        fields.push(field("purpose_en", "text", "off", true));
    }
    let of_meeting = offer.asks.contains(&Ask::Invitation) || offer.asks.contains(&Ask::Service);
    fields.push(field("until", "date", "off", of_meeting));
    fields.push(field("note", "text", "off", offer.mandate || on_a_note));
    fields
}

#[derive(Template)]
#[template(path = "inside/invited.html")]
struct Invited {
    frame: Frame,
    name: String,
    /// The whole address of the link.
    link: Option<String>,
    until: Option<String>,
    mailed: Option<Mailed>,
    back: String,
}

fn invited(
    call: &Call,
    inside: &Inside,
    people: &PeoplePage,
    filled: Filled,
) -> Result<Outcome, Outcome> {
    let framed = frame(call, Some(inside), "");
    let title = framed.say_one("invited-title", "name", filled.name.as_str());
    let back = Room::Party(people.line.id.clone()).path(call.language);
    let link = filled.link.map(|token| {
        let path = Room::Link(token).path(call.language);
        format!("{}{path}", call.origin)
    });
    let until = filled.until.map(|until| {
        let day = jiff::tz::Offset::UTC.to_datetime(until).date();
        framed.words().day(day)
    });
    let frame = below(
        framed.titled(title),
        people.line.label.clone(),
        back.clone(),
    );
    page(
        StatusCode::OK,
        &Invited {
            frame,
            name: filled.name,
            link,
            until,
            mailed: filled.mailed,
            back,
        },
    )
}

/// A new link for whoever holds a seat; the one before is worth nothing any more.
pub(super) async fn invite(call: &Call, filled: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let (seat, power) = inside.held(filled).ok_or(Fault::NotFound)?;
    if power == Power::None {
        return Err(Fault::NotFound.into());
    }
    let people = inside.people(&seat.party).ok_or(Fault::NotFound)?;
    match call.indoors()?.invite(visitor, filled).await? {
        Ok(filled) => invited(call, &inside, &people, filled),
        Err(not_done) => {
            let frame = frame(call, Some(&inside), "");
            let title = frame.say("errors-title").into_owned();
            let refused = NotInvited {
                says: why_not(call.language, &not_done),
                back: Room::Party(seat.party).path(call.language),
                frame: frame.titled(title),
            };
            page(StatusCode::FORBIDDEN, &refused)
        }
    }
}

#[derive(Template)]
#[template(path = "inside/not_invited.html")]
struct NotInvited {
    frame: Frame,
    says: String,
    back: String,
}

#[derive(Template)]
#[template(path = "inside/vacate.html")]
struct Vacate {
    frame: Frame,
    row: Row,
    on_a_note: bool,
    note: String,
    refused: Option<String>,
    back: String,
}

/// Ends that somebody holds a seat, after showing the act.
pub(super) async fn vacate(call: &Call, filled: &str) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let (seat, power) = inside.held(filled).ok_or(Fault::NotFound)?;
    if power == Power::None {
        return Err(Fault::NotFound.into());
    }
    let back = Room::Party(seat.party.clone()).path(call.language);
    let mut refused = None;
    if call.form.is_some() {
        let note = call.sent("note").map(str::to_owned);
        match call.indoors()?.vacate(visitor, filled, note).await? {
            Ok(()) => return Ok(Outcome::Go(back)),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let cards = cards(call, &inside, std::slice::from_ref(&seat)).await?;
    let framed = frame(call, Some(&inside), "");
    let title = framed.say_one("vacate-title", "seat", seat.label.as_str());
    let framed = below(framed.titled(title), seat.party_label.clone(), back.clone());
    let row = row(call, &framed, seat, &cards);
    page(
        status,
        &Vacate {
            frame: framed,
            row,
            on_a_note: power == Power::OnANote,
            note: call.sent("note").unwrap_or_default().to_owned(),
            refused,
            back,
        },
    )
}
