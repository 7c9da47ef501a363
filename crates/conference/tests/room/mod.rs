//! A conference for tests of what is enacted.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test uses what it needs of it"
)]

use std::sync::Arc;

use comity_conference::fact::{EntryListed, MeetingHeld, PartyAdmitted, PresidencyAgreed};
use comity_conference::{
    Act, ActBody, ActId, Actor, Command, Conference, Context, Entered, Fact, Name, Origin,
    PersonId, Provenance, Rejection, SeatFilled, decide,
};
use comity_rules::{Rules, seat_classes};

const RCM: &str = include_str!("../../../../rules/rcm-2011/rules.toml");
const SEATS: &str = include_str!("../../../../rules/rcm-2011/seats.toml");
pub const NOW: &str = "2011-10-15T12:00:00Z";

/// A conference with little in it, and a clock that a test sets.
pub struct Room {
    pub conference: Conference,
    pub rules: Rules,
    pub now: &'static str,
}

impl Room {
    /// Members, an observer and one that left; a meeting; presidencies of two years.
    pub fn new() -> Self {
        let mut room = Self {
            conference: Conference::default(),
            rules: Rules::parse(RCM)
                .unwrap()
                .seated(seat_classes(SEATS).unwrap()),
            now: NOW,
        };
        let adopt = Command::AdoptRules {
            rules: Arc::new(room.rules.clone()),
            documents: Default::default(),
            register: "0123456789abcdef".into(),
            demo: false,
        };
        let acts = decide(&room.conference, None, &adopt, &room.context()).unwrap();
        room.enter(&acts);
        for (id, kind, until) in [
            ("honduras", "member", None),
            ("panama", "member", None),
            ("belize", "member", Some("2010")),
            ("peru", "observer_state", None),
        ] {
            let party: PartyAdmitted = serde_json::from_value(serde_json::json!({
                "id": id, "kind": kind, "name": {"es": id, "en": id},
                "until": until,
            }))
            .unwrap();
            room.record(Fact::PartyAdmitted(party));
        }
        let meeting: MeetingHeld = serde_json::from_str(
            include_str!("../fixtures/MeetingHeld.v1.json")
                .trim()
                .strip_prefix("{\n \"body\":")
                .and_then(|text| text.strip_suffix("}"))
                .unwrap(),
        )
        .unwrap();
        for (id, body, date) in [
            ("vm-2009", "vm", "2009-07"),
            ("vm-2014", "vm", "2014"),
            ("vm-2011", "vm", "2011-11"),
            ("rcgm-2010", "rcgm", "2010"),
        ] {
            room.record(Fact::MeetingHeld(MeetingHeld {
                id: id.into(),
                body: body.into(),
                date: date.parse().unwrap(),
                with: Box::default(),
                ..meeting.clone()
            }));
        }
        for (holder, number) in [
            ("observer_state", 1),
            ("observer_state", 2),
            ("observer_organization", 1),
        ] {
            let id = format!("criterion-{}-{number}", holder.replace('_', "-"));
            let entry: EntryListed = serde_json::from_value(serde_json::json!({
                "id": id, "list": "criterion", "number": number, "holder": holder,
                "text": {"es": "Un criterio", "en": "A criterion"},
            }))
            .unwrap();
            room.record(Fact::EntryListed(entry));
        }
        for (party, year) in [("honduras", 2011), ("panama", 2012)] {
            room.record(Fact::PresidencyAgreed(PresidencyAgreed {
                id: format!("ppt-{year}").into(),
                party: party.into(),
                term: year.to_string().parse().unwrap(),
                theme: None,
                agreed: None,
            }));
        }
        room
    }

    pub fn meeting(&self) -> Name {
        "vm-2014".into()
    }

    pub fn context(&self) -> Context {
        Context {
            now: self.now.parse().unwrap(),
        }
    }

    pub fn record(&mut self, fact: Fact) {
        let provenance = Provenance::at("book", "1");
        self.enter(&[Act {
            effective: None,
            origin: Origin::Recorded(provenance),
            body: ActBody::Fact(fact),
        }]);
    }

    pub fn enter(&mut self, acts: &[Act]) -> Vec<ActId> {
        let mut ids = Vec::new();
        for act in acts {
            let position = self.conference.acts.len() as u64;
            let id = ActId::new(&format!("{position:026}")).unwrap();
            self.conference.apply(Entered {
                id,
                position,
                recorded_at: self.now.parse().unwrap(),
                actor: Actor {
                    person: None,
                    seat: "operator".into(),
                    capacity: "operator".into(),
                    for_party: None,
                    mandate: None,
                }
                .into(),
                act: act.clone(),
            });
            ids.push(id);
        }
        ids
    }

    /// Does what is in order.
    pub fn does(&mut self, command: &Command) -> Result<Vec<ActId>, Rejection> {
        let acts = self.asked(command)?;
        Ok(self.enter(&acts))
    }

    pub fn asked(&self, command: &Command) -> Result<Vec<Act>, Rejection> {
        decide(
            &self.conference,
            Some(&self.rules),
            command,
            &self.context(),
        )
    }
}

pub const ANA: &str = "200b6vrb20e3mr48fq7am7ps6b";

/// A seat with nothing said about it.
pub fn seat(seat: &str, party: &str, person: &str) -> SeatFilled {
    SeatFilled {
        seat: seat.into(),
        party: party.into(),
        person: PersonId::new(person).unwrap(),
        branch: None,
        purpose: None,
        meeting: None,
        until: None,
        note: None,
        file: None,
    }
}
