use std::fmt;

/// One of the documents that together say who may do what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Document {
    Schema,
    Policies,
    Seats,
}

impl Document {
    pub const ALL: [Self; 3] = [Self::Schema, Self::Policies, Self::Seats];

    /// Its file in the folder of the rules.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Schema => "schema.cedarschema",
            Self::Policies => "policies.cedar",
            Self::Seats => "seats.toml",
        }
    }
}

/// The texts of the documents.
#[derive(Debug, Clone, Copy)]
pub struct Documents<'a> {
    pub schema: &'a str,
    pub policies: &'a str,
    pub seats: &'a str,
}

impl<'a> Documents<'a> {
    pub const fn get(&self, document: Document) -> &'a str {
        match document {
            Document::Schema => self.schema,
            Document::Policies => self.policies,
            Document::Seats => self.seats,
        }
    }
}

/// One fault: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub document: Document,
    /// Line of the document, from 1.
    pub line: usize,
    /// The policy, word or key concerned.
    pub key: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.document.file();
        write!(f, "{file}:{}: `{}`: {}", self.line, self.key, self.what)
    }
}

/// Every fault found, in the order of the documents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the policies have {} fault(s), first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
pub struct Faults(pub Vec<Fault>);

/// Gathers the faults of one document.
#[derive(Debug)]
pub(crate) struct Finder<'a> {
    pub document: Document,
    pub text: &'a str,
    pub found: Vec<Fault>,
}

impl<'a> Finder<'a> {
    pub const fn new(document: Document, text: &'a str) -> Self {
        Self {
            document,
            text,
            found: Vec::new(),
        }
    }

    /// A fault at a byte of the text.
    pub fn at(&mut self, offset: usize, key: &str, what: impl Into<String>, remedy: &str) {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        self.found.push(Fault {
            document: self.document,
            line,
            key: key.to_owned(),
            what: what.into(),
            remedy: remedy.to_owned(),
        });
    }

    /// A fault where a piece of the text stands first.
    pub fn about(&mut self, piece: &str, key: &str, what: impl Into<String>, remedy: &str) {
        let offset = self.text.find(piece).unwrap_or_default();
        self.at(offset, key, what, remedy);
    }

    /// What was found, as a result.
    pub fn end(mut self) -> Result<(), Faults> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort();
        Err(Faults(self.found))
    }
}
