//! How the letter of a round would read that has not been opened.

use comity_conference::{ActBody, ActId, Command, Consult, Context, OpenRound, decide};
use comity_directory::PersonId;
use comity_registrar::Registrar;
use comity_rules::Text;
use comity_view::{Language, Matter as Kind};

use super::{Clocked, Told};

/// What somebody would be told if the round were opened now; nothing where it could not be. Whoever has no term of their own
/// is told that of the Presidency.
pub fn rehearsed(
    registrar: &Registrar,
    person: &PersonId,
    of: &str,
    language: Language,
) -> Option<Told> {
    let consultation = ActId::new(of)?;
    let state = registrar.state();
    let found = state.conference.consultations.get(&consultation)?;
    // Nothing comes of it: what is decided here is thrown away but for its terms.
    let asked = Command::Consult(Box::new(Consult::Open(OpenRound {
        consultation,
        seen: None,
        text: None,
        why: Some(Text::new("—", "—")),
        uncertain: Vec::new(),
        knowingly: true,
        note: None,
    })));
    let context = Context {
        now: registrar.now(),
    };
    let acts = decide(&state.conference, state.rules.as_deref(), &asked, &context).ok()?;
    let opened = acts.iter().find_map(|act| match &act.body {
        ActBody::RoundOpened(opened) => Some(opened),
        _ => None,
    })?;
    let seats = registrar.seats_of(person.as_str()).into_iter();
    let mut parties = seats.filter_map(|filled| {
        let holding = state.conference.seats.get(&filled)?;
        Some(holding.filled.party.clone())
    });
    let own = parties.find_map(|party| opened.terms.get(&party));
    let term = own.or_else(|| opened.terms.get(&opened.presidency))?;
    let open = found.submitted.matter == Kind::Ordinary;
    Some(Told {
        topic: open.then(|| found.submitted.topic.get(language).to_owned()),
        term: Some(Clocked::new(term, opened.closes_at, registrar.now())),
        deadline: None,
    })
}
