//! A conference that consults in writing: five members with their own calendars, an observer and a state that left.
//!
//! Honduras presides; Guatemala did before and Panama does next. The round that opens on Friday, 14 October 2011, at nine in
//! Tegucigalpa meets a holiday in Honduras, Guatemala and Costa Rica each, so that not all terms end on the same day.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test uses what it needs of it"
)]

pub mod model;
pub mod steps;

use std::sync::{Arc, OnceLock};

use comity_conference::fact::{PartyAdmitted, PresidencyAgreed};
use comity_conference::{
    Act, ActBody, ActId, Actor, Against, CalendarAdopted, Command, Conference, Consult,
    Consultation, Context, Entered, Fact, Origin, Provenance, Rejection, Round, Stage, decide,
};
use comity_rules::{Procedure, Rules};
use jiff::Timestamp;

const RCM: &str = include_str!("../../../../rules/rcm-2011/rules.toml");
const CAPITALS: &str = include_str!("../../../../rules/rcm-2011/calendars/capitals.tsv");
const HOLIDAYS: &str = include_str!("../../../../rules/rcm-2011/calendars/holidays.tsv");

/// When things are submitted and rounds open, where a test says nothing else: a Friday, nine in Tegucigalpa.
pub const FRIDAY: &str = "2011-10-14T15:00:00Z";
/// The end of Monday, 24 October, in Tegucigalpa, San José and Guatemala City: the fifth working day there.
pub const CLOSE: &str = "2011-10-25T06:00:00Z";
/// The last instant before it that a register tells apart.
pub const LAST: &str = "2011-10-25T05:59:59.999Z";
/// After the close.
pub const AFTER: &str = "2011-10-26T15:00:00Z";

/// The members, in the order of their ids.
pub const MEMBERS: [&str; 5] = ["costa-rica", "guatemala", "honduras", "mexico", "panama"];
/// An id under which nothing stands.
pub const NOBODYS: &str = "7777777777777777777777777z";

/// A conference, its clock, and every act that made it.
#[derive(Clone)]
pub struct Room {
    pub conference: Conference,
    pub rules: Arc<Rules>,
    pub now: Timestamp,
    pub history: Vec<Entered>,
}

/// The rules with other values of `[consultation]`, by key: what stands for it in the file, or `secretariat_in`, `period`.
pub fn rules(values: &[(&str, &str)]) -> Rules {
    let mut text = RCM.to_owned();
    for (key, value) in values {
        let (line, from) = match *key {
            "period" => (format!("period = {value}\n"), text.find("period = 5\n")),
            "secretariat_in" => {
                let unit = "unit = \"working_day\"\n";
                (
                    format!("{unit}secretariat_in = \"{value}\"\n"),
                    text.find(unit),
                )
            }
            _ => {
                let section = text.find(&format!("[consultation.{key}]\n")).unwrap();
                let at = text[section..].find("value = \"").unwrap();
                (format!("value = \"{value}\"\n"), Some(section + at))
            }
        };
        let from = from.unwrap();
        let to = from + text[from..].find('\n').unwrap() + 1;
        text.replace_range(from..to, &line);
    }
    Rules::parse(&text).unwrap()
}

/// The rules of a process that consults nobody in writing.
pub fn rules_without() -> Rules {
    let from = RCM.find("[consultation]\n").unwrap();
    let to = from + RCM[from..].find("[[").unwrap();
    Rules::parse(&format!("{}{}", &RCM[..from], &RCM[to..])).unwrap()
}

/// Two years of the table of holidays that comes with the rules: the whole of it takes its time.
pub fn table() -> CalendarAdopted {
    let mut holidays = String::new();
    for line in HOLIDAYS.lines() {
        let day = line.split('\t').nth(1).unwrap_or_default();
        if line.starts_with("# years:") {
            holidays.push_str("# years: 2011-2012\n");
        } else if !day.contains('-') || day.starts_with("2011") || day.starts_with("2012") {
            holidays.extend([line, "\n"]);
        }
    }
    CalendarAdopted {
        capitals: CAPITALS.to_owned(),
        holidays,
    }
}

pub fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

pub fn nobodys() -> ActId {
    ActId::new(NOBODYS).unwrap()
}

impl Room {
    /// With the rules as they ship and a table of holidays.
    pub fn new() -> Self {
        static ROOM: OnceLock<Room> = OnceLock::new();
        ROOM.get_or_init(|| Self::with(&[])).clone()
    }

    /// With other values in the rules.
    pub fn with(values: &[(&str, &str)]) -> Self {
        let mut room = Self::under(rules(values));
        let adopt = Command::AdoptCalendar(Box::new(table()));
        room.carries_out(&adopt).unwrap();
        room
    }

