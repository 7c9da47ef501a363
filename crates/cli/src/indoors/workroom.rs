//! What a delegation says among itself of a consultation: rows of the directory, never acts, gone when taken back.

use comity_directory::{Drawer, Kept, PersonId};
use comity_web::SourceError;
use comity_web::inside::{InWorkroom, NotDone, Remark, Visitor, Workroom};
use serde::{Deserialize, Serialize};

use super::{House, chance, failed, now};

/// How long it is kept at most.
const LASTS: jiff::SignedDuration = jiff::SignedDuration::from_hours(400 * 24);

/// How many remarks are shown.
const SHOWN: usize = 500;

/// The longest that is said at once, in characters.
const LONGEST: usize = 4_000;

#[derive(Serialize, Deserialize)]
struct Said {
    text: String,
    at: jiff::Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Until {
    until: jiff::civil::Date,
}

fn room(consultation: &str, party: &str) -> String {
    format!("{consultation}/{party}/")
}

/// Before every remark, whose keys begin with a digit.
fn until_key(room: &str) -> String {
    format!("{room}!until")
}

impl House {
    pub(super) async fn workroom_of(
        &self,
        visitor: &Visitor,
        consultation: &str,
        party: &str,
    ) -> Result<Workroom, SourceError> {
        let room = room(consultation, party);
        let contents = self
            .directory()
            .contents(Drawer::Workroom, Some(&room), SHOWN + 1);
        let contents = contents.await.map_err(|error| failed(&error))?;
        let mut found = Workroom::default();
        for kept in contents
            .iter()
            .take_while(|kept| kept.key.starts_with(&room))
        {
            if kept.key == until_key(&room) {
                let until = serde_json::from_str::<Until>(&kept.body).ok();
                found.until = until.map(|until| until.until);
                continue;
            }
            let Ok(Said { text, at }) = serde_json::from_str(&kept.body) else {
                continue;
            };
            let name = match &kept.person {
                Some(person) => {
                    let person = self.directory().get(person).await;
                    person
                        .map_err(|error| failed(&error))?
                        .map(|person| person.name)
                }
                None => None,
            };
            found.remarks.push(Remark {
                key: kept.key.clone(),
                name: name.unwrap_or_default(),
                text,
                at,
                own: is_of(kept, visitor),
            });
        }
        Ok(found)
    }

    pub(super) async fn work(
        &self,
        visitor: &Visitor,
        consultation: &str,
        party: &str,
        what: InWorkroom,
    ) -> Result<Result<(), NotDone>, SourceError> {
        let room = room(consultation, party);
        let kept = |key: String, body: serde_json::Result<String>| Kept {
            drawer: Drawer::Workroom,
            key,
            person: visitor.person.parse::<PersonId>().ok(),
            until: now().saturating_add(LASTS).ok(),
            body: body.expect("texts and dates are written"),
        };
        match what {
            InWorkroom::Say(text) => {
                let text = text.trim().replace("\r\n", "\n");
                let control = |letter: char| letter.is_control() && letter != '\n';
                if text.is_empty() || text.chars().any(control) {
                    return Ok(Err(NotDone::new("E-0829")));
                }
                if text.chars().count() > LONGEST {
                    return Ok(Err(NotDone::new("E-0830")));
                }
                // By the conference's clock, as all that a page says of a consultation.
                let at = self.registrar.now();
                let random: [u8; 4] = chance();
                let key = format!("{room}{:015}-{}", at.as_millisecond(), hex::encode(random));
                let said = Said { text, at };
                let kept = kept(key, serde_json::to_string(&said));
                self.directory()
                    .keep(&kept)
                    .await
                    .map_err(|error| failed(&error))?;
            }
            InWorkroom::TakeBack(key) => {
                let found = self.directory().look(Drawer::Workroom, &key).await;
                let found = found.map_err(|error| failed(&error))?;
                let own = found.is_some_and(|kept| key.starts_with(&room) && is_of(&kept, visitor));
                if !own {
                    return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
                }
                let taken = self.directory().take(Drawer::Workroom, &key).await;
                taken.map_err(|error| failed(&error))?;
            }
            InWorkroom::Until(None) => {
                let taken = self
                    .directory()
                    .take(Drawer::Workroom, &until_key(&room))
                    .await;
                taken.map_err(|error| failed(&error))?;
            }
            InWorkroom::Until(Some(day)) => {
                let Ok(until) = day.parse() else {
                    return Ok(Err(NotDone::new(NotDone::NO_DAY)));
                };
                let kept = kept(until_key(&room), serde_json::to_string(&Until { until }));
                self.directory()
                    .keep(&kept)
                    .await
                    .map_err(|error| failed(&error))?;
            }
        }
        Ok(Ok(()))
    }
}

fn is_of(kept: &Kept, visitor: &Visitor) -> bool {
    kept.person
        .is_some_and(|person| person.as_str() == visitor.person)
}
