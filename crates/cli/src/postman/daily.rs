//! The letter of a day: put in once its hour has come, and written of the letters that it names.

use std::collections::BTreeMap;

use comity_directory::{Person, PersonId};
use comity_post::words::{Written, daily};
use comity_post::{Lot, Notice, gathered};
use comity_registrar::Timestamp;
use comity_web::inside::Place;

use super::Postman;
use super::writing::zone_of;

impl Postman {
    /// Puts in the letter of the day for whoever chose one and has something that waits for it. Answers with those that are
    /// new.
    pub async fn gather(&self, waiting: &[Notice], now: Timestamp) -> anyhow::Result<Vec<Notice>> {
        let mut waits: BTreeMap<PersonId, Vec<Notice>> = BTreeMap::new();
        for notice in waiting {
            if notice.about.may_wait() && self.outbox.lot(notice).await? == Lot::Waits {
                let own = waits.entry(notice.person).or_default();
                own.push(notice.clone());
            }
        }
        let mut new = Vec::new();
        for (id, notices) in waits {
            let Some(person) = self.directory.get(&id).await? else {
                continue;
            };
            let Some(letter) = gathered(&notices, &zone_of(&person), now) else {
                continue;
            };
            if self.outbox.put(&letter).await? {
                new.push(letter);
            }
        }
        Ok(new)
    }

    /// What of these letters there still is to say; nothing where there is nothing.
    pub(super) async fn write_daily(
        &self,
        keys: &[String],
        person: &Person,
        now: Timestamp,
    ) -> anyhow::Result<Option<Written>> {
        let Some(conference) = self.conference(person) else {
            return Ok(None);
        };
        let mut letters = Vec::new();
        for key in keys {
            // One that has gone by itself, or is not to go any more, is not said again.
            let held = self.outbox.named(key).await?;
            let Some(held) = held.filter(|held| !held.is_settled()) else {
                continue;
            };
            if let Some((written, _)) = self.write_one(&held, person, now).await? {
                letters.push(written);
            }
        }
        if letters.is_empty() {
            return Ok(None);
        }
        let zone = zone_of(person);
        let day = zone.to_datetime(now).date();
        let account = self.address_of(&Place::Account, person);
        let to = self.to(&conference, person, &zone);
        Ok(Some(daily(&to, day, &letters, &account)))
    }
}
