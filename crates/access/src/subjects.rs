use std::collections::BTreeSet;

use comity_policy::{
    AgendaStage, Class, ConsultationStage, Door, Id, PlanStage, Reach, Setting, Sight, Term,
    TextStage, Word,
};
use comity_rules::{Body, Rules};

/// A class of thing by its name in the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub name: String,
    pub class: Class,
}

/// The party whose things the matrix asks for. Seats are of another unless the relation says `own`.
const OWNER: &str = "party";
const MEETING: &str = "meeting";
const TEXT: &str = "text";

/// Every class of thing that can occur in a process: its bodies and sessions come from the rules.
pub fn subjects<'a>(
    rules: &Rules,
    offices: &[String],
    kinds: impl Iterator<Item = &'a String>,
) -> Vec<Subject> {
    let settings = settings(rules, offices);
    let mut subjects = vec![
        subject("register", Class::Register),
        subject("published", Class::Published),
        subject("checkpoint", Class::Checkpoint),
    ];
    for (name, setting) in &settings {
        subjects.push(subject(
            format!("session: {name}"),
            Class::Session(setting.clone()),
        ));
    }
    for (name, setting) in &settings {
        subjects.extend(agendas(name, setting));
    }
    subjects.extend(papers(&settings));
    subjects.extend(consultations());
    subjects.extend(informal_answers());
    subjects.extend(plans(rules));
    subjects.extend(owned());
    subjects.extend(people(kinds));
    for (name, class) in [
        ("delivery of a consultation", Class::Delivery),
        ("informal consultation", Class::Informal),
        ("application for observer status", Class::Application),
        ("fund", Class::Fund),
        ("budget", Class::Budget),
        ("presidency", Class::Presidency),
        ("outbox", Class::Outbox),
        ("console", Class::Console),
    ] {
        subjects.push(subject(name, class));
    }
    subjects
}

fn subject(name: impl Into<String>, class: Class) -> Subject {
    let name = name.into();
    Subject { name, class }
}

/// Each session that a body may hold: with and without slots, and behind a door that is not open. What stands for every
/// body of a kind stands for the first.
fn settings(rules: &Rules, offices: &[String]) -> Vec<(String, Setting)> {
    let mut settings = Vec::new();
    let mut kinds = BTreeSet::new();
    for body in &rules.bodies {
        if body.meetings_per_year.is_none() {
            continue;
        }
        let session = |door| Setting::new(&body.kind, &body.id, door, MEETING);
        settings.push((body.id.clone(), session(Door::Open)));
        if !kinds.insert(&body.kind) {
            continue;
        }
        let mut slots = session(Door::Open);
        slots.slots = with_slots(rules, body);
        if !slots.slots.is_empty() {
            settings.push((format!("{}, with slots", body.id), slots));
        }
        let alone = format!("{}, members only", body.id);
        settings.push((alone, session(Door::MembersOnly)));
        if body.sessions.iter().any(|session| !session.open) {
            let closed = session(Door::Closed);
            settings.extend(closed_doors(&body.id, &closed, offices));
        }
    }
    settings
}

/// The kinds of party without a part in decisions that a body lets in.
fn with_slots(rules: &Rules, body: &Body) -> BTreeSet<Word> {
    let sessions = body.sessions.iter();
    let of_sessions = sessions.flat_map(|session| session.attends.iter().chain(&session.slots));
    let kinds = body.attends.iter().chain(&body.slots).chain(of_sessions);
    let decides = |kind: &str| rules.party_kind(kind).is_some_and(|kind| kind.decides);
    kinds
        .filter(|kind| !decides(kind))
        .map(|kind| kind.as_str().into())
        .collect()
}

/// The closed door with nobody admitted, and with every office admitted in each way: rank alone must keep some out.
fn closed_doors(body: &str, closed: &Setting, offices: &[String]) -> Vec<(String, Setting)> {
    let every = || -> BTreeSet<Word> {
        offices
            .iter()
            .map(|office| office.as_str().into())
            .collect()
    };
    let mut admitted = closed.clone();
    admitted.admits = every();
    let mut on_secretariat = admitted.clone();
    on_secretariat.on_secretariat = true;
    let mut expressly = on_secretariat.clone();
    expressly.admits_expressly = every();
    vec![
        (format!("{body}, closed door"), closed.clone()),
        (format!("{body}, closed door, all admitted"), admitted),
        (
            format!("{body}, closed door, all admitted, on the secretariat"),
            on_secretariat,
        ),
        (
            format!("{body}, closed door, all admitted expressly, on the secretariat"),
            expressly,
        ),
    ]
}

