//! Passwords in the drawer of credentials.

use std::sync::Arc;

use comity_directory::{Drawer, Kept, PersonId};
use comity_entrance::{Means, Token};
use comity_passwords::{Chances, NotSet, OFFER_LASTS, Passwords, RECOVERY_CODES, summary};
use comity_registrar::Timestamp;
use comity_web::SourceError;
use comity_web::inside::{Entered, Given, NotDone, NotLetIn, PasswordRow, Seed, Visitor};
use tokio::sync::Semaphore;

use super::{House, chance, failed, fresh_token, now};

/// How many hashes are made at once: each takes a processor and 19 MiB.
const AT_ONCE: usize = 2;

/// Passwords, and a place in the line for each that is hashed.
#[derive(Debug)]
pub struct Vault {
    passwords: Arc<Passwords>,
    line: Semaphore,
}

impl Vault {
    pub fn new(passwords: Passwords) -> Self {
        Self {
            passwords: Arc::new(passwords),
            line: Semaphore::new(AT_ONCE),
        }
    }

    /// Does what takes long beside the answers that do not.
    async fn slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Passwords) -> T + Send + 'static,
    ) -> Result<T, SourceError> {
        let _place = self.line.acquire().await.map_err(|error| failed(&error))?;
        let passwords = Arc::clone(&self.passwords);
        let done = tokio::task::spawn_blocking(move || work(&passwords)).await;
        done.map_err(|error| failed(&error))
    }
}

/// Under which key a person's password is kept.
fn place(person: &PersonId) -> String {
    format!("password/{person}")
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or_default()
}

impl House {
    /// What is kept of a person's password.
    async fn held_password(&self, person: &PersonId) -> Result<Option<String>, SourceError> {
        let kept = self
            .directory()
            .look(Drawer::Credential, &place(person))
            .await;
        Ok(kept.map_err(|error| failed(&error))?.map(|kept| kept.body))
    }

    async fn hold_password(&self, person: PersonId, body: String) -> Result<(), SourceError> {
        let kept = Kept {
            drawer: Drawer::Credential,
            key: place(&person),
            person: Some(person),
            until: None,
            body,
        };
        let kept = self.directory().keep(&kept).await;
        kept.map_err(|error| failed(&error))
    }

    pub(super) async fn own_password(
        &self,
        visitor: &Visitor,
    ) -> Result<Option<PasswordRow>, SourceError> {
        let Ok(person) = visitor.person.parse() else {
            return Ok(None);
        };
        let summary = self
            .held_password(&person)
            .await?
            .as_deref()
            .and_then(summary);
        Ok(summary.map(|summary| PasswordRow {
            made_at: Timestamp::from_second(summary.made_at.cast_signed()).unwrap_or_default(),
            recovery_left: summary.recovery_left,
        }))
    }

    pub(super) fn seed_for(&self, visitor: &Visitor, before: Option<&str>) -> Option<Seed> {
        let passwords = &self.passwords.as_ref()?.passwords;
        let account = visitor.card.email.as_deref().unwrap_or(&visitor.card.name);
        let (person, at) = (visitor.person.as_str(), seconds(now()));
        let offer = before
            .and_then(|sealed| passwords.again(person, account, sealed, at))
            .unwrap_or_else(|| passwords.offer(person, account, chance(), chance(), at));
        Some(Seed {
            sealed: offer.sealed,
            secret: offer.secret,
            address: offer.address,
            picture: offer.picture,
        })
    }

    pub(super) async fn keep_password(
        &self,
        visitor: &Visitor,
        sealed: &str,
        password: &str,
        code: &str,
    ) -> Result<Result<Vec<String>, NotDone>, SourceError> {
        let (Some(vault), Ok(id)) = (&self.passwords, visitor.person.parse::<PersonId>()) else {
            return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
        };
        // Whoever finds a browser open must not leave a password of theirs in it.
        if !visitor.proven {
            return Ok(Err(NotDone::new(NotDone::PROVE_AGAIN)));
        }
        let Some(email) = visitor.card.email.clone() else {
            return Ok(Err(NotDone::new(NotDone::NO_ADDRESS)));
        };
        // Two with one address could not be told apart at the door.
        let others = self.passwords_of(&email).await?;
        if others.iter().any(|(other, _)| *other != id) {
            return Ok(Err(NotDone::new(NotDone::ADDRESS_SHARED)));
        }
        let (person, name) = (visitor.person.clone(), visitor.card.name.clone());
        let (sealed, password) = (sealed.to_owned(), password.to_owned());
        let code = code.to_owned();
        let mut recovery = [[0; 10]; RECOVERY_CODES];
        recovery.fill_with(chance);
        let chances = Chances {
            salt: chance(),
            nonce: chance(),
            recovery,
        };
        let set = vault
            .slowly(move |passwords| {
                let about = [name.as_str(), email.as_str()];
                let given = (sealed.as_str(), code.as_str());
                passwords.set(&person, &password, &about, given, &chances, seconds(now()))
            })
            .await?;
        match set {
            Ok(set) => {
                self.hold_password(id, set.body).await?;
                Ok(Ok(set.recovery))
            }
            Err(not_set) => Ok(Err(NotDone::new(match not_set {
                NotSet::Short => "password-short",
                NotSet::Long => "password-long",
                NotSet::Weak => "password-weak",
                NotSet::Code => "password-code",
                NotSet::Stale => "password-stale",
            }))),
        }
    }

