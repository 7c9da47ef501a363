//! A consultation as its acts left it.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_calendar::Term;
use comity_rules::Text;
use imbl::OrdMap;
use jiff::Timestamp;

use super::acts::{
    Answer, ChangeDisposed, ConsensusCertified, ConsultationSubmitted, ObjectionAnswered, Passage,
    PositionStated, Reached, Reaction, ResultReported, RoundOpened, TermExtended, TroikaReacted,
};
use super::rejection::NotConsulted;
use crate::{ActId, Actor, Basis, Deed, Name};

/// A written consultation, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Consultation {
    /// The act that began it; the consultation goes by its id.
    pub act: ActId,
    pub submitted: ConsultationSubmitted,
    pub since: Timestamp,
    /// The text that the Presidency put forward last.
    pub text: Vec<Text>,
    /// The act by which it went to the Troika.
    pub put_forward: ActId,
    /// The text that went to the Troika before this one, until a round is opened.
    pub before: Option<Vec<Text>>,
    /// Which members of the Troika reacted to the text that was submitted last, and how.
    pub reactions: OrdMap<Name, Reacted>,
    /// Which members agreed to decide in writing.
    pub method: OrdMap<Name, ActId>,
    /// The rounds, the first one first.
    pub rounds: Vec<Round>,
    /// The act that certified consensus on the text of the last round, and when.
    pub certified: Option<(ActId, Timestamp)>,
    /// Certificates that hold no longer, because an answer came after them; the first one first.
    pub lapsed: Vec<Lapsed>,
    pub end: Option<End>,
    pub reported: Option<(ActId, Timestamp)>,
    /// What the certificate says, of the round that was certified last.
    pub certificate: Option<Arc<ConsensusCertified>>,
    /// Why it was referred or withdrawn, or with which words it was launched.
    pub end_words: Option<Text>,
    /// What the report says.
    pub report: Option<Arc<ResultReported>>,
    /// What the Secretariat entered on a note, in the order in which it did, but for answers: they say so themselves.
    pub entered: Vec<EnteredOn>,
}

/// An act that the Secretariat entered on a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredOn {
    pub act: ActId,
    pub at: Timestamp,
    pub deed: Deed,
    /// The member of which the act speaks; none where it is the Presidency's.
    pub party: Option<Name>,
    pub basis: Basis,
}

/// A certificate that holds no longer: an objection, or its withdrawal, came before the launch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lapsed {
    /// The certificate.
    pub act: ActId,
    /// When it was made.
    pub at: Timestamp,
    /// The answer that came after it.
    pub by: ActId,
}

/// A reaction of the Troika.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reacted {
    pub act: ActId,
    pub at: Timestamp,
    pub reaction: Reaction,
    pub words: Option<String>,
}

/// How a consultation ended; it is reported on afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    Launched { act: ActId, at: Timestamp },
    Referred { act: ActId, at: Timestamp },
    Withdrawn { act: ActId, at: Timestamp },
}

impl End {
    pub const fn act(self) -> ActId {
        match self {
            Self::Launched { act, .. }
            | Self::Referred { act, .. }
            | Self::Withdrawn { act, .. } => act,
        }
    }

    pub const fn at(self) -> Timestamp {
        match self {
            Self::Launched { at, .. } | Self::Referred { at, .. } | Self::Withdrawn { at, .. } => {
                at
            }
        }
    }
}

/// Where a consultation stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The Troika's reaction is awaited.
    Troika,
    /// The Troika consents; no round was opened yet.
    Ready,
    /// A term runs.
    Round,
    /// It is over; the Presidency chooses.
    Closed,
    /// Consensus was certified.
    Certified,
    /// Launched, referred or withdrawn; the report is due.
    Ended,
    Reported,
}

/// A round, with what was answered in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    pub act: ActId,
    pub opened: RoundOpened,
    pub extended: Option<(ActId, TermExtended)>,
    /// The whole term of each member, where it was extended.
    longer: Option<BTreeMap<Name, Term>>,
    /// The act that closed it before its term was over, and when.
    pub closed_early: Option<(ActId, Timestamp)>,
    /// In the order in which they came; those that another took the place of are still there.
    pub answers: Vec<Stated>,
    /// Where the answers of each member lie among them.
    pub(crate) of_party: BTreeMap<Name, Vec<usize>>,
    /// What the Presidency said of proposed changes: by the answer and the place of the change in it.
    pub disposed: OrdMap<(ActId, u16), (ActId, ChangeDisposed)>,
    /// What became of its notices, by the member and what it was; the first act of each.
    pub circulated: OrdMap<(Name, Passage), (ActId, Timestamp)>,
    /// What it replied to objections that came after the close.
    pub replies: OrdMap<ActId, (ActId, ObjectionAnswered)>,
}

