//! The plan: themes with their sections, and topics with who took them up.

use comity_calendar::{Partial, Validity};
use comity_conference::Held;
use comity_conference::fact::{SectionEstablished, ThemeEstablished, TopicAddressed, TopicOpened};

use super::sheet::{Label, Sheet, words};
use super::structure::place_in;
use super::{Cell, FieldKind, Table};
use crate::View;

pub(super) const TITLE: Label = ("Título", "Title");
pub(super) const SUMMARY: Label = ("Resumen", "Summary");

pub(super) fn themes(view: &View) -> Table {
    let holds = |held: &&Held<ThemeEstablished>| {
        view.counts_while(Validity {
            from: held.fact.since,
            until: held.fact.until,
        })
    };
    let mut rows: Vec<&Held<ThemeEstablished>> =
        view.conference().themes.iter().filter(holds).collect();
    rows.sort_by_key(|held| (held.fact.number, &held.fact.id));
    let sections = Sheet::new(view)
        .id(|held: &Held<SectionEstablished>| &held.fact.id)
        .number("number", ("Número", "Number"), |held| {
            Some(held.fact.number)
        })
        .titled("title", TITLE, |held| &held.fact.title)
        .date("since", ("Desde", "Since"), |held| held.fact.since)
        .date("until", ("Hasta", "Until"), |held| held.fact.until)
        .bilingual("summary", SUMMARY, |held| held.fact.summary.as_ref())
        .says(view);
    Sheet::new(view)
        .id(|held: &Held<ThemeEstablished>| &held.fact.id)
        .number("number", ("Número", "Number"), |held| {
            Some(held.fact.number)
        })
        .required()
        .titled("title", TITLE, |held| &held.fact.title)
        .date("since", ("Desde", "Since"), |held| held.fact.since)
        .date("until", ("Hasta", "Until"), |held| held.fact.until)
        .bilingual("summary", SUMMARY, |held| held.fact.summary.as_ref())
        .rows("sections", ("Secciones", "Sections"), sections, |held| {
            sections_of(view, &held.fact.id)
        })
        .says(view)
        .table(
            "themes",
            words(("Ejes temáticos", "Themes")),
            (
                "Ejes temáticos del Plan de Acción, con sus secciones.",
                "Themes of the Plan of Action, with their sections.",
            ),
            rows,
        )
}

fn sections_of<'v>(view: &'v View, theme: &str) -> Vec<&'v Held<SectionEstablished>> {
    let all = view
        .conference()
        .sections
        .iter()
        .filter(|held| held.fact.theme == theme);
    let mut rows: Vec<_> = all.filter(|held| stands(view, &held.fact.id)).collect();
    rows.sort_by_key(|held| (held.fact.number, &held.fact.id));
    rows
}

/// Whether a section and its theme hold on the day shown.
fn stands(view: &View, section: &str) -> bool {
    let Some(section) = view.conference().sections.get(section) else {
        return true;
    };
    let theme = view.conference().themes.get(&section.fact.theme);
    let theme = theme.is_none_or(|held| {
        view.counts_while(Validity {
            from: held.fact.since,
            until: held.fact.until,
        })
    });
    theme
        && view.counts_while(Validity {
            from: section.fact.since,
            until: section.fact.until,
        })
}

/// Where a row of a section stands: by theme, section and its own number.
pub(super) fn place_in_plan<'v>(
    view: &'v View,
    section: &str,
    number: u16,
    id: &'v str,
) -> (u16, u16, u16, &'v str) {
    let section = view
        .conference()
        .sections
        .get(section)
        .map(|held| &held.fact);
    let theme = section
        .and_then(|section| view.conference().themes.get(&section.theme))
        .map(|held| held.fact.number);
    (
        theme.unwrap_or(u16::MAX),
        section.map_or(u16::MAX, |section| section.number),
        number,
        id,
    )
}

