//! What somebody signs in with.

use comity_directory::{Drawer, PersonId};
use comity_entrance::{Means, Token};
use comity_web::Answering;
use comity_web::inside::{
    Ceremony, Entered, Given, Keys, NotDone, NotLetIn, PasskeyRow, PasswordRow, Seed, Visitor,
};

use super::passkeys::{HeldPasskey, handle, passkey};
use super::{House, agent_of, failed, now};

impl Keys for House {
    fn has_passkeys(&self) -> bool {
        self.passkeys.is_some()
    }

    fn begin_making<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Option<Ceremony>> {
        Box::pin(async move {
            let id = visitor.person.parse::<PersonId>().ok();
            let (Some(passkeys), Some(id)) = (&self.passkeys, id) else {
                return Ok(None);
            };
            let held = self.credentials(&id).await?;
            let held: Vec<String> = held.into_iter().map(|(_, held)| held.passkey).collect();
            let begun = passkeys.begin_making(handle(&id), &visitor.card.name, &held);
            let begun = begun.map_err(|error| failed(&error))?;
            self.ceremony(Some(id), begun).await.map(Some)
        })
    }

    fn finish_making<'a>(
        &'a self,
        visitor: &'a Visitor,
        ceremony: &'a str,
        answer: &'a str,
        agent: &'a str,
    ) -> Answering<'a, bool> {
        Box::pin(async move {
            let (Some(passkeys), Some(token)) = (&self.passkeys, Token::read(ceremony)) else {
                return Ok(false);
            };
            let begun = self.entrance.end_ceremony(&token, now()).await;
            let begun = begun.map_err(|error| failed(&error))?;
            // Of somebody, and of whoever answers.
            let own = begun.filter(|(person, _)| {
                person.is_some_and(|person| person.as_str() == visitor.person)
            });
            let Some((Some(person), state)) = own else {
                return Ok(false);
            };
            let Ok(made) = passkeys.finish_making(&state, answer) else {
                return Ok(false);
            };
            let known = self.directory().look(Drawer::Credential, &made.id).await;
            if known.map_err(|error| failed(&error))?.is_some() {
                return Ok(false);
            }
            let held = HeldPasskey {
                passkey: made.body,
                agent: agent_of(agent),
                made_at: now(),
            };
            self.keep_passkey(person, &made.id, &held).await?;
            Ok(true)
        })
    }

    fn begin_showing(&self) -> Answering<'_, Option<Ceremony>> {
        Box::pin(async move {
            let Some(passkeys) = &self.passkeys else {
                return Ok(None);
            };
            let begun = passkeys.begin_showing().map_err(|error| failed(&error))?;
            self.ceremony(None, begun).await.map(Some)
        })
    }

    fn finish_showing<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        ceremony: &'a str,
        answer: &'a str,
        agent: &'a str,
    ) -> Answering<'a, Option<String>> {
        Box::pin(async move {
            let (Some(passkeys), Some(token)) = (&self.passkeys, Token::read(ceremony)) else {
                return Ok(None);
            };
            let begun = self.entrance.end_ceremony(&token, now()).await;
            let begun = begun.map_err(|error| failed(&error))?;
            let (Some((None, state)), Ok(id)) = (begun, passkeys.shown(answer)) else {
                return Ok(None);
            };
            let kept = self.directory().look(Drawer::Credential, &id).await;
            let kept = kept.map_err(|error| failed(&error))?;
            let Some((person, mut held)) =
                kept.and_then(|kept| Some((kept.person?, passkey(&kept.body)?)))
            else {
                return Ok(None);
            };
            let Ok(body) = passkeys.finish_showing(&state, answer, &held.passkey) else {
                tracing::warn!(%person, means = ?Means::Passkey, "nobody was let in");
                return Ok(None);
            };
            held.passkey = body;
            self.keep_passkey(person, &id, &held).await?;
            self.let_in(visitor, person, Means::Passkey, agent).await
        })
    }

    fn passkeys<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Vec<PasskeyRow>> {
        Box::pin(async move {
            let Ok(person) = visitor.person.parse::<PersonId>() else {
                return Ok(Vec::new());
            };
            let held = self.credentials(&person).await?.into_iter();
            let rows = held.map(|(id, held)| PasskeyRow {
                id,
                agent: held.agent,
                made_at: held.made_at,
            });
            Ok(rows.collect())
        })
    }

    fn drop_passkey<'a>(&'a self, visitor: &'a Visitor, id: &'a str) -> Answering<'a, ()> {
        Box::pin(async move {
            let Ok(person) = visitor.person.parse::<PersonId>() else {
                return Ok(());
            };
            let own = self.credentials(&person).await?;
            if own.iter().any(|(own, _)| own == id) {
                let dropped = self.directory().take(Drawer::Credential, id).await;
                dropped.map_err(|error| failed(&error))?;
            }
            Ok(())
        })
    }

    fn has_passwords(&self) -> bool {
        self.passwords.is_some()
    }

    fn password<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Option<PasswordRow>> {
        Box::pin(self.own_password(visitor))
    }

    fn seed(&self, visitor: &Visitor, before: Option<&str>) -> Option<Seed> {
        self.seed_for(visitor, before)
    }

    fn set_password<'a>(
        &'a self,
        visitor: &'a Visitor,
        sealed: &'a str,
        password: &'a str,
        code: &'a str,
    ) -> Answering<'a, Result<Vec<String>, NotDone>> {
        Box::pin(self.keep_password(visitor, sealed, password, code))
    }

    fn drop_password<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, ()> {
        Box::pin(self.throw_password_away(visitor))
    }

    fn enter_by_password<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        given: &'a Given,
        device: Option<&'a str>,
        agent: &'a str,
    ) -> Answering<'a, Result<Entered, NotLetIn>> {
        Box::pin(async move {
            let done = self.let_in_by_password(visitor, given, device, agent).await;
            if let Ok(Err(why)) = &done {
                tracing::warn!(?why, means = ?Means::Password, "nobody was let in");
            }
            done
        })
    }
}
