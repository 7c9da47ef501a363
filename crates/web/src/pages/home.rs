use askama::Template;
use comity_view::{Counts, Home, Link, TroikaPlace, TroikaSeat, View, Words};

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::gatherings::{self, MeetingRow};
use crate::language::words;
use crate::linked_data::LinkedData;
use crate::pictures::timeline::{Timeline, timeline};
use crate::{Address, Kind, sources};

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage {
    frame: Frame,
    /// The office, its year and who holds it.
    kicker: Option<String>,
    /// The central theme in office, or the name of the conference.
    heading: Words,
    motto: String,
    troika: Vec<Seat>,
    troika_name: String,
    presidency: Option<Link>,
    meetings: Vec<MeetingRow>,
    numbers: Vec<Figure>,
    presidencies_title: String,
    /// What the office does.
    office: Option<String>,
    timeline: Option<Timeline>,
    timeline_source: Option<String>,
    /// The States by kind of party.
    countries: Vec<(String, Vec<Link>)>,
    ways: Vec<Way>,
}

struct Seat {
    label: String,
    party: Link,
    now: bool,
}

/// A number of the record and where it leads.
struct Figure {
    value: String,
    label: String,
    href: String,
}

struct Way {
    name: String,
    href: String,
    about: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let home = view.home();
    let heading = home
        .presidency
        .as_ref()
        .and_then(|line| line.theme.clone())
        .unwrap_or_else(|| own(view.masthead()));
    let motto = view.rules().process.motto.get(view.language()).to_owned();
    let frame = Frame::new(ask, heading.text.as_str()).described(motto.as_str());
    let data = LinkedData::site(
        view.masthead(),
        &motto,
        &format!("{}{}", frame.origin(), Address::Home.path(view.language())),
        view.language(),
    );
    let frame = frame.with_data(data);
    let office = view.body(&view.rules().chair.body);
    let words = frame.words();
    let count = home.timeline.len();
    render(&HomePage {
        kicker: kicker(
            &home,
            office
                .as_ref()
                .map(|office| office.line.link.label.text.as_str()),
        ),
        troika: home
            .troika
            .iter()
            .map(|seat| troika_seat(&frame, seat))
            .collect(),
        troika_name: troika_name(view),
        presidency: home.presidency.as_ref().map(|line| Link {
            to: comity_view::Target::Presidency,
            id: line.id.clone(),
            label: own(&frame.say("home-presidency")),
        }),
        meetings: home
            .last_meetings
            .iter()
            .map(|line| MeetingRow {
                link: gatherings::named_with_body(&frame, line),
                ..gatherings::meeting(&frame, line)
            })
            .collect(),
        numbers: numbers(&frame, view, &home.counts),
        presidencies_title: words.say_with("home-presidencies-title", &[("count", count.into())]),
        office: office.map(|office| office.line.summary),
        timeline: timeline(words, &home.timeline)
            .filter(|_| view.chair_model() == comity_view::ChairModel::Rotating),
        timeline_source: sources::together(&frame, home.timeline.iter().map(|line| &line.says)),
        countries: countries(view),
        ways: ways(&frame),
        heading,
        motto,
        frame,
    })
}

fn own(text: &str) -> Words {
    Words {
        text: text.to_owned(),
        standing: None,
    }
}

/// "Presidency Pro-Témpore 2011 · Dominican Republic"
fn kicker(home: &Home, office: Option<&str>) -> Option<String> {
    let line = home.presidency.as_ref()?;
    let holders: Vec<&str> = home
        .chairs
        .iter()
        .map(|line| line.party.label.text.as_str())
        .collect();
    let holders = holders.join(", ");
    let office = office.map(|office| {
        if home.chairs.len() == 1 {
            format!("{office} {}", line.year)
        } else {
            office.to_owned()
        }
    });
    Some(office.map_or_else(|| holders.clone(), |office| format!("{office} · {holders}")))
}

fn troika_seat(frame: &Frame, seat: &TroikaSeat) -> Seat {
    let key = match seat.seat {
        TroikaPlace::Former => "troika-former",
        TroikaPlace::Current => "troika-current",
        TroikaPlace::Upcoming => "troika-upcoming",
    };
    Seat {
        label: frame.say_one(key, "year", seat.presidency.year.to_string()),
        party: seat.party.clone(),
        now: seat.seat == TroikaPlace::Current,
    }
}

/// The name of the body that the Troika is, where the process has one.
fn troika_name(view: &View) -> String {
    view.body("troika").map_or_else(
        || words(view.language()).say("troika-label").into_owned(),
        |body| body.line.link.label.text,
    )
}

/// What the record holds, each number counted from its rows; what it does not hold is left out.
fn numbers(frame: &Frame, view: &View, counts: &Counts) -> Vec<Figure> {
    let words = frame.words();
    let decides = |kind: &str| {
        view.rules()
            .party_kind(kind)
            .is_some_and(|kind| kind.decides)
    };
    let (deciding, others): (Vec<_>, Vec<_>) = counts
        .parties
        .iter()
        .filter(|kind| kind.count > 0)
        .partition(|kind| decides(&kind.kind));
    let sum = |kinds: &[&comity_view::PartyCount]| {
        kinds
            .iter()
            .map(|kind| words.number(kind.count))
            .collect::<Vec<_>>()
            .join(" + ")
    };
    let label = match deciding.as_slice() {
        [only] => uncapitalised(&only.name),
        _ => frame.say("home-members").into_owned(),
    };
    let proposals = frame.say_one("home-actions", "proposals", counts.proposals);
    let counted = |count: usize| {
        if count == 0 {
            String::new()
        } else {
            words.number(count)
        }
    };
    let rows = [
        (sum(&deciding), label, Address::Members),
        (
            sum(&others),
            frame.say("home-others").into_owned(),
            Address::Members,
        ),
        (
            counted(counts.conferences),
            frame.say("home-conferences").into_owned(),
            Address::Meetings,
        ),
        (
            counted(counts.topics),
            frame.say_one("home-topics", "themes", counts.themes),
            Address::Plan,
        ),
        (
            counted(counts.documents),
            frame.say("home-documents").into_owned(),
            Address::Documents,
        ),
        (counted(counts.actions), proposals, Address::Actions),
    ];
    let shown = rows.into_iter().filter(|(value, ..)| !value.is_empty());
    shown
        .map(|(value, label, address)| Figure {
            value,
            label,
            href: frame.of(&address),
        })
        .collect()
}

/// The States by kind of party, each kind under its plural name.
fn countries(view: &View) -> Vec<(String, Vec<Link>)> {
    let states = view.parties(None).into_iter().filter(|group| group.state);
    states
        .map(|group| {
            (
                group.plural,
                group.parties.into_iter().map(|party| party.link).collect(),
            )
        })
        .collect()
}

/// A plural name of the rules as it stands in the middle of a line.
fn uncapitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn ways(frame: &Frame) -> Vec<Way> {
    let ways = [
        (Kind::Plan, "home-way-plan"),
        (Kind::Documents, "home-way-documents"),
        (Kind::Actions, "home-way-actions"),
        (Kind::Structure, "home-way-structure"),
        (Kind::Finance, "home-way-finance"),
        (Kind::Register, "home-way-register"),
    ];
    let there = ways.into_iter().filter(|(kind, _)| super::exists(*kind));
    there
        .filter_map(|(kind, about)| {
            Some(Way {
                name: frame.name_of(kind),
                href: frame.of(&kind.single()?),
                about: frame.say(about).into_owned(),
            })
        })
        .collect()
}
