/// Something that is to be done in a written consultation, as a form gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consult {
    Submit {
        party: String,
        topic: Both,
        why_now: Both,
        why_agreed: Both,
        matter: String,
        mandate: Option<String>,
        text: Both,
        note: Option<String>,
    },
    Resubmit {
        id: String,
        text: Both,
        note: Option<String>,
    },
    React {
        id: String,
        party: String,
        consents: bool,
        /// The act that put the text forward that was seen.
        text: Option<String>,
        words: Option<String>,
        note: Option<String>,
    },
    ConsentToMethod {
        id: String,
        party: String,
        note: Option<String>,
    },
    Open {
        id: String,
        /// The act by which the text was put forward that was seen.
        seen: Option<String>,
        text: Option<Both>,
        why: Option<Both>,
        knowingly: bool,
        note: Option<String>,
    },
    Extend {
        id: String,
        note: Option<String>,
    },
    CloseEarly {
        id: String,
        note: Option<String>,
    },
    State {
        id: String,
        party: String,
        answer: String,
        words: Option<String>,
        changes: Vec<Change>,
        comments: Vec<Comment>,
        /// The act that opened the round whose text was seen.
        text: Option<String>,
        /// The answers that were seen standing.
        in_place_of: Vec<String>,
        received: Option<Received>,
    },
    Dispose {
        id: String,
        position: String,
        change: String,
        disposition: String,
        why: Both,
        note: Option<String>,
    },
    AnswerObjection {
        id: String,
        objection: String,
        reply: Both,
        note: Option<String>,
    },
    /// What became of the notice of a round: `acknowledged`, `refused` or `escalated`.
    Note {
        id: String,
        round: u16,
        party: String,
        passage: String,
        note: Option<String>,
    },
    Certify {
        id: String,
        /// The act by which the text was put forward that was seen.
        seen: Option<String>,
        words: Both,
    },
    Launch {
        id: String,
    },
    Refer {
        id: String,
        why: Both,
        note: Option<String>,
    },
    Withdraw {
        id: String,
        why: Both,
        note: Option<String>,
    },
    Report {
        id: String,
        words: Both,
        /// The public is told of the result.
        public: bool,
        note: Option<String>,
    },
}

/// In Spanish and in English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Both {
    pub es: String,
    pub en: String,
}

/// A change that a state proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// From 1; 0 is the text as a whole.
    pub paragraph: u16,
    pub words: String,
    pub why: Option<String>,
}

/// What a state remarks without proposing a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// From 1; 0 is the text as a whole.
    pub paragraph: u16,
    pub words: String,
}

/// How an answer came that the Secretariat enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// `mail`, `note` or `telephone`.
    pub by: String,
    pub on: String,
    pub reference: String,
}
