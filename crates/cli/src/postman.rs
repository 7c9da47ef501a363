//! What acts send to whom: reads the register on, puts letters in, and sends those that are due.

mod daily;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use comity_conference::ActLine;
use comity_directory::{Directory, PersonId};
use comity_entrance::Entrance;
use comity_policy::{Action, Class};
use comity_post::{Carrier, Hold, Lot, Mailbox, Matter, Notice, Outbox};
use comity_registrar::{Clock, Registrar, Timestamp};
use comity_view::{Inside, Language};
use futures_util::StreamExt;
use jiff::{SignedDuration, ToSpan};

use crate::circulation;
use crate::informal;

/// How often the register is read on and the outbox looked through.
const ROUND: Duration = Duration::from_secs(2);

/// So many letters are on their way to the mail server at once: most of the time of each is waiting for its answers.
const AT_ONCE: usize = 4;

/// After so many rounds marks are looked after that a program left out which ended, or knew none.
const ROUNDS_TO_MARK: u32 = 1_800;

/// Contact data that nobody confirmed for so long are asked for by letter, once a month (P-07, C-10).
pub const CONFIRMED_LASTS: SignedDuration = SignedDuration::from_hours(183 * 24);

/// So many days before a seat ends its holder is told.
const ENDS_IN_DAYS: i64 = 7;

/// Writes and sends.
#[derive(Debug)]
pub struct Postman {
    pub registrar: Registrar,
    pub directory: Arc<dyn Directory>,
    /// By which letters wait and are dated: the machine's, or that of a demonstration.
    pub clock: Arc<dyn Clock>,
    pub outbox: Outbox,
    pub carrier: Box<dyn Carrier>,
    pub from: Mailbox,
    /// Scheme and host of the site, without a slash at the end.
    pub address: String,
    /// Links that let somebody in go out too.
    pub links: bool,
}

impl Postman {
    /// Works until the program ends. What fails is tried again in the next round.
    pub fn start(self) -> tokio::task::JoinHandle<()> {
        tokio::spawn(async move {
            let mut rounds: u32 = 0;
            loop {
                let mut done = Ok(());
                if rounds.is_multiple_of(ROUNDS_TO_MARK) {
                    done = self.outbox.mark_all().await.map_err(anyhow::Error::from);
                }
                if done.is_ok() {
                    done = self.round(self.clock.now()).await;
                    rounds = rounds.wrapping_add(1);
                }
                if let Err(error) = done {
                    tracing::warn!(error = format!("{error:#}"), "letters wait");
                }
                tokio::time::sleep(ROUND).await;
            }
        })
    }

    /// One round: what acts and days ask for is put in, what is due goes out.
    pub async fn round(&self, now: Timestamp) -> anyhow::Result<()> {
        self.read_on(now).await?;
        self.remind(now).await?;
        self.remind_of_terms(now).await?;
        if !self.outbox.is_open().await? {
            return Ok(());
        }
        let mut waiting = self.outbox.waiting().await?;
        let gathered = self.gather(&waiting, now).await?;
        waiting.extend(gathered);
        let due = self.due(waiting, now).await?;
        let going = futures_util::stream::iter(due);
        let sent = going.for_each_concurrent(AT_ONCE, async |notice| {
            // A round may be long: the clock is read for each letter, or its turn would be over before it began.
            if let Err(error) = self.in_turn(&notice, self.clock.now().max(now)).await {
                // One that cannot be written keeps no other back.
                let letter = notice.letter_id();
                tracing::warn!(letter, error = format!("{error:#}"), "a letter waits");
            }
        });
        sent.await;
        Ok(())
    }

    /// Those of the letters that wait which go now, or are put away.
    async fn due(&self, waiting: Vec<Notice>, now: Timestamp) -> anyhow::Result<Vec<Notice>> {
        let mut said: BTreeMap<String, Option<Hold>> = BTreeMap::new();
        let mut due = Vec::new();
        for notice in waiting {
            // Of an occasion it is asked once in a round, and again for each letter that is to go.
            let hold = match said.get(&notice.occasion) {
                Some(hold) => *hold,
                None => {
                    let hold = self.outbox.hold(&notice.occasion).await?;
                    said.insert(notice.occasion.clone(), hold);
                    hold
                }
            };
            if circulation::is_past(&self.registrar, &notice) || Hold::lets_go(hold, &notice, now) {
                due.push(notice);
            }
        }
        Ok(due)
    }

    async fn in_turn(&self, notice: &Notice, now: Timestamp) -> anyhow::Result<()> {
        match self.outbox.lot(notice).await? {
            Lot::Waits => Ok(()),
            Lot::With(daily) => Ok(self.outbox.follow(&daily, notice, now).await?),
            Lot::Alone => {
                if self.outbox.turn(notice, now).await? {
                    self.send(notice, now).await?;
                }
                Ok(())
            }
        }
    }

