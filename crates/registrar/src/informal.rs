//! What has to be asked about a step of an informal consultation.

use comity_conference::{Basis, Informally};
use comity_policy::{Action, Class, Id, Sight};

/// The Presidency asks and closes, or the Secretariat enters that it does, on its note. A member answers for itself, or what it
/// sent is entered with what proves it. For another party nobody answers.
pub(crate) fn questions(own: &Id, step: &Informally) -> Vec<(Action, Class)> {
    let consults = |note: &Option<Basis>| {
        let entered = note
            .is_some()
            .then_some((Action::EnterReceived, Class::Informal));
        [(Action::Consult, Class::Informal)]
            .into_iter()
            .chain(entered)
            .collect()
    };
    match step {
        Informally::Open(asked) => consults(&asked.note),
        Informally::Close(asked) => consults(&asked.note),
        Informally::Answer(asked) => {
            let class = || Class::InformalAnswer {
                of: asked.party.as_str().into(),
                sight: Sight::Held,
            };
            let own = *asked.party == *own.as_str();
            let answers = own.then(|| (Action::Answer, class()));
            let entered = asked
                .received
                .is_some()
                .then(|| (Action::EnterReceived, class()));
            answers.into_iter().chain(entered).collect()
        }
    }
}
