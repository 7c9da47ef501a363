use super::{Both, Received};

/// Something that is to be done in an informal consultation, as a form gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Informally {
    /// The Presidency asks.
    Open {
        /// `save_the_date`, `comments`, `nominations` or `other`.
        kind: String,
        topic: Both,
        text: Both,
        matter: String,
        mandate: Option<String>,
        /// Absent where all members are asked.
        asked: Option<Vec<String>>,
        /// The days that a save-the-date asks about.
        first: Option<String>,
        last: Option<String>,
        helpful_by: Option<String>,
        /// `members` or `presidency`.
        readers: String,
        note: Option<String>,
    },
    /// A member answers.
    Answer {
        id: String,
        party: String,
        /// `suits` or `does_not_suit`.
        choice: Option<String>,
        /// The institution or post that is nominated.
        function: Option<String>,
        words: Option<String>,
        /// The answer that was seen standing.
        in_place_of: Option<String>,
        received: Option<Received>,
    },
    /// The Presidency says what came of it.
    Close {
        id: String,
        summary: Both,
        note: Option<String>,
    },
}
