use comity_directory::{Drawer, Kept, PersonId};
use jiff::{SignedDuration, Timestamp};

use crate::{Entrance, Error, Token};

/// How long a browser is known after somebody signed in with it.
pub const DEVICE_LASTS: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Browsers that are known: whoever tries passwords elsewhere uses up the attempts of strangers, not those of the person.
impl Entrance {
    /// Knows a browser as one in which this person signed in.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn remember(
        &self,
        person: PersonId,
        token: &Token,
        now: Timestamp,
    ) -> Result<(), Error> {
        let until = now.saturating_add(DEVICE_LASTS).unwrap_or(Timestamp::MAX);
        let kept = Kept {
            drawer: Drawer::Device,
            key: token.key(),
            person: Some(person),
            until: Some(until),
            body: "{}".to_owned(),
        };
        Ok(self.directory().keep(&kept).await?)
    }

    /// Whether this person signed in with that browser before.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn remembers(
        &self,
        person: &PersonId,
        token: &Token,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let kept = self.directory().look(Drawer::Device, &token.key()).await?;
        Ok(kept.is_some_and(|kept| {
            kept.person.as_ref() == Some(person) && kept.until.is_some_and(|until| now < until)
        }))
    }
}
