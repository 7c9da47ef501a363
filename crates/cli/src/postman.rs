//! What acts send to whom: reads the register on, puts letters in, and sends those that are due.

use std::sync::Arc;
use std::time::Duration;

use comity_directory::{Directory, Person, PersonId};
use comity_entrance::Entrance;
use comity_policy::{Action, Class};
use comity_post::words::{Says, To, Written, deadline, letter};
use comity_post::{Carrier, Entry, Letter, Mailbox, Matter, NotCarried, Notice, Outbox};
use comity_registrar::{ActId, Clock, Registrar, SystemClock, Timestamp};
use comity_view::{Inside, Language};
use comity_web::inside::{Place, path};
use comity_wording::{Tongue, Wording};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

use crate::circulation;
use crate::indoors::fresh_token;
use crate::informal;

/// How often the register is read on and the outbox looked through.
const ROUND: Duration = Duration::from_secs(2);

/// Contact data that nobody confirmed for so long are asked for by letter, once a month (P-07, C-10).
pub const CONFIRMED_LASTS: SignedDuration = SignedDuration::from_hours(183 * 24);

/// So many days before a seat ends its holder is told.
const ENDS_IN_DAYS: i64 = 7;

/// Writes and sends.
#[derive(Debug)]
pub struct Postman {
    pub registrar: Registrar,
    pub directory: Arc<dyn Directory>,
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
    pub fn start(self) {
        tokio::spawn(async move {
            loop {
                if let Err(error) = self.round(SystemClock.now()).await {
                    tracing::warn!(error = format!("{error:#}"), "letters wait");
                }
                tokio::time::sleep(ROUND).await;
            }
        });
    }

    /// One round: what acts and days ask for is put in, what is due goes out.
    pub async fn round(&self, now: Timestamp) -> anyhow::Result<()> {
        self.read_on(now).await?;
        self.remind(now).await?;
        self.remind_of_terms(now).await?;
        if !self.outbox.is_open().await? {
            return Ok(());
        }
        for notice in self.outbox.all().await? {
            if !notice.is_due(now) {
                continue;
            }
            // A round may be long: the clock is read for each letter, or its turn would be over before it began.
            if let Err(error) = self.in_turn(&notice, SystemClock.now()).await {
                // One that cannot be written keeps no other back.
                let letter = notice.letter_id();
                tracing::warn!(letter, error = format!("{error:#}"), "a letter waits");
            }
        }
        Ok(())
    }

