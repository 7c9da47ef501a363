//! The letters of a round before they go out: the exact list, a test copy, sent at once or stopped.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_conference::{ActId, Consultation, Round};
use comity_directory::PersonId;
use comity_post::{HELD, Hold, Matter, Notice, Outbox, State};
use comity_registrar::{Clock, Timestamp};
use comity_view::{Language, Stage};
use comity_web::inside::{
    Held, InMailing, Indoors, Mailing, MailingLine, Mailings, NotDone, Visitor,
};
use comity_web::{Answering, SourceError};

use super::letters::{state_key, when};
use super::{House, failed, now};
use crate::circulation::{Addressed, rehearsed, to_be_told};

impl Mailings for House {
    fn mailing<'a>(
        &'a self,
        visitor: &'a Visitor,
        consultation: &'a str,
        parties: &'a [String],
        language: Language,
    ) -> Answering<'a, Option<Mailing>> {
        Box::pin(self.mailing_of(visitor, consultation, parties, language))
    }

    fn stopped<'a>(&'a self, round: &'a str) -> Answering<'a, bool> {
        Box::pin(async move {
            let Some(outbox) = &self.outbox else {
                return Ok(false);
            };
            let hold = outbox.hold(round).await.map_err(|error| failed(&error))?;
            Ok(matches!(hold, Some(Hold::Stopped { .. })))
        })
    }

    fn in_mailing<'a>(
        &'a self,
        visitor: &'a Visitor,
        consultation: &'a str,
        what: InMailing,
    ) -> Answering<'a, Result<(), NotDone>> {
        Box::pin(self.done_in_mailing(visitor, consultation, what))
    }

    fn is_daily<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Option<bool>> {
        Box::pin(async move {
            let (Some(outbox), Ok(person)) = (&self.outbox, visitor.person.parse()) else {
                return Ok(None);
            };
            let daily = outbox.is_daily(&person).await;
            daily.map(Some).map_err(|error| failed(&error))
        })
    }

    fn set_daily<'a>(&'a self, visitor: &'a Visitor, daily: bool) -> Answering<'a, ()> {
        Box::pin(async move {
            let (Some(outbox), Ok(person)) = (&self.outbox, visitor.person.parse()) else {
                return Ok(());
            };
            let set = outbox.set_daily(&person, daily).await;
            set.map_err(|error| failed(&error))
        })
    }
}

/// Which letters there are to see.
enum Letters {
    /// Of the round that runs.
    Of(Arc<Consultation>),
    /// Of one that may be opened.
    Coming,
}

impl House {
    /// Where the consultation stands, where the visitor conducts it or enters for it.
    fn conducted(&self, visitor: &Visitor, id: &str) -> Option<Stage> {
        let inside = self.inside(visitor, Language::Es)?;
        let (stage, may) = inside.consultation_stage(id)?;
        (may.conducts || may.enters).then_some(stage)
    }

    fn letters_of(&self, stage: Stage, id: &str) -> Option<Letters> {
        let state = self.registrar.state();
        let found = state.conference.consultations.get(&ActId::new(id)?)?;
        match stage {
            Stage::Round => Some(Letters::Of(Arc::clone(found))),
            Stage::Ready | Stage::Closed | Stage::Certified => Some(Letters::Coming),
            Stage::Troika | Stage::Ended | Stage::Reported => None,
        }
    }

