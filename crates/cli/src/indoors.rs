//! The way in over the live registrar and the directory: who is signed in, and what they do from their seat.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_conference::{ActId, PersonId as Named, SeatFilled, SeatVacated};
use comity_directory::{Directory, Drawer, Kept, Person, PersonId};
use comity_entrance::{Entrance, Means, Token};
use comity_passkeys::{Begun, Passkeys};
use comity_registrar::Clock;
use comity_registrar::{Chance, Command, Refusal, Registrar, SystemChance, SystemClock, Timestamp};
use comity_rules::Text;
use comity_view::{Inside, Language, Power};
use comity_web::inside::{
    Card, Ceremony, Filled, Filling, Indoors, NotDone, Offer, PasskeyRow, SessionRow, Visitor,
    Welcome,
};
use comity_web::{Answering, SourceError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::loading::fresh_id;

/// The way in of a node.
#[derive(Debug)]
pub struct House {
    registrar: Registrar,
    entrance: Entrance,
    secure: bool,
    /// Absent where the site's address cannot have them.
    passkeys: Option<Passkeys>,
    /// The seats of a demonstration; empty elsewhere.
    demo: Vec<ActId>,
}

impl House {
    pub fn new(registrar: Registrar, directory: Arc<dyn Directory>, secure: bool) -> Self {
        Self {
            registrar,
            entrance: Entrance::new(directory),
            secure,
            passkeys: None,
            demo: Vec::new(),
        }
    }

    /// The same with passkeys.
    #[must_use]
    pub fn with_passkeys(mut self, passkeys: Option<Passkeys>) -> Self {
        self.passkeys = passkeys;
        self
    }

    /// The same with seats that anybody may take.
    #[must_use]
    pub fn with_open_seats(mut self, seats: Vec<ActId>) -> Self {
        self.demo = seats;
        self
    }

    fn directory(&self) -> &dyn Directory {
        self.entrance.directory()
    }

    /// A session begins, in the one seat that the person holds; of several they choose.
    async fn begun(&self, person: PersonId, token: Token) -> Result<String, SourceError> {
        let held = self.registrar.seats_of(person.as_str());
        let [only] = held.as_slice() else {
            return Ok(token.as_str().to_owned());
        };
        let next = fresh_token();
        let seated = self
            .entrance
            .sit(&token, &next, &only.to_string(), now())
            .await;
        let seated = seated.map_err(|error| failed(&error))?;
        let token = if seated.is_some() { next } else { token };
        Ok(token.as_str().to_owned())
    }

    async fn submit(&self, visitor: &Visitor, command: Command) -> Result<Vec<ActId>, NotDone> {
        let seat = visitor.seat.as_deref().and_then(ActId::new);
        let seat = seat.ok_or_else(|| NotDone::new(NotDone::NOT_HELD))?;
        let settled = self.registrar.submit(seat, fresh_id(), command).await;
        settled
            .map(|settled| settled.acts)
            .map_err(|refusal| not_done(&refusal))
    }

    /// Whom the filling is about: somebody of the party whom the directory knows, or somebody new.
    async fn person(
        &self,
        visitor: &Visitor,
        filling: &Filling,
    ) -> Result<Result<Person, NotDone>, SourceError> {
        let Some(known) = &filling.person else {
            let card = &filling.card;
            let mut person = Person::new(fresh_person(), &card.name);
            person.email.clone_from(&card.email);
            person.phone.clone_from(&card.phone);
            person.language.clone_from(&card.language);
            person.zone.clone_from(&card.zone);
            return Ok(Ok(person));
        };
        // Only who sits for this party already: an id of somebody else's is nobody here.
        let inside = self.inside(visitor, Language::Es);
        let people = inside.and_then(|inside| inside.people(&filling.party));
        let sits =
            people.is_some_and(|people| people.seats.iter().any(|seat| seat.person == *known));
        let id = known.parse::<PersonId>().ok().filter(|_| sits);
        let Some(id) = id else {
            return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
        };
        let person = self
            .directory()
            .get(&id)
            .await
            .map_err(|error| failed(&error))?;
        Ok(person.ok_or_else(|| NotDone::new("E-0302")))
    }

    /// A link for somebody who could not sign in yet; none for whoever has come in before.
    async fn link(
        &self,
        person: &Person,
    ) -> Result<(Option<String>, Option<Timestamp>), SourceError> {
        let token = fresh_token();
        let link = self.entrance.invite(person.id, &token, now()).await;
        let link = link.map_err(|error| failed(&error))?;
        Ok((Some(token.as_str().to_owned()), Some(link.until)))
    }

    async fn knows(&self, person: &PersonId) -> Result<bool, SourceError> {
        for drawer in [Drawer::Credential, Drawer::Session] {
            let held = self.directory().of(drawer, person).await;
            if !held.map_err(|error| failed(&error))?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A passkey as the directory keeps it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeldPasskey {
    passkey: String,
    agent: String,
    made_at: Timestamp,
}

fn passkey(body: &str) -> Option<HeldPasskey> {
    serde_json::from_str(body).ok()
}

/// What stands for a person on their devices: it tells nothing of who they are.
fn handle(person: &PersonId) -> [u8; 16] {
    let digest = Sha256::digest(person.as_str());
    let mut handle = [0; 16];
    handle.copy_from_slice(&digest[..16]);
    handle
}

impl House {
    async fn ceremony(
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
    async fn credentials(
        &self,
        person: &PersonId,
    ) -> Result<Vec<(String, HeldPasskey)>, SourceError> {
        let held = self.directory().of(Drawer::Credential, person).await;
        let held = held.map_err(|error| failed(&error))?.into_iter();
        Ok(held
            .filter_map(|kept| Some((kept.key, passkey(&kept.body)?)))
            .collect())
    }

    async fn keep_passkey(
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

fn now() -> Timestamp {
    SystemClock.now()
}

fn fresh_token() -> Token {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&SystemChance.bytes());
    bytes[16..].copy_from_slice(&SystemChance.bytes());
    Token::of(bytes)
}

pub fn fresh_person() -> PersonId {
    PersonId::from_bytes(SystemChance.bytes())
}

/// The id of a person as acts write it.
pub fn named(person: &PersonId) -> Named {
    Named::new(person.as_str()).expect("both crates write such ids alike")
}

fn failed(error: &dyn std::error::Error) -> SourceError {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        words = format!("{words}: {deeper}");
        cause = deeper.source();
    }
    SourceError(words)
}

fn not_done(refusal: &Refusal) -> NotDone {
    NotDone::new(match refusal {
        Refusal::NotInOrder(rejection) => rejection.code(),
        Refusal::NotPermitted { .. } => NotDone::NOT_PERMITTED,
        Refusal::SeatNotHeld => NotDone::NOT_HELD,
        Refusal::NotFollowing { .. } | Refusal::Unavailable(_) => NotDone::UNAVAILABLE,
    })
}

fn card(person: Person) -> Card {
    Card {
        name: person.name,
        email: person.email,
        phone: person.phone,
        language: person.language,
        zone: person.zone,
        confirmed_at: person.confirmed_at,
    }
}

impl Indoors for House {
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
            let Some(session) = entered.map_err(|error| failed(&error))? else {
                return Ok(None);
            };
            self.begun(session.person, token).await.map(Some)
        })
    }

    fn visitor<'a>(&'a self, session: &'a str) -> Answering<'a, Option<Visitor>> {
        Box::pin(async move {
            let Some(token) = Token::read(session) else {
                return Ok(None);
            };
            let found = self
                .entrance
                .session(&token, now())
                .await
                .map_err(|error| failed(&error))?;
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

    fn inside(&self, visitor: &Visitor, language: Language) -> Option<Inside> {
        let filled = ActId::new(visitor.seat.as_deref()?)?;
        // A session names a seat; whether it is still this person's is the register's to say.
        let own = self.registrar.seats_of(&visitor.person).contains(&filled);
        self.registrar.inside(filled, language).filter(|_| own)
    }

    fn seats(&self, visitor: &Visitor, language: Language) -> Vec<(String, String)> {
        let held = self.registrar.seats_of(&visitor.person).into_iter();
        let named = held.filter_map(|filled| {
            let seat = self.registrar.inside(filled, language)?.seat()?;
            Some((seat.filled, format!("{}, {}", seat.label, seat.party_label)))
        });
        named.collect()
    }

    fn cards(&self, people: Vec<String>) -> Answering<'_, BTreeMap<String, Card>> {
        Box::pin(async move {
            let mut cards = BTreeMap::new();
            for id in people {
                let Ok(person) = id.parse::<PersonId>() else {
                    continue;
                };
                let person = self
                    .directory()
                    .get(&person)
                    .await
                    .map_err(|error| failed(&error))?;
                if let Some(person) = person {
                    cards.insert(id, card(person));
                }
            }
            Ok(cards)
        })
    }

    fn fill<'a>(
        &'a self,
        visitor: &'a Visitor,
        filling: Filling,
    ) -> Answering<'a, Result<Filled, NotDone>> {
        Box::pin(async move {
            let person = match self.person(visitor, &filling).await? {
                Ok(person) => person,
                Err(not_done) => return Ok(Err(not_done)),
            };
            let is_new = filling.person.is_none();
            // The person first: a seat is never held by somebody whom the directory does not know. A crash before the act
            // leaves a card that nobody refers to.
            if is_new {
                self.directory()
                    .put(&person)
                    .await
                    .map_err(|error| failed(&error))?;
            }
            let until = filling.until.as_deref().and_then(|day| day.parse().ok());
            let command = Command::FillSeat {
                seat: Box::new(SeatFilled {
                    seat: filling.seat.as_str().into(),
                    party: filling.party.as_str().into(),
                    person: named(&person.id),
                    branch: filling.branch.as_deref().map(Into::into),
                    purpose: filling.purpose.map(|(es, en)| Text::new(es, en)),
                    meeting: filling.meeting.as_deref().map(Into::into),
                    until,
                    note: filling.note,
                }),
                replace: filling.replace,
            };
            if let Err(not_done) = self.submit(visitor, command).await {
                // Of an unknown outcome the card stays: the act may be there.
                if is_new && not_done.code != NotDone::UNAVAILABLE {
                    self.directory()
                        .forget(&person.id)
                        .await
                        .map_err(|error| failed(&error))?;
                }
                return Ok(Err(not_done));
            }
            let (link, until) = if self.knows(&person.id).await? {
                (None, None)
            } else {
                self.link(&person).await?
            };
            Ok(Ok(Filled {
                name: person.name,
                link,
                until,
            }))
        })
    }

    fn vacate<'a>(
        &'a self,
        visitor: &'a Visitor,
        filled: &'a str,
        note: Option<String>,
    ) -> Answering<'a, Result<(), NotDone>> {
        Box::pin(async move {
            let Some(filled) = ActId::new(filled) else {
                return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
            };
            let command = Command::VacateSeat(SeatVacated { filled, note });
            Ok(self.submit(visitor, command).await.map(|_| ()))
        })
    }

    fn invite<'a>(
        &'a self,
        visitor: &'a Visitor,
        filled: &'a str,
    ) -> Answering<'a, Result<Filled, NotDone>> {
        Box::pin(async move {
            let not_permitted = || NotDone::new(NotDone::NOT_PERMITTED);
            let held = self
                .inside(visitor, Language::Es)
                .and_then(|inside| inside.held(filled));
            let Some((seat, power)) = held.filter(|(_, power)| *power != Power::None) else {
                return Ok(Err(not_permitted()));
            };
            let Ok(id) = seat.person.parse::<PersonId>() else {
                return Ok(Err(not_permitted()));
            };
            // Whoever only repairs could come in as somebody else with a link of theirs: the party itself makes it.
            if power == Power::OnANote && self.knows(&id).await? {
                return Ok(Err(NotDone::new(NotDone::PARTYS_OWN)));
            }
            let person = self
                .directory()
                .get(&id)
                .await
                .map_err(|error| failed(&error))?;
            let Some(person) = person else {
                return Ok(Err(not_permitted()));
            };
            let (link, until) = self.link(&person).await?;
            Ok(Ok(Filled {
                name: person.name,
                link,
                until,
            }))
        })
    }

    fn hand_over<'a>(
        &'a self,
        visitor: &'a Visitor,
        presidency: &'a str,
        from: Option<Timestamp>,
        zone: &'a str,
    ) -> Answering<'a, Result<(), NotDone>> {
        Box::pin(async move {
            // It speaks for a country.
            if !visitor.proven {
                return Ok(Err(NotDone::new(NotDone::PROVE_AGAIN)));
            }
            let command = Command::HandOverPresidency {
                presidency: presidency.to_owned(),
                from,
                zone: zone.to_owned(),
            };
            Ok(self.submit(visitor, command).await.map(|_| ()))
        })
    }

    fn confirm<'a>(
        &'a self,
        visitor: &'a Visitor,
        card: Card,
    ) -> Answering<'a, Result<(), NotDone>> {
        Box::pin(async move {
            let Ok(id) = visitor.person.parse::<PersonId>() else {
                return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
            };
            let person = Person {
                id,
                name: card.name,
                email: card.email,
                phone: card.phone,
                language: card.language,
                zone: card.zone,
                confirmed_at: Some(now()),
            };
            self.directory()
                .put(&person)
                .await
                .map_err(|error| failed(&error))?;
            Ok(Ok(()))
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
                agent: agent
                    .chars()
                    .filter(|c| !c.is_control())
                    .take(120)
                    .collect(),
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
                return Ok(None);
            };
            held.passkey = body;
            self.keep_passkey(person, &id, &held).await?;
            let next = fresh_token();
            let own = visitor.filter(|visitor| visitor.person == person.as_str());
            if let Some(token) = own.and_then(|own| Token::read(&own.session)) {
                let proven = self
                    .entrance
                    .prove(&token, &next, Means::Passkey, now())
                    .await;
                let proven = proven.map_err(|error| failed(&error))?;
                return Ok(proven.map(|_| next.as_str().to_owned()));
            }
            let begun = self
                .entrance
                .begin(person, Means::Passkey, &next, agent, now())
                .await;
            begun.map_err(|error| failed(&error))?;
            self.begun(person, next).await.map(Some)
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

    fn is_secure(&self) -> bool {
        self.secure
    }
}

/// A link for a person, made by whoever operates the program. Answers with its token and when it ends.
pub async fn operators_link(
    directory: Arc<dyn Directory>,
    person: PersonId,
) -> Result<(String, Timestamp), comity_entrance::Error> {
    let token = fresh_token();
    let link = Entrance::new(directory)
        .invite(person, &token, now())
        .await?;
    Ok((token.as_str().to_owned(), link.until))
}
