use askama::Template;
use axum::http::StatusCode;
use comity_view::{
    Action, Announcing, CandidacyLine, Class, Inside, PresidencyNow, TermLine, Voice,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::draw::{frame, page, why_not};
use super::visit::{Call, Outcome};
use super::{NotDone, Room, Visitor, Wish};
use crate::frame::Frame;

/// A presidency in words.
struct Line {
    party: String,
    theme: Option<String>,
    begins: String,
    assumed: bool,
}

/// A candidacy in words.
struct Candidacy {
    line: CandidacyLine,
    meeting: String,
    since: String,
}

#[derive(Template)]
#[template(path = "inside/presidency.html")]
struct Presidency {
    frame: Frame,
    current: Option<Line>,
    next: Option<Line>,
    candidacies: Vec<Candidacy>,
    announcing: Option<Announcing>,
    /// Presidencies for which the asker chooses the theme.
    themes: Vec<(String, String, Voice)>,
    dossier: Option<String>,
    next_id: String,
    own: bool,
    may_hand_over: bool,
    why: String,
    policy: String,
    at: String,
    zone: String,
    refused: Option<String>,
    /// A passkey, shown again, would let it through.
    prove: bool,
    /// So would a password with its code.
    by_password: bool,
    own_address: bool,
    next_room: &'static str,
    sign_in: String,
    email: String,
    begin: String,
    finish: String,
}

/// Where the Presidency stands; who holds it hands it over here.
pub(super) async fn hand_over(call: &Call) -> Result<Outcome, Outcome> {
    let (visitor, inside) = call.inside()?;
    let mut refused = None;
    if call.form.is_some() {
        match done(call, visitor).await? {
            Ok(()) => return Ok(call.go(&Room::HandOver)),
            Err(not_done) => refused = Some(why_not(call.language, &not_done)),
        }
    }
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let PresidencyNow {
        current,
        next,
        own,
        may_hand_over,
        policy,
    } = inside.presidency();
    // Where no rule opens it, the one that nearly does says more.
    let near = inside.ask(Action::HandOver, &Class::Presidency).near;
    let shown = near.map_or(policy.policy, |near| near.policy);
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("presidency-now-title").into_owned();
    let framed = framed.titled(title);
    let zone = call.sent("zone").or(visitor.card.zone.as_deref());
    let password = call.indoors()?.password(visitor).await?;
    let page_of = Presidency {
        by_password: !visitor.proven && password.is_some(),
        own_address: true,
        next_room: "hand-over",
        sign_in: Room::SignIn.path(call.language),
        email: String::new(),
        prove: !visitor.proven && call.indoors()?.has_passkeys(),
        begin: Room::BeginShowing.path(call.language),
        finish: Room::FinishShowing.path(call.language),
        candidacies: candidacies(&framed, &inside),
        announcing: inside.announcing(),
        themes: [&current, &next]
            .into_iter()
            .flatten()
            .filter(|term| term.theme_is_for != Voice::Nobody)
            .map(|term| {
                let label = format!("{}, {}", term.party_label, term.term);
                (term.id.clone(), label, term.theme_is_for)
            })
            .collect(),
        dossier: inside
            .reads_dossier()
            .allowed
            .then(|| Room::Dossier.path(call.language)),
        current: current.map(|term| line(&framed, term)),
        next_id: next
            .as_ref()
            .map(|next| next.id.clone())
            .unwrap_or_default(),
        next: next.map(|term| line(&framed, term)),
        own,
        may_hand_over,
        why: shown.reason.get(call.language).to_owned(),
        policy: shown.id.clone(),
        at: call.sent("at").unwrap_or_default().to_owned(),
        zone: zone.unwrap_or("UTC").to_owned(),
        refused,
        frame: framed,
    };
    page(status, &page_of)
}

/// Does what the form asks for.
async fn done(call: &Call, visitor: &Visitor) -> Result<Result<(), NotDone>, Outcome> {
    let indoors = call.indoors()?;
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let note = call.sent("note").map(str::to_owned);
    let wish = match call.sent("do") {
        Some("announce") => Wish::Announce {
            party: text("party"),
            term: text("term"),
            meeting: text("meeting"),
            note,
        },
        Some("withdraw") => Wish::WithdrawCandidacy {
            act: text("act"),
            note,
        },
        Some("designate") => Wish::Designate {
            act: text("act"),
            note,
        },
        Some("theme") => Wish::ChooseTheme {
            presidency: text("presidency"),
            es: text("es"),
            en: text("en"),
            note,
        },
        _ => {
            let (presidency, zone) = (text("presidency"), text("zone"));
            let from = match instant(call.sent("at"), &zone) {
                Ok(from) => from,
                Err(not_done) => return Ok(Err(not_done)),
            };
            let done = indoors.hand_over(visitor, &presidency, from, &zone).await;
            return Ok(done?);
        }
    };
    Ok(indoors.wish(visitor, wish).await?.map(|_| ()))
}

fn candidacies(frame: &Frame, inside: &Inside) -> Vec<Candidacy> {
    let lines = inside.candidacies().into_iter();
    let lines = lines.map(|line| {
        let day = jiff::tz::Offset::UTC.to_datetime(line.since).date();
        let meeting = line.meeting.as_ref().map(|link| link.label.text.clone());
        Candidacy {
            since: frame.words().day(day),
            meeting: meeting.unwrap_or_default(),
            line,
        }
    });
    lines.collect()
}

/// The instant of a wall clock in a zone; at once where none is given.
fn instant(at: Option<&str>, zone: &str) -> Result<Option<Timestamp>, NotDone> {
    let zone = TimeZone::get(zone).map_err(|_| NotDone::new("E-0506"))?;
    let Some(at) = at else { return Ok(None) };
    // A day alone would be read as its midnight, which nobody wrote.
    let whole = Some(at).filter(|at| at.contains('T'));
    let wall: jiff::civil::DateTime = whole
        .and_then(|at| at.parse().ok())
        .ok_or_else(|| NotDone::new("moment"))?;
    // A wall clock that is skipped or doubled when the clocks change is nobody's agreed instant.
    let instant = zone.to_ambiguous_timestamp(wall).unambiguous();
    instant.map(Some).map_err(|_| NotDone::new("moment"))
}

fn line(frame: &Frame, term: TermLine) -> Line {
    let zone = term.zone.as_deref().unwrap_or("UTC");
    let begins = if term.assumed {
        let day = jiff::tz::Offset::UTC.to_datetime(term.begins).date();
        frame.words().day(day)
    } else {
        moment(frame, term.begins, zone)
    };
    Line {
        party: term.party_label,
        theme: term.theme,
        begins,
        assumed: term.assumed,
    }
}

/// "16 January 2012, 10:00 (America/Panama)".
fn moment(frame: &Frame, at: Timestamp, zone: &str) -> String {
    let zone_known = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let wall = zone_known.to_datetime(at);
    let day = frame.words().day(wall.date());
    format!("{day}, {:02}:{:02} ({zone})", wall.hour(), wall.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_a_wall_clock_in_a_zone_that_is_there_once() {
        let read = |at: &str, zone: &str| instant(Some(at), zone).map_err(|not_done| not_done.code);
        let at = read("2012-01-16T10:00", "America/Panama").unwrap().unwrap();
        assert_eq!(at.to_string(), "2012-01-16T15:00:00Z");
        assert_eq!(instant(None, "America/Panama"), Ok(None));
        for (at, zone, code) in [
            ("2012-01-16T10:00", "America/Nowhere", "E-0506"),
            ("2012-01-16", "America/Panama", "moment"),
            ("soon", "America/Panama", "moment"),
            // The clocks of New York go forward, and back.
            ("2012-03-11T02:30", "America/New_York", "moment"),
            ("2012-11-04T01:30", "America/New_York", "moment"),
        ] {
            assert_eq!(read(at, zone), Err(code.to_owned()), "{at} {zone}");
        }
    }
}
