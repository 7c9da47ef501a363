//! What a seat may do and what not, with the policy that says so: it asks of kinds of things, so that it betrays none.

use comity_policy::{
    Action, AgendaStage, Answer, Class, ConsultationStage, Door, Near, PlanStage, Reach, Setting,
    Sight, Term, TextStage,
};

use crate::Inside;

/// A question about a kind of thing, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsLine {
    pub action: Action,
    pub answer: Answer,
    /// Where not: what came nearest to permitting it.
    pub near: Option<Near>,
}

/// A kind of thing, and what may be done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsGroup {
    /// The word for it: `session`, `closed-paper`, `people-own`, …
    pub thing: &'static str,
    /// The name of a session; of other things the word says it all.
    pub name: Option<String>,
    pub lines: Vec<RightsLine>,
}

/// A party, a meeting and a text that are none in particular.
const ANY: &str = "any";

impl Inside {
    /// What the seat may do, by kind of thing.
    pub fn rights(&self) -> Vec<RightsGroup> {
        let mut groups = self.of_sessions();
        for (thing, class, actions) in things(self) {
            groups.push(self.group(thing, None, &class, actions));
        }
        groups
    }

    /// One question, with what came near to another answer.
    pub fn ask(&self, action: Action, class: &Class) -> RightsLine {
        let answer = self.may(action, class);
        let near = if answer.allowed {
            None
        } else {
            self.near(action, class).into_iter().next()
        };
        RightsLine {
            action,
            answer,
            near,
        }
    }

    fn group(
        &self,
        thing: &'static str,
        name: Option<String>,
        class: &Class,
        actions: &[Action],
    ) -> RightsGroup {
        let lines = actions.iter().map(|action| self.ask(*action, class));
        RightsGroup {
            thing,
            name,
            lines: lines.collect(),
        }
    }

    /// The sessions of the bodies that meet, as the rules name them.
    fn of_sessions(&self) -> Vec<RightsGroup> {
        const ASKED: &[Action] = &[Action::Attend, Action::Speak];
        let rules = self.view.rules();
        let mut groups = Vec::new();
        let meeting = |body: &&comity_rules::Body| body.meetings_per_year.is_some();
        for body in rules.bodies.iter().filter(meeting) {
            let label = self.view.body_or_id(&body.id).label.text;
            let group = |door, slots: &[String], name: String| {
                let mut setting = Setting::new(&body.kind, &body.id, door, ANY);
                setting
                    .slots
                    .extend(slots.iter().map(|slot| slot.as_str().into()));
                self.group("session", Some(name), &Class::Session(setting), ASKED)
            };
            if body.sessions.is_empty() {
                groups.push(group(Door::Open, &body.slots, label));
                continue;
            }
            for session in &body.sessions {
                let door = if session.open {
                    Door::Open
                } else {
                    Door::Closed
                };
                let name = format!("{label}: {}", self.view.text(&session.name));
                groups.push(group(door, &session.slots, name));
            }
        }
        groups
    }
}

/// Each kind of thing with what is asked about it. Bodies and kinds of party are those of the rules.
fn things(inside: &Inside) -> Vec<Thing> {
    let rules = inside.view.rules();
    let own = inside.party();
    let meets = rules
        .bodies
        .iter()
        .filter(|body| body.meetings_per_year.is_some());
    let main = meets
        .clone()
        .find(|body| Some(&body.id) == rules.chair.hosts.as_ref());
    let main = main.or_else(|| meets.clone().min_by_key(|body| body.order));
    let plan = meets.max_by_key(|body| body.order);
    let holders = rules.chair.holders.first().map_or("", String::as_str);
    let mut things = Vec::new();
    if let Some(main) = main {
        let setting = |door| Setting::new(&main.kind, &main.id, door, ANY);
        things.extend(of_meetings(&setting));
    }
    things.extend(of_consultations(own));
    if let Some(plan) = plan {
        let class = Class::WorkPlan {
            body: plan.id.as_str().into(),
            stage: PlanStage::Proposed,
        };
        things.push(("work-plan", class, PLAN));
    }
    things.extend(of_business(own));
    let people = |of: &str, of_kind: &str| Class::People {
        of: of.into(),
        of_kind: of_kind.into(),
    };
    let kind = inside.rights.kind.as_str();
    things.push(("people-own", people(own, kind), PEOPLE));
    things.push(("people-others", people(ANY, holders), PEOPLE));
    things.push(("trail-own", Class::Trail { of: own.into() }, READ));
    things.push(("outbox", Class::Outbox, READ));
    things.push(("console", Class::Console, &[Action::Read, Action::Manage]));
    things
}

