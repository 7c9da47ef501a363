//! The way in over the live registrar and the directory: who is signed in, and what they do from their seat.

mod consult;
mod doors;
mod drafts;
mod feeds;
mod health;
mod informally;
mod keys;
mod letters;
mod lists;
mod mailing;
mod ministries;
mod papers;
mod passkeys;
mod passwords;
mod seats;
mod trail;
mod visits;
mod wishes;
mod workroom;

use std::sync::Arc;

use comity_conference::{ActId, PersonId as Named};
use comity_directory::{Directory, Person, PersonId};
use comity_entrance::{Entrance, Means, Token};
use comity_files::Files;
use comity_openid::Openid;
use comity_passkeys::Passkeys;
use comity_passwords::Passwords;
use comity_post::Outbox;
use comity_registrar::{
    Chance, Clock, Refusal, Registrar, StartingClock, SystemChance, SystemClock, Timestamp,
};
use comity_web::SourceError;
use comity_web::inside::{Card, NotDone, Visitor};

pub use health::{BACKUP, BackedUp};

use crate::limits::Limits;
use passwords::Vault;

/// The way in of a node.
#[derive(Debug)]
pub struct House {
    registrar: Registrar,
    entrance: Entrance,
    secure: bool,
    limits: Limits,
    /// Absent where the site's address cannot have them.
    passkeys: Option<Passkeys>,
    /// Absent where no folder of keys is given.
    passwords: Option<Vault>,
    /// Absent where no letters are sent.
    outbox: Option<Outbox>,
    /// Absent where no papers are kept.
    papers: Option<Arc<dyn Files>>,
    /// Absent where no ministry's account is known.
    ministries: Option<Openid>,
    /// Links go out by mail, and are shown to nobody.
    mails_links: bool,
    /// The seats of a demonstration; empty elsewhere.
    demo: Vec<ActId>,
    /// The clock of a demonstration, which anybody may put forward.
    clock: Option<StartingClock>,
}

impl House {
    pub fn new(registrar: Registrar, directory: Arc<dyn Directory>, secure: bool) -> Self {
        Self {
            registrar,
            entrance: Entrance::new(directory),
            secure,
            limits: Limits::default(),
            passkeys: None,
            passwords: None,
            outbox: None,
            papers: None,
            ministries: None,
            mails_links: false,
            demo: Vec::new(),
            clock: None,
        }
    }

    /// The same with passkeys.
    #[must_use]
    pub fn with_passkeys(mut self, passkeys: Option<Passkeys>) -> Self {
        self.passkeys = passkeys;
        self
    }

    /// The same with passwords.
    #[must_use]
    pub fn with_passwords(mut self, passwords: Option<Passwords>) -> Self {
        self.passwords = passwords.map(Vault::new);
        self
    }

    /// The same with papers.
    #[must_use]
    pub fn with_papers(mut self, papers: Option<Arc<dyn Files>>) -> Self {
        self.papers = papers;
        self
    }

    /// The same with the accounts of ministries.
    #[must_use]
    pub fn with_ministries(mut self, ministries: Option<Openid>) -> Self {
        self.ministries = ministries;
        self
    }

    /// The same with seats that anybody may take.
    #[must_use]
    pub fn with_open_seats(mut self, seats: Vec<ActId>) -> Self {
        self.demo = seats;
        self
    }

    /// The same with a clock that anybody may put forward.
    #[must_use]
    pub fn with_clock(mut self, clock: StartingClock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// When the next term of a running round ends.
    fn next_end(&self, now: Timestamp) -> Option<Timestamp> {
        let state = self.registrar.state();
        let open = state.conference.consultations.values();
        let rounds = open
            .filter(|found| found.end.is_none())
            .filter_map(|found| found.last_round());
        let ends = rounds.flat_map(|round| round.terms().values().map(|term| term.ends_at));
        ends.filter(|at| *at > now).min()
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

    /// Lets in somebody who showed who they are; where it is they who are in already, their session goes on as proved.
    async fn let_in(
        &self,
        visitor: Option<&Visitor>,
        person: PersonId,
        means: Means,
        agent: &str,
    ) -> Result<Option<String>, SourceError> {
        let next = fresh_token();
        tracing::info!(%person, ?means, "somebody showed who they are");
        let own = visitor.filter(|visitor| visitor.person == person.as_str());
        if let Some(token) = own.and_then(|own| Token::read(&own.session)) {
            let proven = self.entrance.prove(&token, &next, means, now()).await;
            let proven = proven.map_err(|error| failed(&error))?;
            return Ok(proven.map(|_| next.as_str().to_owned()));
        }
        let begun = self
            .entrance
            .begin(person, means, &next, agent, now())
            .await;
        begun.map_err(|error| failed(&error))?;
        self.begun(person, next).await.map(Some)
    }
}

fn now() -> Timestamp {
    SystemClock.now()
}

pub fn fresh_token() -> Token {
    Token::of(chance())
}

/// As many random bytes as are asked for.
fn chance<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    for part in bytes.chunks_mut(16) {
        part.copy_from_slice(&SystemChance.bytes()[..part.len()]);
    }
    bytes
}

/// What a browser calls itself, without what would spoil a page.
fn agent_of(agent: &str) -> String {
    agent
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect()
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
        Refusal::Unsettled(_) => NotDone::UNSETTLED,
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
        reached_at: None,
    }
}

/// A link for a person, made by whoever operates the program. Answers with its token and when it ends.
pub async fn operators_link(
    directory: Arc<dyn Directory>,
    person: PersonId,
) -> Result<(String, Timestamp), comity_entrance::Error> {
    let token = fresh_token();
    let link = Entrance::new(directory)
        .invite(person, &token, None, now())
        .await?;
    Ok((token.as_str().to_owned(), link.until))
}