/// An answer of a state.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    pub act: ActId,
    pub at: Timestamp,
    /// The seat from which it was given.
    pub seat: String,
    pub stated: PositionStated,
    /// It came after the close.
    pub late: bool,
    /// The answer of the same state that took its place.
    pub replaced: Option<ActId>,
}

impl Consultation {
    pub(crate) fn new(act: ActId, submitted: ConsultationSubmitted, since: Timestamp) -> Self {
        Self {
            act,
            text: submitted.text.clone(),
            put_forward: act,
            before: None,
            submitted,
            since,
            reactions: OrdMap::new(),
            method: OrdMap::new(),
            rounds: Vec::new(),
            certified: None,
            lapsed: Vec::new(),
            end: None,
            reported: None,
            certificate: None,
            end_words: None,
            report: None,
            entered: Vec::new(),
        }
    }

    pub fn last_round(&self) -> Option<&Round> {
        self.rounds.last()
    }

    /// The members of the Troika whose consent to the present text is still awaited (C-04).
    pub fn awaited(&self) -> impl Iterator<Item = &Name> {
        self.submitted.troika.iter().filter(|party| {
            self.reactions
                .get(*party)
                .is_none_or(|reacted| reacted.reaction != Reaction::Consents)
        })
    }

    /// Where it stands at an instant. A term is over when its instant has come, whoever looks.
    pub fn stage(&self, at: Timestamp) -> Stage {
        if self.reported.is_some() {
            return Stage::Reported;
        }
        if self.end.is_some() {
            return Stage::Ended;
        }
        match self.last_round() {
            None if self.awaited().next().is_some() => Stage::Troika,
            None => Stage::Ready,
            Some(round) if !round.is_over(at) => Stage::Round,
            Some(_) if self.certified.is_some() => Stage::Certified,
            Some(_) => Stage::Closed,
        }
    }

    /// The act by which the text that is asked about was put forward: to all in the last round, to the Troika before.
    pub fn text_act(&self) -> ActId {
        self.last_round()
            .map_or(self.put_forward, |round| round.act)
    }

    /// A page that was opened before shows a text that is not asked about any more.
    pub(super) fn check_seen(&self, text: Option<ActId>) -> Result<(), NotConsulted> {
        match text {
            Some(seen) if seen != self.text_act() => Err(NotConsulted::TextChanged),
            _ => Ok(()),
        }
    }

    // What acts change. None refuses: what stands in the register has happened.

    pub(crate) fn resubmit(&mut self, act: ActId, text: Vec<Text>) {
        self.put_forward = act;
        self.before = Some(std::mem::replace(&mut self.text, text));
        self.reactions = OrdMap::new();
    }

    pub(crate) fn react(&mut self, act: ActId, at: Timestamp, reacted: TroikaReacted) {
        let TroikaReacted {
            party,
            reaction,
            words,
            ..
        } = reacted;
        let reacted = Reacted {
            act,
            at,
            reaction,
            words,
        };
        self.reactions.insert(party, reacted);
    }

    pub(crate) fn open(&mut self, act: ActId, opened: RoundOpened) {
        self.text.clone_from(&opened.text);
        self.before = None;
        // What was certified was certified of an earlier round.
        self.certified = None;
        self.certificate = None;
        self.rounds.push(Round {
            act,
            opened,
            extended: None,
            longer: None,
            closed_early: None,
            answers: Vec::new(),
            of_party: BTreeMap::new(),
            disposed: OrdMap::new(),
            circulated: OrdMap::new(),
            replies: OrdMap::new(),
        });
    }

    pub(crate) fn extend(&mut self, act: ActId, extended: &TermExtended) {
        self.in_round(extended.round, |round| {
            let whole = |(party, before): (&Name, &Term)| {
                let longer = extended.terms.get(party);
                let term = longer.map_or_else(|| before.clone(), |term| before.made_longer(term));
                (party.clone(), term)
            };
            round.longer = Some(round.opened.terms.iter().map(whole).collect());
            round.extended = Some((act, extended.clone()));
        });
    }

