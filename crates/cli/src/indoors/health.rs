//! How the program is, for the console: what a node can see of itself while it serves.

use std::collections::BTreeSet;

use comity_directory::Drawer;
use comity_registrar::{Standing, Timestamp};
use comity_web::SourceError;
use comity_web::inside::{Health, HealthLine};
use serde::{Deserialize, Serialize};

use super::{House, failed};

/// Where the last backup is noted, in [`Drawer::Mark`].
pub const BACKUP: &str = "backup";

/// A backup that was made.
#[derive(Debug, Serialize, Deserialize)]
pub struct BackedUp {
    pub at: Timestamp,
    /// How many acts it holds.
    pub acts: u64,
}

impl House {
    pub(super) async fn how_it_is(&self) -> Result<Health, SourceError> {
        let state = self.registrar.state();
        let mark = self.directory().look(Drawer::Mark, BACKUP).await;
        let mut lines = vec![
            self.of_register(),
            match &mark {
                Ok(_) => line("directory", true, "it answers"),
                Err(error) => line("directory", false, &error.to_string()),
            },
            self.of_keys(),
            self.of_people().await?,
        ];
        lines.push(line(
            "passwords",
            self.passwords.is_some(),
            if self.passwords.is_some() {
                "the key of second factors is there"
            } else {
                "no key of second factors: nobody signs in with a password"
            },
        ));
        lines.push(line(
            "passkeys",
            self.passkeys.is_some(),
            if self.passkeys.is_some() {
                "the site's address can have them"
            } else {
                "no public address over TLS is given (`--public-url`)"
            },
        ));
        lines.extend(self.of_letters().await?);
        if let Some(papers) = &self.papers {
            lines.push(match papers.check().await {
                Ok(()) => line("papers", true, "written and read back"),
                Err(error) => line("papers", false, &error.to_string()),
            });
        }
        let backup = mark.ok().flatten();
        let backup = backup.and_then(|kept| serde_json::from_str::<BackedUp>(&kept.body).ok());
        Ok(Health {
            lines,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            acts: state.head().size,
            last_act_at: state.conference.last_at,
            backup: backup.map(|backup| (backup.at, backup.acts)),
        })
    }

    fn of_register(&self) -> HealthLine {
        let standing = self.registrar.standing();
        let well = standing == Standing::Following;
        let hint = standing.hint().map(|hint| format!("; {hint}"));
        line(
            "register",
            well,
            &format!("{standing}{}", hint.unwrap_or_default()),
        )
    }

    fn of_keys(&self) -> HealthLine {
        let checkpoint = self.registrar.public_checkpoint();
        let signed = checkpoint.is_ok_and(|checkpoint| self.registrar.sign(&checkpoint).is_some());
        line(
            "keys",
            signed,
            if signed {
                "checkpoints are signed"
            } else {
                "no key signs checkpoints (`--keys`)"
            },
        )
    }

    /// How many people sit somewhere, and how many of them never came in.
    async fn of_people(&self) -> Result<HealthLine, SourceError> {
        let state = self.registrar.state();
        let held = state.conference.held_seats(self.registrar.now());
        let people: BTreeSet<String> = held
            .map(|(_, holding)| holding.filled.person.to_string())
            .collect();
        let mut waited_for = 0;
        for person in &people {
            let Ok(person) = person.parse() else { continue };
            let come_in = self.entrance.has_come_in(&person).await;
            waited_for += usize::from(!come_in.map_err(|error| failed(&error))?);
        }
        let found = format!(
            "{} people sit somewhere, {waited_for} have not come in",
            people.len()
        );
        Ok(line("people", true, &found))
    }

    async fn of_letters(&self) -> Result<Option<HealthLine>, SourceError> {
        let Some(letters) = self.all_letters().await? else {
            return Ok(None);
        };
        let found = format!(
            "{} waiting, {} returned, sending is {}",
            letters.waiting,
            letters.returned,
            if letters.open { "open" } else { "closed" }
        );
        Ok(Some(line("letters", letters.returned == 0, &found)))
    }
}

fn line(what: &'static str, well: bool, found: &str) -> HealthLine {
    HealthLine {
        what,
        well,
        found: found.to_owned(),
    }
}
