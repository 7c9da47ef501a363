//! Informal consultations, as a seat may see them (H-14).

use comity_calendar::Date;
use comity_conference::{
    ActId, InformalConsultation, InformalGiven, InformalKind, InformalReaders, InformalReply,
    Matter,
};
use comity_policy::{Action, Class, Sight};
use jiff::Timestamp;

use crate::consulted::paragraphs;
use crate::{EnteredLine, Inside, Paragraph, ReceivedLine};

/// A party whose seat nobody has.
const ANY: &str = "any";

/// An informal consultation in a list.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct InformalLine {
    /// The act that began it.
    pub id: String,
    pub kind: InformalKind,
    pub topic: String,
    pub since: Timestamp,
    /// The days that it asks about, the first and the last.
    pub days: Option<(Date, Date)>,
    /// By which day an answer is helpful; no deadline.
    pub helpful_by: Option<Date>,
    pub closed: Option<Timestamp>,
    /// The time zone of the seat's capital, or of the Presidency's where it has none, by its IANA name; with the city.
    pub zone: Option<(String, String)>,
    /// What the seat may do now that is waited for.
    pub waits_for: Option<InformalWaits>,
}

/// What is waited for from a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InformalWaits {
    /// Its state was asked and has said nothing.
    Answer,
    /// All who were asked have answered; the Presidency says what came of it.
    Summary,
}

/// An informal consultation with all that the seat may see of it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct InformalPage {
    pub line: InformalLine,
    /// Each paragraph in both languages.
    pub text: Vec<Paragraph>,
    pub matter: Matter,
    pub mandate: Option<String>,
    /// Name of the party that presided and asked.
    pub presidency: String,
    pub readers: InformalReaders,
    /// Those that were asked, by name.
    pub members: Vec<InformalMember>,
    /// How many have answered; untold while an answer is kept from the seat.
    pub answered: Option<usize>,
    /// What the Presidency said came of it, and which party that was.
    pub summary: Option<(String, String)>,
    /// What was entered on a note, as far as the seat may see it; the last first.
    pub entered: Vec<EnteredLine>,
    /// Party of the seat.
    pub own: String,
    pub may: InformalRights,
}

/// A member that was asked.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct InformalMember {
    pub party: String,
    pub label: String,
    pub own: bool,
    pub said: InformalSaid,
}

/// What a member said.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum InformalSaid {
    /// The seat does not see whether it said anything.
    Hidden,
    NoCommunication,
    Answered(InformalAnswerLine),
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct InformalAnswerLine {
    pub act: String,
    pub reply: Option<InformalReply>,
    pub words: Option<String>,
    pub at: Timestamp,
    /// How it came, where the Secretariat entered it.
    pub received: Option<ReceivedLine>,
}

/// What the seat may do, by the policies and at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct InformalRights {
    /// It asks and closes for the Presidency.
    pub consults: bool,
    /// It answers for its state, which was asked.
    pub answers: bool,
    /// It enters what was received.
    pub enters: bool,
    /// It sees who has opened the page.
    pub sees_all: bool,
}

