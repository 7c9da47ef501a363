use jiff::Timestamp;

/// An account with which people of some parties sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ministry {
    pub id: String,
    pub name: String,
}

/// The way to such an account: where to send the browser, and what it is held to when it comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub url: String,
    /// Kept by the browser until then.
    pub bound: String,
}

/// What a browser brings back from there.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Back {
    pub code: Option<String>,
    pub state: String,
    /// Who issued it, where the account says so.
    pub issuer: Option<String>,
    /// Why the account sent nobody in.
    pub error: Option<String>,
    /// What the browser kept.
    pub bound: String,
}

/// A log must hold neither code nor state.
impl std::fmt::Debug for Back {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Back(…)")
    }
}

/// What came of it.
#[derive(Clone, PartialEq, Eq)]
pub enum Came {
    /// Somebody is in: the session's token.
    In(String),
    /// The account is bound to whoever is in.
    Bound,
}

impl std::fmt::Debug for Came {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Came(…)")
    }
}

/// An account that is bound to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundRow {
    pub id: String,
    /// The name of the ministry's account.
    pub name: String,
    pub made_at: Timestamp,
}