    async fn mailing_of(
        &self,
        visitor: &Visitor,
        id: &str,
        parties: &[String],
        language: Language,
    ) -> Result<Option<Mailing>, SourceError> {
        let Some(stage) = self.conducted(visitor, id) else {
            return Ok(None);
        };
        let Some(letters) = self.letters_of(stage, id) else {
            return Ok(None);
        };
        let round = match &letters {
            Letters::Of(found) => found.last_round(),
            Letters::Coming => None,
        };
        let listed = to_be_told(&self.registrar, round, parties, language);
        let listed = listed.map_err(|error| SourceError(error.to_string()))?;
        let (held, notices) = match (&self.outbox, round) {
            (Some(outbox), Some(round)) => self.held(outbox, round).await?,
            (None, Some(_)) => (Held::No, Vec::new()),
            (_, None) => (Held::NotOpened, Vec::new()),
        };
        let mut lines = self.lines(listed, &notices).await?;
        for line in &mut lines {
            let stopped = matches!(held, Held::Stopped(_)) && line.state == Some("letter-waiting");
            line.state = match line.state {
                Some(_) if stopped => Some("letter-stopped"),
                None if held == Held::No => Some("letter-none"),
                other => other,
            };
        }
        Ok(Some(Mailing {
            open: match &self.outbox {
                Some(outbox) => Some(outbox.is_open().await.map_err(|error| failed(&error))?),
                None => None,
            },
            held,
            lines,
            test_copy: self.last_copy(visitor, id).await?,
        }))
    }

    /// Whether the letters of a round are held, and those that were put in.
    async fn held(
        &self,
        outbox: &Outbox,
        round: &Round,
    ) -> Result<(Held, Vec<Notice>), SourceError> {
        let occasion = round.act.to_string();
        let notices = outbox.of_occasion(&occasion).await;
        let notices = notices.map_err(|error| failed(&error))?;
        let said = outbox.hold(&occasion).await;
        let said = said.map_err(|error| failed(&error))?;
        let waiting = notices.iter().filter_map(|notice| match notice.now {
            State::Waiting { attempts: 0, next } => Some(next),
            _ => None,
        });
        let first = match waiting.min() {
            None if notices.is_empty() && !self.has_read(outbox).await? => {
                round.opened.opens_at.saturating_add(HELD).ok()
            }
            first => first,
        };
        let waits = notices.iter().any(Notice::is_waiting);
        let held = match (said, first) {
            (Some(Hold::Stopped { at }), first) if waits || first.is_some() => Held::Stopped(at),
            (None, Some(at)) if at > self.posting_now() => Held::Until(at),
            _ => Held::No,
        };
        Ok((held, notices))
    }

    /// Whether whoever sends has read all that is on record.
    async fn has_read(&self, outbox: &Outbox) -> Result<bool, SourceError> {
        let read = outbox.cursor().await.map_err(|error| failed(&error))?;
        let acts = self.registrar.state().conference.acts.len();
        Ok(read.is_some_and(|read| read >= acts))
    }

    /// Those who are told, and those to whom a letter was put in and who hold no seat any more.
    async fn lines(
        &self,
        listed: Vec<Addressed>,
        notices: &[Notice],
    ) -> Result<Vec<MailingLine>, SourceError> {
        let mut by_person: BTreeMap<PersonId, &Notice> = notices
            .iter()
            .map(|notice| (notice.person, notice))
            .collect();
        let mut lines = Vec::new();
        for addressed in listed {
            let notice = by_person.remove(&addressed.person);
            lines.push(self.line(Some(addressed), notice).await?);
        }
        for notice in by_person.into_values() {
            lines.push(self.line(None, Some(notice)).await?);
        }
        Ok(lines)
    }

    async fn line(
        &self,
        addressed: Option<Addressed>,
        notice: Option<&Notice>,
    ) -> Result<MailingLine, SourceError> {
        let person = addressed.as_ref().map(|addressed| addressed.person);
        let person = match person.or_else(|| notice.map(|notice| notice.person)) {
            Some(person) => self.directory().get(&person).await,
            None => Ok(None),
        };
        let person = person.map_err(|error| failed(&error))?;
        let (name, email) = person
            .map(|person| (person.name, person.email))
            .unwrap_or_default();
        let (party, party_label, seats) = match addressed {
            Some(found) => (found.party, found.party_label, found.seats),
            None => Default::default(),
        };
        Ok(MailingLine {
            party,
            party_label,
            seats,
            name,
            email,
            state: notice.map(state_key),
            why: notice.and_then(|notice| notice.why.clone()),
        })
    }

