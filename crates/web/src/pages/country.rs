use askama::Template;
use comity_view::{
    CountryPage, HostedEvent, Initiative, InstitutionLine, Link, Target, Term, TroikaPlace,
};

use super::members::{Institution, institution};
use super::{Ask, render};
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::gatherings::{self, Deed, MeetingRow};
use crate::rows::{self, WorkRow};
use crate::{Address, sources};

/// How many rows of a list stand at once, so that the page prints on one sheet; the rest unfolds.
const SHOWN: usize = 3;

#[derive(Template)]
#[template(path = "pages/country.html")]
struct Country {
    frame: Frame,
    kicker: String,
    lead: String,
    numbers: Vec<(String, String)>,
    /// It takes part on the day shown.
    present: bool,
    presided: Vec<Presided>,
    meetings: Rows<MeetingRow>,
    events: Rows<Event>,
    proposed: Rows<Deed>,
    instruments: Vec<WorkRow>,
    deeds: Vec<Deed>,
    branches: Vec<Branch>,
    contributions: Vec<Contribution>,
    sponsors: Rows<Link>,
    collaborates: Rows<Link>,
    /// Whether anything but its place at the table is on record.
    has_record: bool,
    /// How many rows do not stand at once, nor in print.
    more: usize,
    source: Option<String>,
    attribution: Attribution,
}

/// A list of which the first rows stand at once.
struct Rows<T> {
    first: Vec<T>,
    rest: Vec<T>,
}

struct Presided {
    year: String,
    link: Link,
    note: Option<String>,
}

struct Event {
    when: String,
    link: Link,
    about: String,
    marks: Vec<String>,
}

struct Branch {
    name: String,
    institutions: Vec<Institution>,
}

struct Contribution {
    /// "US$ 5,000 a year, 1.77% of the scale"
    text: String,
    /// Of a hundred, for the length of the bar.
    share: String,
    scale: String,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let page = view.country(ask.id()?).ok_or_else(|| ask.unknown())?;
    if page.card.link.to != Target::Country {
        return Err(ask.unknown());
    }
    let name = page.card.link.label.text.clone();
    let frame = Frame::new(ask, name.as_str()).below(&Address::Members);
    let lead = lead(&frame, &page);
    let frame = frame.described(lead.as_str());
    let source = sources::together(&frame, says(&page).into_iter().chain([&page.card.says]));
    let more = [
        page.hosted_meetings.len(),
        page.hosted_events.len(),
        page.proposed.len(),
        page.sponsors.len(),
    ];
    render(&Country {
        more: more
            .into_iter()
            .map(|count| count.saturating_sub(SHOWN))
            .sum::<usize>()
            + page.steps.len()
            + page.collaborates.len(),
        kicker: kicker(&frame, &page),
        lead,
        numbers: numbers(&frame, &page),
        present: page.present,
        presided: page
            .presided
            .iter()
            .rev()
            .map(|line| presided(&frame, line))
            .collect(),
        meetings: page
            .hosted_meetings
            .iter()
            .map(|line| gatherings::meeting(&frame, line))
            .collect(),
        events: newest(&page.hosted_events, |event| event.date.is_some())
            .map(|event| hosted(&frame, event))
            .collect(),
        proposed: newest(&page.proposed, |initiative| initiative.date.is_some())
            .map(|initiative| put_forward(&frame, initiative))
            .collect(),
        has_record: !says(&page).is_empty(),
        contributions: page
            .contributions
            .iter()
            .map(|line| contribution(&frame, line))
            .collect(),
        branches: branches(page.card.institutions.clone()),
        attribution: Attribution::new(&frame, &page.card.says, &name),
        instruments: rows::documents(frame.words(), page.instruments),
        deeds: page
            .steps
            .into_iter()
            .rev()
            .map(|step| gatherings::deed(&frame, step))
            .collect(),
        sponsors: page.sponsors.into_iter().collect(),
        collaborates: page.collaborates.into_iter().collect(),
        source,
        frame,
    })
}

/// "Member country · since 1996 · upcoming presidency"
fn kicker(frame: &Frame, page: &CountryPage) -> String {
    let since = page
        .card
        .since
        .map(|since| frame.words().since(since.start()));
    let troika = page.troika.map(|seat| {
        frame.say(match seat {
            TroikaPlace::Former => "country-troika-former",
            TroikaPlace::Current => "country-troika-current",
            TroikaPlace::Upcoming => "country-troika-upcoming",
        })
    });
    let parts = [
        Some(page.card.kind.name.clone()),
        since,
        troika.map(std::borrow::Cow::into_owned),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What it did, in one or two sentences; what it did not do is not said.
fn lead(frame: &Frame, page: &CountryPage) -> String {
    let words = frame.words();
    let years = |wanted: fn(Term) -> bool| {
        page.presided
            .iter()
            .filter(|line| wanted(line.state))
            .map(|line| line.year)
            .collect::<Vec<i16>>()
    };
    let listed =
        |years: Vec<i16>| words.all_of(&years.iter().map(ToString::to_string).collect::<Vec<_>>());
    let name = page.card.link.label.text.as_str();
    let mut sentences = Vec::new();
    for (years, key) in [
        (
            years(|term| term != Term::Upcoming),
            "country-lead-presided",
        ),
        (
            years(|term| term == Term::Upcoming),
            "country-lead-presides-next",
        ),
    ] {
        if !years.is_empty() {
            sentences.push(words.say_with(
                key,
                &[("name", name.into()), ("years", listed(years).into())],
            ));
        }
    }
    let did = [
        ("country-did-meetings", page.hosted_meetings.len()),
        ("country-did-events", page.hosted_events.len()),
        ("country-did-proposed", page.proposed.len()),
    ];
    let did: Vec<String> = did
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| frame.say_one(key, "count", count))
        .collect();
    if !did.is_empty() {
        sentences.push(words.say_with(
            "country-lead-did",
            &[("name", name.into()), ("did", words.all_of(&did).into())],
        ));
    }
    if sentences.is_empty() {
        sentences.push(frame.say_one("country-lead-none", "name", name));
    }
    sentences.extend(page.card.summary.clone());
    sentences.join(" ")
}

/// Numbers that say something; none where there is nothing to count.
fn numbers(frame: &Frame, page: &CountryPage) -> Vec<(String, String)> {
    let counts = [
        (
            "country-number-presidencies",
            page.presided
                .iter()
                .filter(|line| line.state != Term::Upcoming)
                .count(),
        ),
        ("country-number-meetings", page.hosted_meetings.len()),
        ("country-number-events", page.hosted_events.len()),
        ("country-number-proposed", page.proposed.len()),
        (
            "country-number-with",
            page.sponsors.len() + page.collaborates.len(),
        ),
    ];
    let words = frame.words();
    let counted = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| (frame.say_one(key, "count", count), words.number(count)));
    let shares = page.contributions.iter().map(|line| {
        (
            frame.say("country-number-share").into_owned(),
            share(frame, &line.share),
        )
    });
    counted.chain(shares).collect()
}

