use askama::Template;
use axum::http::StatusCode;
use comity_view::{CountryDays, DayOff, DayOffBy};

use super::draw::{frame, page, why_not};
use super::visit::{Call, Outcome};
use super::{Room, Wish};
use crate::fault::Fault;
use crate::frame::Frame;

/// A country in words.
struct Country {
    line: CountryDays,
    /// Each day, what it is, and whence that is known where it is not the table alone.
    days: Vec<(String, String, Option<String>)>,
    count: String,
}

#[derive(Template)]
#[template(path = "inside/calendar.html")]
struct Calendar {
    frame: Frame,
    year: i16,
    before: Option<String>,
    after: Option<String>,
    source: String,
    version: String,
    countries: Vec<Country>,
    declares: Option<(String, String)>,
    corrects: Vec<(String, String)>,
    refused: Option<String>,
    /// What the rules assume of terms.
    assumptions: Vec<String>,
    /// Whoever declares a day for their country shows first who they are: with a passkey, or a password with its code.
    prove: bool,
    by_password: bool,
    own_address: bool,
    next_room: &'static str,
    sign_in: String,
    email: String,
    begin: String,
    finish: String,
}

/// The days on which the capitals do not work, and the forms for those that may say otherwise.
pub(super) async fn calendar(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let asked = call.query.get("year").and_then(|year| year.parse().ok());
    let seen = inside.calendar(asked).ok_or(Fault::NotFound)?;
    let mut refused = None;
    if call.form.is_some() {
        match call.indoors()?.wish(visitor, wished(call)).await? {
            Ok(_) => return Ok(call.go(&Room::Calendar)),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let framed = frame(call, Some(&inside), "");
    let title = framed.say_one("calendar-title", "year", seen.year.to_string().as_str());
    let framed = framed.titled(title);
    let (first, last) = seen.years;
    let of_year = |year: i16| format!("{}?year={year}", Room::Calendar.path(call.language));
    let named = |country: &CountryDays| {
        let id = if country.corrects {
            &country.code
        } else {
            &country.party
        };
        (id.clone(), country.label.clone())
    };
    let own = seen
        .countries
        .iter()
        .find(|country| country.own && country.declares);
    let asks = own.is_some() && !visitor.proven;
    let password = match asks {
        true => call.indoors()?.password(visitor).await?,
        false => None,
    };
    page(
        status,
        &Calendar {
            prove: asks && call.indoors()?.has_passkeys(),
            by_password: password.is_some(),
            own_address: true,
            next_room: "working-days",
            sign_in: Room::SignIn.path(call.language),
            email: String::new(),
            begin: Room::BeginShowing.path(call.language),
            finish: Room::FinishShowing.path(call.language),
            year: seen.year,
            before: (seen.year > first).then(|| of_year(seen.year - 1)),
            after: (seen.year < last).then(|| of_year(seen.year + 1)),
            source: seen.source.clone(),
            version: seen.version.clone(),
            declares: own.map(|country| (country.party.clone(), country.code.clone())),
            corrects: seen
                .countries
                .iter()
                .filter(|country| country.corrects)
                .map(named)
                .collect(),
            countries: seen
                .countries
                .into_iter()
                .map(|line| in_words(&framed, line))
                .collect(),
            refused,
            assumptions: inside.consultation_assumptions(),
            frame: framed,
        },
    )
}

fn wished(call: &Call) -> Wish {
    let text = |name: &str| call.sent(name).unwrap_or_default().trim().to_owned();
    let note = call.sent("note").map(str::to_owned);
    if call.sent("do") == Some("correct") {
        return Wish::CorrectDay {
            country: text("country"),
            day: text("day"),
            es: text("es"),
            en: text("en"),
            note: note.unwrap_or_default(),
        };
    }
    Wish::DeclareDay {
        party: text("party"),
        country: text("country"),
        day: text("day"),
        es: text("es"),
        en: text("en"),
        note,
    }
}

fn in_words(frame: &Frame, line: CountryDays) -> Country {
    let day = |off: &DayOff| {
        let by = match off.by {
            DayOffBy::Table => None,
            DayOffBy::Filled => Some("calendar-filled"),
            DayOffBy::Projected => Some("calendar-projected"),
            DayOffBy::Declared => Some("calendar-declared"),
            DayOffBy::Corrected => Some("calendar-corrected"),
        };
        let weekday = frame.say(super::consultation::weekday_key(off.day));
        let date = format!("{weekday} {}", frame.words().day(off.day));
        (
            date,
            off.name.clone(),
            by.map(|key| frame.say(key).into_owned()),
        )
    };
    Country {
        days: line.days.iter().map(day).collect(),
        count: frame.say_one("calendar-count", "count", line.days.len()),
        line,
    }
}
