//! A meeting from inside: the sessions that a seat may be in, and no other. Behind a door that is closed to it there is nothing.

use std::collections::BTreeSet;

use comity_calendar::Partial;
use comity_policy::{Action, Answer, Class, Door, Setting};

use crate::{Inside, Link, Place};

/// A meeting of which the seat sees something.
#[derive(Debug, Clone, PartialEq)]
pub struct GatheringLine {
    pub id: String,
    pub body: String,
    /// Its public page.
    pub link: Link,
    pub date: Partial,
    pub place: Option<Place>,
}

/// A meeting with the sessions that the seat sees.
#[derive(Debug, Clone)]
pub struct GatheringPage {
    pub line: GatheringLine,
    pub sessions: Vec<SessionSeen>,
}

/// A session that the seat sees, and what it does there.
#[derive(Debug, Clone)]
pub struct SessionSeen {
    pub name: String,
    /// Why it is seen.
    pub why: Answer,
    pub attend: Answer,
    pub speak: Answer,
    pub declare: Answer,
    /// The class of the session, for who else can see it.
    pub class: Class,
    /// What has to be on its agenda, by the rules.
    pub items: Vec<String>,
}

impl Inside {
    /// The meetings of which the seat sees a session, the latest first.
    pub fn gatherings(&self) -> Vec<GatheringLine> {
        let meetings = self.meetings().into_iter();
        meetings
            .filter_map(|(id, _)| self.gathering(&id))
            .map(|page| page.line)
            .collect()
    }

    /// The bodies of which the seat sees a meeting, in the order of the rules.
    pub fn gathering_bodies(&self) -> Vec<(String, String)> {
        let seen: BTreeSet<String> = self
            .gatherings()
            .into_iter()
            .map(|line| line.body)
            .collect();
        let bodies = self.view.rules().bodies.iter();
        let own = bodies.filter(|body| seen.contains(&body.id));
        own.map(|body| (body.id.clone(), self.view.body_or_id(&body.id).label.text))
            .collect()
    }

    /// Whether a body is the first of those in which the parties that are consulted decide: its calendar has the close of
    /// each round.
    pub fn decides_first(&self, body: &str) -> bool {
        let rules = self.view.rules();
        let decides = |kind: &String| rules.party_kind(kind).is_some_and(|kind| kind.decides);
        let bodies = rules.bodies.iter();
        let deciding = bodies.filter(|known| known.decides.iter().any(decides));
        let first = deciding.min_by_key(|known| known.order);
        first.is_some_and(|known| known.id == body)
    }

    /// One of them; `None` where the seat sees none of its sessions.
    pub fn gathering(&self, id: &str) -> Option<GatheringPage> {
        let fact = &self.view.conference().meetings.get(id)?.fact;
        let body = self.view.rules().bodies.iter();
        let body = body.clone().find(|body| *body.id == *fact.body)?;
        let setting = |open: bool, slots: &[String]| {
            let door = if open { Door::Open } else { Door::Closed };
            let mut setting = Setting::new(&body.kind, &body.id, door, id);
            setting
                .slots
                .extend(slots.iter().map(|slot| slot.as_str().into()));
            setting
        };
        let mut sessions = Vec::new();
        if body.sessions.is_empty() {
            let name = self.view.body_or_id(&body.id).label.text;
            sessions.extend(self.session(name, None, &body.id, setting(true, &body.slots)));
        }
        for session in &body.sessions {
            let setting = setting(session.open, &session.slots);
            let name = self.view.text(&session.name);
            sessions.extend(self.session(name, Some(&session.id), &body.id, setting));
        }
        if sessions.is_empty() {
            return None;
        }
        Some(GatheringPage {
            line: GatheringLine {
                id: id.to_owned(),
                body: body.id.clone(),
                link: self.view.meeting_link(id)?,
                date: fact.date,
                place: fact.place.as_ref().map(|place| self.view.place(place)),
            },
            sessions,
        })
    }

    fn session(
        &self,
        name: String,
        session: Option<&str>,
        body: &str,
        setting: Setting,
    ) -> Option<SessionSeen> {
        let class = Class::Session(setting);
        let why = self.may(Action::Read, &class);
        if !why.allowed {
            return None;
        }
        let rules = self.view.rules().minimum_items.iter();
        let own = rules.filter(|item| {
            item.bodies.iter().any(|known| known == body) && item.session.as_deref() == session
        });
        Some(SessionSeen {
            name,
            why,
            attend: self.may(Action::Attend, &class),
            speak: self.may(Action::Speak, &class),
            declare: self.may(Action::Declare, &class),
            items: own.map(|item| self.view.text(&item.name)).collect(),
            class,
        })
    }
}
