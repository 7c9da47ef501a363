use crate::{Kind, NameFault};

/// Why a file is not taken. The code is stored and translated, and never reused; the words are for operators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the file's name cannot be used: {0}")]
    BadName(NameFault),
    #[error("the file's content is of no type that is taken")]
    UnknownType,
    #[error("the file's content is `{}`, and its name ends otherwise", kind.code())]
    ExtensionDisagrees { kind: Kind },
    #[error("the text is not in UTF-8")]
    NotUtf8,
    #[error("the file is damaged or not as its type demands: {why}")]
    Malformed { why: &'static str },
    #[error("the file is of two types at once")]
    TwoKinds,
    #[error("the file holds macros")]
    Macros,
    #[error("the file holds an embedded object that is not taken: `{part}`")]
    EmbeddedObject { part: String },
    #[error("the file takes its template from elsewhere")]
    ExternalTemplate,
    #[error("the file takes content from elsewhere: `{what}`")]
    ExternalContent { what: String },
    #[error("the file is encrypted or protected by a password")]
    Encrypted,
    #[error("the PDF holds what acts or carries: `/{name}`")]
    ActivePdf { name: &'static str },
    #[error("the PDF is scanned: it holds no text")]
    Scanned,
    #[error("the file unpacks to more than it may")]
    Bomb,
    #[error("the table holds a formula in line {line}")]
    Formula { line: usize },
    #[error("the message carries a part that is not taken: `{part}`")]
    Attachments { part: String },
    #[error("the file holds what is known to be malicious, or the string that tests for it")]
    Infected,
}

impl Refused {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::BadName(_) => "bad-name",
            Self::UnknownType => "unknown-type",
            Self::ExtensionDisagrees { .. } => "extension-disagrees",
            Self::NotUtf8 => "not-utf8",
            Self::Malformed { .. } => "malformed",
            Self::TwoKinds => "two-kinds",
            Self::Macros => "macros",
            Self::EmbeddedObject { .. } => "embedded-object",
            Self::ExternalTemplate => "external-template",
            Self::ExternalContent { .. } => "external-content",
            Self::Encrypted => "encrypted",
            Self::ActivePdf { .. } => "active-pdf",
            Self::Scanned => "scanned",
            Self::Bomb => "zip-bomb",
            Self::Formula { .. } => "formula",
            Self::Attachments { .. } => "attachments",
            Self::Infected => "infected",
        }
    }

    /// Every code there is, for whoever translates them.
    pub const CODES: [&'static str; 19] = [
        "empty",
        "too-large",
        "bad-name",
        "unknown-type",
        "extension-disagrees",
        "not-utf8",
        "malformed",
        "two-kinds",
        "macros",
        "embedded-object",
        "external-template",
        "external-content",
        "encrypted",
        "active-pdf",
        "scanned",
        "zip-bomb",
        "formula",
        "attachments",
        "infected",
    ];
}
