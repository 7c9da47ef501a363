use std::collections::BTreeSet;

use crate::words::words;
use crate::{Id, Resource, Word};

words! {
    /// Who is let in.
    Door {
        Open = "open",
        /// Observers are asked to leave.
        MembersOnly = "members-only",
        /// The closed-door session.
        Closed = "closed",
    }
}

words! {
    /// How far a document reaches: its class.
    Reach {
        Public = "public",
        /// Those who take part in the meeting to which it belongs.
        Participants = "participants",
        Members = "members",
        /// The closed-door session.
        Closed = "closed",
    }
}

words! {
    AgendaStage {
        Preliminary = "preliminary",
        Issued = "issued",
    }
}

words! {
    TextStage {
        Draft = "draft",
        Circulated = "circulated",
        Adopted = "adopted",
        /// Handed in by an organisation as its own.
        Submitted = "submitted",
    }
}

words! {
    ConsultationStage {
        Draft = "draft",
        Troika = "troika",
        Round = "round",
        /// Agreed or not: the rounds are over.
        Settled = "settled",
        /// Launched and reported, referred, or withdrawn.
        Ended = "ended",
    }
}

words! {
    /// The term of a round.
    Term {
        Running = "running",
        Over = "over",
    }
}

words! {
    /// Whether an answer in an informal consultation is for whoever asks to read it.
    Sight {
        /// It is kept back: the reader has not answered yet, or the answers are for the Presidency.
        Held = "held",
        Shared = "shared",
    }
}

words! {
    PlanStage {
        Proposed = "proposed",
        Approved = "approved",
    }
}

words! {
    /// What kind of thing it is done to.
    Kind {
        /// The register as a whole.
        Register = "Register",
        /// A fact taken from a published source, or the rules.
        Published = "Published",
        /// How far the register reaches now.
        Checkpoint = "Checkpoint",
        /// A session: that it exists, and who is in it.
        Session = "Session",
        Agenda = "Agenda",
        /// A document or text of a meeting.
        Paper = "Paper",
        Consultation = "Consultation",
        /// A state's answer in a written consultation.
        Position = "Position",
        /// Who was reached by a consultation, and who opened it.
        Delivery = "Delivery",
        /// An informal consultation of the Presidency.
        Informal = "Informal",
        /// What one state answered in it.
        InformalAnswer = "InformalAnswer",
        /// For observer status.
        Application = "Application",
        WorkPlan = "WorkPlan",
        FollowUp = "FollowUp",
        Questionnaire = "Questionnaire",
        Fund = "Fund",
        Contribution = "Contribution",
        Budget = "Budget",
        /// The people of one party in the directory.
        People = "People",
        /// What a delegation prepares among itself.
        Workroom = "Workroom",
        /// A seminar, workshop or training.
        Event = "Event",
        /// The Presidency's business.
        Presidency = "Presidency",
        /// Who saw restricted things of a party.
        Trail = "Trail",
        /// The working days of a country.
        Calendar = "Calendar",
        /// What was sent to whom and whether it arrived; not what it says.
        Outbox = "Outbox",
        /// Health and backups.
        Console = "Console",
    }
}

/// In which session a thing stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Setting {
    /// Kind of body.
    pub forum: Word,
    pub body: Id,
    pub door: Door,
    pub meeting: Id,
    /// Kinds of party that have a slot.
    pub slots: BTreeSet<Word>,
    /// Offices of the Secretariat that the Presidency admits by its standing act.
    pub admits: BTreeSet<Word>,
    /// Offices of the Secretariat that the Presidency admits to this very item.
    pub admits_expressly: BTreeSet<Word>,
    /// The item is on the Secretariat itself.
    pub on_secretariat: bool,
}

impl Setting {
    /// A session without slots, to which nobody of the Secretariat is admitted.
    pub fn new(forum: &str, body: &str, door: Door, meeting: &str) -> Self {
        Self {
            forum: forum.into(),
            body: body.into(),
            door,
            meeting: meeting.into(),
            slots: BTreeSet::new(),
            admits: BTreeSet::new(),
            admits_expressly: BTreeSet::new(),
            on_secretariat: false,
        }
    }
}

/// The class of the thing that something is done to: all that a policy may ask of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Register,
    Published,
    Checkpoint,
    Session(Setting),
    Agenda {
        setting: Setting,
        stage: AgendaStage,
        text: Id,
    },
    Paper {
        setting: Setting,
        reach: Reach,
        stage: TextStage,
        text: Id,
    },
    Consultation(ConsultationStage),
    Position {
        of: Id,
        stage: ConsultationStage,
        term: Term,
    },
    Delivery,
    Informal,
    InformalAnswer {
        of: Id,
        sight: Sight,
    },
    Application,
    WorkPlan {
        body: Id,
        stage: PlanStage,
    },
    FollowUp {
        of: Id,
    },
    Questionnaire {
        of: Id,
    },
    Fund,
    Contribution {
        of: Id,
    },
    Budget,
    People {
        of: Id,
        /// The kind of that party.
        of_kind: Word,
    },
    Workroom {
        of: Id,
    },
    Event {
        of: Id,
        event: Id,
    },
    Presidency,
    Trail {
        of: Id,
    },
    Calendar {
        of: Id,
    },
    Outbox,
    Console,
}

