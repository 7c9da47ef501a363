//! Presidencies, meetings and bodies.

use comity_calendar::Validity;
use comity_conference::Held;
use comity_conference::fact::{BodyEstablished, MeetingHeld, PresidencyAgreed, StepTaken, Subject};

use super::sheet::{Sheet, words};
use super::{Table, parties};
use crate::View;

pub(super) fn presidencies(view: &View) -> Table {
    let mut rows: Vec<&Held<PresidencyAgreed>> = view
        .conference()
        .presidencies
        .iter()
        .filter(|held| view.counts_from(Some(held.fact.agreed.unwrap_or(held.fact.term))))
        .collect();
    rows.sort_by_key(|held| (held.fact.term.earliest(), &held.fact.id));
    Sheet::new(view)
        .id(|held: &Held<PresidencyAgreed>| &held.fact.id)
        .text(
            "party",
            ("País que preside", "Country that presides"),
            |held| Some(&held.fact.party),
        )
        .required()
        .key_of(parties::collections(view))
        .date("term", ("Período", "Term"), |held| Some(held.fact.term))
        .required()
        .title("theme", ("Tema central", "Central theme"), |held| {
            held.fact.theme.as_ref()
        })
        .date("agreed", ("Acordada el", "Agreed on"), |held| {
            held.fact.agreed
        })
        .says(view)
        .table(
            "presidencies",
            words(("Presidencias", "Presidencies")),
            (
                "Quién preside, en qué período y con qué tema central.",
                "Who presides, for which term and under which central theme.",
            ),
            rows,
        )
}

pub(super) fn meetings(view: &View) -> Table {
    let mut rows: Vec<&Held<MeetingHeld>> = view
        .conference()
        .meetings
        .iter()
        .filter(|held| view.counts_from(Some(held.fact.date)))
        .collect();
    rows.sort_by_key(|held| {
        (
            held.fact.date.earliest(),
            held.fact.date.latest(),
            &held.fact.id,
        )
    });
    Sheet::new(view)
        .id(|held: &Held<MeetingHeld>| &held.fact.id)
        .text(
            "body",
            ("Órgano que se reúne", "Body that meets"),
            |held| Some(&held.fact.body),
        )
        .required()
        .key_of(["bodies"])
        .number(
            "number",
            ("Número de la Conferencia", "Number of the conference"),
            |held| held.fact.number,
        )
        .date("date", ("Fecha", "Date"), |held| Some(held.fact.date))
        .required()
        .place(|held| held.fact.place.as_ref())
        .title("title", ("Título propio", "Title of its own"), |held| {
            held.fact.title.as_ref()
        })
        .texts(
            "with",
            (
                "Reuniones de la misma ocasión",
                "Meetings of the same occasion",
            ),
            |held| &held.fact.with,
        )
        .key_of(["meetings"])
        .says(view)
        .table(
            "meetings",
            words(("Reuniones", "Meetings")),
            (
                "Reuniones de los órganos, con su fecha y lugar.",
                "Meetings of the bodies, with date and place.",
            ),
            rows,
        )
}

pub(super) fn bodies(view: &View) -> Table {
    let rules = view.rules();
    let kind = |id: &str| rules.body_kinds.iter().position(|kind| kind.id == id);
    let mut rows: Vec<&Held<BodyEstablished>> = view
        .conference()
        .bodies
        .iter()
        .filter(|held| {
            view.counts_while(Validity {
                from: held.fact.since,
                until: held.fact.until,
            })
        })
        .collect();
    rows.sort_by_key(|held| {
        let order = rules
            .body(&held.fact.id)
            .map_or(u16::MAX, |body| body.order);
        (order, kind(&held.fact.kind), &held.fact.id)
    });
    Sheet::new(view)
        .id(|held: &Held<BodyEstablished>| &held.fact.id)
        .text("kind", ("Tipo", "Kind"), |held| Some(&held.fact.kind))
        .required()
        .one_of(rules.body_kinds.iter().map(|kind| kind.id.as_str()))
        .bilingual("kind", ("Tipo", "Kind"), |held| {
            Some(&rules.body_kind(&held.fact.kind)?.name)
        })
        .term("status", "status", ("Situación", "Status"), |held| {
            held.fact.status.as_deref()
        })
        .titled("name", ("Nombre", "Name"), |held| &held.fact.name)
        .bilingual("acronym", ("Sigla", "Acronym"), |held| {
            held.fact.acronym.as_ref()
        })
        .titles("aliases", ("Otros nombres", "Other names"), |held| {
            &held.fact.aliases
        })
        .date("since", ("Desde", "Since"), |held| held.fact.since)
        .date("until", ("Hasta", "Until"), |held| held.fact.until)
        .text(
            "reports_to",
            ("Órgano al que informa", "Body to which it reports"),
            |held| rules.body(&held.fact.id)?.reports_to.as_deref(),
        )
        .key_of(["bodies"])
        .bilingual("summary", ("Resumen", "Summary"), |held| {
            Some(&held.fact.summary)
        })
        .bilingual("composition", ("Composición", "Composition"), |held| {
            held.fact.composition.as_ref()
        })
        .rows(
            "steps",
            ("Trayectoria", "Course"),
            step_columns(view),
            |held| steps(view, &Subject::Body(held.fact.id.clone())),
        )
        .says(view)
        .table(
            "bodies",
            words(("Órganos", "Bodies")),
            (
                "Órganos, redes y grupos, permanentes o no.",
                "Bodies, networks and groups, standing or not.",
            ),
            rows,
        )
}

/// The steps of a body, a document or an action, in printed order.
pub(super) fn steps<'v>(view: &'v View, subject: &Subject) -> Vec<&'v Held<StepTaken>> {
    let all = view
        .conference()
        .steps
        .iter()
        .filter(|held| held.fact.subject == *subject);
    let mut rows: Vec<&Held<StepTaken>> = all
        .filter(|held| view.counts_from(held.fact.date))
        .collect();
    rows.sort_by_key(|held| place_in(&held.fact.id));
    rows
}

/// The place of a row within another, which its id ends in.
pub(super) fn place_in(id: &str) -> (u32, &str) {
    let place = id.rsplit('/').next().and_then(|end| end.parse().ok());
    (place.unwrap_or(u32::MAX), id)
}

pub(super) fn step_columns(view: &View) -> Sheet<'_, Held<StepTaken>> {
    Sheet::new(view)
        .id(|held: &Held<StepTaken>| &held.fact.id)
        .term("step", "step", ("Paso", "Step"), |held| {
            Some(&held.fact.step)
        })
        .date("date", ("Fecha", "Date"), |held| held.fact.date)
        .text("body", ("Órgano", "Body"), |held| {
            held.fact.body.as_deref()
        })
        .key_of(["bodies"])
        .text("meeting", ("Reunión", "Meeting"), |held| {
            held.fact.meeting.as_deref()
        })
        .key_of(["meetings"])
        .texts("by", ("Quién lo dio", "Who took it"), |held| &held.fact.by)
        .place(|held| held.fact.place.as_ref())
        .bilingual("text", ("Texto", "Text"), |held| held.fact.text.as_ref())
        .says(view)
}
