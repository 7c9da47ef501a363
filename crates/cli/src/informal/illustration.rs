//! The informal consultation that a demonstration carries: plainly an illustration, and nobody's answer is made up.

use comity_conference::{
    ActId, InformalAsked, InformalKind, InformalReaders, Informally, Matter, OpenInformal,
};
use comity_registrar::{Capacity, Command, Registrar};
use comity_rules::Text;
use comity_view::Language;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::loading;

/// By so many days from now an answer is said to be helpful.
const HELPFUL_IN_DAYS: i64 = 14;

/// The day that is asked about, as the text says it.
const DAY: Date = Date::constant(2011, 11, 22);

/// Asks whether a day suits, from the first seat that may ask. Nothing where nobody may.
pub async fn ask(registrar: &Registrar) -> Result<(), Failure> {
    let Some(filled) = asking(registrar) else {
        return Ok(());
    };
    let today = jiff::tz::Offset::UTC.to_datetime(registrar.now()).date();
    let asked = OpenInformal {
        kind: InformalKind::SaveTheDate,
        topic: Text::new(
            "Videoconferencia de los puntos focales (ilustración)",
            "Video conference of the focal points (illustration)",
        ),
        text: vec![
            Text::new(
                "La Presidencia Pro-Témpore pregunta si conviene el martes 22 de noviembre de 2011, de diez a once y media \
                 de la mañana, hora de la capital que ejerce la Presidencia.",
                "The Presidency Pro-Témpore asks whether Tuesday 22 November 2011 suits, from ten to half past eleven in the \
                 morning by the clock of the capital that presides.",
            ),
            Text::new(
                "El proyecto de agenda se distribuiría una semana antes.",
                "The draft agenda would be distributed a week before.",
            ),
        ],
        matter: Matter::Ordinary,
        mandate: None,
        asked: InformalAsked::All,
        first: Some(DAY),
        last: None,
        helpful_by: Some(today.saturating_add(HELPFUL_IN_DAYS.days())),
        readers: InformalReaders::Members,
        note: None,
    };
    let command = Command::Informally(Box::new(Informally::Open(asked)));
    let from = Capacity::Held(filled);
    let settled = registrar.submit(from, loading::fresh_id(), command).await;
    settled.map(drop).map_err(loading::refused)
}

fn asking(registrar: &Registrar) -> Option<ActId> {
    let state = registrar.state();
    let mut held = state.conference.held_seats(registrar.now());
    let (filled, _) = held.find(|(filled, _)| {
        let inside = registrar.inside(*filled, Language::Es);
        inside.is_some_and(|inside| inside.may_consult_informally())
    })?;
    Some(filled)
}
