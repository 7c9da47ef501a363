//! A consultation by the words of the procedure (C-03…C-09, Q-60…Q-64), as small as it can be.

use comity_conference::{ActId, Answer, Disposition};
use comity_rules::{EarlyClose, Extension, Procedure, Silence};
use jiff::Timestamp;

/// Honduras presides; Guatemala and Panama are the others of the Troika: by their places among the members.
const PRESIDES: usize = 2;
const TROIKA: [usize; 2] = [1, 4];

/// Which of its answers a state has seen that gives another one.
#[derive(Debug, Clone, Copy)]
pub enum Seen {
    Nothing,
    /// All that stand.
    All,
    /// One of its own, standing or not.
    Something,
}

struct Said {
    act: ActId,
    round: usize,
    member: usize,
    kind: Answer,
    late: bool,
    stands: bool,
    replied: bool,
    disposed: Option<Disposition>,
}

struct Sent {
    text: u16,
    closes_at: Timestamp,
    extended: bool,
}

pub struct Model {
    rules: Procedure,
    text: u16,
    consents: [bool; 5],
    method: [bool; 5],
    rounds: Vec<Sent>,
    said: Vec<Said>,
    certified: bool,
    over: bool,
    reported: bool,
    pub launched: bool,
}

impl Model {
    pub fn new(rules: Procedure, consented: bool) -> Self {
        Self {
            rules,
            text: 0,
            consents: [consented; 5],
            method: [false; 5],
            rounds: Vec::new(),
            said: Vec::new(),
            certified: false,
            over: false,
            reported: false,
            launched: false,
        }
    }

    fn before_rounds(&self) -> bool {
        !self.over && self.rounds.is_empty()
    }

    pub fn closes_at(&self) -> Option<Timestamp> {
        self.rounds.last().map(|round| round.closes_at)
    }

    fn runs(&self, now: Timestamp) -> bool {
        !self.over && self.closes_at().is_some_and(|closes_at| now < closes_at)
    }

    fn closed(&self, now: Timestamp) -> bool {
        !self.over && self.closes_at().is_some_and(|closes_at| closes_at <= now)
    }

    pub fn react(&mut self, member: usize, consents: bool) -> bool {
        let taken = self.before_rounds() && TROIKA.contains(&member);
        if taken {
            self.consents[member] = consents;
        }
        taken
    }

    pub fn consent_to_method(&mut self, member: usize) -> bool {
        let taken = self.before_rounds() && self.rules.method_consent && !self.method[member];
        self.method[member] |= taken;
        taken
    }

    pub fn resubmit(&mut self, text: u16) -> bool {
        let taken = self.before_rounds() && text != self.text;
        if taken {
            self.text = text;
            self.consents = [false; 5];
        }
        taken
    }

    pub fn may_open(&self, text: Option<u16>, why: bool, now: Timestamp) -> bool {
        let same = text.is_none_or(|text| text == self.text);
        if self
            .rules
            .max_rounds
            .is_some_and(|most| self.rounds.len() >= usize::from(most))
        {
            return false;
        }
        if self.before_rounds() {
            let method = (0..5).all(|member| member == PRESIDES || self.method[member]);
            let troika = TROIKA.iter().all(|member| self.consents[*member]);
            return same && troika && (method || !self.rules.method_consent);
        }
        !self.over && if same { why } else { self.closed(now) }
    }

    pub fn open(&mut self, text: Option<u16>, now: Timestamp, closes_at: Timestamp) {
        assert!(now < closes_at);
        self.text = text.unwrap_or(self.text);
        self.certified = false;
        self.rounds.push(Sent {
            text: self.text,
            closes_at,
            extended: false,
        });
    }

    pub fn may_extend(&self, now: Timestamp) -> bool {
        let once = self.rounds.last().is_some_and(|round| !round.extended);
        self.rules.extension == Extension::Once && once && self.runs(now)
    }

    pub fn extend(&mut self, closes_at: Timestamp) {
        let round = self.rounds.last_mut().unwrap();
        assert!(closes_at > round.closes_at);
        round.closes_at = closes_at;
        round.extended = true;
    }

    pub fn close_early(&mut self, now: Timestamp) -> bool {
        let agrees = |member: usize| match self.stands(self.rounds.len(), member)[..] {
            [] => member == PRESIDES,
            [one] => !matches!(
                one.kind,
                Answer::Objects | Answer::RequestsTime | Answer::ProposesChange
            ),
            _ => false,
        };
        let taken =
            self.rules.early_close == EarlyClose::AllAgree && self.runs(now) && (0..5).all(agrees);
        if taken {
            self.rounds.last_mut().unwrap().closes_at = now;
        }
        taken
    }

    /// What stands of a member in a round, counted from 1.
    fn stands(&self, round: usize, member: usize) -> Vec<&Said> {
        let of = |said: &&Said| said.round == round && said.member == member && said.stands;
        self.said.iter().filter(of).collect()
    }

