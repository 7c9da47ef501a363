use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use comity_rules::Text;

use crate::{Action, Class, DENY_BY_DEFAULT, Rights};

/// A policy as people meet it: its name, where it stands, and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub id: String,
    pub effect: Effect,
    /// Rows of the domain inventory.
    pub row: String,
    /// Lines of the source; absent where it is silent.
    pub lines: Option<String>,
    /// The source leaves it open and the policies decide.
    pub assumption: bool,
    pub reason: Text,
}

/// What a policy does where it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Permit,
    Forbid,
}

impl Policy {
    /// What decides where no policy permits.
    pub fn default_denial() -> Self {
        Self {
            id: DENY_BY_DEFAULT.to_owned(),
            effect: Effect::Forbid,
            row: String::new(),
            lines: None,
            assumption: false,
            reason: Text::new("Ninguna regla lo permite.", "No rule permits it."),
        }
    }
}

/// The answer, with the policy that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub allowed: bool,
    pub policy: Arc<Policy>,
}

/// A policy that would have opened, and what it lacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    pub policy: Arc<Policy>,
    /// Its clauses that did not hold, as they are written.
    pub unmet: Vec<String>,
}

/// Who may do what: the policies of a process.
pub trait Judge: std::fmt::Debug + Send + Sync {
    /// Whether somebody with these rights may do that to a thing of this class, and by which policy.
    fn may(&self, rights: &Rights, action: Action, class: &Class) -> Answer;

    /// What came near to permitting it, nearest first: the permits of that action whose clauses did not all hold.
    fn near(&self, rights: &Rights, action: Action, class: &Class) -> Vec<Near>;
}

/// How many answers are kept before all are dropped: some megabytes.
const KEPT: usize = 20_000;

/// Asks a judge once for each question.
///
/// An answer follows from the question and the policies alone, so it never grows stale: what a day, an act or the clock
/// changes is part of the question.
#[derive(Debug)]
pub struct Remembering<J> {
    judge: J,
    hashing: RandomState,
    answers: Mutex<Answers>,
}

/// By the hash of the question, so that one that was asked before is found without being copied.
#[derive(Debug, Default)]
struct Answers {
    by_hash: HashMap<u64, Vec<Answered>>,
    count: usize,
}

#[derive(Debug)]
struct Answered {
    rights: Rights,
    action: Action,
    class: Class,
    answer: Answer,
}

impl Answers {
    fn find(&self, hash: u64, rights: &Rights, action: Action, class: &Class) -> Option<&Answer> {
        let mut alike = self.by_hash.get(&hash)?.iter();
        let found = alike.find(|known| {
            known.action == action && known.class == *class && known.rights == *rights
        });
        found.map(|known| &known.answer)
    }

    fn keep(&mut self, hash: u64, answered: Answered) {
        if self.count >= KEPT {
            *self = Self::default();
        }
        self.count += 1;
        self.by_hash.entry(hash).or_default().push(answered);
    }
}

impl<J: Judge> Remembering<J> {
    pub fn new(judge: J) -> Self {
        Self {
            judge,
            hashing: RandomState::new(),
            answers: Mutex::default(),
        }
    }

    /// The judge itself.
    pub const fn judge(&self) -> &J {
        &self.judge
    }
}

impl<J: Judge> Judge for Remembering<J> {
    fn may(&self, rights: &Rights, action: Action, class: &Class) -> Answer {
        let hash = self.hashing.hash_one((rights, action, class));
        // What a panicking thread left is whole: entries are put in at once.
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answers.find(hash, rights, action, class) {
            return answer.clone();
        }
        drop(answers);
        let answer = self.judge.may(rights, action, class);
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have asked the same meanwhile.
        if answers.find(hash, rights, action, class).is_none() {
            let answered = Answered {
                rights: rights.clone(),
                action,
                class: class.clone(),
                answer: answer.clone(),
            };
            answers.keep(hash, answered);
        }
        answer
    }

    fn near(&self, rights: &Rights, action: Action, class: &Class) -> Vec<Near> {
        self.judge.near(rights, action, class)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::Seat;

    /// Lets everybody read, and counts how often it was asked.
    #[derive(Debug, Default)]
    struct Counting(AtomicUsize);

    impl Judge for Counting {
        fn may(&self, _: &Rights, action: Action, _: &Class) -> Answer {
            self.0.fetch_add(1, Ordering::Relaxed);
            Answer {
                allowed: action == Action::Read,
                policy: Arc::new(Policy::default_denial()),
            }
        }

        fn near(&self, _: &Rights, _: Action, _: &Class) -> Vec<Near> {
            Vec::new()
        }
    }

    #[test]
    fn each_question_is_asked_once_and_no_two_are_mixed_up() {
        let judge = Remembering::new(Counting::default());
        let public = Rights::from(Seat::Public);
        for _ in 0..3 {
            assert!(judge.may(&public, Action::Read, &Class::Published).allowed);
            assert!(
                !judge
                    .may(&public, Action::Export, &Class::Published)
                    .allowed
            );
            assert!(judge.may(&public, Action::Read, &Class::Register).allowed);
        }
        let mut invited = public.clone();
        invited.invited_to.insert("m1".into());
        judge.may(&invited, Action::Read, &Class::Published);
        assert_eq!(judge.judge().0.load(Ordering::Relaxed), 4);
    }
}
