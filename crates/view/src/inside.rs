use std::collections::BTreeSet;
use std::sync::Arc;

use comity_calendar::Date;
use comity_conference::{ActId, Attached, Holding, SeatFilled};
use comity_policy::{Action, Answer, Class, Judge, Near, Rights, Troika};
use comity_rules::Ask;
use jiff::Timestamp;

use crate::View;

/// What a person sees from the seat in which they act, at an instant: everything that it hands out has been asked of the
/// policies in force.
#[derive(Debug)]
pub struct Inside {
    pub(crate) view: View,
    pub(crate) holding: ActId,
    pub(crate) rights: Rights,
    judge: Arc<dyn Judge>,
    pub(crate) now: Timestamp,
}

/// A seat that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatLine {
    /// The act that filled it.
    pub filled: String,
    /// Class of seat.
    pub seat: String,
    pub label: String,
    /// Id of the party.
    pub party: String,
    pub party_label: String,
    /// Id of the person; the directory knows the name.
    pub person: String,
    /// Branch, purpose or meeting.
    pub detail: Option<String>,
    pub since: Timestamp,
    pub until: Option<Date>,
    /// The note by which.
    pub note: Option<String>,
    /// The note itself, where it was filed.
    pub file: Option<Attached>,
}

/// A party whose people may be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyLine {
    pub id: String,
    pub label: String,
    /// Kind of party, with its name in the plural where it has one.
    pub kind: String,
    pub kind_label: String,
    /// How many seats are held.
    pub held: usize,
    /// Seats for one that nobody holds.
    pub vacant: usize,
    pub own: bool,
}

/// A seat that can be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatOffer {
    pub seat: String,
    pub label: String,
    pub asks: Vec<Ask>,
    /// The note on which it is filled is a mandate, without which it is not.
    pub mandate: bool,
    /// One person holds it; whoever held it leaves it.
    pub one: bool,
    /// The act by which somebody holds it now, where it is for one.
    pub held_by: Option<String>,
}

/// The people of a party.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    pub line: PartyLine,
    pub seats: Vec<SeatLine>,
    pub offers: Vec<SeatOffer>,
    /// What the asker may do here.
    pub power: Power,
    /// Why this can be seen.
    pub why: Answer,
}

/// A class of seat that may do something, and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    pub seat: String,
    pub label: String,
    /// Kind of its party, in the plural where it has one.
    pub kind_label: String,
    pub of: Whose,
    /// The policy by which.
    pub answer: Answer,
}

/// Of which parties a class of seat may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Any,
    /// Of the party whose the thing is.
    Own,
    /// Only while its party is the Presidency in office.
    Presidency,
}

/// How far somebody may change the people of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    None,
    /// On a note from the party.
    OnANote,
    Full,
}

/// A party that is none of those that a thing could be of.
pub(crate) const ANOTHER: &str = "another party";

impl Inside {
    /// What is seen from a seat. Only the registrar opens one: it has looked at the rights of the seat.
    pub fn open(
        view: View,
        holding: ActId,
        rights: Rights,
        judge: Arc<dyn Judge>,
        now: Timestamp,
    ) -> Self {
        Self {
            view,
            holding,
            rights,
            judge,
            now,
        }
    }

    /// What is published.
    pub const fn view(&self) -> &View {
        &self.view
    }

    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Where the party stands in the Troika.
    pub const fn troika(&self) -> Troika {
        self.rights.troika
    }

    /// The own party.
    pub fn party(&self) -> &str {
        self.rights.party.as_str()
    }

    pub fn may(&self, action: Action, class: &Class) -> Answer {
        self.judge.may(&self.rights, action, class)
    }

    /// What came near to permitting it.
    pub fn near(&self, action: Action, class: &Class) -> Vec<Near> {
        self.judge.near(&self.rights, action, class)
    }

    /// The seat in which they act.
    pub fn seat(&self) -> Option<SeatLine> {
        let holding = self.view.conference().seats.get(&self.holding)?;
        self.seat_line(self.holding, holding)
    }

