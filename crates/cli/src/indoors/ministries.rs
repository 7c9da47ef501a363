//! Signing in by the account of a ministry. An account is bound to a person who is in by their invitation or their key; an
//! e-mail address alone binds nobody.

use comity_directory::{Drawer, Kept, PersonId};
use comity_entrance::{Means, Token};
use comity_openid::{Login, NotShown, Openid, Provider, Shown};
use comity_registrar::Timestamp;
use comity_view::Language;
use comity_web::inside::{Back, BoundRow, Came, Ministries, Ministry, NotLetIn, Visitor, Way};
use comity_web::{Answering, SourceError};
use serde::{Deserialize, Serialize};

use super::{House, chance, failed, fresh_token, now};

/// An account that is bound to a person, in [`Drawer::Credential`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Bound {
    /// Tells it from passkeys and passwords.
    openid: String,
    made_at: Timestamp,
}

/// What is kept while somebody is there.
#[derive(Debug, Serialize, Deserialize)]
struct Going {
    keep: String,
    /// It is to be bound to whoever began.
    bind: bool,
}

/// Under which an account is found among what people sign in with.
fn key(shown: &Shown) -> String {
    format!("openid/{}", shown.key())
}

fn named(provider: &Provider, language: Language) -> Ministry {
    Ministry {
        id: provider.id.clone(),
        name: match language {
            Language::Es => provider.name_es.clone(),
            Language::En => provider.name_en.clone(),
        },
    }
}

impl House {
    /// The parties for which somebody sits now.
    pub(super) fn parties_of(&self, person: &str) -> Vec<String> {
        let seats = self.registrar.seats_of(person).into_iter();
        let parties = seats.filter_map(|filled| {
            let inside = self.registrar.inside(filled, Language::Es)?;
            Some(inside.seat()?.party)
        });
        let mut parties: Vec<String> = parties.collect();
        parties.sort_unstable();
        parties.dedup();
        parties
    }

    /// Whether a provider may vouch for somebody: for a party for which they sit.
    fn vouches(&self, provider: &str, person: &str) -> bool {
        let Some(openid) = &self.ministries else {
            return false;
        };
        let provider = openid.providers().iter().find(|known| known.id == provider);
        let Some(provider) = provider else {
            return false;
        };
        let parties = self.parties_of(person);
        parties.iter().any(|party| provider.speaks_for(party))
    }

    async fn began(
        &self,
        openid: &Openid,
        visitor: Option<&Visitor>,
        id: &str,
        bind: bool,
    ) -> Result<Result<Way, NotLetIn>, SourceError> {
        // To bind an account is to make a new key: whoever does it has proved lately who they are.
        let may_bind =
            visitor.is_some_and(|visitor| visitor.proven && self.vouches(id, &visitor.person));
        if bind && !may_bind {
            return Ok(Err(NotLetIn::NotRight));
        }
        // Whoever proves again who they are signs in there anew.
        let login = match visitor {
            Some(_) if !bind => Login::Anew,
            _ => Login::Any,
        };
        let begun = openid.begin(id, chance(), login, seconds()).await;
        let begun = match begun {
            Ok(begun) => begun,
            Err(not_shown) => return Ok(Err(told(&not_shown))),
        };
        let going = Going {
            keep: begun.keep,
            bind,
        };
        let body = serde_json::to_string(&going).map_err(|error| failed(&error))?;
        let person = visitor.and_then(|visitor| visitor.person.parse::<PersonId>().ok());
        // Found again by what the browser keeps, once.
        let token = fresh_token();
        let kept = self.entrance.begin_ceremony(&token, person, &body, now());
        kept.await.map_err(|error| failed(&error))?;
        Ok(Ok(Way {
            url: begun.url,
            bound: token.as_str().to_owned(),
        }))
    }

    async fn finished(
        &self,
        openid: &Openid,
        visitor: Option<&Visitor>,
        back: &Back,
        agent: &str,
    ) -> Result<Result<Came, NotLetIn>, SourceError> {
        let refused = || Ok(Err(NotLetIn::NotRight));
        let Some(token) = Token::read(&back.bound) else {
            return refused();
        };
        let kept = self.entrance.end_ceremony(&token, now()).await;
        let Some((person, body)) = kept.map_err(|error| failed(&error))? else {
            return refused();
        };
        let Ok(going) = serde_json::from_str::<Going>(&body) else {
            return refused();
        };
        let own = visitor.and_then(|visitor| visitor.person.parse::<PersonId>().ok());
        // Whoever was in when they went is in still, and nobody else came in meanwhile.
        if person != own {
            return refused();
        }
        let Some(code) = back.code.as_deref().filter(|_| back.error.is_none()) else {
            if let Some(error) = &back.error {
                let why = comity_openid::turned_away(error);
                tracing::info!(why = why.code(), "an account of a ministry sent nobody in");
            }
            return refused();
        };
        let issuer = back.issuer.as_deref();
        let shown = openid
            .finish(&going.keep, &back.state, code, issuer, seconds())
            .await;
        let shown = match shown {
            Ok(shown) => shown,
            Err(not_shown) => return Ok(Err(told(&not_shown))),
        };
        if going.bind {
            return self.bind(visitor, &shown).await;
        }
        let known = self
            .directory()
            .look(Drawer::Credential, &key(&shown))
            .await;
        let known = known.map_err(|error| failed(&error))?;
        let Some(known) = known.and_then(|kept| kept.person) else {
            return refused();
        };
        // The account of a ministry that no longer speaks for the person's party lets them in no more; and whoever
        // proves who they are proves that they are themselves.
        let same = own.is_none_or(|own| own == known);
        if !same || !self.vouches(&shown.provider, known.as_str()) {
            return refused();
        }
        let token = self.let_in(visitor, known, Means::Openid, agent).await?;
        Ok(token.map(Came::In).ok_or(NotLetIn::NotRight))
    }