/// "17.69" as a share in words.
fn share(frame: &Frame, share: &str) -> String {
    let hundredths = share.replace('.', "").parse().unwrap_or_default();
    frame.words().share(hundredths)
}

fn presided(frame: &Frame, line: &comity_view::PresidencyLine) -> Presided {
    let label = line.theme.clone().unwrap_or_else(|| comity_view::Words {
        text: line.year.to_string(),
        standing: None,
    });
    let note = match line.state {
        Term::Past => None,
        Term::InOffice => Some(frame.say("timeline-in-office").into_owned()),
        Term::Upcoming => Some(frame.say("presidencies-upcoming").into_owned()),
    };
    Presided {
        year: frame.words().date(&line.term),
        link: Link {
            to: Target::Presidency,
            id: line.id.clone(),
            label,
        },
        note,
    }
}

fn hosted(frame: &Frame, event: &HostedEvent) -> Event {
    let words = frame.words();
    let when = rows::date(words, event.date)
        .or_else(|| event.recurrence.as_ref().map(|term| term.name.clone()));
    let about: Vec<String> = [Some(event.kind.name.clone()), event.place.city.clone()]
        .into_iter()
        .flatten()
        .collect();
    Event {
        when: when.unwrap_or_default(),
        link: event.link.clone(),
        about: about.join(" · "),
        marks: gatherings::marks(frame, event.says.inferred, false),
    }
}

fn put_forward(frame: &Frame, initiative: &Initiative) -> Deed {
    Deed {
        when: rows::date(frame.words(), initiative.date).unwrap_or_default(),
        about: Some(initiative.link.clone()),
        what: initiative.step.as_ref().map_or_else(
            || frame.say("country-proposer").into_owned(),
            |step| step.name.clone(),
        ),
        text: None,
        meeting: initiative.meeting.clone(),
        by: Vec::new(),
        lines: gatherings::lines(frame, &initiative.says),
        marks: gatherings::marks(frame, initiative.says.inferred, false),
    }
}

fn contribution(frame: &Frame, line: &comity_view::ContributionLine) -> Contribution {
    let words = frame.words();
    let values = [
        ("amount", words.money(&line.currency, line.amount).into()),
        ("share", share(frame, &line.share).into()),
    ];
    Contribution {
        text: words.say_with("country-contributes", &values),
        share: line.share.clone(),
        scale: line.scale_title.text.clone(),
    }
}

impl<T> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut first: Vec<T> = rows.into_iter().collect();
        let rest = first.split_off(SHOWN.min(first.len()));
        Self { first, rest }
    }
}

/// Rows that come by date, the newest first and those without a date last.
fn newest<T>(rows: &[T], dated: fn(&T) -> bool) -> impl Iterator<Item = &T> {
    let without = rows.iter().filter(move |row| !dated(row));
    rows.iter()
        .rev()
        .filter(move |row| dated(row))
        .chain(without)
}

/// Its institutions by branch, in the order of the rules.
fn branches(lines: Vec<InstitutionLine>) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    for line in lines {
        let name = line.branch.name.clone();
        match branches.last_mut() {
            Some(branch) if branch.name == name => branch.institutions.push(institution(line)),
            _ => branches.push(Branch {
                name,
                institutions: vec![institution(line)],
            }),
        }
    }
    branches
}

/// Everything that the page lists, and what it rests on.
fn says(page: &CountryPage) -> Vec<&comity_view::Says> {
    let presided = page.presided.iter().map(|line| &line.says);
    let meetings = page.hosted_meetings.iter().map(|line| &line.says);
    let events = page.hosted_events.iter().map(|event| &event.says);
    let proposed = page.proposed.iter().map(|initiative| &initiative.says);
    let steps = page.steps.iter().map(|step| &step.says);
    let contributions = page.contributions.iter().map(|line| &line.says);
    let institutions = page.card.institutions.iter().map(|line| &line.says);
    presided
        .chain(meetings)
        .chain(events)
        .chain(proposed)
        .chain(steps)
        .chain(contributions)
        .chain(institutions)
        .collect()
}