    /// Every seat that the person holds who asks.
    pub fn own_seats(&self) -> Vec<SeatLine> {
        let own = self.view.conference().seats.get(&self.holding);
        let person = own.map(|own| own.filled.person);
        let held = self.view.conference().held_seats(self.now);
        held.filter(|(_, holding)| Some(holding.filled.person) == person)
            .filter_map(|(act, holding)| self.seat_line(act, holding))
            .collect()
    }

    /// The parties whose people may be seen, by kind in the order of the rules, then by name.
    pub fn parties(&self) -> Vec<PartyLine> {
        let mut lines: Vec<PartyLine> = self
            .party_ids()
            .into_iter()
            .filter(|(id, kind)| self.sees(id, kind))
            .map(|(id, kind)| self.party_line(&id, &kind))
            .collect();
        let rank = |kind: &str| {
            let kinds = &self.view.rules().party_kinds;
            kinds
                .iter()
                .position(|known| known.id == kind)
                .unwrap_or(usize::MAX)
        };
        lines.sort_by(|left, right| {
            let kinds = rank(&left.kind).cmp(&rank(&right.kind));
            let kinds = kinds.then_with(|| left.kind.cmp(&right.kind));
            kinds.then_with(|| self.view.compare(&left.label, &right.label))
        });
        lines
    }

    /// The people of a party; `None` also where they may not be seen.
    pub fn people(&self, party: &str) -> Option<PeoplePage> {
        let (id, kind) = self.party_ids().into_iter().find(|(id, _)| id == party)?;
        let class = people_class(&id, &kind);
        let why = self.may(Action::Read, &class);
        if !why.allowed {
            return None;
        }
        let power = if self.may(Action::Manage, &class).allowed {
            Power::Full
        } else if self.may(Action::Repair, &class).allowed {
            Power::OnANote
        } else {
            Power::None
        };
        let seats = self.seats_of(&id);
        let offers = if power == Power::None {
            Vec::new()
        } else {
            self.offers(&kind, &seats)
        };
        Some(PeoplePage {
            line: self.party_line(&id, &kind),
            seats,
            offers,
            power,
            why,
        })
    }

    /// A seat that is held, where the people of its party may be seen.
    pub fn held(&self, filled: &str) -> Option<(SeatLine, Power)> {
        let act = ActId::new(filled)?;
        let holding = self.view.conference().seats.get(&act)?;
        let page = self.people(&holding.filled.party)?;
        let line = page.seats.into_iter().find(|line| line.filled == filled)?;
        Some((line, page.power))
    }

    /// A seat by the act that filled it, whoever may see it and whether or not it is held still: for a trail.
    pub fn seat_ever(&self, filled: &str) -> Option<SeatLine> {
        let act = ActId::new(filled)?;
        let holding = self.view.conference().seats.get(&act)?;
        self.seat_line(act, holding)
    }

    /// Every class of seat that may do this, in the order of the rules: who can see it, and why.
    pub fn audience(&self, action: Action, class: &Class) -> Vec<Audience> {
        let seats = self.view.rules().seats.iter();
        let found = seats.filter_map(|seat| {
            let answer = |party: &str, troika| {
                let rights = Rights::of(seat, party, troika);
                Some(self.judge.may(&rights, action, class)).filter(|answer| answer.allowed)
            };
            let chairs = self.view.rules().chair.holders.contains(&seat.kind);
            let own = class.owner().map(comity_policy::Id::as_str);
            let (of, answer) = answer(ANOTHER, Troika::Outside)
                .map(|answer| (Whose::Any, answer))
                .or_else(|| Some((Whose::Own, answer(own?, Troika::Outside)?)))
                .or_else(|| {
                    let presides = answer(ANOTHER, Troika::Current).filter(|_| chairs);
                    Some((Whose::Presidency, presides?))
                })?;
            Some(Audience {
                seat: seat.id.clone(),
                label: self.view.text(&seat.name),
                kind_label: self.kind_label(&seat.kind),
                of,
                answer,
            })
        });
        found.collect()
    }