    /// Without a table of holidays.
    pub fn under(rules: Rules) -> Self {
        let mut room = Self {
            conference: Conference::default(),
            rules: Arc::new(rules),
            now: at("2011-10-03T15:00:00Z"),
            history: Vec::new(),
        };
        let adopt = Command::AdoptRules {
            rules: room.rules.clone(),
            documents: Default::default(),
            register: "0123456789abcdef".into(),
            demo: false,
        };
        let acts = decide(&room.conference, None, &adopt, &Context { now: room.now }).unwrap();
        room.enter(acts);
        for (id, code, kind, until) in [
            ("honduras", Some("HN"), "member", None),
            ("guatemala", Some("GT"), "member", None),
            ("panama", Some("PA"), "member", None),
            ("costa-rica", Some("CR"), "member", None),
            ("mexico", Some("MX"), "member", None),
            ("belize", Some("BZ"), "member", Some("2010")),
            ("peru", None, "observer_state", None),
        ] {
            room.admit(id, code, kind, until);
        }
        for (party, year) in [("guatemala", 2010), ("honduras", 2011), ("panama", 2012)] {
            room.record(Fact::PresidencyAgreed(PresidencyAgreed {
                id: format!("ppt-{year}").into(),
                party: party.into(),
                term: year.to_string().parse().unwrap(),
                theme: None,
                agreed: None,
            }));
        }
        room.now = at(FRIDAY);
        room
    }

    pub fn admit(&mut self, id: &str, code: Option<&str>, kind: &str, until: Option<&str>) {
        let party: PartyAdmitted = serde_json::from_value(serde_json::json!({
            "id": id, "code": code, "kind": kind, "name": {"es": id, "en": id}, "until": until,
        }))
        .unwrap();
        self.record(Fact::PartyAdmitted(party));
    }

    pub fn record(&mut self, fact: Fact) {
        let provenance = Provenance::at("book", "1");
        self.enter(vec![Act {
            effective: None,
            origin: Origin::Recorded(provenance),
            body: ActBody::Fact(fact),
        }]);
    }

    fn enter(&mut self, acts: Vec<Act>) -> Vec<ActId> {
        let mut ids = Vec::new();
        for act in acts {
            let position = self.history.len() as u64;
            let id = ActId::new(&format!("{position:026}")).unwrap();
            let entered = Entered {
                id,
                position,
                recorded_at: self.now,
                actor: Arc::new(Actor {
                    person: None,
                    seat: "focal-point".into(),
                    capacity: "focal-point".into(),
                    for_party: None,
                    mandate: None,
                }),
                act,
            };
            self.history.push(entered.clone());
            self.conference.apply(entered);
            ids.push(id);
        }
        ids
    }

    /// Sets the clock.
    pub fn when(&mut self, instant: &str) -> &mut Self {
        self.now = at(instant);
        self
    }

    pub fn decides(&self, command: &Command) -> Result<Vec<Act>, Rejection> {
        let context = Context { now: self.now };
        decide(&self.conference, Some(&self.rules), command, &context)
    }

    /// Does what is in order.
    pub fn carries_out(&mut self, command: &Command) -> Result<ActId, Rejection> {
        let acts = self.decides(command)?;
        Ok(self.enter(acts)[0])
    }

    pub fn tries(&mut self, step: Consult) -> Result<ActId, Rejection> {
        self.carries_out(&Command::Consult(Box::new(step)))
    }

    /// Does what has to be in order here.
    pub fn does(&mut self, step: Consult) -> ActId {
        let name = step.name();
        self.tries(step)
            .unwrap_or_else(|refused| panic!("{name}: {} {refused}", refused.code()))
    }

    /// Why it is refused.
    pub fn refuses(&self, step: Consult) -> Rejection {
        let name = step.name();
        match self.decides(&Command::Consult(Box::new(step))) {
            Ok(acts) => panic!("{name} is in order and makes a `{}`", acts[0].kind()),
            Err(refused) => refused,
        }
    }

    /// The code under which it is refused.
    pub fn code(&self, step: Consult) -> &'static str {
        self.refuses(step).code()
    }

    pub fn found(&self, id: ActId) -> &Consultation {
        self.conference.consultations.get(&id).unwrap()
    }

    pub fn round(&self, id: ActId) -> &Round {
        self.found(id).last_round().unwrap()
    }

    pub fn stage(&self, id: ActId) -> Stage {
        self.found(id).stage(self.now)
    }

    pub fn against(&self, id: ActId) -> Vec<Against> {
        self.found(id).against(self.round(id), &self.procedure())
    }

    pub fn procedure(&self) -> Procedure {
        let rule = self.rules.consultation.as_ref().unwrap();
        rule.procedure().unwrap()
    }

    /// The body of the act that was done last.
    pub fn last(&self) -> &ActBody {
        &self.history.last().unwrap().act.body
    }

    /// What a replay of every act gives is what was reached live, and each act survives its record.
    pub fn holds_together(&self) {
        let read = |entered: &Entered| {
            let act = &entered.act;
            let json = act.to_json().to_string();
            let origin = act.origin.clone();
            let read = Act::from_json(act.kind(), act.version(), act.effective, origin, &json);
            Entered {
                act: read.unwrap(),
                ..entered.clone()
            }
        };
        let replayed = Conference::replay(self.history.iter().map(read));
        assert!(replayed.same_as(&self.conference));
    }
}
