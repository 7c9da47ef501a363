//! The exact list of whom the letters of a round, or of an informal consultation, go to.

use std::collections::BTreeMap;

use comity_conference::Round;
use comity_directory::PersonId;
use comity_policy::{Action, Class, ConsultationStage};
use comity_registrar::Registrar;
use comity_view::{Inside, Language};

/// Somebody whom a letter goes to, by the seats for which it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    pub person: PersonId,
    /// By the country, in the order of its id.
    pub party: String,
    pub party_label: String,
    pub seats: Vec<String>,
}

/// Whom the letters of a round are told to: of one that was opened, or of one that would be opened now.
pub fn to_be_told(
    registrar: &Registrar,
    round: Option<&Round>,
    consulted: &[String],
    language: Language,
) -> anyhow::Result<Vec<Addressed>> {
    let class = Class::Consultation(ConsultationStage::Round);
    let hears = |inside: &Inside, party: &str| {
        let goes_to = match round {
            Some(round) => round.opened.terms.keys().any(|name| **name == *party),
            None => consulted.iter().any(|id| id == party),
        };
        goes_to && inside.may(Action::Read, &class).allowed
    };
    addressed(registrar, language, &hears)
}

/// Who hears of something from a seat that they hold, by their country, with the seats.
pub fn addressed(
    registrar: &Registrar,
    language: Language,
    hears: &dyn Fn(&Inside, &str) -> bool,
) -> anyhow::Result<Vec<Addressed>> {
    let state = registrar.state();
    let mut found: BTreeMap<(String, PersonId), Addressed> = BTreeMap::new();
    for (filled, holding) in state.conference.held_seats(registrar.now()) {
        let party = holding.filled.party.to_string();
        let inside = registrar.inside(filled, language);
        let inside = inside.filter(|inside| hears(inside, &party));
        let Some(seat) = inside.and_then(|inside| inside.seat()) else {
            continue;
        };
        let person: PersonId = holding.filled.person.as_str().parse()?;
        let addressed = found.entry((party.clone(), person));
        let addressed = addressed.or_insert_with(|| Addressed {
            person,
            party,
            party_label: seat.party_label,
            seats: Vec::new(),
        });
        addressed.seats.push(seat.label);
    }
    Ok(found.into_values().collect())
}
