//! What is done from a seat.

use std::collections::BTreeMap;

use axum::body::Bytes;
use comity_conference::{ActId, SeatFilled, SeatVacated};
use comity_directory::{Person, PersonId};
use comity_registrar::{Command, Refusal, Timestamp};
use comity_rules::Text;
use comity_view::{Attached, Inside, Language, Power};
use comity_web::inside::{
    Card, Draft, Filled, Filling, Health, InWorkroom, Indoors, Letters, Mailed, NotDone, Prepared,
    Sight, Visitor, Whose, Wish, Workroom,
};
use comity_web::{Answering, SourceError};

use super::{House, card, failed, fresh_person, fresh_token, named, not_done, now};
use crate::loading::fresh_id;

impl House {
    pub(super) async fn submit(
        &self,
        visitor: &Visitor,
        command: Command,
    ) -> Result<Vec<ActId>, NotDone> {
        let seat = visitor.seat.as_deref().and_then(ActId::new);
        let seat = seat.ok_or_else(|| NotDone::new(NotDone::NOT_HELD))?;
        let settled = self.registrar.submit(seat, fresh_id(), command).await;
        settled.map(|settled| settled.acts).map_err(|refusal| {
            if matches!(refusal, Refusal::NotPermitted { .. } | Refusal::SeatNotHeld) {
                let person = &visitor.person;
                tracing::warn!(person, %seat, %refusal, "a seat tried what it may not");
            }
            not_done(&refusal)
        })
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

    /// A link that is shown to whoever made it, to be handed on.
    async fn shown_link(&self, person: Person, filled: String) -> Result<Filled, SourceError> {
        let token = fresh_token();
        let link = self.entrance.invite(person.id, &token, None, now()).await;
        let link = link.map_err(|error| failed(&error))?;
        Ok(Filled {
            filled,
            person: person.id.to_string(),
            name: person.name,
            link: Some(token.as_str().to_owned()),
            until: Some(link.until),
            mailed: None,
        })
    }
}

/// A seat that was filled without a link to be shown.
fn without_link(person: Person, filled: String, mailed: Option<Mailed>) -> Filled {
    Filled {
        filled,
        person: person.id.to_string(),
        name: person.name,
        link: None,
        until: None,
        mailed,
    }
}

impl Indoors for House {
    fn held(&self) -> String {
        self.registrar.mark()
    }

