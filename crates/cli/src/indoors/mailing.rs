//! Letters before they go out, of a round or of an informal consultation: the exact list, a test copy, sent at once or stopped.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_conference::{ActId, Consultation, InformalConsultation};
use comity_directory::PersonId;
use comity_post::{HELD, Hold, Matter, Notice, Outbox, State};
use comity_registrar::{Clock, Timestamp};
use comity_view::{Language, Stage};
use comity_web::inside::{
    ByLetter, Held, InMailing, Indoors, LettersOf, Mailing, MailingLine, Mailings, NotDone, Visitor,
};
use comity_web::{Answering, SourceError};

use super::letters::{state_key, when};
use super::{House, failed, now};
use crate::circulation::{Addressed, rehearsed, to_be_told};
use crate::informal;

impl Mailings for House {
    fn mailing<'a>(
        &'a self,
        visitor: &'a Visitor,
        of: LettersOf<'a>,
        parties: &'a [String],
        language: Language,
    ) -> Answering<'a, Option<Mailing>> {
        Box::pin(self.mailing_of(visitor, of, parties, language))
    }

    fn reached<'a>(&'a self, informal: &'a str) -> Answering<'a, BTreeMap<String, ByLetter>> {
        Box::pin(self.reached_by_letter(informal))
    }

    fn stopped<'a>(&'a self, act: &'a str) -> Answering<'a, bool> {
        Box::pin(async move {
            let Some(outbox) = &self.outbox else {
                return Ok(false);
            };
            let hold = outbox.hold(act).await.map_err(|error| failed(&error))?;
            Ok(matches!(hold, Some(Hold::Stopped { .. })))
        })
    }

    fn in_mailing<'a>(
        &'a self,
        visitor: &'a Visitor,
        of: LettersOf<'a>,
        what: InMailing,
    ) -> Answering<'a, Result<(), NotDone>> {
        Box::pin(self.done_in_mailing(visitor, of, what))
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
    /// That open an informal consultation.
    Asking(Arc<InformalConsultation>),
    /// None now.
    Nothing,
}

/// What letters that were put in go by: the act that asks for them, and when it was done.
struct Occasion {
    act: String,
    since: Timestamp,
}

impl Letters {
    fn occasion(&self) -> Option<Occasion> {
        match self {
            Self::Of(found) => found.last_round().map(|round| Occasion {
                act: round.act.to_string(),
                since: round.opened.opens_at,
            }),
            Self::Asking(found) => Some(Occasion {
                act: found.act.to_string(),
                since: found.since,
            }),
            Self::Coming | Self::Nothing => None,
        }
    }
}

impl House {
    /// The letters, where the visitor conducts what they are of, or enters for it.
    fn letters_of(&self, visitor: &Visitor, of: LettersOf<'_>) -> Option<Letters> {
        let inside = self.inside(visitor, Language::Es)?;
        let state = self.registrar.state();
        match of {
            LettersOf::Consultation(id) => {
                let (stage, may) = inside.consultation_stage(id)?;
                let found = state.conference.consultations.get(&ActId::new(id)?)?;
                (may.conducts || may.enters).then(|| match stage {
                    Stage::Round => Letters::Of(Arc::clone(found)),
                    Stage::Ready | Stage::Closed | Stage::Certified => Letters::Coming,
                    Stage::Troika | Stage::Ended | Stage::Reported => Letters::Nothing,
                })
            }
            LettersOf::Informal(id) => {
                let found = state.conference.informals.get(&ActId::new(id)?)?;
                let consults = inside.may_consult_informally() || inside.enters_informals();
                consults.then(|| match found.closed {
                    Some(_) => Letters::Nothing,
                    None => Letters::Asking(Arc::clone(found)),
                })
            }
        }
    }

