//! What came of the plan: documents and actions, each with its course.

use comity_calendar::Partial;
use comity_conference::Held;
use comity_conference::fact::{ActionRecorded, DocumentRecorded, Part, Place, Subject};

use super::plan::{SUMMARY, TITLE, in_plan, place_in_plan};
use super::sheet::{Sheet, words};
use super::structure::{step_columns, steps};
use super::{Table, parties};
use crate::View;

pub(super) fn documents(view: &View) -> Table {
    let subject = |held: &Held<DocumentRecorded>| Subject::Document(held.fact.id.clone());
    let known = |held: &&Held<DocumentRecorded>| has_begun(view, &subject(held), None);
    let mut rows: Vec<&Held<DocumentRecorded>> =
        view.conference().documents.iter().filter(known).collect();
    rows.sort_by_key(|held| {
        place_in_plan(view, &held.fact.section, held.fact.number, &held.fact.id)
    });
    let parts = Sheet::new(view)
        .id(|part: &Part| &part.id)
        .titled("title", TITLE, |part| &part.title)
        .term("kind", "document_kind", ("Tipo", "Kind"), |part| {
            Some(&part.kind)
        });
    let sheet = Sheet::new(view).id(|held: &Held<DocumentRecorded>| &held.fact.id);
    in_plan(
        sheet,
        view,
        |held| &held.fact.section,
        |held| held.fact.number,
    )
    .titled("title", TITLE, |held| &held.fact.title)
    .term("kind", "document_kind", ("Tipo", "Kind"), |held| {
        Some(&held.fact.kind)
    })
    .bilingual("summary", SUMMARY, |held| Some(&held.fact.summary))
    .titles("aliases", ("Otros títulos", "Other titles"), |held| {
        &held.fact.aliases
    })
    .rows(
        "parts",
        ("Textos que comprende", "Texts that it comprises"),
        parts,
        |held| held.fact.parts.iter().collect(),
    )
    .texts(
        "parties",
        (
            "Estados entre los que rige",
            "States between which it is agreed",
        ),
        |held| &held.fact.parties,
    )
    .key_of(parties::collections(view))
    .text(
        "same_as",
        (
            "Entrada que lista el mismo texto",
            "Entry that lists the same text",
        ),
        |held| held.fact.same_as.as_deref(),
    )
    .key_of(["documents"])
    .texts("topics", ("Temas", "Topics"), |held| &held.fact.topics)
    .key_of(["topics"])
    .texts(
        "documents",
        ("Documentos en que se apoya", "Documents that it builds on"),
        |held| &held.fact.documents,
    )
    .key_of(["documents"])
    .rows(
        "steps",
        ("Trayectoria", "Course"),
        step_columns(view),
        move |held| steps(view, &subject(held)),
    )
    .says(view)
    .table(
        "documents",
        words(("Documentos", "Documents")),
        (
            "Documentos clave de cada sección, con su trayectoria.",
            "Key documents of each section, with their course.",
        ),
        rows,
    )
}

/// Whether any of the dates by which something is known had begun. Without a date it counts.
/// Its section may be younger: what was done before stands where it came to belong.
fn has_begun(view: &View, subject: &Subject, own: Option<Partial>) -> bool {
    let steps = view.conference().steps.iter();
    let steps = steps.filter(|held| held.fact.subject == *subject);
    let mut dates = steps
        .filter_map(|held| held.fact.date)
        .chain(own)
        .peekable();
    dates.peek().is_none() || dates.any(|date| view.counts_from(Some(date)))
}

pub(super) fn actions(view: &View) -> Table {
    let subject = |held: &Held<ActionRecorded>| Subject::Action(held.fact.id.clone());
    let known = |held: &&Held<ActionRecorded>| has_begun(view, &subject(held), held.fact.date);
    let mut rows: Vec<&Held<ActionRecorded>> =
        view.conference().actions.iter().filter(known).collect();
    rows.sort_by_key(|held| {
        let (theme, section, number, id) =
            place_in_plan(view, &held.fact.section, held.fact.number, &held.fact.id);
        (theme, section, held.fact.proposal, number, id)
    });
    let places = Sheet::new(view).place(|place: &Place| Some(place));
    let sheet = Sheet::new(view).id(|held: &Held<ActionRecorded>| &held.fact.id);
    in_plan(
        sheet,
        view,
        |held| &held.fact.section,
        |held| held.fact.number,
    )
    .flag(
        "proposal",
        (
            "Figura entre otras acciones propuestas",
            "Listed under other proposed actions",
        ),
        |held| held.fact.proposal,
    )
    .titled("title", TITLE, |held| &held.fact.title)
    .term("kind", "action_kind", ("Tipo", "Kind"), |held| {
        Some(&held.fact.kind)
    })
    .term("status", "status", ("Situación", "Status"), |held| {
        Some(&held.fact.status)
    })
    .date("date", ("Fecha", "Date"), |held| held.fact.date)
    .rows("places", ("Lugares", "Places"), places, |held| {
        held.fact.places.iter().collect()
    })
    .bilingual("summary", SUMMARY, |held| Some(&held.fact.summary))
    .texts(
        "proposers",
        ("Quién la propuso", "Who proposed it"),
        |held| &held.fact.proposers,
    )
    .texts(
        "sponsors",
        (
            "Quién la auspició o financió",
            "Who sponsored or financed it",
        ),
        |held| &held.fact.sponsors,
    )
    .texts(
        "collaborators",
        (
            "Quién la llevó a cabo o colaboró",
            "Who carried it out or worked with it",
        ),
        |held| &held.fact.collaborators,
    )
    .texts("topics", ("Temas", "Topics"), |held| &held.fact.topics)
    .key_of(["topics"])
    .texts(
        "documents",
        ("Documentos vinculados", "Documents tied to it"),
        |held| &held.fact.documents,
    )
    .key_of(["documents"])
    .texts(
        "follows",
        (
            "Acciones de las que deriva",
            "Actions that it followed from",
        ),
        |held| &held.fact.follows,
    )
    .key_of(["actions"])
    .rows(
        "steps",
        ("Trayectoria", "Course"),
        step_columns(view),
        move |held| steps(view, &subject(held)),
    )
    .says(view)
    .table(
        "actions",
        words(("Acciones", "Actions")),
        (
            "Acciones clave de cada sección y otras propuestas.",
            "Key actions of each section, and others proposed.",
        ),
        rows,
    )
}
