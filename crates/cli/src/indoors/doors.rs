//! Who comes in and goes out.

use comity_conference::ActId;
use comity_directory::PersonId;
use comity_entrance::{Means, Token};
use comity_view::Language;
use comity_web::Answering;
use comity_web::inside::{Doors, Offer, SessionRow, Visitor, Welcome};
use jiff::SignedDuration;

use super::{House, card, failed, fresh_token, now};

impl Doors for House {
    fn put_forward(&self, hours: Option<u16>) -> bool {
        let Some(clock) = &self.clock else {
            return false;
        };
        let now = self.registrar.now();
        let by = |hours| now.checked_add(SignedDuration::from_hours(i64::from(hours)));
        let to = match hours {
            Some(hours) => by(hours).ok(),
            None => self.next_end(now),
        };
        if let Some(to) = to {
            clock.forward_to(to);
        }
        true
    }

    fn is_open_to(&self, network: &str) -> bool {
        self.limits.admits_network(network)
    }

    fn offers(&self, language: Language) -> Answering<'_, Vec<Offer>> {
        Box::pin(async move {
            let mut offers = Vec::new();
            for filled in &self.demo {
                let Some(inside) = self.registrar.inside(*filled, language) else {
                    continue;
                };
                let Some(seat) = inside.seat() else { continue };
                let Ok(id) = seat.person.parse::<PersonId>() else {
                    continue;
                };
                let person = self
                    .directory()
                    .get(&id)
                    .await
                    .map_err(|error| failed(&error))?;
                offers.push(Offer {
                    filled: seat.filled,
                    party: seat.party_label,
                    seat: seat.detail.map_or(seat.label.clone(), |detail| {
                        format!("{}: {detail}", seat.label)
                    }),
                    person: person.map(|person| person.name).unwrap_or_default(),
                });
            }
            Ok(offers)
        })
    }

    fn take<'a>(&'a self, offer: &'a str, agent: &'a str) -> Answering<'a, Option<String>> {
        Box::pin(async move {
            let filled = ActId::new(offer).filter(|filled| self.demo.contains(filled));
            let inside = filled.and_then(|filled| self.registrar.inside(filled, Language::Es));
            let Some(seat) = inside.and_then(|inside| inside.seat()) else {
                return Ok(None);
            };
            let Ok(person) = seat.person.parse::<PersonId>() else {
                return Ok(None);
            };
            let (first, next) = (fresh_token(), fresh_token());
            let begun = self
                .entrance
                .begin(person, Means::Demonstration, &first, agent, now())
                .await;
            begun.map_err(|error| failed(&error))?;
            let seated = self.entrance.sit(&first, &next, offer, now()).await;
            seated.map_err(|error| failed(&error))?;
            Ok(Some(next.as_str().to_owned()))
        })
    }

    fn knock<'a>(&'a self, link: &'a str) -> Answering<'a, Option<Welcome>> {
        Box::pin(async move {
            let Some(token) = Token::read(link) else {
                return Ok(None);
            };
            let link = self
                .entrance
                .knock(&token, now())
                .await
                .map_err(|error| failed(&error))?;
            let Some(link) = link else { return Ok(None) };
            let person = self
                .directory()
                .get(&link.person)
                .await
                .map_err(|error| failed(&error))?;
            Ok(person.map(|person| Welcome {
                name: person.name,
                until: link.until,
            }))
        })
    }

    fn enter<'a>(&'a self, link: &'a str, agent: &'a str) -> Answering<'a, Option<String>> {
        Box::pin(async move {
            let Some(link) = Token::read(link) else {
                return Ok(None);
            };
            let token = fresh_token();
            let entered = self
                .entrance
                .enter_by_link(&link, &token, agent, now())
                .await;
            let Some((session, link)) = entered.map_err(|error| failed(&error))? else {
                tracing::info!("a link that lets nobody in was tried");
                return Ok(None);
            };
            tracing::info!(person = %session.person, means = ?Means::Link, "somebody came in");
            if let Some(address) = &link.sent_to {
                self.note_reached(session.person, address).await?;
            }
            self.begun(session.person, token).await.map(Some)
        })
    }

    fn visitor<'a>(&'a self, session: &'a str, noted: bool) -> Answering<'a, Option<Visitor>> {
        Box::pin(async move {
            let Some(token) = Token::read(session) else {
                return Ok(None);
            };
            let found = match noted {
                true => self.entrance.session(&token, now()).await,
                false => self.entrance.glance(&token, now()).await,
            };
            let found = found.map_err(|error| failed(&error))?;
            let Some(found) = found else { return Ok(None) };
            let person = self
                .directory()
                .get(&found.person)
                .await
                .map_err(|error| failed(&error))?;
            Ok(person.map(|person| Visitor {
                session: session.to_owned(),
                person: found.person.to_string(),
                card: card(person),
                proven: found.is_proven(now()),
                begun_at: found.begun_at,
                seat: found.seat,
            }))
        })
    }

    fn sit<'a>(&'a self, visitor: &'a Visitor, filled: &'a str) -> Answering<'a, Option<String>> {
        Box::pin(async move {
            let held = self.registrar.seats_of(&visitor.person);
            let own = ActId::new(filled).is_some_and(|filled| held.contains(&filled));
            let Some(token) = Token::read(&visitor.session).filter(|_| own) else {
                return Ok(None);
            };
            let next = fresh_token();
            let seated = self.entrance.sit(&token, &next, filled, now()).await;
            let seated = seated.map_err(|error| failed(&error))?;
            Ok(seated.map(|_| next.as_str().to_owned()))
        })
    }

    fn leave<'a>(&'a self, session: &'a str) -> Answering<'a, ()> {
        Box::pin(async move {
            let Some(token) = Token::read(session) else {
                return Ok(());
            };
            self.entrance
                .leave(&token)
                .await
                .map_err(|error| failed(&error))
        })
    }

    fn sessions<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Vec<SessionRow>> {
        Box::pin(async move {
            let own = (
                visitor.person.parse::<PersonId>().ok(),
                Token::read(&visitor.session),
            );
            let (Some(person), Some(token)) = own else {
                return Ok(Vec::new());
            };
            let lines = self.entrance.sessions(&person, &token, now()).await;
            let lines = lines.map_err(|error| failed(&error))?.into_iter();
            let rows = lines.map(|line| SessionRow {
                handle: line.handle,
                agent: line.session.agent,
                begun_at: line.session.begun_at,
                seen_at: line.session.seen_at,
                own: line.own,
            });
            Ok(rows.collect())
        })
    }

    fn end<'a>(&'a self, visitor: &'a Visitor, handle: &'a str) -> Answering<'a, ()> {
        Box::pin(async move {
            if let Ok(person) = visitor.person.parse::<PersonId>() {
                let ended = self.entrance.end(&person, Some(handle)).await;
                ended.map_err(|error| failed(&error))?;
            }
            Ok(())
        })
    }

    fn is_secure(&self) -> bool {
        self.secure
    }
}
