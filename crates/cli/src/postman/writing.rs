//! Letters are written in the words of whoever gets them, and handed over.

use comity_directory::Person;
use comity_post::words::{Says, To, Written, deadline, letter, test_copy};
use comity_post::{
    Enclosed, Hold, InformalStep, Letter, Mailbox, Matter, NotCarried, Notice, State, Step,
};
use comity_registrar::{ActId, Timestamp};
use comity_view::Language;
use comity_web::inside::{DateAsked, Place, date_entry, days_in_words, path};
use comity_wording::{Tongue, Wording};
use jiff::tz::TimeZone;

use super::Postman;
use crate::circulation::{self, Clocked};
use crate::indoors::fresh_token;
use crate::informal;

impl Postman {
    /// Writes a letter and hands it over. Where there is nothing to send any more it is put away.
    pub(super) async fn send(&self, notice: &Notice, now: Timestamp) -> anyhow::Result<()> {
        // Somebody else may have sent it while this one waited for its turn.
        let Some(notice) = self.outbox.fresh(notice).await? else {
            return Ok(());
        };
        let person = self.directory.get(&notice.person).await?;
        let addressed = person.as_ref().and_then(|person| {
            let address = person.email.clone()?;
            Some((person, address))
        });
        if circulation::is_past(&self.registrar, &notice) {
            self.outbox.dropped(notice, now).await?;
            return Ok(());
        }
        // Since the turn is taken nobody else sends it: what is said of it by now holds.
        let hold = self.outbox.hold(&notice.occasion).await?;
        if !Hold::lets_go(hold, &notice, now) {
            self.outbox.left(&notice).await?;
            return Ok(());
        }
        let Some((person, address)) = addressed else {
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
            date: notice.date(now),
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
        let later = matches!(outcome, Err(NotCarried::Later { .. }));
        let settled = self.outbox.done(notice, outcome, now).await?;
        // One that was tried for days and given up came back too, unless it may have arrived one of the times.
        let given_up = matches!(settled.now, State::Returned { .. });
        if later && given_up && !settled.may_have_arrived && self.carrier.hands_over() {
            let why = settled.why.clone().unwrap_or_default();
            let refused = Err(NotCarried::Refused { why });
            circulation::note(&self.registrar, &settled, &refused).await;
        }
        Ok(())
    }

    /// A letter in the words of whoever gets it; `None` where there is nothing to say any more.
    async fn write(
        &self,
        notice: &Notice,
        person: &Person,
        now: Timestamp,
    ) -> anyhow::Result<Option<(Written, Option<Enclosed>)>> {
        match &notice.about {
            Matter::Daily { keys } => {
                let written = self.write_daily(keys, person, now).await?;
                Ok(written.map(|written| (written, None)))
            }
            _ => self.write_one(notice, person, now).await,
        }
    }

    /// The address of a page, in the language of whoever gets the letter.
    pub(super) fn address_of(&self, place: &Place, person: &Person) -> String {
        format!("{}{}", self.address, path(place, language(person)))
    }

    /// To whom it goes, and from which conference.
    pub(super) fn to<'a>(
        &self,
        conference: &'a str,
        person: &'a Person,
        zone: &'a TimeZone,
    ) -> To<'a> {
        To {
            conference,
            name: &person.name,
            tongue: tongue(person),
            zone,
        }
    }

    /// The name of the conference, in the language of whoever gets the letter.
    pub(super) fn conference(&self, person: &Person) -> Option<String> {
        let rules = self.registrar.state().rules.clone()?;
        let name = rules.process.names.first();
        Some(
            name.map_or("", |name| name.get(language(person)))
                .to_owned(),
        )
    }

    pub(super) async fn write_one(
        &self,
        notice: &Notice,
        person: &Person,
        now: Timestamp,
    ) -> anyhow::Result<Option<(Written, Option<Enclosed>)>> {
        let language = language(person);
        let zone = zone_of(person);
        let Some(conference) = self.conference(person) else {
            return Ok(None);
        };
        let to = self.to(&conference, person, &zone);
        let seat_of = |filled: &str| {
            let inside = self.registrar.inside(ActId::new(filled)?, language)?;
            inside.seat()
        };
        let at = |place: &Place| self.address_of(place, person);
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
                    term: told.term.as_ref().map(Clocked::told),
                    link: &link,
                };
                let written = letter(&to, &says);
                let local = told
                    .term
                    .as_ref()
                    .map(|term| deadline(words(person), term.until, &term.zone));
                let entry = circulation::entry(
                    &told,
                    *what,
                    &written.subject,
                    &local.unwrap_or_default(),
                    &link,
                    notice.date(now),
                );
                return Ok(Some((written, entry.map(Enclosed::Deadline))));
            }
            Matter::Informal { of, what } => {
                return Ok(self.write_informal(of, *what, &to, person, letter));
            }
            Matter::TestCopy { of } if informal::is_one(&self.registrar, of) => {
                let step = InformalStep::Opened;
                return Ok(self.write_informal(of, step, &to, person, test_copy));
            }
            Matter::TestCopy { of } => {
                let asked = circulation::rehearsed(&self.registrar, &person.id, of, language);
                let Some(told) = asked else {
                    return Ok(None);
                };
                let says = Says::Consultation {
                    step: Step::Round,
                    topic: told.topic.as_deref(),
                    term: told.term.as_ref().map(Clocked::told),
                    link: &at(&Place::Consultation(of.clone())),
                };
                // Without the entry: no calendar is to hold a term that does not run.
                return Ok(Some((test_copy(&to, &says), None)));
            }
            // It is written of the letters in whose place it goes.
            Matter::Daily { .. } => return Ok(None),
        };
        Ok(Some((letter(&to, &says), None)))
    }

    /// A letter of an informal consultation, or its test copy; `None` where there is nothing to say any more.
    fn write_informal(
        &self,
        of: &str,
        step: InformalStep,
        to: &To<'_>,
        person: &Person,
        written: fn(&To<'_>, &Says<'_>) -> Written,
    ) -> Option<(Written, Option<Enclosed>)> {
        let told = informal::told(&self.registrar, &person.id, of, step, language(person))?;
        let link = self.address_of(&Place::Informal(of.to_owned()), person);
        let words = words(person);
        let days = told.asks_about.map(|(days, _)| days_in_words(words, days));
        let says = Says::Informal {
            step,
            topic: told.topic.as_deref(),
            helpful_by: told.helpful_by,
            days: days.as_deref(),
            link: &link,
        };
        let written = written(to, &says);
        let entry = told.asks_about.map(|(days, since)| DateAsked {
            act: of,
            since,
            days,
            topic: told.topic.as_deref(),
            url: link,
        });
        Some((
            written,
            entry.map(|asked| Enclosed::Days(date_entry(words, asked))),
        ))
    }
}

/// The zone in which somebody works.
pub(super) fn zone_of(person: &Person) -> TimeZone {
    let zone = person.zone.as_deref().unwrap_or("UTC");
    TimeZone::get(zone).unwrap_or(TimeZone::UTC)
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
