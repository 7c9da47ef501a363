//! Who was heard in a round, and what stands against consensus. Counted when somebody asks, never stored.

use std::collections::BTreeMap;

use comity_rules::{Procedure, Silence};

use super::acts::{Answer, Disposition, ReportedPosition};
use super::state::{Consultation, Round, Stated};
use crate::{ActId, Name};

/// What a member is heard to say in a round.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard<'a> {
    /// No communication was received.
    Silent,
    /// It presides and submitted the text; its own consent is presumed.
    Submitted,
    One(&'a Stated),
    /// Two of its answers stand and neither takes the place of the other: they are shown to it and do not count.
    NotAtOne(Vec<&'a Stated>),
}

/// Something that stands against consensus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    Objection {
        party: Name,
        act: ActId,
    },
    AsksForTime {
        party: Name,
        act: ActId,
    },
    /// The Presidency has not said what becomes of a proposed change.
    ChangePending {
        party: Name,
        act: ActId,
        change: u16,
    },
    /// It takes the change: the text changes, and a changed text goes to all members again (V-02).
    ChangeTaken {
        party: Name,
        act: ActId,
        change: u16,
    },
    NotAtOne {
        party: Name,
    },
    /// The rules ask for an answer of every member.
    Silent {
        party: Name,
    },
    TooFewHeard {
        heard: u16,
        needed: u16,
    },
    /// An objection came after the close, and nobody replied.
    Unanswered {
        party: Name,
        act: ActId,
    },
}

impl Consultation {
    /// What a member is heard to say in a round.
    pub fn heard<'a>(&'a self, round: &'a Round, party: &'a str) -> Heard<'a> {
        let mut standing = round.standing(party);
        match (standing.next(), standing.next()) {
            (Some(one), None) => Heard::One(one),
            (Some(one), Some(other)) => {
                Heard::NotAtOne([one, other].into_iter().chain(standing).collect())
            }
            (None, _) if *round.opened.presidency == *party => Heard::Submitted,
            (None, _) => Heard::Silent,
        }
    }

    /// The objection of a member that is silent in a round to this very text in a round before: sending the text once more
    /// does not take it back; only the state does, by another answer.
    pub fn objected_before<'a>(&'a self, round: &Round, party: &'a str) -> Option<&'a Stated> {
        if round.standing(party).next().is_some() {
            return None;
        }
        said_before(self.rounds_before(round), party)
    }

    /// The rounds before one on the very same text, the latest first.
    fn rounds_before<'a>(&'a self, round: &Round) -> impl Iterator<Item = &'a Round> {
        let before = self.rounds.iter().rev();
        let before = before.filter(|before| before.opened.round < round.opened.round);
        before.filter(|before| before.opened.text == round.opened.text)
    }

    /// What stands against consensus on the text of a round, in the order of the members' ids.
    pub fn against(&self, round: &Round, procedure: &Procedure) -> Vec<Against> {
        let mut found = Vec::new();
        let mut heard = 0;
        let before: Vec<&Round> = self.rounds_before(round).collect();
        for party in round.opened.terms.keys() {
            let said = self.heard(round, party);
            if matches!(said, Heard::Silent | Heard::Submitted) {
                let objection = said_before(before.iter().copied(), party);
                found.extend(objection.map(|stated| Against::Objection {
                    party: party.clone(),
                    act: stated.act,
                }));
            }
            match said {
                Heard::Submitted => heard += 1,
                Heard::One(stated) => {
                    heard += 1;
                    found.extend(of_answer(round, party, stated));
                }
                Heard::NotAtOne(_) => found.push(Against::NotAtOne {
                    party: party.clone(),
                }),
                Heard::Silent => match procedure.silence {
                    // Whoever is silent was not heard, also where silence is taken for consent.
                    Silence::Consent | Silence::NoPosition => {}
                    Silence::Blocks => found.push(Against::Silent {
                        party: party.clone(),
                    }),
                },
            }
        }
        if heard < procedure.minimum_answers {
            found.push(Against::TooFewHeard {
                heard,
                needed: procedure.minimum_answers,
            });
        }
        // A round that was opened since does not spare the reply.
        let until = self.rounds.iter();
        let until = until.filter(|before| before.opened.round <= round.opened.round);
        let unanswered = until.flat_map(Round::unanswered);
        found.extend(unanswered.map(|stated| Against::Unanswered {
            party: stated.stated.party.clone(),
            act: stated.act,
        }));
        found
    }

    /// What every member said, for a certificate or a report.
    pub(crate) fn positions(&self, round: &Round) -> BTreeMap<Name, ReportedPosition> {
        let parties = round.opened.terms.keys();
        parties
            .map(|party| {
                let said = match self.heard(round, party) {
                    Heard::Submitted => ReportedPosition::Submitted,
                    Heard::One(stated) => ReportedPosition::Answered {
                        answer: stated.stated.answer,
                        act: stated.act,
                    },
                    Heard::NotAtOne(_) => ReportedPosition::NotAtOne,
                    Heard::Silent => match self.objected_before(round, party) {
                        Some(stated) => ReportedPosition::ObjectedBefore { act: stated.act },
                        None => ReportedPosition::NoCommunication {
                            reached: round.reached(party).0,
                        },
                    },
                };
                (party.clone(), said)
            })
            .collect()
    }
}

/// The objection of a member in the latest of these rounds in which it answered. Answers at odds do not count, and neither takes
/// an objection back.
fn said_before<'a>(mut rounds: impl Iterator<Item = &'a Round>, party: &str) -> Option<&'a Stated> {
    let answered = rounds.find(|round| round.standing(party).next().is_some())?;
    let mut standing = answered.standing(party);
    standing.find(|stated| stated.stated.answer == Answer::Objects)
}

/// A change stands against consensus until the Presidency does not take it; a comment only once it is taken, for then the text
/// changes.
fn of_answer(round: &Round, party: &Name, stated: &Stated) -> Vec<Against> {
    let (party, act) = (party.clone(), stated.act);
    let mut found = match stated.stated.answer {
        Answer::Objects => vec![Against::Objection {
            party: party.clone(),
            act,
        }],
        Answer::RequestsTime => vec![Against::AsksForTime {
            party: party.clone(),
            act,
        }],
        Answer::ProposesChange
        | Answer::NoObjection
        | Answer::Agrees
        | Answer::AgreesWithReservation
        | Answer::StandsAside => Vec::new(),
    };
    let changes = stated.stated.changes.iter().map(|_| true);
    let all = changes.chain(stated.stated.comments.iter().map(|_| false));
    for (change, is_change) in (0_u16..).zip(all) {
        let party = party.clone();
        let disposed = round.disposed.get(&(act, change));
        match disposed.map(|(_, disposed)| disposed.disposition) {
            None if is_change => found.push(Against::ChangePending { party, act, change }),
            Some(Disposition::Taken | Disposition::InPart) => {
                found.push(Against::ChangeTaken { party, act, change });
            }
            None | Some(Disposition::NotTaken) => {}
        }
    }
    found
}