    async fn last_copy(
        &self,
        visitor: &Visitor,
        id: &str,
    ) -> Result<Option<(&'static str, Timestamp)>, SourceError> {
        let (Some(outbox), Ok(person)) = (&self.outbox, visitor.person.parse()) else {
            return Ok(None);
        };
        let own = outbox.of(&person).await.map_err(|error| failed(&error))?;
        let copies = own.iter().filter(|notice| match &notice.about {
            Matter::TestCopy { of } => of == id,
            _ => false,
        });
        let last = copies.max_by_key(|notice| notice.since);
        Ok(last.map(|notice| (state_key(notice), when(notice))))
    }

    async fn done_in_mailing(
        &self,
        visitor: &Visitor,
        id: &str,
        what: InMailing,
    ) -> Result<Result<(), NotDone>, SourceError> {
        let not = |code: &str| Ok(Err(NotDone::new(code)));
        let Some(stage) = self.conducted(visitor, id) else {
            return not(NotDone::NOT_PERMITTED);
        };
        if !visitor.proven {
            return not(NotDone::PROVE_AGAIN);
        }
        let Some(outbox) = &self.outbox else {
            return not("no-letters");
        };
        match (what, self.letters_of(stage, id)) {
            (InMailing::TestCopy, Some(Letters::Coming)) => self.copy(outbox, visitor, id).await,
            (InMailing::SendNow | InMailing::Stop, Some(Letters::Of(found))) => {
                let Some(round) = found.last_round() else {
                    return not("not-now");
                };
                self.say_of(outbox, visitor, round, what).await
            }
            _ => not("not-now"),
        }
    }

    async fn copy(
        &self,
        outbox: &Outbox,
        visitor: &Visitor,
        id: &str,
    ) -> Result<Result<(), NotDone>, SourceError> {
        let Ok(person) = visitor.person.parse::<PersonId>() else {
            return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
        };
        if visitor.card.email.is_none() {
            return Ok(Err(NotDone::new("no-own-address")));
        }
        if rehearsed(&self.registrar, &person, id, Language::Es).is_none() {
            return Ok(Err(NotDone::new("not-now")));
        }
        let at = self.posting_now();
        let occasion = format!("{id}@{}", at.as_millisecond());
        let notice = Notice::new(
            &occasion,
            person,
            Matter::TestCopy { of: id.to_owned() },
            at,
        );
        outbox.put(&notice).await.map_err(|error| failed(&error))?;
        Ok(Ok(()))
    }

    /// The letters of a round are let go or stopped, where any of them waits.
    async fn say_of(
        &self,
        outbox: &Outbox,
        visitor: &Visitor,
        round: &Round,
        what: InMailing,
    ) -> Result<Result<(), NotDone>, SourceError> {
        let occasion = round.act.to_string();
        let notices = outbox.of_occasion(&occasion).await;
        let notices = notices.map_err(|error| failed(&error))?;
        let to_come = notices.is_empty() && !self.has_read(outbox).await?;
        if !to_come && !notices.iter().any(Notice::is_waiting) {
            return Ok(Err(NotDone::new("nothing-waits")));
        }
        let now = self.posting_now();
        let said = match what {
            InMailing::Stop => outbox.stop(&occasion, now).await,
            InMailing::SendNow | InMailing::TestCopy => outbox.release(&occasion, now).await,
        };
        said.map_err(|error| failed(&error))?;
        let person = visitor.person.as_str();
        tracing::info!(
            person,
            round = occasion,
            ?what,
            "said of the letters of a round"
        );
        Ok(Ok(()))
    }

    /// By the clock that letters wait by.
    fn posting_now(&self) -> Timestamp {
        self.clock.as_ref().map_or_else(now, Clock::now)
    }
}
