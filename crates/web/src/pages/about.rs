use askama::Template;
use comity_view::{Link, Says, View};

use super::{Ask, render};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::{Address, Kind, sources};

/// Lists of the record that say what the process is for, in their order here.
const PURPOSE: [&str; 3] = ["objective", "tenet", "dimension"];
/// Lists that say what it does and what came of it.
const WORK: [&str; 5] = [
    "mechanism",
    "work_kind",
    "follow_up_mechanism",
    "achievement",
    "challenge",
];
/// Pages that tell more.
const MORE: [(Kind, &str); 8] = [
    (Kind::Structure, "about-more-structure"),
    (Kind::Presidencies, "about-more-presidencies"),
    (Kind::Members, "about-more-members"),
    (Kind::Criteria, "about-more-criteria"),
    (Kind::Finance, "about-more-finance"),
    (Kind::Fora, "about-more-fora"),
    (Kind::Edition, "about-more-edition"),
    (Kind::Glossary, "about-more-glossary"),
];

#[derive(Template)]
#[template(path = "pages/about.html")]
struct About {
    frame: Frame,
    motto: String,
    /// Names and since when.
    names: String,
    decision: Vec<String>,
    purpose: Vec<Shown>,
    themes: Vec<Link>,
    themes_source: Option<String>,
    work: Vec<Shown>,
    more: Vec<(String, String, String)>,
    source: Option<String>,
}

/// A list of the record.
struct Shown {
    id: &'static str,
    title: String,
    summary: bool,
    texts: Vec<String>,
    source: Option<String>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let view = &ask.view;
    let words = crate::language::words(view.language());
    let motto = view.rules().process.motto.get(view.language()).to_owned();
    let frame = Frame::new(ask, words.say(super::name_key(Kind::About))).described(motto.as_str());
    let themes = view.plan().themes;
    let lists = |ids: &[&'static str]| ids.iter().filter_map(|id| list(&frame, view, id)).collect();
    let rules = &view.rules();
    let cited = [
        rules.process.lines.as_deref(),
        rules.decision.lines.as_deref(),
    ];
    render(&About {
        names: names(&frame, view),
        decision: decision(&frame, view),
        purpose: lists(&PURPOSE),
        work: lists(&WORK),
        themes_source: sources::together(&frame, themes.iter().map(|theme| &theme.says)),
        themes: themes.into_iter().map(|theme| theme.link).collect(),
        more: MORE
            .into_iter()
            .filter_map(|(kind, key)| more(&frame, kind, key))
            .collect(),
        source: sources::of_lines(&frame, cited.into_iter().flatten()),
        motto,
        frame,
    })
}

/// "The Regional Conference on Migration (RCM), also called the Puebla Process, began in February 1996."
fn names(frame: &Frame, view: &View) -> String {
    let process = &view.rules().process;
    let since = frame.words().date(&process.since);
    let values = [
        ("name", view.masthead().into()),
        ("acronym", process.acronym.get(view.language()).into()),
        ("since", since.into()),
        ("alias", view.alias().unwrap_or_default().into()),
    ];
    frame.words().say_with(
        if view.alias().is_some() {
            "about-names-alias"
        } else {
            "about-names"
        },
        &values,
    )
}

fn decision(frame: &Frame, view: &View) -> Vec<String> {
    let binding = if view.rules().decision.binding {
        "about-binding"
    } else {
        "about-not-binding"
    };
    let deciding: Vec<&str> = view
        .rules()
        .party_kinds
        .iter()
        .filter(|kind| kind.decides)
        .map(|kind| kind.plural.get(view.language()))
        .collect();
    vec![
        frame.say_one("about-decides", "kinds", frame.words().all_of(&deciding)),
        frame.say("about-consensus").into_owned(),
        frame.say(binding).into_owned(),
    ]
}

fn list(frame: &Frame, view: &View, id: &'static str) -> Option<Shown> {
    let entries = view.entries(id, None);
    let says: Vec<&Says> = entries.iter().map(|entry| &entry.says).collect();
    let source = sources::together(frame, says);
    (!entries.is_empty()).then(|| Shown {
        id,
        title: view.list_name(id),
        summary: view.list_is_summary(id),
        source,
        texts: entries.into_iter().map(|entry| entry.text).collect(),
    })
}

fn more(frame: &Frame, kind: Kind, key: &str) -> Option<(String, String, String)> {
    let address: Address = kind.single().filter(|_| super::exists(kind))?;
    Some((
        frame.name_of(kind),
        frame.of(&address),
        frame.say(key).into_owned(),
    ))
}
