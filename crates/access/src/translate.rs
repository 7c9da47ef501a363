use std::collections::{BTreeMap, BTreeSet, HashMap};

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression,
    Schema,
};
use comity_policy::{Action, Class, Id, Kind, Rights, Setting, Word};

/// The names that questions are made of, read once.
#[derive(Debug)]
pub(crate) struct Names {
    types: BTreeMap<&'static str, EntityTypeName>,
}

/// A question in Cedar's terms.
pub(crate) struct Question {
    pub request: Request,
    pub entities: Entities,
}

/// What is not in the shape that the schema declares.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Misfit {
    #[error("the thing does not fit the schema")]
    Entities(#[source] Box<cedar_policy::entities_errors::EntitiesError>),
    #[error("the question does not fit the schema")]
    Request(#[source] Box<cedar_policy::RequestValidationError>),
}

type Attributes = HashMap<String, RestrictedExpression>;

impl Names {
    pub fn new() -> Self {
        let words = [
            "Action",
            "Seat",
            "PartyKind",
            "Office",
            "Forum",
            "Troika",
            "Door",
            "Reach",
            "Party",
            "Body",
            "Meeting",
            "Text",
            "AgendaStage",
            "TextStage",
            "ConsultationStage",
            "Term",
            "Sight",
            "PlanStage",
        ];
        let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
        let parse = |name: &'static str| {
            let parsed = name.parse().expect("a plain word is a type's name");
            (name, parsed)
        };
        Self {
            types: words.into_iter().chain(kinds).map(parse).collect(),
        }
    }

    /// The question; with a schema it is held to it.
    pub fn question(
        &self,
        rights: &Rights,
        action: Action,
        class: &Class,
        schema: Option<&Schema>,
    ) -> Result<Question, Misfit> {
        let seat = self.uid("Seat", "it");
        let thing = self.uid(class.kind().as_str(), "it");
        let request = Request::new(
            seat.clone(),
            self.uid("Action", action.as_str()),
            thing.clone(),
            Context::empty(),
            schema,
        )
        .map_err(|error| Misfit::Request(Box::new(error)))?;
        let entities = [
            entity(seat, self.seat(rights)),
            entity(thing, self.thing(class)),
        ];
        let entities = Entities::from_entities(entities, schema)
            .map_err(|error| Misfit::Entities(Box::new(error)))?;
        Ok(Question { request, entities })
    }

    fn uid(&self, of: &'static str, id: &str) -> EntityUid {
        let name = self.types.get(of).expect("every type stands in the list");
        EntityUid::from_type_name_and_id(name.clone(), EntityId::new(id))
    }

    fn one(&self, of: &'static str, id: &str) -> RestrictedExpression {
        RestrictedExpression::new_entity_uid(self.uid(of, id))
    }

    fn ids(&self, of: &'static str, ids: &BTreeSet<Id>) -> RestrictedExpression {
        RestrictedExpression::new_set(ids.iter().map(|id| self.one(of, id.as_str())))
    }

    fn words(&self, of: &'static str, words: &BTreeSet<Word>) -> RestrictedExpression {
        RestrictedExpression::new_set(words.iter().map(|word| self.one(of, word.as_str())))
    }

    fn seat(&self, rights: &Rights) -> Attributes {
        attributes([
            ("party", self.one("Party", rights.party.as_str())),
            ("kind", self.one("PartyKind", rights.kind.as_str())),
            ("office", self.one("Office", rights.office.as_str())),
            ("bodies", self.ids("Body", &rights.bodies)),
            ("troika", self.one("Troika", rights.troika.as_str())),
            ("mandate", RestrictedExpression::new_bool(rights.mandate)),
            ("invited_to", self.ids("Meeting", &rights.invited_to)),
            ("serves_at", self.ids("Meeting", &rights.serves_at)),
            ("entrusted_with", self.ids("Text", &rights.entrusted_with)),
            ("authorized_for", self.ids("Text", &rights.authorized_for)),
        ])
    }

    fn setting(&self, setting: &Setting) -> (&'static str, RestrictedExpression) {
        let fields = [
            ("forum", self.one("Forum", setting.forum.as_str())),
            ("body", self.one("Body", setting.body.as_str())),
            ("door", self.one("Door", setting.door.as_str())),
            ("meeting", self.one("Meeting", setting.meeting.as_str())),
            ("slots", self.words("PartyKind", &setting.slots)),
            ("admits", self.words("Office", &setting.admits)),
            (
                "admits_expressly",
                self.words("Office", &setting.admits_expressly),
            ),
            (
                "on_secretariat",
                RestrictedExpression::new_bool(setting.on_secretariat),
            ),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        let record = RestrictedExpression::new_record(fields);
        ("setting", record.expect("no field stands twice"))
    }

    fn of(&self, party: &Id) -> (&'static str, RestrictedExpression) {
        ("of", self.one("Party", party.as_str()))
    }

    fn thing(&self, class: &Class) -> Attributes {
        match class {
            Class::Register
            | Class::Published
            | Class::Checkpoint
            | Class::Delivery
            | Class::Informal
            | Class::Application
            | Class::Fund
            | Class::Budget
            | Class::Presidency
            | Class::Outbox
            | Class::Console => Attributes::new(),
            Class::Session(setting) => attributes([self.setting(setting)]),
            Class::Agenda {
                setting,
                stage,
                text,
            } => attributes([
                self.setting(setting),
                ("stage", self.one("AgendaStage", stage.as_str())),
                ("text", self.one("Text", text.as_str())),
            ]),
            Class::Paper {
                setting,
                reach,
                stage,
                text,
            } => attributes([
                self.setting(setting),
                ("reach", self.one("Reach", reach.as_str())),
                ("stage", self.one("TextStage", stage.as_str())),
                ("text", self.one("Text", text.as_str())),
            ]),
            Class::Consultation(stage) => {
                attributes([("stage", self.one("ConsultationStage", stage.as_str()))])
            }
            Class::Position { of, stage, term } => attributes([
                self.of(of),
                ("stage", self.one("ConsultationStage", stage.as_str())),
                ("term", self.one("Term", term.as_str())),
            ]),
            Class::InformalAnswer { of, sight } => {
                attributes([self.of(of), ("sight", self.one("Sight", sight.as_str()))])
            }
            Class::WorkPlan { body, stage } => attributes([
                ("body", self.one("Body", body.as_str())),
                ("stage", self.one("PlanStage", stage.as_str())),
            ]),
            Class::FollowUp { of }
            | Class::Questionnaire { of }
            | Class::Contribution { of }
            | Class::Workroom { of }
            | Class::Trail { of }
            | Class::Calendar { of } => attributes([self.of(of)]),
            Class::People { of, of_kind } => attributes([
                self.of(of),
                ("of_kind", self.one("PartyKind", of_kind.as_str())),
            ]),
            Class::Event { of, event } => {
                attributes([self.of(of), ("event", self.one("Meeting", event.as_str()))])
            }
        }
    }
}

fn entity(uid: EntityUid, attributes: Attributes) -> Entity {
    Entity::new(uid, attributes, [].into())
        .expect("ids, sets of ids and truth values need no evaluation that could fail")
}

fn attributes<const N: usize>(pairs: [(&str, RestrictedExpression); N]) -> Attributes {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