    async fn mailing_of(
        &self,
        visitor: &Visitor,
        of: LettersOf<'_>,
        parties: &[String],
        language: Language,
    ) -> Result<Option<Mailing>, SourceError> {
        let Some(letters) = self.letters_of(visitor, of) else {
            return Ok(None);
        };
        let registrar = &self.registrar;
        let listed = match &letters {
            Letters::Of(found) => to_be_told(registrar, found.last_round(), parties, language),
            Letters::Coming => to_be_told(registrar, None, parties, language),
            Letters::Asking(found) => informal::to_be_told(registrar, found, language),
            Letters::Nothing => return Ok(None),
        };
        let listed = listed.map_err(|error| SourceError(error.to_string()))?;
        let (held, notices) = match (&self.outbox, letters.occasion()) {
            (Some(outbox), Some(occasion)) => self.held(outbox, &occasion).await?,
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
            test_copy: self.last_copy(visitor, of.id()).await?,
        }))
    }

    /// Whether letters are held, and those that were put in.
    async fn held(
        &self,
        outbox: &Outbox,
        occasion: &Occasion,
    ) -> Result<(Held, Vec<Notice>), SourceError> {
        let notices = outbox.of_occasion(&occasion.act).await;
        let notices = notices.map_err(|error| failed(&error))?;
        let said = outbox.hold(&occasion.act).await;
        let said = said.map_err(|error| failed(&error))?;
        let waiting = notices.iter().filter_map(|notice| match notice.now {
            State::Waiting { attempts: 0, next } => Some(next),
            _ => None,
        });
        let first = match waiting.min() {
            None if notices.is_empty() && !self.has_read(outbox).await? => {
                occasion.since.saturating_add(HELD).ok()
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

    /// Each country that was asked by the letter that came furthest. Whom a letter goes to is asked of the seats: one to
    /// somebody who sits there no more reached nobody there.
    async fn reached_by_letter(&self, id: &str) -> Result<BTreeMap<String, ByLetter>, SourceError> {
        let state = self.registrar.state();
        let found = ActId::new(id).and_then(|id| state.conference.informals.get(&id));
        let (Some(outbox), Some(found)) = (&self.outbox, found) else {
            return Ok(BTreeMap::new());
        };
        let occasion = Occasion {
            act: id.to_owned(),
            since: found.since,
        };
        let (held, notices) = self.held(outbox, &occasion).await?;
        let to_come = notices.is_empty() && !self.has_read(outbox).await?;
        // Of letters that nobody remembers nothing is said: they went before this outbox was, or so long ago.
        if notices.is_empty() && !to_come {
            return Ok(BTreeMap::new());
        }
        let before = match held {
            Held::Stopped(_) if to_come => ByLetter::Stopped,
            _ if to_come => ByLetter::Waiting,
            _ => ByLetter::None,
        };
        let asked = found.opened.asked.iter();
        let mut reached: BTreeMap<String, ByLetter> =
            asked.map(|party| (party.to_string(), before)).collect();
        let parties = informal::sit_for(&self.registrar, found);
        for notice in &notices {
            let party = parties.get(&notice.person);
            if let Some(furthest) = party.and_then(|party| reached.get_mut(party)) {
                *furthest = (*furthest).max(by_letter(notice, held));
            }
        }
        Ok(reached)
    }

    async fn done_in_mailing(
        &self,
        visitor: &Visitor,
        of: LettersOf<'_>,
        what: InMailing,
    ) -> Result<Result<(), NotDone>, SourceError> {
        let not = |code: &str| Ok(Err(NotDone::new(code)));
        let Some(letters) = self.letters_of(visitor, of) else {
            return not(NotDone::NOT_PERMITTED);
        };
        if !visitor.proven {
            return not(NotDone::PROVE_AGAIN);
        }
        let Some(outbox) = &self.outbox else {
            return not("no-letters");
        };
        match (what, &letters, letters.occasion()) {
            (InMailing::TestCopy, Letters::Coming, _) => {
                // The letter of a round that could not be opened now has no term to name.
                let person = visitor.person.parse::<PersonId>().ok();
                let could = person
                    .and_then(|person| rehearsed(&self.registrar, &person, of.id(), Language::Es));
                match could {
                    Some(_) => self.copy(outbox, visitor, of.id()).await,
                    None => not("not-now"),
                }
            }
            (InMailing::TestCopy, Letters::Asking(_), Some(occasion)) => {
                // There is no draft of an informal consultation: the copy is had while its letters are held.
                match self.held(outbox, &occasion).await?.0 {
                    Held::Until(_) | Held::Stopped(_) => self.copy(outbox, visitor, of.id()).await,
                    Held::NotOpened | Held::No => not("not-now"),
                }
            }
            (InMailing::SendNow | InMailing::Stop, _, Some(occasion)) => {
                self.say_of(outbox, visitor, &occasion, what).await
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

    /// Letters are let go or stopped, where any of them waits.
    async fn say_of(
        &self,
        outbox: &Outbox,
        visitor: &Visitor,
        occasion: &Occasion,
        what: InMailing,
    ) -> Result<Result<(), NotDone>, SourceError> {
        let act = occasion.act.as_str();
        let notices = outbox.of_occasion(act).await;
        let notices = notices.map_err(|error| failed(&error))?;
        let to_come = notices.is_empty() && !self.has_read(outbox).await?;
        if !to_come && !notices.iter().any(Notice::is_waiting) {
            return Ok(Err(NotDone::new("nothing-waits")));
        }
        let now = self.posting_now();
        let said = match what {
            InMailing::Stop => outbox.stop(act, now).await,
            InMailing::SendNow | InMailing::TestCopy => outbox.release(act, now).await,
        };
        said.map_err(|error| failed(&error))?;
        let person = visitor.person.as_str();
        tracing::info!(person, act, ?what, "said of letters that are held");
        Ok(Ok(()))
    }

    /// By the clock that letters wait by.
    fn posting_now(&self) -> Timestamp {
        self.clock.as_ref().map_or_else(now, Clock::now)
    }
}

/// How far a letter came.
const fn by_letter(notice: &Notice, held: Held) -> ByLetter {
    match (&notice.now, held) {
        (State::Waiting { .. }, _) if notice.may_have_arrived => ByLetter::Uncertain,
        (State::Waiting { .. }, Held::Stopped(_)) => ByLetter::Stopped,
        (State::Waiting { .. }, _) => ByLetter::Waiting,
        (State::Sent { .. }, _) => ByLetter::Sent,
        (State::Returned { .. }, _) => ByLetter::Refused,
        (State::Dropped { .. }, _) => ByLetter::None,
    }
}
