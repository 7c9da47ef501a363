//! One letter a day with what has no deadline, for whoever chose it.
//!
//! The letter of a day is a letter itself, claimed once for a person and a day, and names the letters in whose place it goes.
//! Those stand as they were until it has gone, and then as it does. So a program that ends between any two steps leaves
//! nothing lost and nothing doubled: whoever looks next finds what the letter of the day names, and only follows it.

use comity_directory::{Drawer, Kept, PersonId};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::outbox::ours;
use crate::{Error, Matter, Notice, Outbox, State};

/// The letter of a day goes out from this hour on, by the clock of whoever gets it.
pub const HOUR: i8 = 7;

/// What becomes of a letter that may wait for the letter of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lot {
    /// It goes by itself.
    Alone,
    /// It waits for the letter of the next day.
    Waits,
    /// It goes with this one, or went.
    With(Box<Notice>),
}

/// The letter of this day for a person, of those of their letters that wait alone; nothing before its hour, and nothing where
/// none waited at that hour: what comes later goes with the next.
pub fn gathered(waiting: &[Notice], zone: &TimeZone, now: Timestamp) -> Option<Notice> {
    let today = zone.to_datetime(now).date();
    let hour = zone.to_timestamp(today.at(HOUR, 0, 0, 0)).ok()?;
    if now < hour {
        return None;
    }
    let before = waiting
        .iter()
        .filter(|notice| notice.about.may_wait() && notice.is_untried() && notice.since < hour);
    let keys: Vec<String> = before.map(Notice::key).collect();
    let person = waiting.first()?.person;
    let occasion = format!("daily-{today}");
    (!keys.is_empty()).then(|| Notice::new(&occasion, person, Matter::Daily { keys }, now))
}

impl Outbox {
    /// Whether somebody chose one letter a day.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn is_daily(&self, person: &PersonId) -> Result<bool, Error> {
        let chosen = self.0.look(Drawer::Notice, &key(person)).await?;
        Ok(chosen.is_some())
    }

    /// They choose it, or every letter by itself.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn set_daily(&self, person: &PersonId, daily: bool) -> Result<(), Error> {
        if !daily {
            self.0.take(Drawer::Notice, &key(person)).await?;
            return Ok(());
        }
        // It goes with the person.
        let chosen = Kept {
            person: Some(*person),
            ..ours(&key(person), "{}".to_owned(), None)
        };
        self.0.keep(&chosen).await?;
        Ok(())
    }

    /// How a letter that waits goes out. What was tried by itself goes on by itself, under its own name: it may have arrived.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn lot(&self, notice: &Notice) -> Result<Lot, Error> {
        if !notice.about.may_wait() || !notice.is_untried() {
            return Ok(Lot::Alone);
        }
        let key = notice.key();
        let names = |daily: &Notice| match &daily.about {
            Matter::Daily { keys } => daily.since >= notice.since && keys.contains(&key),
            _ => false,
        };
        let letters = self.of(&notice.person).await?;
        if let Some(daily) = letters.into_iter().find(names) {
            return Ok(Lot::With(Box::new(daily)));
        }
        Ok(if self.is_daily(&notice.person).await? {
            Lot::Waits
        } else {
            Lot::Alone
        })
    }

    /// A letter stands as the letter of the day does that went in its place.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn follow(
        &self,
        daily: &Notice,
        notice: &Notice,
        now: Timestamp,
    ) -> Result<(), Error> {
        if daily.is_waiting() || !self.turn(notice, now).await? {
            return Ok(());
        }
        let stands = |notice: &Notice| match notice.now {
            State::Waiting { .. } => notice.since <= daily.since,
            // The letter of the day came back and was sent again.
            State::Returned { .. } => matches!(daily.now, State::Sent { .. }),
            State::Sent { .. } | State::Dropped { .. } => false,
        };
        match self.fresh(notice).await? {
            Some(mut own) if stands(&own) => {
                own.now = daily.now.clone();
                own.why.clone_from(&daily.why);
                self.settle(own).await?;
            }
            _ => self.give_back(notice).await?,
        }
        Ok(())
    }
}

fn key(person: &PersonId) -> String {
    format!("!daily/{person}")
}
