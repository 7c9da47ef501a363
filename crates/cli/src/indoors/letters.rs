//! The letters, as whoever looks after them sees them.

use comity_post::{InformalStep, Matter, Notice, Outbox, State, Step, stock};
use comity_registrar::Timestamp;
use comity_web::SourceError;
use comity_web::inside::{LetterLine, Letters, Mailed};

use super::{House, failed, now};

/// How many letters are listed.
const SHOWN: usize = 200;

impl House {
    pub(super) async fn all_letters(&self) -> Result<Option<Letters>, SourceError> {
        let Some(outbox) = &self.outbox else {
            return Ok(None);
        };
        let mut all = outbox.all().await.map_err(|error| failed(&error))?;
        let counts = stock(&all);
        all.sort_by_key(|notice| std::cmp::Reverse(when(notice)));
        let mut lines = Vec::new();
        for notice in all.iter().take(SHOWN) {
            let person = self.directory().get(&notice.person).await;
            let person = person.map_err(|error| failed(&error))?;
            lines.push(LetterLine {
                key: notice.key(),
                name: person.map(|person| person.name).unwrap_or_default(),
                parties: self.parties_of(notice.person.as_str()),
                consultation: match &notice.about {
                    Matter::Consultation { of, .. } | Matter::TestCopy { of } => Some(of.clone()),
                    _ => None,
                },
                matter: matter_key(&notice.about),
                state: state_key(notice),
                at: when(notice),
                why: notice.why.clone(),
            });
        }
        Ok(Some(Letters {
            open: outbox.is_open().await.map_err(|error| failed(&error))?,
            waiting: counts.waiting,
            returned: counts.returned,
            lines,
        }))
    }

    pub(super) async fn set_outbox(&self, open: bool) -> Result<(), SourceError> {
        let Some(outbox) = &self.outbox else {
            return Ok(());
        };
        outbox.set_open(open).await.map_err(|error| failed(&error))
    }

    pub(super) async fn again(&self, key: &str) -> Result<(), SourceError> {
        let Some(outbox) = &self.outbox else {
            return Ok(());
        };
        let again = outbox.again(key, now()).await;
        again.map(drop).map_err(|error| failed(&error))
    }

    /// Where links go out by mail: whether at once.
    pub(super) async fn mailed(&self) -> Result<Option<Mailed>, SourceError> {
        let (Some(outbox), true) = (&self.outbox, self.mails_links) else {
            return Ok(None);
        };
        let open = outbox.is_open().await.map_err(|error| failed(&error))?;
        Ok(Some(if open { Mailed::Now } else { Mailed::OnceOpen }))
    }

    /// Puts a new invitation in, besides the one that came of the act.
    pub(super) async fn invite_by_mail(
        &self,
        person: comity_directory::PersonId,
        filled: &str,
    ) -> Result<(), SourceError> {
        let Some(outbox) = &self.outbox else {
            return Ok(());
        };
        let at = now();
        let occasion = format!("{filled}@{}", at.as_millisecond());
        let filled = filled.to_owned();
        let notice = Notice::new(&occasion, person, Matter::Invitation { filled }, at);
        let put = outbox.put(&notice).await;
        put.map(drop).map_err(|error| failed(&error))
    }

    /// The same with letters; with `links`, those that let somebody in go out by mail and are shown to nobody.
    #[must_use]
    pub fn with_letters(mut self, outbox: Option<Outbox>, links: bool) -> Self {
        self.outbox = outbox;
        self.mails_links = links;
        self
    }
}

/// The word for what a letter is about.
const fn matter_key(about: &Matter) -> &'static str {
    match about {
        Matter::Invitation { .. } => "letter-invitation",
        Matter::ConfirmData => "letter-confirm-data",
        Matter::PresidencyHandedOver { .. } => "letter-presidency-handed-over",
        Matter::SeatEnds { .. } => "letter-seat-ends",
        Matter::Consultation { what, .. } => match what {
            Step::Troika => "letter-consultation-troika",
            Step::Resubmitted => "letter-consultation-resubmitted",
            Step::Method => "letter-consultation-method",
            Step::Round => "letter-consultation-round",
            Step::Extended => "letter-consultation-extended",
            Step::ClosedEarly => "letter-consultation-closed-early",
            Step::Reminder => "letter-consultation-reminder",
            Step::LastDay => "letter-consultation-last-day",
            // Whoever looks after the letters may not know who answered, or objected.
            Step::Entered
            | Step::EnteredReaction
            | Step::EnteredMethod
            | Step::EnteredReceipt
            | Step::EnteredStep
            | Step::LateObjection
            | Step::Replied => "letter-consultation-to-one",
            Step::Launched => "letter-consultation-launched",
            Step::Referred => "letter-consultation-referred",
            Step::Withdrawn => "letter-consultation-withdrawn",
            Step::Reported => "letter-consultation-reported",
        },
        Matter::Informal { what, .. } => match what {
            InformalStep::Opened => "letter-informal-opened",
            InformalStep::Entered => "letter-informal-entered",
            InformalStep::Closed => "letter-informal-closed",
        },
        Matter::TestCopy { .. } => "letter-test-copy",
        Matter::Daily { .. } => "letter-daily",
    }
}

/// The word for where a letter stands.
pub(super) const fn state_key(notice: &Notice) -> &'static str {
    match notice.now {
        State::Waiting { .. } if notice.may_have_arrived => "letter-uncertain",
        State::Waiting { .. } => "letter-waiting",
        State::Sent { .. } => "letter-sent",
        State::Returned { .. } => "letter-returned",
        State::Dropped { .. } => "letter-dropped",
    }
}

pub(super) fn when(notice: &Notice) -> Timestamp {
    match notice.now {
        State::Waiting { .. } => notice.since,
        State::Sent { at } | State::Returned { at } | State::Dropped { at } => at,
    }
}
