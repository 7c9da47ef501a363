//! Organisations and their support, fora attended, seminars.

use comity_conference::Held;
use comity_conference::fact::{
    ForumAttended, Match, Occurrence, OrganizationListed, SeminarListed, SeminarMatch, SupportGiven,
};

use super::sheet::{Label, Sheet, words};
use super::{Table, parties};
use crate::View;

const NUMBER: Label = ("Número en la lista", "Number in the list");

pub(super) fn organizations(view: &View) -> Table {
    let mut rows: Vec<&Held<OrganizationListed>> = view.conference().organizations.iter().collect();
    rows.sort_by_key(|held| (held.fact.number, &held.fact.id));
    let support = Sheet::new(view)
        .id(|held: &Held<SupportGiven>| &held.fact.id)
        .number("number", ("Número", "Number"), |held| {
            Some(held.fact.number)
        })
        .bilingual("text", ("Apoyo", "Support"), |held| Some(&held.fact.text))
        .texts("documents", ("Documentos", "Documents"), |held| {
            &held.fact.documents
        })
        .key_of(["documents"])
        .texts("actions", ("Acciones", "Actions"), |held| {
            &held.fact.actions
        })
        .key_of(["actions"])
        .texts("topics", ("Temas", "Topics"), |held| &held.fact.topics)
        .key_of(["topics"])
        .says(view);
    Sheet::new(view)
        .id(|held: &Held<OrganizationListed>| &held.fact.id)
        .number("number", NUMBER, |held| Some(held.fact.number))
        .required()
        .titled("name", ("Nombre", "Name"), |held| &held.fact.name)
        .bilingual("acronym", ("Sigla", "Acronym"), |held| {
            held.fact.acronym.as_ref()
        })
        .text(
            "party",
            ("Participante que es", "Participant that it is"),
            |held| held.fact.party.as_deref(),
        )
        .key_of(parties::collections(view))
        .bilingual("summary", ("Resumen", "Summary"), |held| {
            held.fact.summary.as_ref()
        })
        .titles(
            "members",
            (
                "Entidades que la fila reúne",
                "Entities that the row names together",
            ),
            |held| &held.fact.members,
        )
        .rows(
            "support",
            ("Apoyo prestado", "Support given"),
            support,
            |held| supports(view, &held.fact.id),
        )
        .says(view)
        .table(
            "organizations",
            words(("Organizaciones", "Organisations")),
            (
                "Organizaciones con las que se ha trabajado y el apoyo de cada una.",
                "Organisations worked with, and what each contributed.",
            ),
            rows,
        )
}

fn supports<'v>(view: &'v View, organization: &str) -> Vec<&'v Held<SupportGiven>> {
    let all = view
        .conference()
        .supports
        .iter()
        .filter(|held| held.fact.organization == organization);
    let mut rows: Vec<_> = all.collect();
    rows.sort_by_key(|held| (held.fact.number, &held.fact.id));
    rows
}

pub(super) fn fora(view: &View) -> Table {
    let known = |held: &&Held<ForumAttended>| {
        held.fact.occurrences.is_empty()
            || held
                .fact
                .occurrences
                .iter()
                .any(|occurrence| view.counts_from(occurrence.date))
    };
    let mut rows: Vec<&Held<ForumAttended>> = view.conference().fora.iter().filter(known).collect();
    rows.sort_by_key(|held| (held.fact.number, &held.fact.id));
    let occurrences = Sheet::new(view)
        .date("date", ("Fecha", "Date"), |occurrence: &Occurrence| {
            occurrence.date
        })
        .place(|occurrence| occurrence.place.as_ref());
    Sheet::new(view)
        .id(|held: &Held<ForumAttended>| &held.fact.id)
        .number("number", NUMBER, |held| Some(held.fact.number))
        .required()
        .titled("title", ("Título", "Title"), |held| &held.fact.title)
        .term("kind", "forum_kind", ("Tipo", "Kind"), |held| {
            Some(&held.fact.kind)
        })
        .rows(
            "occurrences",
            ("Cuándo y dónde", "When and where"),
            occurrences,
            |held| {
                held.fact
                    .occurrences
                    .iter()
                    .filter(|occurrence| view.counts_from(occurrence.date))
                    .collect()
            },
        )
        .says(view)
        .table(
            "fora",
            words(("Foros", "Fora")),
            (
                "Foros en los que se dio a conocer la experiencia.",
                "Fora at which the experience was presented.",
            ),
            rows,
        )
}

pub(super) fn seminars(view: &View) -> Table {
    let begun = |held: &&Held<SeminarListed>| view.counts_from(held.fact.date);
    let mut rows: Vec<&Held<SeminarListed>> =
        view.conference().seminars.iter().filter(begun).collect();
    rows.sort_by_key(|held| (held.fact.number, &held.fact.id));
    let matches = Sheet::new(view)
        .text("action", ("Acción", "Action"), |found: &SeminarMatch| {
            found.action.as_deref()
        })
        .key_of(["actions"])
        .text("document", ("Documento", "Document"), |found| {
            found.document.as_deref()
        })
        .key_of(["documents"])
        .text("is", ("Relación", "Relation"), |found| {
            Some(relation(found.is))
        })
        .required()
        .one_of([Match::Same, Match::PartOf].map(relation));
    Sheet::new(view)
        .id(|held: &Held<SeminarListed>| &held.fact.id)
        .number("number", NUMBER, |held| Some(held.fact.number))
        .required()
        .titled("title", ("Título", "Title"), |held| &held.fact.title)
        .term("kind", "action_kind", ("Tipo", "Kind"), |held| {
            Some(&held.fact.kind)
        })
        .date("date", ("Fecha", "Date"), |held| held.fact.date)
        .term(
            "recurrence",
            "recurrence",
            ("Periodicidad", "Recurrence"),
            |held| held.fact.recurrence.as_deref(),
        )
        .place(|held| held.fact.place.as_ref())
        .rows(
            "matches",
            (
                "La misma actividad en otras listas",
                "The same event in other lists",
            ),
            matches,
            |held| held.fact.matches.iter().collect(),
        )
        .says(view)
        .table(
            "seminars",
            words(("Seminarios y talleres", "Seminars and workshops")),
            (
                "Seminarios y talleres, y su correspondencia con otras listas.",
                "Seminars and workshops, and what they share with other lists.",
            ),
            rows,
        )
}

const fn relation(found: Match) -> &'static str {
    match found {
        Match::Same => "same",
        Match::PartOf => "part-of",
    }
}
