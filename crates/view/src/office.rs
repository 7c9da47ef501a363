//! The Presidency from inside: where it stands, who would follow, and what a seat may do about it.

use comity_calendar::Partial;
use comity_conference::{Candidacy, Deed};
use comity_policy::{Action, Answer, Class, Door, Setting, Troika};
use jiff::Timestamp;

use crate::{Inside, Link};

/// Where the Presidency stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresidencyNow {
    pub current: Option<TermLine>,
    pub next: Option<TermLine>,
    /// Who asks is the Presidency in office.
    pub own: bool,
    pub may_hand_over: bool,
    /// The policy that says so.
    pub policy: Answer,
}

/// A presidency with the instant at which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermLine {
    pub id: String,
    pub party: String,
    pub party_label: String,
    pub term: String,
    pub theme: Option<String>,
    pub begins: Timestamp,
    /// No hand-over says so.
    pub assumed: bool,
    /// The time zone in which a hand-over was meant.
    pub zone: Option<String>,
    /// Who asks chooses its theme, or enters what its member sent by note.
    pub theme_is_for: Voice,
}

/// On whose word somebody may enter a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    Nobody,
    /// On a note of whoever it is for.
    OnANote,
    Own,
}

/// A member that would preside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidacyLine {
    /// The act that announced it.
    pub act: String,
    pub party_label: String,
    pub term: String,
    pub meeting: Option<Link>,
    pub since: Timestamp,
    pub note: Option<String>,
    pub withdraw: Voice,
    /// It is for the next term, and who asks puts on record that the members agreed.
    pub designate: Voice,
}

/// What can be announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcing {
    pub by: Voice,
    /// For whom: the own party alone, or every member where it is entered on a note.
    pub parties: Vec<(String, String)>,
    pub terms: Vec<String>,
    /// The meetings before which it is announced, the latest first.
    pub meetings: Vec<(String, String)>,
}

/// How many years ahead a form offers.
const OFFERED: i16 = 5;

impl Inside {
    /// Where the Presidency stands, and who may hand it over.
    pub fn presidency(&self) -> PresidencyNow {
        let conference = self.view.conference();
        let all = conference.presidencies_in_order();
        let current = conference.presidency_at(self.now).map(|held| &held.fact.id);
        let place = all
            .iter()
            .position(|(held, _)| Some(&held.fact.id) == current);
        let line = |place: Option<usize>| {
            let (held, beginning) = all.get(place?)?;
            let hand_over = conference.hand_overs.get(&held.fact.id);
            Some(TermLine {
                id: held.fact.id.to_string(),
                party: held.fact.party.to_string(),
                party_label: self.view.party_or_id(&held.fact.party).label.text,
                term: held.fact.term.to_string(),
                theme: held
                    .fact
                    .theme
                    .as_ref()
                    .map(|theme| self.view.title(theme).text),
                begins: beginning.at,
                assumed: beginning.assumed,
                zone: hand_over.map(|hand_over| hand_over.zone.clone()),
                theme_is_for: self.says_for(&held.fact.party, Action::ChooseTheme),
            })
        };
        let next = line(place.map(|place| place + 1));
        let policy = self.may(Action::HandOver, &Class::Presidency);
        PresidencyNow {
            current: line(place),
            own: self.rights.troika == Troika::Current,
            may_hand_over: policy.allowed && next.as_ref().is_some_and(|next| next.assumed),
            next,
            policy,
        }
    }

    /// Whether the dossier of the Presidency is open to the seat, and by which policy.
    pub fn reads_dossier(&self) -> Answer {
        self.may(Action::Read, &Class::Presidency)
    }

    /// On whose word the seat does something of a member.
    fn says_for(&self, party: &str, action: Action) -> Voice {
        let own = party == self.party();
        if own && self.may(action, &Class::Presidency).allowed {
            return Voice::Own;
        }
        self.says_on_a_note()
    }

    fn says_on_a_note(&self) -> Voice {
        if self.may(Action::EnterReceived, &Class::Presidency).allowed {
            Voice::OnANote
        } else {
            Voice::Nobody
        }
    }