    /// Those of the parties for which nobody holds a seat that may do this for its own party.
    pub(crate) fn without_voice<'a>(
        &self,
        action: Action,
        of: impl Fn(&str) -> Class,
        parties: impl Iterator<Item = &'a str>,
    ) -> BTreeSet<&'a str> {
        let class = of(ANOTHER);
        let seats = self.view.rules().seats.iter();
        let may = seats.filter(|seat| {
            let rights = Rights::of(seat, ANOTHER, Troika::Outside);
            self.judge.may(&rights, action, &class).allowed
        });
        let may: BTreeSet<&str> = may.map(|seat| seat.id.as_str()).collect();
        let held = self.view.conference().held_seats(self.now);
        let held = held.filter(|(_, held)| may.contains(held.filled.seat.as_str()));
        let heard: BTreeSet<&str> = held.map(|(_, held)| held.filled.party.as_str()).collect();
        parties.filter(|party| !heard.contains(party)).collect()
    }

    /// The class of the people of a party.
    pub fn people_of(line: &PartyLine) -> Class {
        people_class(&line.id, &line.kind)
    }

    /// Whether who looked at a party's people may be seen, and by which policy.
    pub fn trail(&self, party: &str) -> Answer {
        self.may(Action::Read, &Class::Trail { of: party.into() })
    }

    /// Who sits for a branch of government, party by party, of those whose people may be seen.
    pub fn of_branch(&self, branch: &str) -> Vec<(PartyLine, Vec<SeatLine>)> {
        let conference = self.view.conference();
        let of_it = |line: &SeatLine| {
            let act = ActId::new(&line.filled);
            let holding = act.and_then(|act| conference.seats.get(&act));
            holding.is_some_and(|holding| holding.filled.branch.as_deref() == Some(branch))
        };
        let parties = self.parties().into_iter();
        let found = parties.map(|line| {
            let seats = self.seats_of(&line.id).into_iter();
            let seats: Vec<SeatLine> = seats.filter(|line| of_it(line)).collect();
            (line, seats)
        });
        found.filter(|(_, seats)| !seats.is_empty()).collect()
    }

    /// The branches of government, with their names.
    pub fn branches(&self) -> Vec<(String, String)> {
        let branches = self.view.rules().branches.iter();
        branches
            .map(|branch| (branch.id.clone(), self.view.text(&branch.name)))
            .collect()
    }

    /// The meetings to which somebody may be invited, the latest first.
    pub fn meetings(&self) -> Vec<(String, String)> {
        let mut meetings: Vec<_> = self.view.conference().meetings.iter().collect();
        meetings.sort_by_key(|held| std::cmp::Reverse(held.order));
        let named = meetings.into_iter().filter_map(|held| {
            let link = self.view.meeting_link(&held.fact.id)?;
            Some((link.id, link.label.text))
        });
        named.collect()
    }

    pub(crate) fn sees(&self, party: &str, kind: &str) -> bool {
        self.may(Action::Read, &people_class(party, kind)).allowed
    }

    /// The parties that can have seats, with their kinds: those of the process that take part, and the kinds that stand for
    /// themselves.
    pub(crate) fn party_ids(&self) -> Vec<(String, String)> {
        let rules = self.view.rules();
        let parties = self.view.conference().parties.iter();
        let parties = parties
            .filter(|held| held.fact.until.is_none())
            .map(|held| (held.fact.id.to_string(), held.fact.kind.to_string()));
        let own = rules.seats.iter().filter(|seat| !seat.unseated);
        let own: BTreeSet<&str> = own
            .map(|seat| seat.kind.as_str())
            .filter(|kind| rules.party_kind(kind).is_none())
            .collect();
        let own = own
            .into_iter()
            .map(|kind| (kind.to_owned(), kind.to_owned()));
        parties.chain(own).collect()
    }

    fn party_line(&self, id: &str, kind: &str) -> PartyLine {
        let seats = self.seats_of(id);
        let offers = self.offers(kind, &seats);
        PartyLine {
            id: id.to_owned(),
            label: self.party_label(id),
            kind: kind.to_owned(),
            kind_label: self.kind_label(kind),
            held: seats.len(),
            vacant: offers
                .iter()
                .filter(|offer| offer.one && offer.held_by.is_none())
                .count(),
            own: self.rights.party.as_str() == id,
        }
    }

    pub(crate) fn kind_label(&self, kind: &str) -> String {
        let known = self.view.rules().party_kind(kind);
        known.map_or_else(
            || self.party_label(kind),
            |kind| self.view.text(&kind.plural),
        )
    }

    /// The name of a party. A kind that stands for itself has that of the body of this kind, or of its first seat.
    pub(crate) fn party_label(&self, id: &str) -> String {
        if let Some(link) = self.view.party_link(id) {
            return link.label.text;
        }
        let rules = self.view.rules();
        if rules.body_kind(id).is_some() {
            return self.view.body_kind(id).name;
        }
        let seat = rules.seats.iter().find(|seat| seat.kind == id);
        seat.map_or_else(|| id.to_owned(), |seat| self.view.text(&seat.name))
    }

    pub(crate) fn seats_of(&self, party: &str) -> Vec<SeatLine> {
        let held = self.view.conference().held_seats(self.now);
        let mut lines: Vec<SeatLine> = held
            .filter(|(_, holding)| *holding.filled.party == *party)
            .filter_map(|(act, holding)| self.seat_line(act, holding))
            .collect();
        let rules = self.view.rules();
        let rank = |line: &SeatLine| rules.seats.iter().position(|seat| seat.id == line.seat);
        lines.sort_by(|left, right| {
            rank(left)
                .cmp(&rank(right))
                .then_with(|| left.detail.cmp(&right.detail))
                .then_with(|| left.since.cmp(&right.since))
        });
        lines
    }

    fn offers(&self, kind: &str, held: &[SeatLine]) -> Vec<SeatOffer> {
        let seats = self.view.rules().seats.iter();
        let seats = seats.filter(|seat| seat.kind == kind && !seat.unseated);
        seats
            .map(|seat| SeatOffer {
                seat: seat.id.clone(),
                label: self.view.text(&seat.name),
                asks: seat.asks.clone(),
                mandate: seat.mandate,
                one: seat.one,
                held_by: held
                    .iter()
                    .find(|line| seat.one && line.seat == seat.id)
                    .map(|line| line.filled.clone()),
            })
            .collect()
    }

    pub(crate) fn seat_line(&self, act: ActId, holding: &Holding) -> Option<SeatLine> {
        let filled = &holding.filled;
        let class = self.view.rules().seat(&filled.seat)?;
        Some(SeatLine {
            filled: act.to_string(),
            seat: class.id.clone(),
            label: self.view.text(&class.name),
            party: filled.party.to_string(),
            party_label: self.party_label(&filled.party),
            person: filled.person.to_string(),
            detail: self.detail(filled),
            since: holding.since,
            until: filled.until,
            note: filled.note.clone(),
            file: filled.file.clone(),
        })
    }

    fn detail(&self, filled: &SeatFilled) -> Option<String> {
        let rules = self.view.rules();
        if let Some(branch) = filled.branch.as_deref() {
            return rules
                .branch(branch)
                .map(|branch| self.view.text(&branch.name));
        }
        if let Some(purpose) = &filled.purpose {
            return Some(self.view.text(purpose));
        }
        let meeting = filled.meeting.as_deref()?;
        self.view.meeting_link(meeting).map(|link| link.label.text)
    }
}

fn people_class(party: &str, kind: &str) -> Class {
    Class::People {
        of: party.into(),
        of_kind: kind.into(),
    }
}
