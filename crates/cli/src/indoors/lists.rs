//! What somebody prepares: lists of people on their way in.

use comity_directory::{Drawer, Kept, PersonId};
use comity_web::SourceError;
use comity_web::inside::{Prepared, Visitor};
use jiff::SignedDuration;

use super::{House, failed, fresh_person, now};

/// How long a list is kept after it was last changed.
const LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

impl House {
    pub(super) async fn keep_prepared(
        &self,
        visitor: &Visitor,
        id: Option<&str>,
        body: String,
    ) -> Result<String, SourceError> {
        let person: PersonId = visitor.person.parse().map_err(|error| failed(&error))?;
        let fresh = || fresh_person().to_string();
        let key = id.map_or_else(fresh, str::to_owned);
        let kept = Kept {
            drawer: Drawer::Batch,
            key: key.clone(),
            person: Some(person),
            until: now().saturating_add(LASTS).ok(),
            body,
        };
        let kept = self.directory().keep(&kept).await;
        kept.map_err(|error| failed(&error))?;
        Ok(key)
    }

    /// Of the visitor alone: what somebody else prepares is not there.
    pub(super) async fn own_prepared(
        &self,
        visitor: &Visitor,
        id: Option<&str>,
    ) -> Result<Vec<Prepared>, SourceError> {
        let Ok(person) = visitor.person.parse::<PersonId>() else {
            return Ok(Vec::new());
        };
        let held = self.directory().of(Drawer::Batch, &person).await;
        let held = held.map_err(|error| failed(&error))?.into_iter();
        Ok(held
            .filter(|kept| id.is_none_or(|id| kept.key == id))
            .map(|kept| Prepared {
                id: kept.key,
                body: kept.body,
            })
            .collect())
    }

    pub(super) async fn claim_prepared(
        &self,
        visitor: &Visitor,
        id: &str,
    ) -> Result<bool, SourceError> {
        let kept = Kept {
            drawer: Drawer::Ceremony,
            key: format!("list/{id}"),
            person: visitor.person.parse().ok(),
            until: now().saturating_add(LASTS).ok(),
            body: "{}".to_owned(),
        };
        let first = self.directory().claim(&kept).await;
        first.map_err(|error| failed(&error))
    }

    pub(super) async fn forget_who_never_came(&self, person: &str) -> Result<(), SourceError> {
        let Ok(id) = person.parse::<PersonId>() else {
            return Ok(());
        };
        let come_in = self.entrance.has_come_in(&id).await;
        let sits = !self.registrar.seats_of(person).is_empty();
        if sits || come_in.map_err(|error| failed(&error))? {
            return Ok(());
        }
        let forgotten = self.directory().forget(&id).await;
        forgotten.map(drop).map_err(|error| failed(&error))
    }
}