    async fn in_turn(&self, notice: &Notice, now: Timestamp) -> anyhow::Result<()> {
        if self.outbox.turn(notice, now).await? {
            self.send(notice, now).await?;
        }
        Ok(())
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
            for notice in self.asked_for_by(line.id, now).await? {
                self.outbox.put(&notice).await?;
            }
        }
        self.outbox.set_cursor(acts.len()).await?;
        Ok(())
    }

    async fn asked_for_by(&self, act: ActId, now: Timestamp) -> anyhow::Result<Vec<Notice>> {
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
            let told = circulation::told_of(&self.registrar, act)?.into_iter();
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

    /// Writes a letter and hands it over. Where there is nothing to send any more it is put away.
    async fn send(&self, notice: &Notice, now: Timestamp) -> anyhow::Result<()> {
        // Somebody else may have sent it while this one waited for its turn.
        let Some(notice) = self.outbox.fresh(notice).await? else {
            return Ok(());
        };
        let person = self.directory.get(&notice.person).await?;
        let addressed = person.as_ref().and_then(|person| {
            let address = person.email.clone()?;
            Some((person, address))
        });
        let Some((person, address)) = addressed.filter(|_| notice.is_due(now)) else {
            self.outbox.dropped(notice, now).await?;
            return Ok(());
        };
        let Some((written, entry)) = self.write(&notice, person, now).await? else {
            self.outbox.dropped(notice, now).await?;
            return Ok(());
        };
        let letter = Letter {
            id: notice.letter_id(),
            from: self.from.clone(),
            to: Mailbox {
                name: person.name.clone(),
                address,
            },
            language: tongue(person).code(),
            subject: written.subject,
            text: written.text,
            html: written.html,
            date: now,
            thread: notice.thread(),
            entry,
        };
        let outcome = self.carrier.carry(&letter).await;
        // What lies in a folder was handed over to nobody.
        if self.carrier.hands_over() {
            circulation::note(&self.registrar, &notice, &outcome).await;
        }
        if let Err(NotCarried::Refused { .. }) = &outcome {
            tracing::info!(letter = letter.id, "a letter came back");
        }
        self.outbox.done(notice, outcome, now).await?;
        Ok(())
    }

    /// A letter in the words of whoever gets it; `None` where there is nothing to say any more.
    async fn write(
        &self,
        notice: &Notice,
        person: &Person,
        now: Timestamp,
    ) -> anyhow::Result<Option<(Written, Option<Entry>)>> {
        let language = language(person);
        let zone = person.zone.as_deref().unwrap_or("UTC");
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let Some(rules) = self.registrar.state().rules.clone() else {
            return Ok(None);
        };
        let conference = rules.process.names.first();
        let to = To {
            conference: conference.map_or("", |name| name.get(language)),
            name: &person.name,
            tongue: tongue(person),
            zone: &zone,
        };
        let seat_of = |filled: &str| {
            let inside = self.registrar.inside(ActId::new(filled)?, language)?;
            inside.seat()
        };
        let at = |place: &Place| format!("{}{}", self.address, path(place, language));
        let says = match &notice.about {
            Matter::Invitation { filled } => {
                let Some(seat) = seat_of(filled) else {
                    return Ok(None);
                };
                // Of an invitation that came of the act; one that somebody asked for anew is sent in any case.
                let asked_for = notice.occasion != *filled;
                if !asked_for && self.door().has_come_in(&person.id).await? {
                    return Ok(None);
                }
                // Here the link comes to be: it never lies anywhere but in the letter.
                let token = fresh_token();
                let sent_to = person.email.as_deref();
                let link = self.door().invite(person.id, &token, sent_to, now).await?;
                let address = at(&Place::Link(token.as_str().to_owned()));
                let says = Says::Invitation {
                    seat: &seat.label,
                    party: &seat.party_label,
                    link: &address,
                    until: link.until,
                };
                return Ok(Some((letter(&to, &says), None)));
            }
            Matter::ConfirmData => Says::ConfirmData {
                link: &at(&Place::Account),
            },
            Matter::PresidencyHandedOver {
                presidency, from, ..
            } => {
                let seats = self.registrar.seats_of(person.id.as_str());
                let party = seats.into_iter().find_map(|filled| {
                    let now = self.registrar.inside(filled, language)?.presidency();
                    let terms = [now.current, now.next].into_iter().flatten();
                    terms
                        .into_iter()
                        .find(|term| term.id == *presidency)
                        .map(|term| term.party_label)
                });
                let Some(party) = party else { return Ok(None) };
                let says = Says::PresidencyHandedOver {
                    party: &party,
                    from: *from,
                    link: &at(&Place::Presidency),
                };
                return Ok(Some((letter(&to, &says), None)));
            }
            Matter::SeatEnds { filled, on } => {
                let Some(seat) = seat_of(filled) else {
                    return Ok(None);
                };
                let says = Says::SeatEnds {
                    seat: &seat.label,
                    party: &seat.party_label,
                    on: on.parse()?,
                    link: &at(&Place::Desk),
                };
                return Ok(Some((letter(&to, &says), None)));
            }
            Matter::Informal { of, what } => {
                let told = informal::told(&self.registrar, &person.id, of, *what, language);
                let Some(told) = told else { return Ok(None) };
                let says = Says::Informal {
                    step: *what,
                    topic: told.topic.as_deref(),
                    helpful_by: told.helpful_by,
                    link: &at(&Place::Informal(of.clone())),
                };
                return Ok(Some((letter(&to, &says), None)));
            }
            Matter::Consultation { of, what } => {
                let Some(told) =
                    circulation::told(&self.registrar, &person.id, of, *what, language)
                else {
                    return Ok(None);
                };
                let link = at(&Place::Consultation(of.clone()));
                let says = Says::Consultation {
                    step: *what,
                    topic: told.topic.as_deref(),
                    until: told.until.as_ref().map(|(at, zone)| (*at, zone)),
                    link: &link,
                };
                let written = letter(&to, &says);
                let local = told
                    .until
                    .as_ref()
                    .map(|(at, zone)| deadline(words(person), *at, zone));
                let entry = circulation::entry(
                    &told,
                    *what,
                    &written.subject,
                    &local.unwrap_or_default(),
                    &link,
                    now,
                );
                return Ok(Some((written, entry)));
            }
        };
        Ok(Some((letter(&to, &says), None)))
    }
}

fn language(person: &Person) -> Language {
    let wished = person.language.as_deref().and_then(Language::from_code);
    wished.unwrap_or(Language::Es)
}

fn words(person: &Person) -> &'static Wording {
    Wording::get(tongue(person))
}

fn tongue(person: &Person) -> Tongue {
    match language(person) {
        Language::Es => Tongue::Spanish,
        Language::En => Tongue::English,
    }
}
