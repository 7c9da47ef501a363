use std::fmt;

use sha2::{Digest, Sha256};

/// What lets somebody in: 32 random bytes as hexadecimal digits. It is handed out once; what is kept is its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token of these bytes.
    pub fn of(bytes: [u8; 32]) -> Self {
        Self(hex::encode(bytes))
    }

    /// What somebody brought, if it is written as tokens are.
    pub fn read(text: &str) -> Option<Self> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(digit)).then(|| Self(text.to_owned()))
    }

    /// The digits, for a cookie or a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Under which it is kept.
    pub fn key(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
}

/// A log must never hold one.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}
