use askama::Template;
use axum::http::StatusCode;
use comity_view::{Action, Class, Inside, News, NewsOf, PartyLine, Power, SeatLine, Stage, Voice};

use super::draw::{frame, page};
use super::visit::{Call, Outcome};
use super::{Letters, Room, Visitor};
use crate::addresses::Address;
use crate::frame::Frame;

/// A line of the desk, with where it is seen to.
struct Waiting {
    text: String,
    href: String,
}

/// Something that was done since the last visit.
struct Done {
    what: String,
    about: String,
    href: String,
    at: String,
}

#[derive(Template)]
#[template(path = "inside/desk.html")]
struct Desk {
    frame: Frame,
    seat: SeatLine,
    others: Vec<SeatLine>,
    sit: String,
    yours: Vec<Waiting>,
    theirs: Vec<Waiting>,
    /// Absent on the first visit: everything would be new.
    news: Option<Vec<Done>>,
    /// How many more there were, in words.
    more: Option<String>,
    acts: String,
    welcome: String,
    rights: String,
}

#[derive(Template)]
#[template(path = "inside/choose.html")]
struct Choose {
    frame: Frame,
    sit: String,
    /// The act that filled each, with its name.
    seats: Vec<(String, String)>,
}

/// Contact data that nobody confirmed for so long are asked for again (P-07).
const CONFIRMED_LASTS_DAYS: i64 = 365;

/// The first page after signing in: what waits.
pub(super) async fn desk(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    let indoors = call.indoors()?;
    let inside = indoors.inside(visitor, call.language);
    let seated = inside
        .as_ref()
        .and_then(|inside| Some((inside, inside.seat()?)));
    let Some((inside, seat)) = seated else {
        return choose(call, visitor);
    };
    let others = inside.own_seats().into_iter();
    let others = others.filter(|other| other.filled != seat.filled).collect();
    let frame = frame(call, Some(inside), "");
    let title = frame.say("desk-title").into_owned();
    let frame = frame.titled(title);
    let (mut yours, theirs) = waiting(call, &frame, visitor, inside);
    yours.extend(prepared(call, &frame, inside).await?);
    if inside.may(Action::Manage, &Class::Outbox).allowed
        && let Some(letters) = indoors.letters().await?
    {
        yours.extend(of_letters(call, &frame, &letters));
    }
    let since = indoors.last_visit(visitor, inside.acts_now()).await?;
    let news = since.map(|since| inside.news(since));
    let more = news
        .as_ref()
        .filter(|news| news.more > 0)
        .map(|news| frame.say_one("desk-news-more", "count", news.more));
    let news = news.map(|news| news.lines.into_iter());
    let news = news.map(|lines| lines.map(|line| done(call, &frame, line)).collect());
    page(
        StatusCode::OK,
        &Desk {
            seat,
            others,
            sit: Room::Sit.path(call.language),
            yours,
            theirs,
            news,
            more,
            acts: frame.of(&Address::Register),
            welcome: Room::Welcome.path(call.language),
            rights: Room::Rights.path(call.language),
            frame,
        },
    )
}

fn done(call: &Call, frame: &Frame, news: News) -> Done {
    let wall = jiff::tz::Offset::UTC.to_datetime(news.at);
    let day = frame.words().day(wall.date());
    Done {
        what: frame.say(&format!("act-kind-{}", news.kind)).into_owned(),
        about: news.about,
        href: match news.to {
            NewsOf::People(party) => Room::Party(party).path(call.language),
            NewsOf::Presidency => Room::HandOver.path(call.language),
            NewsOf::Application(act) => Room::Application(act).path(call.language),
            NewsOf::Consultation(act) => Room::Consultation(act).path(call.language),
            NewsOf::Informal(act) => Room::Informal(act).path(call.language),
            NewsOf::Page(link) => frame.to(&link),
            NewsOf::Act(act) => frame.of(&Address::Act(act)),
        },
        at: format!("{day}, {:02}:{:02} UTC", wall.hour(), wall.minute()),
    }
}

fn choose(call: &Call, visitor: &Visitor) -> Result<Outcome, Outcome> {
    let seats = call.indoors()?.seats(visitor, call.language);
    let frame = frame(call, None, "");
    let title = if seats.is_empty() {
        "choose-none-title"
    } else {
        "choose-title"
    };
    let title = frame.say(title).into_owned();
    page(
        StatusCode::OK,
        &Choose {
            frame: frame.titled(title),
            sit: Room::Sit.path(call.language),
            seats,
        },
    )
}

/// What was prepared for the Presidency, for whoever releases it.
async fn prepared(call: &Call, frame: &Frame, inside: &Inside) -> Result<Vec<Waiting>, Outcome> {
    if !inside.may_consult().allowed {
        return Ok(Vec::new());
    }
    let lines = inside.consultations();
    let all = super::consultation::kept(call, inside).await?;
    let waits = all.into_iter().filter_map(|draft| {
        let (topic, href) = match &draft.about {
            Some(about) => {
                let line = lines.iter().find(|line| line.id == *about)?;
                if super::consultation::is_past(draft.field("do"), line.stage) {
                    return None;
                }
                let room = Room::Consultation(about.clone());
                (line.topic.clone(), room.path(call.language))
            }
            None => super::consultation::begun_in_words(call, frame, &draft),
        };
        Some(Waiting {
            text: frame.say_one("desk-draft", "topic", topic),
            href,
        })
    });
    Ok(waits.collect())
}

