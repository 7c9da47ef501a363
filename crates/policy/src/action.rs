use crate::words::words;

words! {
    /// What somebody wants to do.
    Action {
        /// See a thing, and that it exists.
        Read = "read",
        /// Take away what may be read, as a file.
        Export = "export",
        /// Be in a session or at an event.
        Attend = "attend",
        /// Take the floor.
        Speak = "speak",
        /// Make a declaration (of an observer).
        Declare = "declare",
        /// Prepare a session: logistics, agenda, invitations.
        Arrange = "arrange",
        /// Preside over a session.
        Chair = "chair",
        /// Mark the slot of an organisation on an agenda.
        GrantSlot = "grant-slot",
        /// Admit somebody of the Secretariat to a session.
        Admit = "admit",
        /// Call a meeting or an event.
        Convene = "convene",
        /// Invite to a meeting or an event.
        Invite = "invite",
        /// Give input to an agenda.
        Propose = "propose",
        /// Issue an agenda.
        Issue = "issue",
        /// Work on a text.
        Draft = "draft",
        /// Comment on a text.
        Comment = "comment",
        /// Hand in one's own text.
        Submit = "submit",
        /// Send a text to those whom it concerns.
        Circulate = "circulate",
        /// Supply a language version.
        Translate = "translate",
        /// Authorise an observer state beforehand.
        Authorize = "authorize",
        /// Make a document public.
        Publish = "publish",
        /// Sign with a third party.
        Sign = "sign",
        /// Adopt, agree or approve as a body does.
        Decide = "decide",
        /// Review a work plan beside the body that approves it.
        Review = "review",
        /// Activate a written consultation: submit it to the Troika, open a round, restart, refer, withdraw.
        Activate = "activate",
        /// Launch what was agreed in a written consultation.
        Launch = "launch",
        /// Give the Troika's preliminary reaction.
        React = "react",
        /// State a country's position.
        State = "state",
        /// Consult the members informally: ask, and say what came of it.
        Consult = "consult",
        /// Enter what came by note, mail or telephone.
        EnterReceived = "enter-received",
        /// Report on what was entrusted to one.
        Report = "report",
        /// Watch over what is pending.
        Monitor = "monitor",
        /// Send a questionnaire.
        Ask = "ask",
        /// Answer a questionnaire or an informal consultation.
        Answer = "answer",
        /// Announce a candidacy for the Presidency.
        Announce = "announce",
        /// Hand over the Presidency.
        HandOver = "hand-over",
        /// Choose the central theme.
        ChooseTheme = "choose-theme",
        /// Give the Secretariat guidelines.
        Instruct = "instruct",
        /// Set the priority actions of the Plan of Action.
        SetPriorities = "set-priorities",
        /// Run a thing: one's own people, a fund, the file of an application.
        Manage = "manage",
        /// Confirm that contact data are right.
        Confirm = "confirm",
        /// Correct contact data on a note from the state.
        Repair = "repair",
        AdoptRules = "adopt-rules",
        AdoptCheckpointKey = "adopt-checkpoint-key",
        ErasePerson = "erase-person",
        RecordFacts = "record-facts",
    }
}

impl Action {
    /// Whether it speaks for a country or for the Presidency: a deputy does it on a mandate only, and whoever does it
    /// proves again who they are.
    pub const fn speaks_for(self) -> bool {
        match self {
            Self::Chair
            | Self::GrantSlot
            | Self::Admit
            | Self::Convene
            | Self::Invite
            | Self::Issue
            | Self::Authorize
            | Self::Publish
            | Self::Sign
            | Self::Decide
            | Self::Activate
            | Self::Launch
            | Self::React
            | Self::State
            | Self::Consult
            | Self::Report
            | Self::Announce
            | Self::HandOver
            | Self::ChooseTheme
            | Self::Instruct
            | Self::SetPriorities => true,
            Self::Read
            | Self::Export
            | Self::Attend
            | Self::Speak
            | Self::Declare
            | Self::Arrange
            | Self::Propose
            | Self::Draft
            | Self::Comment
            | Self::Submit
            | Self::Circulate
            | Self::Translate
            | Self::Review
            | Self::EnterReceived
            | Self::Monitor
            | Self::Ask
            | Self::Answer
            | Self::Manage
            | Self::Confirm
            | Self::Repair
            | Self::AdoptRules
            | Self::AdoptCheckpointKey
            | Self::ErasePerson
            | Self::RecordFacts => false,
        }
    }
}
