//! Which papers acts name, beside the notes by which somebody was seated.

use crate::{Attached, Basis, Conference, Received};

impl Conference {
    /// The papers that acts name which seat nobody: documents of applications, and notes on which something was entered in a
    /// consultation.
    pub fn filed(&self) -> impl Iterator<Item = &Attached> {
        let documents = self.applications.values().flat_map(|application| {
            let documents = application.documents.values();
            documents.filter_map(|document| document.received.file.as_ref())
        });
        let written = self.consultations.values().flat_map(|found| {
            let steps = found.entered.iter();
            let steps = steps.filter_map(|entered| entered.basis.file.as_ref());
            let answers = found.rounds.iter().flat_map(|round| &round.answers);
            steps.chain(answers.filter_map(|stated| came(stated.stated.received.as_ref())))
        });
        let informal = self.informals.values().flat_map(|found| {
            let closed = found.closed.as_ref();
            let closed = closed.and_then(|end| on(end.closed.note.as_ref()));
            let answers = found.answers.iter();
            let answers = answers.filter_map(|given| came(given.answered.received.as_ref()));
            on(found.opened.note.as_ref())
                .into_iter()
                .chain(answers)
                .chain(closed)
        });
        documents.chain(written).chain(informal)
    }
}

fn on(basis: Option<&Basis>) -> Option<&Attached> {
    basis?.file.as_ref()
}

fn came(received: Option<&Received>) -> Option<&Attached> {
    received?.file.as_ref()
}
