//! The secret address of a person's calendar. Only the hash of its token is kept.

use comity_directory::{Drawer, Kept, PersonId};
use comity_entrance::Token;
use comity_view::{Inside, Language};
use comity_web::SourceError;
use comity_web::inside::Visitor;

use super::{House, failed, fresh_token};

impl House {
    pub(super) async fn feeds_of(&self, visitor: &Visitor) -> Result<Vec<Kept>, SourceError> {
        let Ok(person) = visitor.person.parse::<PersonId>() else {
            return Ok(Vec::new());
        };
        let found = self.directory().of(Drawer::Feed, &person).await;
        found.map_err(|error| failed(&error))
    }

    pub(super) async fn new_feed(&self, visitor: &Visitor) -> Result<String, SourceError> {
        self.no_feed(visitor).await?;
        let token = fresh_token();
        let kept = Kept {
            drawer: Drawer::Feed,
            key: token.key(),
            person: visitor.person.parse().ok(),
            until: None,
            body: "{}".to_owned(),
        };
        let kept = self.directory().keep(&kept).await;
        kept.map_err(|error| failed(&error))?;
        Ok(token.as_str().to_owned())
    }

    pub(super) async fn no_feed(&self, visitor: &Visitor) -> Result<(), SourceError> {
        for kept in self.feeds_of(visitor).await? {
            let taken = self.directory().take(Drawer::Feed, &kept.key).await;
            taken.map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    pub(super) async fn behind_feed(
        &self,
        token: &str,
        language: Language,
    ) -> Result<Option<Vec<Inside>>, SourceError> {
        let Some(token) = Token::read(token) else {
            return Ok(None);
        };
        let found = self.directory().look(Drawer::Feed, &token.key()).await;
        let found = found.map_err(|error| failed(&error))?;
        let Some(person) = found.and_then(|kept| kept.person) else {
            return Ok(None);
        };
        let seats = self.registrar.seats_of(person.as_str()).into_iter();
        let inside = seats.filter_map(|filled| self.registrar.inside(filled, language));
        Ok(Some(inside.collect()))
    }
}