/// The columns that say where in the plan a row belongs.
pub(super) fn in_plan<'v, T: 'v>(
    sheet: Sheet<'v, T>,
    view: &'v View,
    section: impl Fn(&'v T) -> &'v str + Copy + 'v,
    number: impl Fn(&'v T) -> u16 + 'v,
) -> Sheet<'v, T> {
    let held = move |row| view.conference().sections.get(section(row));
    sheet
        .text("theme", ("Eje temático", "Theme"), move |row| {
            Some(&held(row)?.fact.theme)
        })
        .key_of(["themes"])
        .text("section", ("Sección", "Section"), move |row| {
            Some(section(row))
        })
        .required()
        .title(
            "section_title",
            ("Título de la sección", "Title of the section"),
            move |row| Some(&held(row)?.fact.title),
        )
        .number(
            "number",
            ("Número en la sección", "Number in the section"),
            move |row| Some(number(row)),
        )
        .required()
}

pub(super) fn topics(view: &View) -> Table {
    let opened = |held: &&Held<TopicOpened>| {
        let mut taken_up = all_addressed(view, &held.fact.id).peekable();
        stands(view, &held.fact.section)
            && (taken_up.peek().is_none()
                || taken_up.any(|held| view.counts_from(first_year(&held.fact))))
    };
    let mut rows: Vec<&Held<TopicOpened>> =
        view.conference().topics.iter().filter(opened).collect();
    rows.sort_by_key(|held| {
        place_in_plan(view, &held.fact.section, held.fact.number, &held.fact.id)
    });
    let sheet = Sheet::new(view).id(|held: &Held<TopicOpened>| &held.fact.id);
    in_plan(
        sheet,
        view,
        |held| &held.fact.section,
        |held| held.fact.number,
    )
    .titled("title", TITLE, |held| &held.fact.title)
    .bilingual("summary", SUMMARY, |held| Some(&held.fact.summary))
    .rows(
        "addressed",
        ("Quién lo abordó y cuándo", "Who took it up, and when"),
        addressed_columns(view),
        |held| addressed(view, &held.fact.id),
    )
    .says(view)
    .table(
        "topics",
        words(("Temas", "Topics")),
        (
            "Temas de cada sección, con los órganos que los abordaron y los años.",
            "Topics of each section, with the bodies that took them up and the years.",
        ),
        rows,
    )
}

fn all_addressed<'v>(
    view: &'v View,
    topic: &str,
) -> impl Iterator<Item = &'v Held<TopicAddressed>> {
    view.conference()
        .addressed
        .iter()
        .filter(move |held| held.fact.topic == topic)
}

fn first_year(fact: &TopicAddressed) -> Option<Partial> {
    fact.years
        .first()
        .copied()
        .or(fact.since)
        .map(Partial::year)
}

fn addressed<'v>(view: &'v View, topic: &str) -> Vec<&'v Held<TopicAddressed>> {
    let mut rows: Vec<_> = all_addressed(view, topic)
        .filter(|held| view.counts_from(first_year(&held.fact)))
        .collect();
    rows.sort_by_key(|held| place_in(&held.fact.id));
    rows
}

fn addressed_columns(view: &View) -> Sheet<'_, Held<TopicAddressed>> {
    Sheet::new(view)
        .id(|held: &Held<TopicAddressed>| &held.fact.id)
        .texts("bodies", ("Órganos", "Bodies"), |held| &held.fact.bodies)
        .key_of(["bodies"])
        .column(
            "years",
            FieldKind::Integers,
            words(("Años", "Years")),
            move |held: &Held<TopicAddressed>| {
                let years = held
                    .fact
                    .years
                    .iter()
                    .filter(|year| view.counts_from(Some(Partial::year(**year))));
                Cell::List(years.map(|year| Cell::Integer((*year).into())).collect())
            },
        )
        .column(
            "since",
            FieldKind::Integer,
            words(("Desde el año", "Since the year")),
            |held| {
                held.fact
                    .since
                    .map_or(Cell::Empty, |year| Cell::Integer(year.into()))
            },
        )
        .text(
            "occasion",
            (
                "Órgano con ocasión de cuya reunión",
                "Body on the occasion of whose meeting",
            ),
            |held| held.fact.occasion.as_deref(),
        )
        .key_of(["bodies"])
        .text("meeting", ("Reunión", "Meeting"), |held| {
            held.fact.meeting.as_deref()
        })
        .key_of(["meetings"])
        .says(view)
}