impl Inside {
    /// The informal consultations that the seat may see, the last one first.
    pub fn informals(&self) -> Vec<InformalLine> {
        if !self.sees_informals() {
            return Vec::new();
        }
        let all = self.view.conference().informals.values();
        let mut lines: Vec<InformalLine> = all.map(|found| self.informal_line(found)).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.since));
        lines
    }

    /// Whether the seat may ask for the Presidency.
    pub fn may_consult_informally(&self) -> bool {
        self.may(Action::Consult, &Class::Informal).allowed
    }

    /// Whether the seat enters what the Presidency asks on its note.
    pub fn enters_informals(&self) -> bool {
        self.may(Action::EnterReceived, &Class::Informal).allowed
    }

    /// The members that the Presidency may ask: all but itself.
    pub fn informally_asked(&self) -> Vec<(String, String)> {
        let conference = self.view.conference();
        let presiding = conference.presidency_at(self.now);
        let presiding = presiding.map(|held| &held.fact.party);
        let members = conference.deciding_members(self.view.rules(), self.now);
        let others = members.filter(|member| Some(&member.id) != presiding);
        let mut others: Vec<(String, String)> = others
            .map(|member| {
                let label = self.view.party_or_id(&member.id).label.text;
                (member.id.to_string(), label)
            })
            .collect();
        others.sort_by(|one, other| one.1.cmp(&other.1));
        others
    }

    /// An informal consultation; none where there is none or the seat may not see it.
    pub fn informal(&self, id: &str) -> Option<InformalPage> {
        let found = self.informal_seen(ActId::new(id)?)?;
        let opened = &found.opened;
        let asked = opened.asked.iter();
        let mut members: Vec<InformalMember> = asked
            .map(|party| InformalMember {
                party: party.to_string(),
                label: self.view.party_or_id(party).label.text,
                own: **party == *self.party(),
                said: self.informal_said(found, party),
            })
            .collect();
        members.sort_by(|one, other| one.label.cmp(&other.label));
        let hidden = members
            .iter()
            .any(|member| member.said == InformalSaid::Hidden);
        let answered = opened
            .asked
            .iter()
            .filter(|party| found.standing(party).is_some());
        Some(InformalPage {
            line: self.informal_line(found),
            text: paragraphs(&opened.text, None),
            matter: opened.matter,
            mandate: opened.mandate.clone(),
            presidency: self.view.party_or_id(&opened.presidency).label.text,
            readers: opened.readers,
            answered: (!hidden).then(|| answered.count()),
            members,
            summary: found.closed.as_ref().map(|end| {
                let summary = self.view.text(&end.closed.summary);
                let by = self.view.party_or_id(&end.closed.presidency).label.text;
                (summary, by)
            }),
            entered: self.entered_informally(found),
            own: self.party().to_owned(),
            may: self.informal_rights(found),
        })
    }

    pub(crate) fn informal_seen(&self, id: ActId) -> Option<&InformalConsultation> {
        let found = self.view.conference().informals.get(&id)?;
        self.sees_informals().then_some(found)
    }

    fn sees_informals(&self) -> bool {
        self.may(Action::Read, &Class::Informal).allowed
    }

    /// Whether the seat may see what a member answered, and whether it did. Where the answers are for the members they are
    /// shared with one that was asked once it has answered, and with all once it is closed: nobody's answer leads another's.
    pub(crate) fn sees_informal_answer(&self, found: &InformalConsultation, party: &str) -> bool {
        let shared = match found.opened.readers {
            InformalReaders::Members => {
                found.closed.is_some() || found.standing(self.party()).is_some()
            }
            InformalReaders::Presidency => false,
        };
        let sight = if shared { Sight::Shared } else { Sight::Held };
        self.may(Action::Read, &answer_class(party, sight)).allowed
    }

    fn informal_said(&self, found: &InformalConsultation, party: &str) -> InformalSaid {
        if !self.sees_informal_answer(found, party) {
            return InformalSaid::Hidden;
        }
        match found.standing(party) {
            Some(given) => InformalSaid::Answered(answer_line(given)),
            None => InformalSaid::NoCommunication,
        }
    }

    fn informal_rights(&self, found: &InformalConsultation) -> InformalRights {
        let own = self.party();
        let open = found.closed.is_none();
        let asked = found.opened.asked.iter().any(|party| **party == *own);
        let held = |party: &str, action| self.may(action, &answer_class(party, Sight::Held));
        InformalRights {
            consults: open && self.may_consult_informally(),
            answers: open && asked && held(own, Action::Answer).allowed,
            enters: open && self.enters_informals(),
            sees_all: held(ANY, Action::Read).allowed,
        }
    }

    fn informal_line(&self, found: &InformalConsultation) -> InformalLine {
        let opened = &found.opened;
        InformalLine {
            id: found.act.to_string(),
            kind: opened.kind,
            topic: self.view.text(&opened.topic),
            since: found.since,
            days: opened.days(),
            helpful_by: opened.helpful_by,
            closed: found.closed.as_ref().map(|end| end.at),
            zone: self
                .zone_of(self.party())
                .or_else(|| self.zone_of(&opened.presidency)),
            waits_for: self.informal_waits(found),
        }
    }

    fn informal_waits(&self, found: &InformalConsultation) -> Option<InformalWaits> {
        let may = self.informal_rights(found);
        if may.answers && found.standing(self.party()).is_none() {
            return Some(InformalWaits::Answer);
        }
        let mut asked = found.opened.asked.iter();
        let all = asked.all(|party| found.standing(party).is_some());
        (may.consults && all).then_some(InformalWaits::Summary)
    }
}

fn answer_class(party: &str, sight: Sight) -> Class {
    Class::InformalAnswer {
        of: party.into(),
        sight,
    }
}

fn answer_line(given: &InformalGiven) -> InformalAnswerLine {
    let answered = &given.answered;
    let received = answered.received.as_ref();
    InformalAnswerLine {
        act: given.act.to_string(),
        reply: answered.reply.clone(),
        words: answered.words.clone(),
        at: given.at,
        received: received.map(ReceivedLine::of),
    }
}