    /// The candidacies that stand: seen by whoever may be in the plenary in which they were announced.
    pub fn candidacies(&self) -> Vec<CandidacyLine> {
        let conference = self.view.conference();
        let last = conference.presidencies_by_term().last().copied();
        let last = last.map(|held| held.fact.term.earliest().year());
        let years = self.view.rules().chair.term_years.unwrap_or(1);
        let next = last.and_then(|last| last.checked_add_unsigned(years));
        let decides = if self.may(Action::Decide, &Class::Presidency).allowed {
            Voice::Own
        } else {
            self.says_on_a_note()
        };
        let open = conference.open_candidacies().into_iter();
        let seen = open.filter(|(_, candidacy)| self.hears(candidacy));
        seen.map(|(act, candidacy)| {
            let announced = &candidacy.announced;
            let year = announced.term.earliest().year();
            CandidacyLine {
                act: act.to_string(),
                party_label: self.view.party_or_id(&announced.party).label.text,
                term: announced.term.to_string(),
                meeting: self.view.meeting_link(&announced.meeting),
                since: candidacy.since,
                note: announced.note.clone(),
                withdraw: self.says_for(&announced.party, Action::Announce),
                designate: if next == Some(year) {
                    decides
                } else {
                    Voice::Nobody
                },
            }
        })
        .collect()
    }

    /// Whether the seat may be in the plenary in which a candidacy was announced.
    pub(crate) fn hears(&self, candidacy: &Candidacy) -> bool {
        let meeting = &candidacy.announced.meeting;
        let conference = self.view.conference();
        let Some(held) = conference.meetings.get(meeting) else {
            return false;
        };
        let body = &held.fact.body;
        let Some(kind) = conference.bodies.get(body).map(|held| &held.fact.kind) else {
            return false;
        };
        let setting = Setting::new(kind, body, Door::Open, meeting);
        self.may(Action::Read, &Class::Session(setting)).allowed
    }

    /// What the seat may announce; nothing where it may not.
    pub fn announcing(&self) -> Option<Announcing> {
        let conference = self.view.conference();
        let chair = &self.view.rules().chair;
        let last = conference.presidencies_by_term().last().copied()?;
        let last = last.fact.term.earliest().year();
        let holders = self.party_ids().into_iter();
        let holders = holders.filter(|(_, kind)| chair.holders.contains(kind));
        let by = self.says_for(self.party(), Action::Announce);
        let for_whom = |id: &str| match by {
            Voice::Nobody => false,
            Voice::Own => id == self.party(),
            Voice::OnANote => true,
        };
        let mut parties: Vec<(String, String)> = holders
            .filter(|(id, _)| for_whom(id))
            .map(|(id, _)| (self.party_label(&id), id))
            .map(|(label, id)| (id, label))
            .collect();
        parties.sort_by(|left, right| self.view.compare(&left.1, &right.1));
        if parties.is_empty() {
            return None;
        }
        let of_body = |id: &str| {
            let body = conference.meetings.get(id).map(|held| &held.fact.body);
            let announced_in = chair.announce_in.as_deref();
            announced_in.is_none_or(|wanted| body.is_some_and(|body| **body == *wanted))
        };
        let today = jiff::tz::Offset::UTC.to_datetime(self.now).date();
        let begun = |id: &str| {
            let date = conference.meetings.get(id).map(|held| held.fact.date);
            date.is_some_and(|date: Partial| date.earliest() <= today)
        };
        let meetings = self.meetings().into_iter();
        Some(Announcing {
            by,
            parties,
            terms: (last + 1..=last + OFFERED)
                .map(|year| year.to_string())
                .collect(),
            meetings: meetings
                .filter(|(id, _)| of_body(id) && begun(id))
                .collect(),
        })
    }

    /// Whether an act is one of those that change who presides.
    pub(crate) const fn is_of_office(deed: Deed) -> bool {
        matches!(
            deed,
            Deed::PresidencyDesignated | Deed::ThemeChosen | Deed::PresidencyHandedOver
        )
    }
}
