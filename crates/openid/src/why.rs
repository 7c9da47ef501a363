use std::fmt;

/// Why nobody was shown. For the log: at the door all of them are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Nobody configured such a provider.
    UnknownProvider,
    /// What was kept of the beginning cannot be read.
    Malformed,
    /// It was begun too long ago.
    TooLate,
    /// The browser that comes back is not the one that went.
    WrongState,
    /// The answer is not from the provider that was asked (RFC 9207).
    WrongIssuer,
    /// The person, or their ministry, said no.
    Declined,
    /// The provider wants something that is not offered here.
    NotOffered,
    /// The code was used before, is somebody else's, or is none.
    CodeRefused,
    /// The answer holds no identity token.
    NoToken,
    /// No key of the provider signed it, or not as is demanded.
    BadSignature,
    /// It is for another client.
    WrongAudience,
    /// It was not made for this beginning.
    WrongNonce,
    /// It is over, or was made at another time than now.
    WrongTime,
    /// Nobody signed in anew.
    NotAnew,
    /// The subject is not written as subjects are.
    BadSubject,
}

impl Why {
    /// Every one of them.
    pub const ALL: [Self; 15] = [
        Self::UnknownProvider,
        Self::Malformed,
        Self::TooLate,
        Self::WrongState,
        Self::WrongIssuer,
        Self::Declined,
        Self::NotOffered,
        Self::CodeRefused,
        Self::NoToken,
        Self::BadSignature,
        Self::WrongAudience,
        Self::WrongNonce,
        Self::WrongTime,
        Self::NotAnew,
        Self::BadSubject,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownProvider => "unknown-provider",
            Self::Malformed => "malformed",
            Self::TooLate => "too-late",
            Self::WrongState => "wrong-state",
            Self::WrongIssuer => "wrong-issuer",
            Self::Declined => "declined",
            Self::NotOffered => "not-offered",
            Self::CodeRefused => "code-refused",
            Self::NoToken => "no-token",
            Self::BadSignature => "bad-signature",
            Self::WrongAudience => "wrong-audience",
            Self::WrongNonce => "wrong-nonce",
            Self::WrongTime => "wrong-time",
            Self::NotAnew => "not-anew",
            Self::BadSubject => "bad-subject",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What an error means that a provider sends back in the place of a code. Its own words are foreign text and go nowhere.
pub fn turned_away(error: &str) -> Why {
    match error {
        "access_denied"
        | "login_required"
        | "interaction_required"
        | "consent_required"
        | "account_selection_required" => Why::Declined,
        _ => Why::NotOffered,
    }
}

/// Nobody was shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotShown {
    #[error("nobody was shown: {0}")]
    Refused(Why),
    /// The provider cannot be reached, or does not answer as providers do.
    #[error("the provider cannot be reached")]
    Unavailable,
}

impl From<Why> for NotShown {
    fn from(why: Why) -> Self {
        Self::Refused(why)
    }
}
