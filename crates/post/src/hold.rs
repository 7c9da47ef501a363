//! The letters of one occasion together: held for a time, in which somebody looks at the list of whom they go to, and then
//! lets them go at once or stops them.

use comity_directory::Drawer;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::notice::KEPT;
use crate::outbox::{PAGE, later, notice, ours};
use crate::{Error, Notice, Outbox};

/// How long the letters of a round, and those that open an informal consultation, wait before the first of them goes out.
pub const HELD: SignedDuration = SignedDuration::from_mins(10);

/// What somebody said of the letters of an occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "hold", deny_unknown_fields)]
pub enum Hold {
    /// Those that have not gone out do not go.
    Stopped { at: Timestamp },
    /// They go without waiting any longer, also those that were stopped.
    Released { at: Timestamp },
}

impl Hold {
    /// Whether a letter goes out now. What was tried and put off waits for its next attempt in any case.
    pub fn lets_go(said: Option<Self>, notice: &Notice, now: Timestamp) -> bool {
        match said {
            Some(Self::Stopped { .. }) => false,
            Some(Self::Released { .. }) => notice.is_untried() || notice.is_due(now),
            None => notice.is_due(now),
        }
    }
}

/// It stands once for all letters of an occasion, so that a stop is one step: no letter of which the sending has not begun
/// goes out after it, however many there are and whoever sends.
impl Outbox {
    /// Stops the letters of an occasion that have not gone out, also those that are put in later.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn stop(&self, occasion: &str, now: Timestamp) -> Result<(), Error> {
        self.say(occasion, Hold::Stopped { at: now }, now).await
    }

    /// Lets the letters of an occasion go at once.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn release(&self, occasion: &str, now: Timestamp) -> Result<(), Error> {
        self.say(occasion, Hold::Released { at: now }, now).await
    }

    /// What was said last of the letters of an occasion.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn hold(&self, occasion: &str) -> Result<Option<Hold>, Error> {
        let said = self.0.look(Drawer::Notice, &key(occasion)).await?;
        let read = said.map(|said| serde_json::from_str(&said.body));
        Ok(read.transpose()?)
    }

    /// The letters of an occasion, by person.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn of_occasion(&self, occasion: &str) -> Result<Vec<Notice>, Error> {
        let start = format!("{occasion}/");
        let mut found: Vec<Notice> = Vec::new();
        loop {
            let after = found.last().map_or_else(|| start.clone(), Notice::key);
            let page = self.0.contents(Drawer::Notice, Some(&after), PAGE).await?;
            let own = page.iter().take_while(|kept| kept.key.starts_with(&start));
            let before = found.len();
            for kept in own {
                found.push(notice(kept)?);
            }
            if found.len() - before < PAGE {
                return Ok(found);
            }
        }
    }

    async fn say(&self, occasion: &str, hold: Hold, now: Timestamp) -> Result<(), Error> {
        let body = serde_json::to_string(&hold)?;
        let said = ours(&key(occasion), body, Some(later(now, KEPT)));
        self.0.keep(&said).await?;
        Ok(())
    }
}

fn key(occasion: &str) -> String {
    format!("!hold/{occasion}")
}
