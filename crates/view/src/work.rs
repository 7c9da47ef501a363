//! What documents and actions share: their steps, and how their lists are narrowed.

use std::collections::BTreeSet;

use comity_calendar::Partial;
use comity_conference::fact::{StepTaken, Subject};
use comity_conference::{Held, Name};
use comity_rules::{Text, Title};

use crate::{FilterOption, Link, Named, Place, Says, View};

/// Steps by which somebody puts a text or an action forward.
pub(crate) const PUTTING_FORWARD: [&str; 6] = [
    "proposed",
    "submitted",
    "introduced",
    "initiated",
    "presented",
    "encouraged",
];

/// Steps by which a text is agreed.
pub(crate) const AGREEING: [&str; 3] = ["approved", "ratified", "signed"];

/// A step in the life of a document, an action or a body.
#[derive(Debug, Clone, PartialEq)]
pub struct StepLine {
    pub id: String,
    /// What it belongs to.
    pub about: Option<Link>,
    pub step: Named,
    pub date: Option<Partial>,
    pub body: Option<Link>,
    pub meeting: Option<Link>,
    pub by: Vec<Link>,
    pub place: Option<Place>,
    pub text: Option<String>,
    /// Not a step of its own: a linked action that took place then; `step` is that action's status.
    pub of_linked_action: bool,
    pub uncertain: bool,
    pub says: Says,
}

impl View {
    /// The steps taken up to the day shown that are wanted, by date, the undated last.
    pub(crate) fn step_lines(&self, wanted: impl Fn(&StepTaken) -> bool) -> Vec<StepLine> {
        let mut held: Vec<_> = self
            .conference()
            .steps
            .iter()
            .filter(|held| self.begun(held.fact.date) && wanted(&held.fact))
            .collect();
        held.sort_by_key(|held| held.order);
        let mut lines: Vec<StepLine> = held.into_iter().map(|held| self.step_line(held)).collect();
        by_date(&mut lines);
        lines
    }

    fn step_line(&self, held: &Held<StepTaken>) -> StepLine {
        let fact = &held.fact;
        StepLine {
            id: fact.id.to_string(),
            about: self.subject_link(&fact.subject),
            step: self.named("step", &fact.step),
            date: fact.date,
            body: fact.body.as_deref().and_then(|body| self.body_link(body)),
            meeting: fact
                .meeting
                .as_deref()
                .and_then(|meeting| self.meeting_link(meeting)),
            by: self.actors_by_name(&fact.by),
            place: fact.place.as_ref().map(|place| self.place(place)),
            text: fact.text.as_ref().map(|text| self.text(text)),
            of_linked_action: false,
            uncertain: self.doubtful(fact.date),
            says: self.says(held),
        }
    }

    /// Every year that its date or a step touches, up to the day shown.
    pub(crate) fn years_of(&self, subject: &Subject, date: Option<Partial>) -> Vec<i16> {
        let dates = self
            .steps_of(subject)
            .filter_map(|held| held.fact.date)
            .chain(date);
        let horizon = self.day().year();
        distinct(
            dates
                .flat_map(|date| date.years(horizon))
                .filter(|year| *year <= horizon)
                .collect(),
        )
    }

    /// Links to actors in the order of the reader's language.
    pub(crate) fn actors_by_name(&self, ids: &[Name]) -> Vec<Link> {
        let mut links = self.actors(ids);
        self.sort_by_label(&mut links);
        links
    }

    pub(crate) fn actor_terms(&self, ids: Vec<Name>) -> Vec<(String, String)> {
        ids.into_iter()
            .filter_map(|id| {
                self.actor(&id)
                    .map(|link| (id.to_string(), link.label.text))
            })
            .collect()
    }

    pub(crate) fn section_term(&self, id: &str) -> (String, String) {
        (id.to_owned(), self.section_or_id(id).label.text)
    }

    pub(crate) fn word(&self, vocabulary: &str, id: &str) -> (String, String) {
        (id.to_owned(), self.term(vocabulary, id))
    }

    pub(crate) fn by_section(&self, mut options: Vec<FilterOption>) -> Vec<FilterOption> {
        options.sort_by_key(|option| self.section_rank(&option.id));
        options
    }

    pub(crate) fn by_name(&self, mut options: Vec<FilterOption>) -> Vec<FilterOption> {
        options.sort_by(|left, right| self.compare(&left.name, &right.name));
        options
    }
}

pub(crate) fn beside<'a>(order: &[&'a str], id: &str) -> (Option<&'a str>, Option<&'a str>) {
    let Some(place) = order.iter().position(|other| *other == id) else {
        return (None, None);
    };
    (
        place
            .checked_sub(1)
            .and_then(|before| order.get(before))
            .copied(),
        order.get(place + 1).copied(),
    )
}

/// The undated last; those of one day in the order in which they stood.
pub(crate) fn by_date(lines: &mut [StepLine]) {
    lines.sort_by_key(|line| {
        (
            line.date.is_none(),
            line.date.map(|date| (date.earliest(), date.latest())),
        )
    });
}

/// An empty choice lets everything through.
pub(crate) fn matches(choice: Option<&String>, fits: impl Fn(&String) -> bool) -> bool {
    choice
        .filter(|choice| !choice.trim().is_empty())
        .is_none_or(fits)
}

pub(crate) fn years(years: &[i16]) -> Vec<(String, String)> {
    years
        .iter()
        .map(|year| (year.to_string(), year.to_string()))
        .collect()
}

pub(crate) fn newest_first(mut options: Vec<FilterOption>) -> Vec<FilterOption> {
    options.sort_by(|left, right| right.id.cmp(&left.id));
    options
}

pub(crate) fn distinct<T: Ord>(items: Vec<T>) -> Vec<T> {
    items
        .into_iter()
        .collect::<BTreeSet<T>>()
        .into_iter()
        .collect()
}

/// Whether every word stands in a title or the summary, in either language, with or without its accents.
pub(crate) fn says(words: &str, title: &Title, aliases: &[Title], summary: &Text) -> bool {
    let titles = std::iter::once(title)
        .chain(aliases)
        .flat_map(|title| [title.es(), title.en()]);
    let all: Vec<&str> = titles.chain([summary.es(), summary.en()]).collect();
    let all = plain(&all.join(" "));
    plain(words)
        .split_whitespace()
        .all(|word| all.contains(word))
}

/// Lower case and without accents, as people type when they search.
fn plain(text: &str) -> String {
    let bare = |letter: char| match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    };
    text.chars()
        .flat_map(char::to_lowercase)
        .map(bare)
        .collect()
}
