//! The lists that the rules name, acronyms, and the acts from which all of it comes.

use comity_conference::fact::{AcronymDefined, EntryListed, SourceRegistered};
use comity_conference::{ActLine, Held, Kind};

use super::sheet::{Sheet, unnamed, words};
use super::{Cell, FieldKind, Table};
use crate::View;

pub(super) fn entries(view: &View, name: &str) -> Table {
    let lists: Vec<_> = view
        .rules()
        .lists
        .iter()
        .filter(|list| list.collection.as_deref() == Some(name))
        .collect();
    let mut rows: Vec<&Held<EntryListed>> = view
        .conference()
        .entries
        .iter()
        .filter(|held| lists.iter().any(|list| held.fact.list == list.id))
        .filter(|held| view.counts_from(held.fact.since.or(held.fact.date)))
        .collect();
    rows.sort_by_key(|held| {
        (
            &held.fact.list,
            &held.fact.holder,
            held.fact.number,
            &held.fact.id,
        )
    });
    let title = lists
        .first()
        .map_or_else(|| unnamed(name), |list| list.name.clone());
    let description = if lists.iter().any(|list| list.summary) {
        (
            "Resumen, no el texto acordado.",
            "A summary, not the agreed text.",
        )
    } else {
        ("Como figura en la fuente.", "As the source lists them.")
    };
    let ids = lists.iter().map(|list| list.id.as_str());
    Sheet::new(view)
        .id(|held: &Held<EntryListed>| &held.fact.id)
        .text("list", ("Lista", "List"), |held| Some(&held.fact.list))
        .required()
        .one_of(ids)
        .text("holder", ("De quién", "Whose"), |held| {
            held.fact.holder.as_deref()
        })
        .number("number", ("Número", "Number"), |held| {
            Some(held.fact.number)
        })
        .required()
        .bilingual("text", ("Texto", "Text"), |held| Some(&held.fact.text))
        .texts(
            "names",
            ("Nombres, como constan impresos", "Names, as printed"),
            |held| &held.fact.names,
        )
        .date("date", ("Fecha", "Date"), |held| held.fact.date)
        .text("meeting", ("Reunión", "Meeting"), |held| {
            held.fact.meeting.as_deref()
        })
        .key_of(["meetings"])
        .date("since", ("Desde", "Since"), |held| held.fact.since)
        .number("page", ("Página", "Page"), |held| held.fact.page)
        .says(view)
        .table(name, title, description, rows)
}

pub(super) fn sources(view: &View) -> Table {
    Sheet::new(view)
        .id(|held: &Held<SourceRegistered>| &held.fact.id)
        .titled("title", ("Título", "Title"), |held| &held.fact.title)
        .titled("publisher", ("Editor", "Publisher"), |held| {
            &held.fact.publisher
        })
        .date("published", ("Publicada en", "Published"), |held| {
            Some(held.fact.published)
        })
        .required()
        .bilingual("summary", ("Resumen", "Summary"), |held| {
            Some(&held.fact.summary)
        })
        .table(
            "sources",
            words(("Fuentes", "Sources")),
            (
                "Obras de las que proceden los hechos.",
                "The works from which the facts come.",
            ),
            view.conference().sources.iter(),
        )
}

pub(super) fn acronyms(view: &View) -> Table {
    let mut rows: Vec<&Held<AcronymDefined>> = view.conference().acronyms.iter().collect();
    rows.sort_by_key(|held| &held.fact.id);
    Sheet::new(view)
        .id(|held: &Held<AcronymDefined>| &held.fact.id)
        .bilingual("acronym", ("Sigla", "Acronym"), |held| {
            Some(&held.fact.acronym)
        })
        .titled("meaning", ("Significado", "Meaning"), |held| {
            &held.fact.meaning
        })
        .flag(
            "listed",
            (
                "Figura en la lista de la fuente",
                "Stands in the source's list",
            ),
            |held| held.fact.listed,
        )
        .says(view)
        .table(
            "acronyms",
            words(("Siglas", "Acronyms")),
            (
                "Siglas y lo que significan.",
                "Acronyms and what they stand for.",
            ),
            rows,
        )
}

pub(super) fn acts(view: &View) -> Table {
    let mut rows: Vec<&ActLine> = view
        .acts_seen()
        .filter(|line| view.counts_from(line.effective()))
        .collect();
    // Not the order of the register: by what is public of each, so that no gap between two can be read from it.
    rows.sort_by_key(|line| {
        (
            line.recorded_at(),
            line.effective().map(|date| date.earliest()),
            line.id,
        )
    });
    Sheet::new(view)
        .column(
            "id",
            FieldKind::Text,
            words(("Identificador", "Identifier")),
            |line: &ActLine| Cell::Text(line.id.to_string()),
        )
        .required()
        .text("kind", ("Tipo de acto", "Kind of act"), |line| {
            Some(line.kind())
        })
        .required()
        .column(
            "recorded_at",
            FieldKind::Instant,
            words(("Asentado el", "Recorded at")),
            |line| Cell::Text(line.recorded_at().to_string()),
        )
        .required()
        .date(
            "effective",
            ("Con efecto desde", "In effect since"),
            ActLine::effective,
        )
        .text(
            "about_kind",
            ("Sobre qué tipo de hecho", "About which kind of fact"),
            |line| Some(line.about()?.0.table()),
        )
        .one_of(Kind::ALL.iter().map(|kind| kind.table()))
        .text(
            "about_id",
            ("Sobre qué hecho", "About which fact"),
            |line| Some(line.about()?.1.as_str()),
        )
        .origin(|line| view.conference().provenance(line))
        .table(
            "acts",
            words(("Actos", "Acts")),
            (
                "Actos de los que procede cada fila de las demás colecciones.",
                "The acts from which every row of the other collections comes.",
            ),
            rows,
        )
}