    pub(crate) fn in_round(&mut self, number: u16, change: impl FnOnce(&mut Round)) {
        let found = self
            .rounds
            .iter_mut()
            .rev()
            .find(|round| round.opened.round == number);
        if let Some(round) = found {
            change(round);
        }
    }

    /// A state answers in a round. A certificate lists what every member had said: after another answer it holds no longer.
    pub(crate) fn state(
        &mut self,
        act: ActId,
        at: Timestamp,
        actor: &Actor,
        stated: PositionStated,
    ) {
        if let Some((certificate, made)) = self.certified.take() {
            self.certificate = None;
            self.lapsed.push(Lapsed {
                act: certificate,
                at: made,
                by: act,
            });
        }
        self.in_round(stated.round, |round| round.state(act, at, actor, stated));
    }

    /// The round that holds an answer.
    pub(crate) fn round_of(&mut self, answer: ActId, change: impl FnOnce(&mut Round)) {
        let found = self
            .rounds
            .iter_mut()
            .find(|round| round.answer(answer).is_some());
        if let Some(round) = found {
            change(round);
        }
    }
}

impl Round {
    /// The term of each member: as it was made longer, where it was.
    pub fn terms(&self) -> &BTreeMap<Name, Term> {
        self.longer.as_ref().unwrap_or(&self.opened.terms)
    }

    /// How many working days each member has in all.
    pub fn days(&self) -> u16 {
        let more = self.extended.as_ref();
        self.opened.days + more.map_or(0, |(_, extended)| extended.days)
    }

    /// When it closes for all. Exclusive.
    pub fn closes_at(&self) -> Timestamp {
        let term = self
            .extended
            .as_ref()
            .map_or(self.opened.closes_at, |(_, extended)| extended.closes_at);
        self.closed_early.map_or(term, |(_, at)| at.min(term))
    }

    pub fn is_over(&self, at: Timestamp) -> bool {
        self.closes_at() <= at
    }

    /// Objections that came after the close, to which nobody replied: also those that were withdrawn.
    pub fn unanswered(&self) -> impl Iterator<Item = &Stated> {
        let late = self.answers.iter().filter(|stated| stated.late);
        late.filter(|stated| stated.stated.answer == Answer::Objects)
            .filter(|stated| !self.replies.contains_key(&stated.act))
    }

    pub fn answer(&self, act: ActId) -> Option<&Stated> {
        self.answers.iter().find(|stated| stated.act == act)
    }

    /// Whether that is on record of the notice to a member.
    pub fn is_noted(&self, party: &Name, passage: Passage) -> bool {
        !self.circulated.is_empty() && self.circulated.contains_key(&(party.clone(), passage))
    }

    /// How a member was reached, as far as the record knows; and whether another of its contacts was asked.
    pub fn reached(&self, party: &Name) -> (Reached, bool) {
        let (first, last) = (Passage::ALL[0], Passage::ALL[Passage::ALL.len() - 1]);
        let noted = (party.clone(), first)..=(party.clone(), last);
        let mut reached = match self.opened.uncertain.contains(party) {
            true => Reached::Uncertain,
            false => Reached::Sent,
        };
        let mut escalated = false;
        // In this order the later one says more, but for a refusal, which a hand-over outweighs.
        for ((_, passage), _) in self.circulated.range(noted) {
            match passage {
                Passage::HandedOver => reached = Reached::HandedOver,
                Passage::Refused if reached == Reached::HandedOver => {}
                Passage::Refused => reached = Reached::Refused,
                Passage::Acknowledged => reached = Reached::Acknowledged,
                Passage::Escalated => escalated = true,
            }
        }
        (reached, escalated)
    }

    /// The answers of a state that no other took the place of; more than one are at odds.
    pub fn standing(&self, party: &str) -> impl Iterator<Item = &Stated> + use<'_> {
        let places = self.of_party.get(party).into_iter().flatten();
        places
            .map(|place| &self.answers[*place])
            .filter(|stated| stated.replaced.is_none())
    }

    fn state(&mut self, act: ActId, at: Timestamp, actor: &Actor, stated: PositionStated) {
        for answer in &mut self.answers {
            if stated.in_place_of.contains(&answer.act) {
                answer.replaced = Some(act);
            }
        }
        self.of_party
            .entry(stated.party.clone())
            .or_default()
            .push(self.answers.len());
        self.answers.push(Stated {
            act,
            at,
            seat: actor.seat.clone(),
            late: self.is_over(at),
            stated,
            replaced: None,
        });
    }
}
