use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::DecodeError;
use crate::ids::text_serde;

/// A SHA-256 value; as text, 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// How many bytes a hash has.
    pub const BYTES: usize = 32;

    /// SHA-256 of the bytes, without a prefix.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Whether a text is a hash, without reading it.
    pub(crate) fn accepts(text: &str) -> bool {
        text.len() == 2 * Self::BYTES && is_lowercase_hex(text)
    }

    pub(crate) fn of_parts(parts: &[&[u8]]) -> Self {
        let mut state = Sha256::new();
        for part in parts {
            state.update(part);
        }
        Self(state.finalize().into())
    }

    /// The hash with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl TryFrom<&[u8]> for Hash {
    type Error = DecodeError;

    fn try_from(bytes: &[u8]) -> Result<Self, DecodeError> {
        let bytes = bytes
            .try_into()
            .map_err(|_| DecodeError::word("a hash of 32 bytes", &hex::encode(bytes)))?;
        Ok(Self(bytes))
    }
}

/// Writes bytes as lowercase hexadecimal digits, two for each.
pub(crate) fn write_digits<const DIGITS: usize>(
    f: &mut fmt::Formatter<'_>,
    bytes: &[u8],
) -> fmt::Result {
    let mut digits = [0; DIGITS];
    hex::encode_to_slice(bytes, &mut digits).map_err(|_| fmt::Error)?;
    f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits::<{ 2 * Self::BYTES }>(f, &self.0)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        lowercase_hex(text)
            .map(Self)
            .ok_or_else(|| DecodeError::word("64 lowercase hexadecimal digits", text))
    }
}

text_serde!(Hash);

/// Bytes from exactly twice as many lowercase hexadecimal digits.
pub(crate) fn lowercase_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if !is_lowercase_hex(text) {
        return None;
    }
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

/// Looks at every byte whatever the first is, which takes fewer steps than stopping at a wrong one.
pub(crate) fn is_lowercase_hex(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() | (b'a'..=b'f').contains(&byte);
    text.bytes().fold(true, |all, byte| all & digit(byte))
}

/// How many records a register holds, and the root of the tree over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// The number of records, which is also the next position.
    pub size: u64,
    /// The root of the tree over the first `size` records.
    pub root: Hash,
}

impl Head {
    /// The head of a register without records: its root is the SHA-256 of nothing.
    pub fn empty() -> Self {
        Self {
            size: 0,
            root: Hash::of(b""),
        }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.size, self.root)
    }
}
