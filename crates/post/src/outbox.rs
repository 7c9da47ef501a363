use std::sync::Arc;

use comity_directory::{Directory, Drawer, Kept, PersonId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::notice::KEPT;
use crate::{NotCarried, Notice, State};

/// Whoever sends a letter has it for so long.
pub const TURN_LASTS: SignedDuration = SignedDuration::from_mins(5);

/// How long it is kept that somebody had a turn which was not given back.
const TURN_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Stands before keys that are no letters; ids begin with a letter or a digit.
pub(crate) const OURS: &str = "!";
const OPEN: &str = "!open";
const CURSOR: &str = "!cursor";

/// How many lines are read at once.
pub(crate) const PAGE: usize = 500;

/// As many turns of one letter as are read at once: nearly always there is one, or none.
const FEW: usize = 4;

/// The letters that are to be sent and those that were, in the directory: they go with the person.
#[derive(Debug, Clone)]
pub struct Outbox(pub(crate) Arc<dyn Directory>);

/// Why the outbox did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the directory failed")]
    Directory(#[from] comity_directory::Error),
    #[error("the drawer of letters holds what this program did not put there")]
    Foreign(#[from] serde_json::Error),
}

/// How many letters stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stock {
    pub waiting: usize,
    pub sent: usize,
    pub returned: usize,
}

/// A turn to send a letter.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    number: u32,
    until: Timestamp,
}

impl Outbox {
    pub fn new(directory: Arc<dyn Directory>) -> Self {
        Self(directory)
    }

    /// Puts a letter in, once: a second time changes nothing. Answers with whether it is new.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn put(&self, notice: &Notice) -> Result<bool, Error> {
        // Most that is put in stands there already, and looking costs less than writing.
        let before = self.0.look(Drawer::Notice, &notice.key()).await?;
        if before.is_some() || !self.0.claim(&kept(notice)?).await? {
            return Ok(false);
        }
        self.mark(notice).await?;
        Ok(true)
    }

    /// The letters, by occasion; a page after a key.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<Notice>, Error> {
        let after = after.unwrap_or("\"");
        let page = self.0.contents(Drawer::Notice, Some(after), limit).await?;
        page.iter().map(notice).collect()
    }

    /// Every letter.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn all(&self) -> Result<Vec<Notice>, Error> {
        let mut all: Vec<Notice> = Vec::new();
        loop {
            let after = all.last().map(Notice::key);
            let page = self.list(after.as_deref(), PAGE).await?;
            let whole = page.len() == PAGE;
            all.extend(page);
            if !whole {
                return Ok(all);
            }
        }
    }

    /// The letters to a person.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn of(&self, person: &PersonId) -> Result<Vec<Notice>, Error> {
        let held = self.0.of(Drawer::Notice, person).await?;
        let letters = held.iter().filter(|kept| !kept.key.starts_with(OURS));
        letters.map(notice).collect()
    }

    /// Whether letters go out: nothing does before somebody opens it.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn is_open(&self) -> Result<bool, Error> {
        Ok(self.0.look(Drawer::Notice, OPEN).await?.is_some())
    }

    /// Opens it, or closes it again.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn set_open(&self, open: bool) -> Result<(), Error> {
        if open {
            self.0.keep(&ours(OPEN, "{}".to_owned(), None)).await?;
        } else {
            self.0.take(Drawer::Notice, OPEN).await?;
        }
        Ok(())
    }

    /// How far the register was read for occasions to write.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn cursor(&self) -> Result<Option<usize>, Error> {
        let kept = self.0.look(Drawer::Notice, CURSOR).await?;
        let read = kept
            .map(|kept| serde_json::from_str(&kept.body))
            .transpose()?;
        Ok(read)
    }

    /// Notes how far it was read. What was put in already stays put in once, however far back it is read again.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn set_cursor(&self, read: usize) -> Result<(), Error> {
        self.0.keep(&ours(CURSOR, read.to_string(), None)).await?;
        Ok(())
    }

    /// Takes the turn to send a letter. Of several that want it, one gets it, and has it until it gives it back or some
    /// minutes have passed. `now` is the instant of asking: with an older one the turn is over too early.
    ///
    /// Turns are numbered, and a turn that is over is followed by the next number rather than taken away. Whoever took it
    /// away could hit one that another had taken anew since it looked, and then two would have it. So the only step that
    /// counts is one `claim`: of several that saw the same, one keeps the number that comes next.
    ///
    /// Whoever dies between sending and writing down that it was sent leaves a letter that goes out a second time, under
    /// the same name: a letter too many can be recognised, one that never came cannot.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn turn(&self, notice: &Notice, now: Timestamp) -> Result<bool, Error> {
        let mut number = 0;
        for held in self.turns(notice).await? {
            let turn: Turn = serde_json::from_str(&held.body)?;
            if turn.until > now {
                return Ok(false);
            }
            number = turn.number + 1;
        }
        let until = later(now, TURN_LASTS);
        let body = serde_json::to_string(&Turn { number, until })?;
        let key = format!("{}{number:06}", turns_of(notice));
        // Swept long after it is over: what a sweep took between the look and the claim would free its number.
        let swept = later(until, TURN_KEPT);
        let turn = Kept {
            // It names the person, and goes with them.
            person: Some(notice.person),
            ..ours(&key, body, Some(swept))
        };
        Ok(self.0.claim(&turn).await?)
    }

    /// The turns that were taken to send a letter, in their order.
    async fn turns(&self, notice: &Notice) -> Result<Vec<Kept>, Error> {
        let before = turns_of(notice);
        let mut found: Vec<Kept> = Vec::new();
        loop {
            let after = found.last().map_or(&before, |last| &last.key);
            let page = self.0.contents(Drawer::Notice, Some(after), FEW).await?;
            let own = page
                .into_iter()
                .take_while(|kept| kept.key.starts_with(&before));
            let held = found.len();
            found.extend(own);
            if found.len() - held < FEW {
                return Ok(found);
            }
        }
    }

    /// The letter as it stands now: another may have sent it while somebody waited for the turn.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn fresh(&self, old: &Notice) -> Result<Option<Notice>, Error> {
        let kept = self.0.look(Drawer::Notice, &old.key()).await?;
        kept.as_ref().map(notice).transpose()
    }

    /// Writes down what came of sending it, and gives the turn back.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn done(
        &self,
        mut sent: Notice,
        outcome: Result<(), NotCarried>,
        now: Timestamp,
    ) -> Result<Notice, Error> {
        sent.may_have_arrived |= matches!(outcome, Err(NotCarried::Unknown { .. }));
        match outcome {
            Ok(()) => {
                sent.now = State::Sent { at: now };
                sent.why = None;
                sent.may_have_arrived = false;
            }
            Err(NotCarried::Refused { why }) => {
                sent.now = State::Returned { at: now };
                sent.why = Some(why);
            }
            Err(not_carried) => sent.put_off(not_carried.to_string(), now),
        }
        self.settle(sent).await
    }

    /// There is nothing to send any more. A letter that was sent meanwhile, or was put off and is not due, stays as it is, and
    /// only the turn is given back: while this one waited for its turn, another has sent it or put it off, and what was put
    /// off is still to be sent.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn dropped(&self, mut idle: Notice, now: Timestamp) -> Result<Notice, Error> {
        if !idle.is_due(now) && !idle.is_untried() {
            self.give_back(&idle).await?;
            return Ok(idle);
        }
        idle.now = State::Dropped { at: now };
        self.settle(idle).await
    }

    /// It is not to go now after all: only the turn is given back.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn left(&self, notice: &Notice) -> Result<(), Error> {
        self.give_back(notice).await
    }

    /// Sends a letter again that came back. It takes a turn like whoever sends: of two that ask at once, one is answered yes.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn again(&self, key: &str, now: Timestamp) -> Result<bool, Error> {
        let Some(back) = self.named(key).await? else {
            return Ok(false);
        };
        let came_back = |notice: &Notice| matches!(notice.now, State::Returned { .. });
        if !came_back(&back) || !self.turn(&back, now).await? {
            return Ok(false);
        }
        let Some(mut back) = self.fresh(&back).await?.filter(came_back) else {
            self.give_back(&back).await?;
            return Ok(false);
        };
        back.since = now;
        back.now = State::Waiting {
            attempts: 0,
            next: now,
        };
        self.settle(back).await?;
        Ok(true)
    }

    /// The letter of a key; nothing where it is that of no letter.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn named(&self, key: &str) -> Result<Option<Notice>, Error> {
        let found = self.0.look(Drawer::Notice, key).await?;
        let found = found.filter(|kept| !kept.key.starts_with(OURS));
        found.as_ref().map(notice).transpose()
    }

    pub(crate) async fn settle(&self, notice: Notice) -> Result<Notice, Error> {
        // A person who was forgotten meanwhile is not written of again.
        if self.0.look(Drawer::Notice, &notice.key()).await?.is_some() {
            self.0.keep(&kept(&notice)?).await?;
            self.mark(&notice).await?;
        }
        self.give_back(&notice).await?;
        Ok(notice)
    }

    pub(crate) async fn give_back(&self, notice: &Notice) -> Result<(), Error> {
        for turn in self.turns(notice).await? {
            self.0.take(Drawer::Notice, &turn.key).await?;
        }
        Ok(())
    }
}

