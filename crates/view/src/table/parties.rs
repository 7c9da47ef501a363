//! Parties, each kind in the collection that the rules name, and the institutions that members designate.

use comity_calendar::Validity;
use comity_conference::Held;
use comity_conference::fact::{InstitutionDesignated, PartyAdmitted};

use super::Table;
use super::sheet::{Sheet, unnamed, words};
use crate::View;

/// The collections of parties, for columns that name one.
pub(super) fn collections(view: &View) -> Vec<String> {
    view.rules()
        .party_kinds
        .iter()
        .map(|kind| kind.collection.clone())
        .collect()
}

pub(super) fn parties(view: &View, name: &str) -> Table {
    let kinds: Vec<_> = view
        .rules()
        .party_kinds
        .iter()
        .filter(|kind| kind.collection == name)
        .collect();
    let ids = kinds.iter().map(|kind| kind.id.clone());
    let mut rows: Vec<&Held<PartyAdmitted>> = view
        .conference()
        .parties
        .iter()
        .filter(|held| kinds.iter().any(|kind| held.fact.kind == kind.id))
        .filter(|held| view.counts_while(validity(&held.fact)))
        .collect();
    // One order for both languages, so that an item stands in the same place whoever asks.
    rows.sort_by(|left, right| left.fact.id.cmp(&right.fact.id));
    let title = kinds
        .first()
        .map_or_else(|| unnamed(name), |kind| kind.plural.clone());
    Sheet::new(view)
        .id(|held: &Held<PartyAdmitted>| &held.fact.id)
        .text(
            "kind",
            (
                "Calidad en que participa",
                "Capacity in which it takes part",
            ),
            |held| Some(&held.fact.kind),
        )
        .required()
        .one_of(ids)
        .titled("name", ("Nombre", "Name"), |held| &held.fact.name)
        .title(
            "full_name",
            ("Nombre oficial completo", "Formal name"),
            |held| held.fact.full_name.as_ref(),
        )
        .bilingual("acronym", ("Sigla", "Acronym"), |held| {
            held.fact.acronym.as_ref()
        })
        .text(
            "code",
            (
                "Código ISO 3166-1 del Estado",
                "ISO 3166-1 code of the state",
            ),
            |held| held.fact.code.as_deref(),
        )
        .date("since", ("Participa desde", "Takes part since"), |held| {
            held.fact.since
        })
        .date("until", ("Participó hasta", "Took part until"), |held| {
            held.fact.until
        })
        .text(
            "website",
            ("Sitio web, como consta impreso", "Website, as printed"),
            |held| held.fact.website.as_deref(),
        )
        .bilingual("summary", ("Resumen", "Summary"), |held| {
            held.fact.summary.as_ref()
        })
        .says(view)
        .table(
            name,
            title,
            (
                "Participantes en esta calidad.",
                "Those who take part in this capacity.",
            ),
            rows,
        )
}

fn validity(party: &PartyAdmitted) -> Validity {
    Validity {
        from: party.since,
        until: party.until,
    }
}

pub(super) fn institutions(view: &View) -> Table {
    let parties = &view.conference().parties;
    let branch = |id: &str| {
        view.rules()
            .branches
            .iter()
            .position(|branch| branch.id == id)
    };
    let mut rows: Vec<&Held<InstitutionDesignated>> = view
        .conference()
        .institutions
        .iter()
        .filter(|held| {
            parties
                .get(&held.fact.party)
                .is_none_or(|party| view.counts_while(validity(&party.fact)))
        })
        .collect();
    rows.sort_by_key(|held| (&held.fact.party, branch(&held.fact.branch), &held.fact.id));
    Sheet::new(view)
        .id(|held: &Held<InstitutionDesignated>| &held.fact.id)
        .text(
            "party",
            ("País que la designa", "Country that designates it"),
            |held| Some(&held.fact.party),
        )
        .required()
        .key_of(collections(view))
        .text("branch", ("Ramo", "Branch"), |held| Some(&held.fact.branch))
        .required()
        .one_of(
            view.rules()
                .branches
                .iter()
                .map(|branch| branch.id.as_str()),
        )
        .bilingual("branch", ("Ramo", "Branch"), |held| {
            Some(&view.rules().branch(&held.fact.branch)?.name)
        })
        .titled("name", ("Nombre", "Name"), |held| &held.fact.name)
        .titles(
            "units",
            (
                "Unidades por las que participa",
                "Units through which it takes part",
            ),
            |held| &held.fact.units,
        )
        .bilingual("task", ("Cometido", "Task"), |held| held.fact.task.as_ref())
        .texts(
            "attends",
            (
                "Órganos a cuyas reuniones asiste",
                "Bodies whose meetings it attends",
            ),
            |held| &held.fact.attends,
        )
        .key_of(["bodies"])
        .says(view)
        .table(
            "focal-institutions",
            words(("Instituciones enlace", "Focal institutions")),
            (
                "Institución que cada país designó para cada ramo.",
                "The institution that each country designated for each branch.",
            ),
            rows,
        )
}
