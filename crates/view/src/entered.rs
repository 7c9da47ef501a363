//! What the Secretariat entered on a note in a consultation, written or informal, with the paper where it came with it.

use comity_conference::{
    ActId, Attached, Basis, Consultation, Deed, InformalConsultation, Received,
};
use jiff::Timestamp;

use crate::Inside;

/// Something that was entered on a note.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnteredLine {
    pub act: String,
    pub at: Timestamp,
    /// What was done, as records name it.
    pub kind: &'static str,
    /// Name of the party of which it speaks; none where it is the Presidency's step.
    pub party_label: Option<String>,
    pub reference: String,
    pub file: Option<Attached>,
}

/// The same, before it is asked who may see it.
struct Found<'a> {
    act: ActId,
    at: Timestamp,
    deed: Deed,
    party: Option<&'a str>,
    reference: &'a str,
    file: Option<&'a Attached>,
}

impl<'a> Found<'a> {
    fn on(act: ActId, at: Timestamp, deed: Deed, party: Option<&'a str>, basis: &'a Basis) -> Self {
        let Basis { reference, file } = basis;
        let file = file.as_ref();
        Self {
            act,
            at,
            deed,
            party,
            reference,
            file,
        }
    }

    fn came(act: ActId, at: Timestamp, deed: Deed, party: &'a str, received: &'a Received) -> Self {
        Self {
            act,
            at,
            deed,
            party: Some(party),
            reference: &received.reference,
            file: received.file.as_ref(),
        }
    }
}

impl Inside {
    /// What was entered in a written consultation that the seat may see, the last first: all of it for whoever sees how
    /// each member was reached, and for a member what was entered for it.
    pub(crate) fn entered_in(&self, found: &Consultation) -> Vec<EnteredLine> {
        let kept = self.answers_kept(found);
        let answers = kept.received.iter();
        let answers = answers.map(|(round, place)| &found.rounds[*round].answers[*place]);
        let answers = answers.filter_map(|stated| {
            let received = stated.stated.received.as_ref()?;
            let party = &stated.stated.party;
            let deed = Deed::PositionStated;
            Some(Found::came(stated.act, stated.at, deed, party, received))
        });
        let steps = found.entered.iter().map(|entered| {
            let party = entered.party.as_deref();
            Found::on(entered.act, entered.at, entered.deed, party, &entered.basis)
        });
        self.entered_lines(steps.chain(answers))
    }

    /// The same in an informal one.
    pub(crate) fn entered_informally(&self, found: &InformalConsultation) -> Vec<EnteredLine> {
        let opened = found.opened.note.as_ref();
        let opened = opened
            .map(|basis| Found::on(found.act, found.since, Deed::InformalOpened, None, basis));
        let closed = found.closed.as_ref().and_then(|end| {
            let basis = end.closed.note.as_ref()?;
            Some(Found::on(
                end.act,
                end.at,
                Deed::InformalClosed,
                None,
                basis,
            ))
        });
        let answers = found.answers.iter().filter_map(|given| {
            let received = given.answered.received.as_ref()?;
            let party = &given.answered.party;
            let deed = Deed::InformalAnswered;
            Some(Found::came(given.act, given.at, deed, party, received))
        });
        self.entered_lines(opened.into_iter().chain(answers).chain(closed))
    }

    /// The paper on which something was entered; none where the seat may not see it.
    pub(crate) fn entered_file(&self, act: ActId) -> Option<Attached> {
        let conference = self.view.conference();
        let written = conference.consultations.iter();
        let written = written
            .filter_map(|(id, _)| self.consultation_seen(*id))
            .flat_map(|found| self.entered_in(found));
        let informal = conference.informals.iter();
        let informal = informal
            .filter_map(|(id, _)| self.informal_seen(*id))
            .flat_map(|found| self.entered_informally(found));
        let act = act.to_string();
        written
            .chain(informal)
            .find(|line| line.act == act)
            .and_then(|line| line.file)
    }

    fn entered_lines<'a>(&self, found: impl Iterator<Item = Found<'a>>) -> Vec<EnteredLine> {
        let all = self.sees_delivery();
        let seen = found.filter(|found| all || found.party == Some(self.party()));
        let mut lines: Vec<EnteredLine> = seen
            .map(|found| EnteredLine {
                act: found.act.to_string(),
                at: found.at,
                kind: found.deed.as_str(),
                party_label: found
                    .party
                    .map(|party| self.view.party_or_id(party).label.text),
                reference: found.reference.to_owned(),
                file: found.file.cloned(),
            })
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.at));
        lines
    }
}
