//! Acts of the Presidency that are prepared and wait to be released: rows of the directory, never acts.

use comity_directory::{Drawer, Kept};
use comity_web::SourceError;
use comity_web::inside::{Draft, NotDone, Visitor};
use serde::{Deserialize, Serialize};

use super::{House, chance, failed, now};

/// How long one is kept at most.
const LASTS: jiff::SignedDuration = jiff::SignedDuration::from_hours(400 * 24);

/// How many wait at once for one Presidency.
const MOST: usize = 200;

/// The longest draft, in bytes: that of a form.
const LONGEST: usize = 256 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    /// The consultation that it is about; absent for a new one.
    about: Option<String>,
    fields: Vec<(String, String)>,
    at: jiff::Timestamp,
    /// Who wrote it, but for the last one, who is named beside it.
    #[serde(default)]
    people: Vec<String>,
}

/// What a Presidency prepares is its own, what the Secretariat prepares goes over to the next. No id of an act holds a full stop,
/// so that no workroom of a delegation lies here.
fn place(shelf: &str) -> String {
    format!("draft.{shelf}/")
}

impl House {
    pub(super) async fn drafts_on(&self, shelf: &str) -> Result<Vec<Draft>, SourceError> {
        let place = place(shelf);
        let contents = self
            .directory()
            .contents(Drawer::Workroom, Some(&place), MOST);
        let contents = contents.await.map_err(|error| failed(&error))?;
        let mut found = Vec::new();
        for kept in contents
            .iter()
            .take_while(|kept| kept.key.starts_with(&place))
        {
            let Ok(body) = serde_json::from_str::<Body>(&kept.body) else {
                continue;
            };
            let name = match &kept.person {
                Some(person) => {
                    let person = self.directory().get(person).await;
                    let person = person.map_err(|error| failed(&error))?;
                    person.map(|person| person.name)
                }
                None => None,
            };
            found.push(Draft {
                key: kept.key.clone(),
                about: body.about,
                shelf: shelf.to_owned(),
                people: body
                    .people
                    .into_iter()
                    .chain(kept.person.as_ref().map(ToString::to_string))
                    .collect(),
                name: name.unwrap_or_default(),
                at: body.at,
                fields: body.fields,
            });
        }
        Ok(found)
    }

    /// Keeps a draft, in the place of the one under a key where one is named and still there.
    pub(super) async fn draft(
        &self,
        visitor: &Visitor,
        shelf: &str,
        draft: Draft,
    ) -> Result<Result<String, NotDone>, SourceError> {
        let place = place(shelf);
        let known = self.drafts_on(shelf).await?;
        let replaced = known.iter().find(|known| known.key == draft.key);
        if replaced.is_none() && known.len() >= MOST {
            return Ok(Err(NotDone::new(NotDone::TOO_MANY_DRAFTS)));
        }
        let at = self.registrar.now();
        let key = replaced.map_or_else(
            || {
                let random: [u8; 4] = chance();
                format!("{place}{:015}-{}", at.as_millisecond(), hex::encode(random))
            },
            |known| known.key.clone(),
        );
        let mut people = replaced.map_or_else(Vec::new, |known| known.people.clone());
        people.retain(|person| *person != visitor.person);
        people.dedup();
        let body = Body {
            about: draft.about,
            fields: draft.fields,
            at,
            people,
        };
        let body = serde_json::to_string(&body).expect("texts are written");
        if body.len() > LONGEST {
            return Ok(Err(NotDone::new("E-0830")));
        }
        let kept = Kept {
            drawer: Drawer::Workroom,
            key: key.clone(),
            person: visitor.person.parse().ok(),
            until: now().saturating_add(LASTS).ok(),
            body,
        };
        let done = self.directory().keep(&kept).await;
        done.map_err(|error| failed(&error))?;
        Ok(Ok(key))
    }

    pub(super) async fn no_draft(&self, shelf: &str, key: &str) -> Result<(), SourceError> {
        if !key.starts_with(&place(shelf)) {
            return Ok(());
        }
        let taken = self.directory().take(Drawer::Workroom, key).await;
        taken.map(drop).map_err(|error| failed(&error))
    }
}