    /// Puts in what the acts since the last round ask for. What was before the first round is history, and sends nothing.
    async fn read_on(&self, now: Timestamp) -> anyhow::Result<()> {
        let state = self.registrar.state();
        let acts = &state.conference.acts;
        let Some(read) = self.outbox.cursor().await? else {
            self.outbox.set_cursor(acts.len()).await?;
            return Ok(());
        };
        if read >= acts.len() {
            return Ok(());
        }
        for line in acts.iter().skip(read) {
            for notice in self.asked_for_by(line, now).await? {
                self.outbox.put(&notice).await?;
            }
        }
        self.outbox.set_cursor(acts.len()).await?;
        Ok(())
    }

    async fn asked_for_by(&self, line: &ActLine, now: Timestamp) -> anyhow::Result<Vec<Notice>> {
        let act = line.id;
        let state = self.registrar.state();
        let conference = &state.conference;
        let occasion = act.to_string();
        if let Some(holding) = conference.seats.get(&act).filter(|_| self.links) {
            let filled = occasion.clone();
            let person: PersonId = holding.filled.person.as_str().parse()?;
            let about = Matter::Invitation { filled };
            return Ok(vec![Notice::new(&occasion, person, about, now)]);
        }
        let hand_over = conference
            .hand_overs
            .iter()
            .find(|(_, hand_over)| hand_over.act == act);
        let Some((presidency, hand_over)) = hand_over else {
            let told = circulation::told_of(&self.registrar, line)?.into_iter();
            let informally = informal::told_of(&self.registrar, act)?;
            return Ok(told
                .chain(informally)
                .map(|(person, about)| Notice::new(&occasion, person, about, now))
                .collect());
        };
        let about = Matter::PresidencyHandedOver {
            presidency: presidency.to_string(),
            from: hand_over.from,
            zone: hand_over.zone.clone(),
        };
        // Whoever may see the Presidency's business, each once, however many seats they hold.
        let mut people: Vec<PersonId> = Vec::new();
        for (filled, holding) in conference.held_seats(self.registrar.now()) {
            let inside = self.registrar.inside(filled, Language::Es);
            let may = |inside: Inside| inside.may(Action::Read, &Class::Presidency).allowed;
            if inside.is_some_and(may) {
                people.push(holding.filled.person.as_str().parse()?);
            }
        }
        people.sort();
        people.dedup();
        let letters = people.into_iter();
        Ok(letters
            .map(|person| Notice::new(&occasion, person, about.clone(), now))
            .collect())
    }

    /// Puts in what a day asks for: data that nobody confirmed for long, and seats that end.
    async fn remind(&self, now: Timestamp) -> anyhow::Result<()> {
        let state = self.registrar.state();
        let today = jiff::tz::Offset::UTC.to_datetime(now).date();
        let month = format!("confirm-{}", today.strftime("%Y-%m"));
        let soon = today.saturating_add(ENDS_IN_DAYS.days());
        let held: Vec<_> = state.conference.held_seats(self.registrar.now()).collect();
        for (filled, holding) in held {
            let person: PersonId = holding.filled.person.as_str().parse()?;
            let ends = holding
                .filled
                .until
                .filter(|until| today <= *until && *until <= soon);
            if let Some(until) = ends {
                let about = Matter::SeatEnds {
                    filled: filled.to_string(),
                    on: until.to_string(),
                };
                let occasion = format!("ends-{filled}");
                self.outbox
                    .put(&Notice::new(&occasion, person, about, now))
                    .await?;
            }
            let Some(known) = self.directory.get(&person).await? else {
                continue;
            };
            let stale = known
                .confirmed_at
                .is_none_or(|at| now.duration_since(at) > CONFIRMED_LASTS);
            // Whoever never came in has an invitation that asks for the same.
            if stale && known.email.is_some() && self.door().has_come_in(&person).await? {
                let notice = Notice::new(&month, person, Matter::ConfirmData, now);
                self.outbox.put(&notice).await?;
            }
        }
        Ok(())
    }

    /// Puts in what the terms of consultations ask for.
    async fn remind_of_terms(&self, now: Timestamp) -> anyhow::Result<()> {
        for (occasion, person, about) in circulation::reminders(&self.registrar)? {
            let notice = Notice::new(&occasion, person, about, now);
            self.outbox.put(&notice).await?;
        }
        Ok(())
    }

    fn door(&self) -> Entrance {
        Entrance::new(Arc::clone(&self.directory))
    }
}