/// How many letters stand where.
pub fn stock(letters: &[Notice]) -> Stock {
    let mut stock = Stock::default();
    for letter in letters {
        match letter.now {
            State::Waiting { .. } => stock.waiting += 1,
            State::Sent { .. } => stock.sent += 1,
            State::Returned { .. } => stock.returned += 1,
            State::Dropped { .. } => {}
        }
    }
    stock
}

/// What the keys of the turns of a letter begin with.
fn turns_of(notice: &Notice) -> String {
    format!("!turn/{}/", notice.key())
}

pub(crate) fn later(at: Timestamp, span: SignedDuration) -> Timestamp {
    at.saturating_add(span).unwrap_or(Timestamp::MAX)
}

fn kept(notice: &Notice) -> Result<Kept, Error> {
    let over = match notice.now {
        State::Waiting { .. } => None,
        State::Sent { at } | State::Returned { at } | State::Dropped { at } => {
            at.saturating_add(KEPT).ok()
        }
    };
    Ok(Kept {
        drawer: Drawer::Notice,
        key: notice.key(),
        person: Some(notice.person),
        until: over,
        body: serde_json::to_string(notice)?,
    })
}

pub(crate) fn ours(key: &str, body: String, until: Option<Timestamp>) -> Kept {
    Kept {
        drawer: Drawer::Notice,
        key: key.to_owned(),
        person: None,
        until,
        body,
    }
}

pub(crate) fn notice(kept: &Kept) -> Result<Notice, Error> {
    Ok(serde_json::from_str(&kept.body)?)
}