fn agendas(name: &str, setting: &Setting) -> Vec<Subject> {
    AgendaStage::ALL
        .iter()
        .map(|&stage| {
            let class = Class::Agenda {
                setting: setting.clone(),
                stage,
                text: TEXT.into(),
            };
            subject(format!("agenda, {}: {name}", stage.as_str()), class)
        })
        .collect()
}

/// Documents: of the first body in each class and stage; of the others as they are circulated; of the closed door with every
/// way of admitting.
fn papers(settings: &[(String, Setting)]) -> Vec<Subject> {
    let mut papers = Vec::new();
    for (place, (name, setting)) in settings.iter().enumerate() {
        let reaches: &[Reach] = match (place, setting.door) {
            (0, Door::Open) => &[Reach::Participants, Reach::Members, Reach::Public],
            (_, Door::Open) => &[Reach::Participants],
            (_, Door::MembersOnly) => &[],
            (_, Door::Closed) => &[Reach::Closed],
        };
        let stages = match (place, setting.door) {
            (0, _) => TextStage::ALL,
            (_, Door::Closed) => &[TextStage::Draft, TextStage::Circulated],
            (_, Door::Open | Door::MembersOnly) => &[TextStage::Circulated],
        };
        for &reach in reaches {
            papers.extend(stages.iter().map(|&stage| {
                let class = Class::Paper {
                    setting: setting.clone(),
                    reach,
                    stage,
                    text: TEXT.into(),
                };
                let name = format!("paper, {}, {}: {name}", reach.as_str(), stage.as_str());
                subject(name, class)
            }));
        }
    }
    papers
}

fn consultations() -> Vec<Subject> {
    let mut subjects = Vec::new();
    for &stage in ConsultationStage::ALL {
        let name = format!("consultation, {}", stage.as_str());
        subjects.push(subject(name, Class::Consultation(stage)));
    }
    for (stage, term) in [
        (ConsultationStage::Round, Term::Running),
        (ConsultationStage::Round, Term::Over),
        (ConsultationStage::Settled, Term::Over),
        (ConsultationStage::Ended, Term::Over),
    ] {
        let of = OWNER.into();
        let name = format!("position, {}, term {}", stage.as_str(), term.as_str());
        subjects.push(subject(name, Class::Position { of, stage, term }));
    }
    subjects
}

fn informal_answers() -> impl Iterator<Item = Subject> {
    Sight::ALL.iter().map(|&sight| {
        let of = OWNER.into();
        let name = format!("informal answer, {}", sight.as_str());
        subject(name, Class::InformalAnswer { of, sight })
    })
}

fn plans(rules: &Rules) -> Vec<Subject> {
    let bodies = rules.bodies.iter().filter(|body| body.reports_to.is_some());
    bodies
        .filter(|body| body.meetings_per_year.is_some())
        .flat_map(|body| {
            PlanStage::ALL.iter().map(|&stage| {
                let class = Class::WorkPlan {
                    body: body.id.as_str().into(),
                    stage,
                };
                subject(format!("work plan, {}: {}", stage.as_str(), body.id), class)
            })
        })
        .collect()
}

/// The people of a party, by its kind.
fn people<'a>(kinds: impl Iterator<Item = &'a String>) -> impl Iterator<Item = Subject> {
    kinds.map(|kind| {
        let class = Class::People {
            of: OWNER.into(),
            of_kind: kind.as_str().into(),
        };
        subject(format!("people: {kind}"), class)
    })
}

/// What belongs to one party.
fn owned() -> Vec<Subject> {
    let of = || Id::from(OWNER);
    [
        ("follow-up", Class::FollowUp { of: of() }),
        ("questionnaire", Class::Questionnaire { of: of() }),
        ("contribution", Class::Contribution { of: of() }),
        ("workroom", Class::Workroom { of: of() }),
        (
            "event",
            Class::Event {
                of: of(),
                event: MEETING.into(),
            },
        ),
        ("trail", Class::Trail { of: of() }),
        ("calendar", Class::Calendar { of: of() }),
    ]
    .into_iter()
    .map(|(name, class)| subject(name, class))
    .collect()
}
