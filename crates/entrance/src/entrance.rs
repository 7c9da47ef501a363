use std::sync::Arc;

use comity_directory::{Directory, Drawer, Kept, PersonId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{LINK_LASTS, Link, Means, Session, SessionLine, Token};

/// A session that is used is noted at most so often.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// The longest name of a browser that is kept.
const AGENT_LONGEST: usize = 120;

/// How long somebody may take to answer on their device.
pub const CEREMONY_LASTS: SignedDuration = SignedDuration::from_mins(5);

/// How much of a session's key its handle shows.
const HANDLE: usize = 16;

/// The door: links and sessions over a directory.
#[derive(Debug, Clone)]
pub struct Entrance {
    directory: Arc<dyn Directory>,
}

/// Why the door did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the directory failed")]
    Directory(#[from] comity_directory::Error),
    #[error("a drawer of the directory holds what this program did not put there")]
    Foreign(#[from] serde_json::Error),
}

impl Entrance {
    pub fn new(directory: Arc<dyn Directory>) -> Self {
        Self { directory }
    }

    /// The directory behind the door.
    pub fn directory(&self) -> &dyn Directory {
        self.directory.as_ref()
    }

    /// Makes a link for a person. The ones before it let nobody in any more.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn invite(
        &self,
        person: PersonId,
        token: &Token,
        sent_to: Option<&str>,
        now: Timestamp,
    ) -> Result<Link, Error> {
        for old in self.directory.of(Drawer::Link, &person).await? {
            self.directory.take(Drawer::Link, &old.key).await?;
        }
        let until = now.saturating_add(LINK_LASTS).unwrap_or(Timestamp::MAX);
        let sent_to = sent_to.map(str::to_owned);
        let kept = Kept {
            drawer: Drawer::Link,
            key: token.key(),
            person: Some(person),
            until: Some(until),
            body: serde_json::to_string(&Sent {
                to: sent_to.clone(),
            })?,
        };
        self.directory.keep(&kept).await?;
        Ok(Link {
            person,
            until,
            sent_to,
        })
    }

    /// Whom a link lets in. It is not used up: whatever looks at mail before a person does may follow links.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn knock(&self, token: &Token, now: Timestamp) -> Result<Option<Link>, Error> {
        let kept = self.directory.look(Drawer::Link, &token.key()).await?;
        Ok(kept.and_then(|kept| link(&kept, now)))
    }

    /// Uses a link up and begins a session; answers with the link too. Of several that use it, one comes in.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn enter_by_link(
        &self,
        token: &Token,
        session: &Token,
        agent: &str,
        now: Timestamp,
    ) -> Result<Option<(Session, Link)>, Error> {
        let kept = self.directory.take(Drawer::Link, &token.key()).await?;
        let Some(link) = kept.and_then(|kept| link(&kept, now)) else {
            return Ok(None);
        };
        let begun = self
            .begin(link.person, Means::Link, session, agent, now)
            .await?;
        Ok(Some((begun, link)))
    }

    /// Begins a session of somebody who showed who they are.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn begin(
        &self,
        person: PersonId,
        means: Means,
        token: &Token,
        agent: &str,
        now: Timestamp,
    ) -> Result<Session, Error> {
        let agent = agent.chars().filter(|character| !character.is_control());
        let session = Session {
            person,
            seat: None,
            means,
            begun_at: now,
            seen_at: now,
            proven_at: now,
            agent: agent.take(AGENT_LONGEST).collect(),
        };
        self.keep(token, &session).await?;
        Ok(session)
    }

    /// Who is signed in with a token. That they are here is noted, once a minute.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn session(&self, token: &Token, now: Timestamp) -> Result<Option<Session>, Error> {
        let Some(mut session) = self.glance(token, now).await? else {
            return Ok(None);
        };
        if now.duration_since(session.seen_at) >= NOTED {
            session.seen_at = now;
            self.keep(token, &session).await?;
        }
        Ok(Some(session))
    }

    /// The same, and nothing is noted: where an open page asks by itself, nobody need be there.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn glance(&self, token: &Token, now: Timestamp) -> Result<Option<Session>, Error> {
        let kept = self.directory.look(Drawer::Session, &token.key()).await?;
        let Some(kept) = kept else { return Ok(None) };
        let session: Session = serde_json::from_str(&kept.body)?;
        Ok((now < session.until()).then_some(session))
    }

    /// Takes a seat: the session goes on under a new token, and the old one is worth nothing any more.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn sit(
        &self,
        token: &Token,
        next: &Token,
        seat: &str,
        now: Timestamp,
    ) -> Result<Option<Session>, Error> {
        let Some(mut session) = self.session(token, now).await? else {
            return Ok(None);
        };
        // Of several that change the same session, one goes on.
        if self
            .directory
            .take(Drawer::Session, &token.key())
            .await?
            .is_none()
        {
            return Ok(None);
        }
        session.seat = Some(seat.to_owned());
        self.keep(next, &session).await?;
        Ok(Some(session))
    }

    /// Whether somebody can come in without a link, or is in.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn has_come_in(&self, person: &PersonId) -> Result<bool, Error> {
        for drawer in [Drawer::Credential, Drawer::Session] {
            if !self.directory.of(drawer, person).await?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn leave(&self, token: &Token) -> Result<(), Error> {
        self.directory.take(Drawer::Session, &token.key()).await?;
        Ok(())
    }

    /// The sessions of whoever asks, the last used first.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn sessions(
        &self,
        person: &PersonId,
        own: &Token,
        now: Timestamp,
    ) -> Result<Vec<SessionLine>, Error> {
        let mut lines = Vec::new();
        for kept in self.directory.of(Drawer::Session, person).await? {
            let session: Session = serde_json::from_str(&kept.body)?;
            if session.until() > now {
                lines.push(SessionLine {
                    handle: kept.key.chars().take(HANDLE).collect(),
                    session,
                    own: kept.key == own.key(),
                });
            }
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.session.seen_at));
        Ok(lines)
    }

    /// Ends one of a person's sessions by its handle, or all of them. Answers with how many.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn end(&self, person: &PersonId, handle: Option<&str>) -> Result<usize, Error> {
        let mut ended = 0;
        for kept in self.directory.of(Drawer::Session, person).await? {
            let meant = |handle: &str| handle.len() == HANDLE && kept.key.starts_with(handle);
            if handle.is_none_or(meant) {
                self.directory.take(Drawer::Session, &kept.key).await?;
                ended += 1;
            }
        }
        Ok(ended)
    }

    /// Notes that somebody in a session proved who they are: it goes on under a new token.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn prove(
        &self,
        token: &Token,
        next: &Token,
        means: Means,
        now: Timestamp,
    ) -> Result<Option<Session>, Error> {
        let Some(mut session) = self.session(token, now).await? else {
            return Ok(None);
        };
        if self
            .directory
            .take(Drawer::Session, &token.key())
            .await?
            .is_none()
        {
            return Ok(None);
        }
        session.proven_at = now;
        session.means = means;
        self.keep(next, &session).await?;
        Ok(Some(session))
    }

    /// Keeps the first half of a ceremony for the second, on whichever node that is.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn begin_ceremony(
        &self,
        token: &Token,
        person: Option<PersonId>,
        state: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let until = now.saturating_add(CEREMONY_LASTS);
        let kept = Kept {
            drawer: Drawer::Ceremony,
            key: token.key(),
            person,
            until: Some(until.unwrap_or(Timestamp::MAX)),
            body: state.to_owned(),
        };
        Ok(self.directory.keep(&kept).await?)
    }

    /// The first half of a ceremony, once: whose it is, and what it left.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn end_ceremony(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<(Option<PersonId>, String)>, Error> {
        let kept = self.directory.take(Drawer::Ceremony, &token.key()).await?;
        let timely = kept.filter(|kept| kept.until.is_some_and(|until| now < until));
        Ok(timely.map(|kept| (kept.person, kept.body)))
    }

    async fn keep(&self, token: &Token, session: &Session) -> Result<(), Error> {
        let kept = Kept {
            drawer: Drawer::Session,
            key: token.key(),
            person: Some(session.person),
            until: Some(session.until()),
            body: serde_json::to_string(session)?,
        };
        Ok(self.directory.keep(&kept).await?)
    }
}

fn link(kept: &Kept, now: Timestamp) -> Option<Link> {
    let (person, until) = (kept.person?, kept.until?);
    // What an earlier program kept says nothing of where it was sent.
    let sent: Sent = serde_json::from_str(&kept.body).unwrap_or_default();
    (now < until).then_some(Link {
        person,
        until,
        sent_to: sent.to,
    })
}

/// What is kept of a link beside whose it is.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Sent {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}
