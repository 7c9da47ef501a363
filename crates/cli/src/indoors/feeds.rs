//! The secret addresses of a person's calendars. Only the hash of a token is kept.

use comity_directory::{Drawer, Kept, PersonId};
use comity_entrance::Token;
use comity_view::{Inside, Language};
use comity_web::SourceError;
use comity_web::inside::{Visitor, Whose};
use serde::{Deserialize, Serialize};

use super::{House, failed, fresh_token};

/// Of which body it is; the person's own without one.
#[derive(Serialize, Deserialize)]
struct Body {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

fn whose(kept: &Kept) -> Option<Whose> {
    let Body { body } = serde_json::from_str(&kept.body).ok()?;
    Some(body.map_or(Whose::Own, Whose::Body))
}

impl House {
    /// The addresses by their keys.
    pub(super) async fn feeds_of(
        &self,
        visitor: &Visitor,
    ) -> Result<Vec<(String, Whose)>, SourceError> {
        let Ok(person) = visitor.person.parse::<PersonId>() else {
            return Ok(Vec::new());
        };
        let found = self.directory().of(Drawer::Feed, &person).await;
        let found = found.map_err(|error| failed(&error))?;
        let known = found.into_iter();
        Ok(known
            .filter_map(|kept| Some((kept.key.clone(), whose(&kept)?)))
            .collect())
    }

    pub(super) async fn new_feed(
        &self,
        visitor: &Visitor,
        whose: &Whose,
    ) -> Result<String, SourceError> {
        self.no_feed(visitor, whose).await?;
        let body = match whose {
            Whose::Own => None,
            Whose::Body(body) => Some(body.clone()),
        };
        let token = fresh_token();
        let kept = Kept {
            drawer: Drawer::Feed,
            key: token.key(),
            person: visitor.person.parse().ok(),
            until: None,
            body: serde_json::to_string(&Body { body }).expect("texts are written"),
        };
        let kept = self.directory().keep(&kept).await;
        kept.map_err(|error| failed(&error))?;
        Ok(token.as_str().to_owned())
    }

    pub(super) async fn no_feed(
        &self,
        visitor: &Visitor,
        whose: &Whose,
    ) -> Result<(), SourceError> {
        let all = self.feeds_of(visitor).await?.into_iter();
        for (key, _) in all.filter(|(_, known)| known == whose) {
            let taken = self.directory().take(Drawer::Feed, &key).await;
            taken.map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    pub(super) async fn behind_feed(
        &self,
        token: &str,
        language: Language,
    ) -> Result<Option<(Whose, Vec<Inside>)>, SourceError> {
        let Some(token) = Token::read(token) else {
            return Ok(None);
        };
        let found = self.directory().look(Drawer::Feed, &token.key()).await;
        let found = found.map_err(|error| failed(&error))?;
        let Some((person, whose)) = found.and_then(|kept| Some((kept.person?, whose(&kept)?)))
        else {
            return Ok(None);
        };
        let seats = self.registrar.seats_of(person.as_str()).into_iter();
        let inside = seats.filter_map(|filled| self.registrar.inside(filled, language));
        Ok(Some((whose, inside.collect())))
    }
}