impl Class {
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Register => Kind::Register,
            Self::Published => Kind::Published,
            Self::Checkpoint => Kind::Checkpoint,
            Self::Session(_) => Kind::Session,
            Self::Agenda { .. } => Kind::Agenda,
            Self::Paper { .. } => Kind::Paper,
            Self::Consultation(_) => Kind::Consultation,
            Self::Position { .. } => Kind::Position,
            Self::Delivery => Kind::Delivery,
            Self::Informal => Kind::Informal,
            Self::InformalAnswer { .. } => Kind::InformalAnswer,
            Self::Application => Kind::Application,
            Self::WorkPlan { .. } => Kind::WorkPlan,
            Self::FollowUp { .. } => Kind::FollowUp,
            Self::Questionnaire { .. } => Kind::Questionnaire,
            Self::Fund => Kind::Fund,
            Self::Contribution { .. } => Kind::Contribution,
            Self::Budget => Kind::Budget,
            Self::People { .. } => Kind::People,
            Self::Workroom { .. } => Kind::Workroom,
            Self::Event { .. } => Kind::Event,
            Self::Presidency => Kind::Presidency,
            Self::Trail { .. } => Kind::Trail,
            Self::Calendar { .. } => Kind::Calendar,
            Self::Outbox => Kind::Outbox,
            Self::Console => Kind::Console,
        }
    }

    /// The party whose it is.
    pub const fn owner(&self) -> Option<&Id> {
        match self {
            Self::Position { of, .. }
            | Self::InformalAnswer { of, .. }
            | Self::FollowUp { of }
            | Self::Questionnaire { of }
            | Self::Contribution { of }
            | Self::People { of, .. }
            | Self::Workroom { of }
            | Self::Event { of, .. }
            | Self::Trail { of }
            | Self::Calendar { of } => Some(of),
            Self::Register
            | Self::Published
            | Self::Checkpoint
            | Self::Session(_)
            | Self::Agenda { .. }
            | Self::Paper { .. }
            | Self::Consultation(_)
            | Self::Delivery
            | Self::Informal
            | Self::Application
            | Self::WorkPlan { .. }
            | Self::Fund
            | Self::Budget
            | Self::Presidency
            | Self::Outbox
            | Self::Console => None,
        }
    }

    /// The meeting or event to which one may be invited.
    pub const fn meeting(&self) -> Option<&Id> {
        match self {
            Self::Session(setting) | Self::Agenda { setting, .. } | Self::Paper { setting, .. } => {
                Some(&setting.meeting)
            }
            Self::Event { event, .. } => Some(event),
            Self::Register
            | Self::Published
            | Self::Checkpoint
            | Self::Consultation(_)
            | Self::Position { .. }
            | Self::Delivery
            | Self::Informal
            | Self::InformalAnswer { .. }
            | Self::Application
            | Self::WorkPlan { .. }
            | Self::FollowUp { .. }
            | Self::Questionnaire { .. }
            | Self::Fund
            | Self::Contribution { .. }
            | Self::Budget
            | Self::People { .. }
            | Self::Workroom { .. }
            | Self::Presidency
            | Self::Trail { .. }
            | Self::Calendar { .. }
            | Self::Outbox
            | Self::Console => None,
        }
    }

    /// The text that one may be given.
    pub const fn text(&self) -> Option<&Id> {
        match self {
            Self::Agenda { text, .. } | Self::Paper { text, .. } => Some(text),
            Self::Register
            | Self::Published
            | Self::Checkpoint
            | Self::Session(_)
            | Self::Consultation(_)
            | Self::Position { .. }
            | Self::Delivery
            | Self::Informal
            | Self::InformalAnswer { .. }
            | Self::Application
            | Self::WorkPlan { .. }
            | Self::FollowUp { .. }
            | Self::Questionnaire { .. }
            | Self::Fund
            | Self::Contribution { .. }
            | Self::Budget
            | Self::People { .. }
            | Self::Workroom { .. }
            | Self::Event { .. }
            | Self::Presidency
            | Self::Trail { .. }
            | Self::Calendar { .. }
            | Self::Outbox
            | Self::Console => None,
        }
    }
}

impl From<Resource> for Class {
    fn from(resource: Resource) -> Self {
        match resource {
            Resource::Register => Self::Register,
            Resource::Published => Self::Published,
        }
    }
}