const READ: &[Action] = &[Action::Read];
const PLAN: &[Action] = &[Action::Read, Action::Draft, Action::Decide];
const PEOPLE: &[Action] = &[Action::Read, Action::Manage, Action::Repair];

type Thing = (&'static str, Class, &'static [Action]);

fn of_meetings(setting: &dyn Fn(Door) -> Setting) -> Vec<Thing> {
    let paper = |reach, stage, door| Class::Paper {
        setting: setting(door),
        reach,
        stage,
        text: ANY.into(),
    };
    let agenda = Class::Agenda {
        setting: setting(Door::Open),
        stage: AgendaStage::Preliminary,
        text: ANY.into(),
    };
    vec![
        (
            "closed-paper",
            paper(Reach::Closed, TextStage::Circulated, Door::Closed),
            READ,
        ),
        (
            "meeting-paper",
            paper(Reach::Participants, TextStage::Circulated, Door::Open),
            READ,
        ),
        (
            "draft-text",
            paper(Reach::Members, TextStage::Draft, Door::Open),
            &[Action::Read, Action::Draft, Action::Comment, Action::Decide],
        ),
        (
            "agenda",
            agenda,
            &[Action::Read, Action::Propose, Action::Issue],
        ),
    ]
}

fn of_consultations(own: &str) -> Vec<Thing> {
    let position = |of: &str, term| Class::Position {
        of: of.into(),
        stage: ConsultationStage::Round,
        term,
    };
    let informal = |of: &str, sight| Class::InformalAnswer {
        of: of.into(),
        sight,
    };
    vec![
        (
            "consultation",
            Class::Consultation(ConsultationStage::Round),
            &[Action::Read, Action::Activate, Action::Launch],
        ),
        (
            "position-own",
            position(own, Term::Running),
            &[Action::State, Action::Read],
        ),
        ("position-others", position(ANY, Term::Running), READ),
        ("position-others-after", position(ANY, Term::Over), READ),
        (
            "informal",
            Class::Informal,
            &[Action::Read, Action::Consult],
        ),
        (
            "informal-answer-own",
            informal(own, Sight::Held),
            &[Action::Answer, Action::Read],
        ),
        ("informal-answer-others", informal(ANY, Sight::Held), READ),
        (
            "informal-answer-others-after",
            informal(ANY, Sight::Shared),
            READ,
        ),
    ]
}

fn of_business(own: &str) -> Vec<Thing> {
    let contribution = |of: &str| Class::Contribution { of: of.into() };
    vec![
        (
            "follow-up-own",
            Class::FollowUp { of: own.into() },
            &[Action::Read, Action::Report],
        ),
        (
            "application",
            Class::Application,
            &[Action::Read, Action::Manage, Action::Decide],
        ),
        (
            "presidency",
            Class::Presidency,
            &[
                Action::Read,
                Action::Announce,
                Action::ChooseTheme,
                Action::Decide,
                Action::HandOver,
            ],
        ),
        ("fund", Class::Fund, &[Action::Read, Action::Manage]),
        ("contribution-own", contribution(own), READ),
        ("contribution-others", contribution(ANY), READ),
        ("budget", Class::Budget, &[Action::Read, Action::Decide]),
        (
            "calendar-own",
            Class::Calendar { of: own.into() },
            &[Action::Read, Action::Manage],
        ),
    ]
}
