//! Passkeys in the drawer of credentials.

use comity_directory::{Drawer, Kept, PersonId};
use comity_passkeys::Begun;
use comity_registrar::Timestamp;
use comity_web::SourceError;
use comity_web::inside::Ceremony;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{House, failed, fresh_token, now};

/// A passkey as the directory keeps it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldPasskey {
    pub passkey: String,
    pub agent: String,
    pub made_at: Timestamp,
}

pub fn passkey(body: &str) -> Option<HeldPasskey> {
    serde_json::from_str(body).ok()
}

/// What stands for a person on their devices: it tells nothing of who they are.
pub fn handle(person: &PersonId) -> [u8; 16] {
    let digest = Sha256::digest(person.as_str());
    let mut handle = [0; 16];
    handle.copy_from_slice(&digest[..16]);
    handle
}

impl House {
    pub async fn ceremony(
        &self,
        person: Option<PersonId>,
        begun: Begun,
    ) -> Result<Ceremony, SourceError> {
        let token = fresh_token();
        let kept = self
            .entrance
            .begin_ceremony(&token, person, &begun.state, now())
            .await;
        kept.map_err(|error| failed(&error))?;
        Ok(Ceremony {
            token: token.as_str().to_owned(),
            options: begun.options,
        })
    }

    /// The passkeys of a person, by their ids.
    pub async fn credentials(
        &self,
        person: &PersonId,
    ) -> Result<Vec<(String, HeldPasskey)>, SourceError> {
        let held = self.directory().of(Drawer::Credential, person).await;
        let held = held.map_err(|error| failed(&error))?.into_iter();
        Ok(held
            .filter_map(|kept| Some((kept.key, passkey(&kept.body)?)))
            .collect())
    }

    pub async fn keep_passkey(
        &self,
        person: PersonId,
        id: &str,
        held: &HeldPasskey,
    ) -> Result<(), SourceError> {
        let kept = Kept {
            drawer: Drawer::Credential,
            key: id.to_owned(),
            person: Some(person),
            until: None,
            body: serde_json::to_string(held).map_err(|error| failed(&error))?,
        };
        self.directory()
            .keep(&kept)
            .await
            .map_err(|error| failed(&error))
    }
}