    async fn bind(
        &self,
        visitor: Option<&Visitor>,
        shown: &Shown,
    ) -> Result<Result<Came, NotLetIn>, SourceError> {
        let person = visitor.filter(|visitor| self.vouches(&shown.provider, &visitor.person));
        let person = person.and_then(|visitor| visitor.person.parse::<PersonId>().ok());
        let Some(person) = person else {
            return Ok(Err(NotLetIn::NotRight));
        };
        let bound = Bound {
            openid: shown.provider.clone(),
            made_at: now(),
        };
        let kept = Kept {
            drawer: Drawer::Credential,
            key: key(shown),
            person: Some(person),
            until: None,
            body: serde_json::to_string(&bound).map_err(|error| failed(&error))?,
        };
        // One account is one person: where it is somebody else's already, it stays theirs.
        let claimed = self.directory().claim(&kept).await;
        if claimed.map_err(|error| failed(&error))? {
            return Ok(Ok(Came::Bound));
        }
        let held = self.directory().look(Drawer::Credential, &kept.key).await;
        let held = held.map_err(|error| failed(&error))?;
        let own = held.is_some_and(|held| held.person == Some(person));
        Ok(if own {
            Ok(Came::Bound)
        } else {
            Err(NotLetIn::NotRight)
        })
    }

    async fn bound_to(&self, person: &PersonId) -> Result<Vec<(Kept, Bound)>, SourceError> {
        let all = self.directory().of(Drawer::Credential, person).await;
        let all = all.map_err(|error| failed(&error))?.into_iter();
        let bound = all.filter(|kept| kept.key.starts_with("openid/"));
        Ok(bound
            .filter_map(|kept| {
                let bound = serde_json::from_str(&kept.body).ok()?;
                Some((kept, bound))
            })
            .collect())
    }
}

impl Ministries for House {
    fn ministries(&self, language: Language) -> Vec<Ministry> {
        let openid = self.ministries.iter();
        openid
            .flat_map(Openid::providers)
            .map(|provider| named(provider, language))
            .collect()
    }

    fn may_bind(&self, visitor: &Visitor, language: Language) -> Vec<Ministry> {
        let all = self.ministries(language).into_iter();
        all.filter(|ministry| self.vouches(&ministry.id, &visitor.person))
            .collect()
    }

    fn begin_ministry<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        id: &'a str,
        bind: bool,
    ) -> Answering<'a, Result<Way, NotLetIn>> {
        Box::pin(async move {
            match &self.ministries {
                Some(openid) => self.began(openid, visitor, id, bind).await,
                None => Ok(Err(NotLetIn::NotRight)),
            }
        })
    }

    fn finish_ministry<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        back: &'a Back,
        agent: &'a str,
    ) -> Answering<'a, Result<Came, NotLetIn>> {
        Box::pin(async move {
            match &self.ministries {
                Some(openid) => self.finished(openid, visitor, back, agent).await,
                None => Ok(Err(NotLetIn::NotRight)),
            }
        })
    }

    fn bound<'a>(
        &'a self,
        visitor: &'a Visitor,
        language: Language,
    ) -> Answering<'a, Vec<BoundRow>> {
        Box::pin(async move {
            let Ok(person) = visitor.person.parse::<PersonId>() else {
                return Ok(Vec::new());
            };
            let all = self.ministries(language);
            let rows = self.bound_to(&person).await?.into_iter();
            let rows = rows.map(|(kept, bound)| {
                let known = all.iter().find(|ministry| ministry.id == bound.openid);
                BoundRow {
                    id: kept.key,
                    name: known.map_or(bound.openid, |ministry| ministry.name.clone()),
                    made_at: bound.made_at,
                }
            });
            Ok(rows.collect())
        })
    }

    fn unbind<'a>(&'a self, visitor: &'a Visitor, id: &'a str) -> Answering<'a, ()> {
        Box::pin(async move {
            let Ok(person) = visitor.person.parse::<PersonId>() else {
                return Ok(());
            };
            // Only one's own.
            let own = self.bound_to(&person).await?;
            for (kept, _) in own.into_iter().filter(|(kept, _)| kept.key == id) {
                let taken = self.directory().take(Drawer::Credential, &kept.key).await;
                taken.map_err(|error| failed(&error))?;
            }
            Ok(())
        })
    }
}

/// What is said at the door: which of all reasons it was is for the log.
fn told(not_shown: &NotShown) -> NotLetIn {
    match not_shown {
        NotShown::Refused(why) => {
            tracing::info!(why = why.code(), "an account of a ministry was refused");
            NotLetIn::NotRight
        }
        NotShown::Unavailable => {
            tracing::warn!("an account of a ministry cannot be reached");
            NotLetIn::TooOften
        }
    }
}

fn seconds() -> i64 {
    now().as_second()
}