fn waiting(
    call: &Call,
    frame: &Frame,
    visitor: &Visitor,
    inside: &Inside,
) -> (Vec<Waiting>, Vec<Waiting>) {
    let (mut yours, mut theirs) = (Vec::new(), Vec::new());
    let now = call.site.source.today();
    let confirmed = visitor.card.confirmed_at.map(|at| {
        let day = jiff::tz::Offset::UTC.to_datetime(at).date();
        (now - day).get_days()
    });
    if confirmed.is_none_or(|days| i64::from(days) > CONFIRMED_LASTS_DAYS) {
        yours.push(Waiting {
            text: frame.say("desk-confirm").into_owned(),
            href: Room::Account.path(call.language),
        });
    }
    let conducts = inside.may_consult().allowed || inside.enters_consultations();
    for line in inside.consultations() {
        let elsewhere = match (line.stage, line.silent) {
            (Stage::Troika, _) if conducts && !line.refused => {
                Some(frame.say_one("desk-consult-troika", "topic", line.topic.as_str()))
            }
            (_, Some((silent, of))) if conducts && silent > 0 => {
                let values = [
                    ("topic", line.topic.as_str().into()),
                    ("silent", silent.into()),
                    ("of", of.into()),
                ];
                Some(frame.words().say_with("desk-consult-silent", &values))
            }
            _ => None,
        };
        theirs.extend(elsewhere.map(|text| Waiting {
            text,
            href: Room::Consultation(line.id.clone()).path(call.language),
        }));
        if let Some(waits) = line.waits_for {
            let key = super::consultation::waits_key(waits);
            yours.push(Waiting {
                text: format!("{}: {}", frame.say(key), line.topic),
                href: Room::Consultation(line.id).path(call.language),
            });
        }
    }
    for line in inside.informals() {
        if let Some(waits) = line.waits_for {
            let key = super::informal::waits_key(waits);
            yours.push(Waiting {
                text: format!("{}: {}", frame.say(key), line.topic),
                href: Room::Informal(line.id).path(call.language),
            });
        }
    }
    let presidency = inside.presidency();
    if let Some(next) = presidency
        .next
        .as_ref()
        .filter(|_| presidency.may_hand_over)
    {
        yours.push(Waiting {
            text: frame.say_one("desk-hand-over", "party", next.party_label.as_str()),
            href: Room::HandOver.path(call.language),
        });
    }
    for line in inside.candidacies() {
        if line.designate == Voice::Own {
            yours.push(Waiting {
                text: frame.words().say_with(
                    "desk-candidacy",
                    &[
                        ("party", line.party_label.as_str().into()),
                        ("term", line.term.as_str().into()),
                    ],
                ),
                href: Room::HandOver.path(call.language),
            });
        }
    }
    let standing = inside.applications().into_iter();
    for line in standing.filter(|line| line.withdrawn.is_none()) {
        let waits = |key: &str| Waiting {
            text: frame.say_one(key, "applicant", line.applicant.as_str()),
            href: Room::Application(line.act.clone()).path(call.language),
        };
        match (inside.manages_applications(), line.is_complete()) {
            // What is pending is for the applicant to send.
            (true, false) => theirs.push(waits("desk-application-pending")),
            (true, true) => {}
            (false, _) => yours.push(waits("desk-application")),
        }
    }
    let parties = inside.parties();
    let lacking = |line: &&PartyLine| line.vacant > 0;
    for line in parties.iter().filter(lacking) {
        let Some(people) = inside.people(&line.id) else {
            continue;
        };
        let empty = people
            .offers
            .iter()
            .filter(|offer| offer.one && offer.held_by.is_none());
        let names: Vec<String> = empty.map(|offer| offer.label.clone()).collect();
        let values = [
            ("party", line.label.as_str().into()),
            ("seats", frame.words().all_of(&names).into()),
        ];
        let waits = |key: &str| Waiting {
            text: frame.words().say_with(key, &values),
            href: Room::Party(line.id.clone()).path(call.language),
        };
        match people.power {
            Power::Full => yours.push(waits("desk-vacant")),
            // Whoever repairs on a note waits for the note.
            Power::OnANote => theirs.push(waits("desk-vacant-there")),
            Power::None => {}
        }
    }
    (yours, theirs)
}

/// What waits of the letters, for whoever looks after them.
fn of_letters(call: &Call, frame: &Frame, letters: &Letters) -> Vec<Waiting> {
    let line = |key: &str, count: usize| Waiting {
        text: frame.say_one(key, "count", count),
        href: Room::Outbox.path(call.language),
    };
    let mut lines = Vec::new();
    if !letters.open && letters.waiting > 0 {
        lines.push(line("desk-letters-wait", letters.waiting));
    }
    if letters.returned > 0 {
        lines.push(line("desk-letters-back", letters.returned));
    }
    lines
}

/// Goes on from another seat.
pub(super) async fn sit(call: &Call) -> Result<Outcome, Outcome> {
    let visitor = call.visitor()?;
    let filled = call.sent("seat").unwrap_or_default();
    let token = call.indoors()?.sit(visitor, filled).await?;
    let desk = Room::Desk.path(call.language);
    Ok(match token {
        Some(token) => Outcome::SignedIn(desk, token),
        None => Outcome::Go(desk),
    })
}
