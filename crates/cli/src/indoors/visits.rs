//! How far somebody had read when they were here last.

use comity_directory::{Drawer, Kept, PersonId};
use comity_registrar::Timestamp;
use comity_web::SourceError;
use comity_web::inside::Visitor;
use serde::{Deserialize, Serialize};

use super::{House, failed, now};

/// What is kept of a person's visits: how many acts there were, never which pages they looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Visit {
    /// When the visit began of which `acts` is the end.
    begun_at: Timestamp,
    /// How many acts there were when it was noted last.
    acts: u64,
    /// How many there were at the end of the visit before; absent on the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<u64>,
}

impl Visit {
    /// The same after another look, in a visit that began then.
    fn noted(before: Option<Self>, begun_at: Timestamp, acts: u64) -> Self {
        let before = match before {
            None => None,
            Some(visit) if visit.begun_at == begun_at => visit.before,
            Some(visit) => Some(visit.acts),
        };
        Self {
            begun_at,
            acts,
            before,
        }
    }
}

/// An address at which somebody was reached: a link that was sent there let them in.
#[derive(Debug, Serialize, Deserialize)]
struct Reached {
    address: String,
    at: Timestamp,
}

fn reached(person: &PersonId) -> String {
    format!("reached/{person}")
}

impl House {
    pub(super) async fn note_reached(
        &self,
        person: PersonId,
        address: &str,
    ) -> Result<(), SourceError> {
        let body = Reached {
            address: address.to_owned(),
            at: now(),
        };
        let kept = Kept {
            drawer: Drawer::Mark,
            key: reached(&person),
            person: Some(person),
            until: None,
            body: serde_json::to_string(&body).map_err(|error| failed(&error))?,
        };
        let done = self.directory().keep(&kept).await;
        done.map_err(|error| failed(&error))
    }

    /// When somebody was last reached at an address.
    pub(super) async fn reached_at(
        &self,
        person: &PersonId,
        address: &str,
    ) -> Result<Option<Timestamp>, SourceError> {
        let kept = self.directory().look(Drawer::Mark, &reached(person)).await;
        let kept = kept.map_err(|error| failed(&error))?;
        let found = kept.and_then(|kept| serde_json::from_str::<Reached>(&kept.body).ok());
        // At another address since they were not.
        let same = found.filter(|found| found.address.eq_ignore_ascii_case(address));
        Ok(same.map(|found| found.at))
    }

    pub(super) async fn note_visit(
        &self,
        visitor: &Visitor,
        acts: u64,
    ) -> Result<Option<u64>, SourceError> {
        let Ok(person) = visitor.person.parse::<PersonId>() else {
            return Ok(None);
        };
        let kept = self.directory().look(Drawer::Visit, person.as_str()).await;
        let kept = kept.map_err(|error| failed(&error))?;
        // What an earlier program wrote otherwise is no visit.
        let last = kept.and_then(|kept| serde_json::from_str::<Visit>(&kept.body).ok());
        let visit = Visit::noted(last.clone(), visitor.begun_at, acts);
        if last.as_ref() != Some(&visit) {
            let body = serde_json::to_string(&visit).map_err(|error| failed(&error))?;
            let kept = Kept {
                drawer: Drawer::Visit,
                key: person.to_string(),
                person: Some(person),
                until: None,
                body,
            };
            let done = self.directory().keep(&kept).await;
            done.map_err(|error| failed(&error))?;
        }
        Ok(visit.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_begins_where_the_one_before_ended() {
        let at = |second| Timestamp::from_second(second).expect("an instant");
        let first = Visit::noted(None, at(1), 10);
        assert_eq!(first.before, None);
        let still = Visit::noted(Some(first), at(1), 12);
        assert_eq!((still.before, still.acts), (None, 12));
        let second = Visit::noted(Some(still), at(2), 15);
        assert_eq!(second.before, Some(12));
        let still = Visit::noted(Some(second), at(2), 18);
        assert_eq!(still.before, Some(12));
        assert_eq!(Visit::noted(Some(still), at(3), 18).before, Some(18));
    }
}