    fn until_held(&self, mark: String) -> Answering<'_, ()> {
        Box::pin(async move {
            let mut registrar = self.registrar.clone();
            while !registrar
                .has_passed(&mark)
                .await
                .map_err(|error| failed(&error))?
            {
                registrar.changed().await.map_err(|error| failed(&error))?;
            }
            Ok(())
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
                let Some(person) = person else { continue };
                let reached_at = match &person.email {
                    Some(email) => self.reached_at(&person.id, email).await?,
                    None => None,
                };
                let card = Card {
                    reached_at,
                    ..card(person)
                };
                cards.insert(id, card);
            }
            Ok(cards)
        })
    }

    fn saw<'a>(&'a self, visitor: &'a Visitor, party: &'a str) -> Answering<'a, ()> {
        Box::pin(self.note_sight(visitor, party))
    }

    fn sights<'a>(&'a self, inside: &'a Inside, party: &'a str) -> Answering<'a, Vec<Sight>> {
        Box::pin(self.sights_of(inside, party))
    }

    fn letters(&self) -> Answering<'_, Option<Letters>> {
        Box::pin(self.all_letters())
    }

    fn open_outbox(&self, open: bool) -> Answering<'_, ()> {
        Box::pin(self.set_outbox(open))
    }

    fn send_again<'a>(&'a self, key: &'a str) -> Answering<'a, ()> {
        Box::pin(self.again(key))
    }

    fn prepare<'a>(
        &'a self,
        visitor: &'a Visitor,
        id: Option<&'a str>,
        body: String,
    ) -> Answering<'a, String> {
        Box::pin(self.keep_prepared(visitor, id, body))
    }

    fn prepared<'a>(
        &'a self,
        visitor: &'a Visitor,
        id: Option<&'a str>,
    ) -> Answering<'a, Vec<Prepared>> {
        Box::pin(self.own_prepared(visitor, id))
    }

    fn first_to_take<'a>(&'a self, visitor: &'a Visitor, id: &'a str) -> Answering<'a, bool> {
        Box::pin(self.claim_prepared(visitor, id))
    }

    fn forget_unseen<'a>(&'a self, person: &'a str) -> Answering<'a, ()> {
        Box::pin(self.forget_who_never_came(person))
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
            // The paper before the act that names it. A crash between them leaves a file that nobody refers to.
            let file = match self.keep_upload(filling.file.clone()).await? {
                Ok(file) => file,
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
                    file,
                }),
                replace: filling.replace,
            };
            let done = self.submit(visitor, command).await;
            let filled = match &done {
                // Of a seat that was taken over the last act is the one that fills it.
                Ok(acts) => acts.last().map(ToString::to_string).unwrap_or_default(),
                Err(_) => String::new(),
            };
            if let Err(not_done) = done {
                // Of an unknown outcome the card stays: the act may be there.
                if is_new && not_done.code != NotDone::UNSETTLED {
                    self.directory()
                        .forget(&person.id)
                        .await
                        .map_err(|error| failed(&error))?;
                }
                return Ok(Err(not_done));
            }
            let come_in = self.entrance.has_come_in(&person.id).await;
            if filling.quiet || come_in.map_err(|error| failed(&error))? {
                return Ok(Ok(without_link(person, filled, None)));
            }
            // The letter itself comes of the act, whoever made it.
            let mailed = self.mailed().await?;
            if person.email.is_some() && mailed.is_some() {
                return Ok(Ok(without_link(person, filled, mailed)));
            }
            self.shown_link(person, filled).await.map(Ok)
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
            let come_in = self.entrance.has_come_in(&id).await;
            if power == Power::OnANote && come_in.map_err(|error| failed(&error))? {
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
            let mailed = self.mailed().await?;
            if person.email.is_some() && mailed.is_some() {
                self.invite_by_mail(id, filled).await?;
                return Ok(Ok(without_link(person, filled.to_owned(), mailed)));
            }
            self.shown_link(person, filled.to_owned()).await.map(Ok)
        })
    }

    fn wish<'a>(
        &'a self,
        visitor: &'a Visitor,
        wish: Wish,
    ) -> Answering<'a, Result<String, NotDone>> {
        Box::pin(self.fulfil(visitor, wish))
    }

    fn feeds<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Vec<Whose>> {
        Box::pin(async move {
            let all = self.feeds_of(visitor).await?;
            Ok(all.into_iter().map(|(_, whose)| whose).collect())
        })
    }

    fn make_feed<'a>(&'a self, visitor: &'a Visitor, whose: &'a Whose) -> Answering<'a, String> {
        Box::pin(self.new_feed(visitor, whose))
    }

    fn drop_feed<'a>(&'a self, visitor: &'a Visitor, whose: &'a Whose) -> Answering<'a, ()> {
        Box::pin(self.no_feed(visitor, whose))
    }

    fn feed<'a>(
        &'a self,
        token: &'a str,
        language: Language,
    ) -> Answering<'a, Option<(Whose, Vec<Inside>)>> {
        Box::pin(self.behind_feed(token, language))
    }

    fn workroom<'a>(
        &'a self,
        visitor: &'a Visitor,
        consultation: &'a str,
        party: &'a str,
    ) -> Answering<'a, Workroom> {
        Box::pin(self.workroom_of(visitor, consultation, party))
    }

    fn in_workroom<'a>(
        &'a self,
        visitor: &'a Visitor,
        consultation: &'a str,
        party: &'a str,
        what: InWorkroom,
    ) -> Answering<'a, Result<(), NotDone>> {
        Box::pin(self.work(visitor, consultation, party, what))
    }

    fn drafts<'a>(&'a self, shelf: &'a str) -> Answering<'a, Vec<Draft>> {
        Box::pin(self.drafts_on(shelf))
    }

    fn keep_draft<'a>(
        &'a self,
        visitor: &'a Visitor,
        shelf: &'a str,
        draft: Draft,
    ) -> Answering<'a, Result<String, NotDone>> {
        Box::pin(self.draft(visitor, shelf, draft))
    }

    fn drop_draft<'a>(&'a self, shelf: &'a str, key: &'a str) -> Answering<'a, ()> {
        Box::pin(self.no_draft(shelf, key))
    }

    fn note_opened<'a>(
        &'a self,
        visitor: &'a Visitor,
        round: &'a str,
        party: &'a str,
    ) -> Answering<'a, ()> {
        Box::pin(self.mark_opened(visitor, round, party))
    }

    fn opened<'a>(&'a self, round: &'a str) -> Answering<'a, Vec<String>> {
        Box::pin(self.opened_by(round))
    }

    fn unreached<'a>(&'a self, parties: &'a [String]) -> Answering<'a, Vec<String>> {
        Box::pin(self.not_reached(parties))
    }

    fn keeps_papers(&self) -> bool {
        self.papers.is_some()
    }

    fn paper<'a>(&'a self, file: &'a Attached) -> Answering<'a, Option<(&'static str, Bytes)>> {
        Box::pin(self.paper_of(file))
    }

    fn last_visit<'a>(&'a self, visitor: &'a Visitor, acts: u64) -> Answering<'a, Option<u64>> {
        Box::pin(self.note_visit(visitor, acts))
    }

    fn health(&self) -> Answering<'_, Health> {
        Box::pin(self.how_it_is())
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
}
