use sha2::{Digest, Sha256};

/// The SHA-256 of a content, which is its name wherever it lies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

/// What is no hash: it has 64 digits, `0` to `9` and `a` to `f`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits in lower case")]
pub struct HashMalformed;

impl Hash {
    /// The hash of this content.
    pub fn of(content: &[u8]) -> Self {
        Self(Sha256::digest(content).into())
    }

    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl std::str::FromStr for Hash {
    type Err = HashMalformed;

    /// Strict, so that one hash has one spelling: it becomes a path.
    fn from_str(text: &str) -> Result<Self, HashMalformed> {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(HashMalformed);
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| HashMalformed)?;
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Hash::of(b"").to_string(), empty);
        assert_eq!(empty.parse(), Ok(Hash::of(b"")));
        for wrong in [
            "",
            "e3b0",
            &empty.to_uppercase(),
            &format!("{empty}00"),
            &format!(" {}", &empty[1..]),
            &format!("../{}", &empty[3..]),
            &format!("é{}", &empty[2..]),
        ] {
            assert_eq!(wrong.parse::<Hash>(), Err(HashMalformed), "{wrong}");
        }
    }
}