    /// An objection to the text that was sent last, made when it was sent before.
    fn objected_before(&self, member: usize) -> bool {
        let last = self.rounds.len();
        if !self.stands(last, member).is_empty() {
            return false;
        }
        for round in (1..last).rev() {
            if self.rounds[round - 1].text != self.text {
                continue;
            }
            match self.stands(round, member)[..] {
                [] => {}
                ref said => return said.iter().any(|said| said.kind == Answer::Objects),
            }
        }
        false
    }

    pub fn named(&self, member: usize, seen: Seen) -> Vec<ActId> {
        match seen {
            Seen::Nothing => Vec::new(),
            Seen::All => self
                .stands(self.rounds.len(), member)
                .iter()
                .map(|said| said.act)
                .collect(),
            Seen::Something => {
                let own = self.said.iter().find(|said| said.member == member);
                own.map(|said| said.act).into_iter().collect()
            }
        }
    }

    pub fn may_state(&self, member: usize, kind: Answer, named: &[ActId], now: Timestamp) -> bool {
        let standing = self.stands(self.rounds.len(), member);
        let all =
            standing.len() == named.len() && standing.iter().all(|said| named.contains(&said.act));
        let objected = all && standing.iter().any(|said| said.kind == Answer::Objects);
        let in_time = self.runs(now);
        let asks_anew = matches!(kind, Answer::ProposesChange | Answer::RequestsTime);
        let late = self.closed(now)
            && (kind == Answer::Objects
                || (!asks_anew && (objected || self.objected_before(member))));
        let news = standing.len() != 1 || standing[0].kind != kind;
        (named.is_empty() || all) && (in_time || late) && news
    }

    pub fn state(
        &mut self,
        member: usize,
        kind: Answer,
        named: &[ActId],
        act: ActId,
        now: Timestamp,
    ) {
        for said in &mut self.said {
            said.stands &= !named.contains(&said.act);
        }
        self.certified = false;
        self.said.push(Said {
            act,
            round: self.rounds.len(),
            member,
            kind,
            late: self.closed(now),
            stands: true,
            replied: false,
            disposed: None,
        });
    }

    /// An answer, counted from the last one.
    pub fn back(&self, back: usize) -> Option<ActId> {
        self.said.iter().rev().nth(back).map(|said| said.act)
    }

    /// Of whatever round, as long as it is not over.
    fn of_any_round(&mut self, act: ActId) -> Option<&mut Said> {
        let over = self.over;
        let mut said = self.said.iter_mut();
        said.find(|said| said.act == act && !over)
    }

    pub fn dispose(&mut self, act: ActId, disposition: Disposition) -> bool {
        let found = self
            .of_any_round(act)
            .filter(|said| said.kind == Answer::ProposesChange);
        found.is_some_and(|said| {
            said.disposed = Some(disposition);
            true
        })
    }

    pub fn reply(&mut self, act: ActId) -> bool {
        let found = self.of_any_round(act);
        found
            .filter(|said| said.late && said.kind == Answer::Objects)
            .is_some_and(|said| {
                said.replied = true;
                true
            })
    }

    fn consensus(&self) -> bool {
        let last = self.rounds.len();
        let mut heard = 0;
        for member in 0..5 {
            match self.stands(last, member)[..] {
                [] if self.objected_before(member) => return false,
                [] if member == PRESIDES => heard += 1,
                [] if self.rules.silence == Silence::Blocks => return false,
                [] => {}
                [one] => {
                    let stands_against = match one.kind {
                        Answer::Objects | Answer::RequestsTime => true,
                        Answer::ProposesChange => one.disposed != Some(Disposition::NotTaken),
                        _ => false,
                    };
                    if stands_against {
                        return false;
                    }
                    heard += 1;
                }
                _ => return false,
            }
        }
        let late = |said: &&Said| said.late && said.kind == Answer::Objects;
        heard >= self.rules.minimum_answers
            && self.said.iter().filter(late).all(|said| said.replied)
    }

    pub fn certify(&mut self, now: Timestamp) -> bool {
        let taken = self.closed(now) && !self.certified && self.consensus();
        self.certified |= taken;
        taken
    }

    pub fn launch(&mut self, now: Timestamp) -> bool {
        let taken = self.closed(now) && self.certified && self.consensus();
        self.over |= taken;
        self.launched |= taken;
        taken
    }

    pub fn leave(&mut self) -> bool {
        let taken = !self.over;
        self.over = true;
        taken
    }

    pub fn report(&mut self) -> bool {
        let taken = self.over && !self.reported;
        self.reported |= taken;
        taken
    }

    pub fn has_replied(&self) -> bool {
        self.said.iter().any(|said| said.replied)
    }
}
