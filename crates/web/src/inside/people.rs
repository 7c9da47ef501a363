use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use comity_view::{Action, Inside, PartyLine, PeoplePage, Power, SeatLine, Whose};

use super::applications::size;
use super::audience::{Audiences, audience};
use super::draw::{below, frame, page};
use super::list::may_list;
use super::visit::{Call, Outcome};
use super::{Card, Room};
use crate::fault::Fault;
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "inside/parties.html")]
struct Parties {
    frame: Frame,
    /// By kind: its name, and each party with its address.
    kinds: Vec<(String, Vec<(PartyLine, String)>)>,
    /// The branches of government: the address of each, its name, and whether it is the one that is shown.
    branches: Vec<(String, String, bool)>,
    /// Who sits for the branch that is shown.
    of_branch: Option<Vec<(String, Vec<Row>)>>,
    /// Where lists are taken in, for whoever may.
    lists: Option<String>,
    sheet: String,
    cards: String,
}

/// The parties whose people this seat may see; or who sits for a branch of government in each.
pub(super) async fn parties(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let mut kinds: Vec<(String, Vec<(PartyLine, String)>)> = Vec::new();
    for line in inside.parties() {
        let href = Room::Party(line.id.clone()).path(call.language);
        match kinds.last_mut() {
            Some((kind, lines)) if *kind == line.kind_label => lines.push((line, href)),
            _ => kinds.push((line.kind_label.clone(), vec![(line, href)])),
        }
    }
    let framed = frame(call, Some(&inside), "");
    let title = framed.say("people-title").into_owned();
    let framed = framed.titled(title);
    let asked = call.query.get("branch");
    let all = inside.branches().into_iter();
    let branches: Vec<(String, String, bool)> = all
        .map(|(id, label)| {
            let query = crate::query::Query::default().with("branch", &id);
            let href = Room::People.path(call.language) + &query.written();
            let shown = asked == Some(id.as_str());
            (href, label, shown)
        })
        .collect();
    let mut of_branch = None;
    if let Some(branch) = asked.filter(|_| branches.iter().any(|(_, _, shown)| *shown)) {
        let found = inside.of_branch(branch);
        let seats: Vec<SeatLine> = found.iter().flat_map(|(_, seats)| seats.clone()).collect();
        let cards = cards(call, &inside, &seats).await?;
        let rows = found.into_iter().map(|(line, seats)| {
            let rows = seats.into_iter();
            let rows = rows.map(|seat| row(call, &framed, seat, &cards)).collect();
            (line.label, rows)
        });
        of_branch = Some(rows.collect());
    }
    page(
        StatusCode::OK,
        &Parties {
            frame: framed,
            branches,
            of_branch,
            kinds,
            lists: may_list(&inside).then(|| Room::Import.path(call.language)),
            sheet: Room::Sheet.path(call.language),
            cards: Room::Cards.path(call.language),
        },
    )
}

/// A seat with who holds it.
pub(super) struct Row {
    pub seat: SeatLine,
    pub card: Card,
    pub since: String,
    pub until: Option<String>,
    pub confirmed: Option<String>,
    /// When they were reached at their address.
    pub reached: Option<String>,
    pub vacate: String,
    pub invite: String,
    /// Where the note itself is, with what it is.
    pub file: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "inside/people.html")]
struct People {
    frame: Frame,
    line: PartyLine,
    rows: Vec<Row>,
    may_change: bool,
    on_a_note: bool,
    new: String,
    /// Why this can be seen: the reason of the policy, and its name.
    why: String,
    policy: String,
    /// Who can see this: the classes of seat of each kind of party, for whoever manages it.
    audience: Audiences,
    /// Who looked, where that may be seen.
    trail: Option<String>,
}

/// The people of one party. One that may not be seen is not there.
pub(super) async fn party(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let PeoplePage {
        line,
        seats,
        power,
        why,
        ..
    } = inside.people(id).ok_or(Fault::NotFound)?;
    let cards = cards(call, &inside, &seats).await?;
    let audience = if power == Power::None {
        Audiences::default()
    } else {
        audience(&inside, Action::Read, &Inside::people_of(&line))
    };
    let trail = inside.trail(id).allowed;
    let frame = below(
        frame(call, Some(&inside), line.label.clone()),
        frame_words(call, "people-title"),
        Room::People.path(call.language),
    );
    let rows = seats
        .into_iter()
        .map(|seat| row(call, &frame, seat, &cards))
        .collect();
    page(
        StatusCode::OK,
        &People {
            new: Room::NewSeat(line.id.clone()).path(call.language),
            rows,
            may_change: power != Power::None,
            on_a_note: power == Power::OnANote,
            audience,
            trail: trail.then(|| Room::Trail(line.id.clone()).path(call.language)),
            why: why.policy.reason.get(call.language).to_owned(),
            policy: why.policy.id.clone(),
            line,
            frame,
        },
    )
}

fn frame_words(call: &Call, key: &str) -> String {
    crate::language::words(call.language).say(key).into_owned()
}

pub(super) fn row(
    call: &Call,
    frame: &Frame,
    seat: SeatLine,
    cards: &BTreeMap<String, Card>,
) -> Row {
    let day = |at: jiff::Timestamp| {
        let date = jiff::tz::Offset::UTC.to_datetime(at).date();
        frame.words().day(date)
    };
    let card = cards.get(&seat.person).cloned().unwrap_or_default();
    Row {
        since: day(seat.since),
        until: seat.until.map(|until| frame.words().day(until)),
        confirmed: card.confirmed_at.map(day),
        reached: card.reached_at.map(day),
        vacate: Room::Vacate(seat.filled.clone()).path(call.language),
        invite: Room::Invite(seat.filled.clone()).path(call.language),
        file: seat.file.as_ref().map(|file| {
            let href = Room::File(seat.filled.clone()).path(call.language);
            (href, size(&file.kind, file.bytes))
        }),
        card,
        seat,
    }
}

/// What the directory knows of those who hold these seats. Before it is shown: whose people of another party are seen is
/// noted, or nothing is.
pub(super) async fn cards(
    call: &Call,
    inside: &Inside,
    seats: &[SeatLine],
) -> Result<BTreeMap<String, Card>, Outcome> {
    let (visitor, indoors) = (call.visitor()?, call.indoors()?);
    let mut parties: Vec<&str> = seats.iter().map(|seat| seat.party.as_str()).collect();
    parties.sort_unstable();
    parties.dedup();
    for party in parties.into_iter().filter(|party| *party != inside.party()) {
        indoors.saw(visitor, party).await?;
    }
    let people = seats.iter().map(|seat| seat.person.clone()).collect();
    Ok(indoors.cards(people).await?)
}