    pub(super) async fn throw_password_away(&self, visitor: &Visitor) -> Result<(), SourceError> {
        if let Ok(person) = visitor.person.parse() {
            let taken = self
                .directory()
                .take(Drawer::Credential, &place(&person))
                .await;
            taken.map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    /// Who may sign in with an address and a password. Several where one wrote another's address into their own data: none
    /// of them keeps another out.
    async fn passwords_of(&self, email: &str) -> Result<Vec<(PersonId, String)>, SourceError> {
        let mut found = Vec::new();
        let people = self.directory().by_email(email).await;
        for person in people.map_err(|error| failed(&error))? {
            if let Some(body) = self.held_password(&person.id).await? {
                found.push((person.id, body));
            }
        }
        Ok(found)
    }

    pub(super) async fn let_in_by_password(
        &self,
        visitor: Option<&Visitor>,
        given: &Given,
        device: Option<&str>,
        agent: &str,
    ) -> Result<Result<Entered, NotLetIn>, SourceError> {
        let Some(vault) = &self.passwords else {
            return Ok(Err(NotLetIn::NotRight));
        };
        let found = self.passwords_of(&given.email).await?;
        let device = device.and_then(Token::read);
        let mut known = false;
        if let Some(device) = &device {
            for (person, _) in &found {
                let remembered = self.entrance.remembers(person, device, now()).await;
                known |= remembered.map_err(|error| failed(&error))?;
            }
        }
        // A browser that is known has attempts of its own: nobody can use up those of a country from elsewhere.
        let tries = known.then_some(device.as_ref()).flatten();
        if !self
            .limits
            .admits_password(&given.email, tries.map(Token::as_str))
        {
            return Ok(Err(NotLetIn::TooOften));
        }
        let (password, code) = (given.password.clone(), given.code.clone());
        if found.is_empty() {
            vault
                .slowly(move |passwords| passwords.waste(&password))
                .await?;
            return Ok(Err(NotLetIn::NotRight));
        }
        let right = vault
            .slowly(move |passwords| {
                found.into_iter().find_map(|(person, body)| {
                    let given = (password.as_str(), code.as_str());
                    let right = passwords.check(person.as_str(), &body, given, seconds(now()))?;
                    Some((person, right))
                })
            })
            .await?;
        let Some((id, right)) = right else {
            return Ok(Err(NotLetIn::NotRight));
        };
        if !self.is_first(id, &right.once).await? {
            return Ok(Err(NotLetIn::NotRight));
        }
        self.hold_password(id, right.body).await?;
        let own = visitor.filter(|visitor| visitor.person == id.as_str());
        let Some(session) = self.let_in(own, id, Means::Password, agent).await? else {
            return Ok(Err(NotLetIn::NotRight));
        };
        let mut entered = Entered {
            session,
            device: None,
        };
        if !known {
            let device = fresh_token();
            let kept = self.entrance.remember(id, &device, now()).await;
            kept.map_err(|error| failed(&error))?;
            entered.device = Some(device.as_str().to_owned());
        }
        Ok(Ok(entered))
    }

    /// Whether nobody used this code before, also at the same moment on another node.
    async fn is_first(&self, person: PersonId, once: &str) -> Result<bool, SourceError> {
        let lasts = jiff::SignedDuration::from_secs(OFFER_LASTS.cast_signed());
        let kept = Kept {
            drawer: Drawer::Ceremony,
            key: once.to_owned(),
            person: Some(person),
            // A code of a telephone is over by itself; one of recovery never is.
            until: (!once.starts_with("recovery/"))
                .then(|| now().saturating_add(lasts).ok())
                .flatten(),
            body: "{}".to_owned(),
        };
        let first = self.directory().claim(&kept).await;
        first.map_err(|error| failed(&error))
    }
}
